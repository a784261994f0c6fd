package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// estimateFlags are what an estimate is asked for with.
type estimateFlags struct {
	choices                         string
	assignments, cutOffs, schedules string
	random, without                 []string
	sample                          int
	elasticity                      string
	options                         subsidy.Options
}

func newSubsidyEstimate() *cobra.Command {
	var flags estimateFlags
	cmd := &cobra.Command{
		Use:   "estimate COUNTY (--choices FILE | --assignments FILE) [--random NAMES] [--without NAMES]",
		Short: "Estimate how teachers weigh money against posts (支付意愿估计)",
		Long: `Fits a conditional logit to the choices in FILE, a CSV file with one row for each alternative, or a
mixed logit where --random names attributes that people differ in. It prints the coefficients with classical
and robust errors, what each attribute is worth in yuan a month, and how well the model fits.

Past assignments (--assignments, columns year, teacher, post, points) are not choices: who is placed may have liked a post better
that was full. So each choice set is rebuilt from the cut-offs (入围分数线), worked out or given by --cut-offs.

Where a tier pays the same in every choice, money cannot be told from remoteness; --elasticity LOW:HIGH then declares by how much a
hundred yuan raises the logarithm of the odds, and everything else is given as a range.

Columns of choices: choice, teacher, alternative, chosen (yes or no), subsidy (100 yuan a month), and any of`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSubsidyEstimate(cmd, args[0], flags)
		},
	}
	for _, a := range subsidy.Attributes()[1:] {
		cmd.Long += fmt.Sprintf("\n  %-13s %s (%s), %s", a, a.English(), a.Chinese(), a.Unit())
	}
	f := cmd.Flags()
	f.StringVar(&flags.choices, "choices", "", "CSV file of choices, as subsidy simulate writes it")
	f.StringVar(&flags.assignments, "assignments", "", "CSV file of past assignments by points, in place of choices")
	f.StringVar(&flags.cutOffs, "cut-offs", "", "CSV file of the cut-offs of past assignments: year, post, points (default: worked out)")
	f.StringVar(&flags.schedules, "schedules", "", "CSV file of past subsidies: year, tier, from_years, yuan_per_month (default: the county's)")
	f.StringSliceVar(&flags.random, "random", nil, "attributes whose weight differs between people, with commas between")
	f.StringSliceVar(&flags.without, "without", nil, "attributes to leave out, with commas between")
	f.IntVar(&flags.sample, "sample", 0, "alternatives of each choice to keep, drawn and corrected for, near ones more often (0: all)")
	f.StringVar(&flags.elasticity, "elasticity", "", "LOW:HIGH, as in 0.05:0.15: declares the effect of a hundred yuan")
	f.IntVar(&flags.options.Draws, "draws", 0, "draws of each person's taste with --random (default: 200)")
	f.Uint64Var(&flags.options.Seed, "seed", 0, "scrambles the draws")
	return cmd
}

func runSubsidyEstimate(cmd *cobra.Command, path string, f estimateFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	history, err := f.history(subsidy.NewSupply(county, subsidy.OfferedAll))
	if err != nil {
		return inputError{err}
	}
	data, err := f.data(history)
	if err != nil {
		return err
	}
	e := &report.Estimate{County: county.ID, Synthetic: history.Synthetic}
	source := fmt.Sprintf("%d choices in %s", history.Data.Choices(), filepath.Base(f.file()))
	if f.elasticity != "" {
		err = e.Declare(cmd.Context(), data, f.options, f.elasticity, subsidy.Observe(history.Data), source)
	} else {
		err = e.Fill(cmd.Context(), data, f.options, subsidy.Observe(history.Data), source)
	}
	switch {
	case cmd.Context().Err() != nil:
		return err
	case errors.Is(err, subsidy.ErrNotIdentified):
		return inputError{fmt.Errorf("%s: %w (--elasticity LOW:HIGH declares one)", f.file(), err)}
	case err != nil: // what is wrong lies in the choices
		return inputError{fmt.Errorf("%s: %w", f.file(), err)}
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), e)
	}
	return report.WriteEstimate(cmd.OutOrStdout(), county, e)
}

