package report

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// SyntheticCoefficients is the line that goes with every figure from made-up coefficients.
const SyntheticCoefficients = "SYNTHETIC COEFFICIENTS (系数为合成): nobody has measured how these teachers answer money"

// Acceptance says which model of the teachers' answers a result rests on.
type Acceptance struct {
	Synthetic bool             `json:"synthetic_coefficients"`
	Declared  bool             `json:"declared"`
	Source    string           `json:"source"`
	Basis     string           `json:"range_basis"` // of the ranges
	Observed  subsidy.Observed `json:"observed,omitzero"`
}

// NewAcceptance describes a model and what ranges are taken over.
func NewAcceptance(m *subsidy.Model, p subsidy.Plausible) Acceptance {
	return Acceptance{m.Synthetic, m.Declared, m.Source, p.Basis, m.Observed}
}

// SubsidyDesign is a chosen schedule of subsidies, as `subsidy design` prints it. Either Design or Chance is there.
type SubsidyDesign struct {
	County model.CountyID        `json:"county"`
	Model  Acceptance            `json:"model"`
	Last   subsidy.Outcome       `json:"last_year"` // last year's amounts
	Design *subsidy.Design       `json:"design,omitempty"`
	Chance *subsidy.ChanceDesign `json:"chance,omitempty"`
	// LastChance is last year's amounts under chance.
	LastChance *subsidy.ChanceOutcome `json:"last_year_chance,omitempty"`
	LastRange  subsidy.Range          `json:"last_year_range"`
	Range      subsidy.Range          `json:"range"`
	Answers    *subsidy.Answers       `json:"answers,omitempty"`
}

// WriteSubsidyDesign writes the amounts by tier, what they bring about and how sure that is.
func WriteSubsidyDesign(w io.Writer, c *model.County, d *SubsidyDesign) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "hardship subsidies, a design (差别化补贴方案)")
	writeAcceptance(out, &d.Model)
	if d.Chance != nil {
		writeChanceDesign(out, d)
		writeAnswers(out, c, d.Answers)
		writeBeyond(out, &d.Model, d.Chance.Amounts, c)
		return out.Flush()
	}
	design := d.Design
	fmt.Fprintln(out)
	wrap(out, "Asked (目标): ", design.Asked)
	wrap(out, "Method (方法): ", "people answer as the model sees them, without chance; branch and bound over the grid of amounts")
	wrap(out, "Proof (证明): ", proof(design))
	var rows [][]string
	for i, t := range design.Tiers {
		last := d.Last.Tiers[i]
		rows = append(rows, []string{number(int(t.Tier)), yuan(last.Amount), yuan(t.Amount), signedYuan(t.Amount - last.Amount),
			number(t.Need), number(t.Before), number(last.Filled), number(t.Filled), yuan(t.Cost)})
	}
	grid(out, "Amounts (标准), yuan a month; filled (到岗): now, at last year's amounts, at these",
		[]string{">tier", ">last year", ">design", ">change", ">need", ">now", ">last", ">design", ">cost a month"}, rows)
	filled := func(o *subsidy.Outcome, r subsidy.Range) string {
		return number(o.Filled) + " (" + people(r) + ")"
	}
	cost := func(o *subsidy.Outcome, r subsidy.Range) string {
		return wholeYuan(float64(o.Cost)/100) + " (" + costs(r) + ")"
	}
	last, chosen := &d.Last, &design.Outcome
	grid(out, "Altogether (合计)", []string{"", ">last year's amounts", ">design"}, [][]string{
		{"Filled (到岗)", filled(last, d.LastRange), filled(chosen, d.Range)},
		{"Cost, yuan a month (月支出)", cost(last, d.LastRange), cost(chosen, d.Range)},
		{"Leave (流失)", number(last.Left), number(chosen.Left)},
		{"Come from the pool (新进)", number(last.Came), number(chosen.Came)},
		{"Move between posts (调动)", number(last.Moved), number(chosen.Moved)},
	})
	writeAnswers(out, c, d.Answers)
	writeBeyond(out, &d.Model, design.Amounts, c)
	return out.Flush()
}

// proof says what is known of the best schedule.
func proof(d *subsidy.Design) string {
	switch {
	case d.Proven:
		return fmt.Sprintf("no schedule of the grid is better; %s were looked at", number(d.Schedules))
	case d.Target > 0:
		return fmt.Sprintf("none costs less than %s yuan a month, %.1f%% below this one; the search ended there", yuan(model.Fen(d.Bound)), 100*d.Gap())
	}
	return fmt.Sprintf("none fills %.2f%% more; the search ended there", 100*d.Gap())
}

