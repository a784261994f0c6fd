package scenario

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/google/renameio/v2"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// Executor carries tasks out. The results are in the order of the tasks, and each is the same, byte for byte, on every executor.
type Executor interface {
	// Run gives a result for each task. Where tasks fail by what they were given, the error joins a *[TaskError] for each, in order of tasks, and
	// the results of the others are given and kept; those that failed have no Task. Any other error ends the run.
	Run(ctx context.Context, tasks []Task) ([]Result, error)
}

// Local carries tasks out on this machine. With a folder each result is kept there under the hash of its task, whole or not at all, and what is there
// already is not made again; a file that is not what its name says is.
type Local struct {
	Folder   string          // made where it does not exist; "": keep nothing
	Plans    bool            // keep each plan as well, as HASH.plan.json
	Workers  int             // 0: one for each processor
	Progress func(done Done) // called after each task, one at a time; may be nil
	mutex    sync.Mutex
}

// Done is a task that has a result.
type Done struct {
	Place int  // of the task
	Kept  bool // the result was there already
}

var _ Executor = (*Local)(nil)

// Run implements [Executor]. It takes the memory of one county and plan for each worker, where tasks of one source stand together, and of all results.
func (l *Local) Run(ctx context.Context, tasks []Task) ([]Result, error) {
	workers := l.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	if l.Folder != "" {
		if err := os.MkdirAll(l.Folder, 0o755); err != nil {
			return nil, err
		}
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	counties := newShelf(tasks)
	results, failed := make([]Result, len(tasks)), make([]error, len(tasks))
	next := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range next {
				if failed[i] = l.one(ctx, i, &tasks[i], counties, &results[i]); failed[i] != nil && !isTask(failed[i]) {
					stop()
				}
			}
		})
	}
	for i := range tasks {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	group.Wait()
	return results, outcome(ctx, failed)
}

// outcome sorts the errors of tasks: one that ended the run counts alone, then a cancelled context; faults of tasks are joined. A county that could
// not be read is one fault, however many scenarios it has.
func outcome(ctx context.Context, failed []error) error {
	var faults []error
	seen := map[error]bool{}
	for _, err := range failed {
		switch {
		case err == nil || errors.Is(err, context.Canceled):
		case !isTask(err):
			return err
		case !seen[err]:
			seen[err] = true
			faults = append(faults, err)
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return errors.Join(faults...)
}

// isTask reports whether an error is that of one task alone.
func isTask(err error) bool {
	var task *TaskError
	return errors.As(err, &task)
}

// one gets one result, from the folder or anew.
func (l *Local) one(ctx context.Context, place int, task *Task, counties *shelf, into *Result) error {
	task, err := counties.take(task)
	defer counties.put(task)
	if err != nil {
		return err
	}
	path, planPath := l.paths(task)
	if kept := readResult(path, task.Hash()); kept != nil && l.planKept(kept, planPath) {
		*into = *kept
		l.report(Done{place, true})
		return nil
	}
	result, plan, err := task.Plan(ctx)
	if err != nil {
		return err
	}
	if err := l.keep(result, plan, path, planPath); err != nil {
		return err
	}
	*into = *result
	l.report(Done{place, false})
	return nil
}

// paths names the files of a task's result and plan; "" where nothing is kept.
func (l *Local) paths(t *Task) (result, plan string) {
	if l.Folder == "" {
		return "", ""
	}
	return ResultPath(l.Folder, t.Hash()), filepath.Join(l.Folder, t.Hash()+".plan.json")
}

// ResultPath names the file in which the result of a task is kept.
func ResultPath(folder, task string) string { return filepath.Join(folder, task+".json") }

// planKept reports whether the plan of a kept result is there as well, where it is wanted.
func (l *Local) planKept(r *Result, path string) bool {
	if !l.Plans || r.Refused != "" {
		return true
	}
	_, err := os.Stat(path)
	return err == nil
}

// keep writes a result, its plan first, so that a result which is there has its plan.
func (l *Local) keep(r *Result, plan *model.Plan, path, planPath string) error {
	if path == "" {
		return nil
	}
	if l.Plans && plan != nil {
		if err := table.WritePlan(planPath, plan); err != nil {
			return err
		}
	}
	text, err := r.Encode()
	if err != nil {
		return err
	}
	return renameio.WriteFile(path, text, 0o644)
}

func (l *Local) report(d Done) {
	if l.Progress != nil {
		l.mutex.Lock()
		defer l.mutex.Unlock()
		l.Progress(d)
	}
}

// readResult reads a kept result of a task; nil where it is not there or not whole.
func readResult(path, task string) *Result {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	r, err := Decode(text)
	if err != nil || r.Task != task {
		return nil
	}
	return r
}
