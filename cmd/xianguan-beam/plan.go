package main

import (
	"context"
	"encoding/json"
	"errors"
	"path"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func init() {
	register.DoFn4x1[context.Context, span, func(planned), func(fault), error](&planFn{})
	register.Emitter1[planned]()
	register.Emitter1[fault]()
}

// planned is a result on its way, as scenario.Result.Encode writes it.
type planned struct {
	County   string // id
	Scenario int    // place in the file
	Text     []byte
}

// fault is a county that can't be read, or a scenario that does not fit it.
type fault struct {
	County   string `json:"county"` // name of its file
	Scenario string `json:"scenario,omitempty"`
	Text     string `json:"text"`
}

// planFn carries out the tasks of spans. Each worker holds one county.
type planFn struct {
	Scenarios []byte // JSON
	TimeLimit time.Duration
	Kept      string

	scenarios []scenario.Scenario
}

// Setup reads the scenarios.
func (f *planFn) Setup() error { return json.Unmarshal(f.Scenarios, &f.scenarios) }

// ProcessElement carries out the tasks of a span. Faults of the county or of a scenario go out beside the results; any other error is
// the runner's to try again.
func (f *planFn) ProcessElement(ctx context.Context, s span, emit func(planned), fail func(fault)) error {
	if f.scenarios == nil { // a runner that does not call Setup
		if err := f.Setup(); err != nil {
			return err
		}
	}
	text, err := readFile(ctx, s.Path)
	if err != nil {
		return err
	}
	county, err := table.ParseJSON(path.Base(s.Path), text)
	if err != nil {
		fail(fault{County: path.Base(s.Path), Text: err.Error()})
		return nil
	}
	for place := s.First; place < s.End; place++ {
		task := scenario.Task{County: county, Scenario: f.scenarios[place], Limits: model.Options{TimeLimit: f.TimeLimit}}
		result, err := f.one(ctx, &task)
		if wrong := (*scenario.TaskError)(nil); errors.As(err, &wrong) {
			fail(fault{path.Base(s.Path), f.scenarios[place].Name, wrong.Err.Error()})
			continue
		}
		if err != nil {
			return err
		}
		emit(planned{string(county.ID), place, result})
	}
	return nil
}

// one gives the result of a task, from the folder where it is kept or anew.
func (f *planFn) one(ctx context.Context, task *scenario.Task) ([]byte, error) {
	hash, file := "", ""
	if f.Kept != "" {
		hash = task.Hash()
		file = scenario.ResultPath(f.Kept, hash)
		if text, err := readFile(ctx, file); err == nil { // a file that was cut short is made again
			if kept, err := scenario.Decode(text); err == nil && kept.Task == hash {
				beam.NewCounter("xianguan", "kept").Inc(ctx, 1)
				return text, nil
			}
		}
	}
	result, err := task.Do(ctx)
	if err != nil {
		return nil, err
	}
	text, err := result.Encode()
	if err != nil {
		return nil, err
	}
	beam.NewCounter("xianguan", "planned").Inc(ctx, 1)
	if file == "" {
		return text, nil
	}
	return text, writeFile(ctx, file, text)
}
