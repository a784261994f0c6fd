package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// WriteBalance writes how evenly posts and teachers stand between schools before a plan and after it, and the schools that miss an indicator of
// balanced quality (优质均衡), each with what it lacks.
func WriteBalance(w io.Writer, c *model.County, b *scenario.Balance) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "balance between schools, before and after (校际均衡)")
	header := []string{"", ">need", ">filled", ">after", ">cv", ">after", ">Gini", ">after", ">Theil", ">after", ">range", ">after"}
	for _, table := range []struct {
		title string
		rows  []scenario.FillEquity
	}{{"Filled share by tier (各类别到岗率)", b.Tiers}, {"Filled share by subject (各学科到岗率)", b.Subjects}} {
		var rows [][]string
		for i := range table.rows {
			e := &table.rows[i]
			rows = append(rows, append([]string{shortName(e.Name, 13), number(e.Need), number(e.Filled[0]), number(e.Filled[1])}, indexCells(&e.Before, &e.After)...))
		}
		grid(out, table.title, header, rows)
	}
	var rows [][]string
	for i := range b.Staff {
		s := &b.Staff[i]
		held := "within"
		if !s.WithinCap() {
			held = "above"
		}
		rows = append(rows, []string{s.Stage.Chinese() + " " + s.Kind.Chinese(), number(s.Schools), decimals(s.Before.Variation), decimals(s.After.Variation), s.Cap.String(), held,
			ratioRange(&s.Before, "-"), ratioRange(&s.After, "-"), missed(s)})
	}
	grid(out, "Teachers for each 100 pupils between schools, weighted by pupils (每百名学生教师数的校际差异系数)",
		[]string{"", ">schools", ">cv", ">after", ">cap", "", ">range", ">after", ">missing"}, rows)
	writeMisses(out, b)
	fmt.Fprintln(out)
	wrap(out, "", "cv is the coefficient of variation S / X by 教督〔2012〕3号, within or above the caps of 教督〔2017〕6号. A range is from the least school to the greatest. Missing: schools below the figure of the indicator before, and after.")
	return out.Flush()
}

// missed gives the schools below the figure before and after; nothing where there is none.
func missed(s *scenario.StaffEquity) string {
	if s.Figure == 0 {
		return ""
	}
	return number(s.MissedBefore) + " -> " + number(len(s.Missed))
}

// shownMisses is how many schools a table names for an indicator.
const shownMisses = 10

func writeMisses(w io.Writer, b *scenario.Balance) {
	for i := range b.Staff {
		s := &b.Staff[i]
		if len(s.Missed) == 0 {
			continue
		}
		var rows [][]string
		for k, m := range s.Missed {
			if k == shownMisses {
				break
			}
			rows = append(rows, []string{string(m.School), m.Name, number(m.Pupils), number(m.Want), number(m.Before), number(m.After), number(m.Want - m.After)})
		}
		title := fmt.Sprintf("Below the indicator: %s %s, %s for each 100 pupils (未达标学校)", s.Stage.Chinese(), s.Kind.Chinese(), model.Fen(s.Figure).String())
		if len(s.Missed) > shownMisses {
			title += fmt.Sprintf(", %d of %s", shownMisses, number(len(s.Missed)))
		}
		grid(w, title, []string{"school", "name", ">pupils", ">wanted", ">before", ">after", ">lacking"}, rows)
	}
}

// indexCells gives the indices of a filled share before and after.
func indexCells(before, after *scenario.Equity) []string {
	return []string{decimals(before.Variation), decimals(after.Variation), decimals(before.Gini), decimals(after.Gini), decimals(before.Theil), decimals(after.Theil),
		spread(before), spread(after)}
}

// spread gives the shares of the least and the greatest school, or of all where they are alike.
func spread(e *scenario.Equity) string {
	least, greatest := fmt.Sprintf("%.0f", 100*e.Least), wholePercent(e.Greatest)
	if least+"%" == greatest {
		return greatest
	}
	return least + "-" + greatest
}

// ratioRange gives the least and the greatest school's teachers for each 100 pupils.
func ratioRange(e *scenario.Equity, to string) string {
	return twoDecimals(e.Least) + to + twoDecimals(e.Greatest)
}

func decimals(x float64) string     { return fmt.Sprintf("%.3f", x) }
func twoDecimals(x float64) string  { return fmt.Sprintf("%.2f", x) }
func wholePercent(x float64) string { return fmt.Sprintf("%.0f%%", 100*x) }

// shortName cuts a name that a table has no room for.
func shortName(name string, most int) string {
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return name
}
