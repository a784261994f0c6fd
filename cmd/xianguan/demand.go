package main

import (
	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
)

func newDemand() *cobra.Command {
	var school string
	cmd := &cobra.Command{
		Use:   "demand COUNTY [--school ID]",
		Short: "Show how many people each school needs, and why (核定岗位)",
		Long: `Derives the posts of every school from pupils, class caps, curriculum, load and
quota. With --school it shows the working for one school. Approved posts (posts.csv), where
the county has them, take the place of derived posts; the differences are listed.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			demands := allocation.Demand(county)
			if school == "" {
				if asJSON(cmd) {
					return printJSON(cmd.OutOrStdout(), demands)
				}
				return report.WriteDemand(cmd.OutOrStdout(), county, demands)
			}
			working, found := demands.School(model.SchoolID(school))
			if !found {
				return unknownSchool(county, school)
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), working)
			}
			return report.WriteSchoolDemand(cmd.OutOrStdout(), county, demands, working)
		},
	}
	cmd.Flags().StringVar(&school, "school", "", "id of a school: show its working")
	return cmd
}

func unknownSchool(c *model.County, id string) error {
	known := lo.Map(c.Schools, func(s model.School, _ int) string { return string(s.ID) })
	return &model.UnknownWordError{What: "school", Word: id, Known: known}
}
