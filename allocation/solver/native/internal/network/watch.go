package network

import (
	"context"
	"errors"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	// checkEvery is the number of pivots between two looks at the clock.
	checkEvery = 64
	// reportEvery is the least time between two reports of progress, each of which costs a pass over the arcs.
	reportEvery = 100 * time.Millisecond
)

// watch tells a solver when to stop and reports what it does.
type watch struct {
	ctx      context.Context
	options  solver.Options
	began    time.Time
	reported time.Duration
	late     bool // the time limit, not the context, has stopped the solver
}

func newWatch(ctx context.Context, o solver.Options) *watch {
	return &watch{ctx: ctx, options: o, began: time.Now()}
}

// check returns why to stop, or 0. It is called at every pivot and mostly does nothing.
func (w *watch) check(s *Simplex, level int) solver.StopReason {
	if s.pivots%checkEvery != 0 {
		return 0
	}
	if err := w.ctx.Err(); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			return solver.StopTime
		}
		return solver.StopCancelled
	}
	if w.options.TimeLimit == 0 && w.options.Progress == nil {
		return 0
	}
	elapsed := time.Since(w.began)
	if w.options.TimeLimit > 0 && elapsed >= w.options.TimeLimit {
		w.late = true
		return solver.StopTime
	}
	if w.options.Progress != nil && elapsed-w.reported >= reportEvery {
		w.reported = elapsed
		w.report(s, level, elapsed)
	}
	return 0
}

func (w *watch) report(s *Simplex, level int, elapsed time.Duration) {
	g := solver.Progress{Level: level, Pivots: s.pivots, Objective: s.objective, Elapsed: elapsed}
	if level >= 0 {
		g.Bound = s.bound()
	}
	w.options.Progress(g)
}

// cause is the error behind a stop.
func (w *watch) cause() error {
	if w.late {
		return context.DeadlineExceeded
	}
	return w.ctx.Err()
}
