package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/renameio/v2"
	"github.com/samber/lo"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/highs"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/allocation/solver/ortools"
	"github.com/xianguan/xianguan/cmd/xianguan/internal/bench"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// benchFlags are the flags of bench as they are given.
type benchFlags struct {
	landscapes, backends, rules []string
	teachers                    []int
	seeds, budget               string
	timeLimit                   time.Duration
	gap, times                  float64
	out, check                  string
	update                      bool
}

func newBench() *cobra.Command {
	var flags benchFlags
	cmd := &cobra.Command{
		Use:   "bench --teachers N,N --seeds N --backends native,highs,ortools --out FOLDER",
		Short: "Measure backends on synthetic counties (基准测试)",
		Long: `Plans seeded synthetic counties with each backend, each plan in a process of its own, checks
every plan with the independent checker, prints a Markdown table and writes results.csv and
results.md to the folder of --out.

--rules all switches on every rule that cuts across schools: soft with the weight of the policy
pack, but housing and outflow hard where everybody staying obeys them, and a budget for
subsidies. A budget of 50% lies half way between the subsidies if everybody stays and those of
the best plan of the network alone.

--times 20 gives every backend after the first 20 times as long as the first took, on each county where
that reached the gap: whether it is 20 times as fast is then known without waiting for the others to end.

--check FOLDER measures the instances of FOLDER/best.csv (of which the flags choose) and fails
where a plan is worse than the best known or a bound contradicts it; with --update the flags
say what to measure, and what is new or better is written to the file.`,
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return runBench(cmd, &flags) },
	}
	f := cmd.Flags()
	f.StringSliceVar(&flags.landscapes, "landscape", []string{string(synthetic.Plain)}, "plain, mountain, pastoral")
	f.IntSliceVar(&flags.teachers, "teachers", []int{500}, "sizes of county")
	f.StringVar(&flags.seeds, "seeds", "1", "a number of seeds (10), a range (11-20), or a list (3,5,11-20)")
	f.StringSliceVar(&flags.backends, "backends", []string{"native"}, "native, ortools, highs; the threads of a peer after a colon, as in highs:2")
	f.StringSliceVar(&flags.rules, "rules", []string{string(bench.NoRules)}, "none: the network alone; all: with every rule across schools")
	f.StringVar(&flags.budget, "budget", "50%", "tightness of the budget with --rules all, from 0% to 100%, or none")
	f.DurationVar(&flags.timeLimit, "time-limit", time.Minute, "for each plan; 0 is none")
	f.Float64Var(&flags.times, "times", 0, "limit of the backends after the first, in times of the first where that reached the gap (default: --time-limit)")
	f.Float64Var(&flags.gap, "gap", 1e-4, "relative gap accepted at every level")
	f.StringVar(&flags.out, "out", "", "folder for results.csv and results.md (default: only print)")
	f.StringVar(&flags.check, "check", "", "folder of best-known values to hold the results against")
	f.BoolVar(&flags.update, "update", false, "with --check: write what is new or better to the best-known values")
	cmd.AddCommand(newBenchCell())
	return cmd
}

// newBenchCell measures one cell; bench starts it.
func newBenchCell() *cobra.Command {
	return &cobra.Command{
		Use:    "cell",
		Short:  "Measure one cell, from JSON on the input to JSON on the output",
		Hidden: true,
		Args:   arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			var cell bench.Cell
			if err := json.NewDecoder(cmd.InOrStdin()).Decode(&cell); err != nil {
				return badInput("want a cell in JSON: %w", err)
			}
			backend, err := benchBackend(cell.Backend)
			if err != nil {
				return err
			}
			return printJSON(cmd.OutOrStdout(), bench.Measure(cmd.Context(), cell, backend))
		},
	}
}

// benchBackend gives the backend of a name, as in "native" or "highs:2": a peer with its threads, which are left to
// it where there is no number. There is no auto: a measurement says of whom it is.
func benchBackend(text string) (solver.Backend, error) {
	name, number, set := strings.Cut(text, ":")
	threads := 0
	if set {
		var err error
		if threads, err = strconv.Atoi(number); err != nil || threads < 1 || name == "native" {
			return nil, badInput("backend %q: want a peer with a number of threads, as in highs:2", text)
		}
	}
	switch name {
	case "native":
		return native.Solver{}, nil
	case "ortools":
		return ortools.Solver{Threads: threads}, nil
	case "highs":
		return highs.New(highs.Options{Threads: threads})
	}
	return nil, &model.UnknownWordError{What: "backend", Word: name, Known: []string{"native", "ortools", "highs"}}
}

func runBench(cmd *cobra.Command, flags *benchFlags) error {
	if flags.update && flags.check == "" {
		return badInput("--update wants --check FOLDER: the best-known values to improve")
	}
	if flags.gap < 0 || flags.timeLimit < 0 || flags.times < 0 {
		return badInput("want --gap, --time-limit and --times of 0 or more")
	}
	for _, name := range flags.backends {
		if _, err := benchBackend(name); err != nil {
			return err
		}
	}
	var book bench.Book
	if flags.check != "" {
		var err error
		if book, err = bench.ReadBook(flags.check); err != nil {
			return inputError{err}
		}
	}
	instances, err := benchInstances(cmd, flags, book)
	if err != nil {
		return err
	}
	if flags.out != "" { // fail before the work, not after
		if err := os.MkdirAll(flags.out, 0o755); err != nil {
			return err
		}
	}
	results, err := measureAll(cmd, flags, book, instances)
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		err = printJSON(cmd.OutOrStdout(), results)
	} else {
		err = bench.WriteMarkdown(cmd.OutOrStdout(), results)
	}
	return errors.Join(err, judge(cmd.ErrOrStderr(), flags, book, results))
}

