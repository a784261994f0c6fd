package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// programme is the network of an instance: the flow of the package comment, with
// the places that its parts have in it.
//
//	teacher ─ pair ─▶ post ─ one arc a vacancy ─▶ school's need ─ one arc a vacancy ─▶ school's people ─▶ sink
//	   └─ unplaced ─▶ sink   └──────────── above the need ───────────▶ school's people
type programme struct {
	*solver.Programme
	instance *instance
	pairs    *pairs
	place    [len(levelNames)]int // of each level in Levels; absent where the plan does not have it

	pairArc []int32 // first arc of each teacher; the pairs follow in order, then the unplaced arc where there is one
	needArc []int32 // first of the arcs of each post's need, and the end
	overArc []int32 // arc of each post above the need, or -1
	sumArc  []int32 // first of the arcs of each school's need, and the end
	capArc  []int32 // arc of each school's people to the sink
	slack   []slack // of each column: shortfalls of soft rules, and sums

	asked []askedRule // rules that cut across the network
}

func (g *programme) postNode(p int32) int32   { return int32(len(g.instance.people)) + p }
func (g *programme) needNode(s int32) int32   { return g.postNode(int32(len(g.instance.posts))) + s }
func (g *programme) peopleNode(s int32) int32 { return g.needNode(int32(len(g.instance.schools))) + s }
func (g *programme) sink() int32              { return g.peopleNode(int32(len(g.instance.schools))) }

// The levels of the objective. The lottery is there only with a seed, the changes only
// where something was published.
const (
	levelShortage = iota
	levelUnplaced
	levelSoft
	levelCost
	levelLottery
	levelChanges
)

var levelNames = [...]string{model.LevelShortage, model.LevelUnplaced, model.LevelSoft, model.LevelCost, model.LevelLottery, model.LevelChanges}

// levelOrder gives the levels that a plan has with these options, most important first.
func levelOrder(o *model.Options) []int {
	order := []int{levelShortage, levelUnplaced, levelSoft, levelCost}
	if o.Seed != 0 {
		order = append(order, levelLottery)
	}
	switch {
	case !o.Keep.Level():
	case o.Keep.First:
		order = slices.Insert(order, 0, levelChanges)
	default:
		order = slices.Insert(order, 2, levelChanges)
	}
	return order
}

// absent is the place of a level that the plan does not have.
const absent = -1

// price adds to the cost of an arc at a level.
func (g *programme) price(level int, arc int32, cost int64) {
	g.Levels[g.place[level]].Cost[arc] += cost
}

// priceChange prices an arc that gives teacher t another post than the published one.
func (g *programme) priceChange(t, p, arc int32) {
	keep := g.instance.options.Keep
	switch {
	case !g.instance.changes(t, p):
	case keep.Level():
		g.price(levelChanges, arc, 1)
	default:
		g.price(levelCost, arc, int64(keep.PerChange))
	}
}

// newProgramme builds the network and its rows. It takes O(pairs + people) time and memory
// for each rule that is not off.
func newProgramme(n *instance, q *pairs) *programme {
	g := &programme{Programme: &solver.Programme{}, instance: n, pairs: q}
	for level := range g.place {
		g.place[level] = absent
	}
	for place, level := range levelOrder(n.options) {
		g.place[level] = place
		g.Levels = append(g.Levels, solver.Level{Name: levelNames[level]})
	}
	g.reserve(len(q.post) + 4*len(n.people) + 2*len(n.posts) + 2*len(n.schools))
	g.Supply = make([]int64, g.sink()+1)
	for t := range n.people {
		g.Supply[t] = 1
		g.addTeacher(int32(t))
	}
	g.Supply[g.sink()] = -int64(len(n.people))
	for p := range n.posts {
		g.addPost(int32(p))
	}
	for s := range n.schools {
		g.addSchool(int32(s))
	}
	for _, rule := range n.inForce() {
		g.asked = append(g.asked, askedRule{rule, rule.setting(&n.county.Rules), rule.sums(n, q)})
	}
	for i, scan := range g.scanRules() {
		g.addRows(&g.asked[i], scan)
	}
	g.addSums()
	return g
}

func (g *programme) reserve(arcs int) {
	g.Tail, g.Head = make([]int32, 0, arcs), make([]int32, 0, arcs)
	g.Upper = make([]int64, 0, arcs)
	for k := range g.Levels {
		g.Levels[k].Cost = make([]int64, 0, arcs)
	}
}

// arc adds an arc that costs nothing and returns its place.
func (g *programme) arc(tail, head int32, upper int64) int32 {
	g.Tail, g.Head, g.Upper = append(g.Tail, tail), append(g.Head, head), append(g.Upper, upper)
	for k := range g.Levels {
		g.Levels[k].Cost = append(g.Levels[k].Cost, 0)
	}
	return int32(len(g.Tail) - 1)
}

