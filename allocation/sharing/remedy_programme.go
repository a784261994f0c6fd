package sharing

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// remedyProgramme is the choice of remedies. Nodes are a slack, teachers with time to spare, visits, hosts and the lessons that are short.
type remedyProgramme struct {
	solver.Programme
	g     *problem
	short []int32         // lessons
	node  map[int32]int32 // of a lesson
	left  map[int32]int64 // missing tenths of a lesson
	ways  []remedyWay     // in order of lesson, then as they were added
	spare []int64         // by teacher
	away  map[model.TeacherID]int
	// network is what comes over the network already, by lesson.
	network map[int32]int64
}

// remedyWay is an arc on which a lesson is filled.
type remedyWay struct {
	means   Means
	lesson  int32
	arc     int32
	teacher int32
	host    model.SchoolID
	through int32 // arc into the node of the visit or the host, or -1
	column  int32 // days, or whether the host is one; -1
	aDay    int64 // capacity that a unit of the column gives
	metres  model.Metres
}

func (g *problem) newRemedyProgramme(r *Result, flow []int64) *remedyProgramme {
	m := &remedyProgramme{g: g, node: map[int32]int32{}, left: map[int32]int64{}, spare: make([]int64, len(g.teachers)), away: map[model.TeacherID]int{}, network: map[int32]int64{}}
	m.Levels = []solver.Level{{Name: "fen", Cost: []int64{}}}
	m.Supply = []int64{0}
	for _, v := range r.Visits {
		m.away[v.Teacher] += v.Days
	}
	for i := range g.teachers {
		m.spare[i] = flow[g.spare[i]]
	}
	for j := range r.Lessons {
		if n := int64(r.Lessons[j].Missing); n > 0 {
			m.short = append(m.short, int32(j))
			m.left[int32(j)], m.network[int32(j)] = n, int64(r.Lessons[j].Network)
			m.node[int32(j)] = m.vertex(-n)
			m.Supply[0] += n
		}
	}
	m.recruits()
	m.visitors()
	if !g.options.NoNetwork {
		m.hosts(r)
	}
	return m
}

func (m *remedyProgramme) vertex(supply int64) int32 {
	m.Supply = append(m.Supply, supply)
	return int32(len(m.Supply) - 1)
}

func (m *remedyProgramme) arc(tail, head int32, upper, cost int64) int32 {
	m.Tail, m.Head, m.Upper = append(m.Tail, tail), append(m.Head, head), append(m.Upper, upper)
	m.Levels[0].Cost = append(m.Levels[0].Cost, cost)
	return int32(len(m.Tail) - 1)
}

// column adds a whole number that gives an arc its capacity, so much a unit.
func (m *remedyProgramme) column(name string, upper, cost int64, through int32, each int64) int32 {
	k := int32(len(m.Columns))
	m.Columns = append(m.Columns, solver.Column{Name: name, Upper: upper, Cost: []int64{cost}})
	m.Rows = append(m.Rows, solver.Row{Name: name, Lower: solver.NoLower, Arc: []int32{through}, ArcCoef: []int64{1}, Column: []int32{k}, ColumnCoef: []int64{-each}})
	return k
}

// recruits can fill any lesson, at the cost of a post for its periods, rounded up to the fen.
func (m *remedyProgramme) recruits() {
	for _, j := range m.short {
		load := int64(m.g.county.Rules.TeacherLoad.At(m.g.lessons[j].Stage))
		each := (int64(m.g.options.PostCost) + load - 1) / load
		m.ways = append(m.ways, remedyWay{means: MeansRecruit, lesson: j, arc: m.arc(0, m.node[j], m.left[j], each), through: -1, column: -1})
	}
}

