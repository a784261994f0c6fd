package main

import (
	"encoding/json"
	"io"

	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/model"
)

// newRoot builds the command tree. It has no state outside, so tests can build
// as many as they like.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "xianguan",
		Short: "Plan how a county allocates and exchanges its teachers (县管校聘)",
		Long: `Xianguan (县管) plans how a county allocates and exchanges its teachers under the
"county-managed, school-hired" system (县管校聘): who teaches what and where, which
posts stay empty, what it costs, and an independent check that every rule holds.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().Bool("json", false, "print JSON for machines instead of tables")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return inputError{err} })
	root.AddCommand(newPlan(), newCheck(), newDemand(), newVerify(), newGenerate(), newImport(), newPolicy(), newExport(), newBench(),
		newRounds(), newMatch(), newMechanisms(), newSubsidy(), newExchange())
	root.AddCommand(newExplain(), newWhyNot())
	root.AddCommand(newReplan(), newEvaluate(), newBacktest(), newSweep(), newMerge(), newNation(), newCompare(), newReport(), newSharing(), newPair(), newPrincipals(), newLayout(), newHorizon(), newSupervise(), newEquity(), newTemplate(), newConvert())
	root.AddCommand(newProvince(), newCostEstimate())
	root.AddCommand(newPublish(), newAppeal(), newAmend(), newFinalize())
	return root
}

// knownCommand refuses a word that is no command, with the nearest one that is.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	known := lo.Map(cmd.Commands(), func(c *cobra.Command, _ int) string { return c.Name() })
	return &model.UnknownWordError{What: "command", Word: args[0], Known: known}
}

// arguments wraps an argument check so that its errors count as bad input.
func arguments(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return badInput("%w; usage: %s", err, cmd.UseLine())
		}
		return nil
	}
}

// asJSON reports whether the caller wants JSON.
func asJSON(cmd *cobra.Command) bool {
	yes, err := cmd.Flags().GetBool("json")
	return err == nil && yes
}

// printJSON writes a value as indented JSON.
func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
