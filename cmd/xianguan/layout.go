package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

func newLayout() *cobra.Command {
	var closures, boarding []string
	var beyond int
	var out string
	cmd := &cobra.Command{
		Use:   "layout COUNTY --close SCHOOL=INTO [--board SCHOOL=PLACES] [--board-beyond KM] [--out COUNTY]",
		Short: "What closing or joining schools does (学校布局调整)",
		Long: `Closes schools into others, builds boarding, and says what it does: the ways of pupils, who would have to board, classes and posts, schools that are funded as larger
than they are, the boarders' funding, and the plan before and after side by side, person by person. --close and --board may repeat. With --out the county
after is written, as convert writes one.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			s := scenario.Scenario{Name: "layout"}
			for _, text := range closures {
				from, into, both := strings.Cut(text, "=")
				if !both {
					return badInput("layout: --close %q: want SCHOOL=INTO", text)
				}
				s.Close = append(s.Close, scenario.Closure{School: model.SchoolID(from), Into: model.SchoolID(into)})
			}
			var build []scenario.Boarding
			for _, text := range boarding {
				id, places, both := strings.Cut(text, "=")
				n, err := strconv.Atoi(places)
				if !both || err != nil {
					return badInput("layout: --board %q: want SCHOOL=PLACES", text)
				}
				build = append(build, scenario.Boarding{School: model.SchoolID(id), Places: n})
			}
			if len(s.Close)+len(build) == 0 || beyond < 0 {
				return badInput("layout: want --close SCHOOL=INTO or --board SCHOOL=PLACES, once or more, and --board-beyond in kilometres from 0 up")
			}
			return runLayout(cmd, args[0], &s, model.Metres(1000*beyond), build, out)
		},
	}
	cmd.Flags().StringArrayVar(&closures, "close", nil, "school that closes, and the school that its pupils go to: SCHOOL=INTO")
	cmd.Flags().StringArrayVar(&boarding, "board", nil, "school that gets boarding, and for how many of its pupils: SCHOOL=PLACES")
	cmd.Flags().IntVar(&beyond, "board-beyond", 0, "kilometres by road beyond which pupils board; 0: nobody boards for it")
	cmd.Flags().StringVar(&out, "out", "", "county to write: a folder, or a file that ends in .xlsx or .json")
	return cmd
}

func runLayout(cmd *cobra.Command, path string, s *scenario.Scenario, beyond model.Metres, build []scenario.Boarding, out string) error {
	county, err := readCounty(path)
	if err != nil {
		return err
	}
	after, layout, err := scenario.Relayout(county, s, beyond, build...)
	if err != nil {
		return inputError{err}
	}
	var plans [2]*model.Plan
	for k, c := range []*model.County{county, after} {
		if plans[k], err = allocation.Solve(cmd.Context(), c, nil); err != nil {
			return errors.Join(err, explain(cmd, c, err))
		}
	}
	if out != "" {
		if err := writeCountyAs(out, after, false); err != nil {
			return err
		}
	}
	x := scenario.Compare(county, plans[0], after, plans[1])
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), layoutResult{layout, x})
	}
	return report.WriteLayout(cmd.OutOrStdout(), county, layout, x)
}

// layoutResult is what `layout --json` prints.
type layoutResult struct {
	Layout     *scenario.Layout     `json:"layout"`
	Comparison *scenario.Comparison `json:"comparison"`
}