// visitors are the nearest teachers with time to spare who may teach a lesson that is short, whatever the reach.
func (m *remedyProgramme) visitors() {
	g := m.g
	type call struct {
		teacher int32
		metres  model.Metres
	}
	type trip struct {
		teacher int32
		school  model.SchoolID
	}
	lessons := map[trip][]int32{}
	var trips []trip
	for _, j := range m.short {
		l := &g.lessons[j]
		if l.Service {
			continue
		}
		var near []call
		for i := range g.teachers {
			t := &g.teachers[i]
			if m.spare[i] == 0 || t.post.School == l.School || m.away[t.ID] >= workingDays || !t.mayTeach(l.Stage, l.Subject) || !speaks(t, g.schools[l.School]) {
				continue
			}
			if d := g.road(g.schools[t.post.School], g.schools[l.School]); d > 0 {
				near = append(near, call{int32(i), d})
			}
		}
		slices.SortStableFunc(near, func(a, b call) int { return cmp.Compare(a.metres, b.metres) })
		for _, c := range near[:min(len(near), remedyVisitors)] {
			key := trip{c.teacher, l.School}
			if lessons[key] == nil {
				trips = append(trips, key)
			}
			lessons[key] = append(lessons[key], j)
		}
	}
	node := map[int32]int32{}
	week := map[int32][]int32{} // columns of a teacher
	var order []int32
	aDay := int64(10 * g.options.PeriodsADay)
	for _, key := range trips {
		t := &g.teachers[key.teacher]
		if _, seen := node[key.teacher]; !seen {
			order = append(order, key.teacher)
			node[key.teacher] = m.vertex(m.spare[key.teacher])
			m.Supply[0] -= m.spare[key.teacher]
			m.arc(node[key.teacher], 0, m.spare[key.teacher], 0)
		}
		metres := g.road(g.schools[t.post.School], g.schools[key.school])
		days := min(int64(workingDays-m.away[t.ID]), (m.spare[key.teacher]+aDay-1)/aDay)
		visit := m.vertex(0)
		through := m.arc(node[key.teacher], visit, m.spare[key.teacher], 0)
		fare := 2 * int64(metres) * weeksAMonth * int64(g.county.Rules.TravelPerKilometre) / 1000
		column := m.column(fmt.Sprintf("days %s %s", t.ID, key.school), days, fare, through, aDay)
		week[key.teacher] = append(week[key.teacher], column)
		for _, j := range lessons[key] {
			m.ways = append(m.ways, remedyWay{MeansVisit, j, m.arc(visit, m.node[j], min(m.spare[key.teacher], m.left[j]), 0), key.teacher, "", through, column, aDay, metres})
		}
	}
	for _, i := range order {
		if len(week[i]) > 1 {
			row := solver.Row{Name: "week " + string(g.teachers[i].ID), Lower: solver.NoLower, Upper: int64(workingDays - m.away[g.teachers[i].ID]), Column: week[i]}
			for range week[i] {
				row.ColumnCoef = append(row.ColumnCoef, 1)
			}
			m.Rows = append(m.Rows, row)
		}
	}
}

// hosts are those of the sharing with one more class in each lesson, and the schools that could become one.
func (m *remedyProgramme) hosts(r *Result) {
	g := m.g
	type kind struct {
		stage   model.Stage
		subject model.SubjectID
	}
	wanting := map[kind][]int32{}
	var order []kind
	for _, j := range m.short {
		l := &g.lessons[j]
		k := kind{l.Stage, l.Subject}
		if l.Service {
			continue
		}
		if wanting[k] == nil {
			order = append(order, k)
		}
		wanting[k] = append(wanting[k], j)
	}
	for _, k := range order {
		var further []*Covered
		for j := range r.Lessons {
			l := &r.Lessons[j]
			switch {
			case l.Stage != k.stage || l.Subject != k.subject || l.Own+l.Visiting == 0:
			case g.host(&l.Lesson):
				m.join(l, MeansJoin, int64(l.Own+l.Visiting), wanting[k])
			default:
				further = append(further, l)
			}
		}
		slices.SortStableFunc(further, func(a, b *Covered) int { return cmp.Compare(b.Own+b.Visiting, a.Own+a.Visiting) })
		for _, l := range further[:min(len(further), remedyHosts)] {
			m.join(l, MeansHost, int64(g.options.Joined)*int64(l.Own+l.Visiting), wanting[k])
		}
	}
}

