package check

import (
	"testing"

	"github.com/xianguan/xianguan/model"
)

// crossCounty has a town school A, a rural school B at 14 km and a rural school C at
// 43 km by road, beyond commuting range, with one place to live.
func crossCounty() *model.County {
	first := func(t *model.Teacher) { t.Title = model.TitleFirst }
	backbone := func(t *model.Teacher) { t.Backbone = model.BackboneCounty }
	return county([]model.School{
		{ID: "A", Name: "甲", Position: north(42_000_000), Town: true, Grades: []model.Grade{{Grade: 1, Pupils: 90}}},
		{ID: "B", Name: "乙", Position: north(42_100_000), Rural: true, Tier: 1, Grades: []model.Grade{{Grade: 1, Pupils: 40}}},
		{ID: "C", Name: "丙", Position: north(42_300_000), Rural: true, Tier: 3, Housing: 1, Grades: []model.Grade{{Grade: 1, Pupils: 20}}},
	}, []model.Teacher{
		teacher("T1", "A", "chinese", due, volunteer(), first, backbone),
		teacher("T2", "A", "chinese", due, volunteer(), first),
		teacher("T3", "A", "chinese", due, volunteer()),
		teacher("T4", "A", "chinese", exempt, due, volunteer()),
		teacher("T5", "", "chinese"),
	}, approved("A", primary, "chinese", 5), approved("B", primary, "chinese", 3), approved("C", primary, "chinese", 3))
}

// where puts T1 to T5 at schools named by letter, in Chinese; "-" is no post.
func where(letters string) map[model.TeacherID]model.PostID {
	to := map[model.TeacherID]model.PostID{}
	for i, school := range letters {
		if school != '-' {
			to[model.TeacherID("T"+string(rune('1'+i)))] = at(model.SchoolID(school), primary, "chinese")
		}
	}
	return to
}

// crossing is a rule that cuts across the network, with plans that keep it and
// plans that a mutation of them breaks.
type crossing struct {
	rule   model.RuleID
	reason string
	set    func(*model.Rules, model.RuleSetting)
	good   []string
	bad    []string
	short  []int64 // of each bad plan
}

func crossings() []crossing {
	return []crossing{
		{
			rule: model.RuleExchange, reason: "three of A are eligible, T4 is exempt: half of them are two, and T5 is no exchange",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Exchange, r.ExchangeShare = s, 5000 },
			good: []string{"BBAAA", "BCAAB", "AABBA"}, bad: []string{"AAAAB", "ABAAB"}, short: []int64{2, 1},
		}, {
			rule: model.RuleExchange, reason: "the same of each school",
			set: func(r *model.Rules, s model.RuleSetting) {
				r.Exchange, r.ExchangeShare, r.ExchangeScope = s, 3400, model.ScopeSchool
			},
			good: []string{"BBAAA", "CBBAA"}, bad: []string{"AAAAA", "AABAC"}, short: []int64{2, 1},
		}, {
			rule: model.RuleBackbone, reason: "a third of the exchanged, rounded up: one of three, two of four",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Backbone, r.BackboneShare = s, 3333 },
			good: []string{"AAAAA", "BBBAA", "BAAAB"}, bad: []string{"ABAAA", "BBBCA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleHousing, reason: "C has one place, and A is beyond commuting range of it",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Housing = s },
			good: []string{"BBBAA", "CBAAC"}, bad: []string{"CCAAA", "CCCAA"}, short: []int64{1, 2},
		}, {
			rule: model.RuleOutflow, reason: "of four people of A, at most two leave",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Outflow, r.OutflowShare = s, 5000 },
			good: []string{"AAAAA", "BCAAB"}, bad: []string{"BBBAA", "BBCBA"}, short: []int64{1, 2},
		}, {
			rule: model.RuleRuralFirst, reason: "T5 is a recruit",
			set:  func(r *model.Rules, s model.RuleSetting) { r.RuralFirst = s },
			good: []string{"AAAAB", "AAAA-", "BAAAC"}, bad: []string{"AAAAA", "BBAAA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleExperience, reason: "A needs five, so two of a title, and has two",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Experience, r.ExperienceMin = s, 3000 },
			good: []string{"AAAAA", "AABBA"}, bad: []string{"BAAAA", "BBAAA"}, short: []int64{1, 2},
		},
	}
}

