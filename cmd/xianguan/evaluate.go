package main

import (
	"bytes"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
)

func newEvaluate() *cobra.Command {
	var out, optionsFile, backend string
	var noOptimum bool
	var flags model.Options
	var pins, bans []string
	cmd := &cobra.Command{
		Use:   "evaluate COUNTY ASSIGNMENTS [--no-optimum] [--out FOLDER]",
		Short: "Evaluate a plan made by hand (手工方案评估)",
		Long: `Measures a plan made by hand: its cost by level and rule, where it breaks a rule, how far each
level is from the optimum, and where it breaks rules, the nearest lawful plan: the fewest
changes that mend it. ASSIGNMENTS is a CSV file with the columns
  teacher, post                     the post as SCHOOL/STAGE/SUBJECT
  teacher, school, stage, subject
or assignments.csv as plan writes it. A row without a post leaves the teacher without one;
who has no row keeps the present post, or has none. With --out the nearest lawful plan, or
the optimum where the plan is lawful, is written to the folder as plan writes it.
Exit code 0 says that every rule holds, 2 that one is broken or the input is bad.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := planOptions(cmd, optionsFile, flags, pins, bans)
			if err != nil {
				return err
			}
			if noOptimum && out != "" {
				return badInput("--out: want no --no-optimum beside it, since nothing is planned then")
			}
			return runEvaluate(cmd, args[0], args[1], out, backend, options, !noOptimum)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "folder to write the better plan to; made where it does not exist (default: only print)")
	f.BoolVar(&noOptimum, "no-optimum", false, "only check and count: no distances and no nearest lawful plan")
	addPlanFlags(cmd, &optionsFile, &flags, &pins, &bans)
	addBackend(cmd, &backend)
	return cmd
}

func runEvaluate(cmd *cobra.Command, path, list, out, backend string, options model.Options, optimum bool) error {
	chosen, err := findBackend(backend)
	if err != nil {
		return err
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	assignments, err := readAssignments(list, county)
	if err != nil {
		return err
	}
	planner := allocation.Planner{Options: options, Backend: chosen}
	e, err := planner.Evaluate(cmd.Context(), county, assignments, optimum)
	if err != nil {
		return errors.Join(err, explain(cmd, county, err))
	}
	if out != "" {
		if err := writeBetter(out, county, e); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), e)
	} else {
		err = report.WriteEvaluation(cmd.OutOrStdout(), county, e)
	}
	if err == nil && !e.Lawful {
		err = badInput("%s breaks a rule", list)
	}
	return err
}

// writeBetter writes the nearest lawful plan, or the optimum, where there is one.
func writeBetter(out string, c *model.County, e *allocation.Evaluation) error {
	plan := e.NearestPlan
	if plan == nil {
		plan = e.Optimum
	}
	if plan == nil {
		return nil
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var summary bytes.Buffer
	if err := report.WriteSummary(&summary, c, plan, check.Plan(c, plan)); err != nil {
		return err
	}
	return writePlan(out, c, plan, summary.Bytes())
}