func writeChanceDesign(out io.Writer, d *SubsidyDesign) {
	x, last := d.Chance, d.LastChance
	fmt.Fprintln(out)
	wrap(out, "Asked (目标): ", x.Asked)
	wrap(out, "Method (方法): ", fmt.Sprintf("%s; %d replications of %d scenarios, %d candidates (候选方案), judged on %s fresh scenarios and evaluated on as many others, seed %d",
		x.Method, x.Options.Replications+1, x.Options.Scenarios, x.Candidates, number(x.Options.Evaluate), x.Options.Seed))
	whole := float64(model.Whole)
	bound := fmt.Sprintf("nothing fills more than %.1f places of weight 1 in the mean (%.1f with confidence 97.5%%): at most %.1f more than this, with confidence 95%%",
		x.Bound/whole, x.Limit/whole, x.GapLimit/whole)
	if x.Target > 0 {
		bound = fmt.Sprintf("nothing costs less than %s yuan a month in the mean (%s with confidence 97.5%%): at most %s less than this, with confidence 95%%",
			fenYuan(x.Bound), fenYuan(x.Limit), fenYuan(x.GapLimit))
	}
	wrap(out, "Bound (界): ", "an estimate from the Lagrangian of the samples: "+bound)
	if !x.Met {
		wrap(out, "NOT MET (未达到): ", "on fresh scenarios the mean misses what was asked for; ask for a little more, or take more scenarios")
	} else if !x.Surely {
		wrap(out, "Not sure (不确定): ", "the mean is as asked for, but its 95% interval reaches beyond")
	}
	var rows [][]string
	for i, t := range x.Tiers {
		rows = append(rows, []string{number(int(t.Tier)), yuan(last.Tiers[i].Amount), yuan(t.Amount), signedYuan(t.Amount - last.Tiers[i].Amount),
			number(t.Need), between(last.Tiers[i].Filled, 1), between(t.Filled, 1)})
	}
	grid(out, "Amounts (标准), yuan a month; filled in the mean (期望到岗), 95% intervals",
		[]string{">tier", ">last year", ">design", ">change", ">need", ">filled, last year's", ">filled, design"}, rows)
	rows = [][]string{
		{"Filled, mean (期望到岗)", between(last.Filled, 1), between(x.Filled, 1)},
		{"  a single year, 95% of them", year(last.Filled, 1), year(x.Filled, 1)},
		{"Cost, mean, yuan a month (期望月支出)", between(last.Cost, 100), between(x.Cost, 100)},
		{"  a single year, 95% of them", year(last.Cost, 100), year(x.Cost, 100)},
	}
	if x.Budget > 0 {
		rows = append(rows, []string{"Chance of more than the budget (超支概率)", "", fmt.Sprintf("%.0f%%", 100*x.OverBudget)})
	}
	if x.Target > 0 {
		rows = append(rows, []string{"Chance of less than the target (不足概率)", "", fmt.Sprintf("%.0f%%", 100*x.Short)})
	}
	grid(out, "Altogether (合计)", []string{"", ">last year's amounts", ">design"}, rows)
	grid(out, "Without chance (无随机)", []string{"", ">last year's amounts", ">design"}, [][]string{
		{"Filled (到岗)", people(d.LastRange), people(d.Range)},
		{"Cost, yuan a month (月支出)", costs(d.LastRange), costs(d.Range)},
	})
}

// writeAcceptance says how far the model may be believed.
func writeAcceptance(w io.Writer, a *Acceptance) {
	if a.Synthetic {
		wrap(w, "", SyntheticCoefficients)
	}
	source := a.Source
	if a.Declared {
		source += "; declared, not estimated (设定，非估计)"
	}
	wrap(w, "How teachers weigh posts (选择模型): ", source)
	wrap(w, "Ranges (区间): ", "over "+a.Basis)
}

// writeBeyond warns of amounts that no data bear out.
func writeBeyond(w io.Writer, a *Acceptance, amounts subsidy.Amounts, c *model.County) {
	used := map[model.Tier]bool{}
	for i := range c.Schools {
		used[c.Schools[i].Tier] = true
	}
	for _, x := range a.Observed.Warnings(slices.Sorted(maps.Keys(used)), amounts) {
		fmt.Fprintln(w)
		if x.NoData {
			wrap(w, "No data (无数据): ", "nobody was seen choosing at any amount; what follows from these is a guess")
			return
		}
		wrap(w, "Beyond the data (超出数据): ", fmt.Sprintf("nobody was seen choosing at %s yuan in tier %d; what follows from it is a guess", yuan(x.Amount), x.Tier))
	}
}

func people(r subsidy.Range) string { return number(r.Filled[0]) + " to " + number(r.Filled[1]) }
func costs(r subsidy.Range) string {
	return wholeYuan(float64(r.Cost[0])/100) + " to " + wholeYuan(float64(r.Cost[1])/100)
}

// between writes the interval of a mean, in units; people with one place.
func between(e subsidy.Estimated, unit float64) string { return ends(e.Interval, unit) }

// year writes where single scenarios lie.
func year(e subsidy.Estimated, unit float64) string { return ends(e.Year, unit) }

func ends(i subsidy.Interval, unit float64) string {
	if unit > 1 {
		return wholeYuan(i.Low/unit) + " to " + wholeYuan(i.High/unit)
	}
	return fmt.Sprintf("%.1f to %.1f", i.Low, i.High)
}

func fenYuan(x float64) string { return wholeYuan(math.Round(x) / 100) }