func (f *estimateFlags) check() error {
	switch {
	case f.choices == "" && f.assignments == "":
		return badInput("subsidy estimate: want --choices FILE, or --assignments FILE")
	case f.choices != "" && f.assignments != "":
		return badInput("subsidy estimate: want --choices or --assignments, not both")
	case f.assignments == "" && (f.cutOffs != "" || f.schedules != ""):
		return badInput("subsidy estimate: --cut-offs and --schedules go with --assignments")
	case f.options.Draws < 0:
		return badInput("subsidy estimate: --draws %d: want 1 or more", f.options.Draws)
	case f.sample < 0 || f.sample == 1:
		return badInput("subsidy estimate: --sample %d: want 2 or more, or 0 for all", f.sample)
	}
	return nil
}

// file is the one that the choices come from.
func (f *estimateFlags) file() string {
	if f.assignments != "" {
		return f.assignments
	}
	return f.choices
}

// history reads choices, or rebuilds them from assignments.
func (f *estimateFlags) history(supply *subsidy.Supply) (*subsidy.History, error) {
	if f.assignments == "" {
		history, err := readHistory(f.choices)
		if err != nil {
			return nil, err
		}
		return history, history.Check(supply, f.choices)
	}
	past, err := readFile(f.assignments, func(r io.Reader) ([]subsidy.Assignment, error) {
		return subsidy.ReadAssignments(r, f.assignments, supply)
	})
	if err != nil {
		return nil, err
	}
	cutOffs := subsidy.NewCutOffs(supply, past)
	if f.cutOffs != "" {
		if cutOffs, err = readFile(f.cutOffs, func(r io.Reader) (subsidy.CutOffs, error) {
			return subsidy.ReadCutOffs(r, f.cutOffs, supply)
		}); err != nil {
			return nil, err
		}
	}
	var schedules map[int]model.SubsidySchedule
	if f.schedules != "" {
		if schedules, err = readFile(f.schedules, func(r io.Reader) (map[int]model.SubsidySchedule, error) {
			return subsidy.ReadSchedules(r, f.schedules)
		}); err != nil {
			return nil, err
		}
	}
	history, err := supply.Feasible(past, cutOffs, schedules)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.assignments, err)
	}
	return history, nil
}

// data leaves out what is not asked for, and draws a sample of the alternatives.
func (f *estimateFlags) data(history *subsidy.History) (*subsidy.Data, error) {
	data := history.Data
	if f.sample > 0 {
		data = data.Sample(f.sample, subsidy.Nearness(data), f.options.Seed)
	}
	left, err := columns(data, f.without)
	if err != nil {
		return nil, inputError{fmt.Errorf("--without: %w", err)}
	}
	var kept []int
	for c := range data.Columns {
		if !slices.Contains(left, c) {
			kept = append(kept, c)
		}
	}
	data = data.Select(kept)
	if f.options.Random, err = columns(data, f.random); err != nil {
		return nil, inputError{fmt.Errorf("--random: %w", err)}
	}
	return data, nil
}

// readFile opens a file for a reader.
func readFile[T any](path string, read func(io.Reader) (T, error)) (all T, err error) {
	file, err := os.Open(path)
	if err != nil {
		return all, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return read(file)
}

func readHistory(path string) (*subsidy.History, error) {
	return readFile(path, func(r io.Reader) (*subsidy.History, error) { return subsidy.ReadHistory(r, path) })
}

// columns finds attributes among the columns of data, each once.
func columns(d *subsidy.Data, names []string) ([]int, error) {
	var found []int
	for _, name := range names {
		c := slices.Index(d.Columns, name)
		if c < 0 {
			return nil, &model.UnknownWordError{What: "attribute", Word: name, Known: d.Columns}
		}
		if !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	return found, nil
}
