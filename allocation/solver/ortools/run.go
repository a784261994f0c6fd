package ortools

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/ortools/frame"
)

const (
	// stopPatience is how long a worker may take to hand over what it has once it is told to stop.
	stopPatience = 50 * time.Millisecond
	// leastTime is the shortest time that CP-SAT is given; 0 would mean no limit.
	leastTime = time.Millisecond
	// reportEvery is the time between two reports of progress.
	reportEvery = 100 * time.Millisecond
)

// run is one solve.
type run struct {
	ctx      context.Context
	settings Solver
	p        *solver.Programme
	options  solver.Options
	began    time.Time
	deadline time.Time // zero: none
	worker   *worker

	face   *face   // of the levels proven so far
	best   *point  // the best flow known on the face; nil: none
	bounds []int64 // of the levels solved so far; all but the last are proven
	level  int     // that is being solved
}

// point is a flow with its columns.
type point struct{ flow, columns []int64 }

func newRun(ctx context.Context, s Solver, p *solver.Programme, o solver.Options) *run {
	r := &run{ctx: ctx, settings: s, p: p, options: o, began: time.Now(), face: newFace(p)}
	if o.TimeLimit > 0 {
		r.deadline = r.began.Add(o.TimeLimit)
	}
	if d, ok := ctx.Deadline(); ok && (r.deadline.IsZero() || d.Before(r.deadline)) {
		r.deadline = d
	}
	if p.Start != nil {
		r.best = &point{slices.Clone(p.Start), slices.Clone(p.StartColumns)}
	}
	return r
}

// stopped says why to stop now, or 0.
func (r *run) stopped() solver.StopReason {
	switch err := r.ctx.Err(); {
	case errors.Is(err, context.DeadlineExceeded):
		return solver.StopTime
	case err != nil:
		return solver.StopCancelled
	case !r.deadline.IsZero() && !time.Now().Before(r.deadline):
		return solver.StopTime
	}
	return 0
}

// solve starts a worker and takes the levels in order.
func (r *run) solve() (*solver.Solution, error) {
	if stop := r.stopped(); stop != 0 {
		return r.finish(stop)
	}
	path, err := r.settings.locate()
	if err != nil {
		return nil, err
	}
	r.worker, err = startWorker(path, r.settings.Library)
	if err != nil {
		return nil, &solver.UnavailableError{Backend: name, Tried: []solver.Attempt{{Place: path, Reason: err.Error()}}, Install: install}
	}
	defer r.worker.kill()
	if stop, err := r.hello(); stop != 0 || err != nil {
		return r.end(stop, err)
	}
	for r.level = 0; r.level < len(r.p.Levels); r.level++ {
		if stop := r.stopped(); stop != 0 {
			return r.finish(stop)
		}
		if r.settled() {
			continue
		}
		if stop, err := r.solveLevel(); stop != 0 || err != nil {
			return r.end(stop, err)
		}
	}
	return r.finish(solver.StopGap) // or optimal
}

func (r *run) end(stop solver.StopReason, err error) (*solver.Solution, error) {
	if err != nil {
		return nil, err
	}
	return r.finish(stop)
}

// hello waits until the worker has loaded the library.
func (r *run) hello() (solver.StopReason, error) {
	patience := r.settings.StartTimeout
	if patience == 0 {
		patience = defaultStartTimeout
	}
	slow := time.NewTimer(patience)
	defer slow.Stop()
	m, stop, late := r.await(slow.C)
	switch {
	case stop != 0:
		return stop, nil
	case late:
		return 0, &WorkerError{Worker: r.worker.path, During: "start", Reason: fmt.Sprintf("it did not load the library within %v", patience), Stderr: r.worker.stderr.String()}
	case m.err != nil:
		return 0, r.worker.failure("start", m)
	case m.kind == frame.Error:
		return 0, r.worker.refused("start", m.payload)
	case m.kind != frame.Hello:
		return 0, r.lie("start", fmt.Sprintf("it sent %v, want Hello", m.kind), nil)
	}
	g, err := frame.Decode[frame.Greeting](m.payload)
	if err != nil {
		return 0, r.lie("start", "its Hello can't be read", err)
	}
	if g.Protocol != frame.Protocol {
		return 0, &solver.UnavailableError{Backend: name, Install: installWorker, Tried: []solver.Attempt{{Place: r.worker.path,
			Reason: fmt.Sprintf("it speaks protocol %d, want %d", g.Protocol, frame.Protocol)}}}
	}
	return 0, nil
}

