package branch

import (
	"container/heap"
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

const (
	integral    = 1e-6 // distance from an integer that counts as none for an arc or a column
	sumIntegral = 1e-5 // likewise for a sum, in steps
	faint       = 0.01 // share of the later levels in the costs once a dive has been made with the whole
)

// search solves one level on the face of the levels before.
type search struct {
	*problem
	w     *watch
	level int
	pure  bool // the costs are those of the level alone, without a trace of the later ones

	incumbent []int64 // by arc and column; nil before there is one
	value     int64   // of it, at the level

	baseLower, baseUpper []int64 // the face, and what only solutions better than the incumbent keep to
	lower, upper         []int64 // of the node under way
	entered              *node   // whose they are

	open      nodeHeap
	nodesMade int64

	cost, blend      []float64 // of the level, without and with a trace of the later ones
	certificate      lagrange.Certificate
	potential, price []float64
	relaxed          []float64 // potentials of the network alone, or empty
	rootPotential    []float64 // the multipliers of the best bound of the root
	rootPrice        []float64
	rootBound        int64
	activity         []float64
}

// node is a part of the search space: that of its parent with one variable bounded.
type node struct {
	parent       *node
	variable     int32
	lower, upper int64
	bound        int64             // proven, first that of the parent
	drawn        []lagrange.Change // bounds that the relaxation drew in, for solutions better than the incumbent
	id           int64
}

func newSearch(p *problem, w *watch, level int, incumbent []int64) *search {
	s := &search{
		problem: p, w: w, level: level, incumbent: incumbent, rootBound: math.MinInt64,
		cost: floats(p.cost[level]), activity: make([]float64, len(p.rows)),
		potential: make([]float64, len(p.Supply)), price: make([]float64, len(p.rows)),
		lower: make([]int64, len(p.lower)), upper: make([]int64, len(p.upper)),
	}
	s.baseLower = append([]int64(nil), p.lower...)
	s.baseUpper = append([]int64(nil), p.upper...)
	if incumbent != nil {
		s.value = p.value(level, incumbent)
	}
	return s
}

// run searches until the incumbent is optimal, or within the gap, or it must stop. It returns the bound that is
// proven; feasible is false when the level is proven to have no solution.
func (s *search) run(gap float64) (bound int64, feasible bool) {
	s.model.Bound(&s.certificate, s.problem.cost[s.level], s.baseLower, s.baseUpper, nil, nil)
	s.rootBound = s.certificate.Value()
	if len(s.relaxed) > 0 {
		s.model.Bound(&s.certificate, s.problem.cost[s.level], s.baseLower, s.baseUpper, s.relaxed, nil)
		if value := s.certificate.Value(); value > s.rootBound {
			s.rootBound, s.rootPotential = value, s.relaxed
		}
	}
	if s.closed(s.rootBound, gap) {
		return s.rootBound, true
	}
	s.blend = s.blended(s.level, 1)
	s.lp.SetCost(s.blend)
	current := &node{variable: -1, bound: s.rootBound}
	for current != nil {
		next := s.visit(current, gap)
		if s.w.stopped != 0 {
			return min(s.leastOpen(), current.bound, s.best()), true
		}
		for next == nil && len(s.open) > 0 {
			next = heap.Pop(&s.open).(*node)
			if next.bound >= s.best() {
				next = nil
			}
		}
		current = next
		if current != nil {
			bound := min(current.bound, s.leastOpen())
			if s.closed(bound, gap) {
				return bound, true
			}
			s.w.report(solver.Progress{Level: s.level, Pivots: s.lp.Pivots, Objective: s.value, Bound: bound})
		}
	}
	return s.value, s.incumbent != nil
}

// best is what a solution must stay below to be of interest.
func (s *search) best() int64 {
	if s.incumbent == nil {
		return math.MaxInt64
	}
	return s.value
}

func (s *search) closed(bound int64, gap float64) bool {
	return s.incumbent != nil && (bound >= s.value || solver.RelativeGap(s.value, bound) <= gap)
}

func (s *search) leastOpen() int64 {
	if len(s.open) == 0 {
		return math.MaxInt64
	}
	return s.open[0].bound
}

// visit relaxes a node, looks for incumbents and splits it. It returns the child to go on with, if any.
func (s *search) visit(n *node, gap float64) *node {
	if !s.enter(n) {
		return nil
	}
	value := s.best()
	defer func() {
		if s.best() < value {
			s.tightenBase()
		}
	}()
	state := s.relax(n)
	if n.variable < 0 && state == solved {
		state = s.visitRoot(n, gap)
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
	if state == empty || state == stopped || n.bound >= s.best() {
		return nil
	}
	return s.splitBlindly(n)
}

// visitRoot does what only pays at the root: a dive, and drawing in the bounds by reduced cost.
func (s *search) visitRoot(n *node, gap float64) state {
	if s.closed(n.bound, gap) {
		return solved
	}
	s.dive()
	s.tightenBase()
	s.blend = s.blended(s.level, faint)
	s.lp.SetCost(s.blend)
	if !s.enter(n) {
		return empty
	}
	state := s.relax(n)
	s.tightenBase()
	return state
}

// enter sets the bounds of a node. It returns false if they leave nothing.
func (s *search) enter(n *node) bool {
	last := s.entered
	s.entered = n
	if n.variable >= 0 && n.parent == last { // its bounds, drawn in as they are, hold for its children
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

// draw draws the bounds of a variable in. It returns false if they leave nothing.
func (s *search) draw(c lagrange.Change) bool {
	lower, upper := &s.lower[c.Variable], &s.upper[c.Variable]
	*lower, *upper = max(*lower, c.Lower), min(*upper, c.Upper)
	return *lower <= *upper
}

// fractional chooses a variable to split and its value: an integer column, else a sum, else an arc, each the one
// furthest from an integer.
func (s *search) fractional() (variable int32, value float64, found bool) {
	variable, worst := -1, integral
	for j := s.arcs; j < s.structural; j++ {
		if f := fraction(s.lp.Value(j)); f > worst && s.lower[j] < s.upper[j] {
			variable, worst = int32(j), f
		}
	}
	if variable >= 0 {
		return variable, s.lp.Value(int(variable)), true
	}
	worst = sumIntegral
	for _, r := range s.branches {
		j := s.structural + int(r)
		if s.lower[j] == s.upper[j] {
			continue
		}
		if f := fraction(s.activity[r] / float64(s.step[r])); f > worst {
			variable, worst = int32(j), f
		}
	}
	if variable >= 0 {
		return variable, s.activity[int(variable)-s.structural], true
	}
	worst = integral
	for j := range s.arcs {
		if f := fraction(s.lp.Value(j)); f > worst && s.lower[j] < s.upper[j] {
			variable, worst = int32(j), f
		}
	}
	if variable >= 0 {
		return variable, s.lp.Value(int(variable)), true
	}
	return -1, 0, false
}

// split makes two children of a node, below and above a value, and returns the one nearer to it.
func (s *search) split(n *node, j int32, value float64) *node {
	step := s.stepOf(j)
	low := int64(math.Floor(value/float64(step))) * step // bounds may be drawn in to between two multiples
	below, above := s.child(n, j, s.lower[j], low), s.child(n, j, low+step, s.upper[j])
	if value-float64(low) > float64(step)/2 {
		below, above = above, below
	}
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

// splitBlindly splits a node whose relaxed values are of no use, in the middle of the widest variable. When all are
// fixed it checks them, and the node is done.
func (s *search) splitBlindly(n *node) *node {
	widest := -1
	for j := range s.structural {
		if s.upper[j] > s.lower[j] && (widest < 0 || s.upper[j]-s.lower[j] > s.upper[widest]-s.lower[widest]) {
			widest = j
		}
	}
	if widest < 0 {
		s.accept(append([]int64(nil), s.lower[:s.structural]...))
		return nil
	}
	return s.split(n, int32(widest), float64(s.lower[widest])+float64(s.upper[widest]-s.lower[widest])/2)
}

// offer rounds the relaxed values and takes them as incumbent if they are feasible and better.
func (s *search) offer() bool {
	x := make([]int64, s.structural)
	for j := range x {
		x[j] = int64(math.Round(s.lp.Value(j)))
	}
	return s.accept(x)
}

func (s *search) accept(x []int64) bool {
	if !s.holds(x) {
		return false
	}
	if value := s.problem.value(s.level, x); s.incumbent == nil || value < s.value {
		s.incumbent, s.value = x, value
		return true
	}
	return false
}

// nodeHeap has the node of least bound first, ties by age.
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
