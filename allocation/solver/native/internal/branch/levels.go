package branch

import (
	"context"
	"math"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

// Solve solves a programme that has passed Validate; see [solver.Backend] for what it returns.
func Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	sizes := Sizes{Ascent: math.MaxInt, Pair: pairAfter}
	if arcs := len(p.Tail); ascentLeast <= arcs && arcs <= ascentMost {
		sizes.Ascent = ascentLeast / 3 // for the smaller programmes that are left of it
		sizes.Pair = pairSoon
	}
	return SolveSized(ctx, p, o, sizes)
}

// Sizes are those from which on a search does what pays in large programmes alone.
type Sizes struct {
	Ascent int // arcs that are not fixed, from which on the bound of the first level is of an ascent
	Pair   int // nodes of an attempt, after which two are relaxed at a time
}

// SolveSized solves as Solve does, with sizes of its own.
func SolveSized(ctx context.Context, p *solver.Programme, o solver.Options, sizes Sizes) (*solver.Solution, error) {
	w := &watch{ctx: ctx, options: o, began: time.Now()}
	first, err := open(w, p, len(p.Tail) >= sizes.Ascent)
	if err != nil {
		return nil, err
	}
	l := &levels{problem: first.problem, w: w, reduction: first.reduction, results: make([]solver.LevelResult, len(p.Levels)),
		ceiling: math.MaxInt64, floor: math.MinInt64, pivots: first.pivots, incumbent: first.incumbent, relaxed: first.potentials}
	for j := range l.lower {
		if l.lower[j] > l.upper[j] {
			return nil, &solver.InfeasibleError{Vouched: "native"}
		}
	}
	if l.reduction != nil {
		l.constant = l.reduction.constant
	}
	if l.incumbent != nil && w.stop() {
		l.boundByNetwork()
		return l.solution(first.pivots), nil
	}
	l.addAggregates()
	l.build()
	if l.incumbent != nil && w.stop() { // to build takes as long as to prepare a search
		l.boundByNetwork()
		return l.solution(first.pivots), nil
	}
	l.opened, l.sizes = first.price, sizes
	l.typical = make([]float64, l.structural)
	for a, f := range first.flow {
		l.lp.Hint(a, float64(f))
		l.typical[a] = float64(f)
	}
	if l.arcs >= sizes.Ascent {
		l.lp.SetTree(first.parent, first.arc) // until the ascent has a better one
	} else {
		l.lp.SetTree(l.plant(first))
	}
	l.basis = l.lp.Basis()
	if feasible := l.solve(); !feasible {
		return nil, &solver.InfeasibleError{Vouched: "native"}
	}
	if l.incumbent == nil {
		return nil, &solver.StoppedError{Stop: w.stopped, Cause: w.cause()}
	}
	sol := l.solution(first.pivots)
	return sol, nil
}

// levels takes the levels in turn.
type levels struct {
	*problem
	w                   *watch
	incumbent           []int64
	leaves              []*node // of the last level that branched; nil before
	results             []solver.LevelResult
	relaxed             [][]float64 // by level: potentials of the network alone; empty stands for zero
	first               int         // level: those before are proven, and held
	ceiling             int64       // of that level, where no incumbent is known: all that is of interest costs less
	floor               int64       // of that level: nothing of interest costs less, as has been proven otherwise
	reduction           *reduction  // how the programme follows from a larger one; nil for the whole
	pivots              int64       // of the network
	emptyAtRoot, gaveUp bool        // of the last level that was tried
	allowance           int64       // pivots after which an attempt at the first level is given up
	dual                *dual       // of the larger programme, for the first level; nil for none
	slack               bool        // whether a level has ended within the gap, not proven
}

// solve returns false when it has proven that there is no solution.
func (l *levels) solve() (feasible bool) {
	for k := l.first; k < len(l.Levels); k++ {
		if k > l.first && l.w.stop() {
			l.boundTrivially(k)
			return true
		}
		gap := l.w.options.GapAt(k, len(l.Levels))
		before := l.lp.Pivots
		s := newSearch(l.problem, l.w, k, l.incumbent, l.leaves)
		s.relaxed, s.slack = l.relaxed[k], l.slack
		if k == l.first {
			s.dual, s.floor = l.dual, l.floor
			if l.incumbent == nil {
				s.ceiling, s.allowance = l.ceiling, l.allowance
			}
		}
		bound, feasible := s.run(gap)
		l.emptyAtRoot, l.gaveUp = s.emptyAtRoot, s.gaveUp
		l.pivots += s.networkPivots
		if s.rest != nil {
			l.goOver(s, k, bound)
			return true
		}
		if s.gaveUp {
			l.incumbent, l.results[k].Bound = s.incumbent, bound
			l.boundTrivially(k + 1)
			return true
		}
		if !feasible {
			l.results[k].Bound = bound
			return false
		}
		l.incumbent, l.leaves = s.incumbent, s.leaves
		l.results[k].Bound = bound
		l.results[k].Pivots = l.lp.Pivots - before
		if l.incumbent == nil {
			return true // stopped
		}
		if s.value > bound && !s.closed(bound, gap) {
			l.boundTrivially(k + 1)
			return true
		}
		l.slack = l.slack || s.value > bound
		l.hold(s)
		if len(l.leaves) == 1 {
			s.confine(l.leaves[0])
			l.leaves = nil
		}
	}
	return true
}