// addTeacher adds a teacher's pairs. Only who has no post now may end without
// one: nobody is displaced.
func (g *programme) addTeacher(t int32) {
	n := g.instance
	person := &n.people[t]
	g.pairArc = append(g.pairArc, int32(len(g.Tail)))
	for _, p := range g.pairs.of(int(t)) {
		post := &n.posts[p]
		a := g.arc(t, g.postNode(p), 1)
		g.price(levelSoft, a, n.soft(person, post, n.ground(person, post)))
		g.price(levelCost, a, int64(n.cost(person, p).Total()))
		if n.options.Seed != 0 {
			g.price(levelLottery, a, lot(n.options.Seed, person.ID, post.id))
		}
		g.priceChange(t, p, a)
	}
	if g.mayBeOut(t) {
		a := g.arc(t, g.sink(), 1)
		g.price(levelUnplaced, a, 1)
		g.priceChange(t, -1, a)
	}
}

// mayBeOut reports whether teacher t may end without a post. Then the teacher has an
// arc for it after the pairs.
func (g *programme) mayBeOut(t int32) bool { return g.instance.mayBeOut(t) }

func (n *instance) mayBeOut(t int32) bool {
	_, pinned := n.pins[t]
	return n.people[t].present < 0 && !pinned
}

// addPost adds the arcs of a post's need and what may be above it.
func (g *programme) addPost(p int32) {
	post := &g.instance.posts[p]
	g.needArc = append(g.needArc, g.vacancies(g.postNode(p), g.needNode(post.school), post.need, g.instance.postWeight(post)))
	over := int32(-1)
	if excess := post.capacity() - post.need; excess > 0 {
		over = g.arc(g.postNode(p), g.peopleNode(post.school), int64(excess))
	}
	g.overArc = append(g.overArc, over)
}

// addSchool adds the arcs of a school's need and its quota.
func (g *programme) addSchool(s int32) {
	school := &g.instance.schools[s]
	g.sumArc = append(g.sumArc, g.vacancies(g.needNode(s), g.peopleNode(s), school.need, g.instance.schoolWeight(school)))
	g.capArc = append(g.capArc, g.arc(g.peopleNode(s), g.sink(), int64(max(school.teachingQuota, school.incumbents))))
}

// vacancies adds the arcs of a need of d people and returns the first. The k-th
// person to arrive ends vacancy i = d−k+1, so arcs cost −vacancyCost(i), the dearest
// vacancy first; convexity makes a minimum-cost flow fill them in this order. Equal costs share an arc.
func (g *programme) vacancies(tail, head int32, d int, weight int64) int32 {
	first := int32(len(g.Tail))
	shortage := &g.Levels[g.place[levelShortage]]
	for i := d; i >= 1; i-- {
		cost := vacancyCost(i, d, weight)
		shortage.Constant += cost
		if last := int32(len(g.Tail)) - 1; last >= first && shortage.Cost[last] == -cost {
			g.Upper[last]++
			continue
		}
		a := g.arc(tail, head, 1)
		g.price(levelShortage, a, -cost)
	}
	return first
}

// flow turns a feasible assignment (post of each teacher, -1 for none) into the
// flow that it is.
func (g *programme) flow(to []int32) []int64 {
	n := g.instance
	flow := make([]int64, len(g.Tail))
	inPost := make([]int64, len(n.posts))
	for t, p := range to {
		a := g.pairArc[t]
		pairs := g.pairs.of(t)
		if p < 0 {
			flow[a+int32(len(pairs))] = 1
			continue
		}
		for i, q := range pairs {
			if q == p {
				flow[a+int32(i)] = 1
			}
		}
		inPost[p]++
	}
	filled, people := make([]int64, len(n.schools)), make([]int64, len(n.schools))
	for p := range n.posts {
		post := &n.posts[p]
		need := min(inPost[p], int64(post.need))
		g.fill(flow, g.needArc[p], need)
		if g.overArc[p] >= 0 {
			flow[g.overArc[p]] = inPost[p] - need
		}
		filled[post.school] += need
		people[post.school] += inPost[p]
	}
	for s := range n.schools {
		g.fill(flow, g.sumArc[s], filled[s])
		flow[g.capArc[s]] = people[s]
	}
	return flow
}

// fill sends an amount through a chain of vacancy arcs, in order.
func (g *programme) fill(flow []int64, arc int32, amount int64) {
	for ; amount > 0; arc++ {
		flow[arc] = min(amount, g.Upper[arc])
		amount -= flow[arc]
	}
}

// assignment reads the post of each teacher from a flow, -1 for none.
func (g *programme) assignment(flow []int64) []int32 {
	to := make([]int32, len(g.instance.people))
	for t := range to {
		to[t] = -1
		for i, p := range g.pairs.of(t) {
			if flow[g.pairArc[t]+int32(i)] == 1 {
				to[t] = p
			}
		}
	}
	return to
}

// asTheyAre is the assignment in which everybody stays. It obeys every rule but
// pins and bans: what a post or a school has now is within its capacity.
func (n *instance) asTheyAre() []int32 {
	to := make([]int32, len(n.people))
	for t := range n.people {
		to[t] = n.people[t].present
	}
	return to
}

// begin gives the programme what is known of a first plan: everybody stays, if
// that obeys the pins, the bans and every row.
func (g *programme) begin() {
	n := g.instance
	if len(n.pins)+len(n.bans) > 0 {
		return
	}
	flow := g.flow(n.asTheyAre())
	if columns := g.shortfalls(flow); solver.CheckAnswer(g.Programme, flow, columns) == nil {
		g.Start, g.StartColumns = flow, columns
	}
}
