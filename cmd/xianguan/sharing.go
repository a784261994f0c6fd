package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/model"
)

func newSharing() *cobra.Command {
	var o sharing.Options
	var reach, travel int
	var out string
	var costs [3]string // of a post, a host and a period over the network
	cmd := &cobra.Command{
		Use:   "sharing COUNTY [PLAN] [--out FOLDER]",
		Short: "Visiting teachers and lessons over the network (走教与同步课堂)",
		Long: `Covers the weekly periods that whole posts leave open: teachers with time to spare visit schools within reach (走教), and classes join
lessons that schools in town and strong schools give over the network (同步课堂). Fewest periods missing, then fewest over the network, then
the least travel, each with its bound. Release time (送教下乡、导师、跟岗) covers no periods, and after-school service (课后服务) is part of the
load, after lessons. What stays missing is listed class by class, with the cheapest set of remedies in yuan a month. Without PLAN the county is
planned first. With --out, sharing.json, teaching.csv, classes.csv, remedies.csv and summary.txt are written to the folder.`,
		Args: arguments(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if reach < 0 || travel < 0 {
				return badInput("sharing: --reach and --travel: want kilometres from 0 up")
			}
			for i, at := range []*model.Fen{&o.PostCost, &o.HostCost, &o.JoinCost} {
				var err error
				if *at, err = amount("sharing", []string{"post-cost", "host-cost", "join-cost"}[i], costs[i]); err != nil {
					return err
				}
			}
			o.Reach, o.Travel = model.Metres(1000*reach), model.Metres(1000*travel)
			return runSharing(cmd, args, out, o)
		},
	}
	f := cmd.Flags()
	f.IntVar(&reach, "reach", 20, "kilometres by road of a visit, one way")
	f.IntVar(&travel, "travel", 120, "kilometres of a teacher's visits in a week")
	f.IntVar(&o.Days, "days", 3, "days of a week that a teacher may be away")
	f.IntVar(&o.PeriodsADay, "periods-a-day", 5, "periods that a visitor teaches in a day")
	f.IntVar(&o.Schools, "schools", 3, "schools that a teacher visits")
	f.IntVar(&o.Stops, "stops", 1, "schools of one day, 1 to 3; a period is lost on each road between")
	f.IntVar(&o.Joined, "joined", 2, "classes that join a lesson over the network")
	f.StringVar(&costs[0], "post-cost", "8000", "yuan a month of a full post, for remedies")
	f.StringVar(&costs[1], "host-cost", "300", "yuan a month of a further host for one subject and stage")
	f.StringVar(&costs[2], "join-cost", "40", "yuan a month of a weekly period over the network")
	f.BoolVar(&o.NoVisits, "no-visits", false, "nobody visits")
	f.BoolVar(&o.NoNetwork, "no-network", false, "no lessons over the network")
	f.IntVar(&o.Rounds, "rounds", 1500, "rounds of the search")
	f.DurationVar(&o.Proof, "proof", 0, "time for the proof, after the search (default 5s)")
	f.StringVar(&out, "out", "", "folder to write to; made where it does not exist (default: only print)")
	return cmd
}

func runSharing(cmd *cobra.Command, args []string, out string, o sharing.Options) error {
	county, plan, err := sharingInput(cmd, args)
	if err != nil {
		return err
	}
	if out != "" { // fail before the work, not after
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
	}
	result, err := sharing.Share(cmd.Context(), county, plan, &o)
	if err != nil {
		return err
	}
	if err := sharing.Verify(county, plan, result); err != nil {
		return fmt.Errorf("the checker refuses our own sharing: %w", err)
	}
	var summary bytes.Buffer
	if err := report.WriteSharing(&summary, county, result); err != nil {
		return err
	}
	if out != "" {
		if err := writeSharing(out, county, result, summary.Bytes()); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), result)
	}
	_, err = summary.WriteTo(cmd.OutOrStdout())
	return err
}

// sharingInput reads the county and its plan, or makes one.
func sharingInput(cmd *cobra.Command, args []string) (*model.County, *model.Plan, error) {
	if len(args) == 2 {
		return readCountyAndPlan(args[0], args[1])
	}
	county, err := readCounty(args[0])
	if err != nil {
		return nil, nil, err
	}
	plan, err := allocation.Solve(cmd.Context(), county, nil)
	if err != nil {
		return nil, nil, errors.Join(err, explain(cmd, county, err))
	}
	return county, plan, nil
}

// writeSharing writes the files of a sharing, each whole or not at all.
func writeSharing(out string, c *model.County, r *sharing.Result, summary []byte) error {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	var teaching, classes, remedies bytes.Buffer
	if err := errors.Join(report.WriteTeaching(&teaching, c, r), report.WriteClasses(&classes, c, r), report.WriteRemedies(&remedies, c, r)); err != nil {
		return err
	}
	for _, file := range []struct {
		name string
		text []byte
	}{{"sharing.json", append(text, '\n')}, {"teaching.csv", teaching.Bytes()}, {"classes.csv", classes.Bytes()}, {"remedies.csv", remedies.Bytes()}, {"summary.txt", summary}} {
		if err := renameio.WriteFile(filepath.Join(out, file.name), file.text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
