package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/subsidy"
)

func newSubsidyFrontier() *cobra.Command {
	var flags designFlags
	var points int
	cmd := &cobra.Command{
		Use:   "frontier COUNTY [--points N] [--budget YUAN] [--chance N]",
		Short: "Trace what each further filled post costs, from last year's amounts to the most (补贴前沿)",
		Long: `Traces the Pareto front of monthly cost and filled posts of the county in COUNTY, a folder of CSV files
or one JSON file: schedules of amounts such that none fills as many for less. Each point says what one more filled
post costs, whether it is proven or how far from its bound, and the range over what is not known
of how teachers answer. With --chance the points are evaluated by the logit model, with 95% intervals.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return runSubsidyFrontier(cmd, args[0], &flags, points) },
	}
	flags.add(cmd)
	cmd.Flags().IntVar(&points, "points", subsidy.DefaultPoints, "points, at most")
	return cmd
}

func runSubsidyFrontier(cmd *cobra.Command, path string, flags *designFlags, points int) error {
	if points < 1 {
		return badInput("subsidy frontier: --points %d: want 1 or more", points)
	}
	d, plausible, budget, err := flags.designer("subsidy frontier", path)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	front, err := d.Frontier(ctx, subsidy.FrontierOptions{Points: points, Budget: budget})
	if err != nil {
		return refused(err)
	}
	out := &report.SubsidyFrontier{County: d.County.ID, Model: report.NewAcceptance(d.Model, plausible), Frontier: front}
	all := []subsidy.Amounts{d.Grid.Last}
	for i := range front.Points {
		all = append(all, front.Points[i].Amounts)
	}
	ranges, err := d.Ranges(ctx, all, plausible)
	if err != nil {
		return err
	}
	out.LastRange, out.Ranges = ranges[0], ranges[1:]
	if flags.chance > 0 {
		out.Seed = flags.seed
		if out.Chance, err = d.ByChance(ctx, all[1:], subsidy.ChanceOptions{Evaluate: flags.chance, Seed: flags.seed}); err != nil {
			return err
		}
	}
	return printed(cmd, flags.out, out, func(w io.Writer) error { return report.WriteSubsidyFrontier(w, d.County, out) })
}
