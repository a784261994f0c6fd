package report

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// Sweep is the results of scenarios, as `sweep` prints them.
type Sweep struct {
	County  model.CountyID    `json:"county"`
	Results []scenario.Result `json:"results"`
	Goals   []string          `json:"goals"`
	Front   []int             `json:"front"` // places of results that no other betters in every goal
	Broken  []BrokenGate      `json:"broken_gates,omitempty"`
	// Compared tells the first scenario and the one named With apart, where that was asked.
	Compared *scenario.Comparison `json:"compared,omitempty"`
	With     string               `json:"compared_with,omitempty"`
	Kept     int                  `json:"-"` // results that were there already: no part of what a sweep says
}

// cut keeps the name of a scenario within a column of a table, with its beginning and its end, which tell grids apart; CSV and JSON have it whole.
func cut(name string) string {
	const most, head = 42, 12
	if text.StringWidth(name) <= most {
		return name
	}
	runes := []rune(name)
	for from := 0; ; from++ {
		if short := text.Trim(name, head) + ".." + string(runes[from:]); text.StringWidth(short) <= most {
			return short
		}
	}
}

// BrokenGate is a gate that a scenario's plan does not keep.
type BrokenGate struct {
	Scenario string `json:"scenario"`
	Gate     string `json:"gate"`
	Got      string `json:"got"`
}

// WriteSweep writes scenarios side by side, in their order, with the front of the goals and the gates that were broken.
func WriteSweep(w io.Writer, c *model.County, s *Sweep) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "scenarios (情景比较)")
	front := map[int]string{}
	for _, i := range s.Front {
		front[i] = "*"
		if !s.Results[i].Indicators.Proven {
			front[i] = "?"
		}
	}
	var rows [][]string
	for i := range s.Results {
		r := &s.Results[i]
		if r.Refused != "" {
			rows = append(rows, []string{cut(r.Scenario.Name), "no plan (无可行方案)"})
			continue
		}
		x := &r.Indicators
		rows = append(rows, []string{cut(r.Scenario.Name), number(x.Vacant), x.Text("fill"), x.Text("rural_fill"), number(x.Moved), wholeYuan(float64(x.Cost) / 100), fmt.Sprintf("%.3f", x.After.Gini), front[i]})
	}
	grid(out, "Side by side (并列比较); * is on the front (前沿), ? if that is not proven",
		[]string{"scenario", ">vacant", ">fill", ">rural", ">moved", ">yuan", ">Gini", ""}, rows)
	fmt.Fprintln(out)
	wrap(out, "Front (前沿): ", "no other scenario is as good in all of "+strings.Join(s.Goals, ", ")+" and better in one")
	wrap(out, "Yuan (元): ", "cost a month, every part of it")
	wrap(out, "Gini (基尼系数): ", "of the filled share between schools, weighted by need; 0 is alike")
	if len(s.Broken) > 0 {
		rows = rows[:0]
		for _, b := range s.Broken {
			rows = append(rows, []string{cut(b.Scenario), b.Gate, b.Got})
		}
		grid(out, "Gates not kept (未达门槛)", []string{"scenario", "gate", ">got"}, rows)
	}
	if s.Compared != nil {
		fmt.Fprintln(out)
		wrap(out, "First (甲): ", s.Results[0].Scenario.Name)
		wrap(out, "Second (乙): ", s.With)
		writeIndicators(out, s.Compared, "first", "second")
		writePeople(out, s.Compared)
	}
	return out.Flush()
}

// WriteSweepTable writes scenarios as CSV: a row each, every indicator that gates can name, and the indices of inequality as they were before.
func WriteSweepTable(w io.Writer, s *Sweep) error {
	out := csv.NewWriter(w)
	header := append([]string{"scenario", "task", "plan", "proven", "refused"}, scenario.Names()...)
	rows := [][]string{append(header, "cv_before", "gini_before", "theil_before", "data")}
	for i := range s.Results {
		r := &s.Results[i]
		row := []string{r.Scenario.Name, r.Task, r.Plan, fmt.Sprint(r.Indicators.Proven), r.Refused}
		for _, name := range scenario.Names() {
			row = append(row, r.Indicators.Text(name))
		}
		was := scenario.Indicators{After: r.Indicators.Before}
		row = append(row, was.Text("cv"), was.Text("gini"), was.Text("theil"))
		data := ""
		if r.Synthetic {
			data = "synthetic 合成"
		}
		rows = append(rows, append(row, data))
	}
	return out.WriteAll(rows)
}

// mostCompared is how many people a comparison lists; JSON has all.
const mostCompared = 30

// WriteComparison writes two plans side by side, and who has another post.
func WriteComparison(w io.Writer, c *model.County, x *scenario.Comparison) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "two plans (方案对比)")
	writeIndicators(out, x, "first", "second")
	writePeople(out, x)
	return out.Flush()
}

// WriteBacktest writes what was done by hand, as last year, beside the plan: how far each level is from the optimum, what rules it broke, the
// indicators side by side, and who would have had another post.
func WriteBacktest(w io.Writer, c *model.County, e *allocation.Evaluation, x *scenario.Comparison) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "back-test: what was done, beside the plan (回测)")
	fmt.Fprintln(out)
	wrap(out, "", fmt.Sprintf("%s listed. What was done breaks rules in %s (违规%d处).", plural(e.Listed, "teacher", "teachers"), plural(violations(e), "place", "places"), violations(e)))
	writeDistances(out, e)
	writeIndicators(out, x, "done", "plan")
	writePeople(out, x)
	return out.Flush()
}

func writeIndicators(w io.Writer, x *scenario.Comparison, first, second string) {
	var rows [][]string
	for _, name := range scenario.Names() {
		rows = append(rows, []string{name, x.Before.Text(name), x.After.Text(name)})
	}
	grid(w, "Indicators (指标)", []string{"", ">" + first, ">" + second}, rows)
}

func writePeople(w io.Writer, x *scenario.Comparison) {
	fmt.Fprintln(w)
	wrap(w, "People (人员): ", fmt.Sprintf("%s have the same post, %s another; %s are in the first plan only, %s in the second; travel and wishes: %s gain, %s lose",
		number(x.Same), number(len(x.Changed)), number(x.Only[0]), number(x.Only[1]), number(x.Gain), number(x.Lose)))
	if len(x.Changed) == 0 {
		return
	}
	var rows [][]string
	for _, p := range x.Changed[:min(len(x.Changed), mostCompared)] {
		rows = append(rows, []string{string(p.Teacher), p.First.String(), p.Second.String(), p.Grounds[1].String(), signedYuan(p.Burden[1] - p.Burden[0])})
	}
	grid(w, "Who has another post (人员变动)", []string{"teacher", "first", "second", "ground", ">burden, yuan"}, rows)
	if more := len(x.Changed) - mostCompared; more > 0 {
		wrap(w, "  ", fmt.Sprintf("and %s people more (--json has all)", number(more)))
	}
}
