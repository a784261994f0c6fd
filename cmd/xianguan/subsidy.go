package main

import "github.com/spf13/cobra"

// newSubsidy is the parent of the commands on hardship subsidies.
func newSubsidy() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "subsidy",
		Short: "Decide hardship subsidies: how teachers answer money, and which amounts to pay (差别化补贴)",
		Args:  knownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSubsidyEstimate(), newSubsidySimulate(), newSubsidyDesign(), newSubsidyFrontier(), newSubsidyPrice())
	return cmd
}
