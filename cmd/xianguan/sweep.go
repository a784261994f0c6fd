package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"
	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// gateError says that plans were made but some do not keep a gate.
type gateError struct{ broken []report.BrokenGate }

func (e *gateError) Error() string {
	first := e.broken[0]
	return fmt.Sprintf("%d gates are not kept, the first by scenario %q: %s, got %s", len(e.broken), first.Scenario, first.Gate, first.Got)
}

// sweepFlags are what scenarios are planned with.
type sweepFlags struct {
	out     string
	workers int
	limit   time.Duration
	gates   []string
	goals   string
	compare string
}

func newSweep() *cobra.Command {
	var flags sweepFlags
	cmd := &cobra.Command{
		Use:   "sweep COUNTY SCENARIOS --out FOLDER [--gate TEXT] [--goals NAMES]",
		Short: "Plan many scenarios side by side (情景批量测算)",
		Long: `Plans the county under every scenario of a file in YAML or JSON: policy values, subsidies, schools closed or joined, enrolment, recruits, people
who leave, each alone or in grids, and with several seeds. Each result is kept in FOLDER/results under the hash of everything it depends on, so a sweep
that was stopped, even killed, goes on where it was. FOLDER/sweep.csv and sweep.json have all of them.

A gate such as "rural_fill >= 98%", in the file or by --gate, makes the command exit with code 6 where a scenario does not keep it. Indicators:
` + strings.Join(scenario.Names(), ", ") + ".",
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error { return runSweep(cmd, args[0], args[1], &flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.out, "out", "", "folder to keep results in; made where it does not exist (default: keep nothing)")
	f.IntVar(&flags.workers, "workers", 0, "plans made at once; never changes a result (default: one for each processor)")
	f.DurationVar(&flags.limit, "time-limit", 0, "of each plan, as in 30s (default: none, which alone makes results the same on every machine)")
	f.StringArrayVar(&flags.gates, "gate", nil, `limit that every plan must keep, such as "vacant <= 20"; may repeat`)
	f.StringVar(&flags.compare, "compare", "", "name of a scenario to tell apart from the first one, person by person")
	f.StringVar(&flags.goals, "goals", "vacant,cost", "indicators of the Pareto front")
	return cmd
}

func runSweep(cmd *cobra.Command, path, scenarios string, flags *sweepFlags) error {
	file, err := os.Open(scenarios)
	if err != nil {
		return inputError{err}
	}
	set, err := scenario.ReadFile(file, scenarios)
	if err = errors.Join(err, file.Close()); err != nil {
		return inputError{err}
	}
	var gates []scenario.Gate
	for _, text := range append(set.Gates, flags.gates...) {
		gate, err := scenario.ParseGate(text)
		if err != nil {
			return inputError{err}
		}
		gates = append(gates, gate)
	}
	goals := strings.Split(flags.goals, ",")
	if _, err := scenario.Front(nil, goals); err != nil {
		return badInput("--goals: %w", err)
	}
	if flags.workers < 0 || flags.limit < 0 {
		return badInput("--workers %d, --time-limit %s: want 0 or more", flags.workers, flags.limit)
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	all, err := set.Expand()
	if err != nil {
		return inputError{err}
	}
	var tasks []scenario.Task
	for _, s := range all {
		if _, err := scenario.Apply(county, &s); err != nil { // every fault before any work
			return inputError{err}
		}
		tasks = append(tasks, scenario.Task{County: county, Scenario: s, Limits: model.Options{TimeLimit: flags.limit}})
	}
	compared := slices.IndexFunc(all, func(s scenario.Scenario) bool { return flags.compare != "" && s.Name == flags.compare })
	if flags.compare != "" && compared < 0 {
		unknown := &model.UnknownWordError{What: "scenario", Word: flags.compare, Known: lo.Map(all, func(s scenario.Scenario, _ int) string { return s.Name })}
		return badInput("--compare: %w", unknown)
	}
	sweep := &report.Sweep{County: county.ID, Goals: goals}
	local := scenario.Local{Workers: flags.workers, Progress: func(d scenario.Done) {
		if d.Kept {
			sweep.Kept++
		}
	}}
	if flags.out != "" {
		local.Folder = filepath.Join(flags.out, "results")
	}
	if sweep.Results, err = local.Run(cmd.Context(), tasks); err != nil {
		return err
	}
	if sweep.Front, err = scenario.Front(sweep.Results, goals); err != nil {
		return err
	}
	for i := range sweep.Results {
		for _, gate := range gates {
			r := &sweep.Results[i]
			if ok, got := gate.Holds(&r.Indicators); r.Refused != "" {
				sweep.Broken = append(sweep.Broken, report.BrokenGate{Scenario: r.Scenario.Name, Gate: gate.Text, Got: "no plan"})
			} else if !ok {
				sweep.Broken = append(sweep.Broken, report.BrokenGate{Scenario: r.Scenario.Name, Gate: gate.Text, Got: got})
			}
		}
	}
	if compared >= 0 {
		sweep.With = flags.compare
		if sweep.Compared, err = compareTasks(cmd.Context(), &tasks[0], &tasks[compared]); err != nil {
			return err
		}
	}
	return writeSweep(cmd, county, sweep, flags.out)
}

// compareTasks makes two plans again, of which results keep no more than the figures, and tells them apart.
func compareTasks(ctx context.Context, first, second *scenario.Task) (*scenario.Comparison, error) {
	county, plan, err := first.Plan(ctx)
	if err != nil {
		return nil, err
	}
	other, instead, err := second.Plan(ctx)
	if err != nil {
		return nil, err
	}
	return scenario.Compare(county, plan, other, instead), nil
}

// writeSweep writes the files of a sweep, each whole or not at all, and prints it.
func writeSweep(cmd *cobra.Command, county *model.County, sweep *report.Sweep, out string) error {
	if out != "" {
		var rows, text bytes.Buffer
		if err := report.WriteSweepTable(&rows, sweep); err != nil {
			return err
		}
		if err := printJSON(&text, sweep); err != nil {
			return err
		}
		for name, content := range map[string][]byte{"sweep.csv": rows.Bytes(), "sweep.json": text.Bytes()} {
			if err := renameio.WriteFile(filepath.Join(out, name), content, 0o644); err != nil {
				return err
			}
		}
	}
	err := answered(cmd, sweep, func() error { return report.WriteSweep(cmd.OutOrStdout(), county, sweep) })
	if err == nil && len(sweep.Broken) > 0 {
		err = &gateError{sweep.Broken}
	}
	return err
}

func newCompare() *cobra.Command {
	var other string
	cmd := &cobra.Command{
		Use:   "compare COUNTY PLAN PLAN [--other COUNTY]",
		Short: "Tell two plans apart, person by person (方案对比)",
		Long: `Indicators of two plans side by side, who has another post and on what ground, who gains and who loses by travel and wishes.
The second plan may be of another county, --other; ids match people.`,
		Args: arguments(cobra.ExactArgs(3)),
		RunE: func(cmd *cobra.Command, args []string) error {
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			second := county
			if other != "" {
				if second, err = readCounty(other); err != nil {
					return err
				}
			}
			var plans [2]*model.Plan
			for i, path := range args[1:] {
				if plans[i], err = table.ReadPlan(path); err != nil {
					return inputError{err}
				}
				if hash := []*model.County{county, second}[i].Hash(); plans[i].CountyHash != hash {
					return badInput("%s: %w", path, &model.FieldError{Table: "plan", Index: -1, Field: "county_hash", Value: plans[i].CountyHash, Want: hash + ", the county's; --other names that of the second plan"})
				}
			}
			x := scenario.Compare(county, plans[0], second, plans[1])
			return answered(cmd, x, func() error { return report.WriteComparison(cmd.OutOrStdout(), county, x) })
		},
	}
	cmd.Flags().StringVar(&other, "other", "", "county of the second plan (default: the same)")
	return cmd
}
