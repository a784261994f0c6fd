package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
)

// exchangeNetwork is the network of an exchange. What flows is places, against the people: a vacancy is
// filled by a person, whose place is filled by the next. So a unit of flow runs from the post that somebody
// comes to, over an arc for the person, to the post that they leave.
//
//	hub ─ room ─▶ school ─ vacancies ─▶ post ─ person ─▶ post ─ person ─▶ … ▶ post ─ what it can spare ─▶ school ─▶ hub
//
// A closed walk of places is a cycle of people, a walk from a vacancy to a post that can spare somebody a
// chain. Without limits one copy of the posts holds both and one arc for each person sees to it that
// nobody moves twice, so the network is pure. A limit takes copies of the posts by position:
//
//   - chains of at most K people: a copy for each position k = 0..K in a chain, as in the formulation PICEF of Dickerson,
//     Manlove, Plaut, Sandholm and Trimble, "Position-indexed formulations for kidney exchange", EC 2016;
//   - cycles of at most L people: for each post l, copies for the positions of the cycles whose lowest post l is
//     (the same paper; extended edge formulation: Constantino, Klimentova, Viana and Rais, EJOR 231, 2013).
//
// A place that a cycle passes twice splits it into two shorter ones, so it is no loss to think of posts that are
// passed once. Where there are copies, a row for each person says that they move once.
type exchangeNetwork struct {
	*solver.Programme
	x     *trade
	steps []step    // by arc
	out   [][]int32 // by person: the arcs of which one carries flow where they move, and else none

	chains, cycles   form // how the network holds them
	hub              int32
	free             map[int32]int32 // node of each post in the copy without positions
	beginArc, endArc []int32         // of each post: the arc by which chains begin and end in that copy, -1 for none
}

// form is how a network holds cycles or chains.
type form uint8

const (
	formNone     form = iota
	formFree          // any length, in the copy without positions
	formLayered       // by position
	formSeparate      // chains of any length beside cycles by position: see search
)

// step says what an arc stands for.
type step struct {
	move  int32 // -1: no move
	cycle int32 // the lowest post of the cycle; -1: a chain, or the copy without positions
	place int32 // position from 1; 0: none
}

// mostArcs is how many arcs a network may have: some gigabytes of memory.
const mostArcs = 4_000_000

// tooLong reports whether the limits take more arcs than that. The network is not complete then.
func (g *exchangeNetwork) tooLong() bool { return len(g.Tail) > mostArcs }

// newExchangeNetwork builds the network without levels and rows.
func newExchangeNetwork(x *trade) *exchangeNetwork {
	g := &exchangeNetwork{Programme: &solver.Programme{}, x: x, out: make([][]int32, len(x.n.people)), free: map[int32]int32{}}
	g.chains, g.cycles = formFree, formFree
	longest := x.longestUseful()
	switch o := x.options; {
	case o.LongestCycle == 1:
		g.cycles = formNone
	case o.LongestCycle > 1 && o.LongestCycle < longest:
		g.cycles = formLayered
	}
	switch o := x.options; {
	case o.NoChains:
		g.chains = formNone
	case o.LongestChain > 0 && o.LongestChain < longest:
		g.chains = formLayered
	case g.cycles != formFree:
		g.chains = formSeparate
	}
	g.addHub()
	if g.cycles == formFree || g.chains == formFree || g.chains == formSeparate {
		g.addFree()
	}
	if g.chains == formLayered {
		g.addChains(x.options.LongestChain)
	}
	if g.cycles == formLayered && !g.tooLong() {
		g.addCycles(x.options.LongestCycle)
	}
	return g
}

// longestUseful is how many people have a move: no cycle and no chain has more.
func (x *trade) longestUseful() int {
	people := 0
	for t := range x.n.people {
		if len(x.of(t)) > 0 {
			people++
		}
	}
	return people
}

func (g *exchangeNetwork) node() int32 {
	g.Supply = append(g.Supply, 0)
	return int32(len(g.Supply) - 1)
}

func (g *exchangeNetwork) arc(tail, head int32, upper int, s step) int32 {
	g.Tail, g.Head, g.Upper = append(g.Tail, tail), append(g.Head, head), append(g.Upper, int64(upper))
	g.steps = append(g.steps, s)
	return int32(len(g.Tail) - 1)
}

