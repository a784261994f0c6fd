package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/principals"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
)

func newPrincipals() *cobra.Command {
	var o principals.Options
	var reach int
	var out string
	cmd := &cobra.Command{
		Use:   "principals COUNTY [--term-years N] [--make-way] [--out COUNTY]",
		Short: "Rotate principals after two terms (校长交流)",
		Long: `Gives every principal (校长) who has served two terms at one school another school: as many as can be, with as few others as can be moved, from town and
strong schools to rural and weak ones, over short roads, in this order and proven. The table of teachers says since when somebody is principal
(principal_since, 任校长日期). With --out the county after is written, as convert writes one; it is the one to plan then.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if reach < 0 {
				return badInput("principals: --reach %d: want kilometres from 0 up", reach)
			}
			o.Reach = model.Metres(1000 * reach)
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			result, err := principals.Rotate(cmd.Context(), county, &o)
			var field *model.FieldError
			if errors.Is(err, principals.ErrNone) || errors.As(err, &field) {
				return inputError{err}
			} else if err != nil {
				return err
			}
			if err := principals.Verify(county, result); err != nil {
				return fmt.Errorf("the checker refuses our own rotation: %w", err)
			}
			if out != "" {
				if err := writeCountyAs(out, principals.Apply(county, result), false); err != nil {
					return err
				}
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), result)
			}
			return report.WritePrincipals(cmd.OutOrStdout(), county, result)
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.TermYears, "term-years", 0, "years of a term; 0: the policy's principal.term_years, or else 5")
	f.IntVar(&reach, "reach", 0, "kilometres by road from the present school; 0: the greatest distance of a forced move")
	f.BoolVar(&o.MakeWay, "make-way", false, "after one term, principals who are not due may move where that lets others go")
	f.StringVar(&out, "out", "", "county to write: a folder, or a file that ends in .xlsx or .json")
	return cmd
}
