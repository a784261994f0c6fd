package main

import (
	"bytes"
	"fmt"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/subsidy"
)

func newSubsidySimulate() *cobra.Command {
	var out string
	var options subsidy.SimulateOptions
	cmd := &cobra.Command{
		Use:   "simulate COUNTY --out FILE [--seed N]",
		Short: "Make up a history of teachers' choices (合成选择数据)",
		Long: `Makes up what the teachers of the county in COUNTY, a folder of CSV files, a workbook or one JSON file, would
have chosen among their present post, the vacant posts they qualify for and none, if they weighed posts by
known, made-up coefficients. Each year pays another multiple of the county's subsidies. It writes
one row for each alternative, for
  xianguan subsidy estimate COUNTY --choices FILE
and every row says that it is synthetic.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSubsidySimulate(cmd, args[0], out, options)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "CSV file to write, whole or not at all")
	f.Uint64Var(&options.Seed, "seed", 0, "draws the choices; the same seed gives the same file")
	f.IntVar(&options.Years, "years", 3, "choices of each teacher, 1 to 20")
	f.IntVar(&options.People, "people", 0, "teachers who choose, drawn from all (0: all)")
	return cmd
}

// simulated is what `subsidy simulate --json` prints.
type simulated struct {
	Synthetic bool           `json:"synthetic_choices"`
	Out       string         `json:"out"`
	Seed      uint64         `json:"seed"`
	Choices   int            `json:"choices"`
	Rows      int            `json:"rows"`
	Model     *subsidy.Model `json:"model"`
}

func runSubsidySimulate(cmd *cobra.Command, path, out string, options subsidy.SimulateOptions) error {
	switch {
	case out == "":
		return badInput("subsidy simulate: want --out FILE")
	case options.Years < 1 || options.Years > 20:
		return badInput("subsidy simulate: --years %d: want 1 to 20", options.Years)
	case options.People < 0:
		return badInput("subsidy simulate: --people %d: want 0 or more", options.People)
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	made := subsidy.SyntheticModel()
	history := subsidy.Simulate(made, subsidy.NewSupply(county, subsidy.OfferedVacant), options)
	var text bytes.Buffer
	if err := history.Write(&text); err != nil {
		return err
	}
	if err := renameio.WriteFile(out, text.Bytes(), 0o644); err != nil {
		return err
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), simulated{true, out, options.Seed, history.Data.Choices(), history.Data.Rows(), made})
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n%d choices among %d alternatives, seed %d, written to %s\n",
		report.SyntheticChoices, history.Data.Choices(), history.Data.Rows(), options.Seed, out)
	return err
}
