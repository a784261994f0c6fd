package allocation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// In 900 random counties something changes after publication and one or two people are appellants. No assignment that obeys every rule
// touches fewer others than the amended plan, which is counted here once more by ids; its certificate proves it too. The enumeration asks only
// package check.
func TestAmendTouchesTheFewest(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	const counties = 900
	touched, appealed, proven := 0, 0, 0
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 9))
		c := randomCounty(r)
		published, err := allocation.Solve(context.Background(), c, nil)
		if err != nil {
			continue
		}
		event(r, c)
		appellants := []model.TeacherID{c.Teachers[r.IntN(len(c.Teachers))].ID, c.Teachers[r.IntN(len(c.Teachers))].ID}
		var planner allocation.Planner
		if posts := published.Posts; len(posts) > 0 && r.IntN(3) > 0 { // upheld with a post, which somebody else may have
			planner.Options.Pins = []model.Pin{{Teacher: appellants[0], Post: posts[r.IntN(len(posts))].PostID}}
		}
		plan, changes, err := planner.Amend(context.Background(), c, published, appellants)
		var infeasible *allocation.InfeasibleError
		if errors.As(err, &infeasible) || len(model.FieldErrors(err)) > 0 { // a pin that no plan keeps, or of somebody who is away
			continue
		}
		if err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		want, _ := bestOfAll(c, plan.Options)
		if first := plan.Levels[0]; first.Name != model.LevelChanges || !first.Proven || first.Conditional || first.Objective != want[0] || int(first.Objective) != changes.Count {
			t.Fatalf("county %d: others touched: %+v, counted %d, the least of all assignments is %d", seed, first, changes.Count, want[0])
		}
		for _, m := range changes.Changed {
			switch isAppellant := m.Teacher == appellants[0] || m.Teacher == appellants[1]; {
			case isAppellant != (m.Reason == allocation.ChangeAppeal):
				t.Fatalf("county %d: %+v, appellants %v", seed, m, appellants)
			case isAppellant:
				appealed++
			default:
				touched++
			}
		}
		if err := check.Plan(c, plan).Err(); err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		k, err := allocation.Certify(context.Background(), c, plan)
		if err == nil {
			err = allocation.VerifyCertificate(c, plan, k)
		}
		if err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		if k.Levels[0].Certified {
			proven++
		}
	}
	t.Logf("%d others touched, %d appellants moved, %d certified", touched, appealed, proven)
	if touched < 20 || appealed < 20 || proven < 100 {
		t.Error("the set no longer tests it")
	}
}

// A certificate of another plan, or with any figure changed, is refused.
func TestCertificateIsChecked(t *testing.T) {
	c := randomCounty(rand.New(rand.NewPCG(3, 1)))
	plan, err := allocation.Solve(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		reason string
		spoil  func(*allocation.Certificate, *model.Plan)
		fails  bool
	}{
		{"as it is", func(*allocation.Certificate, *model.Plan) {}, false},
		{"another county", func(k *allocation.Certificate, _ *model.Plan) { k.CountyHash = "x" }, true},
		{"another bound", func(k *allocation.Certificate, _ *model.Plan) { k.Levels[0].Bound-- }, true},
		{"a level less", func(k *allocation.Certificate, _ *model.Plan) { k.Levels = k.Levels[1:] }, true},
		{"potentials that prove nothing", func(k *allocation.Certificate, _ *model.Plan) {
			k.Levels[0].Potentials = make([]int64, len(k.Levels[0].Potentials))
		}, true},
		{"an arc less", func(k *allocation.Certificate, _ *model.Plan) { k.Fixed = k.Fixed[1:] }, true},
		{"an arc held by no level there is", func(k *allocation.Certificate, _ *model.Plan) { k.Fixed[0] = 99 }, true},
		{"plan and certificate that claim less together", func(k *allocation.Certificate, p *model.Plan) {
			k.Levels[0].Bound, k.Levels[0].Objective = k.Levels[0].Bound-1, k.Levels[0].Objective-1
			p.Levels[0].Bound, p.Levels[0].Objective = k.Levels[0].Bound, k.Levels[0].Objective
		}, true},
	} {
		k, err := allocation.Certify(context.Background(), c, plan)
		if err != nil {
			t.Fatal(err)
		}
		if tc.reason == "as it is" && len(k.Levels[0].Potentials) == 0 {
			t.Fatal("the first level has no potentials: the cases below would test nothing")
		}
		claimed := *plan
		claimed.Levels = append([]model.PlanLevel(nil), plan.Levels...)
		tc.spoil(k, &claimed)
		if err := allocation.VerifyCertificate(c, &claimed, k); (err != nil) != tc.fails {
			t.Errorf("%s: %v", tc.reason, err)
		}
	}
	if diff := cmp.Diff(plan.CountyHash, c.Hash()); diff != "" {
		t.Error(diff)
	}
}
