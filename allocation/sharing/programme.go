package sharing

import (
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// The levels of the objective, in order. After-school service is one only where there is any, so that a programme without it is the same as ever.
const (
	levelMissing = iota
	levelService
	levelNetwork
	levelMetres
	levels
)

var levelNames = [levels]string{"missing", "service", "network", "metres"}

// levelsOf lists the levels of lessons.
func levelsOf(lessons []Lesson) (all []int) {
	service := slices.ContainsFunc(lessons, func(l Lesson) bool { return l.Service })
	for k := range levels {
		if k != levelService || service {
			all = append(all, k)
		}
	}
	return all
}

// problem is a county to share in: the mathematics of the package comment as a programme. Nodes are teachers, lessons, one for each visit
// that is possible, and a slack that takes spare time and gives what is missing or comes over the network.
type problem struct {
	*solver.Programme
	county   *model.County
	options  Options
	lessons  []Lesson
	teachers []teacher
	schools  map[model.SchoolID]*model.School
	local    []link // a teacher and a lesson at the own school
	away     []link // a visitor and a lesson
	visits   []visit
	missing  []int32 // arc of each lesson
	network  []int32 // arc of each lesson, or -1
	spare    []int32 // arc of each teacher
	places   []place
	pools    []pool
	levels   []int // of the programme, in order
}

// link is an arc on which a teacher teaches a lesson.
type link struct {
	teacher, lesson int32
	arc             int32
	visit           int32 // of away links
}

func newProblem(c *model.County, p *model.Plan, o Options) *problem {
	g := &problem{Programme: &solver.Programme{}, county: c, options: o, lessons: lessons(c), teachers: teachers(c, p), schools: map[model.SchoolID]*model.School{}}
	for i := range c.Schools {
		g.schools[c.Schools[i].ID] = &c.Schools[i]
	}
	g.levels = levelsOf(g.lessons)
	for _, k := range g.levels {
		g.Levels = append(g.Levels, solver.Level{Name: levelNames[k], Cost: []int64{}})
	}
	total := int64(0)
	for i := range g.teachers {
		g.Supply = append(g.Supply, int64(g.teachers[i].load))
		total += int64(g.teachers[i].load)
	}
	for i := range g.lessons {
		g.Supply = append(g.Supply, -int64(g.lessons[i].Periods))
		total -= int64(g.lessons[i].Periods)
	}
	g.Supply = append(g.Supply, -total)
	for i := range g.teachers {
		g.spare = append(g.spare, g.arc(int32(i), g.slack(), int64(g.teachers[i].load), nil))
	}
	for j := range g.lessons {
		level := levelMissing
		if g.lessons[j].Service {
			level = levelService
		}
		g.missing = append(g.missing, g.arc(g.slack(), g.lesson(j), int64(g.lessons[j].Periods), map[int]int64{level: 1}))
		g.network = append(g.network, -1)
	}
	g.linkLocal()
	return g
}

// lesson is the node of a lesson, slack that of the slack.
func (g *problem) lesson(j int) int32 { return int32(len(g.teachers) + j) }
func (g *problem) slack() int32       { return int32(len(g.teachers) + len(g.lessons)) }

// arc adds an arc with costs by level.
func (g *problem) arc(tail, head int32, upper int64, cost map[int]int64) int32 {
	g.Tail, g.Head, g.Upper = append(g.Tail, tail), append(g.Head, head), append(g.Upper, upper)
	for k, level := range g.levels {
		g.Levels[k].Cost = append(g.Levels[k].Cost, cost[level])
	}
	return int32(len(g.Tail) - 1)
}

// service reports whether there is after-school service.
func (g *problem) service() bool { return len(g.levels) == levels }

func (g *problem) linkLocal() {
	at := g.bySchool()
	for i := range g.teachers {
		t := &g.teachers[i]
		for _, j := range at[t.post.School] {
			if l := &g.lessons[j]; t.mayGive(l) {
				g.local = append(g.local, link{int32(i), j, g.arc(int32(i), g.lesson(int(j)), int64(min(t.load, l.Periods)), nil), -1})
			}
		}
	}
}

func (g *problem) bySchool() map[model.SchoolID][]int32 {
	at := map[model.SchoolID][]int32{}
	for j := range g.lessons {
		at[g.lessons[j].School] = append(at[g.lessons[j].School], int32(j))
	}
	return at
}

// absent is what of a lesson nobody teaches in presence.
func (g *problem) absent(flow []int64, j int) int64 {
	absent := flow[g.missing[j]]
	if g.network[j] >= 0 {
		absent += flow[g.network[j]]
	}
	return absent
}

// linkNetwork lets lessons come over the network, as many as the hosts give in presence times the classes that may join.
func (g *problem) linkNetwork() {
	type kind struct {
		stage   model.Stage
		subject model.SubjectID
	}
	var order []kind
	groups := map[kind][]int32{}
	for j := range g.lessons {
		if g.lessons[j].Service {
			continue
		}
		k := kind{g.lessons[j].Stage, g.lessons[j].Subject}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], int32(j))
	}
	slices.SortFunc(order, func(a, b kind) int {
		return model.PostID{Stage: a.stage, Subject: a.subject}.Compare(model.PostID{Stage: b.stage, Subject: b.subject})
	})
	for _, k := range order {
		group := pool{row: len(g.Rows)}
		row := solver.Row{Name: "network " + k.stage.String() + " " + string(k.subject), Lower: solver.NoLower}
		joined := int64(g.options.Joined)
		for _, j := range groups[k] {
			l := &g.lessons[j]
			lost := int64(1) // of what may come over the network, by a period that does
			if g.host(l) {
				row.Upper += joined * int64(l.Periods)
				row.Arc, row.ArcCoef = append(row.Arc, g.missing[j]), append(row.ArcCoef, joined)
				lost += joined
			}
			group.lessons = append(group.lessons, j)
			if most := g.options.NetworkShare.Of(int64(l.Periods)); most > 0 {
				g.network[j] = g.arc(g.slack(), g.lesson(int(j)), most, map[int]int64{levelNetwork: 1})
				row.Arc, row.ArcCoef = append(row.Arc, g.network[j]), append(row.ArcCoef, lost)
			}
		}
		if row.Upper > 0 {
			g.Rows, g.pools = append(g.Rows, row), append(g.pools, group)
			g.joinOthers(&row, group.lessons)
			continue
		}
		for _, j := range groups[k] { // no host teaches it
			if g.network[j] >= 0 {
				g.Upper[g.network[j]] = 0
			}
		}
	}
}

