package main

import (
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
)

func newCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check COUNTY",
		Short: "Check the data of a county and describe it (检查数据)",
		Long: `Reads a county and reports every fault at once, each with file, row, column, value
and what would be right. A county without faults is described: schools, people, need.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			facts := report.Describe(county, allocation.Demand(county))
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), facts)
			}
			return report.WriteFacts(cmd.OutOrStdout(), county, facts)
		},
	}
}
