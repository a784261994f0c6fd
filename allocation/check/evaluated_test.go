package check_test

import (
	"context"
	"slices"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// Every mutation that gives somebody another post is found in the plan as a list made by hand, too, with its rule and its
// place. What a list does not state, a record or a ground, is no part of it.
func TestMutationsMadeByHand(t *testing.T) {
	c := check.GoodCounty()
	o := check.GoodOptions()
	tested := map[model.RuleID]int{}
	for _, m := range check.Mutations() {
		good := check.GoodPlan(c)
		bad := check.GoodPlan(c)
		m.Apply(c, bad)
		if m.Rule == model.RuleRecord || m.Rule == model.RuleOnePost || slices.Equal(list(good), list(bad)) ||
			slices.ContainsFunc(bad.Assignments, func(a model.Assignment) bool { return a.To.School == "Z" }) {
			continue
		}
		tested[m.Rule]++
		planner := allocation.Planner{Options: o}
		e, err := planner.Evaluate(context.Background(), c, list(bad), true)
		if err != nil {
			t.Fatalf("%s: %v", m.Reason, err)
		}
		named := slices.ContainsFunc(e.Rules, func(r check.RuleStatus) bool {
			return r.Rule == m.Rule && slices.ContainsFunc(r.Violations, func(v check.Violation) bool { return v.Teacher != "" || v.School != "" || !v.Post.IsZero() })
		})
		if e.Lawful || !named {
			t.Errorf("%s: rule %s is not named with a place", m.Reason, m.Rule)
		}
		if e.Nearest == nil || len(e.Nearest.Changed)+len(e.Nearest.Left) == 0 || check.Plan(c, e.NearestPlan).Err() != nil {
			t.Errorf("%s: no lawful plan near it", m.Reason)
		}
	}
	for _, rule := range model.HardRules() {
		if tested[rule] == 0 && rule != model.RuleRecord && rule != model.RuleOnePost {
			t.Errorf("rule %s was not tested", rule)
		}
	}
}

func list(p *model.Plan) (pins []model.Pin) {
	for _, a := range p.Assignments {
		pins = append(pins, model.Pin{Teacher: a.Teacher, Post: a.To})
	}
	return pins
}
