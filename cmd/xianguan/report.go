package main

import (
	"bytes"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
)

func newReport() *cobra.Command {
	var out, language string
	cmd := &cobra.Command{
		Use:   "report COUNTY PLAN --out FILE.html|FILE.txt [--language zh|en]",
		Short: "Write a plan as a page for people (方案报告)",
		Long: `Checks the plan and writes it as one HTML page that needs no network: summary and proof, vacancies before and after, a map with the moves, cost,
inequality, every rule with its source, and a search for a school or a teacher. A name that ends in .txt gives the summary in text. Names, homes and causes of
exemptions are left out.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind := filepath.Ext(out)
			if kind != ".html" && kind != ".txt" {
				return badInput("report: --out %s: want a file that ends in .html or .txt", out)
			}
			if err := knownLanguage("report", language); err != nil {
				return err
			}
			county, plan, err := readCountyAndPlan(args[0], args[1])
			if err != nil {
				return err
			}
			verdict := check.Plan(county, plan)
			var text bytes.Buffer
			if kind == ".html" {
				err = report.WriteHTML(&text, county, plan, verdict, report.HTMLOptions{English: language == "en"})
			} else {
				err = report.WriteSummary(&text, county, plan, verdict)
			}
			if err != nil {
				return err
			}
			if err := renameio.WriteFile(out, text.Bytes(), 0o644); err != nil {
				return err
			}
			if !verdict.OK() {
				return badInput("%s breaks a rule; the report says which", args[1])
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "file to write, whole or not at all")
	cmd.Flags().StringVar(&language, "language", "zh", "language that the page opens in: zh or en; the reader can switch")
	return cmd
}
