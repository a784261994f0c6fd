package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/scenario"
)

func newMerge() *cobra.Command {
	var out, goals string
	var gates []string
	var partial bool
	cmd := &cobra.Command{
		Use:   "merge FOLDER... --out FOLDER",
		Short: "Join the shards of a sweep (合并分片结果)",
		Long: `Joins what the shards of one sweep have left in folders, the --out of "sweep --shard", and writes and prints what one machine would have:
the same bytes. Nothing is planned and no county is read. A shard that is not done, a result that is lost and a county that could not be read
are named, and nothing is written; with --partial what is there is joined all the same.`,
		Args: arguments(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, folders []string) error {
			wanted := strings.Split(goals, ",")
			if _, err := scenario.Front(nil, wanted); err != nil {
				return badInput("--goals: %w", err)
			}
			if _, err := parseGates(gates); err != nil {
				return err
			}
			results, part, err := scenario.Merge(folders)
			if is[*scenario.MergeError](err) && partial && len(results) > 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "xianguan:", err)
				results, err = present(results), nil
			}
			if err != nil {
				return inputError{err}
			}
			sweep, err := judgeSweep(results, wanted, append(part.Gates, gates...))
			if err != nil {
				return err
			}
			return writeSweep(cmd, sweep, results, out)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "folder to write sweep.csv and sweep.json to (default: only print)")
	f.StringVar(&goals, "goals", "vacant,cost", "indicators of the Pareto front")
	f.StringArrayVar(&gates, "gate", nil, "a further limit that every plan must keep; may repeat")
	f.BoolVar(&partial, "partial", false, "join what is there, and name what is not")
	return cmd
}

// present leaves out results that are not there.
func present(results []scenario.Result) []scenario.Result {
	var there []scenario.Result
	for i := range results {
		if results[i].Task != "" {
			there = append(there, results[i])
		}
	}
	return there
}
