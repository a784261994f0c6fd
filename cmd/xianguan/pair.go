package main

import (
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/pairing"
	"github.com/xianguan/xianguan/allocation/report"
)

func newPair() *cobra.Command {
	var o pairing.Options
	var out string
	cmd := &cobra.Command{
		Use:   "pair COUNTY [PLAN] [--most N] [--keep] [--years N] [--out COUNTY]",
		Short: "Choose which strong school supports which rural one (对口帮扶)",
		Long: `Gives every rural or weak school a strong school that supports it: all covered where that can be, few changes with --keep, vacancies in subjects that the
partner teaches, an even load, short roads, in this order and proven. Schools outside the county (托管) take part where the table outside lists them. The
pairs come about over the years, the hardest places first. Without PLAN the county is planned first. With --out the county is
written with its partners, as convert writes one.`,
		Args: arguments(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			county, plan, err := sharingInput(cmd, args)
			if err != nil {
				return err
			}
			result, err := pairing.Choose(cmd.Context(), county, plan, &o)
			if err != nil {
				return err
			}
			if out != "" {
				if err := writeCountyAs(out, pairing.Apply(county, result), false); err != nil {
					return err
				}
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), result)
			}
			return report.WritePairing(cmd.OutOrStdout(), county, result)
		},
	}
	cmd.Flags().IntVar(&o.Most, "most", 0, "schools that one school supports; 0: the least number that covers all it can")
	cmd.Flags().IntVar(&o.Years, "years", pairing.DefaultYears, "years over which the pairs come about, all by the last")
	cmd.Flags().BoolVar(&o.Keep, "keep", false, "change partners only where coverage asks for it")
	cmd.Flags().StringVar(&out, "out", "", "county to write: a folder, or a file that ends in .xlsx or .json")
	return cmd
}
