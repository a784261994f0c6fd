package branch

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver/native/internal/embedded"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

const (
	retireAbove = 64   // active rows
	proveEvery  = 100  // pivots between two looks whether the bound cuts a node off already
	rowSlack    = 1e-7 // by which an inactive row may be broken, in units of its largest coefficient
)

// state is what the relaxation of a node came to.
type state uint8

const (
	solved   state = iota + 1 // values and a bound
	empty                     // proven to have no solution
	tired                     // a bound, and values that are not feasible yet, but show where to branch
	failed                    // a bound, but no values to go by
	stopped                   // told to
	gone                      // not relaxed, as its bounds leave nothing
	underWay                  // nothing yet
)

// relaxation is one that is under way.
type relaxation struct {
	of    *node // nil for none
	left  int   // pivots that it may still take
	last  state // what it comes to after these
	again bool  // from the tree of the network alone, as the floats have failed before
}

// relax solves the relaxation within the present bounds, takes in the rows that it breaks, and raises the bound of
// the node to what is proven. Where the floats fail it tries once more from the tree of the network alone.
func (s *search) relax(n *node) state {
	s.start(n)
	for {
		if state := s.pursue(); state != underWay {
			return state
		}
	}
}

// start prepares the relaxation of a node.
func (s *search) start(n *node) {
	s.setBounds(s.lower, s.upper)
	s.lp.Retire()
	s.lp.Rebound()
	s.relaxing = relaxation{of: n}
	s.allow()
}

// allow gives a relaxation its pivots: to a branch few, as it seldom takes more unless the simplex wanders on a face of equal cost.
func (s *search) allow() {
	r := &s.relaxing
	r.left, r.last = 10_000+20*len(s.Supply), failed
	if r.of.variable >= 0 || r.of.variable == unbranched && s.large() && !r.of.whole {
		r.left, r.last = 2_000+len(s.Supply), tired
	}
}

// pursue goes on with a relaxation for some pivots.
func (s *search) pursue() state {
	r := &s.relaxing
	state := s.pivot(r.of)
	if state == failed && !r.again {
		s.lp.SetBasis(s.basis)
		s.lp.Rebound()
		s.allow()
		r.again = true
		return underWay
	}
	if state != underWay {
		r.of = nil
	}
	return state
}

func (s *search) setBounds(lower, upper []int64) {
	for j := range lower {
		s.lp.Lower[j], s.lp.Upper[j] = float64(lower[j]), float64(upper[j])
	}
}

// pivot takes proveEvery pivots at most, and says what has come of the relaxation.
func (s *search) pivot(n *node) state {
	r := &s.relaxing
	if r.left <= 0 {
		if r.last == tired {
			s.lp.Activities(s.activity)
		}
		return r.last
	}
	r.left -= proveEvery
	outcome := s.lp.Solve(proveEvery, s.w.stop)
	if outcome == embedded.Limited && s.lp.Active() > retireAbove {
		s.lp.Retire() // a row that does not bind any more only costs time; it comes back when it is broken
	}
	if outcome == embedded.Optimal && s.activate() {
		return underWay
	}
	if outcome == embedded.Infeasible {
		if s.provenEmpty() {
			return empty
		}
		outcome = embedded.Failed
	}
	s.prove(n)
	switch {
	case outcome == embedded.Stopped:
		return stopped
	case n.bound >= s.best():
		return empty
	case outcome == embedded.Optimal:
		if s.best() < math.MaxInt64 {
			n.drawn = s.certificate.Tighten(s.limit(), s.lower, s.upper, n.drawn)
		}
		return solved
	case outcome == embedded.Failed:
		return failed
	case outcome == embedded.Stalled:
		r.left = 0
	}
	return underWay
}

// activate takes in the rows that the values break and reports whether there are any.
func (s *search) activate() bool {
	s.lp.Activities(s.activity)
	any := false
	for r, a := range s.activity {
		j := s.structural + r
		if !s.matters[j] {
			continue
		}
		if tolerance := rowSlack * s.lp.Scale(r); a < s.lp.Lower[j]-tolerance || a > s.lp.Upper[j]+tolerance {
			any = s.lp.Activate(r) || any
		}
	}
	return any
}

// prove raises the bound of a node by the Lagrangian of the present basis.
func (s *search) prove(n *node) {
	s.lp.Prices(s.cost, s.potential, s.price)
	s.model.Bound(&s.certificate, s.problem.cost[s.level], s.lower, s.upper, s.potential, s.price)
	bound := s.roundUp(s.certificate.Value())
	n.bound = max(n.bound, bound)
	if n.isRoot() || n.whole {
		s.remember()
	}
	if n.isRoot() && bound >= s.rootBound {
		s.rootBound = bound
		s.rootPotential = append(s.rootPotential[:0], s.potential...)
		s.rootPrice = append(s.rootPrice[:0], s.price...)
	}
}

// provenEmpty checks in integers that the ray of the relaxation shows that there is no solution.
func (s *search) provenEmpty() bool {
	s.lp.Ray(s.potential, s.price)
	for range 2 {
		s.model.Bound(&s.certificate, nil, s.lower, s.upper, s.potential, s.price)
		if s.certificate.Positive() {
			return true
		}
		for v := range s.potential {
			s.potential[v] = -s.potential[v]
		}
		for r := range s.price {
			s.price[r] = -s.price[r]
		}
	}
	return false
}

// tightenBase draws the bounds of the whole search in to what a solution as good as the incumbent can have.
func (s *search) tightenBase() {
	if s.best() == math.MaxInt64 {
		return
	}
	s.tightenAtAll(multipliers{s.rootPotential, s.rootPrice}, s.baseLower, s.baseUpper)
}

// tightenAtAll draws bounds in at some multipliers, where there are any, and then at those that are remembered, until the search is to stop. It lists what it has drawn.
func (s *search) tightenAtAll(m multipliers, lower, upper []int64) (drawn []lagrange.Change) {
	if m.potential != nil {
		drawn = s.tighten(m, lower, upper, drawn)
	}
	for _, seen := range s.seen {
		if s.w.stop() {
			break
		}
		drawn = s.tighten(seen, lower, upper, drawn)
	}
	return drawn
}

// tighten draws bounds in to what a solution as good as the incumbent, and below the cutoff, can have at some multipliers, and adds to a list of what it draws.
func (s *search) tighten(m multipliers, lower, upper []int64, drawn []lagrange.Change) []lagrange.Change {
	price := m.price
	if missing := len(s.rows) - len(price); missing > 0 { // those of cuts
		price = append(slices.Clone(price), make([]float64, missing)...)
	}
	s.model.Bound(&s.certificate, s.problem.cost[s.level], lower, upper, m.potential, price)
	return s.certificate.Tighten(s.limit(), lower, upper, drawn)
}

// multipliers are those of a basis: potentials by node, and prices by row, which cuts may since have been added to.
type multipliers struct{ potential, price []float64 }

// mostSeen is the number of multipliers that are remembered.
const mostSeen = 12

// remember keeps the multipliers at hand. Near the optimum of a degenerate relaxation many are about as good, and each fixes other variables below a cutoff; fixed together, they often
// leave a relaxation that is integral.
func (s *search) remember() {
	at := s.nextSeen % mostSeen
	s.nextSeen++
	if at == len(s.seen) {
		s.seen = append(s.seen, multipliers{})
	}
	m := &s.seen[at]
	m.potential, m.price = append(m.potential[:0], s.potential...), append(m.price[:0], s.price...)
}
