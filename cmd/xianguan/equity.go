package main

import (
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func newEquity() *cobra.Command {
	return &cobra.Command{
		Use:   "equity COUNTY PLAN",
		Short: "How evenly a plan serves schools (校际均衡)",
		Long: `Measures how unequal the filled share and the staff are between schools, before the plan and after it: coefficient of variation, Gini,
Theil, least and greatest, by tier and subject; teachers for each 100 pupils by stage, with the caps and figures of balanced
quality (优质均衡), and each school that misses one, by how much.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			county, plan, err := readCountyAndPlan(args[0], args[1])
			if err != nil {
				return err
			}
			balance := scenario.MeasureBalance(county, plan)
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), equityResult{plan.County, plan.Origin, balance})
			}
			return report.WriteBalance(cmd.OutOrStdout(), county, balance)
		},
	}
}

// equityResult is what `equity --json` prints.
type equityResult struct {
	County model.CountyID `json:"county"`
	Origin model.Origin   `json:"origin"`
	*scenario.Balance
}

// readCountyAndPlan reads a county and a plan of it.
func readCountyAndPlan(countyPath, planPath string) (*model.County, *model.Plan, error) {
	county, err := readCounty(countyPath)
	if err != nil {
		return nil, nil, err
	}
	plan, err := table.ReadPlan(planPath)
	if err != nil {
		return nil, nil, inputError{err}
	}
	if hash := county.Hash(); plan.CountyHash != hash {
		return nil, nil, badInput("%s: %w", planPath, &model.FieldError{Table: "plan", Index: -1, Field: "county_hash", Value: plan.CountyHash, Want: hash + ", the county's: a plan of these data"})
	}
	return county, plan, nil
}
