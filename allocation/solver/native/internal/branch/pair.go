package branch

import (
	"github.com/xianguan/xianguan/allocation/solver/native/internal/embedded"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

const (
	pairAfter = 24        // nodes of an attempt, after which two are relaxed at a time; a smaller tree is not worth a second programme
	pairSoon  = 2         // likewise in a large programme, whose nodes take thousands of pivots
	pairMost  = 1_000_000 // arcs of a programme that is worth the memory twice
)

// seat is where nodes are relaxed: a linear programme, and the bounds of the node that it is at.
type seat struct {
	lp                         *embedded.LP
	lower, upper               []int64
	entered                    *node
	relaxing                   relaxation
	certificate                lagrange.Certificate
	potential, price, activity []float64
}

// dives are the nodes that the two seats go on with; nil for none. Each seat follows its own way down, as its basis is warm there.
type dives [2]*node

// advance relaxes the node of each seat, the two at the same time, and takes what comes of them in their order. So the tree is the same
// however many processors there are. A seat is given as many pivots at a time as the other, not a whole node, as some nodes take a hundred times as many as others.
func (s *search) advance(at *dives) {
	switch {
	case at[1] == nil:
		at[0] = s.visit(at[0])
	case at[0] == nil:
		s.swap()
		at[1] = s.visit(at[1])
		s.swap()
	default:
		first, second := s.bothFurther(at)
		s.seated(&at[0], first)
		s.swap()
		s.seated(&at[1], second)
		s.swap()
	}
	if s.other != nil {
		s.lp.Pivots += s.other.lp.Pivots
		s.other.lp.Pivots = 0
	} else if s.visited >= s.sizes.Pair && len(s.open) > 0 && s.arcs <= pairMost {
		s.other = s.secondSeat()
	}
}

// seated takes what has come of the node of a seat, if anything has.
func (s *search) seated(at **node, state state) {
	if state != underWay {
		*at = s.conclude(*at, state)
	}
}

// bothFurther goes on with two nodes at the same time. What both read does not change meanwhile: the second looks at a copy of the search with its own seat.
func (s *search) bothFurther(at *dives) (first, second state) {
	s.swap()
	beside, around, w := *s, *s.problem, *s.w
	beside.problem, beside.w = &around, &w
	s.swap()
	done := make(chan state)
	go func() { done <- beside.further(at[1]) }()
	first = s.further(at[0])
	second = <-done
	s.other.entered, s.other.certificate, s.other.relaxing = beside.entered, beside.certificate, beside.relaxing
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
	s.relaxing, o.relaxing = o.relaxing, s.relaxing
	s.certificate, o.certificate = o.certificate, s.certificate
	s.potential, o.potential = o.potential, s.potential
	s.price, o.price = o.price, s.price
	s.activity, o.activity = o.activity, s.activity
}

// addRow tells a seat of a new row, variable j of the linear programme, with the bounds that it has where the seat is.
func (o *seat) addRow(j int, lower, upper int64) {
	o.lp.Lower[j], o.lp.Upper[j] = float64(lower), float64(upper) // for the relaxation under way
	o.lower, o.upper = append(o.lower, lower), append(o.upper, upper)
	o.activity, o.price = append(o.activity, 0), append(o.price, 0)
}
