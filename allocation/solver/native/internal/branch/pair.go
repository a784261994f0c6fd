package branch

import (
	"github.com/xianguan/xianguan/allocation/solver/native/internal/embedded"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

const (
	pairAfter = 24        // nodes of an attempt, after which two are relaxed at a time; a smaller tree is not worth a second programme
	pairMost  = 1_000_000 // arcs of a programme that is worth the memory twice
)

// seat is where nodes are relaxed: a linear programme, and the bounds of the node that it is at.
type seat struct {
	lp                         *embedded.LP
	lower, upper               []int64
	entered                    *node
	certificate                lagrange.Certificate
	potential, price, activity []float64
}

// dives are the nodes that the two seats go on with; nil for none. Each seat follows its own way down, as its basis is warm there.
type dives [2]*node

// advance relaxes the node of each seat, the two at the same time, and takes what comes of them in their order. So the tree is the same
// however many processors there are.
func (s *search) advance(at *dives) {
	switch {
	case at[1] == nil:
		at[0] = s.visit(at[0])
	case at[0] == nil:
		s.swap()
		at[1] = s.visit(at[1])
		s.swap()
	default:
		first, second := s.beginBoth(at)
		at[0] = s.conclude(at[0], first)
		s.swap()
		at[1] = s.conclude(at[1], second)
		s.swap()
	}
	s.visited++
	if s.other != nil {
		s.lp.Pivots += s.other.lp.Pivots
		s.other.lp.Pivots = 0
	} else if s.visited >= s.sizes.Pair && len(s.open) > 0 && s.arcs <= pairMost {
		s.other = s.secondSeat()
	}
}

// beginBoth relaxes two nodes at the same time. What both read does not change meanwhile: the second looks at a copy of the search with its own seat.
func (s *search) beginBoth(at *dives) (first, second state) {
	s.swap()
	beside, around, w := *s, *s.problem, *s.w
	beside.problem, beside.w = &around, &w
	s.swap()
	done := make(chan state)
	go func() { done <- beside.begin(at[1]) }()
	first = s.begin(at[0])
	second = <-done
	s.other.entered, s.other.certificate = beside.entered, beside.certificate
	if s.w.stopped == 0 {
		s.w.stopped, s.w.late = w.stopped, w.late
	}
	return first, second
}

// secondSeat makes a seat at the basis at hand.
func (s *search) secondSeat() *seat {
	p := s.Programme
	o := &seat{
		lp:    embedded.New(p.Supply, p.Tail, p.Head, len(p.Columns), entries(s.rows)),
		lower: make([]int64, len(s.lower)), upper: make([]int64, len(s.upper)),
		potential: make([]float64, len(s.potential)), price: make([]float64, len(s.price)), activity: make([]float64, len(s.activity)),
	}
	o.lp.Keys = s.keys
	o.lp.SetCost(s.blend)
	o.lp.SetBasis(s.lp.Basis())
	return o
}

// swap takes the other seat.
func (s *search) swap() {
	o := s.other
	s.lp, o.lp = o.lp, s.lp
	s.lower, o.lower = o.lower, s.lower
	s.upper, o.upper = o.upper, s.upper
	s.entered, o.entered = o.entered, s.entered
	s.certificate, o.certificate = o.certificate, s.certificate
	s.potential, o.potential = o.potential, s.potential
	s.price, o.price = o.price, s.price
	s.activity, o.activity = o.activity, s.activity
}

// addRow tells a seat of a new row, with the bounds that it has where the seat is.
func (o *seat) addRow(lower, upper int64) {
	o.lower, o.upper = append(o.lower, lower), append(o.upper, upper)
	o.activity, o.price = append(o.activity, 0), append(o.price, 0)
}
