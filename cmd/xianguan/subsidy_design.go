package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// designFlags are what designs and fronts are asked for with.
type designFlags struct {
	step, raise, ceiling  string
	budget                string
	weights, coefficients string
	chance                int
	seed                  uint64
	out                   string
}

// addGrid adds what every grid of amounts is asked for with.
func (f *designFlags) addGrid(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.step, "step", "50", "yuan, by which amounts rise above last year's")
	flags.StringVar(&f.raise, "raise", "1000", "yuan, by which a tier may rise at most")
	flags.StringVar(&f.ceiling, "ceiling", "", "yuan a month that a tier may pay at most (default: last year's greatest and the raise)")
	flags.StringVar(&f.coefficients, "coefficients", "", "JSON file of how teachers weigh posts, as subsidy estimate --json writes it (default: made up)")
	flags.Uint64Var(&f.seed, "seed", 0, "draws what is left to chance and the coefficients of ranges")
	flags.StringVar(&f.out, "out", "", "JSON file to write as well, whole or not at all")
}

func (f *designFlags) add(cmd *cobra.Command) {
	f.addGrid(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.budget, "budget", "", "yuan a month that all subsidies may cost")
	flags.StringVar(&f.weights, "weights", "even", "even: a place is a place; tier: harder places weigh more, as the policy has it")
	flags.IntVar(&f.chance, "chance", 0, "fresh scenarios of people who answer by chance, as the logit model says (0: without chance)")
}

// amount reads a flag in yuan; nothing is 0.
func amount(command, name, text string) (model.Fen, error) {
	if text == "" {
		return 0, nil
	}
	fen, err := model.ParseYuan(text)
	if err != nil || fen < 0 {
		return 0, badInput("%s: --%s %s: want yuan, such as 50", command, name, text)
	}
	return fen, nil
}

// options checks the flags of a grid.
func (f *designFlags) options(command string, county *model.County) (o subsidy.DesignOptions, budget model.Fen, err error) {
	for _, flag := range []struct {
		name, text string
		into       *model.Fen
	}{{"step", f.step, &o.Step}, {"raise", f.raise, &o.Raise}, {"ceiling", f.ceiling, &o.Ceiling}, {"budget", f.budget, &budget}} {
		if *flag.into, err = amount(command, flag.name, flag.text); err != nil {
			return o, 0, err
		}
		if *flag.into == 0 && flag.text != "" {
			return o, 0, badInput("%s: --%s %s: want more than 0", command, flag.name, flag.text)
		}
	}
	switch f.weights {
	case "even":
	case "tier":
		o.Weights = subsidy.TierWeights(&county.Rules)
	default:
		return o, 0, badInput("%s: --weights: %w", command, &model.UnknownWordError{What: "word", Word: f.weights, Known: []string{"even", "tier"}})
	}
	if f.chance < 0 || f.chance == 1 {
		return o, 0, badInput("%s: --chance %d: want 2 scenarios or more", command, f.chance)
	}
	return o, budget, nil
}

// readCoefficients reads an acceptance model; without a file it is the made-up one.
func readCoefficients(path string) (m *subsidy.Model, err error) {
	if path == "" {
		return subsidy.SyntheticModel(), nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, inputError{err}
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if m, err = subsidy.ReadModel(file, path); err != nil {
		return nil, inputError{err}
	}
	return m, nil
}

// coefficientDraws is how many draws of estimated coefficients ranges are taken over.
const coefficientDraws = 40

// designer reads all that a design needs.
func (f *designFlags) designer(command, path string) (d *subsidy.Designer, plausible subsidy.Plausible, budget model.Fen, err error) {
	county, err := readCounty(path)
	if err != nil {
		return nil, plausible, 0, err
	}
	options, budget, err := f.options(command, county)
	if err != nil {
		return nil, plausible, 0, err
	}
	m, err := readCoefficients(f.coefficients)
	if err != nil {
		return nil, plausible, 0, err
	}
	if d, err = subsidy.NewDesigner(county, m, options); err != nil {
		return nil, plausible, 0, inputError{err}
	}
	return d, m.Plausible(coefficientDraws, f.seed), budget, nil
}

// refused marks what a design refuses as bad input.
func refused(err error) error {
	var bad *subsidy.DesignError
	if errors.As(err, &bad) {
		return inputError{err}
	}
	return err
}

// costFlags are what other uses of money cost.
type costFlags struct{ housing, directed, special string }

func (f *costFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.housing, "housing-cost", "", "yuan a month for a place in transitional housing (周转房)")
	flags.StringVar(&f.directed, "directed-cost", "", "yuan a month of service for a person of directed training (定向培养), beyond subsidies")
	flags.StringVar(&f.special, "special-post-cost", "", "yuan a month for a special post (特岗), beyond subsidies")
}

func (f *costFlags) costs() (c subsidy.Costs, err error) {
	for _, flag := range []struct {
		name, text string
		into       *model.Fen
	}{{"housing-cost", f.housing, &c.Housing}, {"directed-cost", f.directed, &c.Directed}, {"special-post-cost", f.special, &c.SpecialPosts}} {
		if *flag.into, err = amount("subsidy design", flag.name, flag.text); err != nil {
			return c, err
		}
	}
	return c, nil
}

