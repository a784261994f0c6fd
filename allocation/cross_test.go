package allocation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// crossRandom switches the rules that cut across the network on at random, soft or
// hard, with figures that bite in a county of six people.
func crossRandom(r *rand.Rand, c *model.County) {
	setting := func(weight int) model.RuleSetting {
		force := []model.Force{model.ForceOff, model.ForceSoft, model.ForceSoft, model.ForceHard}[r.IntN(4)]
		return model.RuleSetting{Force: force, Weight: weight * (1 + r.IntN(4))}
	}
	c.Teachers = c.Teachers[:min(5, len(c.Teachers))] // keeps the enumeration short
	for i := range c.Schools {
		s := &c.Schools[i]
		s.Town, s.Rural = i == 0, i > 0
		s.Weak = i > 0 && r.IntN(3) == 0
		s.Housing = r.IntN(2)
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		t.Backbone = model.Backbone(r.IntN(2) * 2)
		t.Title = model.Title(r.IntN(5))
		if r.IntN(2) == 0 && t.School != "" && t.WorkingSchool == "" {
			t.School = c.Schools[0].ID
			t.YearsHere, t.Volunteer = 6+r.IntN(5), r.IntN(2) == 0
		}
	}
	rules := &c.Rules
	rules.CommuteRange, rules.ForcedDistance = 10_000, 60_000
	rules.Exchange, rules.ExchangeShare = setting(800), model.Share(2000+r.IntN(5)*1500)
	rules.ExchangeScope = model.ShareScope(r.IntN(2))
	rules.Backbone, rules.BackboneShare = setting(900), model.Share(2000+r.IntN(4)*2000)
	rules.Housing, rules.RuralFirst = setting(700), setting(2000)
	rules.Outflow, rules.OutflowShare = setting(800), model.Share(r.IntN(4)*2000)
	rules.Experience, rules.ExperienceMin = setting(2000), model.Share(4000+r.IntN(4)*2000)
	if r.IntN(2) == 0 {
		rules.SubsidyBudget = model.Fen(20_000 + r.IntN(40)*5_000)
	}
}

// optima are the best objectives of one county: with every rule, and with each
// of the rules that cut across the network switched off; nil where nothing obeys the others.
type optima struct {
	all     []int64
	without map[model.RuleID][]int64
}

// optimaOf appraises every assignment once. Switching a rule off takes its
// violations and its soft points away and leaves the rest as it is.
func optimaOf(c *model.County, o model.Options) optima {
	best := optima{without: map[model.RuleID][]int64{}}
	better := func(old, levels []int64) []int64 {
		if old == nil || slices.Compare(levels, old) < 0 {
			return levels
		}
		return old
	}
	appraiseAll(c, o, func(a check.Appraisal) {
		broken := map[model.RuleID]bool{}
		for _, v := range a.Violations {
			broken[v.Rule] = true
		}
		if len(broken) == 0 {
			best.all = better(best.all, a.Levels)
		}
		for _, rule := range model.CrossRules() {
			if len(broken) > 1 || (len(broken) == 1 && !broken[rule]) {
				continue
			}
			levels := slices.Clone(a.Levels)
			for _, condition := range a.Conditions {
				if condition.Rule == rule {
					levels[2] -= condition.Points
				}
			}
			best.without[rule] = better(best.without[rule], levels)
		}
	})
	return best
}

// With the rules that cut across the network switched on, plans equal the best of
// all assignments at every level. Each rule changes the optimum in many of the
// counties: with it switched off, the best of all assignments is another.
func TestCrossRulesEqualBruteForce(t *testing.T) {
	const counties = 500
	changed, infeasible := map[model.RuleID]int{}, 0
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 2))
		c := randomCounty(r)
		crossRandom(r, c)
		if err := c.Validate(); err != nil {
			t.Fatalf("county %d is not valid: %v", seed, err)
		}
		o := model.Options{Seed: uint64(r.IntN(2))}
		best := optimaOf(c, o)
		want := best.all
		for _, rule := range model.CrossRules() {
			if !slices.Equal(want, best.without[rule]) {
				changed[rule]++
			}
		}
		plan, err := allocation.Solve(context.Background(), c, &o)
		if want == nil {
			infeasible++
			var none *allocation.InfeasibleError
			if !errors.As(err, &none) {
				t.Fatalf("county %d: no assignment obeys the rules, but Solve gives %v, %v", seed, plan, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("county %d: %v, but an assignment with objective %v obeys the rules", seed, err, want)
		}
		var got []int64
		for _, level := range plan.Levels {
			got = append(got, level.Objective)
		}
		if diff := cmp.Diff(want, got); diff != "" || plan.Stop != model.StopOptimal {
			t.Fatalf("county %d: stopped for %v, objective (-best of all +plan)\n%s", seed, plan.Stop, diff)
		}
		if err := check.Plan(c, plan).Err(); err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
	}
	t.Logf("%d counties, %d infeasible; the optimum changes with the rule off in: %v", counties, infeasible, changed)
	for _, rule := range model.CrossRules() {
		if changed[rule] < 25 {
			t.Errorf("rule %s changes the optimum in %d counties, want 25 or more", rule, changed[rule])
		}
	}
}
