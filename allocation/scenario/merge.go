package scenario

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Part is what a shard leaves behind when it is done, beside its results: which tasks it had, and which of them failed. It is a small file, written last, so
// a shard that was killed has none.
type Part struct {
	Format   int         `json:"format"`
	Software string      `json:"software"`
	Sweep    string      `json:"sweep"` // names what all shards of one sweep have in common
	Shard    Shard       `json:"shard"`
	Tasks    int         `json:"tasks"` // of all shards
	Gates    []string    `json:"gates,omitempty"`
	Results  []string    `json:"results"`          // the shard's tasks by hash, in order; "" for one that failed
	Faults   []PartFault `json:"faults,omitempty"` // why
}

// PartFault is a task that failed by what it was given.
type PartFault struct {
	Source   string `json:"source"`
	Scenario string `json:"scenario,omitempty"`
	Text     string `json:"text"`
}

// partFormat is the version of part files.
const partFormat = 1

// SweepHash names a sweep by what all its shards have in common: the names of sources without their folders, scenarios and limits.
func SweepHash(sources []string, scenarios []Scenario, limits model.Options) string {
	names := make([]string, len(sources))
	for i, source := range sources {
		names[i] = filepath.Base(source)
	}
	text, err := json.Marshal(struct {
		Format    int
		Software  string
		Sources   []string
		Scenarios []Scenario
		Limits    model.Options
	}{partFormat, allocation.Software, names, scenarios, limits})
	if err != nil {
		panic("scenario: a sweep always has a JSON form: " + err.Error())
	}
	return sum(text)
}

// NewPart records what a shard has done: its results and the error of [Executor].Run, whose faults of tasks it lists.
func NewPart(sweep string, shard Shard, tasks int, results []Result, err error) *Part {
	p := &Part{Format: partFormat, Software: allocation.Software, Sweep: sweep, Shard: shard, Tasks: tasks, Results: []string{}}
	for i := range results {
		p.Results = append(p.Results, results[i].Task)
	}
	for _, fault := range TaskErrors(err) {
		p.Faults = append(p.Faults, PartFault{fault.Source, fault.Scenario, fault.Err.Error()})
	}
	return p
}

// TaskErrors takes the faults of tasks out of the error of [Executor].Run.
func TaskErrors(err error) []*TaskError {
	var one *TaskError
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*TaskError
		for _, e := range joined.Unwrap() {
			all = append(all, TaskErrors(e)...)
		}
		return all
	}
	if errors.As(err, &one) {
		return []*TaskError{one}
	}
	return nil
}

// Write keeps a part in a folder, whole or not at all.
func (p *Part) Write(folder string) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return renameio.WriteFile(filepath.Join(folder, fmt.Sprintf("%06d-of-%06d.json", p.Shard.Index, p.Shard.Count)), text, 0o644)
}

// Folders of a sweep that is kept.
const (
	ResultsFolder = "results" // of [Local]
	PartsFolder   = "shards"  // of [Part]
)

// MergeError says why the parts of a sweep do not make a whole.
type MergeError struct {
	Missing []Shard     // shards that are not done
	Lost    []string    // tasks whose result is not there or not whole
	Faults  []PartFault // tasks that failed by what they were given
	Text    string      // what is wrong with the parts themselves
}

func (e *MergeError) Error() string {
	var says []string
	if e.Text != "" {
		says = append(says, e.Text)
	}
	if len(e.Missing) > 0 {
		var names []string
		for _, s := range e.Missing[:min(len(e.Missing), 20)] {
			names = append(names, s.String())
		}
		says = append(says, fmt.Sprintf("%d shards are not done: %s", len(e.Missing), strings.Join(names, ", ")))
	}
	if len(e.Lost) > 0 {
		says = append(says, fmt.Sprintf("%d results are not there or not whole, the first of task %.12s: run the shards again", len(e.Lost), e.Lost[0]))
	}
	for _, f := range e.Faults[:min(len(e.Faults), 20)] {
		says = append(says, fmt.Sprintf("%s: %s", f.Source, f.Text))
	}
	return "merge: " + strings.Join(says, "; ")
}

// Merge joins what the shards of one sweep left in the folders, each with [PartsFolder] and [ResultsFolder]; they may share a folder. The results are in
// the order of the tasks, as if one machine had carried all of them out. Nothing is planned and no county is read. Where something is missing the error is a
// *[MergeError], and what is there is given all the same, without a Task for what is not. It takes the memory of all results.
func Merge(folders []string) ([]Result, *Part, error) {
	parts, err := readParts(folders)
	if err != nil {
		return nil, nil, err
	}
	whole, results, problem := parts[0], []Result{}, &MergeError{}
	done := 0
	for index := range whole.Shard.Count {
		shard := Shard{index, whole.Shard.Count}
		first, end := shard.Of(whole.Tasks)
		if done == len(parts) || parts[done].Shard.Index != index {
			problem.Missing = append(problem.Missing, shard)
			results = append(results, make([]Result, end-first)...)
			continue
		}
		part := parts[done]
		done++
		if len(part.Results) != end-first {
			return nil, nil, &MergeError{Text: fmt.Sprintf("shard %s has %d tasks, want %d", shard, len(part.Results), end-first)}
		}
		problem.Faults = append(problem.Faults, part.Faults...)
		for _, task := range part.Results {
			r := Result{}
			if task != "" {
				if found := findResult(folders, task); found != nil {
					r = *found
				} else {
					problem.Lost = append(problem.Lost, task)
				}
			}
			results = append(results, r)
		}
	}
	if problem.Missing == nil && problem.Lost == nil && problem.Faults == nil {
		return results, whole, nil
	}
	return results, whole, problem
}

// findResult looks for the result of a task.
func findResult(folders []string, task string) *Result {
	for _, folder := range folders {
		if r := readResult(ResultPath(filepath.Join(folder, ResultsFolder), task), task); r != nil {
			return r
		}
	}
	return nil
}

// readParts reads the parts in folders, in order of shards. All must be of one sweep and agree.
func readParts(folders []string) ([]*Part, error) {
	var parts []*Part
	for _, folder := range folders {
		paths, err := filepath.Glob(filepath.Join(folder, PartsFolder, "*.json"))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			p := &Part{}
			if err := json.Unmarshal(text, p); err != nil || p.Format != partFormat || p.Shard.Count < 1 || p.Shard.Validate() != nil || p.Tasks < 0 {
				return nil, &MergeError{Text: fmt.Sprintf("%s: want a part of a sweep, of format %d", path, partFormat)}
			}
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return nil, &MergeError{Text: fmt.Sprintf("no shard is done in %s", strings.Join(folders, ", "))}
	}
	slices.SortFunc(parts, func(a, b *Part) int { return a.Shard.Index - b.Shard.Index })
	for i, p := range parts {
		if p.Sweep != parts[0].Sweep || p.Software != parts[0].Software || p.Shard.Count != parts[0].Shard.Count || p.Tasks != parts[0].Tasks {
			return nil, &MergeError{Text: fmt.Sprintf("shards %s and %s are of two sweeps: want one set of counties, scenarios, limits and shards, each in folders of its own", parts[0].Shard, p.Shard)}
		}
		if i > 0 && p.Shard == parts[i-1].Shard && !slices.Equal(p.Results, parts[i-1].Results) {
			return nil, &MergeError{Text: fmt.Sprintf("shard %s was done twice, with two sets of tasks: did a county change between them?", p.Shard)}
		}
	}
	return slices.CompactFunc(parts, func(a, b *Part) bool { return a.Shard == b.Shard }), nil
}