// join lets classes join the lessons of a host, up to so much.
func (m *remedyProgramme) join(host *Covered, means Means, most int64, wanting []int32) {
	node := m.vertex(0)
	through := m.arc(0, node, most, 0)
	column := int32(-1)
	if means == MeansHost {
		column = m.column("host "+host.PostID.String(), 1, int64(m.g.options.HostCost), through, most)
	}
	each := (int64(m.g.options.JoinCost) + 9) / 10 // of a tenth of a period
	for _, j := range wanting {
		l := &m.g.lessons[j]
		room := m.g.options.NetworkShare.Of(int64(l.Periods)) - m.network[j]
		if l.School != host.School && room > 0 {
			m.ways = append(m.ways, remedyWay{means: means, lesson: j, arc: m.arc(node, m.node[j], min(most, m.left[j], room), each), host: host.School, through: through, column: column, aDay: most})
		}
	}
}

// begin gives remedies to begin with: lesson by lesson, the cheapest means for each period first.
func (m *remedyProgramme) begin() {
	m.Start, m.StartColumns = make([]int64, len(m.Tail)), make([]int64, len(m.Columns))
	spare, days := slices.Clone(m.spare), map[int32]int{}
	byLesson := map[int32][]*remedyWay{}
	for k := range m.ways {
		byLesson[m.ways[k].lesson] = append(byLesson[m.ways[k].lesson], &m.ways[k])
	}
	cost := func(x *remedyWay) float64 { // of a tenth, at best
		each := float64(m.Levels[0].Cost[x.arc])
		if x.column >= 0 && m.StartColumns[x.column] == 0 {
			each += float64(m.Columns[x.column].Cost[0]) / float64(min(x.aDay, m.left[x.lesson]))
		}
		return each
	}
	for _, j := range m.short {
		left := m.left[j]
		slices.SortStableFunc(byLesson[j], func(a, b *remedyWay) int { return cmp.Compare(cost(a), cost(b)) })
		for _, x := range byLesson[j] {
			n := min(left, m.Upper[x.arc])
			if x.through >= 0 {
				n = min(n, m.Upper[x.through]-m.Start[x.through])
			}
			if x.means == MeansVisit {
				n = min(n, spare[x.teacher])
				need := (m.Start[x.through] + n + x.aDay - 1) / x.aDay
				room := m.StartColumns[x.column] + int64(workingDays-m.away[m.g.teachers[x.teacher].ID]-days[x.teacher])
				need = min(need, room, m.Columns[x.column].Upper)
				n = min(n, need*x.aDay-m.Start[x.through])
				if n > 0 {
					days[x.teacher] += int(max(0, need-m.StartColumns[x.column]))
					m.StartColumns[x.column] = max(m.StartColumns[x.column], need)
					spare[x.teacher] -= n
				}
			} else if x.column >= 0 && n > 0 {
				m.StartColumns[x.column] = 1
			}
			if n <= 0 {
				continue
			}
			m.Start[x.arc] += n
			if x.through >= 0 {
				m.Start[x.through] += n
			}
			left -= n
		}
	}
	m.settle()
}

// settle sends the time that nobody asks for to the slack.
func (m *remedyProgramme) settle() {
	out := make([]int64, len(m.Supply))
	for a, n := range m.Start {
		out[m.Tail[a]] += n
	}
	for a := range m.Tail {
		if tail := m.Tail[a]; m.Head[a] == 0 && tail != 0 {
			m.Start[a] = m.Supply[tail] - out[tail]
		}
	}
}