// benchInstances are the instances that the flags name, or with --check alone those of the book that
// the flags do not rule out.
func benchInstances(cmd *cobra.Command, flags *benchFlags, book bench.Book) ([]bench.Instance, error) {
	seeds, err := bench.ParseSeeds(flags.seeds)
	if err != nil {
		return nil, badInput("--seeds: %w", err)
	}
	tightness, err := bench.ParseTightness(flags.budget)
	if err != nil {
		return nil, badInput("--budget: %w", err)
	}
	for _, rules := range flags.rules {
		if known := []string{string(bench.NoRules), string(bench.AllRules)}; !slices.Contains(known, rules) {
			return nil, &model.UnknownWordError{What: "set of rules", Word: rules, Known: known}
		}
	}
	if flags.check != "" && !flags.update {
		given := cmd.Flags().Changed
		chosen := lo.FilterMap(book, func(b bench.Best, _ int) (bench.Instance, bool) {
			i := b.Instance
			return i, (!given("landscape") || slices.Contains(flags.landscapes, string(i.Landscape))) &&
				(!given("teachers") || slices.Contains(flags.teachers, i.Teachers)) &&
				(!given("seeds") || slices.Contains(seeds, i.Seed)) &&
				(!given("rules") || slices.Contains(flags.rules, string(i.Rules))) &&
				(!given("budget") || i.Tightness == tightness)
		})
		if len(chosen) == 0 {
			return nil, badInput("%s: no instance of %s is chosen", flags.check, bench.BookFile)
		}
		return chosen, nil
	}
	var all []bench.Instance
	for _, rules := range flags.rules {
		for _, landscape := range flags.landscapes {
			for _, teachers := range flags.teachers {
				for _, seed := range seeds {
					i := bench.Instance{Landscape: synthetic.Landscape(landscape), Teachers: teachers, Seed: seed, Rules: bench.Rules(rules), Tightness: tightness}
					if i.Rules == bench.NoRules && !cmd.Flags().Changed("budget") {
						i.Tightness = bench.Loose
					}
					all = append(all, i)
				}
			}
		}
	}
	return all, nil
}

// measureAll measures every instance with every backend, and writes the results again after each.
func measureAll(cmd *cobra.Command, flags *benchFlags, book bench.Book, instances []bench.Instance) ([]bench.Result, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cells := bench.Program{program, "bench", "cell"}
	var results []bench.Result
	for n, instance := range instances {
		if instance, err = prepared(cmd.Context(), instance, book); err != nil {
			return nil, err
		}
		for m, name := range flags.backends {
			cell := bench.Cell{Instance: instance, Backend: name, TimeLimit: flags.timeLimit, Gap: flags.gap}
			if m > 0 && flags.times > 0 {
				if first := &results[len(results)-m]; first.Solved() {
					cell.Times, cell.TimeLimit = flags.times, time.Duration(flags.times*float64(first.Wall))
				}
			}
			r, err := cells.Start(cmd.Context(), cell)
			if err != nil {
				return nil, err
			}
			if r.Unavailable != nil {
				return nil, r.Unavailable
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%d/%d %s\n", n*len(flags.backends)+m+1, len(instances)*len(flags.backends), r)
			results = append(results, *r)
			if err := writeResults(flags.out, results); err != nil {
				return nil, err
			}
		}
	}
	return results, nil
}

// prepared takes the rules and the budget of an instance from the book, or works them out.
func prepared(ctx context.Context, i bench.Instance, book bench.Book) (bench.Instance, error) {
	if known := book.Find(i); known != nil {
		return known.Instance, nil
	}
	i, err := i.Prepare(ctx)
	if is[*synthetic.OptionError](err) {
		err = inputError{err}
	}
	return i, err
}

func writeResults(folder string, results []bench.Result) error {
	if folder == "" {
		return nil
	}
	for _, file := range []struct {
		name  string
		write func(io.Writer, []bench.Result) error
	}{{"results.csv", bench.WriteCSV}, {"results.md", bench.WriteMarkdown}} {
		var text bytes.Buffer
		if err := file.write(&text, results); err != nil {
			return err
		}
		if err := renameio.WriteFile(filepath.Join(folder, file.name), text.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// judge says what is wrong with the results, and improves the book where that is asked for.
func judge(stderr io.Writer, flags *benchFlags, book bench.Book, results []bench.Result) error {
	var faults []error
	for i := range results {
		if r := &results[i]; r.Failure != "" && book.Find(r.Instance) == nil { // others are in the check
			faults = append(faults, &bench.Fault{Instance: r.Instance, Backend: r.Backend, Problem: r.Failure})
		}
	}
	if !flags.update {
		return errors.Join(append(faults, book.Check(results))...)
	}
	improved, err := book.Improve(results)
	if err = errors.Join(append(faults, err)...); err != nil {
		return err
	}
	if err := improved.Write(flags.check); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%s: %d instances, %d of them proven\n", filepath.Join(flags.check, bench.BookFile), len(improved),
		lo.CountBy(improved, func(b bench.Best) bool { return b.Proven() }))
	return nil
}
