package allocation

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Planner plans counties. Its zero value plans with default options, in silence.
type Planner struct {
	Options  model.Options
	Backend  solver.Backend // nil is the native one
	Progress func(Progress) // called at the start, now and then, and at the end of the search, from the planning goroutine; may be nil; can't change the plan
}

// Solve plans a county: the short form of [Planner] without progress. Nil
// options are the zero options.
//
// The plan is proven optimal at every level unless a limit of the options or the
// context ends the search; then err is nil, Plan.Stop says why, and each level
// has its bound and gap. The county is not changed.
//
// Errors: joined *model.FieldError for a county or options that are not valid;
// *[InfeasibleError] where no plan obeys every rule; *[StoppedError] where the
// search ended before any plan was known. It takes memory linear in the eligible
// pairs, under 300 bytes each.
func Solve(ctx context.Context, c *model.County, o *model.Options) (*model.Plan, error) {
	var planner Planner
	if o != nil {
		planner.Options = *o
	}
	return planner.Solve(ctx, c)
}

// Solve plans a county; see the function [Solve].
func (planner *Planner) Solve(ctx context.Context, c *model.County) (*model.Plan, error) {
	began := time.Now()
	options := &planner.Options
	g, err := state(c, options)
	if err != nil {
		return nil, diagnosed(ctx, c, options, began, err)
	}
	hash := sync.OnceValue(c.Hash)
	go hash() // beside the search, as it takes a tenth of what who cancels may be kept waiting for
	limit := options.TimeLimit
	if limit > 0 {
		limit = max(1, limit-time.Since(began))
	}
	report := planner.report(g, began)
	if report != nil {
		report(solver.Progress{Level: -1})
	}
	backend := planner.Backend
	if backend == nil {
		backend = native.Solver{}
	}
	solution, err := backend.Solve(ctx, g.Programme, solver.Options{
		TimeLimit: limit, Gap: options.Gap, Progress: report})
	if err != nil {
		return nil, diagnosed(ctx, c, options, began, g.instance.explain(g, err))
	}
	if err := solver.Verify(g.Programme, solution); err != nil { // no solver is believed, ours included
		return nil, fmt.Errorf("allocation: the solution of backend %s fails its proof: %w", backend.Name(), err)
	}
	if report != nil {
		last := len(solution.Levels) - 1
		report(solver.Progress{Level: last, Pivots: solution.Stats.Pivots,
			Objective: solution.Levels[last].Objective, Bound: solution.Levels[last].Bound})
	}
	return g.plan(solution, backend.Name(), hash()), nil
}

// Programme states a county as the numbers that a backend solves: one level of the
// programme for each level of the objective, in its unit. The shortage level has the
// cost of every post empty as its constant, so that its objective is 0 or less. Errors are those of [Solve] for bad input.
func Programme(c *model.County, o *model.Options) (*solver.Programme, error) {
	if o == nil {
		o = &model.Options{}
	}
	g, err := state(c, o)
	if err != nil {
		return nil, err
	}
	return g.Programme, nil
}

// state checks a county and options, and builds their programme.
func state(c *model.County, o *model.Options) (*programme, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	n := newInstance(c, o)
	if err := validateOptions(n, o); err != nil {
		return nil, err
	}
	n.setPins()
	if err := n.conflicts(); err != nil {
		return nil, err
	}
	g := newProgramme(n, n.eligiblePairs())
	g.begin()
	return g, nil
}

// report turns the solver's progress into the planner's.
func (planner *Planner) report(g *programme, began time.Time) func(solver.Progress) {
	if planner.Progress == nil {
		return nil
	}
	return func(p solver.Progress) {
		now := Progress{Objective: p.Objective, Bound: p.Bound, Pivots: p.Pivots, Elapsed: time.Since(began)}
		if p.Level >= 0 {
			level := &g.Levels[p.Level]
			now.Level = level.Name
			now.Objective += level.Constant
			now.Bound += level.Constant
		}
		planner.Progress(now)
	}
}

// StoppedError says that a search ended before it knew any plan.
type StoppedError struct {
	Stop  model.StopReason // StopTime or StopCancelled
	Cause error            // such as context.Canceled
}

func (e *StoppedError) Error() string {
	return fmt.Sprintf("allocation: stopped (%s) before any plan was known: %v", e.Stop, e.Cause)
}

// Unwrap gives the cause.
func (e *StoppedError) Unwrap() error { return e.Cause }

var stopReasons = map[solver.StopReason]model.StopReason{
	solver.StopOptimal: model.StopOptimal, solver.StopGap: model.StopGap,
	solver.StopTime: model.StopTime, solver.StopCancelled: model.StopCancelled,
}

// explain turns an error about the network into one about the county.
func (n *instance) explain(g *programme, err error) error {
	var stopped *solver.StoppedError
	if errors.As(err, &stopped) {
		return &StoppedError{Stop: stopReasons[stopped.Stop], Cause: stopped.Cause}
	}
	var infeasible *solver.InfeasibleError
	if errors.As(err, &infeasible) {
		if infeasible.Vouched != "" { // no set of people and posts shows it
			return &InfeasibleError{Conflicts: []Conflict{n.crossed()}}
		}
		return &InfeasibleError{Conflicts: []Conflict{n.crowded(g, infeasible.Nodes)}}
	}
	return fmt.Errorf("allocation: %w", err)
}
