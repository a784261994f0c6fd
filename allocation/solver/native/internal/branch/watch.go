package branch

import (
	"context"
	"errors"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

// reportEvery is the least time between two reports of progress.
const reportEvery = 100 * time.Millisecond

// watch tells a search when to stop and reports what it does.
type watch struct {
	ctx      context.Context
	options  solver.Options
	began    time.Time
	reserve  time.Duration // that the last bounds and the solution will take: the search has to end so much earlier
	reported time.Duration
	stopped  solver.StopReason // once not 0, it stays
	late     bool              // the time limit, not the context, has stopped the search
}

// stop looks at the clock and the context.
func (w *watch) stop() bool {
	if w.stopped != 0 {
		return true
	}
	switch err := w.ctx.Err(); {
	case errors.Is(err, context.DeadlineExceeded):
		w.stopped = solver.StopTime
	case err != nil:
		w.stopped = solver.StopCancelled
	case w.options.TimeLimit > 0 && time.Since(w.began)+w.reserve >= w.options.TimeLimit:
		w.stopped, w.late = solver.StopTime, true
	}
	return w.stopped != 0
}

// left is what is left of the time limit, at least 1 ns; 0 without a limit.
func (w *watch) left() time.Duration {
	if w.options.TimeLimit <= 0 {
		return 0
	}
	return max(1, w.options.TimeLimit-w.reserve-time.Since(w.began))
}

// context ends when the search has to.
func (w *watch) context() (context.Context, context.CancelFunc) {
	if w.options.TimeLimit > 0 {
		return context.WithDeadline(w.ctx, w.began.Add(w.options.TimeLimit-w.reserve))
	}
	return context.WithCancel(w.ctx)
}

// report gives progress if the last is long enough ago.
func (w *watch) report(g solver.Progress) {
	if w.options.Progress == nil {
		return
	}
	if g.Elapsed = time.Since(w.began); g.Elapsed-w.reported >= reportEvery {
		w.reported = g.Elapsed
		w.options.Progress(g)
	}
}

func (w *watch) cause() error {
	if w.late {
		return context.DeadlineExceeded
	}
	return w.ctx.Err()
}
