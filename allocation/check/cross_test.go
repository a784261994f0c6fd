package check

import (
	"testing"

	"github.com/xianguan/xianguan/model"
)

// crossCounty has a town school A, a rural school B at 14 km and a rural school C at
// 43 km by road, beyond commuting range, with one place to live. A supports B. T1 and T2
// are a couple, T4's exchange to C has just ended, and T5 begins a special post.
func crossCounty() *model.County {
	first := func(t *model.Teacher) { t.Title = model.TitleFirst }
	backbone := func(t *model.Teacher) { t.Backbone = model.BackboneCounty }
	college := func(t *model.Teacher) { t.Degree = model.DegreeCollege }
	partner := func(of model.TeacherID) func(*model.Teacher) { return func(t *model.Teacher) { t.Partner = of } }
	c := county([]model.School{
		{ID: "A", Name: "甲", Position: north(42_000_000), Town: true, Grades: []model.Grade{{Grade: 1, Pupils: 90}}},
		{ID: "B", Name: "乙", Position: north(42_100_000), Rural: true, Tier: 1, Partner: "A", Grades: []model.Grade{{Grade: 1, Pupils: 40}}},
		{ID: "C", Name: "丙", Position: north(42_300_000), Rural: true, Tier: 3, Housing: 1, Grades: []model.Grade{{Grade: 1, Pupils: 20}}},
	}, []model.Teacher{
		teacher("T1", "A", "chinese", due, volunteer(), first, backbone, college, partner("T2")),
		teacher("T2", "A", "chinese", due, volunteer(), first, college, partner("T1")),
		teacher("T3", "A", "chinese", due, volunteer(), college),
		teacher("T4", "A", "chinese", exempt, due, volunteer(), exchanged("C", today-1)),
		teacher("T5", "", "chinese", specialPost),
	}, approved("A", primary, "chinese", 5), approved("B", primary, "chinese", 3), approved("C", primary, "chinese", 3))
	c.Subjects[1].Arts = true // Chinese, so that everybody counts
	return c
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
	change func(*model.County) // nil: nothing
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
		}, {
			rule: model.RuleRotation, reason: "T1 to T3 are due, T4 is exempt, and B and C are other schools as well",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Rotation = s },
			good: []string{"BBBAA", "CBCAB"}, bad: []string{"AABBA", "BBAAA"}, short: []int64{2, 1},
		}, {
			rule: model.RuleRotation, reason: "everywhere, also where A is neither in town nor strong",
			set: func(r *model.Rules, s model.RuleSetting) {
				r.Rotation, r.RotationFrom = s, model.RotationFromAll
			},
			change: func(c *model.County) { c.Schools[0].Town = false },
			good:   []string{"BBBAA"}, bad: []string{"BABAA"}, short: []int64{1},
		}, {
			rule: model.RuleReturn, reason: "T4 comes back from C, and may go to B, since a move is no exchange that goes on",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Return = s },
			good: []string{"AAAAA", "CCABA"}, bad: []string{"AAACA", "BBACA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleSupport, reason: "B has two people of A: a recruit is not of A, and C has no partner",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Support, r.SupportTeachers = s, 2 },
			good: []string{"BBAAA", "CBABA"}, bad: []string{"BAAAB", "CCCAA"}, short: []int64{1, 2},
		}, {
			rule: model.RulePartners, reason: "T1 and T2, within 14.456 km to the metre",
			set:  func(r *model.Rules, s model.RuleSetting) { r.Partners, r.PartnersDistance = s, 14_456 },
			good: []string{"AAAAA", "ABCAA", "CCAAA"}, bad: []string{"ACAAA", "CBAAB"}, short: []int64{1, 1},
		}, {
			rule: model.RulePartners, reason: "the same by township: B and C are in one, however far",
			set: func(r *model.Rules, s model.RuleSetting) { r.Partners = s },
			change: func(c *model.County) {
				c.Schools[0].Township, c.Schools[1].Township, c.Schools[2].Township = "TA", "TB", "TB"
			},
			good: []string{"AAAAA", "BCAAA"}, bad: []string{"ABAAA", "CAAAA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleSpecialPosts, reason: "T5 has a special post",
			set:  func(r *model.Rules, s model.RuleSetting) { r.SpecialPosts = s },
			good: []string{"AAAAB", "AAAA-", "BAAAC"}, bad: []string{"AAAAA", "BBAAA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleBackboneFloor, reason: "A needs five, so one backbone teacher, and has one",
			set:  func(r *model.Rules, s model.RuleSetting) { r.BackboneFloor, r.BackboneMin = s, 2000 },
			good: []string{"AAAAA", "ABBAA"}, bad: []string{"BAAAA", "CBAAA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleTitlesSenior, reason: "C has one senior post; T1 and T2 are senior, T3 is not",
			set: func(r *model.Rules, s model.RuleSetting) { r.TitlesSenior = s },
			change: func(c *model.County) {
				c.Teachers[0].Title, c.Teachers[1].Title = model.TitleSenior, model.TitleProfessor
				c.Schools[2].SeniorPosts = new(int)
				*c.Schools[2].SeniorPosts = 1
			},
			good: []string{"ACCAA", "BBCAA"}, bad: []string{"CCAAA", "CCCAA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleTitlesMiddle, reason: "a third of the need: ⌊1.67⌋ of five at A, which has T1 and T2 now, and ⌊0.99⌋ of three at B and at C",
			set: func(r *model.Rules, s model.RuleSetting) {
				r.TitlesMiddle, r.MiddleShare = s, model.ByStage[model.Share]{Primary: 3333}
			},
			good: []string{"AAAAA", "AABAA", "AACBB"}, bad: []string{"BAAAA", "BBAAA", "BCAAA"}, short: []int64{1, 2, 2},
		}, {
			rule: model.RuleIndicatorDegree, reason: "A has 90 pupils, so 2.7 people above the degree, rounded up: T1 to T3; B and C are small",
			set: func(r *model.Rules, s model.RuleSetting) {
				r.IndicatorDegree, r.IndicatorPupils, r.AboveDegreePer100.Primary = s, 50, 300
			},
			good: []string{"AAAAA", "AAABB"}, bad: []string{"BAAAA", "BBAAA"}, short: []int64{1, 2},
		}, {
			rule: model.RuleIndicatorBackbone, reason: "0.9 people, rounded up: T1",
			set: func(r *model.Rules, s model.RuleSetting) {
				r.IndicatorBackbone, r.IndicatorPupils, r.BackbonePer100.Primary = s, 50, 100
			},
			good: []string{"AAAAA", "ABBBC"}, bad: []string{"BAAAA", "BBBAA"}, short: []int64{1, 1},
		}, {
			rule: model.RuleIndicatorArts, reason: "2.7 people in posts that count, rounded up: any three, recruits too",
			set: func(r *model.Rules, s model.RuleSetting) {
				r.IndicatorArts, r.IndicatorPupils, r.ArtsPer100.Primary = s, 50, 300
			},
			good: []string{"AAAAB", "BBAAA"}, bad: []string{"BBBAA", "BBBCA"}, short: []int64{1, 2},
		},
	}
}

// county is the county of a rule alone.
func (x *crossing) county() *model.County {
	c := crossCounty()
	if x.change != nil {
		x.change(c)
	}
	return c
}

// Each rule alone: where it is hard, a plan that breaks it is refused by its name
// and no other; where it is soft, the shortfall costs points; where it is off, nothing.
func TestEachCrossRuleAlone(t *testing.T) {
	covered := map[model.RuleID]int{}
	for _, x := range crossings() {
		covered[x.rule] += len(x.bad)
		for _, good := range x.good {
			c := x.county()
			x.set(&c.Rules, model.RuleSetting{Force: model.ForceHard})
			if err := Plan(c, planOf(c, model.Options{}, where(good))).Err(); err != nil {
				t.Errorf("%s: %s: %s: %v", x.rule, x.reason, good, err)
			}
		}
		for i, bad := range x.bad {
			c := x.county()
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

// settle appraises where T1 to T5 go under one hard or soft rule: its shortfall, and
// whether it is broken.
func settle(c *model.County, to string) (short int64, broke bool) {
	a := NewEvaluator(c, model.Options{}).Appraise(where(to))
	for _, condition := range a.Conditions {
		short += condition.Short
	}
	return short, len(a.Violations) > 0
}

// Who is apart now may stay so, where the rule is hard, and may come nearer; soft, it
// counts all the same.
func TestCouplesApartNow(t *testing.T) {
	apart := func(c *model.County) { c.Teachers[1].School = "B" } // T2, 14 km from T1
	for _, test := range []struct {
		reason string
		change func(*model.County)
		to     string
		hard   bool // keeps the rule where it is hard
		soft   int64
	}{
		{"both stay", apart, "ABAAA", true, 1},
		{"T1 joins T2", apart, "BBAAA", true, 0},
		{"no farther apart", apart, "BAAAA", true, 1},
		{"farther apart", apart, "CBAAA", false, 1},
		{"one on leave is no couple to plan", func(c *model.County) { c.Teachers[1].Duty = model.DutyLeave }, "C-AAA", true, 0},
		{"a place that is not known is near", func(c *model.County) { c.Schools[2].Position = model.Position{} }, "CAAAA", true, 0},
		{"T5, a recruit, and T1: who has no post is apart from nobody", func(c *model.County) {
			c.Teachers[0].Partner, c.Teachers[1].Partner, c.Teachers[4].Partner = "T5", "", "T1"
		}, "AAAA-", true, 0},
		{"with a post, T5 is", func(c *model.County) {
			c.Teachers[0].Partner, c.Teachers[1].Partner, c.Teachers[4].Partner = "T5", "", "T1"
		}, "AAAAB", false, 1},
	} {
		for _, force := range []model.Force{model.ForceHard, model.ForceSoft} {
			c := crossCounty()
			test.change(c)
			c.Rules.Partners = model.RuleSetting{Force: force, Weight: 1}
			short, broke := settle(c, test.to)
			if force == model.ForceSoft && (short != test.soft || broke) {
				t.Errorf("%s, soft: shortfall %d, want %d; broken %v", test.reason, short, test.soft, broke)
			}
			if force == model.ForceHard && broke == test.hard {
				t.Errorf("%s, hard: broken %v, shortfall %d", test.reason, broke, short)
			}
		}
	}
}

// Who lists the working school and volunteers asks to stay there, and support counts an
// exchange that runs.
func TestExchangesThatEndAndRun(t *testing.T) {
	c := crossCounty()
	c.Rules.Return.Force = model.ForceHard
	c.Teachers[3].Preferences = []model.SchoolID{"B", "C"}
	if short, broke := settle(c, "AAACA"); short != 0 || broke {
		t.Errorf("T4 asks for C by name: shortfall %d, broken %v", short, broke)
	}
	c = crossCounty()
	c.Rules.Support, c.Rules.SupportTeachers = model.RuleSetting{Force: model.ForceHard}, 1
	c.Teachers[2].WorkingSchool, c.Teachers[2].ExchangeEnds = "B", today+10_000
	if short, broke := settle(c, "AABAA"); short != 0 || broke {
		t.Errorf("T3 of A is at B already: shortfall %d, broken %v", short, broke)
	}
}

// An indicator asks each stage by itself; soft it asks for all that is missing, hard for
// no more than is there now. A special post that is misplaced now may stay.
func TestReliefOfHardRules(t *testing.T) {
	c := crossCounty()
	c.Schools[1].Grades = append(c.Schools[1].Grades, model.Grade{Grade: 7, Pupils: 10})
	r := &c.Rules
	r.IndicatorArts, r.ArtsPer100 = model.RuleSetting{Force: model.ForceSoft, Weight: 1}, model.ByStage[int]{Primary: 200, Junior: 1}
	a := NewEvaluator(c, model.Options{}).Appraise(where("AAAAB"))
	noDiff(t, "soft", []model.Condition{
		{Rule: model.RuleIndicatorArts, School: "A", Stage: primary, Asked: 2, Got: 4},
		{Rule: model.RuleIndicatorArts, School: "B", Stage: primary, Asked: 1, Got: 1},
		{Rule: model.RuleIndicatorArts, School: "B", Stage: junior, Asked: 1, Short: 1, Points: 1},
		{Rule: model.RuleIndicatorArts, School: "C", Stage: primary, Asked: 1, Short: 1, Points: 1},
	}, a.Conditions)
	r.IndicatorArts.Force = model.ForceHard
	a = NewEvaluator(c, model.Options{}).Appraise(where("AAAAB"))
	noDiff(t, "hard", []model.Condition{{Rule: model.RuleIndicatorArts, School: "A", Stage: primary, Asked: 2, Got: 4}}, a.Conditions)

	c = crossCounty()
	c.Teachers[0].Term, c.Teachers[0].TermEnds = model.TermSpecialPost, today+1
	c.Rules.SpecialPosts.Force = model.ForceHard
	if _, broke := settle(c, "AAAAB"); broke {
		t.Error("T1 serves at A and is bound there")
	}
	if short, broke := settle(c, "AAAAA"); short != 1 || !broke {
		t.Errorf("T5 comes on top: shortfall %d, broken %v", short, broke)
	}
}
