package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func newRounds() *cobra.Command {
	var out, school string
	var refuse []string
	var options allocation.RoundsOptions
	var weights allocation.PointWeights
	cmd := &cobra.Command{
		Use:   "rounds COUNTY [--out FOLDER] [--seed N]",
		Short: "Run the three hiring rounds (县管校聘三轮竞聘)",
		Long: `Runs the hiring rounds on the county in COUNTY, a folder of CSV files, a workbook or one JSON file:
in school (校内竞聘), across schools in the district and then the county (跨校竞聘), and the
adjustment by the county (县域统筹调剂). It prints the ledger after each round and writes to the
folder of --out:
  rounds.json      ledgers, cut-offs and decisions
  decisions.csv    every decision with its reason, rank, points and cut-off
  market-ROUND.json  what a round was run on, for
                   xianguan match market-ROUND.json --mechanism da-present --seed N --trace TEACHER
  county.json      the county after the first round, and plan.json, the plan of it, for
                   xianguan verify county.json plan.json`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			options.Refuse = lo.Map(refuse, func(id string, _ int) model.TeacherID { return model.TeacherID(id) })
			return runRounds(cmd, args[0], out, school, options, &weights)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "folder to write to; made where it does not exist (default: only print)")
	f.Uint64Var(&options.Seed, "seed", 0, "published seed: draws lots among equal points, and unless 0 among equal plans")
	f.StringVar(&school, "school", "", "id of a school: print the cut-offs of its posts too")
	f.StringArrayVar(&refuse, "refuse", nil, "TEACHER who will not be placed by the county; may repeat")
	f.DurationVar(&options.TimeLimit, "time-limit", 0, "stop the county adjustment after this time, as in 30s (default: none)")
	for _, w := range weights.List() {
		f.IntVar(w.Value, pointsFlag(w.Name), 0, "points instead of the setting rounds.points."+w.Name)
	}
	return cmd
}

func pointsFlag(name string) string { return "points-" + strings.ReplaceAll(name, "_", "-") }

// pointWeights gives the county's weights of points with those that flags replace; nil where none does.
func pointWeights(cmd *cobra.Command, c *model.County, given *allocation.PointWeights) *allocation.PointWeights {
	weights := c.Rules.Points
	changed := false
	for i, w := range weights.List() {
		if cmd.Flags().Changed(pointsFlag(w.Name)) {
			*w.Value = *given.List()[i].Value
			changed = true
		}
	}
	if !changed {
		return nil
	}
	return &weights
}

func runRounds(cmd *cobra.Command, path, out, school string, options allocation.RoundsOptions, given *allocation.PointWeights) error {
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	options.Points = pointWeights(cmd, county, given)
	if school != "" && !lo.ContainsBy(county.Schools, func(s model.School) bool { return string(s.ID) == school }) {
		return unknownSchool(county, school)
	}
	if out != "" { // fail before the work, not after
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
	}
	result, err := allocation.Rounds(cmd.Context(), county, options)
	if err != nil {
		return err
	}
	verdict := check.Plan(result.County, result.Plan)
	if out != "" {
		if err := writeRounds(out, county, result); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), roundsResult{result.CountyID, result.Origin, result.Before, result.Steps, verdict.OK(), out})
	} else {
		err = printRounds(cmd.OutOrStdout(), county, result, verdict, model.SchoolID(school))
	}
	if broken := verdict.Err(); broken != nil {
		return fmt.Errorf("the checker refuses our own plan: %w", broken)
	}
	return err
}

func printRounds(w io.Writer, c *model.County, r *allocation.RoundsResult, verdict *check.Report, school model.SchoolID) error {
	if err := report.WriteRounds(w, c, r, verdict); err != nil || school == "" {
		return err
	}
	return report.WriteCutOffs(w, c, r, school)
}

// roundsResult is what `rounds --json` prints.
type roundsResult struct {
	County model.CountyID         `json:"county"`
	Origin model.Origin           `json:"origin"`
	Before allocation.RoundLedger `json:"before"`
	Rounds []allocation.RoundStep `json:"rounds"`
	OK     bool                   `json:"every_rule_holds"`
	Out    string                 `json:"out,omitempty"`
}

// writeRounds writes the files of the rounds, each whole or not at all.
func writeRounds(out string, c *model.County, r *allocation.RoundsResult) error {
	if err := table.WriteJSON(filepath.Join(out, "county.json"), r.County); err != nil {
		return err
	}
	if err := table.WritePlan(filepath.Join(out, "plan.json"), r.Plan); err != nil {
		return err
	}
	files := map[string]any{"rounds.json": r}
	for _, step := range r.Steps {
		if step.Market != nil {
			files["market-"+string(step.Round)+".json"] = step.Market
		}
	}
	for name, value := range files {
		text, err := json.MarshalIndent(value, "", " ")
		if err != nil {
			return err
		}
		if err := renameio.WriteFile(filepath.Join(out, name), append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	var decisions bytes.Buffer
	if err := report.WriteDecisions(&decisions, c, r); err != nil {
		return err
	}
	return renameio.WriteFile(filepath.Join(out, "decisions.csv"), decisions.Bytes(), 0o644)
}
