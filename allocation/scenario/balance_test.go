package scenario

import (
	"math"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// The schools that miss an indicator lack together what the soft rule of the independent checker finds missing.
func TestMissedAgreesWithTheChecker(t *testing.T) {
	c := county(t, "zhangwu")
	for _, setting := range []*model.RuleSetting{&c.Rules.IndicatorDegree, &c.Rules.IndicatorBackbone, &c.Rules.IndicatorArts} {
		setting.Force = model.ForceSoft
	}
	for _, key := range []string{"degree", "backbone", "arts"} {
		c.Overrides = append(c.Overrides, model.Override{Key: "indicator." + key, Value: "soft"})
	}
	p, err := allocation.Solve(t.Context(), c, &model.Options{TimeLimit: 2e9})
	if err != nil {
		t.Fatal(err)
	}
	verdict := check.Plan(c, p)
	want := map[Kind]model.RuleID{KindAboveDegree: model.RuleIndicatorDegree, KindBackbone: model.RuleIndicatorBackbone, KindArts: model.RuleIndicatorArts}
	lacking := map[model.RuleID]int64{}
	for _, row := range MeasureBalance(c, p).Staff {
		for _, m := range row.Missed {
			lacking[want[row.Kind]] += int64(m.Want - m.After)
			if m.Want <= m.After {
				t.Errorf("%s is no miss: %+v", row.Kind, m)
			}
		}
	}
	looked := 0
	for _, status := range verdict.Rules {
		for _, rule := range want {
			if status.Rule == rule {
				looked++
				if status.Short != lacking[rule] || status.Short == 0 {
					t.Errorf("%s: the checker finds %d missing, the schools lack %d", rule, status.Short, lacking[rule])
				}
			}
		}
	}
	if looked != 3 {
		t.Errorf("%d rules", looked)
	}
}

// The coefficient of variation by the words of 教督〔2012〕3号, on the county as it stands.
func TestVariationByTheMeasure(t *testing.T) {
	c := county(t, "zhangwu")
	p, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range MeasureBalance(c, p).Staff {
		if row.Kind != KindTeachers {
			continue
		}
		var staff, pupils []float64
		totalStaff, totalPupils := 0.0, 0.0
		for i := range c.Schools {
			n := float64(c.Schools[i].Pupils(row.Stage))
			if n == 0 {
				continue
			}
			x := 0.0
			for k := range p.Assignments {
				if a := &p.Assignments[k]; a.To.School == c.Schools[i].ID && a.To.Stage == row.Stage {
					x++
				}
			}
			staff, pupils = append(staff, x), append(pupils, n)
			totalStaff += x
			totalPupils += n
		}
		mean, square := totalStaff/totalPupils, 0.0
		for i := range staff {
			square += pupils[i] / totalPupils * (staff[i]/pupils[i] - mean) * (staff[i]/pupils[i] - mean)
		}
		if cv := math.Sqrt(square) / mean; math.Abs(cv-row.After.Variation) > 1e-12 || row.Schools != len(staff) {
			t.Errorf("%s: %v over %d schools, want %v over %d", row.Stage, row.After.Variation, row.Schools, cv, len(staff))
		}
	}
}

// The groups of a table add up to the county.
func TestGroupsAddUp(t *testing.T) {
	c := county(t, "zhangwu")
	p, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := MeasureBalance(c, p)
	for name, rows := range map[string][]FillEquity{"tiers": b.Tiers, "subjects": b.Subjects} {
		need, filled := 0, 0
		for _, row := range rows {
			need += row.Need
			filled += row.Filled[1]
		}
		if need != p.Ledger.Need || filled != p.Ledger.Filled {
			t.Errorf("%s: %d of %d, the plan says %d of %d", name, filled, need, p.Ledger.Filled, p.Ledger.Need)
		}
	}
}
