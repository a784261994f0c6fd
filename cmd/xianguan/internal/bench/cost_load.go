package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"sync"
	"time"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// Load is work on synthetic counties, to be measured in a process of its own.
type Load struct {
	Work
	Seed uint64 `json:"seed"` // of the first county; the others follow
}

// Usage is what a load took.
type Usage struct {
	Load
	Wall   time.Duration `json:"wall"`
	CPU    time.Duration `json:"cpu"`    // user and system
	Memory int64         `json:"memory"` // peak of the resident memory, bytes
	Vacant int64         `json:"vacant"` // posts that stay empty, over all plans: they were made
}

// landscapes are those of the counties of a load, in turn.
var landscapes = []synthetic.Landscape{synthetic.Plain, synthetic.Mountain, synthetic.Pastoral}

// fallingPupils is the scenario of a number: so many percent fewer pupils, up to a third, so that no two of a county's first scenarios are alike.
func fallingPupils(n int) scenario.Scenario {
	s := scenario.Scenario{Name: fmt.Sprintf("scenario %d", n)}
	if percent := n % 34; percent > 0 {
		s.Enrolment = []scenario.Enrolment{{Percent: -percent}}
	}
	return s
}

// Carry does the work of a load in this process. Each worker makes one county at a time, plans its scenarios one after the other, and lets it go.
func (l Load) Carry(ctx context.Context) (*Usage, error) {
	u := &Usage{Load: l}
	cpu, began := cpuTime(), time.Now()
	vacant, failed := make([]int64, l.Counties), make([]error, l.Counties)
	next := make(chan int)
	var group sync.WaitGroup
	for range min(l.Workers, l.Counties) {
		group.Go(func() {
			for i := range next {
				vacant[i], failed[i] = l.county(ctx, i)
			}
		})
	}
	for i := range l.Counties {
		next <- i
	}
	close(next)
	group.Wait()
	u.Wall, u.CPU, u.Memory = time.Since(began), cpuTime()-cpu, peakMemory()
	for i := range failed {
		if failed[i] != nil {
			return nil, failed[i]
		}
		u.Vacant += vacant[i]
	}
	return u, nil
}

func (l Load) county(ctx context.Context, i int) (vacant int64, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	county, err := synthetic.Generate(synthetic.Options{Teachers: l.Teachers, Landscape: landscapes[i%len(landscapes)], Seed: l.Seed + uint64(i)})
	if err != nil {
		return 0, err
	}
	for n := range l.Scenarios {
		task := scenario.Task{County: county, Scenario: fallingPupils(n), Limits: model.Options{}}
		r, err := task.Do(ctx)
		if err != nil {
			return 0, err
		}
		vacant += int64(r.Indicators.Vacant)
	}
	return vacant, nil
}

// Carry measures a load in a process of its own, which reads it as JSON on its input and writes its [Usage] on its output.
func (p Program) Carry(ctx context.Context, l Load) (*Usage, error) {
	input, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(ctx, p[0], p[1:]...)
	command.Stdin, command.Stdout, command.Stderr, command.WaitDelay = bytes.NewReader(input), &stdout, &stderr, killDelay
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("measuring %d counties of %d people: %w: %s", l.Counties, l.Teachers, err, firstLine(stderr.String()))
	}
	u := &Usage{}
	return u, json.Unmarshal(stdout.Bytes(), u)
}

// Calibrate measures counties of several sizes and fits the model. Each size is measured with one scenario and with more, so that the time to make a county
// and the time of a scenario come apart.
func Calibrate(ctx context.Context, carry func(context.Context, Load) (*Usage, error), sizes []int, seed uint64) (*CostModel, []Usage, error) {
	const (
		rounds = 2 // of the landscapes
		more   = 6 // scenarios of the second measurement
	)
	var all []Usage
	var n, making, planning, memory []float64
	for _, size := range sizes {
		load := Load{Work{Counties: rounds * len(landscapes), Teachers: size, Scenarios: 1, Workers: 1}, seed}
		one, err := carry(ctx, load)
		if err != nil {
			return nil, nil, err
		}
		load.Scenarios = more
		many, err := carry(ctx, load)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, *one, *many)
		plan := (many.CPU - one.CPU).Seconds() / float64((more-1)*load.Counties)
		n, planning = append(n, float64(size)), append(planning, plan)
		making = append(making, max(one.CPU.Seconds()/float64(load.Counties)-plan, 1e-6)) // below a microsecond nothing is measured
		memory = append(memory, float64(many.Memory))
	}
	m := &CostModel{}
	var err error
	if m.Make, err = FitPower(n, making); err != nil {
		return nil, all, err
	}
	if m.Plan, err = FitPower(n, planning); err != nil {
		return nil, all, err
	}
	m.Memory, err = FitLine(n, memory)
	return m, all, err
}
