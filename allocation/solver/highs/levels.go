package highs

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

// climb goes from level to level with the best flow so far.
type climb struct {
	solver *Solver
	p      *solver.Programme
	o      solver.Options
	dir    string
	began  time.Time

	flow, columns []int64 // the incumbent, nil before there is one
	held, bounds  []int64 // what the levels that are done cost, and their bounds
	bound         int64   // of the level after those
}

func (c *climb) solve(ctx context.Context) (*solver.Solution, error) {
	if c.p.Start != nil {
		c.flow, c.columns = c.p.Start, c.p.StartColumns
	}
	for k := range c.p.Levels {
		c.bound = c.lowest(k)
		stop, err := c.level(ctx, k)
		if err != nil {
			return nil, err
		}
		if stop != 0 {
			return c.result(stop)
		}
	}
	return c.result(solver.StopGap)
}

// level solves a level and holds it. The reason is 0 when it is proven, or within the gap.
func (c *climb) level(ctx context.Context, k int) (solver.StopReason, error) {
	if ctx.Err() != nil {
		return c.stopped(ctx.Err())
	}
	if len(c.p.Tail)+len(c.p.Columns) == 0 {
		return 0, c.constant()
	}
	t := task{level: k, held: c.held, flow: c.flow, columns: c.columns, gap: c.gap(k)}
	for {
		a, err := c.solver.run(ctx, c.dir, c.p, t)
		if ctx.Err() != nil {
			return c.stopped(ctx.Err())
		}
		if err != nil {
			return 0, err
		}
		if err := c.take(k, a); err != nil {
			return 0, err
		}
		// HiGHS 1.16 may better a start in presolve, prove the better one and return the start itself. Without a
		// start it does not.
		if a.status == optimal && t.flow != nil && !c.within(k, a.bound) {
			t.flow, t.columns = nil, nil
			continue
		}
		return c.conclude(k, a)
	}
}

// within reports whether the incumbent of a level is as near to a bound as HiGHS was asked to bring it.
func (c *climb) within(k int, bound float64) bool {
	return c.proves(k, bound) || c.distance(k, bound) <= (c.gap(k)+BoundTolerance)*c.size(k)
}

func (c *climb) gap(k int) float64 { return c.o.GapAt(k, len(c.p.Levels)) }

// proves reports whether no integer objective lies between the bound and the incumbent.
func (c *climb) proves(k int, bound float64) bool {
	return c.distance(k, bound) <= absoluteGap+BoundTolerance*c.size(k)
}

func (c *climb) distance(k int, bound float64) float64 { return c.value(k) - bound }

// size is what gaps and tolerances are relative to.
func (c *climb) size(k int) float64 { return max(1, math.Abs(c.value(k))) }

// value is the objective of the incumbent as HiGHS has it, with the constant of the level.
func (c *climb) value(k int) float64 {
	return float64(c.p.Objective(k, c.flow, c.columns) + c.p.Levels[k].Constant)
}

// constant solves a programme without any variable: either it holds as it stands or not.
func (c *climb) constant() error {
	if solver.CheckAnswer(c.p, nil, nil) != nil {
		return &solver.InfeasibleError{Vouched: name}
	}
	c.flow, c.columns = []int64{}, []int64{}
	c.hold(0, 0)
	return nil
}

// hold keeps a level at a cost.
func (c *climb) hold(cost, bound int64) {
	c.held, c.bounds = append(c.held, cost), append(c.bounds, bound)
}

// take checks the flow of an answer exactly, with the levels that are held, and keeps it if it is the better one.
func (c *climb) take(k int, a *answer) error {
	if a.flow == nil {
		return nil
	}
	fail := func(reason string, cause error) error {
		return &AnswerError{c.p.Levels[k].Name, a.status, reason, cause}
	}
	if err := solver.CheckAnswer(c.p, a.flow, a.columns); err != nil {
		return fail("the flow, rounded, is not feasible", err)
	}
	for j, most := range c.held {
		if got := c.p.Objective(j, a.flow, a.columns); got < c.bounds[j] || got > most {
			return fail(fmt.Sprintf("the flow, rounded, costs %d at level %q and not from %d to %d", got, c.p.Levels[j].Name, c.bounds[j], most), nil)
		}
	}
	if c.flow == nil || c.p.Objective(k, a.flow, a.columns) <= c.p.Objective(k, c.flow, c.columns) {
		c.flow, c.columns = a.flow, a.columns
	}
	return nil
}

