package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation/province"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// stopTerms says why the search over a province ended.
var stopTerms = map[province.Stop]string{
	province.StopOptimal:    "optimal at every level (各级均已证最优)",
	province.StopGap:        "within the accepted gap (达到允许间隙)",
	province.StopConverged:  "the prices are final; the gap of integers is left (价格已收敛，剩余整数间隙)",
	province.StopIterations: "the accepted number of price rounds (价格轮数已满)",
	province.StopTime:       "time is up (到时)",
	province.StopCancelled:  "cancelled (已取消)",
}

// WriteProvince writes what a province shares among its counties, at most [Width] columns wide.
func WriteProvince(w io.Writer, r *province.Result) error {
	out := bufio.NewWriter(w)
	name := r.Name
	if name == "" {
		name = "Province (省)"
	}
	wrap(out, "", fmt.Sprintf("%s: one subsidy budget and one quota of special posts for %d counties (全省补贴预算与特岗名额统筹分配)", name, len(r.Counties)))
	if label := OriginLabel(model.Origin{Synthetic: r.Synthetic}); label != "" {
		wrap(out, "", label)
	}
	wrap(out, "", "Search ended (求解结束): "+stopTerms[r.Stop])
	writeProvinceLevels(out, r)
	writeProvinceShared(out, r)
	writeProvinceCounties(out, r)
	writeProvinceValues(out, r)
	writeProvinceRecruits(out, r)
	fmt.Fprintln(out)
	wrap(out, "", fmt.Sprintf("%d rounds of prices, %d proposals of the counties (价格轮数、各县方案数). Every county's plan was checked: every rule holds within its share (各县方案均已校验).", r.Iterations, r.Proposals))
	return out.Flush()
}

func writeProvinceLevels(w io.Writer, r *province.Result) {
	var rows [][]string
	for _, l := range r.Levels {
		value, bound, proof := levelValue(l.Name, l.Objective), levelValue(l.Name, l.Bound), "proven: the joint optimum (已证最优)"
		switch {
		case l.Conditional:
			bound, proof = "", "no bound: a level before is open"
		case !l.Proven:
			proof = fmt.Sprintf("gap (间隙) %.4f%%", 100*l.Gap)
		}
		rows = append(rows, []string{levelText(l.Name), bound, value, levelUnit(l.Name), proof})
	}
	grid(w, "The joint optimum lies from bound to value (全省最优值所在区间)", []string{"level", ">bound", ">value", "unit", "proof"}, rows)
	if l := r.Levels[0]; l.Proven && r.Priced < l.Objective {
		wrap(w, "", fmt.Sprintf("By prices alone (仅按价格) the bound of the shortage is %s, a gap of %.4f%%; all plans of the counties within it were looked at.",
			number(r.Priced), 100*solver.RelativeGap(l.Objective, r.Priced)))
	}
}

func writeProvinceShared(w io.Writer, r *province.Result) {
	grid(w, "What is shared (统筹资源)", []string{"", ">in all (总量)", ">used (已用)", ">left (剩余)", "posted price (影子价格)"}, [][]string{
		{"Subsidies, yuan a month (补贴)", yuan(r.Budget), yuan(r.Spent), yuan(r.Unspent), points(100*r.Yuan.Float()) + " points a yuan"},
		{"Special posts (特岗名额)", number(r.Places), number(r.Hired), number(r.Places - r.Hired), points(r.Place.Float()) + " points a place"},
	})
}

// points writes shortage points with as many places as a price needs.
func points(v float64) string {
	if v >= 1000 {
		return number(int64(v + 0.5))
	}
	return fmt.Sprintf("%.3g", v)
}

func writeProvinceCounties(w io.Writer, r *province.Result) {
	var rows [][]string
	for i := range r.Counties {
		c := &r.Counties[i]
		rows = append(rows, []string{c.Name, yuan(c.Least), yuan(c.Spent), number(c.Applied), number(c.Places), number(c.Ledger.Short),
			percent(c.Ledger.Filled, c.Ledger.Need), number(c.Levels[0])})
	}
	grid(w, "Shares (各县份额): yuan a month that the county needs, and gets; places it asks for, and gets",
		[]string{"county (县)", ">needs", ">gets", ">asks", ">places", ">vacant", ">filled", ">shortage"}, rows)
}

func writeProvinceValues(w io.Writer, r *province.Result) {
	var rows [][]string
	for i := range r.Counties {
		c := &r.Counties[i]
		rows = append(rows, append([]string{c.Name}, append(values(c.Yuan, 100), values(c.Place, 1)...)...))
	}
	grid(w, "Value of a little more and a little less, in shortage points (边际价值); equal where it is unique",
		[]string{"county (县)", ">a yuan more", ">a yuan less", ">a place more", ">a place less"}, rows)
	wrap(w, "", "A yuan less: what it would cost the county. \"-\": it can't do with less, or has none.")
}

func values(v province.Range, unit float64) []string {
	less := "-"
	if v.Less.Per > 0 {
		less = points(unit * v.Less.Float())
	}
	return []string{points(unit * v.More.Float()), less}
}

func writeProvinceRecruits(w io.Writer, r *province.Result) {
	var lines []string
	for i := range r.Counties {
		c := &r.Counties[i]
		var kinds []string
		for _, k := range c.Recruits {
			kinds = append(kinds, fmt.Sprintf("%d %s %s", k.Count, k.Stage, k.Subject))
		}
		if len(kinds) > 0 {
			lines = append(lines, c.Name+": "+strings.Join(kinds, ", "))
		}
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(w, "\nRecruits in the places (特岗岗位); they are made up, and serve at rural schools\n")
	for _, line := range lines {
		wrap(w, "  ", line)
	}
}
