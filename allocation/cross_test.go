package allocation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// crossRandom draws people and schools on whom the rules that cut across the network
// bite, and switches the rules on at random.
func crossRandom(r *rand.Rand, c *model.County) {
	crossPosts(r, c)
	c.Teachers = c.Teachers[:min(4, len(c.Teachers))] // keeps the enumeration short
	for size := 4 + r.IntN(2); len(c.Teachers) < size; {
		t := randomTeacher(r, c, len(c.Teachers))
		if len(c.Teachers) < 4 || t.School == "" {
			c.Teachers = append(c.Teachers, t)
		}
	}
	c.Subjects[2].Arts = true
	for i := range c.Schools {
		s := &c.Schools[i]
		s.Town, s.Rural = i == 0, i > 0
		s.Weak = i > 0 && r.IntN(3) == 0
		s.Housing = r.IntN(2)
		if i > 0 && r.IntN(2) == 0 {
			s.Partner = c.Schools[0].ID
		}
		if r.IntN(3) == 0 {
			s.Township = c.Townships[r.IntN(len(c.Townships))].ID
		}
	}
	for i := range c.Teachers {
		crossTeacher(r, c, &c.Teachers[i])
	}
	for i := 0; i+1 < len(c.Teachers); i += 2 {
		if r.IntN(2) == 0 {
			c.Teachers[i].Partner, c.Teachers[i+1].Partner = c.Teachers[i+1].ID, c.Teachers[i].ID
		}
	}
	crossSettings(r, &c.Rules)
	crossTitles(r, c)
}

// crossTitles gives most schools quotas of title classes that are soon full, some of them by share, and more
// people senior titles.
func crossTitles(r *rand.Rand, c *model.County) {
	r = rand.New(rand.NewPCG(r.Uint64(), 3))
	for i := range c.Teachers {
		if r.IntN(5) == 0 {
			c.Teachers[i].Title = model.TitleSenior + model.Title(r.IntN(2))
		}
	}
	for _, share := range []*model.ByStage[model.Share]{&c.Rules.SeniorShare, &c.Rules.MiddleShare} {
		*share = model.ByStage[model.Share]{Primary: model.Share(r.IntN(3) * 3000), Junior: model.Share(r.IntN(2) * 5000)}
	}
	for i := range c.Schools {
		for _, posts := range []**int{&c.Schools[i].SeniorPosts, &c.Schools[i].MiddlePosts} {
			if r.IntN(2) > 0 {
				quota := r.IntN(3) / 2
				*posts = &quota
			}
		}
	}
}

// crossPosts approves one post of Chinese in each school, and in some a post of music:
// more vacancies than people, of equal weight, between which the rules decide.
func crossPosts(r *rand.Rand, c *model.County) {
	c.Posts = nil
	for i := range c.Schools {
		s := &c.Schools[i]
		post := model.PostID{School: s.ID, Stage: model.StagePrimary, Subject: "chinese"}
		c.Posts = append(c.Posts, model.ApprovedPost{PostID: post, Need: 1})
		if r.IntN(2) == 0 {
			post.Subject = "music"
			c.Posts = append(c.Posts, model.ApprovedPost{PostID: post, Need: 1})
		}
		s.Quota = 0
		if r.IntN(3) > 0 {
			s.Language = ""
		}
	}
}

// crossTeacher puts most people in the town school, due for rotation, some of them
// back from an exchange, and lets most recruits begin a special post.
func crossTeacher(r *rand.Rand, c *model.County, t *model.Teacher) {
	if t.Backbone = model.BackboneNone; r.IntN(5) < 2 {
		t.Backbone = model.BackboneCounty
	}
	t.Title = model.TitleSecond + model.Title(r.IntN(3)/2)
	t.Degree = model.Degree(r.IntN(4))
	switch {
	case t.School == "" && r.IntN(3) > 0:
		t.Term, t.TermEnds = model.TermSpecialPost, 20290831
	case t.School != "" && t.WorkingSchool == "" && r.IntN(3) > 0:
		t.School = c.Schools[0].ID
		t.YearsHere, t.Volunteer = 6+r.IntN(5), r.IntN(2) == 0
		if r.IntN(4) > 0 {
			t.WorkingSchool, t.ExchangeEnds = c.Schools[1+r.IntN(len(c.Schools)-1)].ID, 20260831
		}
	}
}