// goOver takes over what a smaller programme has found from level k on. Bounds at that level hold for what is
// left out as well; after it only where it is proven.
func (l *levels) goOver(s *search, k int, bound int64) {
	rest := s.rest
	l.incumbent = rest.reduction.restore(rest.incumbent)
	for i := k; i < len(l.Levels); i++ {
		l.results[i] = rest.results[i]
		l.results[i].Bound = plus(rest.results[i].Bound, rest.reduction.constant[i])
	}
	l.results[k].Bound = min(l.results[k].Bound, bound)
}

// plus adds a constant to a bound, unless the bound says nothing.
func plus(bound, constant int64) int64 {
	if bound < -solver.MaxTotal {
		return bound
	}
	return bound + constant
}

// hold keeps a proven level.
func (l *levels) hold(s *search) {
	if s.rootPotential != nil {
		l.model.Bound(&s.certificate, l.cost[s.level], l.lower, l.upper, s.rootPotential, s.rootPrice)
	} else {
		l.model.Bound(&s.certificate, l.cost[s.level], l.lower, l.upper, nil, nil)
	}
	s.certificate.Tighten(s.value, l.lower, l.upper, nil)
	row := l.levelRow(s.level)
	l.upper[row] = min(l.upper[row], s.value)
}

// boundByNetwork gives the first level the bound of the network alone, for who has no time for a relaxation.
func (l *levels) boundByNetwork() {
	l.boundTrivially(0)
	if len(l.relaxed) > 0 && len(l.relaxed[0]) > 0 {
		l.results[0].Bound = max(l.results[0].Bound, l.boundWithoutRows()(0, l.relaxed[0]))
	}
}

// boundTrivially gives the levels from k on the bound of zero multipliers on the face of those proven.
func (l *levels) boundTrivially(k int) {
	bound := l.boundWithoutRows()
	for ; k < len(l.Levels); k++ {
		l.results[k].Bound = bound(k, nil)
	}
}

// boundWithoutRows gives the Lagrangian of a level in which no row has a price. So it needs no rows, and comes at once when a
// search is cancelled.
func (l *levels) boundWithoutRows() func(k int, potential []float64) int64 {
	model := lagrange.New(l.Supply, l.Tail, l.Head, len(l.Columns), nil)
	var certificate lagrange.Certificate
	return func(k int, potential []float64) int64 {
		model.Bound(&certificate, l.cost[k], l.lower[:l.structural], l.upper[:l.structural], potential, nil)
		return certificate.Value()
	}
}

// solution says of each level of the whole programme what follows from the incumbent and the bounds.
func (l *levels) solution(preparation int64) *solver.Solution {
	p, x := l.Programme, l.incumbent
	if l.reduction != nil {
		p, x = l.reduction.whole, l.reduction.restore(x)
	}
	arcs := len(p.Tail)
	sol := &solver.Solution{
		Flow: x[:arcs:arcs], Columns: x[arcs:],
		Levels: l.results, Potentials: make([][]int64, len(p.Levels)), Fixed: make([]uint8, arcs),
		Stop: l.w.stopped,
		Stats: solver.Stats{Nodes: len(p.Supply), Arcs: arcs, Pivots: l.pivots,
			PreparationPivots: preparation},
	}
	if l.lp != nil {
		sol.Stats.Pivots += l.lp.Pivots
	}
	conditional := false
	for k := range sol.Levels {
		r := &sol.Levels[k]
		r.Name = p.Levels[k].Name
		r.Objective = p.Objective(k, sol.Flow, sol.Columns)
		r.Bound = min(plus(r.Bound, l.constantOf(k)), r.Objective)
		r.Gap = p.Levels[k].Gap(r.Objective, r.Bound)
		r.Proven = r.Objective == r.Bound
		r.Conditional = conditional
		conditional = conditional || !r.Proven
	}
	switch {
	case !conditional:
		sol.Stop = solver.StopOptimal
	case sol.Stop == 0:
		sol.Stop = solver.StopGap
	}
	return sol
}
