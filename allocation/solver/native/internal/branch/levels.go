package branch

import (
	"context"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/network"
)

// Solve solves a programme that has passed Validate; see [solver.Backend] for what it returns.
func Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	w := &watch{ctx: ctx, options: o, began: time.Now()}
	// The network alone gives the first basis, or a proof that there is no flow at all.
	pure := *p
	pure.Rows, pure.Columns, pure.StartColumns = nil, nil, nil
	simplex := network.New(&pure)
	relaxed, err := simplex.Solve(ctx, solver.Options{TimeLimit: o.TimeLimit})
	if err != nil {
		return nil, err
	}
	l := &levels{problem: newProblem(p), w: w, results: make([]solver.LevelResult, len(p.Levels))}
	l.pivots = relaxed.Stats.Pivots
	if p.Start != nil {
		l.incumbent = append(append(l.incumbent, p.Start...), p.StartColumns...)
	}
	for j := range l.lower {
		if l.lower[j] > l.upper[j] {
			return nil, &solver.InfeasibleError{Vouched: "native"}
		}
	}
	l.parent, l.arc = simplex.Tree()
	l.lp.SetTree(l.parent, l.arc)
	l.typical = make([]float64, l.structural)
	for a, f := range relaxed.Flow {
		l.lp.Hint(a, float64(f))
		l.typical[a] = float64(f)
	}
	// The optimum of the network alone, where it can be mended, is mostly better than the start. Its potentials
	// prove every level at which the rows cost nothing.
	if mended := l.complete(relaxed.Flow); l.better(mended, l.incumbent) {
		l.incumbent = mended
	}
	for _, potential := range relaxed.Potentials {
		l.relaxed = append(l.relaxed, floats(potential))
	}
	if feasible := l.solve(); !feasible {
		return nil, &solver.InfeasibleError{Vouched: "native"}
	}
	if l.incumbent == nil {
		return nil, &solver.StoppedError{Stop: w.stopped, Cause: w.cause()}
	}
	return l.solution(relaxed.Stats.Pivots), nil
}

// levels takes the levels in turn.
type levels struct {
	*problem
	w         *watch
	incumbent []int64
	results   []solver.LevelResult
	relaxed   [][]float64 // by level: potentials of the network alone; empty stands for zero
	proven    int         // levels
	pivots    int64       // of the network
}

// solve returns false when it has proven that there is no solution.
func (l *levels) solve() (feasible bool) {
	for k := range l.Levels {
		gap := 0.0
		if k == len(l.Levels)-1 {
			gap = l.w.options.Gap
		}
		before := l.lp.Pivots
		s := newSearch(l.problem, l.w, k, l.incumbent)
		s.relaxed = l.relaxed[k]
		bound, feasible := s.run(gap)
		if !feasible {
			return false
		}
		l.incumbent = s.incumbent
		l.results[k].Bound = bound
		l.results[k].Pivots = l.lp.Pivots - before
		if l.incumbent == nil {
			return true // stopped
		}
		if s.value > bound {
			l.boundTrivially(k + 1)
			return true
		}
		l.proven++
		l.hold(s)
	}
	return true
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

// boundTrivially gives the levels from k on the bound of zero multipliers on the face of those proven.
func (l *levels) boundTrivially(k int) {
	s := newSearch(l.problem, l.w, 0, nil)
	for ; k < len(l.Levels); k++ {
		l.model.Bound(&s.certificate, l.cost[k], l.lower, l.upper, nil, nil)
		l.results[k].Bound = s.certificate.Value()
	}
}

// solution says of each level what follows from the incumbent and the bounds.
func (l *levels) solution(preparation int64) *solver.Solution {
	p := l.Programme
	sol := &solver.Solution{
		Flow: l.incumbent[:l.arcs:l.arcs], Columns: l.incumbent[l.arcs:],
		Levels: l.results, Potentials: make([][]int64, len(p.Levels)), Fixed: make([]uint8, l.arcs),
		Stop: l.w.stopped,
		Stats: solver.Stats{Nodes: len(p.Supply), Arcs: l.arcs, Pivots: l.pivots + l.lp.Pivots,
			PreparationPivots: preparation},
	}
	conditional := false
	for k := range sol.Levels {
		r := &sol.Levels[k]
		r.Name = p.Levels[k].Name
		r.Objective = l.value(k, l.incumbent)
		r.Bound = min(r.Bound, r.Objective)
		r.Gap = solver.RelativeGap(r.Objective, r.Bound)
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
