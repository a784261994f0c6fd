package network

import (
	"context"
	"errors"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	// checkEvery is the number of arcs priced between two looks at the clock: well under a millisecond with the
	// pivots between.
	checkEvery = 1 << 15
	// reportEvery is the least time between two reports of progress, each of which costs a pass over the arcs.
	reportEvery = 100 * time.Millisecond
)

// watch tells a solver when to stop and reports what it does.
type watch struct {
	ctx      context.Context
	options  solver.Options
	began    time.Time
	reported time.Duration
	next     int64             // arcs priced at which to look again
	stopped  solver.StopReason // once not 0, it stays
	late     bool              // the time limit, not the context, has stopped the solver
}

func newWatch(ctx context.Context, o solver.Options) *watch {
	return &watch{ctx: ctx, options: o, began: time.Now()}
}

// check returns why to stop, or 0. It is called at every pivot and mostly does nothing.
func (w *watch) check(s *Simplex, level int) solver.StopReason {
	if w.stopped == 0 && s.priced >= w.next {
		w.next = s.priced + checkEvery
		w.look(s, level)
	}
	return w.stopped
}

func (w *watch) look(s *Simplex, level int) {
	elapsed := time.Since(w.began)
	err := w.ctx.Err()
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		w.stopped = solver.StopTime
	case err != nil:
		w.stopped = solver.StopCancelled
	case w.options.TimeLimit > 0 && elapsed >= w.options.TimeLimit:
		w.stopped, w.late = solver.StopTime, true
	case w.options.Progress != nil && elapsed-w.reported >= reportEvery:
		w.reported = elapsed
		w.options.Progress(s.progress(level, elapsed))
	}
}

// progress describes the tree while level is solved; −1 stands for what comes before the levels.
func (s *Simplex) progress(level int, elapsed time.Duration) solver.Progress {
	g := solver.Progress{Level: level, Pivots: s.pivots, Elapsed: elapsed}
	if level >= 0 {
		g.Objective, g.Bound = s.objective, s.bound()
	} else if unmet := s.unmet(); unmet > 0 {
		g.Objective = unmet
	} else {
		flow := s.flow()
		g.Level, g.Objective, g.Bound = 0, s.programme.Objective(0, flow, nil), s.trivialBound(0, flow)
	}
	return g
}

// cause is the error behind a stop.
func (w *watch) cause() error {
	if w.late {
		return context.DeadlineExceeded
	}
	return w.ctx.Err()
}
