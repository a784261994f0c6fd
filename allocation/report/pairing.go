package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/pairing"
	"github.com/xianguan/xianguan/model"
)

// shownPartners is how many pairs a text names; the JSON has all.
const shownPartners = 30

// pairingTerms names the levels of a pairing and their units.
var pairingTerms = map[string][2]string{"alone": {"Without a partner (未帮扶)", "schools"}, "changed": {"Partners that change (更换帮扶)", "schools"},
	"misfit": {"Vacancies that the partner can't help with (学科不合)", "posts"}, "load": {"Evenness, sum of squares (均衡)", ""}, "metres": {"Roads between (路程)", ""}}

// WritePairing writes who supports whom, at most [Width] columns wide.
func WritePairing(w io.Writer, c *model.County, r *pairing.Result) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "paired support (对口帮扶)")
	var rows [][]string
	for _, l := range r.Levels {
		value := number(l.Value)
		if l.Name == "metres" {
			value = model.Metres(l.Value).String()
		}
		rows = append(rows, []string{pairingTerms[l.Name][0], value, pairingTerms[l.Name][1], "proven (已证)"})
	}
	grid(out, "Objective, most important first (目标，按先后次序)", []string{"", ">value", "unit", "proof"}, rows)
	names := schoolNames(c)
	rows = nil
	outside := map[model.OutsideID]string{}
	for _, s := range c.Outside {
		outside[s.ID] = s.Name + " (县外)"
	}
	for _, l := range r.Loads {
		if l.Outside != "" {
			rows = append(rows, []string{string(l.Outside), outside[l.Outside], number(l.Schools), number(l.Most)})
			continue
		}
		rows = append(rows, []string{string(l.School), names[l.School], number(l.Schools), number(l.Most)})
	}
	grid(out, "Who supports how many (帮扶校)", []string{"school", "name", ">supports", ">at most"}, rows)
	rows = nil
	for _, y := range r.Years {
		when := fmt.Sprintf("by the end of year %d (第%d年末)", y.Year, y.Year)
		if y.Year == 0 {
			when = "now (目前)"
		}
		rows = append(rows, []string{when, number(y.Covered), number(y.Asked)})
	}
	grid(out, "Coverage year by year (分年度帮扶覆盖)", []string{"", ">schools with a partner", ">asked"}, rows)
	rows = nil
	for _, p := range r.Pairs[:min(len(r.Pairs), shownPartners)] {
		begins := fmt.Sprintf("year %d", p.Year)
		switch {
		case p.Stands:
			begins = "stands (已结对)"
		case p.Before != "":
			begins += ", was " + string(p.Before)
		}
		partner := names[p.Partner]
		if p.Outside != "" {
			partner = outside[p.Outside]
		}
		rows = append(rows, []string{short(names[p.School], 26), short(partner, 26), p.Metres.String(), number(p.Vacant), number(p.Helped), begins})
	}
	grid(out, fmt.Sprintf("Pairs (结对): %d of %s, %s with another partner than before", len(rows), number(len(r.Pairs)), number(r.Change)),
		[]string{"school (受援校)", "partner (帮扶校)", ">road", ">vacant", ">helped", "begins (开始)"}, rows)
	for _, a := range r.Alone {
		wrap(out, "  - ", fmt.Sprintf("%s %s has no partner: %s (%s)", a.School, names[a.School], a.Why, a.WhyZH))
	}
	return out.Flush()
}
