package main

import (
	"bytes"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/google/renameio/v2"
	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

func newExport() *cobra.Command {
	var mps, level, solution, optionsFile string
	cmd := &cobra.Command{
		Use:   "export COUNTY --mps FILE",
		Short: "Write the programme of a county for any other solver",
		Long: `Writes one level of the objective of the county in COUNTY as free MPS, which HiGHS,
CBC, SCIP and GLPK read. With --solution it reads what the solver answered (the raw solution
file of HiGHS, or lines "name value"), checks it in exact integers and prints what it costs at
each level.

The levels are solved one after the other: the first as it is; each later one with --solution,
the answer to the level before, whose costs the file then holds. The last answer is the optimum
at every level. The cost of the level shortage leaves out a constant, so it is 0 or less.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if mps == "" && solution == "" {
				return badInput("want --mps FILE to write, or --solution FILE to check, or both")
			}
			options, err := planOptions(cmd, optionsFile, model.Options{}, nil, nil)
			if err != nil {
				return err
			}
			county, err := readCounty(args[0])
			if err != nil {
				return err
			}
			programme, err := allocation.Programme(county, &options)
			if err != nil {
				return err
			}
			return runExport(cmd, programme, mps, level, solution)
		},
	}
	f := cmd.Flags()
	f.StringVar(&mps, "mps", "", "file to write")
	f.StringVar(&level, "level", "", "level of the objective to minimise (default: the first)")
	f.StringVar(&solution, "solution", "", "what a solver answered to the level before, or to the last: checked, and its costs held")
	f.StringVar(&optionsFile, "options", "", "JSON file of options, as a plan carries them")
	return cmd
}

// answerResult is what `export --solution --json` prints.
type answerResult struct {
	Feasible bool          `json:"feasible"` // always true: an answer that is not is an error
	Levels   []answerLevel `json:"levels"`
}

type answerLevel struct {
	Name      string `json:"name"`
	Objective int64  `json:"objective"`
}

func runExport(cmd *cobra.Command, p *solver.Programme, mps, level, solution string) error {
	number, err := levelNumber(p, level)
	if err != nil {
		return err
	}
	var answer answerResult
	if solution != "" {
		if answer, err = readAnswer(p, solution); err != nil {
			return inputError{fmt.Errorf("%s: %w", solution, err)}
		}
	}
	if mps != "" {
		if number > 0 && solution == "" {
			return badInput("--level %s wants --solution: the answer to level %s", level, p.Levels[number-1].Name)
		}
		held := lo.Map(answer.Levels, func(l answerLevel, _ int) int64 { return l.Objective })
		var file bytes.Buffer
		if err := solver.WriteMPS(&file, p, number, held[:number]); err != nil {
			return err
		}
		if err := renameio.WriteFile(mps, file.Bytes(), 0o644); err != nil {
			return err
		}
	}
	if solution == "" {
		return nil
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), answer)
	}
	out := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, l := range answer.Levels {
		fmt.Fprintf(out, "%s\t%d\t\n", l.Name, l.Objective)
	}
	return out.Flush()
}

// levelNumber finds a level by its name; no name is the first.
func levelNumber(p *solver.Programme, name string) (int, error) {
	if name == "" {
		return 0, nil
	}
	known := lo.Map(p.Levels, func(l solver.Level, _ int) string { return l.Name })
	if k := lo.IndexOf(known, name); k >= 0 {
		return k, nil
	}
	return 0, &model.UnknownWordError{What: "level", Word: name, Known: known}
}

// readAnswer reads an answer, checks that it is feasible, and adds up what it costs.
func readAnswer(p *solver.Programme, path string) (answerResult, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return answerResult{}, err
	}
	flow, columns, err := solver.ReadAnswer(bytes.NewReader(text), p)
	if err != nil {
		return answerResult{}, err
	}
	if err := solver.CheckAnswer(p, flow, columns); err != nil {
		return answerResult{}, err
	}
	result := answerResult{Feasible: true}
	for k, l := range p.Levels {
		result.Levels = append(result.Levels, answerLevel{l.Name, p.Objective(k, flow, columns)})
	}
	return result, nil
}
