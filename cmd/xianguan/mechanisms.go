package main

import (
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
)

func newMechanisms() *cobra.Command {
	var options allocation.MechanismsOptions
	cmd := &cobra.Command{
		Use:   "mechanisms COUNTY [--seed N]",
		Short: "Compare all matching mechanisms, the rounds and the plan (机制比较)",
		Long: `Runs every matching mechanism on the county in COUNTY, a folder of CSV files, a workbook or one JSON file,
and beside them the three hiring rounds and the optimizer. Those take part in the mechanisms who
have no post or asked to move; posts rank them by points (积分), and lists follow their
preferences, or without any the distance. It prints posts filled, mean rank, blocking pairs,
envy, moves, rural posts filled and cost of each side by side.

With --lottery-per-post every post draws its own lots among equal points; without, all posts rank
alike, and da, da-school, ttc and serial agree.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			result, err := allocation.Mechanisms(cmd.Context(), county, options)
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), result)
			}
			return report.WriteMechanisms(cmd.OutOrStdout(), county, result)
		},
	}
	f := cmd.Flags()
	f.Uint64Var(&options.Seed, "seed", 0, "published seed: draws lots among equal points, and unless 0 among equal plans")
	f.BoolVar(&options.PerPost, "lottery-per-post", false, "draw a lot at each post instead of one for all")
	f.DurationVar(&options.TimeLimit, "time-limit", 0, "stop each search for a plan after this time, as in 30s (default: none)")
	return cmd
}
