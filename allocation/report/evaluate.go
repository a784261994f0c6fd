package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// WriteEvaluation writes what a plan made by hand amounts to, at most [Width] columns wide: levels beside the optimum,
// cost, every rule with what it costs and where it is broken, and the nearest lawful plan.
func WriteEvaluation(w io.Writer, c *model.County, e *allocation.Evaluation) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "plan by hand (手工方案)")
	wrap(out, "", fmt.Sprintf("%s listed; %s not listed: they keep the present post, or have none (名单内%d人，名单外%d人按现状).",
		plural(e.Listed, "teacher", "teachers"), number(e.Unlisted), e.Listed, e.Unlisted))
	verdict := "LAWFUL (合规): every rule holds."
	broken := violations(e)
	if !e.Lawful {
		verdict = fmt.Sprintf("BREAKS RULES (违规) in %s.", plural(broken, "place", "places"))
	}
	fmt.Fprintf(out, "\n%s\n", verdict)
	writeDistances(out, e)
	l := e.Ledger
	grid(out, "People and posts (人员与岗位)", []string{"", ">", "", ">"}, [][]string{
		{"People (教师)", number(l.People), "Posts needed (核定需求)", number(l.Need)},
		{"In a post (在岗)", number(l.Posted), "Filled (已配)", number(l.Filled) + " " + percent(l.Filled, l.Need)},
		{"  of whom in a new post (新岗)", number(l.Moved), "Vacant (空缺)", number(l.Short)},
		{"Without a post (待岗)", number(l.Unplaced), "People above need (超员)", number(l.Over)},
	})
	writeCost(out, &model.Plan{Cost: e.Cost})
	writeRuleCosts(out, e)
	if broken > 0 {
		fmt.Fprintf(out, "\nWhere rules are broken (违规之处)\n")
		writeViolations(out, (&check.Report{Rules: e.Rules}).Violations())
	}
	writeNearest(out, e)
	return out.Flush()
}

func violations(e *allocation.Evaluation) (count int) {
	for i := range e.Rules {
		count += len(e.Rules[i].Violations)
	}
	return count
}

// writeDistances writes each level beside the optimum.
func writeDistances(w io.Writer, e *allocation.Evaluation) {
	var rows [][]string
	solved := false
	for i := range e.Levels {
		d := &e.Levels[i]
		best, distance, note := "-", "-", ""
		if least, most, known := d.Distance(); known {
			solved = true
			best, distance = levelValue(d.Name, *d.Best), levelDistance(d.Name, least)
			if most != least {
				distance += " to " + levelDistance(d.Name, most)
			}
			if d.Decides {
				note = "<- decides (首个差别)"
			}
		}
		rows = append(rows, []string{levelTerms[d.Name][0], levelValue(d.Name, d.Value), best, distance, levelTerms[d.Name][1], note})
	}
	grid(w, "Objective, most important first (目标，按先后次序)", []string{"level", ">this plan", ">optimum", ">distance", "unit", ""}, rows)
	switch {
	case e.Impossible != nil:
		wrap(w, "", "There is no optimum: no plan at all obeys every rule (无任何方案符合全部规则). The command plan shows which rules are in conflict.")
	case !solved:
		fmt.Fprintln(w, "The optimum was not asked for (未求最优).")
	case !e.Lawful:
		wrap(w, "", "A plan that breaks rules can come out better than the best lawful one: its distances are no merit (违规方案的差距仅供参考).")
	}
}

// levelDistance writes a difference with its sign.
func levelDistance(level string, d int64) string {
	sign := ""
	if d > 0 {
		sign = "+"
	}
	if level == model.LevelCost {
		return sign + signedYuan(model.Fen(d))
	}
	return sign + number(d)
}

// writeRuleCosts writes every rule that applied: whether it holds, and its points at the soft level.
func writeRuleCosts(w io.Writer, e *allocation.Evaluation) {
	points := map[string]int64{}
	for _, part := range e.Soft {
		points[part.Part] = part.Points
	}
	var rows [][]string
	for _, rule := range e.Rules {
		if rule.Rule == model.RuleRecord && len(rule.Violations) == 0 || rule.Checked == 0 && slices.Contains(model.CrossRules(), rule.Rule) {
			continue // of a list there is no record; and rules that are off
		}
		status := "holds (符合)"
		if rule.Short > 0 {
			status = fmt.Sprintf("soft, short by %s (软约束)", number(rule.Short))
		}
		if len(rule.Violations) > 0 {
			status = fmt.Sprintf("BROKEN (违反) %s times", number(len(rule.Violations)))
		}
		rows = append(rows, []string{string(rule.Rule), number(rule.Checked), status, number(points[string(rule.Rule)])})
	}
	rows = append(rows, []string{"(compelled)", "", "moves for rotation (强制轮岗)", number(points["compelled"])},
		[]string{"(off subject)", "", "outside the main subject (非主学科任教)", number(points["off_subject"])})
	grid(w, "Rules (规则)", []string{"rule", ">applied to", "status", ">soft points"}, rows)
}

func writeNearest(w io.Writer, e *allocation.Evaluation) {
	if e.Nearest == nil {
		return
	}
	fewest := "the fewest that will do (已证最少)"
	for i := range e.Nearest.Levels {
		if level := &e.Nearest.Levels[i].After; level.Name == model.LevelChanges && !level.Proven {
			fewest = fmt.Sprintf("at least %s are needed", number(level.Bound))
		}
	}
	fmt.Fprintf(w, "\nNearest lawful plan (最接近的合规方案): %s changed, %s\n",
		plural(len(e.Nearest.Changed)+len(e.Nearest.Left), "person", "people"), fewest)
	writePersonChanges(w, "by hand", e.Nearest)
	writeChangeChains(w, e.Nearest)
}
