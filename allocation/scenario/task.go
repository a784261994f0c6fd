package scenario

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// Task is one plan to make: pure, since it depends on nothing but what it holds and the version of the program. A task holds its county, or
// the source that gives it.
type Task struct {
	County   *model.County // before the scenario
	Source   Source        // gives the county where County is nil
	Scenario Scenario
	Limits   model.Options // time limit and gap; nothing else counts

	countyHash string
}

// Hash names a task that holds its county by everything that its result depends on: the county, the scenario, the limits and the version of the
// program. Where the county was read from does not matter.
func (t *Task) Hash() string {
	county := t.countyHash
	if county == "" {
		county = t.County.Hash()
	}
	text, err := json.Marshal(struct {
		Format   int
		Software string
		County   string
		Scenario *Scenario
		Limits   model.Options
	}{resultFormat, allocation.Software, county, &t.Scenario, t.limits()})
	if err != nil {
		panic("scenario: a task always has a JSON form: " + err.Error())
	}
	return sum(text)
}

// limits are the options of a task that count.
func (t *Task) limits() model.Options {
	return model.Options{TimeLimit: t.Limits.TimeLimit, Gap: t.Limits.Gap}
}

// Do carries a task out and gives its result. A county that has no plan is a result as well: Refused says why. The errors are a
// *[TaskError], that of a search that was stopped before its end, and that of a plan which the checker refuses, which would be our own fault.
func (t *Task) Do(ctx context.Context) (*Result, error) {
	result, _, err := t.Plan(ctx)
	return result, err
}

// Plan is [Task.Do] that gives the plan as well; nil where there is none.
func (t *Task) Plan(ctx context.Context) (*Result, *model.Plan, error) {
	t, err := t.load()
	if err != nil {
		return nil, nil, err
	}
	county, err := Apply(t.County, &t.Scenario)
	if err != nil {
		return nil, nil, &TaskError{t.source(), t.Scenario.Name, err}
	}
	result := &Result{Format: resultFormat, Task: t.Hash(), County: headingOf(county), Scenario: t.Scenario, CountyHash: county.Hash(), Software: allocation.Software}
	options := t.limits()
	options.Workers, options.Seed = 1, t.Scenario.Seed
	plan, err := allocation.Solve(ctx, county, &options)
	var infeasible *allocation.InfeasibleError
	if errors.As(err, &infeasible) {
		result.Refused = infeasible.Error()
		return result, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	if ctx.Err() != nil { // a plan that was cut short is no result
		return nil, nil, context.Cause(ctx)
	}
	if err := check.Plan(county, plan).Err(); err != nil {
		return nil, nil, err
	}
	text, err := json.Marshal(plan.Assignments)
	if err != nil {
		return nil, nil, err
	}
	result.Levels, result.Indicators, result.Plan = plan.Levels, Measure(county, plan), sum(text)
	return result, plan, nil
}

// sum is the SHA-256 of a text in hexadecimal digits.
func sum(text []byte) string {
	s := sha256.Sum256(text)
	return hex.EncodeToString(s[:])
}
