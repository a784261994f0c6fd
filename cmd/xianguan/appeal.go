package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
)

func newAppeal() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "appeal add|list|decide FOLDER",
		Short: "Objections to a published plan and what comes of them (申诉)",
		Long: `Takes down objections, lists them, and takes down what was decided: an objection that is upheld becomes typed corrections of the
county's data, pins or bans, which amend puts into the plan. FOLDER is that of publish.`,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newAppealAdd(), newAppealList(), newAppealDecide())
	return cmd
}

func newAppealAdd() *cobra.Command {
	var a appeal.Appeal
	var file, day, post, ground, teacher, school, about string
	cmd := &cobra.Command{
		Use:   "add FOLDER --teacher ID|--school ID --ground GROUND [--evidence REF] | --file APPEALS.json",
		Short: "Take an objection down, or a file of them",
		Long: `Takes an objection down in the record and prints its number. One that came in after the last day is refused, unless --late takes it all the same.
` + text.WrapSoft("Grounds: "+strings.Join(groundWords(), ", ")+".", report.Width),
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			list := []appeal.Appeal{a}
			if file != "" {
				if list, err = readListFile(file, appeal.Read); err != nil {
					return err
				}
			} else {
				x := &list[0]
				x.Teacher, x.School, x.About = model.TeacherID(teacher), model.SchoolID(school), model.TeacherID(about)
				if x.Day, err = dayFlag("day", day); err != nil {
					return err
				}
				if err := x.Ground.UnmarshalText([]byte(ground)); err != nil {
					return badInput("--ground: %w", err)
				}
				if post != "" {
					if x.Post, err = parsePost(post); err != nil {
						return badInput("--post: %w", err)
					}
				}
			}
			return withSeason(cmd.Context(), args[0], func(s *record.Season) error { return addAppeals(cmd, s, list) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&file, "file", "", "JSON list of appeals instead of flags")
	f.StringVar(&teacher, "teacher", "", "who objects: id of a teacher")
	f.StringVar(&school, "school", "", "or of a school")
	f.StringVar(&about, "about", "", "teacher whose post it is against, where it is not the appellant's own")
	f.StringVar(&post, "post", "", "SCHOOL/STAGE/SUBJECT that is asked for or objected to")
	f.StringVar(&ground, "ground", "", "what it rests on")
	f.StringVar(&a.Evidence, "evidence", "", "reference of the document")
	f.StringVar(&a.Text, "text", "", "in the appellant's words; never published")
	f.StringVar(&day, "day", "", "day on which it came in (default: today)")
	f.BoolVar(&a.Late, "late", false, "take it though it came in after the last day")
	cmd.MarkFlagsMutuallyExclusive("file", "teacher")
	cmd.MarkFlagsMutuallyExclusive("file", "school")
	return cmd
}

func groundWords() []string {
	var all []string
	for _, g := range appeal.Grounds() {
		all = append(all, fmt.Sprintf("%s (%s)", string(g), g.Chinese()))
	}
	return all
}

// readListFile reads a file of appeals or decisions.
func readListFile[T any](path string, read func(io.Reader) ([]T, error)) ([]T, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	list, err := read(bytes.NewReader(content))
	if err != nil {
		return nil, badInput("%s, %w", filepath.Base(path), err)
	}
	return list, nil
}

// addAppeals takes appeals down in order. Those before one that is refused stay.
func addAppeals(cmd *cobra.Command, s *record.Season, list []appeal.Appeal) error {
	ids := []string{}
	for i, a := range list {
		id, err := s.Appeal(cmd.Context(), a)
		if err != nil {
			if i > 0 {
				err = fmt.Errorf("appeal %d of the file; %s to %s are taken down: %w", i+1, ids[0], ids[i-1], err)
			}
			return err
		}
		ids = append(ids, id)
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), ids)
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), "Taken down (已登记):", strings.Join(ids, " "))
	return err
}

func newAppealList() *cobra.Command {
	return &cobra.Command{
		Use:   "list FOLDER",
		Short: "List the objections and what came of each",
		Args:  arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := record.ReadFolder(filepath.Join(args[0], recordFolder))
			if err != nil {
				return err
			}
			s, err := record.Open(cmd.Context(), store, nil)
			if err != nil {
				return seasonError(err)
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), s.Cases)
			}
			return report.WriteCases(cmd.OutOrStdout(), &s.State)
		},
	}
}

