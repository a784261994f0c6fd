package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/report/office"
	"github.com/xianguan/xianguan/model"
)

func newReport() *cobra.Command {
	var o reportFlags
	cmd := &cobra.Command{
		Use:   "report COUNTY PLAN --out FILE.html|FILE.xlsx|FILE.txt [--language zh|en]",
		Short: "Write a plan for people: page, workbook or text (方案报告)",
		Long: `Checks the plan and writes it as one HTML page that needs no network: summary and proof, vacancies before and after, a map with the moves, cost,
the subsidy schedule, balance between schools, every rule with its source, and a search for a school or a teacher. --rounds and --frontier add the
hiring rounds and the front of subsidies. A name that ends in .xlsx gives a workbook, whose assignments can be changed and evaluated; .txt gives the
summary. Names, homes and causes of exemptions are left out; --official adds the names, and the file is then for its owner alone.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error { return runReport(args[0], args[1], &o) },
	}
	cmd.Flags().StringVar(&o.out, "out", "", "file to write, whole or not at all")
	cmd.Flags().StringVar(&o.language, "language", "zh", "language of the workbook, and that the page opens in: zh or en; its reader can switch")
	cmd.Flags().StringVar(&o.rounds, "rounds", "", "rounds.json of the county, to show on the page")
	cmd.Flags().StringVar(&o.frontier, "frontier", "", "what subsidy frontier --json prints, to show on the page")
	cmd.Flags().StringVar(&o.official, "official", "", "people.csv or a workbook with names: write the named copy (内部使用)")
	return cmd
}

type reportFlags struct{ out, language, rounds, frontier, official string }

func runReport(countyPath, planPath string, o *reportFlags) error {
	kind := filepath.Ext(o.out)
	switch {
	case kind != ".html" && kind != ".txt" && kind != ".xlsx":
		return badInput("report: --out %s: want a file that ends in .html, .xlsx or .txt", o.out)
	case kind != ".html" && o.rounds+o.frontier != "":
		return badInput("report: --rounds and --frontier are for a page: want --out FILE.html")
	case kind == ".txt" && o.official != "":
		return badInput("report: --official is for a page or a workbook: want --out FILE.html or FILE.xlsx")
	}
	if err := knownLanguage("report", o.language); err != nil {
		return err
	}
	county, plan, err := readCountyAndPlan(countyPath, planPath)
	if err != nil {
		return err
	}
	options := report.HTMLOptions{English: o.language == "en"}
	if err := o.read(county, &options); err != nil {
		return err
	}
	verdict := check.Plan(county, plan)
	var text bytes.Buffer
	switch kind {
	case ".html":
		err = report.WriteHTML(&text, county, plan, verdict, options)
	case ".xlsx":
		err = office.WritePlan(&text, county, plan, verdict, office.Options{English: options.English, People: options.People})
	default:
		err = report.WriteSummary(&text, county, plan, verdict)
	}
	if err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if o.official != "" {
		mode = 0o600
	}
	if err := renameio.WriteFile(o.out, text.Bytes(), mode, renameio.IgnoreUmask()); err != nil {
		return err
	}
	if !verdict.OK() {
		return badInput("%s breaks a rule; the report says which", planPath)
	}
	return nil
}

// read reads what the page shows beside the plan.
func (o *reportFlags) read(county *model.County, into *report.HTMLOptions) error {
	if o.rounds != "" {
		into.Rounds = &allocation.RoundsResult{}
		if err := readJSONFile(o.rounds, into.Rounds); err != nil {
			return err
		}
		if into.Rounds.CountyID != county.ID || len(into.Rounds.Steps) == 0 {
			return badInput("%s: want rounds.json of the county %s", o.rounds, county.ID)
		}
	}
	if o.frontier != "" {
		into.Frontier = &report.SubsidyFrontier{}
		if err := readJSONFile(o.frontier, into.Frontier); err != nil {
			return err
		}
		if into.Frontier.County != county.ID || into.Frontier.Frontier == nil {
			return badInput("%s: want what subsidy frontier --json prints of the county %s", o.frontier, county.ID)
		}
	}
	if o.official == "" {
		return nil
	}
	people, err := readPeople(o.official, county)
	into.People = people
	return err
}

// readJSONFile reads a value of which nothing is unknown.
func readJSONFile(path string, into any) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return badInput("%s: %w", path, err)
	}
	return nil
}
