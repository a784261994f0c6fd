package main

import (
	"fmt"
	"path/filepath"

	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func newFinalize() *cobra.Command {
	var final record.Final
	var day string
	var teachers []string
	cmd := &cobra.Command{
		Use:   "finalize FOLDER --approver NAME [--teacher ID]",
		Short: "Let posts take effect: nothing changes them any more (聘任生效)",
		Long: `Records who approved the plan, once the days to object are over, every appeal is decided and those upheld are in the plan. Without --teacher everybody's post
becomes final, and the season is over; FOLDER/plan.json is the plan that takes effect. Print the head of the record on what is signed: with it
anybody can tell whether the record was cut off or written anew.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if final.Day, err = dayFlag("day", day); err != nil {
				return err
			}
			final.Teachers = lo.Map(teachers, func(id string, _ int) model.TeacherID { return model.TeacherID(id) })
			return withSeason(cmd.Context(), args[0], func(s *record.Season) error { return runFinalize(cmd, s, args[0], final) })
		},
	}
	cmd.Flags().StringVar(&final.Approver, "approver", "", "who approves")
	cmd.Flags().StringVar(&day, "day", "", "day on which the posts take effect (default: today)")
	cmd.Flags().StringArrayVar(&teachers, "teacher", nil, "TEACHER whose post becomes final; may repeat (default: everybody's)")
	return cmd
}

func runFinalize(cmd *cobra.Command, s *record.Season, folder string, final record.Final) error {
	if err := s.Finalize(cmd.Context(), final); err != nil {
		return err
	}
	if err := table.WritePlan(filepath.Join(folder, "plan.json"), s.Plan); err != nil {
		return err
	}
	people := len(final.Teachers)
	if people == 0 {
		people = len(s.Plan.Assignments)
	}
	result := finalResult{s.Inputs.County, final.Day, people, s.AllFinal(), s.Length(), s.Head()}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), result)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "Final (生效): %d people from %s\nRecord (存档): %d entries, head (末项哈希)\n  %s\n", people, final.Day, result.Entries, result.Head)
	return err
}

// finalResult is what `finalize --json` prints.
type finalResult struct {
	County  model.CountyID `json:"county"`
	Day     model.Date     `json:"day"`
	People  int            `json:"people"`
	All     bool           `json:"all"`
	Entries int            `json:"entries"`
	Head    string         `json:"head"`
}
