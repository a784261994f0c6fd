package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/principals"
	"github.com/xianguan/xianguan/model"
)

// shownPrincipals is how many moves a text names; the JSON has all.
const shownPrincipals = 30

// principalTerms names the levels of a rotation and their units.
var principalTerms = map[string][2]string{"overdue": {"Due and staying (应轮未轮)", "principals"}, "early": {"Moved to make way (提前调整)", "principals"},
	"upward": {"Not from strong to rural (未向乡村流动)", "principals"}, "metres": {"Roads between (路程)", ""}}

// WritePrincipals writes which principals rotate and where to, at most [Width] columns wide.
func WritePrincipals(w io.Writer, c *model.County, r *principals.Result) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "rotation of principals (校长交流)")
	term := fmt.Sprintf("a term of %d years", r.Options.TermYears)
	if r.Assumed {
		term += ", which is assumed: set principal.term_years or --term-years (任期为假设值)"
	}
	fmt.Fprintln(out)
	wrap(out, "", fmt.Sprintf("%s principals (校长), %s due after two terms at one school (满两届), by %s.", number(r.Principals), number(r.Due), term))
	var rows [][]string
	for _, l := range r.Levels {
		value := number(l.Value)
		if l.Name == "metres" {
			value = model.Metres(l.Value).String()
		}
		rows = append(rows, []string{principalTerms[l.Name][0], value, principalTerms[l.Name][1], "proven (已证)"})
	}
	grid(out, "Objective, most important first (目标，按先后次序)", []string{"", ">value", "unit", "proof"}, rows)
	names := schoolNames(c)
	rows = nil
	for _, m := range r.Moves[:min(len(r.Moves), shownPrincipals)] {
		note := ""
		switch {
		case !m.Due:
			note = "makes way (让位)"
		case m.Down:
			note = "to rural (向乡村)"
		}
		rows = append(rows, []string{string(m.Teacher), short(names[m.From], 24), number(m.Years), short(names[m.To], 24), m.Metres.String(), note})
	}
	if len(rows) > 0 {
		grid(out, fmt.Sprintf("Who goes where (交流名单): %d of %s", len(rows), number(len(r.Moves))), []string{"principal", "from (现任)", ">years", "to (拟任)", ">road", ""}, rows)
	}
	rows = nil
	for _, o := range r.Overdue[:min(len(r.Overdue), shownPrincipals)] {
		why := "no school within reach (范围内无合适学校)"
		if o.Within > 0 {
			why = fmt.Sprintf("%d schools fit, none comes free (合适学校均未空出)", o.Within)
		}
		rows = append(rows, []string{string(o.Teacher), short(names[o.School], 26), number(o.Years), why})
	}
	if len(rows) > 0 {
		grid(out, fmt.Sprintf("Due and staying (应轮未轮): %d of %s", len(rows), number(len(r.Overdue))), []string{"principal", "school", ">years", "why"}, rows)
	}
	if len(r.Headless) > 0 {
		fmt.Fprintln(out)
		wrap(out, "Schools without a principal afterwards (校长空缺): ", shortSchools(r.Headless, names))
	}
	fmt.Fprintln(out)
	wrap(out, "", fmt.Sprintf("Within %s by road of the present school, of a stage and language of the principal's. Exempt, near retirement, on leave, seconded, on exchange or in a service term: stays. "+
		"Decided before the plan of teachers: --out writes the county to plan next.", r.Options.Reach))
	return out.Flush()
}
