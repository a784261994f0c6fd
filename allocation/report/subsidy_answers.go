package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/samber/lo"

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
	wrap(w, "And with subsidies that cost a tenth less (补贴减一成)? ", cutWords(a))
	writeBreakEvens(w, c, a.Schools)
	writeUses(w, a.Uses)
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
	words := fmt.Sprintf("%v off every amount saves %s yuan a month (%s to %s)", c.Off, yuan(c.Saved), yuan(c.SavedRange[0]), yuan(c.SavedRange[1]))
	if !c.Reached {
		words = fmt.Sprintf("So much can't be saved by amounts a fifth lower; %s", words)
	}
	span := ""
	if c.LostRange[0] != c.LostRange[1] {
		span = fmt.Sprintf(" (%s to %s)", number(c.LostRange[0]), number(c.LostRange[1]))
	}
	if c.Lost == 0 {
		return words + " and loses no place" + span + "."
	}
	var lost []string
	for _, t := range c.Tiers {
		switch {
		case t.Lost > 0:
			lost = append(lost, fmt.Sprintf("%s lost in tier %d, at %s yuan", number(t.Lost), t.Tier, yuan(t.Amount)))
		case t.Lost < 0:
			lost = append(lost, fmt.Sprintf("%s gained in tier %d, at %s yuan", number(-t.Lost), t.Tier, yuan(t.Amount)))
		}
	}
	return words + fmt.Sprintf(" and loses %s places in all%s: %s.", number(c.Lost), span, strings.Join(lost, "; "))
}

// mostBreakEvens is how many schools a table shows; JSON has all.
const mostBreakEvens = 20

var obstacleWords = map[subsidy.Obstacle]string{
	subsidy.ObstacleUnqualified: "nobody else is qualified (无合格人选)",
	subsidy.ObstacleBound:       "the qualified are bound by a term (服务期内)",
	subsidy.ObstacleNeeded:      "who would come is needed elsewhere (他校需要)",
	subsidy.ObstacleLimit:       "nobody comes for " + wholeYuan(float64(subsidy.BreakEvenLimit)/100) + " more (加薪无效)",
}

// writeBreakEvens writes what each school with an empty place would have to pay on top, the least first, and after them the
// schools where no money helps.
func writeBreakEvens(w io.Writer, c *model.County, all []subsidy.BreakEven) {
	const what = "What would a place more take at one school (各校盈亏平衡补贴)? "
	if len(all) == 0 {
		fmt.Fprintln(w)
		wrap(w, what, "Every school is full.")
		return
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b subsidy.BreakEven) int {
		first := func(b *subsidy.BreakEven) int { return lo.Ternary(b.Obstacle == "", 0, 1) }
		return cmp.Or(cmp.Compare(first(&a), first(&b)), cmp.Compare(a.Supplement, b.Supplement), cmp.Compare(b.Tier, a.Tier))
	})
	names := schoolNames(c)
	var rows [][]string
	for _, b := range all[:min(len(all), mostBreakEvens)] {
		span := "none found"
		if !b.Never {
			span = wholeYuan(float64(b.Range[0])/100) + " to " + wholeYuan(float64(b.Range[1])/100)
			if b.Open {
				span += ", or none"
			}
		}
		supplement, cost := wholeYuan(float64(b.Supplement)/100), wholeYuan(float64(b.Cost)/100)
		if b.Obstacle != "" {
			supplement, cost = "", obstacleWords[b.Obstacle]
			if b.Never {
				span = ""
			}
		}
		rows = append(rows, []string{names[b.School], number(int(b.Tier)), fmt.Sprintf("%d of %d", b.Filled, b.Need), supplement, span, cost})
	}
	grid(w, what+"The least raise for all there", []string{"school", ">tier", ">filled", ">supplement", ">range", ">cost a month, yuan"}, rows)
	if more := len(all) - mostBreakEvens; more > 0 {
		wrap(w, "  ", fmt.Sprintf("and %s schools more (--json has all)", number(more)))
	}
}

