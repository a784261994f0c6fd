package report

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// Sweep is the results of scenarios, as `sweep` prints them: of one county, or summed over many.
type Sweep struct {
	County  model.CountyID    `json:"county,omitempty"`  // where there is one
	Results []scenario.Result `json:"results,omitempty"` // of one county
	Totals  []scenario.Total  `json:"totals,omitempty"`  // of many
	Goals   []string          `json:"goals"`
	Front   []int             `json:"front"` // places of results, or totals, that no other betters in every goal
	Broken  []BrokenGate      `json:"broken_gates,omitempty"`
	// Compared tells the first scenario and the one named With apart, where that was asked; of one county alone.
	Compared *scenario.Comparison `json:"compared,omitempty"`
	With     string               `json:"compared_with,omitempty"`
	Kept     int                  `json:"-"` // results that were there already: no part of what a sweep says

	all []scenario.Result
}

// NewSweep finds the front of results and the gates that are not kept. Results of one county stand side by side; of many counties the sums do, and
// two counties of one id are an error.
func NewSweep(results []scenario.Result, goals []string, gates []scenario.Gate) (*Sweep, error) {
	s := &Sweep{Goals: goals, all: results}
	counties, err := countCounties(results)
	if err != nil {
		return nil, err
	}
	if counties > 1 {
		s.Totals = scenario.Totals(results)
		s.Front, err = scenario.FrontOfTotals(s.Totals, goals)
	} else {
		if len(results) > 0 {
			s.County = results[0].County.ID
		}
		s.Results = results
		s.Front, err = scenario.Front(results, goals)
	}
	if err != nil {
		return nil, err
	}
	for i := range results {
		r := &results[i]
		for _, gate := range gates {
			broken := BrokenGate{Scenario: r.Scenario.Name, Gate: gate.Text, Got: "no plan"}
			if counties > 1 {
				broken.County = r.County.ID
			}
			ok, got := gate.Holds(&r.Indicators)
			if r.Refused == "" {
				broken.Got = got
			}
			if !ok || r.Refused != "" {
				s.Broken = append(s.Broken, broken)
			}
		}
	}
	return s, nil
}

// countCounties counts the counties of results. A county has each scenario once.
func countCounties(results []scenario.Result) (int, error) {
	type place struct {
		county   model.CountyID
		scenario string
	}
	seen, counties := map[place]bool{}, map[model.CountyID]bool{}
	for i := range results {
		at := place{results[i].County.ID, results[i].Scenario.Name}
		if seen[at] {
			return 0, &model.FieldError{Table: "counties", Index: -1, Field: "id", Value: string(at.county), Want: "an id of its own for each county: two have this one"}
		}
		seen[at], counties[at.county] = true, true
	}
	return len(counties), nil
}

// cut keeps the name of a scenario within a column of a table; CSV and JSON have it whole.
func cut(name string) string { return cutTo(name, 42, 12) }

// cutTo keeps a name within a number of columns, with its beginning and its end, which tell names such as those of grids apart.
func cutTo(name string, most, head int) string {
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
	County   model.CountyID `json:"county,omitempty"` // where there are many
	Scenario string         `json:"scenario"`
	Gate     string         `json:"gate"`
	Got      string         `json:"got"`
}

// WriteSweep writes scenarios side by side, in their order, with the front of the goals and the gates that were broken.
func WriteSweep(w io.Writer, s *Sweep) error {
	out := bufio.NewWriter(w)
	if s.Totals != nil {
		writeTotals(out, s)
	} else {
		writeSideBySide(out, s)
	}
	if len(s.Broken) > 0 {
		writeBroken(out, s.Broken)
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

// sweepColumns are the columns of scenarios side by side.
var sweepColumns = []string{"scenario", ">vacant", ">fill", ">rural", ">moved", ">yuan"}

// writeSideBySide writes the scenarios of one county.
func writeSideBySide(w io.Writer, s *Sweep) {
	if len(s.Results) > 0 {
		h := &s.Results[0].County
		writeTitle(w, &model.County{Name: h.Name, NameEn: h.NameEn, Date: h.Date, Policy: h.Policy, Origin: model.Origin{Synthetic: h.Synthetic}}, "scenarios (情景比较)")
	}
	front := map[int]string{}
	for _, i := range s.Front {
		front[i] = frontMark(s.Results[i].Indicators.Proven)
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
	grid(w, "Side by side (并列比较); * is on the front (前沿), ? if that is not proven", append(slices.Clone(sweepColumns), ">Gini", ""), rows)
	fmt.Fprintln(w)
	writeFrontNote(w, s)
	wrap(w, "Gini (基尼系数): ", "of the filled share between schools, weighted by need; 0 is alike")
}

// frontMark marks what is on the front.
func frontMark(proven bool) string {
	if proven {
		return "*"
	}
	return "?"
}

func writeFrontNote(w io.Writer, s *Sweep) {
	wrap(w, "Front (前沿): ", "no other scenario is as good in all of "+strings.Join(s.Goals, ", ")+" and better in one")
	wrap(w, "Yuan (元): ", "cost a month, every part of it")
}

// mostGates is how many gates are listed that were not kept; JSON has all.
const mostGates = 30

func writeBroken(w io.Writer, broken []BrokenGate) {
	var rows [][]string
	for _, b := range broken[:min(len(broken), mostGates)] {
		name := b.Scenario
		if b.County != "" {
			name = string(b.County) + " " + name
		}
		rows = append(rows, []string{cut(name), b.Gate, b.Got})
	}
	grid(w, "Gates not kept (未达门槛)", []string{"scenario", "gate", ">got"}, rows)
	if more := len(broken) - mostGates; more > 0 {
		wrap(w, "  ", fmt.Sprintf("and %s more (--json has all)", number(more)))
	}
}

// WriteSweepTable writes results as CSV: a row each, every indicator that gates can name, and the indices of inequality as they were before.
func WriteSweepTable(w io.Writer, results []scenario.Result) error {
	return csv.NewWriter(w).WriteAll(sweepRows(results))
}

// sweepRows gives the rows of a table of results, with its header.
func sweepRows(results []scenario.Result) [][]string {
	header := append([]string{"county", "name", "scenario", "task", "plan", "proven", "refused", "schools", "people", "need"}, scenario.Names()...)
	rows := [][]string{append(header, "vacant_before", "cv_before", "gini_before", "theil_before", "data")}
	for i := range results {
		r := &results[i]
		row := []string{string(r.County.ID), r.County.Name, r.Scenario.Name, r.Task, r.Plan, fmt.Sprint(r.Indicators.Proven), r.Refused,
			fmt.Sprint(r.Indicators.Schools), fmt.Sprint(r.Indicators.People), fmt.Sprint(r.Indicators.Need)}
		for _, name := range scenario.Names() {
			row = append(row, r.Indicators.Text(name))
		}
		was := scenario.Indicators{After: r.Indicators.Before}
		row = append(row, fmt.Sprint(r.Indicators.VacantBefore), was.Text("cv"), was.Text("gini"), was.Text("theil"))
		data := ""
		if r.County.Synthetic {
			data = "synthetic 合成"
		}
		rows = append(rows, append(row, data))
	}
	return rows
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
