package main

import (
	"fmt"
	"os"

	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
)

func mechanismNames() []string {
	return lo.Map(matching.Mechanisms(), func(m matching.Mechanism, _ int) string { return m.Name })
}

func newMatch() *cobra.Command {
	var mechanism, trace string
	var lottery matching.Lottery
	cmd := &cobra.Command{
		Use:   "match FILE.json --mechanism NAME [--trace ID] [--seed N]",
		Short: "Run one matching mechanism on preference lists (匹配机制)",
		Long: `Runs a mechanism on a market: applicants with lists of schools, schools with places and
a ranking, as package matching reads them. It prints who gets what, which choice that is, and
certificates that share no code with the mechanism: blocking pairs, justified envy, waste, who is
worse off than now, and whether anybody could gain without another's loss. With --trace it tells
one applicant what happened, step by step; the mechanism rank has no steps.

Mechanisms:`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runMatch(cmd, args[0], mechanism, trace, lottery)
		},
	}
	for _, m := range matching.Mechanisms() {
		cmd.Long += fmt.Sprintf("\n  %-15s %s", m.Name, m.Title)
	}
	f := cmd.Flags()
	f.StringVar(&mechanism, "mechanism", "", "name of the mechanism, as listed above")
	f.StringVar(&trace, "trace", "", "id of an applicant: print the steps that concern them")
	f.Uint64Var(&lottery.Seed, "seed", 0, "published seed: draws lots among equal points")
	f.BoolVar(&lottery.PerSchool, "lottery-per-school", false, "draw a lot at each school instead of one for all")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("mechanism", cobra.FixedCompletions(mechanismNames(), cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

func runMatch(cmd *cobra.Command, path, name, traced string, lottery matching.Lottery) error {
	if name == "" {
		return badInput("match: want --mechanism, one of %q", mechanismNames())
	}
	mechanism, err := matching.ByName(name)
	if err != nil {
		return inputError{err}
	}
	problem, err := readProblem(path, lottery)
	if err != nil {
		return inputError{fmt.Errorf("%s: %w", path, err)}
	}
	var trace *matching.Trace
	applicant := matching.None
	if traced != "" {
		if applicant = problem.FindApplicant(traced); applicant == matching.None {
			return unknownApplicant(problem, traced)
		}
		trace = &matching.Trace{}
	}
	result, err := mechanism.Run(problem, matching.Options{}, trace)
	if err != nil { // floors that can't be met, or couples without a stable matching
		return inputError{fmt.Errorf("%s: %w", path, err)}
	}
	certified := report.Certify(problem, mechanism, lottery.Seed, result)
	if trace != nil {
		for _, step := range trace.About(applicant) {
			certified.Trace = append(certified.Trace, problem.Sentence(step))
		}
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), certified)
	}
	return report.WriteMatching(cmd.OutOrStdout(), certified)
}

func readProblem(path string, lottery matching.Lottery) (*matching.Problem, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	market, err := matching.Read(file)
	if err != nil {
		return nil, err
	}
	return matching.NewProblem(market, lottery)
}

func unknownApplicant(p *matching.Problem, id string) error {
	known := make([]string, p.Applicants())
	for t := range known {
		known[t] = p.Applicant(int32(t))
	}
	return &model.UnknownWordError{What: "applicant", Word: id, Known: known}
}
