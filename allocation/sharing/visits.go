package sharing

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// visit is a teacher and what one day goes to: a school and back, or a tour of two or three.
type visit struct {
	teacher int32
	stops   []model.SchoolID // in the order of the road
	places  []int32          // of the stops
	round   model.Metres     // of a day, from the own school and back
	aDay    int64            // tenths of periods that a day has time for
	arc     int32            // into the node of the visit
	days    int32            // column
}

// place is a teacher and a school that can be visited, in whatever tours.
type place struct {
	teacher int32
	school  model.SchoolID
	visited int32 // column that counts it, or -1 where schools are not counted
}

// toursOfATeacher is how many tours of several schools are looked at for a teacher: the shortest.
const toursOfATeacher = 30

// visitFrom adds visits. alone is a best flow without them: visits go to lessons that it leaves short in presence, by people who could have time to
// spare in a flow as good.
func (g *problem) visitFrom(alone []int64) {
	short := make([]bool, len(g.lessons))
	for j := range g.lessons {
		short[j] = g.absent(alone, j) > 0 && !g.lessons[j].Service
	}
	g.linkVisits(short, g.canSpare(alone))
}

// canSpare tells who could have time to spare: those who have, those who give after-school service, which lessons go before, and those whose lessons such a one could take over, by search from the slack against
// the residual arcs.
func (g *problem) canSpare(flow []int64) []bool {
	can := make([]bool, len(g.teachers))
	taught := map[int32][]link{} // by lesson
	may := map[int32][]link{}    // by teacher
	for _, l := range g.local {
		taught[l.lesson] = append(taught[l.lesson], l)
		may[l.teacher] = append(may[l.teacher], l)
	}
	var queue []int32
	for i := range g.teachers {
		if flow[g.spare[i]] > 0 {
			can[i], queue = true, append(queue, int32(i))
		}
	}
	for _, l := range g.local {
		if !can[l.teacher] && g.lessons[l.lesson].Service && flow[l.arc] > 0 {
			can[l.teacher], queue = true, append(queue, l.teacher)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, own := range may[i] { // i could take more of the lesson, so that who teaches it now teaches less
			for _, l := range taught[own.lesson] {
				if !can[l.teacher] && flow[l.arc] > 0 {
					can[l.teacher], queue = true, append(queue, l.teacher)
				}
			}
		}
	}
	return can
}

// call is a school that somebody could visit.
type call struct {
	school   *model.School
	distance model.Metres // from the own school
	lessons  []int32      // that are short there
	place    int32
}

func (g *problem) linkVisits(short, can []bool) {
	at := g.bySchool()
	for i := range g.teachers {
		if !can[i] {
			continue
		}
		t := &g.teachers[i]
		home := g.schools[t.post.School]
		var calls []call
		for s := range g.county.Schools {
			school := &g.county.Schools[s]
			distance := g.road(home, school)
			if school.ID == home.ID || distance == 0 || distance > g.options.Reach || 2*distance > g.options.Travel || !speaks(t, school) {
				continue
			}
			c := call{school: school, distance: distance}
			for _, j := range at[school.ID] {
				if short[j] && t.mayTeach(g.lessons[j].Stage, g.lessons[j].Subject) {
					c.lessons = append(c.lessons, j)
				}
			}
			if len(c.lessons) > 0 {
				c.place = int32(len(g.places))
				g.places = append(g.places, place{int32(i), school.ID, -1})
				calls = append(calls, c)
			}
		}
		first := len(g.visits)
		for _, c := range calls {
			g.linkVisit(int32(i), []call{c}, 2*c.distance)
		}
		for _, tour := range g.tours(calls) {
			g.linkVisit(int32(i), tour.stops, tour.round)
		}
		g.boundVisits(t, first)
	}
}

// tour is several schools in one day.
type tour struct {
	stops []call
	round model.Metres
}

// tours lists the tours of several schools that a day has time and road for, the shortest first. On the road from a school to the next a period is lost; the road
// is no longer than there and back to the farthest school that may be visited, and shorter than to go to each school on a day of its own.
func (g *problem) tours(calls []call) (all []tour) {
	most := min(2*g.options.Reach, g.options.Travel)
	add := func(stops ...call) {
		round, apart := stops[0].distance+stops[len(stops)-1].distance, model.Metres(0)
		for k := range stops {
			apart += 2 * stops[k].distance
			if k > 0 {
				between := g.road(stops[k-1].school, stops[k].school)
				if between == 0 {
					return // one place: no road is known, or none is needed
				}
				round += between
			}
		}
		if round <= most && round < apart {
			all = append(all, tour{slices.Clone(stops), round})
		}
	}
	if g.options.Stops >= 2 && g.options.PeriodsADay >= 2 {
		for a := range calls {
			for b := a + 1; b < len(calls); b++ {
				add(calls[a], calls[b])
			}
		}
	}
	pairs := len(all)
	if g.options.Stops >= 3 && g.options.PeriodsADay >= 3 {
		for _, pair := range all[:pairs] { // a triple in reach has its ends with the middle in reach, by the triangle inequality up to rounding
			for c := range calls {
				if x := calls[c]; x.place > pair.stops[0].place && x.place != pair.stops[1].place {
					add(pair.stops[0], pair.stops[1], x)
				}
				if x := calls[c]; x.place > pair.stops[1].place {
					add(pair.stops[1], pair.stops[0], x)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b tour) int { return cmp.Compare(a.round, b.round) })
	return all[:min(len(all), toursOfATeacher)]
}

// linkVisit adds what a day goes to: a node that the visitor's periods pass, and the days that allow them.
func (g *problem) linkVisit(i int32, stops []call, round model.Metres) {
	t := &g.teachers[i]
	node := int32(len(g.Supply))
	g.Supply = append(g.Supply, 0)
	most := int64(min(g.options.Days, int(g.options.Travel/round)))
	v := visit{teacher: i, round: round, aDay: int64(10 * (g.options.PeriodsADay - len(stops) + 1)), days: int32(len(g.Columns))}
	v.arc = g.arc(i, node, min(int64(t.load), most*v.aDay), nil)
	name := string(t.ID)
	for _, c := range stops {
		v.stops, v.places = append(v.stops, c.school.ID), append(v.places, c.place)
		name += " " + string(c.school.ID)
		for _, j := range c.lessons {
			g.away = append(g.away, link{i, j, g.arc(node, g.lesson(int(j)), int64(min(t.load, g.lessons[j].Periods)), nil), int32(len(g.visits))})
		}
	}
	cost := make([]int64, len(g.levels))
	cost[len(cost)-1] = int64(round) // levelMetres
	g.Columns = append(g.Columns, solver.Column{Name: "days " + name, Upper: most, Cost: cost})
	g.Rows = append(g.Rows, solver.Row{Name: "visit " + name, Lower: solver.NoLower, Upper: 0,
		Arc: []int32{v.arc}, ArcCoef: []int64{1}, Column: []int32{v.days}, ColumnCoef: []int64{-v.aDay}})
	g.visits = append(g.visits, v)
}

// boundVisits bounds the days, the metres and the schools of a visitor, whose visits begin with the first, where that says anything.
func (g *problem) boundVisits(t *teacher, first int) {
	var days []int32
	var ones, metres []int64
	all, road, stops := int64(0), int64(0), 1
	for k := range g.visits[first:] {
		v := &g.visits[first+k]
		days, ones, metres = append(days, v.days), append(ones, 1), append(metres, int64(v.round))
		all += g.Columns[v.days].Upper
		road += g.Columns[v.days].Upper * int64(v.round)
		stops = max(stops, len(v.stops))
	}
	row := func(what string, upper int64, columns []int32, coefs []int64) {
		g.Rows = append(g.Rows, solver.Row{Name: what + " " + string(t.ID), Lower: solver.NoLower, Upper: upper, Column: columns, ColumnCoef: coefs})
	}
	if all > int64(g.options.Days) {
		row("days", int64(g.options.Days), days, ones)
	}
	if road > int64(g.options.Travel) {
		row("travel", int64(g.options.Travel), days, metres)
	}
	var visited []int32
	var once []int64
	places := 0
	for _, v := range g.visits[first:] {
		if len(v.stops) == 1 {
			places++
		}
	}
	if places <= g.options.Schools || stops*g.options.Days <= g.options.Schools {
		return // no week has more
	}
	for k := range g.visits[first:] {
		v := &g.visits[first+k]
		for _, at := range v.places {
			if g.places[at].visited < 0 {
				g.places[at].visited = int32(len(g.Columns))
				g.Columns = append(g.Columns, solver.Column{Name: fmt.Sprintf("visited %s %s", t.ID, g.places[at].school), Upper: 1})
				visited, once = append(visited, g.places[at].visited), append(once, 1)
			}
			row("visited", 0, []int32{v.days, g.places[at].visited}, []int64{1, -g.Columns[v.days].Upper})
		}
	}
	row("schools", int64(g.options.Schools), visited, once)
}
