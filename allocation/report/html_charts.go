package report

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// A chart's size and margins, in its own units.
const chartWidth, chartHeight, chartLeft, chartBottom, chartTop, chartRight = 640.0, 320.0, 84.0, 46.0, 16.0, 70.0

// axis puts figures on one side of a chart.
type axis struct {
	low, high float64
	from, to  float64 // on the chart
	step      float64 // between ticks
}

// newAxis covers the figures with about five ticks at round steps: 1, 2 or 5 times a power of ten.
func newAxis(low, high, from, to float64) axis {
	if high <= low {
		high = low + 1
	}
	raw := (high - low) / 5
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * power
	for _, k := range []float64{1, 2, 5} {
		if k*power >= raw {
			step = k * power
			break
		}
	}
	return axis{math.Floor(low/step) * step, math.Ceil(high/step) * step, from, to, step}
}

func (a axis) at(v float64) float64 { return a.from + (v-a.low)/(a.high-a.low)*(a.to-a.from) }

func (a axis) ticks() (ticks []float64) {
	for k := 0; a.low+float64(k)*a.step <= a.high+a.step/2; k++ {
		ticks = append(ticks, a.low+float64(k)*a.step)
	}
	return ticks
}

// chart begins a chart with its axes. The figures are whole.
func chart(svg *strings.Builder, id string, title, x, y term, across, up axis) {
	fmt.Fprintf(svg, `<svg class="chart" viewBox="0 0 %.0f %.0f" role="img" aria-labelledby="%s-title"><title id="%s-title">%s %s</title><g class="axes">`,
		chartWidth, chartHeight, id, id, title.Zh, title.En)
	for _, v := range up.ticks() {
		fmt.Fprintf(svg, `<path d="M%.0f %.1fH%.0f"/><text x="%.0f" y="%.1f" text-anchor="end">%s</text>`, chartLeft, up.at(v), chartWidth-chartRight, chartLeft-6, up.at(v)+4, number(int64(math.Round(v))))
	}
	for _, v := range across.ticks() {
		fmt.Fprintf(svg, `<text x="%.1f" y="%.0f" text-anchor="middle">%s</text>`, across.at(v), chartHeight-chartBottom+18, number(int64(math.Round(v))))
	}
	for _, word := range []struct{ language, text string }{{"zh", x.Zh}, {"en", x.En}} {
		fmt.Fprintf(svg, `<text lang="%s" x="%.0f" y="%.0f" text-anchor="middle">%s</text>`, word.language, (chartLeft+chartWidth-chartRight)/2, chartHeight-6, word.text)
	}
	for _, word := range []struct{ language, text string }{{"zh", y.Zh}, {"en", y.En}} {
		fmt.Fprintf(svg, `<text lang="%s" transform="translate(14 %.0f) rotate(-90)" text-anchor="middle">%s</text>`, word.language, (chartTop+chartHeight-chartBottom)/2, word.text)
	}
	svg.WriteString(`</g>`)
}

// curve is the subsidy schedule as a table: the years from which amounts change, and a row for each tier.
type curve struct {
	Chart template.HTML
	Years []int
	Rows  []curveRow
}

type curveRow struct {
	Tier model.Tier
	Yuan []string
}

// drawCurve draws the monthly subsidy by years of rural service, a line for each tier: what 越往基层，越是艰苦，待遇越高 asks is that no line crosses another.
func drawCurve(schedule model.SubsidySchedule) curve {
	var c curve
	tiers := map[model.Tier]bool{}
	most := model.Fen(0)
	for _, line := range schedule {
		tiers[line.Tier] = true
		if !slices.Contains(c.Years, line.FromYears) {
			c.Years = append(c.Years, line.FromYears)
		}
		most = max(most, line.Monthly)
	}
	if len(tiers) == 0 {
		return c
	}
	slices.Sort(c.Years)
	last := c.Years[len(c.Years)-1] + 5
	across := axis{0, float64(last), chartLeft, chartWidth - chartRight, 5}
	up := newAxis(0, float64(most)/100, chartHeight-chartBottom, chartTop)
	var svg strings.Builder
	chart(&svg, "curve", term{"差别化补助标准", "The subsidy schedule"}, term{"乡村工作年限（年）", "years of rural service"}, term{"元/月", "yuan a month"}, across, up)
	svg.WriteString(`<g class="lines">`)
	for t := range model.MaxTier + 1 {
		if !tiers[t] {
			continue
		}
		row := curveRow{Tier: t}
		var path strings.Builder
		for i, years := range c.Years {
			amount := schedule.Monthly(t, years)
			row.Yuan = append(row.Yuan, yuan(amount))
			y := up.at(float64(amount) / 100)
			if i == 0 {
				fmt.Fprintf(&path, "M%.1f %.1f", across.at(0), y)
			} else {
				fmt.Fprintf(&path, "H%.1fV%.1f", across.at(float64(years)), y)
			}
		}
		fmt.Fprintf(&path, "H%.1f", across.at(float64(last)))
		end := up.at(float64(schedule.Monthly(t, last)) / 100)
		fmt.Fprintf(&svg, `<path class="t%d" d="%s"/><text x="%.1f" y="%.1f"><tspan lang="zh">%d类</tspan><tspan lang="en">tier %d</tspan></text>`, t, path.String(), across.at(float64(last))+5, end+4, t, t)
		c.Rows = append(c.Rows, row)
	}
	svg.WriteString(`</g></svg>`)
	c.Chart = template.HTML(svg.String())
	return c
}

