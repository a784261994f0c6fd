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

// After a random event in 1,000 random counties, the plan is as good as the best of all assignments at every
// level, the changes among them, in each of the three places that changes may have; they are counted here
// once more. Where the published plan still stands, nothing changes. The enumeration asks only package check.
func TestReplanEqualsBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	t.Parallel()
	const counties = 1000
	seen := map[string]int{}
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 2))
		c := randomCounty(r)
		o := randomOptions(r, c)
		published, err := allocation.Solve(context.Background(), c, &o)
		if err != nil {
			continue
		}
		what := event(r, c)
		if err := c.Validate(); err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		keep := []model.Keep{{}, {First: true}, {PerChange: model.Fen(1 + r.IntN(100_000))}}[r.IntN(3)]
		plan, changes, err := allocation.Replan(context.Background(), c, published, &model.Options{Keep: &keep})
		var infeasible *allocation.InfeasibleError
		if errors.As(err, &infeasible) {
			seen["infeasible"]++
			continue
		}
		if err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		want, _ := bestOfAll(c, plan.Options)
		var got []int64
		for _, level := range plan.Levels {
			got = append(got, level.Objective)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("county %d: levels (-best +plan)\n%s", seed, diff)
		}
		if err := check.Plan(c, plan).Err(); err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		seen[what]++
		recount(t, seed, published, plan, changes, seen)
		if what == "nothing" && keep.PerChange == 0 && changes.Count+len(changes.Changed)+len(changes.New)+len(changes.Left) > 0 {
			t.Fatalf("county %d: nothing happened, but %+v", seed, changes)
		}
	}
	t.Logf("seen: %v", seen)
	for _, what := range []string{"nothing", "left", "away", "exempt", "need", "new", "changed", "fills", "forbidden", "breaks", "worse"} {
		if seen[what] < 5 {
			t.Errorf("only %d of %d counties had %q", seen[what], counties, what)
		}
	}
}

// event changes a county as a year does, and names what it did.
func event(r *rand.Rand, c *model.County) string {
	i := r.IntN(len(c.Teachers))
	switch r.IntN(6) {
	case 0:
		if len(c.Teachers) > 1 {
			c.Teachers = slices.Delete(c.Teachers, i, i+1)
			return "left"
		}
	case 1:
		c.Teachers[i].Duty = model.DutyLeave
		return "away"
	case 2:
		c.Teachers[i].Exemptions = []model.Exemption{model.ExemptionIllness}
		c.Teachers[i].Volunteer = false
		return "exempt"
	case 3:
		if len(c.Posts) > 0 {
			c.Posts[r.IntN(len(c.Posts))].Need = r.IntN(3)
			return "need"
		}
	case 4:
		c.Teachers = append(c.Teachers, model.Teacher{ID: "T9", Stages: []model.Stage{model.StagePrimary}, Main: "chinese", Born: 20000301, Pool: model.PoolRecruit})
		return "new"
	}
	return "nothing"
}

// recount counts the changes again and holds the lists against the two plans.
func recount(t *testing.T, seed uint64, published, plan *model.Plan, changes *allocation.Changes, seen map[string]int) {
	t.Helper()
	there := map[model.PostID]bool{{}: true}
	for _, p := range plan.Posts {
		there[p.PostID] = true
	}
	before := map[model.TeacherID]model.PostID{}
	for _, a := range published.Assignments {
		if a.Ground != model.GroundAway {
			before[a.Teacher] = a.To
		}
	}
	count, changed, kept, fresh := 0, 0, 0, 0
	for _, a := range plan.Assignments {
		post, was := before[a.Teacher]
		switch {
		case a.Ground == model.GroundAway:
		case !was:
			fresh++
		case post == a.To:
			kept++
		default:
			changed++
			if there[post] {
				count++
			}
		}
	}
	want := []int{count, changed, kept, fresh, len(before) - changed - kept}
	got := []int{changes.Count, len(changes.Changed), len(changes.Kept), len(changes.New), len(changes.Left)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("county %d: count, changed, kept, new, left (-plans +changes)\n%s\n%+v", seed, diff, changes)
	}
	if changed > 0 {
		seen["changed"]++
	}
	for _, m := range changes.Changed {
		seen[string(m.Reason)]++
	}
	for _, chain := range changes.Chains {
		account(t, seed, changes, &chain, seen)
	}
}

// account checks that whoever changes on account of others has a reason that the checker confirms.
func account(t *testing.T, seed uint64, changes *allocation.Changes, chain *allocation.ChangeChain, seen map[string]int) {
	t.Helper()
	alone := true
	for _, m := range changes.Changed {
		if slices.Contains(chain.People, m.Teacher) && !slices.Contains([]allocation.ChangeReason{
			allocation.ChangeForbidden, allocation.ChangeGone, allocation.ChangeCrowded}, m.Reason) {
			alone = false
		}
	}
	switch {
	case chain.Breaks != nil:
		seen["breaks"]++
	case chain.Level != "" && chain.Worse > 0:
		seen["worse"]++
	case !alone:
		t.Errorf("county %d: chain %v of %+v changes for nothing", seed, chain, changes.Changed)
	}
}

func TestReplanRefuses(t *testing.T) {
	c := randomCounty(rand.New(rand.NewPCG(3, 2)))
	published, err := allocation.Solve(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for field, keep := range map[string]model.Keep{
		"keep.posts":      {Posts: []model.Pin{{Teacher: "T1"}}},
		"keep.per_change": {PerChange: -1},
		"keep.first":      {PerChange: 1, First: true},
	} {
		_, _, err := allocation.Replan(context.Background(), c, published, &model.Options{Keep: &keep})
		if fields := model.FieldErrors(err); len(fields) != 1 || fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
