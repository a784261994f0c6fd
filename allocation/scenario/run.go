package scenario

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/google/renameio/v2"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// Task is one plan to make: pure, since it depends on nothing but what it holds and the version of the program.
type Task struct {
	County   *model.County // before the scenario
	Scenario Scenario
	Limits   model.Options // time limit and gap; nothing else counts

	countyHash string
}

// Result is what a task gives. It is the same for the same task, byte for byte.
type Result struct {
	Format     int               `json:"format"`
	Task       string            `json:"task"` // Hash of the task
	Scenario   Scenario          `json:"scenario"`
	County     string            `json:"county_hash"` // of the scenario's county
	Software   string            `json:"software"`
	Synthetic  bool              `json:"synthetic,omitempty"`
	Refused    string            `json:"refused,omitempty"` // why there is no plan; then nothing below is there
	Levels     []model.PlanLevel `json:"levels,omitempty"`
	Indicators Indicators        `json:"indicators,omitzero"`
	Plan       string            `json:"plan_hash,omitempty"` // SHA-256 of who is where
}

// resultFormat is the version of results; others are made again.
const resultFormat = 1

// Hash names a task by everything that its result depends on: the county, the scenario, the limits and the version of the program.
func (t *Task) Hash() string {
	if t.countyHash == "" {
		t.countyHash = t.County.Hash()
	}
	text, err := json.Marshal(struct {
		Format   int
		Software string
		County   string
		Scenario *Scenario
		Limits   model.Options
	}{resultFormat, allocation.Software, t.countyHash, &t.Scenario, model.Options{TimeLimit: t.Limits.TimeLimit, Gap: t.Limits.Gap}})
	if err != nil {
		panic("scenario: a task always has a JSON form: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Plan makes the county and the plan of a task. Errors: those of [Apply] and [allocation.Solve], of a search that was cut short, and of a plan that the checker
// refuses, which would be our own fault.
func (t *Task) Plan(ctx context.Context) (*model.County, *model.Plan, error) {
	county, err := Apply(t.County, &t.Scenario)
	if err != nil {
		return nil, nil, err
	}
	options := model.Options{TimeLimit: t.Limits.TimeLimit, Gap: t.Limits.Gap, Workers: 1, Seed: t.Scenario.Seed}
	plan, err := allocation.Solve(ctx, county, &options)
	if err != nil {
		return county, nil, err
	}
	if ctx.Err() != nil { // a plan that was cut short is no result
		return county, nil, context.Cause(ctx)
	}
	return county, plan, check.Plan(county, plan).Err()
}

// Do carries a task out. A county that has no plan is a result as well: Refused says why. The errors are the others of [Task.Plan].
func (t *Task) Do(ctx context.Context) (*Result, error) {
	county, plan, err := t.Plan(ctx)
	if county == nil {
		return nil, err
	}
	result := &Result{Format: resultFormat, Task: t.Hash(), Scenario: t.Scenario, County: county.Hash(), Software: allocation.Software, Synthetic: county.Origin.Synthetic}
	var infeasible *allocation.InfeasibleError
	if errors.As(err, &infeasible) {
		result.Refused = infeasible.Error()
		return result, nil
	}
	if err != nil {
		return nil, err
	}
	result.Levels, result.Indicators = plan.Levels, Measure(county, plan)
	text, err := json.Marshal(plan.Assignments)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	result.Plan = hex.EncodeToString(sum[:])
	return result, nil
}

// Executor carries tasks out; the results are in the order of the tasks.
type Executor interface {
	Run(ctx context.Context, tasks []Task) ([]Result, error)
}

// Local carries tasks out on this machine. With a folder each result is kept there under the hash of its task, whole or not at all, and what is there
// already is not made again; a file that is not what its name says is.
type Local struct {
	Folder   string          // made where it does not exist; "": keep nothing
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

// Run implements [Executor]. The error is the first in order of tasks; results that were kept stay. It takes the memory of one plan for each worker.
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
	hashes := map[*model.County]string{}
	for i := range tasks {
		t := &tasks[i]
		if hashes[t.County] == "" {
			hashes[t.County] = t.County.Hash()
		}
		t.countyHash = hashes[t.County]
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	results, failed := make([]Result, len(tasks)), make([]error, len(tasks))
	next := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range next {
				if failed[i] = l.one(ctx, i, &tasks[i], &results[i]); failed[i] != nil {
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
	var cancelled error
	for _, err := range failed {
		if err != nil && !errors.Is(err, context.Canceled) {
			return nil, err
		} else if err != nil {
			cancelled = err
		}
	}
	if cancelled == nil {
		cancelled = context.Cause(ctx)
	}
	return results, cancelled
}

// one gets one result, from the folder or anew.
func (l *Local) one(ctx context.Context, place int, task *Task, into *Result) error {
	path := ""
	if l.Folder != "" {
		path = filepath.Join(l.Folder, task.Hash()+".json")
		if kept := readResult(path, task); kept != nil {
			*into = *kept
			l.report(Done{place, true})
			return nil
		}
	}
	result, err := task.Do(ctx)
	if err != nil {
		return err
	}
	if path != "" {
		text, err := encode(result)
		if err != nil {
			return err
		}
		if err := renameio.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	*into = *result
	l.report(Done{place, false})
	return nil
}

func (l *Local) report(d Done) {
	if l.Progress != nil {
		l.mutex.Lock()
		defer l.mutex.Unlock()
		l.Progress(d)
	}
}

// stored is a result as it is kept, with a checksum, so that no half of a file is believed.
type stored struct {
	Sum    string          `json:"sha256"` // of Result
	Result json.RawMessage `json:"result"`
}

func encode(r *Result) ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	return json.Marshal(stored{hex.EncodeToString(sum[:]), text})
}

// readResult reads a kept result of a task; nil where it is not there or not whole.
func readResult(path string, task *Task) *Result {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var s stored
	var r Result
	if json.Unmarshal(text, &s) != nil {
		return nil
	}
	if sum := sha256.Sum256(s.Result); hex.EncodeToString(sum[:]) != s.Sum || json.Unmarshal(s.Result, &r) != nil {
		return nil
	}
	if r.Task != task.Hash() || r.Format != resultFormat {
		return nil
	}
	return &r
}
