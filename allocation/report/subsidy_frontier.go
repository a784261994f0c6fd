package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// SubsidyFrontier is the Pareto front of cost and fill, as `subsidy frontier` prints it.
type SubsidyFrontier struct {
	County   model.CountyID    `json:"county"`
	Model    Acceptance        `json:"model"`
	Frontier *subsidy.Frontier `json:"frontier"`
	// LastRange and Ranges, beside the points, are over plausible models.
	LastRange subsidy.Range   `json:"last_year_range"`
	Ranges    []subsidy.Range `json:"ranges"`
	// Chance, beside the points, is what they bring about when people answer by chance.
	Chance []subsidy.ChanceOutcome `json:"chance,omitempty"`
	Seed   uint64                  `json:"seed,omitempty"`
}

// WriteSubsidyFrontier writes a row for each point of the front.
func WriteSubsidyFrontier(w io.Writer, c *model.County, f *SubsidyFrontier) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "hardship subsidies, cost and fill (差别化补贴：支出与到岗)")
	writeAcceptance(out, &f.Model)
	front := f.Frontier
	fmt.Fprintln(out)
	wrap(out, "Last year's amounts (去年标准): ", fmt.Sprintf("fill %s of %s (%s) for %s yuan a month (%s)", number(front.Last.Filled),
		number(front.Last.Need), people(f.LastRange), yuan(front.Last.Cost), costs(f.LastRange)))
	wrap(out, "Proof (证明): ", f.proof())
	var rows [][]string
	for i := range front.Points {
		p := &front.Points[i]
		extra := "-"
		if p.Yuan != nil {
			extra = wholeYuan(float64(p.Yuan.Low) / 100)
			if p.Yuan.High > p.Yuan.Low {
				extra += " to " + wholeYuan(float64(p.Yuan.High)/100)
			}
		}
		gap := "proven"
		if !p.Proven {
			gap = fmt.Sprintf("%.1f%%", 100*p.Gap())
		}
		rows = append(rows, []string{number(i + 1), number(p.Filled), people(f.Ranges[i]), wholeYuan(float64(p.Cost) / 100), costs(f.Ranges[i]), extra, gap})
	}
	grid(out, "The front (前沿), yuan a month",
		[]string{">point", ">filled", ">range", ">cost", ">range", ">one more costs", ">gap"}, rows)
	f.writeAmounts(out)
	f.writeChance(out)
	return out.Flush()
}

func (f *SubsidyFrontier) proof() string {
	front := f.Frontier
	switch {
	case front.Complete:
		return "every point of the front is here, and no schedule of the grid is better"
	case front.Proven:
		return fmt.Sprintf("no schedule of the grid is better than any of these points; the front has others between, and %d were asked for", front.Asked)
	}
	return fmt.Sprintf("a schedule may be cheaper than a point by its gap, if one is: the search ended after %s schedules", number(front.Schedules))
}

// writeAmounts writes the schedule of each point.
func (f *SubsidyFrontier) writeAmounts(w io.Writer) {
	header := []string{">point"}
	for _, t := range f.Frontier.Last.Tiers {
		header = append(header, fmt.Sprintf(">tier %d", t.Tier))
	}
	amounts := func(name string, o *subsidy.Outcome) []string {
		row := []string{name}
		for _, t := range o.Tiers {
			row = append(row, wholeYuan(float64(t.Amount)/100))
		}
		return row
	}
	rows := [][]string{amounts("last year", &f.Frontier.Last)}
	for i := range f.Frontier.Points {
		rows = append(rows, amounts(number(i+1), &f.Frontier.Points[i].Outcome))
	}
	grid(w, "Amounts (标准), yuan a month without years of service", header, rows)
}

func (f *SubsidyFrontier) writeChance(w io.Writer) {
	if len(f.Chance) == 0 {
		return
	}
	var rows [][]string
	for i, o := range f.Chance {
		rows = append(rows, []string{number(i + 1), between(o.Filled, 1), year(o.Filled, 1), between(o.Cost, 100), year(o.Cost, 100)})
	}
	grid(w, fmt.Sprintf("The same points under chance (随机选择): %s scenarios, seed %d, 95%%", number(f.Chance[0].Scenarios), f.Seed),
		[]string{">point", ">filled, mean", ">a single year", ">cost, mean", ">a single year"}, rows)
}