var useWords = map[subsidy.UseKind][3]string{ // what, unit, as counted
	subsidy.UseHousing:      {"housing where there is none (周转房)", "a place", "place in housing"},
	subsidy.UseDirected:     {"directed training (定向培养)", "a person", "person"},
	subsidy.UseSpecialPosts: {"special posts (特岗)", "a post", "post"},
}

// writeUses says from what price on the same money is better spent otherwise.
func writeUses(w io.Writer, u *subsidy.Uses) {
	fmt.Fprintln(w)
	const what = "Would the money do more elsewhere (其他用途)? "
	if u == nil {
		wrap(w, what, "There is nothing to compare: no more money fills no place more.")
		return
	}
	wrap(w, "", what+fmt.Sprintf("The schedule spends %s yuan a month more than last year's and fills %s more. At last year's amounts these uses are as good value at the prices below, and better where they cost less; wages and training years are not counted.",
		yuan(u.Money), countOf(u.Places, "place")))
	for _, use := range u.Other {
		words := useWords[use.Kind]
		text := fmt.Sprintf("%s: fills %s with %s; %s is worth %s to %s yuan a month", words[0], countOf(use.Places, "place"), countOf(use.Units, words[2]), words[1],
			wholeYuan(float64(use.Worth[0])/100), wholeYuan(float64(use.Worth[1])/100))
		if use.Years > 0 {
			months := float64(12 * use.Years)
			text += fmt.Sprintf(", %s to %s in a term of %d years", wholeYuan(months*float64(use.Worth[0])/100), wholeYuan(months*float64(use.Worth[1])/100), use.Years)
		}
		if use.Open {
			text += "; with some plausible coefficients there is no such price"
		}
		if use.Cost > 0 {
			text += fmt.Sprintf("; at the %s yuan declared the same money fills %s", yuan(use.Cost), number(use.Fills))
		}
		wrap(w, "  ", text+".")
	}
	if !slices.ContainsFunc(u.Other, func(o subsidy.Use) bool { return o.Kind == subsidy.UseHousing }) {
		wrap(w, "  ", "housing where there is none (周转房): fills no place more.")
	}
}

// countOf is a number of things.
func countOf(n int, thing string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case thing == "person":
		return number(n) + " people"
	case strings.HasPrefix(thing, "place "):
		return number(n) + " places " + strings.TrimPrefix(thing, "place ")
	}
	return number(n) + " " + thing + "s"
}

// writeArrivals says who would come and from where.
func writeArrivals(w io.Writer, c *model.County, a *subsidy.Arrivals) {
	fmt.Fprintln(w)
	const who = "Who would come, and from where (新进教师来源)? "
	if a.People == 0 {
		wrap(w, who, "Nobody would come to another school.")
		return
	}
	if a.People < subsidy.LeastCell {
		wrap(w, who, fmt.Sprintf("Fewer than %d people would come to a school that is not theirs now.", subsidy.LeastCell))
		return
	}
	wrap(w, who, fmt.Sprintf("%s people would come to a school that is not theirs now. Groups and homes of fewer than %d are not told of.",
		number(a.People), subsidy.LeastCell))
	names := schoolNames(c)
	townships := map[model.TownshipID]string{}
	for i := range c.Townships {
		townships[c.Townships[i].ID] = c.Townships[i].Name
	}
	for i, g := range a.Groups {
		to := fmt.Sprintf("schools of tier %d", g.Tier)
		if g.School != "" {
			to = fmt.Sprintf("%s (tier %d)", names[g.School], g.Tier)
		} else if i > 0 && a.Groups[i-1].Tier == g.Tier {
			to = "other " + to
		}
		var from []string
		for _, h := range g.From {
			from = append(from, number(h.People)+" from "+homeText(h, names, townships))
		}
		text := number(g.People) + " to " + to
		if g.People == 0 {
			text = fmt.Sprintf("fewer than %d to %s", subsidy.LeastCell, to)
		}
		if len(from) > 0 {
			text += ": " + strings.Join(from, ", ")
		}
		wrap(w, "  ", text)
	}
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
	return "several places, too few to be told of one by one"
}
