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
	case w.options.TimeLimit > 0 && time.Since(w.began) >= w.options.TimeLimit:
		w.stopped, w.late = solver.StopTime, true
	}
	return w.stopped != 0
}

// report gives progress if the last is long enough ago.
// context ends when the search has to.
func (w *watch) context() (context.Context, context.CancelFunc) {
	if w.options.TimeLimit > 0 {
		return context.WithDeadline(w.ctx, w.began.Add(w.options.TimeLimit))
	}
	return context.WithCancel(w.ctx)
}

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
