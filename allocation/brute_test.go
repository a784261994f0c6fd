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

// Every plan of 1,000 random counties is as good as the best of all
// assignments, at every level, and where no assignment obeys the rules there is no plan.
// The enumeration asks only package check, which shares no code with Solve.
func TestPlanEqualsBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	t.Parallel()
	const counties = 1000
	seen := map[string]int{}
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := randomCounty(r)
		if err := c.Validate(); err != nil {
			t.Fatalf("county %d is not valid: %v", seed, err)
		}
		o := randomOptions(r, c)
		want, tried := bestOfAll(c, o)
		plan, err := allocation.Solve(context.Background(), c, &o)
		var infeasible *allocation.InfeasibleError
		switch {
		case want == nil:
			seen["infeasible"]++
			if !errors.As(err, &infeasible) {
				t.Fatalf("county %d: none of %d assignments obeys the rules, but Solve gives %v, %v", seed, tried, plan, err)
			}
			continue
		case err != nil:
			t.Fatalf("county %d: %v, but an assignment with objective %v obeys the rules", seed, err, want)
		}
		var got []int64
		for _, level := range plan.Levels {
			got = append(got, level.Objective)
			if !level.Proven {
				t.Fatalf("county %d: level %s is not proven", seed, level.Name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("county %d: objective (-best of %d assignments +plan)\n%s", seed, tried, diff)
		}
		if err := check.Plan(c, plan).Err(); err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		count(seen, plan)
	}
	t.Logf("counties that had: %v", seen)
	for _, what := range []string{"infeasible", "stay", "volunteer", "rotation", "unplaced", "recruit", "none", "away", "short", "over", "pinned"} {
		if seen[what] < counties/50 {
			t.Errorf("only %d of %d counties had %q: the set no longer tests it", seen[what], counties, what)
		}
	}
}

// count notes what a plan contains, once a county.
func count(seen map[string]int, plan *model.Plan) {
	has := map[string]bool{"short": plan.Ledger.Short > 0, "over": plan.Ledger.Over > 0, "pinned": len(plan.Options.Pins) > 0}
	for i := range plan.Assignments {
		has[plan.Assignments[i].Ground.String()] = true
	}
	for what, yes := range has {
		if yes {
			seen[what]++
		}
	}
}

// bestOfAll tries every assignment and gives the least objective, or nil where
// none obeys the rules.
func bestOfAll(c *model.County, o model.Options) (best []int64, tried int) {
	tried = appraiseAll(c, o, func(a check.Appraisal) {
		if len(a.Violations) == 0 && (best == nil || slices.Compare(a.Levels, best) < 0) {
			best = a.Levels
		}
	})
	return best, tried
}

// appraiseAll appraises every assignment.
func appraiseAll(c *model.County, o model.Options, visit func(check.Appraisal)) (tried int) {
	return appraiseMappings(c, o, func(_ map[model.TeacherID]model.PostID, a check.Appraisal) { visit(a) })
}

// appraiseMappings appraises every assignment, which visit must not keep. A teacher's choices are cut down first to
// those that no rule about one person forbids, and a post's people to those that it can hold.
func appraiseMappings(c *model.County, o model.Options, visit func(map[model.TeacherID]model.PostID, check.Appraisal)) (tried int) {
	evaluator := check.NewEvaluator(c, o)
	stay := map[model.TeacherID]model.PostID{}
	for i := range c.Teachers {
		stay[c.Teachers[i].ID] = presentPost(c, &c.Teachers[i])
	}
	choices := make([][]model.PostID, len(c.Teachers))
	for i := range c.Teachers {
		choices[i] = openPosts(c, evaluator, stay, &c.Teachers[i])
	}
	places := capacities(c, evaluator, choices)
	to := map[model.TeacherID]model.PostID{}
	var try func(i int)
	try = func(i int) {
		if i == len(c.Teachers) {
			tried++
			visit(to, evaluator.Appraise(to))
			return
		}
		for _, p := range choices[i] {
			if !p.IsZero() && places[p] == 0 {
				continue
			}
			places[p]--
			to[c.Teachers[i].ID] = p
			try(i + 1)
			places[p]++
		}
	}
	try(0)
	return tried
}

// capacities asks the checker how many people each post can hold, whoever they are.
func capacities(c *model.County, evaluator *check.Evaluator, choices [][]model.PostID) map[model.PostID]int {
	places := map[model.PostID]int{}
	for _, p := range slices.Concat(choices...) {
		if _, known := places[p]; known {
			continue
		}
		to := map[model.TeacherID]model.PostID{}
		for i := range c.Teachers {
			to[c.Teachers[i].ID] = p
			if slices.ContainsFunc(evaluator.Appraise(to).Violations, func(v check.Violation) bool {
				return v.Rule == model.RuleNeed && v.Teacher == "" && v.Post == p
			}) {
				break
			}
			places[p] = i + 1
		}
	}
	return places
}

func presentPost(c *model.County, t *model.Teacher) model.PostID {
	if t.Away(c.Date, &c.Rules) {
		return model.PostID{}
	}
	for i := range c.Schools {
		if c.Schools[i].ID == t.CurrentSchool(c.Date) {
			return t.CurrentPost(&c.Schools[i])
		}
	}
	return model.PostID{}
}

// openPosts gives the posts that t may have as far as t alone is concerned.
func openPosts(c *model.County, evaluator *check.Evaluator, stay map[model.TeacherID]model.PostID, t *model.Teacher) []model.PostID {
	posts := map[model.PostID]bool{{}: true}
	for i := range c.Schools {
		for _, stage := range model.Stages() {
			for _, s := range c.Subjects {
				posts[model.PostID{School: c.Schools[i].ID, Stage: stage, Subject: s.ID}] = true
			}
		}
	}
	var open []model.PostID
	kept := stay[t.ID]
	for p := range posts {
		stay[t.ID] = p
		if !slices.ContainsFunc(evaluator.Appraise(stay).Violations, func(v check.Violation) bool { return v.Teacher == t.ID && v.Rule != model.RuleNeed }) {
			open = append(open, p)
		}
	}
	stay[t.ID] = kept
	slices.SortFunc(open, model.PostID.Compare)
	return open
}