// await waits for the next message, for a reason to stop, or until late fires, which may be nil.
func (r *run) await(late <-chan time.Time) (m message, stop solver.StopReason, tooLate bool) {
	var deadline <-chan time.Time
	if !r.deadline.IsZero() {
		timer := time.NewTimer(time.Until(r.deadline))
		defer timer.Stop()
		deadline = timer.C
	}
	ticker := time.NewTicker(reportEvery)
	defer ticker.Stop()
	for {
		select {
		case m := <-r.worker.inbox:
			return m, 0, false
		case <-r.ctx.Done():
			return message{}, r.stopped(), false
		case <-deadline:
			return message{}, solver.StopTime, false
		case <-late:
			return message{}, 0, true
		case <-ticker.C:
			r.report()
		}
	}
}

// report tells how far the levels are. CP-SAT says nothing while it runs.
func (r *run) report() {
	if r.options.Progress == nil {
		return
	}
	g := solver.Progress{Level: -1, Objective: r.supply(), Elapsed: time.Since(r.began)}
	if r.best != nil {
		g.Level, g.Objective, g.Bound = r.level, r.objective(r.level, r.best), r.face.floor(r.level)
	}
	r.options.Progress(g)
}

// supply is all that enters the network.
func (r *run) supply() int64 {
	sum := int64(0)
	for _, b := range r.p.Supply {
		sum += max(0, b)
	}
	return sum
}

func (r *run) objective(k int, x *point) int64 { return r.p.Objective(k, x.flow, x.columns) }

// settled says whether the best point known reaches the floor of the level, so that there is nothing to solve.
func (r *run) settled() bool {
	if r.best == nil {
		return false
	}
	floor := r.face.floor(r.level)
	if r.objective(r.level, r.best) != floor {
		return false
	}
	r.hold(floor, floor)
	return true
}

// hold keeps the level at a cost.
func (r *run) hold(cost, bound int64) {
	r.bounds = append(r.bounds, bound)
	r.face.hold(r.level, cost)
}

// solveLevel has CP-SAT minimise the level on the face. The reason is 0 where the level is proven, or within the gap, and more may follow.
func (r *run) solveLevel() (solver.StopReason, error) {
	m := newModel(r.face, r.level)
	if size := len(m.bytes); size > frame.MaxPayload/2 {
		return 0, &solver.UnsupportedError{Backend: name, Feature: fmt.Sprintf("a model of %d bytes, more than %d", size, frame.MaxPayload/2)}
	}
	settings := parameters{threads: r.settings.threads(), seed: r.settings.Seed, gap: r.gap()}
	if !r.deadline.IsZero() {
		// CP-SAT looks at the clock now and then only, so it is asked to be early.
		settings.time = max(leastTime, time.Until(r.deadline)-stopPatience)
	}
	r.worker.send(frame.Solve, frame.Request{Parameters: settings.encode(), Model: m.bytes}.Parts()...)
	answer, stop, _ := r.await(nil)
	if stop != 0 {
		var answered bool
		if answer, answered = r.stopWorker(); !answered {
			return stop, nil
		}
	}
	switch {
	case answer.err != nil:
		return 0, r.worker.failure(r.during(), answer)
	case answer.kind == frame.Error:
		return 0, r.worker.refused(r.during(), answer.payload)
	case answer.kind != frame.Result:
		return 0, r.lie(r.during(), fmt.Sprintf("it sent %v, want Result", answer.kind), nil)
	}
	response, err := decodeResponse(answer.payload)
	if err != nil {
		return 0, r.lie(r.during(), "its answer can't be read", err)
	}
	return r.accept(m, response, stop)
}

// stopWorker asks for what the worker has. One that does not answer with a Result in time is killed.
func (r *run) stopWorker() (message, bool) {
	r.worker.send(frame.Stop)
	timer := time.NewTimer(stopPatience)
	defer timer.Stop()
	select {
	case m := <-r.worker.inbox:
		if m.err == nil && m.kind == frame.Result {
			return m, true
		}
	case <-timer.C:
	}
	r.worker.kill()
	return message{}, false
}

func (r *run) during() string { return fmt.Sprintf("level %d (%s)", r.level, r.p.Levels[r.level].Name) }

// lie is the error for what cannot be true.
func (r *run) lie(during, reason string, err error) error {
	path := ""
	if r.worker != nil {
		path = r.worker.path
	}
	return &WorkerError{Worker: path, During: during, Reason: reason, Err: err}
}
