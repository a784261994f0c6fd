package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/allocation/report/letter"
	"github.com/xianguan/xianguan/model"
)

type publishFlags struct{ out, day, until, rounds, official, issuer string }

func newPublish() *cobra.Command {
	var o publishFlags
	cmd := &cobra.Command{
		Use:   "publish COUNTY PLAN --out FOLDER",
		Short: "Publish a plan: posting list, letters, record (公示)",
		Long: `Checks the plan, begins the record of its season and writes what is published:
  FOLDER/public/posting.html, .txt, .csv    posts, points, cut-offs, ranks by opaque id
  FOLDER/public/letters.zh.html, .en.html   all letters, a sheet each, to print
  FOLDER/public/teachers, schools           a letter each, as page and text, in Chinese and English
  FOLDER/official                           with --official PEOPLE, the letters with names (内部使用)
  FOLDER/record                             the record, which is for the office: appeal, amend and finalize go on with it
The last day to object follows the setting publication.objection_days, in working days; public holidays are not known, so give --until where there are any.`,
		Args: arguments(cobra.ExactArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error { return runPublish(cmd, args[0], args[1], &o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "folder of the season; made where it does not exist")
	f.StringVar(&o.day, "day", "", "day of publication, as in 2026-07-01 (default: today)")
	f.StringVar(&o.until, "until", "", "last day to object (default: by the setting publication.objection_days)")
	f.StringVar(&o.rounds, "rounds", "", "rounds.json that the plan comes from: its points and cut-offs are published")
	f.StringVar(&o.official, "official", "", "people.csv or a workbook with names: write the letters with names as well")
	f.StringVar(&o.issuer, "issuer", "", "who signs the letters (default: the county's education bureau)")
	return cmd
}

func runPublish(cmd *cobra.Command, countyPath, planPath string, o *publishFlags) error {
	if o.out == "" {
		return badInput("publish: want --out FOLDER")
	}
	county, plan, err := readCountyAndPlan(countyPath, planPath)
	if err != nil {
		return err
	}
	if err := check.Plan(county, plan).Err(); err != nil {
		return badInput("%s breaks a rule: %w", planPath, err)
	}
	options, err := o.letterOptions(county)
	if err != nil {
		return err
	}
	files, named, err := letters(cmd, county, plan, options)
	if err != nil {
		return err
	}
	store, err := record.CreateFolder(filepath.Join(o.out, recordFolder))
	if err != nil {
		return seasonError(err)
	}
	s, err := record.Open(cmd.Context(), store, nil)
	if err == nil {
		err = o.record(cmd, s, county, plan, options, files, named)
	}
	return seasonError(errors.Join(err, store.Close()))
}

// record begins the season and posts it. A season that was begun with this very plan and not posted, as by a run that was stopped, goes on.
func (o *publishFlags) record(cmd *cobra.Command, s *record.Season, county *model.County, plan *model.Plan, options letter.Options, files, named []letter.File) error {
	if len(s.Publications) > 0 || !s.Holds(plan) {
		if err := s.Begin(cmd.Context(), county, plan, options.Day); err != nil {
			return err
		}
	}
	if err := postFiles(cmd, s, o.out, publicFolder, officialFolder, options, files, named); err != nil {
		return err
	}
	result := publishResult{s.Inputs.County, options.Day, options.Until, len(files), filepath.Join(o.out, publicFolder), s.Length(), s.Head()}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), result)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "Published (公示): %s, %d files\nFolder (目录): %s\nObjections until (异议截止): %s\nRecord (存档): %d entries, head (末项哈希)\n  %s\n",
		result.Day, result.Files, result.Folder, result.Until, result.Entries, result.Head)
	return err
}

// postFiles writes what is published, and the copy with names where there is one, and records it.
func postFiles(cmd *cobra.Command, s *record.Season, out, folder, official string, options letter.Options, files, named []letter.File) error {
	if err := writeFiles(filepath.Join(out, folder), files, 0o755, 0o644); err != nil {
		return err
	}
	if len(named) > 0 {
		if err := writeFiles(filepath.Join(out, official), named, 0o700, 0o600); err != nil {
			return err
		}
	}
	return s.Publish(cmd.Context(), record.Publication{Day: options.Day, Until: options.Until, Files: recorded(folder, files)})
}

// publishResult is what `publish --json` prints.
type publishResult struct {
	County  model.CountyID `json:"county"`
	Day     model.Date     `json:"day"`
	Until   model.Date     `json:"until"`
	Files   int            `json:"files"`
	Folder  string         `json:"folder"`
	Entries int            `json:"entries"`
	Head    string         `json:"head"`
}

// letterOptions reads how the plan is published.
func (o *publishFlags) letterOptions(county *model.County) (options letter.Options, err error) {
	if options.Day, err = dayFlag("day", o.day); err != nil {
		return options, err
	}
	if options.Until, err = lastDay(county, options.Day, o.until); err != nil {
		return options, err
	}
	if options.Until < options.Day {
		return options, badInput("--until %s: want a day from %s, when the plan is published", options.Until, options.Day)
	}
	if o.issuer != "" {
		options.Issuer = letter.Term{Zh: o.issuer, En: o.issuer}
	}
	if o.rounds != "" {
		options.Rounds = &allocation.RoundsResult{}
		if err := readJSONFile(o.rounds, options.Rounds); err != nil {
			return options, err
		}
		if options.Rounds.CountyID != county.ID || len(options.Rounds.Steps) == 0 {
			return options, badInput("%s: want rounds.json of the county %s", o.rounds, county.ID)
		}
	}
	if o.official != "" {
		options.People, err = readPeople(o.official, county)
	}
	return options, err
}

// letters words a plan for everybody, and with people as the copy with names too.
func letters(cmd *cobra.Command, county *model.County, plan *model.Plan, options letter.Options) (files, named []letter.File, err error) {
	people := options.People
	options.People = nil
	for _, who := range [][]model.Person{nil, people} {
		if options.People = who; who == nil && files != nil {
			break
		}
		publication, err := letter.New(cmd.Context(), county, plan, options)
		if err != nil {
			return nil, nil, notOptimalIsInput(err)
		}
		list, err := publication.Files()
		if err != nil {
			return nil, nil, err
		}
		if who == nil {
			files = list
		} else {
			named = list
		}
	}
	return files, named, nil
}

// notOptimalIsInput marks a plan that can be bettered, which can't be explained, as bad input.
func notOptimalIsInput(err error) error {
	if is[*allocation.NotOptimalError](err) {
		return inputError{err}
	}
	return err
}

// isSeason reports whether a folder has a season.
func isSeason(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, recordFolder))
	return err == nil
}
