package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// runFlags say how the tasks of many counties are carried out.
type runFlags struct {
	out     string
	workers int
	limit   time.Duration
	plans   bool
	shard   string
	shards  int
}

func (flags *runFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&flags.out, "out", "", "folder to keep results in; made where it does not exist (default: keep nothing)")
	f.IntVar(&flags.workers, "workers", 0, "plans made at once; never changes a result (default: one for each processor)")
	f.DurationVar(&flags.limit, "time-limit", 0, "of each plan, as in 30s (default: none, which alone makes results the same on every machine)")
	f.BoolVar(&flags.plans, "plans", false, "keep each plan as well, as results/HASH.plan.json")
	f.StringVar(&flags.shard, "shard", "", "carry out one part of the tasks: 3/10 is the fourth of ten; merge joins them")
	f.IntVar(&flags.shards, "shards", 0, "how many parts there are; which one this is stands in "+indexVariable)
}

// indexVariable is where an indexed job of Kubernetes says which of its parts a process is.
const indexVariable = "JOB_COMPLETION_INDEX"

// part says which part of the tasks is asked for.
func (flags *runFlags) part() (scenario.Shard, error) {
	text := flags.shard
	switch {
	case flags.shard != "" && flags.shards != 0:
		return scenario.Shard{}, badInput("want --shard or --shards, not both")
	case flags.shards != 0:
		index, set := os.LookupEnv(indexVariable)
		if !set {
			return scenario.Shard{}, badInput("--shards %d: want the number of this part in %s, or --shard", flags.shards, indexVariable)
		}
		text = index + "/" + strconv.Itoa(flags.shards)
	case flags.shard == "":
		return scenario.Shard{}, nil
	}
	shard, err := scenario.ParseShard(text)
	if err == nil {
		err = shard.Validate()
	}
	if err == nil && flags.out == "" {
		err = fmt.Errorf("shard %s: want --out, or its results are lost", shard)
	}
	if err != nil {
		return scenario.Shard{}, inputError{err}
	}
	return shard, nil
}

// work is the tasks of a sweep and how they are carried out.
type work struct {
	*runFlags
	name  string // of the sweep, the same for all its shards
	tasks []scenario.Task
	shard scenario.Shard
}

// work makes the tasks of every county under every scenario, those of a county together.
func (flags *runFlags) work(sources []scenario.Source, scenarios []scenario.Scenario) (*work, error) {
	if flags.workers < 0 || flags.limit < 0 {
		return nil, badInput("--workers %d, --time-limit %s: want 0 or more", flags.workers, flags.limit)
	}
	shard, err := flags.part()
	if err != nil {
		return nil, err
	}
	limits := model.Options{TimeLimit: flags.limit}
	names := lo.Map(sources, func(s scenario.Source, _ int) string { return s.String() })
	w := &work{runFlags: flags, shard: shard, name: scenario.SweepHash(names, scenarios, limits)}
	for _, source := range sources {
		for _, s := range scenarios {
			w.tasks = append(w.tasks, scenario.Task{Source: source, Scenario: s, Limits: limits})
		}
	}
	return w, nil
}

// checkOnly reads the only county of a sweep and applies every scenario to it, so that every fault is named before any work.
func (w *work) checkOnly() error {
	county, err := w.tasks[0].Source.County()
	if err != nil {
		return err
	}
	for i := range w.tasks {
		if _, err := scenario.Apply(county, &w.tasks[i].Scenario); err != nil {
			return inputError{err}
		}
		w.tasks[i].County = county
	}
	return nil
}

// run carries out the tasks, or those of the shard, and leaves behind what a shard must. It tells how many results were there already.
func (w *work) run(ctx context.Context, gates []string) (results []scenario.Result, kept int, err error) {
	local := scenario.Local{Workers: w.workers, Plans: w.plans, Progress: func(d scenario.Done) {
		if d.Kept {
			kept++
		}
	}}
	if w.out != "" {
		local.Folder = filepath.Join(w.out, scenario.ResultsFolder)
	}
	first, end := w.shard.Of(len(w.tasks))
	results, err = local.Run(ctx, w.tasks[first:end])
	sorted := runError(err)
	if done := err == nil || is[inputError](sorted); !done || w.shard.Count == 0 { // what may go well the next time is not done
		return results, kept, sorted
	}
	part := scenario.NewPart(w.name, w.shard, len(w.tasks), results, err)
	part.Gates = gates
	if err := part.Write(filepath.Join(w.out, scenario.PartsFolder)); err != nil {
		return results, kept, retryError{err}
	}
	return results, kept, sorted
}

// shardResult is what a shard prints.
type shardResult struct {
	Shard string `json:"shard"`
	Tasks int    `json:"tasks"`
	Kept  int    `json:"kept"` // were there already
	Out   string `json:"out"`
}

func (w *work) printShard(cmd *cobra.Command, tasks, kept int) error {
	done := shardResult{w.shard.String(), tasks, kept, w.out}
	return answered(cmd, done, func() error {
		_, err := fmt.Fprintf(cmd.OutOrStdout(), "shard %s (分片): %d of %d tasks done, %d of them were there already; join the shards with: xianguan merge %s\n",
			done.Shard, tasks, len(w.tasks), kept, w.out)
		return err
	})
}
