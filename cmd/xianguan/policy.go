package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model/policy"
)

func newPolicy() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "Show the policy packs (政策参数)",
	}
	cmd.AddCommand(&cobra.Command{
		Use:               "show NAME",
		Short:             "Show every value of a pack with its unit, range, source and date",
		Args:              arguments(cobra.ExactArgs(1)),
		ValidArgsFunction: cobra.FixedCompletions(policy.Names(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(cmd *cobra.Command, args []string) error {
			pack, err := policy.Load(args[0])
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), pack)
			}
			return report.WritePolicy(cmd.OutOrStdout(), pack)
		},
	}, &cobra.Command{
		Use:   "list",
		Short: "List the packs",
		Args:  arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON(cmd) {
				return printJSON(cmd.OutOrStdout(), policy.Names())
			}
			for _, name := range policy.Names() {
				fmt.Fprintln(cmd.OutOrStdout(), name)
			}
			return nil
		},
	})
	return cmd
}