func newAppealDecide() *cobra.Command {
	var d appeal.Decision
	var file, day string
	var dismiss bool
	var teachers, schools, pins, bans []string
	cmd := &cobra.Command{
		Use:   "decide FOLDER APPEAL --uphold|--dismiss --by OFFICE --reason TEXT [--correct TEACHER.FIELD=VALUE] | --file DECISIONS.json",
		Short: "Take down what came of an objection",
		Long: `Takes a decision down in the record. One that is upheld names what becomes of it: corrections, pins or bans; they are tried out on the county at once.
--correct T1.born=1970-01-02 sets a field, --correct T1.exemption=illness adds to a list, --correct T1.exemption-=illness takes from it.
` + text.WrapSoft("Of a teacher: "+strings.Join(fieldWords()[0], ", ")+".", report.Width) + `
--correct-school S1.pupils=3=45: 45 pupils in grade 3.
` + text.WrapSoft("Of a school: "+strings.Join(fieldWords()[1], ", ")+".", report.Width),
		Args: arguments(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			list := []appeal.Decision{d}
			if file != "" {
				if list, err = readListFile(file, appeal.ReadDecisions); err != nil {
					return err
				}
			} else if len(args) < 2 || d.Upheld == dismiss {
				return badInput("appeal decide: want an APPEAL and one of --uphold and --dismiss, or --file")
			} else {
				list[0].Appeal = args[1]
				if list[0].Day, err = dayFlag("day", day); err != nil {
					return err
				}
				if err := remedies(&list[0], teachers, schools, pins, bans); err != nil {
					return err
				}
			}
			return withSeason(cmd.Context(), args[0], func(s *record.Season) error { return decideAll(cmd, s, list) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&file, "file", "", "JSON list of decisions instead of flags")
	f.BoolVar(&d.Upheld, "uphold", false, "the objection is right")
	f.BoolVar(&dismiss, "dismiss", false, "it is not")
	f.StringVar(&d.By, "by", "", "who decided")
	f.StringVar(&d.Reason, "reason", "", "why")
	f.StringVar(&day, "day", "", "day of the decision (default: today)")
	f.StringArrayVar(&teachers, "correct", nil, "TEACHER.FIELD=VALUE that is right; may repeat")
	f.StringArrayVar(&schools, "correct-school", nil, "SCHOOL.FIELD=VALUE that is right; may repeat")
	f.StringArrayVar(&pins, "pin", nil, "TEACHER=SCHOOL/STAGE/SUBJECT that the teacher gets, or TEACHER alone for the present post; may repeat")
	f.StringArrayVar(&bans, "ban", nil, "TEACHER=SCHOOL/STAGE/SUBJECT that the teacher does not get; may repeat")
	return cmd
}

func fieldWords() (words [2][]string) {
	teacher, school := appeal.Fields()
	for i, list := range [][]appeal.FieldName{teacher, school} {
		for _, f := range list {
			words[i] = append(words[i], fmt.Sprintf("%s (%s)", f.Name, f.Chinese))
		}
	}
	return words
}

// remedies reads what becomes of an appeal from flags.
func remedies(d *appeal.Decision, teachers, schools, pins, bans []string) error {
	for _, text := range teachers {
		id, x, err := parseCorrection(text)
		if err != nil {
			return badInput("--correct %q: %w", text, err)
		}
		x.Teacher = model.TeacherID(id)
		d.Corrections = append(d.Corrections, x)
	}
	for _, text := range schools {
		id, x, err := parseCorrection(text)
		if err != nil {
			return badInput("--correct-school %q: %w", text, err)
		}
		x.School = model.SchoolID(id)
		d.Corrections = append(d.Corrections, x)
	}
	for _, list := range []struct {
		flag  string
		texts []string
		into  *[]model.Pin
	}{{"pin", pins, &d.Pins}, {"ban", bans, &d.Bans}} {
		for _, text := range list.texts {
			pin, err := parsePin(text)
			if err != nil {
				return badInput("--%s: %w", list.flag, err)
			}
			*list.into = append(*list.into, pin)
		}
	}
	return nil
}

// parseCorrection reads "T1.born=1970-01-02", or "T1.exemption-=illness" to take from a list.
func parseCorrection(text string) (id string, x appeal.Correction, err error) {
	left, value, found := strings.Cut(text, "=")
	left, x.Remove = strings.CutSuffix(left, "-")
	dot := strings.LastIndex(left, ".")
	if !found || dot <= 0 {
		return "", x, fmt.Errorf("want ID.FIELD=VALUE")
	}
	x.Field, x.Value = left[dot+1:], value
	return left[:dot], x, nil
}

// decideAll takes decisions down in order. Those before one that is refused stay.
func decideAll(cmd *cobra.Command, s *record.Season, list []appeal.Decision) error {
	for i := range list {
		if err := s.Decide(cmd.Context(), list[i]); err != nil {
			return fmt.Errorf("appeal %s (%d of %d are taken down): %w", list[i].Appeal, i, len(list), err)
		}
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), s.Cases)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "Decided (已裁定): %d; upheld and not in the plan yet (待调整): %d\n", len(list), len(s.Pending()))
	return err
}
