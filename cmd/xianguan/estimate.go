package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"

	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/cmd/xianguan/internal/bench"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// sizingFlags are the flags of estimate as they are given.
type sizingFlags struct {
	sizes, counties            []int
	teachers, workers, planned int
	seed                       uint64
	price                      string
	province, nation, what     int
}

func newCostEstimate() *cobra.Command {
	flags := sizingFlags{}
	cmd := &cobra.Command{
		Use:   "estimate [--price YUAN]",
		Short: "What a province or the nation costs on this machine (成本测算)",
		Long: `Measures synthetic counties of a few sizes, each in a process of its own, fits processor time and memory to them, then plans 1, 10 and 100
counties and prints what was predicted beside what was measured, and what a province and the nation would take: core-hours, time, memory, and
money at the price of a core-hour that --price gives. No price is built in.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return runCostEstimate(cmd, &flags) },
	}
	f := cmd.Flags()
	f.IntSliceVar(&flags.sizes, "sizes", []int{500, 1000, 2000, 4000}, "people of the counties that are measured first")
	f.IntSliceVar(&flags.counties, "counties", []int{1, 10, 100}, "numbers of counties to predict and then to plan")
	f.IntVar(&flags.teachers, "teachers", 3000, "people of each of these counties")
	f.IntVar(&flags.planned, "scenarios", 1, "scenarios of each of these counties")
	f.IntVar(&flags.workers, "workers", runtime.NumCPU(), "counties planned at once, here and in the estimates")
	f.Uint64Var(&flags.seed, "seed", 1, "of the first county")
	f.StringVar(&flags.price, "price", "", "yuan for a core-hour, as in 0.30 (default: no money)")
	f.IntVar(&flags.province, "province", 100, "counties of a province")
	f.IntVar(&flags.nation, "nation", 2800, "counties of the nation")
	f.IntVar(&flags.what, "what-ifs", 50, "scenarios of each county of a province and of the nation")
	cmd.AddCommand(newCostLoad())
	return cmd
}

// newCostLoad carries one load; estimate starts it.
func newCostLoad() *cobra.Command {
	return &cobra.Command{
		Use:    "load",
		Short:  "Carry one load, from JSON on the input to JSON on the output",
		Hidden: true,
		Args:   arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var load bench.Load
			if err := json.NewDecoder(cmd.InOrStdin()).Decode(&load); err != nil {
				return badInput("want a load in JSON: %w", err)
			}
			usage, err := load.Carry(cmd.Context())
			if err != nil {
				return err
			}
			return printJSON(cmd.OutOrStdout(), usage)
		},
	}
}

// validate reports the first flag that is wrong.
func (f *sizingFlags) validate() (price model.Fen, err error) {
	for _, size := range append([]int{f.teachers}, f.sizes...) {
		if size < synthetic.LeastTeachers || size > synthetic.MostTeachers {
			return 0, badInput("--teachers and --sizes: %d: want people from %d to %d", size, synthetic.LeastTeachers, synthetic.MostTeachers)
		}
	}
	if len(lo.Uniq(f.sizes)) < 2 {
		return 0, badInput("--sizes %v: want two sizes or more to fit", f.sizes)
	}
	for _, n := range append([]int{f.planned, f.workers, f.province, f.nation, f.what}, f.counties...) {
		if n < 1 || n > 1_000_000 {
			return 0, badInput("--counties, --scenarios, --workers, --province, --nation, --what-ifs: %d: want 1 to 1000000", n)
		}
	}
	if f.price == "" {
		return 0, nil
	}
	if price, err = model.ParseYuan(f.price); err != nil || price > 1_000_000_00 {
		return 0, badInput("--price %q: want yuan for a core-hour, as in 0.30", f.price)
	}
	return price, nil
}

func runCostEstimate(cmd *cobra.Command, flags *sizingFlags) error {
	price, err := flags.validate()
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	loads := bench.Program{program, "estimate", "load"}
	carry := func(ctx context.Context, l bench.Load) (*bench.Usage, error) {
		u, err := loads.Carry(ctx, l)
		if err == nil {
			fmt.Fprintf(cmd.ErrOrStderr(), "%d counties of %d people, %d scenarios: %.2f s of processor time\n", l.Counties, l.Teachers, l.Scenarios, u.CPU.Seconds())
		}
		return u, err
	}
	cost := bench.NewCost(int64(price))
	if cost.Model, cost.Calibration, err = bench.Calibrate(cmd.Context(), carry, flags.sizes, flags.seed); err != nil {
		return err
	}
	for _, n := range flags.counties {
		work := bench.Work{Counties: n, Teachers: flags.teachers, Scenarios: flags.planned, Workers: flags.workers}
		predicted := cost.Model.Estimate(work, cost.Price) // before it is measured
		measured, err := carry(cmd.Context(), bench.Load{Work: work, Seed: flags.seed})
		if err != nil {
			return err
		}
		cost.Compared = append(cost.Compared, bench.Compared{Predicted: predicted, Measured: *measured})
	}
	for _, counties := range []int{flags.province, flags.nation} {
		for _, scenarios := range []int{1, flags.what} {
			work := bench.Work{Counties: counties, Teachers: flags.teachers, Scenarios: scenarios, Workers: flags.workers}
			cost.Estimates = append(cost.Estimates, cost.Model.Estimate(work, cost.Price))
		}
	}
	return answered(cmd, cost, func() error { return bench.WriteCost(cmd.OutOrStdout(), cost) })
}