// crossSettings makes each rule soft or hard, with figures that bite in a county of five
// people. Some rules lead in each county: they weigh most, or are hard.
func crossSettings(r *rand.Rand, rules *model.Rules) {
	if r.IntN(8) > 0 { // many assignments are then equal in shortage, so that soft rules decide
		rules.TierWeightStep, rules.SchoolWeight = 0, 0
	}
	rules.CommuteRange, rules.ForcedDistance = 10_000, 60_000
	rules.ExchangeShare, rules.ExchangeScope = model.Share(2000+r.IntN(5)*1500), model.ShareScope(r.IntN(2))
	rules.BackboneShare = model.Share(2000 + r.IntN(4)*2000)
	rules.RotationFrom = model.RotationFrom(r.IntN(2))
	rules.SupportTeachers = 1 + r.IntN(2)
	rules.PartnersDistance = model.Metres(r.IntN(3) * 10_000)
	rules.OutflowShare = model.Share(r.IntN(4) * 2000)
	rules.ExperienceMin, rules.BackboneMin = model.Share(6000+r.IntN(3)*2000), model.Share(6000+r.IntN(3)*2000)
	for _, figure := range []*model.ByStage[int]{&rules.AboveDegreePer100, &rules.BackbonePer100, &rules.ArtsPer100} {
		*figure = model.ByStage[int]{Primary: 100 + r.IntN(400), Junior: 100 + r.IntN(400)}
	}
	rules.IndicatorPupils = r.IntN(2) * 20
	rules.SubsidyBudget = model.Fen(100_000 + r.IntN(120)*5_000)
	for _, rule := range []struct {
		*model.RuleSetting
		leads int // per cent of the counties
		hard  int // of these
	}{
		{&rules.Exchange, 70, 8}, {&rules.Backbone, 42, 50}, {&rules.Rotation, 62, 8}, {&rules.Return, 50, 70}, {&rules.Support, 68, 5},
		{&rules.Partners, 20, 70}, {&rules.Housing, 8, 50}, {&rules.Outflow, 32, 70}, {&rules.RuralFirst, 58, 60}, {&rules.SpecialPosts, 66, 75},
		{&rules.Experience, 44, 90}, {&rules.BackboneFloor, 88, 90}, {&rules.IndicatorDegree, 40, 80}, {&rules.IndicatorBackbone, 82, 90},
		{&rules.IndicatorArts, 14, 70}, {&rules.TitlesSenior, 22, 50}, {&rules.TitlesMiddle, 6, 45},
	} {
		*rule.RuleSetting = model.RuleSetting{Force: model.ForceSoft, Weight: 100 * (1 + r.IntN(20))}
		leads, hard := r.IntN(100) < rule.leads, r.IntN(100) < rule.hard // always both: the rules after draw the same whatever this one does
		if leads {
			rule.Weight += 8_000
		}
		if leads && hard {
			rule.Force = model.ForceHard
		}
	}
}

// optima are the best objectives of one county: with every rule, and with each
// of the rules that cut across the network switched off; nil where nothing obeys the others.
type optima struct {
	all     []int64
	points  map[model.RuleID]int64 // that a rule itself costs, at most, in a best assignment with every rule
	without map[model.RuleID][]int64
}

// optimaOf appraises every assignment once. Switching a rule off takes its
// violations and its soft points away and leaves the rest as it is.
func optimaOf(c *model.County, o model.Options) optima {
	best := optima{without: map[model.RuleID][]int64{}}
	appraiseAll(c, o, func(a check.Appraisal) {
		broken, points := map[model.RuleID]bool{}, map[model.RuleID]int64{}
		for _, v := range a.Violations {
			broken[v.Rule] = true
		}
		for _, condition := range a.Conditions {
			points[condition.Rule] += condition.Points
		}
		if len(broken) == 0 {
			best.take(a.Levels, points)
		}
		for _, rule := range model.CrossRules() {
			if len(broken) > 1 || (len(broken) == 1 && !broken[rule]) {
				continue
			}
			levels := slices.Clone(a.Levels)
			levels[2] -= points[rule]
			if old := best.without[rule]; old == nil || slices.Compare(levels, old) < 0 {
				best.without[rule] = levels
			}
		}
	})
	return best
}

// take takes in an assignment that obeys every rule.
func (best *optima) take(levels []int64, points map[model.RuleID]int64) {
	order := -1
	if best.all != nil {
		order = slices.Compare(levels, best.all)
	}
	switch {
	case order < 0:
		best.all, best.points = levels, points
	case order == 0:
		for rule, p := range points {
			best.points[rule] = max(best.points[rule], p)
		}
	}
}

// changes reports whether a rule changes what is best: no best assignment with it is a
// best one without it. That a rule costs points which nothing can avoid is no change.
func (best *optima) changes(rule model.RuleID) bool {
	if best.all == nil {
		return best.without[rule] != nil
	}
	levels := slices.Clone(best.all)
	levels[2] -= best.points[rule]
	return !slices.Equal(levels, best.without[rule])
}

// With every rule that cuts across the network switched on, plans equal the best of
// all assignments at every level, and so do the answers of the other solvers that are installed. Each rule changes the optimum in many of the
// counties: with it switched off, the best of all assignments is another.
func TestCrossRulesEqualBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	t.Parallel()
	const counties = 500
	changed, infeasible := map[model.RuleID]int{}, 0
	var solved []solvedCounty
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
		solved = append(solved, solvedCounty{seed, c, o, want})
		for _, rule := range model.CrossRules() {
			if best.changes(rule) {
				changed[rule]++
			}
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // a search without end names its county
		plan, err := allocation.Solve(ctx, c, &o)
		cancel()
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
	peersAgree(t, solved)
}
