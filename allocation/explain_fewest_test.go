package allocation_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// fewestOfAll tries every assignment and gives for each pair the best levels that a plan with it has, and last the fewest people that such a plan changes.
func fewestOfAll(c *model.County, plan *model.Plan) map[model.Pin][]int64 {
	planned := map[model.TeacherID]model.PostID{}
	for i := range plan.Assignments {
		planned[plan.Assignments[i].Teacher] = plan.Assignments[i].To
	}
	best := map[model.Pin][]int64{}
	appraiseMappings(c, plan.Options, func(to map[model.TeacherID]model.PostID, a check.Appraisal) {
		if len(a.Violations) > 0 {
			return
		}
		changes := int64(0)
		for teacher, post := range to {
			if post != planned[teacher] {
				changes++
			}
		}
		value := append(slices.Clone(a.Levels), changes)
		for teacher, post := range to {
			pair := model.Pin{Teacher: teacher, Post: post}
			if known := best[pair]; known == nil || slices.Compare(value, known) < 0 {
				best[pair] = value
			}
		}
	})
	return best
}

// The people whom a pair displaces are the fewest that a plan of its cost changes, against all assignments, and each of a chain
// gives way to the one before.
func TestWhyNotDisplacesTheFewest(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	var pairs, chains, several int
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 5))
		c := randomCounty(r)
		if seed%3 > 0 {
			crossRandom(r, c)
		}
		moneyless(c)
		plan, err := allocation.Solve(t.Context(), c, nil)
		if err != nil {
			continue
		}
		e, err := allocation.NewExplainer(t.Context(), c, plan, nil)
		if err != nil {
			t.Fatal(err)
		}
		for pair, want := range fewestOfAll(c, plan) {
			if pair.Post.IsZero() {
				continue
			}
			w, err := e.WhyNot(t.Context(), pair.Teacher, pair.Post)
			if err != nil {
				t.Fatal(err)
			}
			if w.Same {
				continue
			}
			got := []int64{}
			for k := range w.Extra {
				got = append(got, plan.Levels[k].Objective+w.Extra[k].High)
			}
			if diff := cmp.Diff(want, append(got, int64(len(w.Changes)))); diff != "" {
				t.Fatalf("county %d, %+v: levels and people changed (-best of all +said)\n%s", seed, pair, diff)
			}
			pairs++
			starts := chainStarts(w.Changes)
			chains += min(1, len(w.Changes)-starts)
			several += min(1, starts-1)
		}
	}
	t.Logf("%d pairs, %d with a chain, %d with several", pairs, chains, several)
	if pairs < 200 || chains < 100 || several < 20 {
		t.Error("too few to mean anything")
	}
}

// moneyless leaves a county nothing to choose equal plans by, so that there are many.
func moneyless(c *model.County) {
	rules := &c.Rules
	c.Subsidy, rules.SubsidyBudget = nil, 0
	rules.TravelPerKilometre, rules.MoveCost, rules.PreferenceStep, rules.PreferenceUnlisted = 0, 0, 0, 0
	rules.CompelledWeight, rules.ClaimPointWeight, rules.ClaimYearWeight, rules.OffSubjectWeight = 0, 0, 0, 0
}

// chainStarts counts the changes that don't give way to the one before.
func chainStarts(changes []allocation.Displacement) (n int) {
	for i, d := range changes {
		if i == 0 || d.From.IsZero() || d.From != changes[i-1].To {
			n++
		}
	}
	return n
}