// Each rule alone: where it is hard, a plan that breaks it is refused by its name
// and no other; where it is soft, the shortfall costs points; where it is off, nothing.
func TestEachCrossRuleAlone(t *testing.T) {
	covered := map[model.RuleID]int{}
	for _, x := range crossings() {
		covered[x.rule] += len(x.bad)
		for _, good := range x.good {
			c := crossCounty()
			x.set(&c.Rules, model.RuleSetting{Force: model.ForceHard})
			if err := Plan(c, planOf(c, model.Options{}, where(good))).Err(); err != nil {
				t.Errorf("%s: %s: %s: %v", x.rule, x.reason, good, err)
			}
		}
		for i, bad := range x.bad {
			c := crossCounty()
			x.set(&c.Rules, model.RuleSetting{Force: model.ForceHard})
			noDiff(t, string(x.rule)+", hard, "+bad, []model.RuleID{x.rule}, broken(Plan(c, planOf(c, model.Options{}, where(bad))).Violations()))

			x.set(&c.Rules, model.RuleSetting{})
			off := planOf(c, model.Options{}, where(bad))
			x.set(&c.Rules, model.RuleSetting{Force: model.ForceSoft, Weight: 7})
			soft := planOf(c, model.Options{}, where(bad))
			if err := Plan(c, soft).Err(); err != nil {
				t.Errorf("%s, soft: %v", x.rule, err)
			}
			short := int64(0)
			for _, condition := range soft.Conditions {
				short += condition.Short
			}
			noDiff(t, string(x.rule)+", shortfall of "+bad, x.short[i], short)
			noDiff(t, string(x.rule)+", soft points of "+bad, 7*short, soft.Levels[2].Objective-off.Levels[2].Objective)
			if len(off.Conditions) > 0 {
				t.Errorf("%s is off and has conditions", x.rule)
			}
		}
	}
	for _, rule := range model.CrossRules() {
		if covered[rule] < 2 && rule != model.RuleBudget {
			t.Errorf("rule %s has %d mutations, want 2 or more", rule, covered[rule])
		}
	}
}

// The budget is hard wherever it is given: T1 at C earns 600 yuan, T2 and T3 at B
// 100 each.
func TestBudget(t *testing.T) {
	for _, test := range []struct {
		reason string
		budget model.Fen
		to     string
		ok     bool
	}{
		{"no budget, no limit", 0, "CBBAA", true},
		{"to the fen", 80_000, "CBBAA", true},
		{"a fen over", 79_999, "CBBAA", false},
		{"fewer people cost less", 79_999, "CBAAA", true},
		{"a recruit has a subsidy too", 79_999, "CBAAB", false},
	} {
		c := crossCounty()
		c.Rules.SubsidyBudget = test.budget
		want := []model.RuleID{model.RuleBudget}
		if test.ok {
			want = nil
		}
		noDiff(t, test.reason, want, broken(Plan(c, planOf(c, model.Options{}, where(test.to))).Violations()))
	}
}

// The conditions that a plan states are its own figures.
func TestConditionsAreChecked(t *testing.T) {
	c := crossCounty()
	for _, x := range crossings() {
		x.set(&c.Rules, model.RuleSetting{Force: model.ForceSoft, Weight: 1})
	}
	for i, change := range []func(*model.Plan){
		func(p *model.Plan) { p.Conditions = p.Conditions[1:] },
		func(p *model.Plan) { p.Conditions[0].Got++ },
		func(p *model.Plan) { p.Conditions[1].Asked-- },
		func(p *model.Plan) { p.Conditions[2].Short++ },
		func(p *model.Plan) { p.Conditions[0].Points++ },
		func(p *model.Plan) { p.Conditions[0].School = "Z" },
	} {
		p := planOf(c, model.Options{}, where("BCAAA"))
		if err := Plan(c, p).Err(); err != nil {
			t.Fatal(err)
		}
		change(p)
		noDiff(t, "change "+string(rune('0'+i)), []model.RuleID{model.RuleRecord}, broken(Plan(c, p).Violations()))
	}
}
