package ortools

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
)

// finish makes a solution of what is known, or a [*solver.StoppedError] where no flow is.
func (r *run) finish(stop solver.StopReason) (*solver.Solution, error) {
	x := r.best
	if stop == solver.StopTime || stop == solver.StopCancelled {
		incumbent, err := r.incumbent()
		if err != nil {
			return nil, err
		}
		if incumbent != nil {
			given := &point{incumbent.Flow, incumbent.Columns}
			if err := r.refuted(given); err != nil {
				return nil, err
			}
			c := -1
			if x != nil {
				c = r.compare(given, x)
			}
			if c <= 0 && proven(incumbent.Levels) >= r.proven() {
				return stoppedAt(incumbent, stop), nil
			}
			if c < 0 {
				x = given
			}
		}
	}
	if x == nil {
		cause := r.ctx.Err()
		if cause == nil {
			cause = context.DeadlineExceeded
		}
		return nil, &solver.StoppedError{Stop: stop, Unmet: r.supply(), Cause: cause}
	}
	return r.evaluate(x, stop), nil
}

// refuted reports a bound that a point beats.
func (r *run) refuted(x *point) error {
	for k, bound := range r.bounds {
		switch z := r.objective(k, x); {
		case z < bound:
			return r.lie(fmt.Sprintf("level %d", k), fmt.Sprintf("it gave the bound %d, but the incumbent has %d", bound, z), nil)
		case z > bound:
			return nil // the bounds after it hold on another face
		}
	}
	return nil
}

// proven counts the levels that are proven so far.
func (r *run) proven() int {
	n := len(r.bounds)
	if n > 0 && (r.best == nil || r.objective(n-1, r.best) != r.bounds[n-1]) {
		n--
	}
	return n
}

// proven counts the levels before the first that is not proven.
func proven(levels []solver.LevelResult) int {
	for k, l := range levels {
		if !l.Proven {
			return k
		}
	}
	return len(levels)
}

// stoppedAt is a solution from elsewhere, with why the search ended here.
func stoppedAt(s *solver.Solution, stop solver.StopReason) *solver.Solution {
	given := *s
	if given.Stop != solver.StopOptimal {
		given.Stop = stop
	}
	return &given
}

// evaluate states a point on the face with the bounds known: those of CP-SAT, and after them what the bounds of the
// variables on the face allow.
func (r *run) evaluate(x *point, stop solver.StopReason) *solver.Solution {
	s := &solver.Solution{
		Flow:       x.flow,
		Columns:    x.columns,
		Potentials: make([][]int64, len(r.p.Levels)),
		Fixed:      make([]uint8, len(r.p.Tail)),
		Stop:       stop,
		Stats:      solver.Stats{Nodes: len(r.p.Supply), Arcs: len(r.p.Tail)},
	}
	conditional := false
	for k, level := range r.p.Levels {
		l := solver.LevelResult{Name: level.Name, Objective: r.objective(k, x), Conditional: conditional}
		if k < len(r.bounds) {
			l.Bound = r.bounds[k]
		} else {
			l.Bound = r.face.floor(k)
		}
		l.Gap = level.Gap(l.Objective, l.Bound)
		l.Proven = l.Objective == l.Bound
		conditional = conditional || !l.Proven
		s.Levels = append(s.Levels, l)
	}
	if !conditional {
		s.Stop = solver.StopOptimal
	}
	return s
}
