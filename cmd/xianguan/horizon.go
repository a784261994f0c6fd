package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/horizon"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model/table"
)

func newHorizon() *cobra.Command {
	var o horizon.Options
	var outlook, scenario, out string
	cmd := &cobra.Command{
		Use:   "horizon COUNTY --years N [--outlook FILE] [--scenario low|mid|high] [--out FOLDER]",
		Short: "Plan several years together (多年统筹规划)",
		Long: `Plans a county for some years together: enrolment, retirements, people who leave and come, terms, rotation clocks and exchanges follow the outlook, a
YAML or JSON file with scenarios of enrolment (without one: births fall by 8, 5 or 2 % a year, assumed). Prints how good the plans are together, beside plans made one
year at a time and a bound that holds for every plan of the years; what is short by subject and year; whom to recruit and to start training now; money and
targets by year. Every year's plan is checked, and so is every step from a year to the next. With --out it writes county-YEAR.json and plan-YEAR.json of each year, which
verify takes, horizon.json and summary.txt.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen, err := readOutlook(outlook, scenario)
			if err != nil {
				return err
			}
			o.Outlook = *chosen
			return runHorizon(cmd, args[0], o, out)
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.Years, "years", 3, "years to plan, 1 to 20")
	f.StringVar(&outlook, "outlook", "", "what is expected of the years, YAML or JSON")
	f.StringVar(&scenario, "scenario", "", "scenario of enrolment (default mid)")
	f.StringVar(&out, "out", "", "folder to write to; made where it does not exist (default: only print)")
	f.IntVar(&o.Rounds, "rounds", 0, "rounds of the search; more take longer and close the gap (default 30)")
	f.BoolVar(&o.Sharing, "sharing", false, "work out shared teaching in each year, so that the full curriculum is known")
	return cmd
}

// readOutlook reads an outlook and takes a scenario of it; the default one without a file.
func readOutlook(path, scenario string) (*horizon.Outlook, error) {
	file := horizon.Default()
	if path != "" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if file, err = horizon.ReadFile(f, path); err != nil {
			return nil, inputError{err}
		}
	}
	o, err := file.Scenario(scenario)
	if err != nil {
		return nil, badInput("horizon: --scenario: %w", err)
	}
	return o, nil
}

func runHorizon(cmd *cobra.Command, path string, o horizon.Options, out string) error {
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	if out != "" { // fail before the work, not after
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
	}
	h, err := horizon.Plan(cmd.Context(), county, o)
	if err != nil {
		return errors.Join(err, explain(cmd, county, err))
	}
	if err := verifyYears(h); err != nil {
		return err
	}
	var summary bytes.Buffer
	if err := report.WriteHorizon(&summary, county, h); err != nil {
		return err
	}
	fmt.Fprintf(&summary, "\nEvery rule holds in every year, and every year follows from the one before\n(逐年复核通过，人员衔接无误).\n")
	if out != "" {
		if err := writeHorizon(out, h, summary.Bytes()); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), h)
	}
	_, err = io.Copy(cmd.OutOrStdout(), &summary)
	return err
}

// verifyYears has the independent checker go over every plan and every step.
func verifyYears(h *horizon.Horizon) error {
	for k := range h.Years {
		y := &h.Years[k]
		if broken := check.Plan(y.County, y.Plan).Err(); broken != nil {
			return fmt.Errorf("the checker refuses our own plan of %s: %w", y.Date, broken)
		}
		if k+1 < len(h.Years) {
			if _, err := check.Follows(y.County, y.Plan, h.Years[k+1].County); err != nil {
				return fmt.Errorf("the checker refuses our own step from %s: %w", y.Date, err)
			}
		}
	}
	return nil
}

// writeHorizon writes the files of the years, each whole or not at all.
func writeHorizon(out string, h *horizon.Horizon, summary []byte) error {
	for k := range h.Years {
		y := &h.Years[k]
		for name, write := range map[string]func(string) error{
			"county": func(path string) error { return table.WriteJSON(path, y.County) },
			"plan":   func(path string) error { return table.WritePlan(path, y.Plan) },
		} {
			if err := write(filepath.Join(out, fmt.Sprintf("%s-%d.json", name, y.Date.Year()))); err != nil {
				return err
			}
		}
	}
	var text bytes.Buffer
	if err := printJSON(&text, h); err != nil {
		return err
	}
	if err := renameio.WriteFile(filepath.Join(out, "horizon.json"), text.Bytes(), 0o644); err != nil {
		return err
	}
	return renameio.WriteFile(filepath.Join(out, "summary.txt"), summary, 0o644)
}
