package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/report/letter"
)

type amendFlags struct {
	publishFlags
	fill, dry bool
	limit     time.Duration
}

func newAmend() *cobra.Command {
	var o amendFlags
	cmd := &cobra.Command{
		Use:   "amend FOLDER [--dry-run] [--fill]",
		Short: "Mend a published plan after appeals with the fewest people touched (申诉后调整)",
		Long: `Puts the corrections, pins and bans of all appeals that were upheld into the county and the plan, in the order of the appeals, and touches as few
people beyond the appellants as any lawful plan can, which it proves. It shows the posts before and after and why each further person is touched, records it,
and publishes the letters of those concerned in FOLDER/amendment-1 (2, …), with days to object of their own. A final post does not change.
--fill lets others be moved where more posts can be filled or more people be placed by it.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.out = args[0]
			return withSeason(cmd.Context(), args[0], func(s *record.Season) error { return runAmend(cmd, s, &o) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.day, "day", "", "day of publication (default: today)")
	f.StringVar(&o.until, "until", "", "last day to object to the amendment (default: by the setting publication.objection_days)")
	f.StringVar(&o.issuer, "issuer", "", "who signs the letters (default: the county's education bureau)")
	f.StringVar(&o.official, "official", "", "people.csv or a workbook with names: write the letters with names as well, to official-amendment-1 (2, …)")
	f.BoolVar(&o.fill, "fill", false, "fill posts and place people first, then touch the fewest")
	f.BoolVar(&o.dry, "dry-run", false, "only show it: nothing is recorded or published")
	f.DurationVar(&o.limit, "time-limit", 0, "stop after this time with the best plan so far, as in 30s (default: none)")
	return cmd
}

func runAmend(cmd *cobra.Command, s *record.Season, o *amendFlags) error {
	options, err := o.letterOptions(s.County)
	if err != nil {
		return err
	}
	if len(s.Pending()) == 0 && len(s.Amendments) > 0 && s.Unpublished() { // a run was stopped between the record and the letters
		return postAmendment(cmd, s, o, options)
	}
	amend := record.AmendOptions{Day: options.Day, Fill: o.fill}
	amend.Planner.Options.TimeLimit = o.limit
	m, err := o.mend(cmd, s, amend)
	if err != nil {
		return errors.Join(err, explain(cmd, s.County, err))
	}
	if !asJSON(cmd) {
		var text bytes.Buffer
		if err := report.WriteAmendment(&text, m, check.Plan(m.County, m.Plan)); err != nil {
			return err
		}
		if _, err := io.Copy(cmd.OutOrStdout(), &text); err != nil {
			return err
		}
	} else if err := printJSON(cmd.OutOrStdout(), m); err != nil {
		return err
	}
	if o.dry {
		return nil
	}
	return postAmendment(cmd, s, o, options)
}

// mend works the amendment out, and records it unless it is only shown.
func (o *amendFlags) mend(cmd *cobra.Command, s *record.Season, amend record.AmendOptions) (*appeal.Amendment, error) {
	if o.dry {
		return s.Propose(cmd.Context(), amend)
	}
	return s.Amend(cmd.Context(), amend)
}

// postAmendment publishes the letters of those whom the last amendment concerns.
func postAmendment(cmd *cobra.Command, s *record.Season, o *amendFlags, options letter.Options) error {
	last := &s.Amendments[len(s.Amendments)-1]
	options.Only, options.Before = slices.Clone(last.Appellants), s.Before
	for i := range last.Touched {
		options.Only = append(options.Only, last.Touched[i].Teacher)
	}
	files, named, err := letters(cmd, s.County, s.Plan, options)
	if err != nil {
		return err
	}
	folder := fmt.Sprintf("amendment-%d", len(s.Amendments))
	if err := postFiles(cmd, s, o.out, folder, officialFolder+"-"+folder, options, files, named); err != nil || asJSON(cmd) {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "\nPublished (公示): %s, %d files\nFolder (目录): %s\nObjections until (异议截止): %s\n", options.Day, len(files), filepath.Join(o.out, folder), options.Until)
	return err
}
