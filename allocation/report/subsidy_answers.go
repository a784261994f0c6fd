package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// writeAnswers writes what an official asks about the amounts chosen.
func writeAnswers(w io.Writer, c *model.County, a *subsidy.Answers) {
	fmt.Fprintln(w)
	wrap(w, "Answers about these amounts (问答), ", "people answering without chance:")
	fmt.Fprintln(w)
	wrap(w, "What does a place more cost (每多到岗一人)? ", extraWords(&a.Extra))
	fmt.Fprintln(w)
	wrap(w, "And with a tenth less money (经费减一成)? ", cutWords(a))
	writeArrivals(w, c, &a.Arrivals)
}

func extraWords(x *subsidy.Extra) string {
	if x.Never {
		return "No place more is filled than at last year's amounts, whatever coefficients are plausible (不增加到岗)."
	}
	words := fmt.Sprintf("%s to %s yuan a month, against last year's amounts", yuan(x.PerPlace[0]), yuan(x.PerPlace[1]))
	if x.Open {
		words += ", where more are filled; with some plausible coefficients none is (部分情形不增加到岗)"
	}
	return words + "."
}

func cutWords(a *subsidy.Answers) string {
	c := &a.Cut
	words := fmt.Sprintf("%v off every amount saves %s yuan a month", c.Off, yuan(c.Saved))
	if !c.Reached {
		words = fmt.Sprintf("So much can't be saved by amounts a fifth lower; %s", words)
	}
	switch {
	case c.Lost < 0:
		return words + fmt.Sprintf(" and fills %s places more.", number(-c.Lost))
	case c.Lost == 0:
		return words + " and loses no place."
	}
	var lost []string
	for _, t := range c.Tiers {
		if t.Lost != 0 {
			lost = append(lost, fmt.Sprintf("%s in tier %d, at %s yuan", number(t.Lost), t.Tier, yuan(t.Amount)))
		}
	}
	return words + fmt.Sprintf(" and loses %s places: %s.", number(c.Lost), strings.Join(lost, "; "))
}

// writeArrivals says who would come and from where.
func writeArrivals(w io.Writer, c *model.County, a *subsidy.Arrivals) {
	fmt.Fprintln(w)
	const who = "Who would come, and from where (新进教师来源)? "
	switch {
	case a.Hidden:
		wrap(w, who, fmt.Sprintf("Fewer than %d people would come to another school; so few are not told of.", subsidy.LeastCell))
		return
	case a.People == 0:
		wrap(w, who, "Nobody would come to another school.")
		return
	}
	wrap(w, who, fmt.Sprintf("%s people would come to a school that is not theirs now. Groups of fewer than %d are told of together with others.",
		number(a.People), subsidy.LeastCell))
	names := schoolNames(c)
	townships := map[model.TownshipID]string{}
	for i := range c.Townships {
		townships[c.Townships[i].ID] = c.Townships[i].Name
	}
	alone := map[model.Tier]bool{} // tiers with schools that are told of by themselves
	for _, g := range a.Groups {
		for _, k := range g.Tiers {
			alone[k] = alone[k] || g.School != ""
		}
	}
	for _, g := range a.Groups {
		to := "schools of " + tiersText(g.Tiers)
		if g.School != "" {
			to = fmt.Sprintf("%s (%s)", names[g.School], tiersText(g.Tiers))
		} else if alone[g.Tiers[0]] {
			to = "other " + to
		}
		var from []string
		for _, h := range g.From {
			from = append(from, number(h.People)+" from "+homeText(h, names, townships))
		}
		wrap(w, "  ", fmt.Sprintf("%s to %s: %s", number(g.People), to, strings.Join(from, ", ")))
	}
}

// tiersText names tiers.
func tiersText(tiers []model.Tier) string {
	var all []string
	for _, k := range tiers {
		all = append(all, number(int(k)))
	}
	if len(all) == 1 {
		return "tier " + all[0]
	}
	return "tiers " + strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// homeText says where people come from.
func homeText(h subsidy.Home, schools map[model.SchoolID]string, townships map[model.TownshipID]string) string {
	switch h.Kind {
	case subsidy.HomeSchool:
		return schools[h.School]
	case subsidy.HomeTownship:
		return "the pool, at home in " + townships[h.Township]
	case subsidy.HomeTier:
		return fmt.Sprintf("schools of tier %d, each fewer than %d", h.Tier, subsidy.LeastCell)
	case subsidy.HomePool:
		return fmt.Sprintf("the pool, fewer than %d from any township", subsidy.LeastCell)
	}
	return "several places, each too few to be told of"
}
