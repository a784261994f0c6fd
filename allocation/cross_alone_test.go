package allocation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// settingOf gives the setting of a rule that cuts across the network; nil for the budget, which has none.
func settingOf(r *model.Rules, rule model.RuleID) *model.RuleSetting {
	return map[model.RuleID]*model.RuleSetting{
		model.RuleExchange: &r.Exchange, model.RuleBackbone: &r.Backbone, model.RuleRotation: &r.Rotation, model.RuleReturn: &r.Return,
		model.RuleSupport: &r.Support, model.RulePartners: &r.Partners, model.RuleHousing: &r.Housing, model.RuleOutflow: &r.Outflow,
		model.RuleRuralFirst: &r.RuralFirst, model.RuleSpecialPosts: &r.SpecialPosts, model.RuleExperience: &r.Experience,
		model.RuleTitlesSenior: &r.TitlesSenior, model.RuleTitlesMiddle: &r.TitlesMiddle, model.RuleBackboneFloor: &r.BackboneFloor, model.RuleIndicatorDegree: &r.IndicatorDegree,
		model.RuleIndicatorBackbone: &r.IndicatorBackbone, model.RuleIndicatorArts: &r.IndicatorArts,
	}[rule]
}

// alone switches every other rule off.
func alone(r *model.Rules, rule model.RuleID, force model.Force) {
	for _, other := range model.CrossRules() {
		if s := settingOf(r, other); s != nil {
			*s = model.RuleSetting{Weight: 5_000}
		}
	}
	if s := settingOf(r, rule); s != nil {
		s.Force = force
		r.SubsidyBudget = 0
	}
}

// Each rule alone, soft and hard: the plan is the best of all assignments at every level.
func TestEachCrossRuleAloneEqualsBruteForce(t *testing.T) {
	const counties = 6
	for _, rule := range model.CrossRules() {
		for seed := range uint64(counties) {
			r := rand.New(rand.NewPCG(seed, 7))
			c := randomCounty(r)
			crossRandom(r, c)
			alone(&c.Rules, rule, model.ForceSoft+model.Force(seed%2))
			o := model.Options{}
			want, _ := bestOfAll(c, o)
			plan, err := allocation.Solve(context.Background(), c, &o)
			var none *allocation.InfeasibleError
			if want == nil && errors.As(err, &none) {
				continue
			}
			if err != nil {
				t.Fatalf("%s, county %d: %v, want objective %v", rule, seed, err, want)
			}
			var got []int64
			for _, level := range plan.Levels {
				got = append(got, level.Objective)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, county %d: objective (-best of all +plan)\n%s", rule, seed, diff)
			}
		}
	}
}

// Rules that count single people are costs of their arcs where they are soft, and two of
// them leave pairs out where they are hard, so that the network stays pure; the others need rows.
func TestWhichRulesNeedRows(t *testing.T) {
	county := generate(t, 600)
	for i := range county.Teachers { // one recruit in two begins a special post
		if p := &county.Teachers[i]; p.Pool == model.PoolRecruit && i%2 == 0 {
			p.Term, p.TermEnds = model.TermSpecialPost, county.Date.AddYears(3)
		}
	}
	county.Rules.SeniorShare = model.ByStage[model.Share]{Primary: 500, Junior: 500, Senior: 500}
	county.Rules.MiddleShare = county.Rules.SeniorShare
	pure := map[model.RuleID][2]bool{ // soft, hard
		model.RuleRotation: {true, false}, model.RuleRuralFirst: {true, false}, model.RuleReturn: {true, true}, model.RuleSpecialPosts: {true, true},
	}
	for _, rule := range model.CrossRules() {
		for i, force := range []model.Force{model.ForceSoft, model.ForceHard} {
			alone(&county.Rules, rule, force)
			if rule == model.RuleBudget {
				county.Rules.SubsidyBudget = 1
			}
			p, err := allocation.Programme(county, nil)
			if err != nil {
				t.Fatal(err)
			}
			if p.Pure() != pure[rule][i] {
				t.Errorf("%s, %s: %d rows", rule, force, len(p.Rows))
			}
			county.Rules.SubsidyBudget = 0
		}
	}
}

// Who is pinned to the working school after the exchange, or to a post in town in a special
// post, is named with the rule that stands against it.
func TestPinsAgainstHardRules(t *testing.T) {
	s2, s1 := model.PostID{School: "S2", Stage: model.StagePrimary, Subject: "chinese"}, model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "mathematics"}
	for _, test := range []struct {
		rule model.RuleID
		pin  model.Pin
		set  func(*model.County)
	}{
		{model.RuleReturn, model.Pin{Teacher: "T2", Post: s2}, func(c *model.County) {
			c.Teachers[1].WorkingSchool, c.Teachers[1].ExchangeEnds = "S2", c.Date
		}},
		{model.RuleSpecialPosts, model.Pin{Teacher: "T5", Post: s1}, func(c *model.County) {
			c.Teachers[4].Term, c.Teachers[4].TermEnds = model.TermSpecialPost, c.Date+1
			c.Rules.SpecialPosts.Force, c.Posts[1].Need = model.ForceHard, 2 // S1 has room in mathematics
		}},
	} {
		county := readTiny(t)
		test.set(county)
		_, err := allocation.Solve(context.Background(), county, &model.Options{Pins: []model.Pin{test.pin}})
		var none *allocation.InfeasibleError
		if !errors.As(err, &none) {
			t.Errorf("%s: error %v, want an InfeasibleError", test.rule, err)
			continue
		}
		if rules := none.Conflicts[0].Rules; len(rules) != 2 || !slices.Contains(rules, model.RulePin) || !slices.Contains(rules, test.rule) {
			t.Errorf("rules %v, want the pin and %s", rules, test.rule)
		}
	}
}