// unreached is refused, and prints a target that can't be met as JSON where that is asked for.
func unreached(cmd *cobra.Command, err error) error {
	var none *subsidy.UnreachableError
	if errors.As(err, &none) && asJSON(cmd) {
		return errors.Join(err, printJSON(cmd.OutOrStdout(), none))
	}
	return refused(err)
}

func newSubsidyDesign() *cobra.Command {
	var flags designFlags
	var target string
	var costs costFlags
	cmd := &cobra.Command{
		Use:   "design COUNTY (--budget YUAN | --target PEOPLE) [--step YUAN] [--chance N]",
		Short: "Choose the amounts that fill most within a budget, or meet a target at least cost (补贴标准设计)",
		Long: `Chooses a monthly amount for each hardship tier of the county in COUNTY, a folder of CSV files or one
JSON file. Amounts rise strictly with the tier and are nowhere below last year's. With --budget they fill
the most posts that the money can; with --target, a number of people or a share of the need such as 95%,
they cost the least that fills so many; with both, the target within the budget.

People answer as the coefficients say: without chance, and then the choice is proven or its distance from
the bound is given; or with --chance by the logit model, judged on that many fresh scenarios, with
intervals. A target that can't be met exits with code 3 and says what is nearest and what binds.

Below the amounts stand answers in an official's words, such as who would come and from where. Where
fewer than five people come from is not told. Other uses of the same money are compared by the price at which they are as
good value; --housing-cost, --directed-cost and --special-post-cost say what they cost.`,
		Args: arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSubsidyDesign(cmd, args[0], &flags, &costs, target)
		},
	}
	flags.add(cmd)
	costs.add(cmd)
	cmd.Flags().StringVar(&target, "target", "", "people of the need to fill, or a share of it such as 95%")
	return cmd
}

// targetOf reads a number of people or a share of the need, rounded up.
func targetOf(text string, need int) (int, error) {
	if text == "" {
		return 0, nil
	}
	people, err := strconv.Atoi(text)
	if strings.HasSuffix(text, "%") {
		var share model.Share
		share, err = model.ParseShare(text)
		people = need - int((model.Whole - share).Of(int64(need)))
	}
	if err != nil || people < 1 || people > need {
		return 0, badInput("subsidy design: --target %s: want 1 to %d people or a share such as 95%%", text, need)
	}
	return people, nil
}

func runSubsidyDesign(cmd *cobra.Command, path string, flags *designFlags, prices *costFlags, target string) error {
	if flags.budget == "" && target == "" {
		return badInput("subsidy design: want --budget YUAN or --target PEOPLE")
	}
	costs, err := prices.costs()
	if err != nil {
		return err
	}
	d, plausible, budget, err := flags.designer("subsidy design", path)
	if err != nil {
		return err
	}
	ctx := cmd.Context()
	out := &report.SubsidyDesign{County: d.County.ID, Model: report.NewAcceptance(d.Model, plausible), Last: d.At(d.Grid.Last)}
	people, err := targetOf(target, out.Last.Need)
	if err != nil {
		return err
	}
	var chosen subsidy.Amounts
	switch {
	case flags.chance > 0:
		options := subsidy.ChanceOptions{Evaluate: flags.chance, Seed: flags.seed}
		if people > 0 {
			out.Chance, err = d.LeastCostByChance(ctx, people, budget, options)
		} else {
			out.Chance, err = d.MostFilledByChance(ctx, budget, options)
		}
		if err != nil {
			return unreached(cmd, err)
		}
		chosen = out.Chance.Amounts
		last, err := d.ByChance(ctx, []subsidy.Amounts{d.Grid.Last}, options)
		if err != nil {
			return err
		}
		out.LastChance = &last[0]
	case people > 0:
		out.Design, err = d.LeastCost(ctx, people, budget)
	default:
		out.Design, err = d.MostFilled(ctx, budget)
	}
	if err != nil {
		return unreached(cmd, err)
	}
	if out.Design != nil {
		chosen = out.Design.Amounts
	}
	ranges, err := d.Ranges(ctx, []subsidy.Amounts{d.Grid.Last, chosen}, plausible)
	if err != nil {
		return err
	}
	out.LastRange, out.Range = ranges[0], ranges[1]
	if out.Answers, err = d.Answers(ctx, subsidy.Question{Amounts: chosen, Plausible: plausible, Costs: costs}); err != nil {
		return err
	}
	return printed(cmd, flags.out, out, func(w io.Writer) error { return report.WriteSubsidyDesign(w, d.County, out) })
}

// printed writes a result as text or JSON, and as JSON to a file where one is asked for.
func printed(cmd *cobra.Command, path string, value any, text func(w io.Writer) error) error {
	if path != "" {
		var file bytes.Buffer
		encoder := json.NewEncoder(&file)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(value); err != nil {
			return err
		}
		if err := renameio.WriteFile(path, file.Bytes(), 0o644); err != nil {
			return err
		}
	}
	if asJSON(cmd) {
		return printJSON(cmd.OutOrStdout(), value)
	}
	return text(cmd.OutOrStdout())
}
