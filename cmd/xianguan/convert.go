package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

func newConvert() *cobra.Command {
	var language string
	cmd := &cobra.Command{
		Use:   "convert COUNTY OUT [--language zh|en]",
		Short: "Write a county in another form (格式转换)",
		Long: `Reads the county in COUNTY and writes it to OUT: a workbook where the name ends in .xlsx, one JSON file where it ends in .json, else a folder of
CSV files. Nothing is lost: what was written reads as the same county, or it is not written.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := knownLanguage("convert", language); err != nil {
				return err
			}
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			if err := writeCountyAs(args[1], county, language == "en"); err != nil {
				return err
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), map[string]any{"out": args[1], "county": county.ID, "schools": len(county.Schools),
					"teachers": len(county.Teachers), "county_hash": county.Hash()})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s with %d schools and %d teachers\n", args[1], county.Name, len(county.Schools), len(county.Teachers))
			return err
		},
	}
	cmd.Flags().StringVar(&language, "language", "zh", "language of a workbook: zh or en")
	return cmd
}

// writeCountyAs writes a county in the form that the ending of the path asks for.
func writeCountyAs(path string, county *model.County, english bool) error {
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		err = workbook.Write(path, county, workbook.Options{English: english})
	case ".json":
		err = table.WriteJSON(path, county)
	case ".csv", ".xls":
		return badInput("%s: want a name that ends in .xlsx or .json, or that of a folder", path)
	default:
		err = table.WriteFolder(path, county)
	}
	if err != nil {
		return inputError{err}
	}
	return nil
}

// knownLanguage refuses another language than zh and en.
func knownLanguage(command, language string) error {
	if language != "zh" && language != "en" {
		return badInput("%s: --language: %w", command, &model.UnknownWordError{What: "language", Word: language, Known: []string{"en", "zh"}})
	}
	return nil
}
