package branch

import (
	"container/heap"
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/embedded"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

const (
	integral    = 1e-6 // distance from an integer that counts as none for an arc or a column
	sumIntegral = 1e-5 // likewise for a sum, in steps
)

// search solves one level on the face of the levels before.
type search struct {
	*problem
	w     *watch
	level int
	last  bool // nothing comes after the level
	pure  bool // the costs are those of the level alone, without a trace of the later ones

	incumbent []int64 // by arc and column; nil before there is one
	value     int64   // of it, at the level
	cutoff    int64   // what the attempt under way looks below; MaxInt64 for none
	rest      *levels // what went on with a smaller programme and found a solution there
	ceiling   int64   // solutions that cost as much are none; MaxInt64 where that is not known
	reach     int64   // of the cutoff above the bound; 0 before the first attempt

	baseLower, baseUpper []int64 // the face, and what only solutions as good as the incumbent keep to
	lower, upper         []int64 // of the node under way
	entered              *node   // whose they are

	open      nodeHeap
	leaves    []*node // what is left of the tree: together they hold every solution that is as good as the incumbent
	nodesMade int64

	matters          []bool    // by variable: whether to branch on it
	typicalGain      float64   // of a unit in a branch
	gainCount        int       //
	cost, blend      []float64 // of the level, without and with a trace of the later ones
	certificate      lagrange.Certificate
	potential, price []float64
	relaxed          []float64 // potentials of the network alone, or empty
	rootPotential    []float64 // the multipliers of the best bound of the root
	rootPrice        []float64
	rootBound        int64
	activity         []float64
}

// unbranched is the variable of a node that has the bounds of its parent and no more; −1 is that of the root.
const unbranched = -2

// node is a subproblem: the bounds of its parent, and one more.
type node struct {
	parent       *node
	variable     int32
	lower, upper int64
	bound        int64             // proven, first that of the parent
	drawn        []lagrange.Change // bounds that the relaxation drew in, for solutions as good as the incumbent
	id           int64
	objective    float64 // of the parent's relaxation
	distance     float64 // by which the branch moves its variable
	upwards      bool
	basis        *embedded.Basis // of the parent's relaxation; nil where it is at hand, or not known
}

func newSearch(p *problem, w *watch, level int, incumbent []int64, leaves []*node) *search {
	s := &search{
		problem: p, w: w, level: level, last: level == len(p.Levels)-1, incumbent: incumbent, rootBound: math.MinInt64,
		leaves: leaves, typicalGain: 1, cutoff: math.MaxInt64, ceiling: math.MaxInt64,
		cost: floats(p.cost[level]), activity: make([]float64, len(p.rows)),
		potential: make([]float64, len(p.Supply)), price: make([]float64, len(p.rows)),
		lower: make([]int64, len(p.lower)), upper: make([]int64, len(p.upper)),
	}
	s.baseLower = append([]int64(nil), p.lower...)
	s.baseUpper = append([]int64(nil), p.upper...)
	if incumbent != nil {
		s.value = p.value(level, incumbent)
	}
	s.settle()
	return s
}

// run solves the level. It returns a bound that holds on the face, and whether the face has any solution. Without a
// stop the bound is the optimum, or within the gap of the incumbent.
func (s *search) run(gap float64) (bound int64, feasible bool) {
	s.model.Bound(&s.certificate, s.problem.cost[s.level], s.baseLower, s.baseUpper, nil, nil)
	s.rootBound = s.roundUp(s.certificate.Value())
	if len(s.relaxed) > 0 {
		s.model.Bound(&s.certificate, s.problem.cost[s.level], s.baseLower, s.baseUpper, s.relaxed, nil)
		if value := s.roundUp(s.certificate.Value()); value > s.rootBound {
			s.rootBound, s.rootPotential = value, s.relaxed
		}
	}
	if s.closed(s.rootBound, gap) {
		return s.rootBound, true
	}
	s.install()
	root := &node{variable: -1, bound: s.rootBound}
	s.enter(root)
	if s.relax(root) == solved {
		if _, _, found := s.fractional(); !found {
			s.offer()
		}
	}
	leaves := s.leaves
	if s.ceiling < math.MaxInt64 {
		s.cutoff = s.ceiling
		bound, ended := s.attempt(leaves, gap)
		return bound, ended
	}
	for s.raise(); ; s.raise() {
		bound, ended := s.attempt(leaves, gap)
		if s.rest != nil {
			return bound, true
		}
		if ended || s.cutoff == math.MaxInt64 {
			return bound, s.incumbent != nil || s.w.stopped != 0
		}
		s.rootBound = s.cutoff
	}
}

// raise sets the cutoff of the next attempt: a sixteenth of the way from the bound to the incumbent, then four times
// as far each time. An attempt looks only for solutions below it, which leaves few arcs, and so finds the optimum
// soon or proves that there is none below: then the bound is the cutoff.
func (s *search) raise() {
	switch {
	case s.reach > 0:
		s.reach *= 4
	case s.incumbent != nil:
		s.reach = max(1, (s.value-s.rootBound)/16)
	default:
		s.reach = 1 + max(s.rootBound, -s.rootBound)/10_000
	}
	s.cutoff = s.rootBound + s.reach
	if s.reach > solver.MaxTotal/8 || s.rootBound < -solver.MaxTotal || s.incumbent != nil && s.cutoff >= s.value {
		s.cutoff = math.MaxInt64
	}
}

// attempt searches for solutions below the cutoff in the leaves that the levels before have left, nil for the whole
// face. It returns a bound, and whether the level has come to its end: with an optimum, within the gap, or stopped.
func (s *search) attempt(leaves []*node, gap float64) (bound int64, ended bool) {
	copy(s.baseLower, s.problem.lower)
	copy(s.baseUpper, s.problem.upper)
	s.open, s.leaves, s.entered = nil, nil, nil
	s.tightenBase()
	if leaves == nil {
		if rest := s.compact(); rest != nil {
			return s.goOver(rest)
		}
		leaves = []*node{nil}
	}
	for _, leaf := range leaves {
		s.nodesMade++
		heap.Push(&s.open, &node{parent: leaf, variable: unbranched, bound: s.rootBound, id: s.nodesMade})
	}
	var current *node
	for {
		if s.w.stopped != 0 {
			bound = min(s.leastOpen(), s.best())
			if current != nil {
				bound = min(bound, current.bound)
			}
			return max(bound, s.rootBound), true
		}
		for current == nil && len(s.open) > 0 {
			current = heap.Pop(&s.open).(*node)
			if current.bound >= s.best() {
				s.leave(current)
				current = nil
			}
		}
		if current == nil {
			return s.value, s.incumbent != nil && s.value < s.cutoff
		}
		bound = min(current.bound, s.leastOpen())
		if s.closed(bound, gap) {
			s.leave(current)
			for _, n := range s.open {
				s.leave(n)
			}
			return bound, true
		}
		s.w.report(solver.Progress{Level: s.level, Pivots: s.lp.Pivots, Objective: s.value + s.constantOf(s.level), Bound: bound + s.constantOf(s.level)})
		current = s.visit(current)
	}
}

// goOver solves a smaller programme instead. What it returns is what attempt does.
func (s *search) goOver(rest *levels) (bound int64, ended bool) {
	feasible := rest.solve()
	s.lp.Pivots += rest.pivots + rest.lp.Pivots
	if feasible && rest.incumbent != nil {
		s.rest = rest
	}
	bound = s.cutoff
	if s.w.stopped != 0 {
		if feasible {
			bound = min(bound, max(s.rootBound, plus(rest.results[s.level].Bound, rest.reduction.constant[s.level])))
		}
		return min(bound, s.best()), true
	}
	if s.rest != nil {
		return min(bound, plus(rest.results[s.level].Bound, rest.reduction.constant[s.level])), true
	}
	return s.value, s.incumbent != nil && s.value < s.cutoff
}

// install puts the costs of the level into the linear programme. The basis at hand was made for others: for a row
// priced by the opening, or for the level before, which now stands in a row of its own. That row enters the basis at
// the price that the level before had in units of this one, so that the basis stays nearly dual feasible.
func (s *search) install() {
	before := s.weights
	s.blend = s.blended(s.level)
	s.lp.SetCost(s.blend)
	s.setBounds(s.baseLower, s.baseUpper)
	switch {
	case s.opened != nil:
		s.lp.Price(s.opened.row, s.opened.value)
		s.opened = nil
	case before != nil && before[s.level] > 0:
		for k, weight := range before[:s.level] {
			if weight == 1 {
				s.lp.Price(s.levelRow(k)-s.structural, -1/before[s.level])
			}
		}
	}
}

// leave keeps a node that holds nothing better than the incumbent, if it may hold something as good.
func (s *search) leave(n *node) {
	if !s.last && s.incumbent != nil && n.bound == s.value {
		s.leaves = append(s.leaves, n)
	}
}

// best is what a solution has to be below to be of interest.
func (s *search) best() int64 {
	if s.incumbent == nil {
		return s.cutoff
	}
	return min(s.value, s.cutoff)
}

func (s *search) closed(bound int64, gap float64) bool {
	constant := s.constantOf(s.level)
	return s.incumbent != nil && (bound >= s.value || solver.RelativeGap(s.value+constant, bound+constant) <= gap)
}

func (s *search) leastOpen() int64 {
	if len(s.open) == 0 {
		return math.MaxInt64
	}
	return s.open[0].bound
}

// roundUp gives the least value that the level can take from a bound on: its costs may have a common divisor.
func (s *search) roundUp(bound int64) int64 {
	step := s.step[s.levelRow(s.level)-s.structural]
	if bound < -solver.MaxTotal || bound > solver.MaxTotal {
		return bound
	}
	return ceilDiv(bound, step) * step
}

// limit is the most that a solution of interest may cost: on the last level it has to be better than the incumbent.
func (s *search) limit() int64 {
	if s.incumbent == nil || s.cutoff <= s.value {
		return s.cutoff - 1
	}
	if s.last {
		return s.value - 1
	}
	return s.value
}

// visit relaxes a node and returns the child to follow at once, or nil.
func (s *search) visit(n *node) *node {
	if !s.enter(n) {
		return nil
	}
	value := s.best()
	defer func() {
		if s.best() < value {
			s.tightenBase()
		}
	}()
	if n.basis != nil {
		s.lp.SetBasis(n.basis)
		n.basis = nil
	}
	state := s.relax(n)
	if state != stopped {
		s.learn(n, s.lp.Objective())
	}
	for state == solved && n.bound < s.best() {
		if j, value, found := s.fractional(); found {
			return s.split(n, j, value)
		}
		s.offer()
		if n.bound >= s.best() || s.pure {
			break
		}
		s.pure = true // the trace of the later levels stands in the way
		s.lp.SetCost(s.cost)
		state = s.relax(n)
	}
	if s.pure {
		s.pure = false
		s.lp.SetCost(s.blend)
	}
	switch {
	case state == stopped:
		heap.Push(&s.open, n)
		return nil
	case n.bound >= s.best():
		s.leave(n)
		return nil
	case state == empty:
		return nil
	}
	return s.splitBlindly(n)
}

// enter sets the bounds of a node and reports whether they leave anything.
func (s *search) enter(n *node) bool {
	last := s.entered
	s.entered = n
	if n.variable >= 0 && n.parent == last && last != nil { // its bounds, drawn in as they are, hold for its children
		return s.draw(lagrange.Change{Variable: n.variable, Lower: n.lower, Upper: n.upper})
	}
	copy(s.lower, s.baseLower)
	copy(s.upper, s.baseUpper)
	for ; n != nil; n = n.parent {
		if n.variable >= 0 && !s.draw(lagrange.Change{Variable: n.variable, Lower: n.lower, Upper: n.upper}) {
			return false
		}
		for _, c := range n.drawn {
			if !s.draw(c) {
				return false
			}
		}
	}
	return true
}

func (s *search) draw(c lagrange.Change) bool {
	lower, upper := &s.lower[c.Variable], &s.upper[c.Variable]
	*lower, *upper = max(*lower, c.Lower), min(*upper, c.Upper)
	return *lower <= *upper
}

// split makes two children and returns the one that the relaxation is nearer to.
func (s *search) split(n *node, j int32, value float64) *node {
	step := s.stepOf(j)
	low := int64(math.Floor(value/float64(step))) * step // bounds may be drawn in to between two multiples
	below, above := s.child(n, j, s.lower[j], low), s.child(n, j, low+step, s.upper[j])
	objective, part := s.lp.Objective(), (value-float64(low))/float64(step)
	below.objective, below.distance = objective, part
	above.objective, above.distance, above.upwards = objective, 1-part, true
	if part > 0.5 {
		below, above = above, below
	}
	above.basis = s.lp.Basis() // it is visited from elsewhere, mostly
	heap.Push(&s.open, above)
	return below
}

func (s *search) stepOf(j int32) int64 {
	if int(j) < s.structural {
		return 1
	}
	return s.step[int(j)-s.structural]
}

func (s *search) child(n *node, j int32, lower, upper int64) *node {
	s.nodesMade++
	return &node{parent: n, variable: j, lower: lower, upper: upper, bound: n.bound, id: s.nodesMade}
}

// splitBlindly halves the widest variable of a node whose relaxation says nothing. Where all are fixed it takes the
// one solution there is.
func (s *search) splitBlindly(n *node) *node {
	widest := -1
	for j := range s.structural {
		if s.upper[j] > s.lower[j] && (widest < 0 || s.upper[j]-s.lower[j] > s.upper[widest]-s.lower[widest]) {
			widest = j
		}
	}
	if widest < 0 {
		if x := s.define(append([]int64(nil), s.lower[:s.structural]...)); s.holds(x) {
			n.bound = max(n.bound, s.problem.value(s.level, x))
			s.accept(x)
		}
		s.leave(n)
		return nil
	}
	middle := s.lower[widest] + (s.upper[widest]-s.lower[widest])/2
	below, above := s.child(n, int32(widest), s.lower[widest], middle), s.child(n, int32(widest), middle+1, s.upper[widest])
	heap.Push(&s.open, above)
	return below
}

// offer takes the relaxed values as an incumbent if their nearest integers are one: with the columns as they are, or
// as the flow asks for.
func (s *search) offer() bool {
	x := make([]int64, s.structural)
	for j := range x {
		x[j] = int64(math.Round(s.lp.Value(j)))
	}
	return s.accept(s.complete(x[:s.arcs], x[s.arcs:])) || s.accept(s.define(x))
}

// accept takes a solution that is better than the incumbent and obeys everything.
func (s *search) accept(x []int64) bool {
	if x == nil || !s.holds(x) {
		return false
	}
	if value := s.problem.value(s.level, x); s.incumbent == nil || value < s.value {
		s.incumbent, s.value, s.leaves = x, value, nil
		return true
	}
	return false
}

// nodeHeap has the least bound first, then the eldest.
type nodeHeap []*node

func (h nodeHeap) Len() int { return len(h) }
func (h nodeHeap) Less(i, j int) bool {
	return h[i].bound < h[j].bound || h[i].bound == h[j].bound && h[i].id < h[j].id
}
func (h nodeHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *nodeHeap) Push(x any)   { *h = append(*h, x.(*node)) }
func (h *nodeHeap) Pop() any {
	last := len(*h) - 1
	n := (*h)[last]
	*h = (*h)[:last]
	return n
}
