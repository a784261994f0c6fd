package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/record"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model/table"
)

func newVerify() *cobra.Command {
	var folder, head string
	cmd := &cobra.Command{
		Use:   "verify COUNTY PLAN | --record FOLDER [--head HASH]",
		Short: "Check a plan, or replay a record, independently of who made it (独立复核)",
		Long: `Works out every rule and the objective again from the county and the plan alone, by
code that shares nothing with any solver. Exit code 0 says that every rule holds.
With --record it replays the record of a season: hashes, seals and steps, checks, proofs of the bounds, and
each plan once more, byte by byte; a break is told by entry, file and byte. In the folder of a
season the published files are held to their hashes too. --head is the hash of the last entry as printed elsewhere.`,
		Args: arguments(func(cmd *cobra.Command, args []string) error {
			if folder != "" {
				return cobra.ExactArgs(0)(cmd, args)
			}
			return cobra.ExactArgs(2)(cmd, args)
		}),
		RunE: func(cmd *cobra.Command, args []string) error {
			if folder != "" {
				return verifyRecord(cmd, folder, head)
			}
			return verifyPlan(cmd, args[0], args[1])
		},
	}
	cmd.Flags().StringVar(&folder, "record", "", "folder of a season, or of its record")
	cmd.Flags().StringVar(&head, "head", "", "hash of the last entry, as known from elsewhere")
	return cmd
}

func verifyPlan(cmd *cobra.Command, countyPath, planPath string) error {
	county, err := readCounty(countyPath)
	if err != nil {
		return err
	}
	plan, err := table.ReadPlan(planPath)
	if err != nil {
		return inputError{err}
	}
	verdict := check.Plan(county, plan)
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), verdict)
	} else {
		err = report.WriteVerdict(cmd.OutOrStdout(), plan, verdict)
	}
	if err == nil && !verdict.OK() {
		err = badInput("%s breaks a rule", planPath)
	}
	return err
}

func verifyRecord(cmd *cobra.Command, folder, head string) error {
	path := folder
	if isSeason(folder) {
		path = filepath.Join(folder, recordFolder)
	}
	store, err := record.ReadFolder(path)
	if err != nil {
		return err
	}
	v, err := record.Verify(cmd.Context(), store, record.VerifyOptions{Head: head})
	if err != nil {
		return err
	}
	if isSeason(folder) && v.OK() {
		if v.Faults, err = record.VerifyFiles(os.DirFS(folder), v.State); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), v)
	} else {
		err = report.WriteVerification(cmd.OutOrStdout(), v)
	}
	if err == nil && !v.OK() {
		err = badInput("the record in %s is broken", path)
	}
	return err
}
