package branch

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/network"
)

const (
	ascentLeast   = 60_000     // arcs of a programme whose first bound is of an ascent; in smaller ones the dual simplex is as fast
	ascentMost    = 1_000_000  // arcs above which a few networks take as long as anybody waits, and the memory of one who does not
	ascentWork    = 80_000_000 // arcs of all the networks of an ascent
	fewestSteps   = 40         // networks, at least, and
	mostAscents   = 600        // at most
	settledEvery  = 20         // steps between two looks whether the ascent still gains
	settledShare  = 1e-4       // of all that it has gained so far, below which it does not
	firstLength   = 0.002      // of a step, in units of the distance to the incumbent
	longestLength = 2.0        // likewise
	lengthen      = 1.1        // the next step after one that gains
	halve         = 0.5        // after one that does not, until one has
	shorten       = 0.75       // and then after as many as
	patience      = 4          // in a row
	meanShare     = 0.1        // of a flow in the mean of the flows
	distanceGuess = 0.05       // to an incumbent where none is known, in units of the bound
)

// ascent raises the Lagrangian of all rows of a level at once:
//
//	L(y) = Σ_r y_r b_r + Σ_c min(rc_c l_c, rc_c u_c) + min { (c − yA)·x : x a flow },   rc_c = cost_c − Σ_r y_r a_rc
//
// with b_r the upper bound of a row where y_r < 0 and the lower one where y_r > 0. L is concave, and what a flow x of the least cost
// leaves of the bounds, b − Ax, is a subgradient. The volume algorithm goes along that of a moving mean of the flows, which comes near
// to a solution of the linear relaxation (Barahona and Anbil, The volume algorithm: producing primal solutions with a subgradient
// method, Mathematical Programming 87, 2000). Each flow starts at the tree of the one before, which on a network of 130,000 arcs
// takes some thousand pivots of a microsecond; the dual simplex with the rows beside it takes tens of thousands of half a millisecond.
//
// The prices are then as good as those of the relaxation up to a few units, they settle most arcs, and the
// simplex starts from them (see [embedded.LP.Crash]).
type ascent struct {
	*search
	live     []int32   // arcs that are not fixed
	base     []float64 // their costs, with the trace and the noise of the relaxation
	constant float64   // what the fixed ones cost
	priced   []pricedRow
	shut     []bool // live arcs that cost too much to be used, see repair.go
	current  []float64
	costs    []int64 // those of the network
	simplex  *network.Simplex
	top      *summit
	share    []float64 // the mean of the flows, by live arc
}

// dual is what an ascent leaves for a relaxation to start from, beside the tree of its network.
type dual struct {
	price  []float64 // by row
	wanted []float64 // by arc and column: distance of the mean flow, or of the relaxation, from an integer
}

// ascends reports whether the bound of the level comes from an ascent: of the first level, where nothing else is known. The basis that it ends with is
// nearer to the relaxation of a later level than the prices of an ascent are.
func (s *search) ascends() bool {
	if s.level > 0 || s.dual != nil || s.arcs < s.sizes.Ascent {
		return false
	}
	return s.live() >= max(1, s.sizes.Ascent)
}

// ascend sets the bound of the root and its multipliers, and may find an incumbent.
func (s *search) ascend() {
	a := s.newAscent()
	a.climb()
	if a.top == nil {
		return
	}
	a.prove()
	if !s.w.stop() {
		a.repair()
		if a.evaluate(a.top.price) != nil { // as a repair has left another tree
			a.handOver()
		}
	}
}

// prove raises the bound of the root by the Lagrangian of the best prices, and makes them its multipliers.
func (a *ascent) prove() {
	s := a.search
	price := make([]float64, len(s.rows))
	for i, row := range a.priced {
		price[row.index] = a.top.price[i] / row.scale
	}
	s.model.Bound(&s.certificate, s.problem.cost[s.level], s.problem.lower, s.problem.upper, a.top.potential, price)
	s.rootBound = max(s.rootBound, s.roundUp(s.certificate.Value()))
	s.rootPotential, s.rootPrice = slices.Clone(a.top.potential), price
}

// handOver leaves what a relaxation starts from: the network must be at the best prices.
func (a *ascent) handOver() {
	s := a.search
	s.dual, s.ascent = &dual{price: slices.Clone(s.rootPrice), wanted: make([]float64, s.structural)}, a
	for i, arc := range a.live {
		s.dual.wanted[arc] = fraction(a.share[i])
	}
	s.lp.SetTree(a.tree())
}