// conclude says what the status of an answer means. All variables are bounded, so "or unbounded" is never the case.
func (c *climb) conclude(k int, a *answer) (solver.StopReason, error) {
	fail := func(reason string) (solver.StopReason, error) {
		return 0, &AnswerError{c.p.Levels[k].Name, a.status, reason, nil}
	}
	if a.status == infeasible || a.status == infeasibleOrUnbounded {
		if c.flow != nil {
			return fail("a feasible flow is known")
		}
		return 0, &solver.InfeasibleError{Vouched: name}
	}
	if a.status != optimal && a.status != timeReached {
		return fail("not a way to end that is known here")
	}
	if c.flow == nil {
		if a.status == optimal {
			return fail("optimal without a solution")
		}
		return c.stopped(context.DeadlineExceeded)
	}
	objective := c.p.Objective(k, c.flow, c.columns)
	c.bound = max(c.bound, integerBound(a.bound, c.p.Levels[k].Constant))
	if c.bound > objective {
		return fail(fmt.Sprintf("it claims the bound %v above the objective %d of a feasible flow", a.bound, objective))
	}
	if a.status == optimal && c.proves(k, a.bound) {
		c.bound = objective
	}
	c.report(k, objective)
	switch {
	case c.bound == objective || a.status == optimal && c.within(k, a.bound):
		c.hold(objective, c.bound)
		return 0, nil
	case a.status == timeReached:
		return solver.StopTime, nil
	}
	return fail(fmt.Sprintf("optimal, but its bound is %v and the objective %d", a.bound, objective))
}

// integerBound is the least integer that a float bound with its tolerance lets an objective have. The bound has the constant of
// the level in it.
func integerBound(x float64, constant int64) int64 {
	if x = math.Ceil(x - BoundTolerance*max(1, math.Abs(x))); math.Abs(x) > Largest {
		return math.MinInt64
	}
	return int64(x) - constant
}

// lowest is the bound that the ranges of the variables alone give.
func (c *climb) lowest(k int) int64 {
	sum := int64(0)
	for a, cost := range c.p.Levels[k].Cost {
		sum += min(0, cost) * c.p.Upper[a]
	}
	for _, y := range c.p.Columns {
		if y.Cost != nil {
			sum += min(y.Cost[k]*y.Lower, y.Cost[k]*y.Upper)
		}
	}
	return sum
}

func (c *climb) report(k int, objective int64) {
	if c.o.Progress != nil {
		c.o.Progress(solver.Progress{Level: k, Objective: objective, Bound: c.bound, Elapsed: time.Since(c.began)})
	}
}

// stopped gives the reason for the end of a context, or the error when there is no flow to return.
func (c *climb) stopped(cause error) (solver.StopReason, error) {
	stop := solver.StopCancelled
	if errors.Is(cause, context.DeadlineExceeded) {
		stop = solver.StopTime
	}
	if c.flow != nil {
		return stop, nil
	}
	unmet := int64(0)
	for _, b := range c.p.Supply {
		unmet += max(0, b)
	}
	return 0, &solver.StoppedError{Stop: stop, Unmet: unmet, Cause: cause}
}

// result states and verifies the solution. Levels after one that was stopped have the bound of their ranges.
func (c *climb) result(stop solver.StopReason) (*solver.Solution, error) {
	p, done := c.p, len(c.held)
	s := &solver.Solution{
		Flow: c.flow, Columns: c.columns, Stop: stop,
		Levels: make([]solver.LevelResult, len(p.Levels)), Potentials: make([][]int64, len(p.Levels)), Fixed: make([]uint8, len(p.Tail)),
		Stats: solver.Stats{Nodes: len(p.Supply), Arcs: len(p.Tail)},
	}
	for k := range p.Levels {
		r := &s.Levels[k]
		r.Name, r.Objective = p.Levels[k].Name, p.Objective(k, s.Flow, s.Columns)
		switch {
		case k < done:
			r.Bound = c.bounds[k]
		case k == done:
			r.Bound = c.bound
		default:
			r.Bound = c.lowest(k)
		}
		r.Proven = r.Bound == r.Objective
		r.Gap = p.Levels[k].Gap(r.Objective, r.Bound)
		r.Conditional = k > 0 && (s.Levels[k-1].Conditional || !s.Levels[k-1].Proven)
	}
	if last := s.Levels[len(s.Levels)-1]; last.Proven && !last.Conditional {
		s.Stop = solver.StopOptimal // the ranges alone may prove what was left
	}
	if err := solver.Verify(p, s); err != nil {
		return nil, err
	}
	return s, nil
}
