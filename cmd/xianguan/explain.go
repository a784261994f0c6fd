package main

import (
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// parsePost reads "S1/primary/music".
func parsePost(text string) (model.PostID, error) {
	pin, err := parsePin("=" + text)
	return pin.Post, err
}

// readExplainer reads a county and a plan of it.
func readExplainer(cmd *cobra.Command, county, plan string, limit time.Duration) (*allocation.Explainer, *model.County, error) {
	c, err := readCounty(county)
	if err != nil {
		return nil, nil, err
	}
	p, err := table.ReadPlan(plan)
	if err != nil {
		return nil, nil, inputError{err}
	}
	e, err := allocation.NewExplainer(cmd.Context(), c, p, &model.Options{TimeLimit: limit})
	if err != nil {
		return nil, nil, inputError{err}
	}
	return e, c, nil
}

func newWhyNot() *cobra.Command {
	var limit time.Duration
	cmd := &cobra.Command{
		Use:   "why-not COUNTY PLAN TEACHER SCHOOL/STAGE/SUBJECT",
		Short: "Why a teacher does not have a post (为什么不)",
		Long: `Says which rules forbid that the teacher has the post, with their sources and the figures that decide, or what it would cost the
county at each level of the objective, and who would have to give way. Without rules across schools the
answer is exact and takes milliseconds; with them the county is planned once more, within --time-limit.`,
		Args: arguments(cobra.ExactArgs(4)),
		RunE: func(cmd *cobra.Command, args []string) error {
			post, err := parsePost(args[3])
			if err != nil {
				return badInput("why-not: %w", err)
			}
			e, county, err := readExplainer(cmd, args[0], args[1], limit)
			if err != nil {
				return err
			}
			answer, err := e.WhyNot(cmd.Context(), model.TeacherID(args[2]), post)
			if err != nil {
				return unknownIsInput(err)
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), answer)
			}
			return report.WriteWhyNot(cmd.OutOrStdout(), county, answer)
		},
	}
	cmd.Flags().DurationVar(&limit, "time-limit", 0, "of the search with rules across schools, as in 30s (default: none)")
	return cmd
}

func newExplain() *cobra.Command {
	var teacher, school, post string
	var most int
	var limit time.Duration
	cmd := &cobra.Command{
		Use:   "explain COUNTY PLAN (--teacher ID | --school ID | --post SCHOOL/STAGE/SUBJECT)",
		Short: "Why a plan is as it is (方案说明)",
		Long: `Of a teacher: the ground of the plan's decision, and the other posts that the teacher could have, ranked by what each would
cost the county. Of a school: who came and left, why each empty post is empty, and what one place more would cost. Of a post: who else could
have it, ranked. With rules across schools each figure is a search of its own, within --time-limit; what is not proven then is an interval.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asked := slices.DeleteFunc([]string{teacher, school, post}, func(id string) bool { return id == "" }); len(asked) != 1 {
				return badInput("explain: want one of --teacher, --school and --post")
			}
			if most < 1 {
				return badInput("explain: --most %d: want 1 or more", most)
			}
			e, county, err := readExplainer(cmd, args[0], args[1], limit)
			if err != nil {
				return err
			}
			switch {
			case teacher != "":
				answer, err := e.Teacher(cmd.Context(), model.TeacherID(teacher), most)
				if err != nil {
					return unknownIsInput(err)
				}
				return answered(cmd, answer, func() error { return report.WriteTeacherReasons(cmd.OutOrStdout(), county, answer) })
			case school != "":
				answer, err := e.School(cmd.Context(), model.SchoolID(school))
				if err != nil {
					return unknownIsInput(err)
				}
				return answered(cmd, answer, func() error { return report.WriteSchoolReasons(cmd.OutOrStdout(), county, answer) })
			}
			id, err := parsePost(post)
			if err != nil {
				return badInput("explain: --post: %w", err)
			}
			answer, err := e.Candidates(cmd.Context(), id, most)
			if err != nil {
				return unknownIsInput(err)
			}
			return answered(cmd, answer, func() error { return report.WriteCandidates(cmd.OutOrStdout(), county, id, answer) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&teacher, "teacher", "", "teacher to explain")
	f.StringVar(&school, "school", "", "school to explain")
	f.StringVar(&post, "post", "", "post to explain")
	f.IntVar(&most, "most", 10, "alternatives to list at most")
	f.DurationVar(&limit, "time-limit", time.Second, "of each search with rules across schools; 0 for none")
	return cmd
}

// answered prints an answer as text or JSON.
func answered(cmd *cobra.Command, answer any, text func() error) error {
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), answer)
	}
	return text()
}

// unknownIsInput marks a word that is not there as bad input.
func unknownIsInput(err error) error {
	var unknown *model.UnknownWordError
	if errors.As(err, &unknown) {
		return inputError{err}
	}
	return err
}
