package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

func newBacktest() *cobra.Command {
	var optionsFile, backend string
	var flags model.Options
	var pins, bans []string
	cmd := &cobra.Command{
		Use:   "backtest COUNTY ASSIGNMENTS",
		Short: "Hold the plan against what was really done (回测)",
		Long: `Takes the county as it stood before, such as a year ago, and the assignments that were really made, a table as evaluate reads it, and holds
the plan against them: how far what was done is from the optimum at each level, the rules that it broke, fill, cost and
inequality side by side, and who would have had another post. Exit code 0, also where rules were broken: that is a finding.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := planOptions(cmd, optionsFile, flags, pins, bans)
			if err != nil {
				return err
			}
			chosen, err := findBackend(backend)
			if err != nil {
				return err
			}
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			done, err := readAssignments(args[1], county)
			if err != nil {
				return err
			}
			planner := allocation.Planner{Options: options, Backend: chosen}
			e, err := planner.Evaluate(cmd.Context(), county, done, true)
			if err == nil && e.Impossible != nil {
				err = e.Impossible
			}
			if err != nil {
				return errors.Join(err, explain(cmd, county, err))
			}
			x := scenario.Compare(county, e.Plan, county, e.Optimum)
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), backtestResult{e, x})
			}
			return report.WriteBacktest(cmd.OutOrStdout(), county, e, x)
		},
	}
	addPlanFlags(cmd, &optionsFile, &flags, &pins, &bans)
	addBackend(cmd, &backend)
	return cmd
}

// backtestResult is what `backtest --json` prints.
type backtestResult struct {
	Evaluation *allocation.Evaluation `json:"done"`
	Comparison *scenario.Comparison   `json:"comparison"`
}