// joinOthers lets a host's own classes join the lessons of the other hosts only. With these rows and the one of the pool, lessons over the network can
// be dealt out to hosts: any two lessons have all hosts between them (Hall's condition for a transport without its diagonal).
func (g *problem) joinOthers(pool *solver.Row, lessons []int32) {
	joined := int64(g.options.Joined)
	for _, j := range lessons {
		if !g.host(&g.lessons[j]) || g.network[j] < 0 {
			continue
		}
		row := solver.Row{Name: "others " + g.lessons[j].PostID.String(), Lower: solver.NoLower, Arc: []int32{g.network[j]}, ArcCoef: []int64{1}}
		for _, h := range lessons {
			if h == j || !g.host(&g.lessons[h]) {
				continue
			}
			row.Upper += joined * int64(g.lessons[h].Periods)
			row.Arc, row.ArcCoef = append(row.Arc, g.missing[h]), append(row.ArcCoef, joined)
			if g.network[h] >= 0 {
				row.Arc, row.ArcCoef = append(row.Arc, g.network[h]), append(row.ArcCoef, joined)
			}
		}
		if row.Upper == 0 {
			g.Upper[g.network[j]] = 0
		} else if row.Upper < pool.Upper {
			g.Rows = append(g.Rows, row)
		}
	}
}

// host reports whether classes elsewhere may join the lesson: it is given at a school in town or a strong one.
func (g *problem) host(l *Lesson) bool {
	school := g.schools[l.School]
	return school.Town || school.Strong
}

// road is the road distance between two schools, ⌊great circle · road factor⌋; 0 where a position is unknown.
func (g *problem) road(a, b *model.School) model.Metres {
	return model.Metres(g.county.Rules.RoadFactor.Of(int64(model.Distance(a.Position, b.Position))))
}

// speaks reports whether a teacher can teach in the language of a school.
func speaks(t *teacher, school *model.School) bool {
	return school.Language == "" || slices.Contains(t.Languages, school.Language)
}