// front is a Pareto front of cost and fill as a chart and a table.
type front struct {
	Chart    template.HTML
	Rows     []frontRow
	Complete bool
	Made     bool // by coefficients that are made up or declared, not estimated
}

type frontRow struct {
	Point        string
	Filled, Cost string
	More         string // what one more filled place costs
	Proven       bool
	Gap          string
}

// drawFront draws a point for each schedule: full where it is proven, else open, with a line down to the bound of its cost.
func drawFront(f *SubsidyFrontier) *front {
	if f == nil || f.Frontier == nil || len(f.Frontier.Points) == 0 {
		return nil
	}
	points := f.Frontier.Points
	out := &front{Complete: f.Frontier.Complete, Made: f.Model.Synthetic || f.Model.Declared}
	least, most := f.Frontier.Last.Cost, f.Frontier.Last.Cost
	low, high := f.Frontier.Last.Filled, f.Frontier.Last.Filled
	for i := range points {
		least, most = min(least, points[i].Cost, points[i].Bound), max(most, points[i].Cost)
		low, high = min(low, points[i].Filled), max(high, points[i].Filled)
	}
	across := newAxis(float64(least)/100, float64(most)/100, chartLeft, chartWidth-chartRight)
	up := newAxis(float64(low), float64(high), chartHeight-chartBottom, chartTop)
	var svg strings.Builder
	chart(&svg, "front", term{"支出与到岗的前沿", "The front of cost and fill"}, term{"每月补助（元）", "subsidies, yuan a month"}, term{"到岗人数", "posts filled"}, across, up)
	svg.WriteString(`<g class="front">`)
	for i := range points {
		p := &points[i]
		x, y := across.at(float64(p.Cost)/100), up.at(float64(p.Filled))
		class := "proven"
		if !p.Proven {
			class = "open"
			fmt.Fprintf(&svg, `<path d="M%.1f %.1fH%.1f"/>`, across.at(float64(p.Bound)/100), y, x)
		}
		fmt.Fprintf(&svg, `<circle class="%s" cx="%.1f" cy="%.1f" r="5"><title>%d: %s, %s</title></circle>`, class, x, y, i+1, number(p.Filled), yuan(p.Cost))
		out.Rows = append(out.Rows, newFrontRow(i, p))
	}
	last := &f.Frontier.Last
	x, y := across.at(float64(last.Cost)/100), up.at(float64(last.Filled))
	fmt.Fprintf(&svg, `<path class="last" d="M%.1f %.1fl12 12m0 -12l-12 12"><title>去年 last year: %s, %s</title></path></g></svg>`, x-6, y-6, number(last.Filled), yuan(last.Cost))
	out.Chart = template.HTML(svg.String())
	out.Rows = append([]frontRow{{Point: "0", Filled: number(last.Filled), Cost: yuan(last.Cost)}}, out.Rows...)
	return out
}

func newFrontRow(i int, p *subsidy.FrontierPoint) frontRow {
	row := frontRow{number(i + 1), number(p.Filled), yuan(p.Cost), "", p.Proven, percentOf(p.Gap())}
	if p.Yuan != nil {
		if row.More = yuan(p.Yuan.Low); p.Yuan.High > p.Yuan.Low {
			row.More += " – " + yuan(p.Yuan.High)
		}
	}
	return row
}
