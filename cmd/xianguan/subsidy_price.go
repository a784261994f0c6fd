package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/subsidy"
)

func newSubsidyPrice() *cobra.Command {
	flags := designFlags{weights: "even"}
	var worth string
	cmd := &cobra.Command{
		Use:   "price COUNTY [--worth YUAN]",
		Short: "Amounts by post that clear the market, and the schedule by tier beside them (市场出清价格)",
		Long: `Finds for each post of the county in COUNTY, a folder of CSV files, a workbook or one JSON file, the lowest and the
highest monthly amount at which everybody has what they like best and no place stays empty that the
county would pay for: an equilibrium, exact, under coefficients of how teachers weigh posts. Beside it
stands the least-cost schedule that is tied to hardship tiers and fills as many places, with the envy
that it leaves; it is not an equilibrium.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return runSubsidyPrice(cmd, args[0], &flags, worth) },
	}
	flags.addGrid(cmd)
	cmd.Flags().StringVar(&worth, "worth", "", "yuan a month, the most that the county would pay for a filled place (default: what its tier has now and 1,000)")
	return cmd
}

func runSubsidyPrice(cmd *cobra.Command, path string, flags *designFlags, worth string) error {
	var options subsidy.PriceOptions
	most, err := amount("subsidy price", "worth", worth)
	if err != nil {
		return err
	}
	for k := range options.Worth {
		options.Worth[k] = most
	}
	d, plausible, _, err := flags.designer("subsidy price", path)
	if err != nil {
		return err
	}
	out := &report.SubsidyPrice{County: d.County.ID, Model: report.NewAcceptance(d.Model, plausible)}
	if out.Prices, err = d.Prices(cmd.Context(), options); err != nil {
		return refused(err)
	}
	if out.Range, err = d.PriceRange(cmd.Context(), out.Prices.Options, plausible); err != nil {
		return err
	}
	return printed(cmd, flags.out, out, func(w io.Writer) error { return report.WriteSubsidyPrice(w, d.County, out) })
}
