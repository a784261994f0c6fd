package ortools

import (
	"cmp"
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
)

// accept takes in an answer of CP-SAT to a model. asked is why it was told to stop, or 0. What is returned is why the
// levels end here, or 0 where the level is proven.
func (r *run) accept(m *model, a *response, asked solver.StopReason) (solver.StopReason, error) {
	floor := r.face.floor(r.level)
	switch a.status {
	case statusModelInvalid:
		return 0, &solver.UnsupportedError{Backend: name, Feature: fmt.Sprintf("this programme, of which CP-SAT says at %s: %s", r.during(), a.info)}
	case statusInfeasible:
		return 0, r.infeasible()
	case statusUnknown:
		r.bounds = append(r.bounds, floor) // the field of the bound is 0 where CP-SAT has none
		return r.ended(a, asked)
	}
	x, err := r.point(m, a.solution)
	if err != nil {
		return 0, err
	}
	z := r.objective(r.level, x)
	bound := floor
	switch {
	case a.status == statusOptimal && !r.withGap():
		bound = z
	case a.bound > z-m.constant:
		return 0, r.lie(r.during(), fmt.Sprintf("it gives the bound %d + %d and a flow of %d", a.bound, m.constant, z), nil)
	case a.bound > floor-m.constant:
		bound = a.bound + m.constant
	}
	if r.best == nil || r.compare(x, r.best) < 0 {
		r.best = x
	}
	switch best := r.objective(r.level, r.best); {
	case best < bound:
		return 0, r.lie(r.during(), fmt.Sprintf("it gives the bound %d, but a flow of %d is known", bound, best), nil)
	case best == bound || r.withGap() && r.p.Levels[r.level].Gap(best, bound) <= r.gap():
		r.hold(best, bound)
		return 0, nil
	}
	r.bounds = append(r.bounds, bound)
	return r.ended(a, asked)
}

// gap is that accepted at the level.
func (r *run) gap() float64 { return r.options.GapAt(r.level, len(r.p.Levels)) }

// withGap says whether CP-SAT may stop at a gap, and call it OPTIMAL.
func (r *run) withGap() bool { return r.gap() > 0 }

// ended says why CP-SAT has not ended the level.
func (r *run) ended(a *response, asked solver.StopReason) (solver.StopReason, error) {
	switch {
	case asked != 0:
		return asked, nil
	case !r.deadline.IsZero(): // its own time limit, which is a little earlier
		return solver.StopTime, nil
	}
	return 0, r.lie(r.during(), fmt.Sprintf("it ended with %v though it had no limit: %s", a.status, a.info), nil)
}

// infeasible is the error for a programme without a flow, unless a flow is known.
func (r *run) infeasible() error {
	known := r.best != nil
	if !known {
		incumbent, err := r.incumbent()
		if err != nil {
			return err
		}
		known = incumbent != nil
	}
	if known {
		return r.lie(r.during(), "it says that there is no flow, but one is known", nil)
	}
	return &solver.InfeasibleError{Vouched: name}
}

// incumbent asks for the best solution of another backend. It is nil where there is none.
func (r *run) incumbent() (*solver.Solution, error) {
	if r.settings.Incumbent == nil {
		return nil, nil
	}
	s := r.settings.Incumbent(r.p)
	if s == nil {
		return nil, nil
	}
	if err := solver.Verify(r.p, s); err != nil {
		return nil, fmt.Errorf("ortools: the incumbent that was given does not hold: %w", err)
	}
	return s, nil
}

// point reads a solution of the model and checks that it is on the face: within the bounds, and with the levels
// before at what they are held at. Whether flow is conserved and rows hold is left to [solver.Verify].
func (r *run) point(m *model, solution []int64) (*point, error) {
	if len(solution) != len(m.variable) {
		return nil, r.lie(r.during(), fmt.Sprintf("its solution has %d values, want %d", len(solution), len(m.variable)), nil)
	}
	values := append([]int64(nil), r.face.lower...)
	for i, v := range m.variable {
		if x := solution[i]; x < r.face.lower[v] || x > r.face.upper[v] {
			return nil, r.lie(r.during(), fmt.Sprintf("its variable %d is %d, want %d to %d", v, x, r.face.lower[v], r.face.upper[v]), nil)
		}
		values[v] = solution[i]
	}
	arcs := len(r.p.Tail)
	x := &point{flow: values[:arcs:arcs], columns: values[arcs:]}
	for _, h := range r.face.held {
		if z := r.objective(h.level, x); z < r.bounds[h.level] || z > h.most {
			return nil, r.lie(r.during(), fmt.Sprintf("level %d is %d in its solution, want %d to %d", h.level, z, r.bounds[h.level], h.most), nil)
		}
	}
	return x, nil
}

// compare orders points by their objectives, the first level first.
func (r *run) compare(x, y *point) int {
	for k := range r.p.Levels {
		if c := cmp.Compare(r.objective(k, x), r.objective(k, y)); c != 0 {
			return c
		}
	}
	return 0
}
