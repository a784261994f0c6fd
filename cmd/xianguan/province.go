package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/province"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

func newProvince() *cobra.Command {
	var o province.Options
	var out string
	cmd := &cobra.Command{
		Use:   "province DIR [--out FOLDER]",
		Short: "Share a province's subsidies and special posts among counties (全省统筹)",
		Long: `Shares one budget of hardship subsidies and one quota of special-post places (特岗名额) among the counties in DIR: a folder, workbook or JSON
file for each, and beside them province.yaml (or .yml, .json):

  name: 示例省
  budget: "1200000"        # yuan a month
  places: 40
  counties:                # without it every county in DIR, without limits of its own
    - county: north
      most_budget: "500000"
      most_places: 10

Each county plans alone at posted prices. Printed are the interval that holds the joint optimum, the shares, what is unspent, and
what a yuan and a place are worth in each county. With --out the folder gets a folder for each county, with county.json (as it is with its recruits and
its budget), plan.json and the other files of plan, and last province.json and summary.txt. Each file is whole or not there.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return runProvince(cmd, args[0], out, o) },
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "folder to write to; made where it does not exist (default: only print)")
	f.Float64Var(&o.Gap, "gap", 0, "accepted relative gap of the shortage, as in 0.001")
	f.IntVar(&o.Iterations, "iterations", 0, "rounds of prices at one level, at most (default 60)")
	f.IntVar(&o.Rounds, "rounds", 0, "rounds in which counties propose again near their shares; below 0: none (default 1, none where networks are large)")
	f.IntVar(&o.Closing, "closing", 0, "questions to each county to close the gap; below 0: none (default 20 to 500, fewer for larger counties)")
	f.IntVar(&o.Workers, "workers", 0, "counties planned at once; never changes a result (default: one for each processor)")
	f.DurationVar(&o.TimeLimit, "time-limit", 0, "give what is best by then, as in 30s (default: none)")
	return cmd
}

func runProvince(cmd *cobra.Command, dir, out string, o province.Options) error {
	p, err := readProvince(dir)
	if err != nil {
		return err
	}
	if out != "" { // fail before the work, not after
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
	}
	result, err := province.Solve(cmd.Context(), p, o)
	if is[*province.Error](err) {
		return inputError{err}
	}
	if err != nil {
		return err
	}
	var summary bytes.Buffer
	if err := report.WriteProvince(&summary, result); err != nil {
		return err
	}
	if out != "" {
		if err := writeProvince(out, result, summary.Bytes()); err != nil {
			return err
		}
	}
	return answered(cmd, result, func() error {
		_, err := summary.WriteTo(cmd.OutOrStdout())
		return err
	})
}

// readProvince reads the province file of a folder and the counties that it names.
func readProvince(dir string) (*province.Province, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, inputError{err}
	}
	var counties []string
	file := ""
	for _, e := range entries {
		switch name := e.Name(); {
		case strings.HasPrefix(name, "."):
		case slices.Contains(province.FileNames, name):
			if file != "" {
				return nil, badInput("%s: want one province file, not both %s and %s", dir, file, name)
			}
			file = name
		case e.IsDir(), workbook.Is(name), filepath.Ext(name) == ".json":
			counties = append(counties, name)
		}
	}
	if file == "" {
		return nil, badInput("%s: want a province file: %s", dir, strings.Join(province.FileNames, ", "))
	}
	reader, err := os.Open(filepath.Join(dir, file))
	if err != nil {
		return nil, inputError{err}
	}
	p, err := province.ReadFile(reader, filepath.Join(dir, file), counties)
	if err = errors.Join(err, reader.Close()); err != nil {
		return nil, inputError{err}
	}
	var faults []error
	for i := range p.Counties {
		c := &p.Counties[i]
		if c.County, err = readCounty(filepath.Join(dir, c.Name)); err != nil {
			faults = append(faults, fmt.Errorf("county %q: %w", c.Name, err))
		}
	}
	return p, errors.Join(faults...)
}

// writeProvince writes the files of every county and then those of the province.
func writeProvince(out string, r *province.Result, summary []byte) error {
	for i := range r.Counties {
		c := &r.Counties[i]
		folder := filepath.Join(out, c.Name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := table.WriteJSON(filepath.Join(folder, "county.json"), c.Granted); err != nil {
			return err
		}
		var text bytes.Buffer
		if err := report.WriteSummary(&text, c.Granted, c.Plan, check.Plan(c.Granted, c.Plan)); err != nil {
			return err
		}
		if err := writePlan(folder, c.Granted, c.Plan, text.Bytes()); err != nil {
			return err
		}
	}
	var text bytes.Buffer
	if err := printJSON(&text, r); err != nil {
		return err
	}
	for _, file := range []struct {
		name string
		text []byte
	}{{"summary.txt", summary}, {"province.json", text.Bytes()}} {
		if err := renameio.WriteFile(filepath.Join(out, file.name), file.text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
