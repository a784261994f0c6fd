package main

import (
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model/table"
)

func newVerify() *cobra.Command {
	return &cobra.Command{
		Use:   "verify COUNTY PLAN",
		Short: "Check a plan independently of who made it (独立复核)",
		Long: `Works out every rule and the objective again from the county and the plan alone, by
code that shares nothing with any solver. Exit code 0 says that every rule holds.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			plan, err := table.ReadPlan(args[1])
			if err != nil {
				return inputError{err}
			}
			verdict := check.Plan(county, plan)
			if asJSON(cmd) {
				err = printJSON(cmd.OutOrStdout(), verdict)
			} else {
				err = report.WriteVerdict(cmd.OutOrStdout(), plan, verdict)
			}
			if err == nil && !verdict.OK() {
				err = badInput("%s breaks a rule", args[1])
			}
			return err
		},
	}
}