var noStep = step{move: -1, cycle: -1}

// addHub adds the schools, through which chains begin and end. A school that lets somebody go in one chain has room
// for another.
func (g *exchangeNetwork) addHub() {
	if g.chains == formNone {
		return
	}
	g.hub = g.node()
	spare := make([]int, len(g.x.n.schools))
	for p := range g.x.n.posts {
		spare[g.x.n.posts[p].school] += g.x.spare[p]
	}
	for s := range g.x.n.schools {
		node := g.node() // hub + 1 + s
		if room := g.x.room[s]; room > 0 {
			g.arc(g.hub, node, room, noStep)
		}
		if spare[s] > 0 {
			g.arc(node, g.hub, spare[s], noStep)
		}
	}
}

func (g *exchangeNetwork) schoolNode(p int32) int32 { return g.hub + 1 + g.x.n.posts[p].school }

// layer is a set of arcs for moves from nodes of one position to those of the next. Arcs of people who have
// more than one move in the layer pass through a node of their own, so that one arc counts them.
type layer struct {
	g     *exchangeNetwork
	moves []int32 // in order
	tail  func(m *move) int32
	head  func(m *move) int32
	step  step
}

func (l *layer) add() {
	g := l.g
	for i := 0; i < len(l.moves); {
		first := &g.x.moves[l.moves[i]]
		end := i + 1
		for end < len(l.moves) && g.x.moves[l.moves[end]].person == first.person {
			end++
		}
		to := l.head(first)
		if end > i+1 {
			node := g.node()
			g.out[first.person] = append(g.out[first.person], g.arc(node, to, 1, noStep))
			to = node
		}
		for _, m := range l.moves[i:end] {
			s := l.step
			s.move = m
			a := g.arc(l.tail(&g.x.moves[m]), to, 1, s)
			if end == i+1 {
				g.out[first.person] = append(g.out[first.person], a)
			}
		}
		i = end
	}
}

// addFree adds the copy of the posts without positions.
func (g *exchangeNetwork) addFree() {
	x := g.x
	node := func(p int32) int32 {
		v, known := g.free[p]
		if !known {
			v = g.node()
			g.free[p] = v
		}
		return v
	}
	all := make([]int32, len(x.moves))
	for m := range all {
		all[m] = int32(m)
	}
	l := layer{g: g, moves: all, step: noStep,
		tail: func(m *move) int32 { return node(m.to) }, head: func(m *move) int32 { return node(m.from) }}
	l.add()
	if g.chains != formFree && g.chains != formSeparate {
		return
	}
	g.beginArc, g.endArc = make([]int32, len(x.n.posts)), make([]int32, len(x.n.posts))
	for p := range int32(len(x.n.posts)) {
		g.beginArc[p], g.endArc[p] = -1, -1
		if _, used := g.free[p]; !used {
			continue
		}
		if x.open[p] > 0 {
			g.beginArc[p] = g.arc(g.schoolNode(p), g.free[p], x.open[p], noStep)
		}
		if x.spare[p] > 0 {
			g.endArc[p] = g.arc(g.free[p], g.schoolNode(p), x.spare[p], noStep)
		}
	}
}

