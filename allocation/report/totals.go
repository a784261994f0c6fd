package report

import (
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// mostCounties is how many counties a text lists; tables have all.
const mostCounties = 10

// writeTotals writes the scenarios of many counties, summed.
func writeTotals(w io.Writer, s *Sweep) {
	first := &s.Totals[0]
	wrap(w, "", fmt.Sprintf("%s, %s schools, %s teachers: scenarios, summed (多县情景汇总)", plural(first.Counties, "county", "counties"), number(first.Schools), number(first.People)))
	writeSyntheticShare(w, first)
	front := map[int]string{}
	for _, i := range s.Front {
		front[i] = frontMark(s.Totals[i].Proven == s.Totals[i].Counties)
	}
	var rows [][]string
	for i := range s.Totals {
		t := &s.Totals[i]
		rows = append(rows, []string{cut(t.Scenario), number(t.Vacant), t.Fill.String(), t.RuralFill.String(), number(t.Moved), wholeYuan(float64(t.Cost) / 100),
			fmt.Sprintf("%d/%d", t.Proven, t.Counties), front[i]})
	}
	grid(w, "Side by side (并列比较); * is on the front (前沿), ? if that is not proven", append(append([]string{}, sweepColumns...), ">proven", ""), rows)
	writeRefused(w, s.all)
	var least [][]string
	for i := range s.Totals {
		if t := &s.Totals[i]; t.Counties > t.Refused {
			least = append(least, []string{cut(t.Scenario), string(t.LeastCounty), t.LeastFill.String()})
		}
	}
	grid(w, "The county that fills least (到岗率最低的县)", []string{"scenario", "county", ">fill"}, least)
	fmt.Fprintln(w)
	writeFrontNote(w, s)
	wrap(w, "Proven (已证最优): ", "counties whose plan is proven optimal at every level, of all")
}

// writeSyntheticShare labels sums over counties whose people are made up.
func writeSyntheticShare(w io.Writer, t *scenario.Total) {
	switch label := OriginLabel(model.Origin{Synthetic: t.Synthetic > 0}); {
	case t.Synthetic == 0:
	case t.Synthetic == t.Counties:
		wrap(w, "", label)
	default:
		wrap(w, "", fmt.Sprintf("%s in %d of the %d counties", label, t.Synthetic, t.Counties))
	}
}

// writeRefused lists the counties that have no plan, a row each.
func writeRefused(w io.Writer, results []scenario.Result) {
	var rows [][]string
	more := 0
	for i := range results {
		switch r := &results[i]; {
		case r.Refused == "":
		case len(rows) == mostCounties:
			more++
		default:
			rows = append(rows, []string{string(r.County.ID), cut(r.Scenario.Name), short(r.Refused, 50)})
		}
	}
	if rows == nil {
		return
	}
	grid(w, "No plan (无可行方案)", []string{"county", "scenario", "why"}, rows)
	if more > 0 {
		wrap(w, "  ", fmt.Sprintf("and %s more (--json and the tables have all)", number(more)))
	}
}
