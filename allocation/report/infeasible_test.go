package report

import (
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// What is not proven is marked, and only then; nothing is wider than the page.
func TestInfeasibleSaysWhatIsNotProven(t *testing.T) {
	county := &model.County{Name: "小县", Schools: []model.School{{ID: "S1", Name: "城关镇第一中心小学教育集团北校区分部"}}}
	outflow := allocation.Member{Rule: model.RuleOutflow, School: "S1", Asks: allocation.Amount{Value: 3, Unit: allocation.UnitPeople}}
	pin := allocation.Member{Rule: model.RulePin, Teacher: "T0000000000000000001", Post: model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "information-technology"}}
	proven := func(p bool) *allocation.InfeasibleError {
		bound := int64(123_456_789)
		if !p {
			bound--
		}
		return &allocation.InfeasibleError{
			Conflicts: []allocation.Conflict{{Rules: []model.RuleID{model.RuleOutflow, model.RulePin}, Members: []allocation.Member{pin, outflow},
				Irreducible: p, Reason: "for a reason"}},
			Relaxations: []allocation.Relaxation{{Proven: p, Severity: 11, Changes: []allocation.Change{{Member: pin}, {Member: outflow, To: 5}},
				Levels: []model.PlanLevel{{Name: model.LevelShortage, Objective: 1_574_110, Bound: 1_574_110, Proven: true},
					{Name: model.LevelUnplaced, Objective: 2, Bound: 2, Proven: true}, {Name: model.LevelSoft, Objective: 2_000_000, Bound: 2_000_000, Proven: true},
					{Name: model.LevelCost, Objective: 123_456_789, Bound: bound, Proven: p}, {Name: model.LevelLottery, Objective: 99}}}},
			MoreConflicts: !p, MoreRelaxations: !p,
		}
	}
	doubts := []string{"not proven irreducible", "further conflicts", "1?", "<=1,234,567.89", "<= :", "not proven that each", "further ways out"}
	for _, p := range []bool{true, false} {
		got := written(t, county, proven(p))
		for _, doubt := range doubts {
			if strings.Contains(got, doubt) == p {
				t.Errorf("proven %v: %q in the text is %v\n%s", p, doubt, p, got)
			}
		}
		for _, want := range []string{"1,234,567.89", "城关镇第一", "drop the pin of", "from 3", "at least 5", "学校每年调出教师不超过一定比例"} {
			if !strings.Contains(got, want) {
				t.Errorf("proven %v: want %q in\n%s", p, want, got)
			}
		}
		if strings.Contains(got, "99") || strings.Contains(got, "for a reason") {
			t.Errorf("the lottery is no cost, and the list of members says the reason already:\n%s", got)
		}
	}
}

func TestInfeasibleWithoutAWayOut(t *testing.T) {
	got := written(t, &model.County{Name: "小县"}, &allocation.InfeasibleError{
		Conflicts: []allocation.Conflict{{Rules: []model.RuleID{model.RuleHold}, Reason: "no post is open to T1"}}})
	for _, want := range []string{"no post is open to T1", "No way out was found"} {
		if !strings.Contains(got, want) {
			t.Errorf("want %q in\n%s", want, got)
		}
	}
}

func written(t *testing.T, c *model.County, e *allocation.InfeasibleError) string {
	t.Helper()
	var out strings.Builder
	if err := WriteInfeasible(&out, c, e); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if width := text.StringWidth(strings.TrimSuffix(line, "\n")); width > Width {
			t.Errorf("%d columns: %s", width, line)
		}
	}
	if strings.Contains(out.String(), "≈") {
		t.Errorf("a row was cut to fit:\n%s", out.String())
	}
	return out.String()
}
