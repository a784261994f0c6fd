package branch

import (
	"container/heap"
	"math"

	"github.com/xianguan/xianguan/allocation/solver/native/internal/embedded"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

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
	cut          bool            // whether cuts were looked for here
	whole        bool            // whether it is relaxed to the end, however long that takes
	basis        *embedded.Basis // of the parent's relaxation, or of its own where it is a leaf that has been relaxed at the level; nil where it is at hand, or not known
	at           multipliers     // of the latter relaxation; none before
}

// isRoot reports whether a node is the whole face, not only what costs less than a cutoff there.
func (n *node) isRoot() bool { return n.variable == -1 }

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