// addChains adds the positions of chains of at most k people. A move is at position i only where a vacancy is
// near enough before it and a post that can spare somebody near enough after it.
func (g *exchangeNetwork) addChains(k int) {
	x := g.x
	posts := len(x.n.posts)
	begins, ends := make([]int32, 0, posts), make([]int32, 0, posts)
	for p := range int32(posts) {
		if x.open[p] > 0 {
			begins = append(begins, p)
		}
		if x.spare[p] > 0 {
			ends = append(ends, p)
		}
	}
	entering, leaving := x.entering(), x.leaving()
	after := newDistances(x, entering, func(m *move) int32 { return m.from })
	before := newDistances(x, leaving, func(m *move) int32 { return m.to })
	after.from(begins, 0, k)
	before.from(ends, 0, k)
	node := map[[2]int32]int32{} // position, post
	at := func(position, p int32) int32 {
		v, known := node[[2]int32{position, p}]
		if !known {
			v = g.node()
			node[[2]int32{position, p}] = v
		}
		return v
	}
	for i := range int32(k) {
		l := layer{g: g, step: step{cycle: -1, place: i + 1},
			tail: func(m *move) int32 { return at(i, m.to) }, head: func(m *move) int32 { return at(i+1, m.from) }}
		for m := range x.moves {
			if after.within(x.moves[m].to, int(i)) && before.within(x.moves[m].from, k-int(i)-1) {
				l.moves = append(l.moves, int32(m))
			}
		}
		if l.add(); g.tooLong() {
			return
		}
	}
	for _, p := range begins {
		if v, used := node[[2]int32{0, p}]; used {
			g.arc(g.schoolNode(p), v, x.open[p], noStep)
		}
	}
	for _, p := range ends {
		end := int32(-1)
		for i := range int32(k) {
			v, used := node[[2]int32{i + 1, p}]
			if !used {
				continue
			}
			if end < 0 {
				end = g.node()
				g.arc(end, g.schoolNode(p), x.spare[p], noStep)
			}
			g.arc(v, end, x.spare[p], noStep)
		}
	}
}

// addCycles adds, for each post l, the positions of cycles of at most k people through l and posts behind it.
func (g *exchangeNetwork) addCycles(k int) {
	x := g.x
	entering, leaving := x.entering(), x.leaving()
	after := newDistances(x, entering, func(m *move) int32 { return m.from })
	before := newDistances(x, leaving, func(m *move) int32 { return m.to })
	for lowest := range int32(len(x.n.posts)) {
		if len(entering[lowest]) == 0 || len(leaving[lowest]) == 0 {
			continue
		}
		after.from([]int32{lowest}, lowest, k)
		before.from([]int32{lowest}, lowest, k)
		node := map[[2]int32]int32{}
		at := func(position, p int32) int32 {
			if p == lowest {
				position = 0
			}
			v, known := node[[2]int32{position, p}]
			if !known {
				v = g.node()
				node[[2]int32{position, p}] = v
			}
			return v
		}
		var near []int32 // moves between posts of the copy, in order
		for _, p := range after.seen {
			for _, m := range entering[p] {
				if before.within(x.moves[m].from, k-1) {
					near = append(near, m)
				}
			}
		}
		slices.Sort(near)
		for i := range int32(k) {
			l := layer{g: g, step: step{cycle: lowest, place: i + 1},
				tail: func(m *move) int32 { return at(i, m.to) }, head: func(m *move) int32 { return at(i+1, m.from) }}
			for _, m := range near {
				to, from := x.moves[m].to, x.moves[m].from
				if (to == lowest) == (i == 0) && after.within(to, int(i)) && before.within(from, k-int(i)-1) {
					l.moves = append(l.moves, m)
				}
			}
			if l.add(); g.tooLong() {
				return
			}
		}
	}
}

// distances counts moves from or to some posts.
type distances struct {
	x     *trade
	moves [][]int32 // of each post
	end   func(m *move) int32
	far   []int32 // by post, from 1; 0: not seen
	seen  []int32
}

func newDistances(x *trade, moves [][]int32, end func(m *move) int32) *distances {
	return &distances{x: x, moves: moves, end: end, far: make([]int32, len(moves))}
}

// from searches from some posts, among posts not below the lowest and at most so many moves away.
func (d *distances) from(posts []int32, lowest int32, most int) {
	for _, p := range d.seen {
		d.far[p] = 0
	}
	d.seen = append(d.seen[:0], posts...)
	for _, p := range posts {
		d.far[p] = 1
	}
	for i := 0; i < len(d.seen); i++ {
		p := d.seen[i]
		if int(d.far[p]) > most {
			break
		}
		for _, m := range d.moves[p] {
			if q := d.end(&d.x.moves[m]); q >= lowest && d.far[q] == 0 {
				d.far[q] = d.far[p] + 1
				d.seen = append(d.seen, q)
			}
		}
	}
}

// within reports whether a post was found at most so many moves away.
func (d *distances) within(p int32, most int) bool {
	return d.far[p] > 0 && int(d.far[p])-1 <= most
}
