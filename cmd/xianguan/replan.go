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

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func newReplan() *cobra.Command {
	var out, optionsFile, backend, perChange string
	var first bool
	var flags model.Options
	var pins, bans []string
	cmd := &cobra.Command{
		Use:   "replan COUNTY PLAN --out FOLDER [--per-change YUAN | --first]",
		Short: "Plan again after an event with the fewest changes to a published plan (事后微调)",
		Long: `Plans the county in COUNTY as it is now, after a teacher left, a class was added or a mistake
was put right, and changes as few people of the published plan PLAN as it can: once no
more posts can be filled and nobody more can be placed, before soft rules and money count.
With --first the changes come before all else; with --per-change each has a price instead.
Seed, weights, pins and bans of the published plan are kept. It prints every change with its
reason, and writes to the folder of --out what plan writes, and changes.csv.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := planOptions(cmd, optionsFile, flags, pins, bans)
			if err != nil {
				return err
			}
			keep := model.Keep{First: first}
			if perChange != "" {
				if keep.PerChange, err = model.ParseYuan(perChange); err != nil || keep.PerChange <= 0 {
					return badInput("--per-change %q: want yuan a month above 0, with at most two decimal places", perChange)
				}
			}
			options.Keep = &keep
			return runReplan(cmd, args[0], args[1], out, backend, options)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "folder to write to; made where it does not exist (default: only print)")
	f.StringVar(&perChange, "per-change", "", "yuan a month that a change costs, instead of fewest changes")
	f.BoolVar(&first, "first", false, "fewest changes before all else: the lawful plan nearest to the published one")
	addPlanFlags(cmd, &optionsFile, &flags, &pins, &bans)
	addBackend(cmd, &backend)
	cmd.MarkFlagsMutuallyExclusive("per-change", "first")
	return cmd
}

// addPlanFlags adds the flags that planOptions reads.
func addPlanFlags(cmd *cobra.Command, optionsFile *string, flags *model.Options, pins, bans *[]string) {
	f := cmd.Flags()
	f.StringVar(optionsFile, "options", "", "JSON file of options, as a plan carries them; flags come on top")
	f.DurationVar(&flags.TimeLimit, "time-limit", 0, "stop after this time with the best plan so far, as in 30s (default: none)")
	f.Float64Var(&flags.Gap, "gap", 0, "relative gap accepted at every level; 0 is proven optimal")
	f.Uint64Var(&flags.Seed, "seed", 0, "draw lots among equal plans with this seed (default: no lottery)")
	f.IntVar(&flags.Workers, "workers", 0, "workers; never changes the plan (default: one for each processor)")
	f.StringArrayVar(pins, "pin", nil, "TEACHER=SCHOOL/STAGE/SUBJECT, or TEACHER alone to keep the present post; may repeat")
	f.StringArrayVar(bans, "ban", nil, "TEACHER=SCHOOL/STAGE/SUBJECT that the teacher must not have; may repeat")
}

func runReplan(cmd *cobra.Command, path, planPath, out, backend string, options model.Options) error {
	chosen, err := findBackend(backend)
	if err != nil {
		return err
	}
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	published, err := table.ReadPlan(planPath)
	if err != nil {
		return inputError{err}
	}
	if out != "" { // fail before the work, not after
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
	}
	planner := allocation.Planner{Options: options, Backend: chosen}
	plan, changes, err := planner.Replan(cmd.Context(), county, published)
	if err != nil {
		return errors.Join(err, explain(cmd, county, err))
	}
	verdict := check.Plan(county, plan)
	var text, list bytes.Buffer
	if err := errors.Join(report.WriteReplan(&text, county, plan, changes, verdict), report.WriteChangeList(&list, county, changes)); err != nil {
		return err
	}
	if out != "" {
		if err := writePlan(out, county, plan, text.Bytes()); err != nil {
			return err
		}
		if err := renameio.WriteFile(filepath.Join(out, "changes.csv"), list.Bytes(), 0o644); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), replanResult{plan.County, plan.Origin, plan.Stop, changes, plan.Ledger, plan.Cost, verdict.OK(), out})
	} else {
		_, err = io.Copy(cmd.OutOrStdout(), &text)
	}
	if broken := verdict.Err(); broken != nil {
		return fmt.Errorf("the checker refuses our own plan: %w", broken)
	}
	return err
}

// replanResult is what `replan --json` prints.
type replanResult struct {
	County  model.CountyID      `json:"county"`
	Origin  model.Origin        `json:"origin"`
	Stop    model.StopReason    `json:"stop"`
	Changes *allocation.Changes `json:"changes"`
	Ledger  model.Ledger        `json:"ledger"`
	Cost    model.Cost          `json:"cost"`
	OK      bool                `json:"every_rule_holds"`
	Out     string              `json:"out,omitempty"`
}