// goOn takes the prices by row of the relaxation of a smaller programme, where those are better for the whole, and returns by how much. An ascent that ends far
// from the relaxation needs that of a part alone to come there, not that of the whole.
func (a *ascent) goOn(price []float64) float64 {
	if price == nil {
		return 0
	}
	y := make([]float64, len(a.priced))
	for i, row := range a.priced {
		y[i] = row.within(price[row.index] * row.scale)
	}
	next := a.evaluate(y)
	if next == nil || next.value <= a.top.value {
		return 0
	}
	gained := next.value - a.top.value
	a.top = next
	a.prove()
	a.handOver()
	return gained
}

// tree is that of the network, with the numbers that arcs have in the programme.
func (a *ascent) tree() (parent, arc []int32) {
	parent, arc = a.simplex.Tree()
	for v, i := range arc {
		if i >= 0 {
			arc[v] = a.live[i]
		}
	}
	return parent, arc
}

// climb is the volume algorithm. top is nil where it was stopped before the first step.
func (a *ascent) climb() {
	y := make([]float64, len(a.priced))
	for i, row := range a.priced {
		y[i] = row.within(0)
	}
	if a.top = a.evaluate(y); a.top == nil {
		return
	}
	first, last, target := a.top.value, a.top.value, a.target()
	mean := slices.Clone(a.top.activity)
	for i, f := range a.top.flow {
		a.share[i] = float64(f)
	}
	length, idle, gained := firstLength, 0, false
	steps := min(max(ascentWork/max(1, len(a.live)), fewestSteps), mostAscents)
	for step := 1; step <= steps; step++ {
		gradient, square := a.gradient(mean)
		if square == 0 {
			return // the mean obeys everything, and costs what the bound says
		}
		by := length * max(target-a.top.value, 1) / square
		y := make([]float64, len(a.priced))
		for i, row := range a.priced {
			y[i] = row.within(row.sameSide(a.top.price[i], a.top.price[i]+by*gradient[i]))
		}
		next := a.evaluate(y)
		if next == nil {
			return
		}
		for i, x := range next.activity {
			mean[i] += meanShare * (x - mean[i])
		}
		for i, f := range next.flow {
			a.share[i] += meanShare * (float64(f) - a.share[i])
		}
		switch idle++; {
		case next.value > a.top.value:
			a.top, gained, idle = next, true, 0
			length = min(longestLength, length*lengthen)
		case !gained:
			length *= halve
		case idle%patience == 0:
			length *= shorten
		}
		if step%settledEvery == 0 {
			a.w.report(solver.Progress{Level: a.level, Objective: a.value + a.constantOf(a.level), Bound: int64(a.top.value) + a.constantOf(a.level)})
			if gained && a.top.value-last <= settledShare*(a.top.value-first) && step >= 5*settledEvery {
				return
			}
			last = a.top.value
		}
	}
}

// gradient is what a mean of the activities leaves of the bounds that prices are of, and the sum of its squares.
func (a *ascent) gradient(mean []float64) (gradient []float64, square float64) {
	gradient = make([]float64, len(mean))
	for i, row := range a.priced {
		switch y := a.top.price[i]; {
		case y < 0 || mean[i] > row.upper:
			gradient[i] = row.upper - mean[i]
		case y > 0 || mean[i] < row.lower:
			gradient[i] = row.lower - mean[i]
		}
		square += gradient[i] * gradient[i]
	}
	return gradient, square
}

// target is what the incumbent costs with the trace, or where one may be.
func (a *ascent) target() float64 {
	if a.incumbent == nil {
		return a.top.value + distanceGuess*math.Abs(a.top.value)
	}
	value := 0.0
	for j, x := range a.incumbent {
		value += a.blend[j] * float64(x)
	}
	return value
}

// within takes the multipliers to a smaller programme, whose relaxation starts from them. What a basis of the larger one would lose there, in
// the complement, would take the prices of rows with it.
func (d *dual) within(red *reduction, b *problem) *dual {
	if d == nil {
		return nil
	}
	small := &dual{price: make([]float64, len(b.rows)), wanted: make([]float64, b.structural)}
	copy(small.price[:b.firstClass], d.price)
	for i, a := range red.arc {
		small.wanted[i] = d.wanted[a]
	}
	copy(small.wanted[b.arcs:], d.wanted[len(red.known):])
	return small
}
