package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func newPlan() *cobra.Command {
	var out, optionsFile, backend string
	var flags model.Options
	var pins, bans []string
	cmd := &cobra.Command{
		Use:   "plan COUNTY --out FOLDER",
		Short: "Plan a county and write the plan (制定方案)",
		Long: `Plans the county in COUNTY, a folder of CSV files, a workbook or one JSON file, checks the plan
with the independent checker, prints a summary, and writes to the folder of --out:
plan.json (the plan), assignments.csv (every teacher: old post, new post, reason),
vacancies.csv (what stays empty) and summary.txt (what is printed).
Where no plan obeys every rule it prints which rules are in conflict and the ways out.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := planOptions(cmd, optionsFile, flags, pins, bans)
			if err != nil {
				return err
			}
			return runPlan(cmd, args[0], out, backend, options)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "folder to write to; made where it does not exist (default: only print)")
	addPlanFlags(cmd, &optionsFile, &flags, &pins, &bans)
	addBackend(cmd, &backend)
	return cmd
}

// planOptions joins the options file and the flags.
func planOptions(cmd *cobra.Command, file string, flags model.Options, pins, bans []string) (model.Options, error) {
	var options model.Options
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return options, err
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&options); err != nil {
			return options, badInput("%s: want options in JSON: %w", file, err)
		}
	}
	for name, set := range map[string]func(){
		"time-limit": func() { options.TimeLimit = flags.TimeLimit },
		"gap":        func() { options.Gap = flags.Gap },
		"seed":       func() { options.Seed = flags.Seed },
		"workers":    func() { options.Workers = flags.Workers },
	} {
		if cmd.Flags().Changed(name) {
			set()
		}
	}
	for _, text := range pins {
		pin, err := parsePin(text)
		if err != nil {
			return options, badInput("--pin: %w", err)
		}
		options.Pins = append(options.Pins, pin)
	}
	for _, text := range bans {
		ban, err := parsePin(text)
		if err != nil {
			return options, badInput("--ban: %w", err)
		}
		options.Bans = append(options.Bans, ban)
	}
	return options, nil
}

// parsePin reads "T1=S2/primary/music", or "T1" for the present post.
func parsePin(text string) (model.Pin, error) {
	teacher, post, named := strings.Cut(text, "=")
	pin := model.Pin{Teacher: model.TeacherID(teacher)}
	if !named {
		return pin, nil
	}
	parts := strings.Split(post, "/")
	if len(parts) != 3 {
		return pin, fmt.Errorf("%q: want TEACHER=SCHOOL/STAGE/SUBJECT", text)
	}
	pin.Post.School, pin.Post.Subject = model.SchoolID(parts[0]), model.SubjectID(parts[2])
	if err := pin.Post.Stage.UnmarshalText([]byte(parts[1])); err != nil {
		return pin, fmt.Errorf("%q: %w", text, err)
	}
	return pin, nil
}

func runPlan(cmd *cobra.Command, path, out, backend string, options model.Options) error {
	chosen, err := findBackend(backend)
	if err != nil {
		return err
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	if out != "" { // fail before the work, not after
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
	}
	bar := newProgress(cmd.ErrOrStderr())
	planner := allocation.Planner{Options: options, Backend: chosen, Progress: bar.show}
	plan, err := planner.Solve(cmd.Context(), county)
	bar.done()
	if err != nil {
		return errors.Join(err, explain(cmd, county, err))
	}
	verdict := check.Plan(county, plan)
	var summary bytes.Buffer
	if err := report.WriteSummary(&summary, county, plan, verdict); err != nil {
		return err
	}
	if out != "" {
		if err := writePlan(out, county, plan, summary.Bytes()); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), planResult{plan.County, plan.Origin, plan.Stop, plan.Levels, plan.Ledger, plan.Cost, verdict.OK(), out})
	} else {
		_, err = io.Copy(cmd.OutOrStdout(), &summary)
	}
	if broken := verdict.Err(); broken != nil {
		return fmt.Errorf("the checker refuses our own plan: %w", broken)
	}
	return err
}

// explain prints why a county has no plan and the ways out; nothing for other errors.
func explain(cmd *cobra.Command, county *model.County, err error) error {
	var none *allocation.InfeasibleError
	switch {
	case !errors.As(err, &none):
		return nil
	case asJSON(cmd):
		return printJSON(cmd.OutOrStdout(), none)
	}
	return report.WriteInfeasible(cmd.OutOrStdout(), county, none)
}

// planResult is what `plan --json` prints.
type planResult struct {
	County model.CountyID    `json:"county"`
	Origin model.Origin      `json:"origin"`
	Stop   model.StopReason  `json:"stop"`
	Levels []model.PlanLevel `json:"levels"`
	Ledger model.Ledger      `json:"ledger"`
	Cost   model.Cost        `json:"cost"`
	OK     bool              `json:"every_rule_holds"`
	Out    string            `json:"out,omitempty"`
}

// writePlan writes the four files of a plan, each whole or not at all.
func writePlan(out string, c *model.County, p *model.Plan, summary []byte) error {
	if err := table.WritePlan(filepath.Join(out, "plan.json"), p); err != nil {
		return err
	}
	var assignments, vacancies bytes.Buffer
	if err := report.WriteAssignments(&assignments, c, p); err != nil {
		return err
	}
	if err := report.WriteVacancies(&vacancies, c, p); err != nil {
		return err
	}
	for _, file := range []struct {
		name string
		text []byte
	}{{"assignments.csv", assignments.Bytes()}, {"vacancies.csv", vacancies.Bytes()}, {"summary.txt", summary}} {
		if err := renameio.WriteFile(filepath.Join(out, file.name), file.text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
