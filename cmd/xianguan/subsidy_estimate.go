package main

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

func newSubsidyEstimate() *cobra.Command {
	var choices string
	var random, without []string
	var options subsidy.Options
	cmd := &cobra.Command{
		Use:   "estimate COUNTY --choices FILE [--random NAMES] [--without NAMES]",
		Short: "Estimate how teachers weigh money against posts (支付意愿估计)",
		Long: `Fits a conditional logit to the choices in FILE, a CSV file with one row for each alternative, or a
mixed logit where --random names attributes that people differ in. It prints the coefficients with classical
and robust errors, what each attribute is worth in yuan a month, and how well the model fits.

Columns of FILE: choice, teacher, alternative, chosen (yes or no), subsidy (100 yuan a month), and any of`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSubsidyEstimate(cmd, args[0], choices, random, without, options)
		},
	}
	for _, a := range subsidy.Attributes()[1:] {
		cmd.Long += fmt.Sprintf("\n  %-13s %s (%s), %s", a, a.English(), a.Chinese(), a.Unit())
	}
	f := cmd.Flags()
	f.StringVar(&choices, "choices", "", "CSV file of choices, as subsidy simulate writes it")
	f.StringSliceVar(&random, "random", nil, "attributes whose weight differs between people, with commas between")
	f.StringSliceVar(&without, "without", nil, "attributes to leave out, with commas between")
	f.IntVar(&options.Draws, "draws", 0, "draws of each person's taste with --random (default: 200)")
	f.Uint64Var(&options.Seed, "seed", 0, "scrambles the draws")
	return cmd
}

func runSubsidyEstimate(cmd *cobra.Command, path, choices string, random, without []string, options subsidy.Options) error {
	if choices == "" {
		return badInput("subsidy estimate: want --choices FILE")
	}
	if options.Draws < 0 {
		return badInput("subsidy estimate: --draws %d: want 1 or more", options.Draws)
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	history, err := readHistory(choices)
	if err != nil {
		return inputError{err}
	}
	data := history.Data
	left, err := columns(data, without)
	if err != nil {
		return inputError{fmt.Errorf("--without: %w", err)}
	}
	var kept []int
	for c := range data.Columns {
		if !slices.Contains(left, c) {
			kept = append(kept, c)
		}
	}
	data = data.Select(kept)
	if options.Random, err = columns(data, random); err != nil {
		return inputError{fmt.Errorf("--random: %w", err)}
	}
	fit, err := subsidy.Estimate(cmd.Context(), data, options)
	switch {
	case cmd.Context().Err() != nil:
		return err
	case err != nil: // what is wrong lies in the choices
		return inputError{fmt.Errorf("%s: %w", choices, err)}
	}
	e := &report.Estimate{County: county.ID, Synthetic: history.Synthetic, Fit: fit, McFadden: fit.McFadden()}
	if e.Willingness, err = fit.Willingness(); err != nil {
		e.NoMoney = err.Error()
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), e)
	}
	return report.WriteEstimate(cmd.OutOrStdout(), county, e)
}

func readHistory(path string) (history *subsidy.History, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return subsidy.ReadHistory(file, path)
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
