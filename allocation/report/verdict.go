package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// shownViolations is how many violations a text shows; the rest are counted.
const shownViolations = 50

// RuleTexts gives each rule that the checker reports on with its words and source: those of the plan, and that the plan's own figures agree.
func RuleTexts() map[model.RuleID]allocation.Rule {
	rules := lo.SliceToMap(allocation.Rules(), func(r allocation.Rule) (model.RuleID, allocation.Rule) { return r.ID, r })
	rules[model.RuleRecord] = allocation.Rule{ID: model.RuleRecord, Chinese: "方案所列各项数字与县数据一致。",
		Sentence: "The plan's own figures agree with the county's.", Source: "any plan (各类方案)", ChineseSource: "各类方案"}
	return rules
}

// WriteVerdict writes what the independent checker found.
func WriteVerdict(w io.Writer, p *model.Plan, verdict *check.Report) error {
	out := bufio.NewWriter(w)
	wrap(out, "", fmt.Sprintf("%s: plan of %s for the school year from %s", p.CountyName, p.Software, p.Date))
	if label := OriginLabel(p.Origin); label != "" {
		wrap(out, "", label)
	}
	writeVerdict(out, verdict)
	var rows [][]string
	for _, level := range verdict.Levels {
		agrees := "agrees (一致)"
		if level.Claimed != level.Recomputed {
			agrees = "DIFFERS (不一致)"
		}
		rows = append(rows, []string{levelTerms[level.Name][0], levelValue(level.Name, level.Claimed),
			levelValue(level.Name, level.Recomputed), levelTerms[level.Name][1], agrees})
	}
	grid(out, "Objective, worked out again (目标复算)", []string{"level", ">plan", ">recomputed", "unit", ""}, rows)
	return out.Flush()
}

func writeVerdict(w io.Writer, verdict *check.Report) {
	var rows [][]string
	broken := 0
	for _, rule := range verdict.Rules {
		if rule.Checked == 0 && slices.Contains(model.CrossRules(), rule.Rule) {
			continue // switched off
		}
		status := "holds (符合)"
		if rule.Short > 0 {
			status = fmt.Sprintf("soft, short by %s (软约束)", number(rule.Short))
		}
		if len(rule.Violations) > 0 {
			status = fmt.Sprintf("BROKEN (违反) %s times", number(len(rule.Violations)))
			broken += len(rule.Violations)
		}
		rows = append(rows, []string{string(rule.Rule), number(rule.Checked), status})
	}
	grid(w, "Rules, checked independently (独立复核)", []string{"rule", ">applied to", "status"}, rows)
	if broken == 0 {
		fmt.Fprintln(w, "\nEvery rule holds, and the objective agrees at every level (全部符合，目标一致).")
		return
	}
	fmt.Fprintf(w, "\n%s violations (违反):\n", number(broken))
	shown := 0
	for _, rule := range verdict.Rules {
		for _, v := range rule.Violations {
			if shown++; shown <= shownViolations {
				wrap(w, "  - ", v.Error())
			}
		}
	}
	if broken > shownViolations {
		fmt.Fprintf(w, "  and %s more\n", number(broken-shownViolations))
	}
}
