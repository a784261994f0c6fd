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
	runFlags
	gates   []string
	goals   string
	compare string
	mapping string
	seed    uint64
}

func newSweep() *cobra.Command {
	var flags sweepFlags
	cmd := &cobra.Command{
		Use:   "sweep COUNTY... SCENARIOS --out FOLDER [--gate TEXT] [--goals NAMES] [--shard I/N]",
		Short: "Plan many scenarios of one county or of many, side by side (情景批量测算)",
		Long: `Plans each county under every scenario of a file in YAML or JSON: policy values, subsidies, schools closed or joined, enrolment, recruits, people
who leave, each alone or in grids, and with several seeds. Each result is kept in FOLDER/results under the hash of everything it depends on, so a sweep
that was stopped, even killed, goes on where it was. FOLDER/sweep.csv and sweep.json have all of them.

COUNTY is a county, a folder of counties or a pattern such as "counties/*.json"; with --mapping it is a census, each district of which is a county. Of many counties
the sums are shown; sweep.csv has a row for each county and scenario. A county that can't be read does not stop the others.

With --shard 3/10 this is the fourth of ten machines: it plans its part of the tasks and leaves the rest to the others; "merge" joins the parts. With
--shards 10 the number comes from JOB_COMPLETION_INDEX, as in an indexed job of Kubernetes.

A gate such as "rural_fill >= 98%", in the file or by --gate, makes the command exit with code 6 where a scenario does not keep it. Indicators:
` + strings.Join(scenario.Names(), ", ") + ".",
		Args: arguments(cobra.MinimumNArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSweep(cmd, args[:len(args)-1], args[len(args)-1], &flags)
		},
	}
	flags.add(cmd)
	f := cmd.Flags()
	f.StringArrayVar(&flags.gates, "gate", nil, `limit that every plan must keep, such as "vacant <= 20"; may repeat`)
	f.StringVar(&flags.compare, "compare", "", "name of a scenario to tell apart from the first one, person by person")
	f.StringVar(&flags.goals, "goals", "vacant,cost", "indicators of the Pareto front")
	f.StringVar(&flags.mapping, "mapping", "", "mapping file, JSON: COUNTY is a census")
	f.Uint64Var(&flags.seed, "seed", 1, "of the people that are drawn, with --mapping")
	return cmd
}

// sources finds the counties of a sweep.
func (flags *sweepFlags) sources(args []string) ([]scenario.Source, error) {
	if flags.mapping == "" {
		return countySources(args)
	}
	var all []scenario.Source
	for _, path := range args {
		read, err := readCensus(path, flags.mapping)
		if err != nil {
			return nil, inputError{err}
		}
		all = append(all, districtsOf(read, flags.seed)...)
	}
	return all, nil
}

func readScenarios(path string) (*scenario.File, []scenario.Scenario, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, inputError{err}
	}
	set, err := scenario.ReadFile(file, path)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, nil, inputError{err}
	}
	all, err := set.Expand()
	if err != nil {
		return nil, nil, inputError{err}
	}
	return set, all, nil
}

// parseGates reads gates; none of them may be wrong.
func parseGates(texts []string) ([]scenario.Gate, error) {
	var gates []scenario.Gate
	for _, text := range texts {
		gate, err := scenario.ParseGate(text)
		if err != nil {
			return nil, inputError{err}
		}
		gates = append(gates, gate)
	}
	return gates, nil
}

func runSweep(cmd *cobra.Command, counties []string, scenarios string, flags *sweepFlags) error {
	set, all, err := readScenarios(scenarios)
	if err != nil {
		return err
	}
	texts := append(set.Gates, flags.gates...)
	if _, err := parseGates(texts); err != nil {
		return err
	}
	goals := strings.Split(flags.goals, ",")
	if _, err := scenario.Front(nil, goals); err != nil {
		return badInput("--goals: %w", err)
	}
	sources, err := flags.sources(counties)
	if err != nil {
		return err
	}
	work, err := flags.work(sources, all)
	if err != nil {
		return err
	}
	compared, err := flags.comparedWith(sources, all)
	if err != nil {
		return err
	}
	if len(sources) == 1 { // every fault before any work
		if err := work.checkOnly(); err != nil {
			return err
		}
	}
	results, kept, err := work.run(cmd.Context(), texts)
	if err != nil {
		return err
	}
	if work.shard.Count > 0 {
		return work.printShard(cmd, len(results), kept)
	}
	sweep, err := judgeSweep(results, goals, texts)
	if err != nil {
		return err
	}
	sweep.Kept = kept
	if compared > 0 {
		sweep.With = flags.compare
		if sweep.Compared, err = compareTasks(cmd.Context(), &work.tasks[0], &work.tasks[compared]); err != nil {
			return err
		}
	}
	return writeSweep(cmd, sweep, results, flags.out)
}

// comparedWith gives the place of the scenario to tell apart from the first one; 0 where none was asked for.
func (flags *sweepFlags) comparedWith(sources []scenario.Source, all []scenario.Scenario) (int, error) {
	if flags.compare == "" {
		return 0, nil
	}
	if len(sources) != 1 || flags.shard != "" || flags.shards > 0 {
		return 0, badInput("--compare %q: want one county and no shards", flags.compare)
	}
	at := slices.IndexFunc(all, func(s scenario.Scenario) bool { return s.Name == flags.compare })
	if at < 0 {
		unknown := &model.UnknownWordError{What: "scenario", Word: flags.compare, Known: lo.Map(all, func(s scenario.Scenario, _ int) string { return s.Name })}
		return 0, badInput("--compare: %w", unknown)
	}
	return at, nil
}

// compareTasks makes two plans again, of which results keep no more than the figures, and tells them apart.
func compareTasks(ctx context.Context, tasks ...*scenario.Task) (*scenario.Comparison, error) {
	var counties [2]*model.County
	var plans [2]*model.Plan
	for i, task := range tasks {
		result, plan, err := task.Plan(ctx)
		if err != nil {
			return nil, err
		}
		if plan == nil {
			return nil, badInput("--compare: %s has no plan: %s", task.Scenario.Name, result.Refused)
		}
		if counties[i], err = scenario.Apply(task.County, &task.Scenario); err != nil {
			return nil, err
		}
		plans[i] = plan
	}
	return scenario.Compare(counties[0], plans[0], counties[1], plans[1]), nil
}

// judgeSweep holds results against gates and goals.
func judgeSweep(results []scenario.Result, goals, gateTexts []string) (*report.Sweep, error) {
	gates, err := parseGates(gateTexts)
	if err != nil {
		return nil, err
	}
	sweep, err := report.NewSweep(results, goals, gates)
	if err != nil {
		return nil, badInput("--goals: %w", err)
	}
	return sweep, nil
}

// writeSweep writes the files of a sweep, each whole or not at all, and prints it.
func writeSweep(cmd *cobra.Command, sweep *report.Sweep, results []scenario.Result, out string) error {
	if out != "" {
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
		var rows, text bytes.Buffer
		if err := report.WriteSweepTable(&rows, results); err != nil {
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
	err := answered(cmd, sweep, func() error { return report.WriteSweep(cmd.OutOrStdout(), sweep) })
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
