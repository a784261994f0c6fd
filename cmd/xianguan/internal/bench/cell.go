package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// Cell is one measurement to make.
type Cell struct {
	Instance  Instance      `json:"instance"`        // prepared
	Backend   string        `json:"backend"`         // with its threads where they are set, as in "highs:2"
	TimeLimit time.Duration `json:"time_limit"`      // 0: none
	Times     float64       `json:"times,omitempty"` // the limit is so many times what the first backend took; 0: it is not
	Gap       float64       `json:"gap"`             // relative gap accepted at every level
}

// What a cell may end with beside the reasons of [model.StopReason].
const (
	stopKilled = "killed" // it overran its limit by far, or died
	stopFailed = "failed" // the backend, or a check of ours, failed
)

// Result is what a cell gave. Times and memory are those of [allocation.Planner.Solve] as a whole, from the county in
// memory to the plan; making the county is not counted in the times.
type Result struct {
	Cell
	County      string                   `json:"county"` // hash of the county
	Stop        string                   `json:"stop"`
	Failure     string                   `json:"failure,omitempty"`
	Unavailable *solver.UnavailableError `json:"unavailable,omitempty"` // the backend is not installed
	Wall        time.Duration            `json:"wall"`
	Build       time.Duration            `json:"build"` // of Wall, outside the backend
	CPU         time.Duration            `json:"cpu"`   // user and system, of child processes too
	Memory      int64                    `json:"memory"`
	Worker      int64                    `json:"worker"` // peak bytes of the largest child process
	Arcs        int                      `json:"arcs"`
	Rows        int                      `json:"rows"`
	Columns     int                      `json:"columns"`
	Pivots      int64                    `json:"pivots"` // 0 where the backend does not say
	Levels      []model.PlanLevel        `json:"levels,omitempty"`
}

// Solved reports whether every level is within the gap.
func (r *Result) Solved() bool {
	return r.Failure == "" && len(r.Levels) > 0 && r.widest() <= r.Gap
}

// Time is the time to the gap: a cell that did not reach it counts as its limit.
func (r *Result) Time() time.Duration {
	if !r.Solved() && r.TimeLimit > 0 {
		return r.TimeLimit
	}
	return r.Wall
}

// Measure plans the county of a cell in this process. What goes wrong stands in the result.
func Measure(ctx context.Context, cell Cell, backend solver.Backend) *Result {
	r := &Result{Cell: cell}
	fail := func(err error) *Result {
		r.Stop, r.Failure = stopFailed, err.Error()
		errors.As(err, &r.Unavailable)
		return r
	}
	county, err := cell.Instance.County()
	if err != nil {
		return fail(err)
	}
	seen := &observer{Backend: backend}
	planner := allocation.Planner{Backend: seen, Options: model.Options{TimeLimit: cell.TimeLimit, Gap: cell.Gap}}
	stopWatching := watchChildren(&r.Worker)
	cpu, began := cpuTime(), time.Now()
	plan, err := planner.Solve(ctx, county)
	r.Wall = time.Since(began)
	r.Memory = peakMemory()
	stopWatching()
	r.CPU = cpuTime() - cpu
	r.Build = r.Wall - seen.took
	r.Arcs, r.Rows, r.Columns, r.Pivots = seen.arcs, seen.rows, seen.columns, seen.pivots
	r.County = county.Hash()
	var stopped *allocation.StoppedError
	if errors.As(err, &stopped) {
		r.Stop = stopped.Stop.String()
		return r
	}
	if err != nil {
		return fail(err)
	}
	r.Stop, r.Levels = plan.Stop.String(), plan.Levels
	if err := verdict(county, plan); err != nil {
		return fail(fmt.Errorf("the checker refuses the plan: %w", err))
	}
	return r
}

// verdict asks the independent checker for its opinion of rules and objective.
func verdict(c *model.County, plan *model.Plan) error {
	report := check.Plan(c, plan)
	if broken := report.Violations(); len(broken) > 0 {
		return fmt.Errorf("%w (the first of %d violations)", broken[0], len(broken))
	}
	for _, l := range report.Levels {
		if l.Claimed != l.Recomputed {
			return fmt.Errorf("level %s: %d is claimed, %d is right", l.Name, l.Claimed, l.Recomputed)
		}
	}
	return nil
}

// observer notes how large the programme is, and how long the backend takes.
type observer struct {
	solver.Backend
	took                time.Duration
	arcs, rows, columns int
	pivots              int64
}

func (o *observer) Solve(ctx context.Context, p *solver.Programme, options solver.Options) (*solver.Solution, error) {
	o.arcs, o.rows, o.columns = len(p.Tail), len(p.Rows), len(p.Columns)
	began := time.Now()
	solution, err := o.Backend.Solve(ctx, p, options)
	o.took = time.Since(began)
	if solution != nil {
		o.pivots = solution.Stats.Pivots
	}
	return solution, err
}

// String is one line on how the cell went.
func (r *Result) String() string {
	text := fmt.Sprintf("%s %s: %s in %.3f s (CPU %.3f s), %d MiB", r.Instance, r.Backend, r.Stop, r.Wall.Seconds(), r.CPU.Seconds(), (r.Memory+r.Worker)>>20)
	switch {
	case r.Failure != "":
		return text + ": " + r.Failure
	case len(r.Levels) == 0:
		return text + ", no plan"
	}
	for k := range r.Levels {
		if l := &r.Levels[k]; !l.Proven {
			return fmt.Sprintf("%s, level %s %d, bound %d", text, l.Name, l.Objective, l.Bound)
		}
	}
	return text + ", every level proven"
}
