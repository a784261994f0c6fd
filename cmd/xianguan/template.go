package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/model/workbook"
)

func newTemplate() *cobra.Command {
	var options workbook.TemplateOptions
	var language string
	var force bool
	cmd := &cobra.Command{
		Use:   "template FILE.xlsx [--language zh|en] [--policy PACK]",
		Short: "Write an empty workbook to fill in (填报模板)",
		Long: `Writes an empty workbook for a county: instructions, one sheet a table, a note on each column, drop-down lists, and the
curriculum of the policy filled in. Filled in, it is a COUNTY for every command.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := knownLanguage("template", language); err != nil {
				return err
			}
			if !workbook.Is(args[0]) {
				return badInput("template: %s: want a name that ends in .xlsx", args[0])
			}
			if _, err := os.Lstat(args[0]); err == nil && !force { // it may be one that was filled in
				return badInput("template: %s is there already: want a new name, or --force", args[0])
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			options.English = language == "en"
			if err := workbook.Template(args[0], options); err != nil {
				return inputError{err}
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), map[string]any{"out": args[0], "policy": options.Policy})
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: fill it in, then: xianguan plan %s --out out (填好后制定方案)\n", args[0], args[0])
			return err
		},
	}
	cmd.Flags().StringVar(&language, "language", "zh", "language of titles, headers and lists: zh or en")
	cmd.Flags().StringVar(&options.Policy, "policy", "national", "policy pack whose curriculum is filled in")
	cmd.Flags().BoolVar(&options.People, "people", false, "the sheet of names and ID numbers alone, for a file that is kept apart")
	cmd.Flags().BoolVar(&force, "force", false, "write over a file that is there")
	return cmd
}
