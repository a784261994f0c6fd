package allocation_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// withCandidates draws a county whose pool are candidates, and gives them.
func withCandidates(r *rand.Rand) (*model.County, []model.TeacherID) {
	c := randomCounty(r)
	var candidates []model.TeacherID
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Pool == model.PoolUnplaced {
			t.Pool = model.PoolRecruit
		}
		if t.Pool == model.PoolRecruit && !t.Away(c.Date, &c.Rules) {
			candidates = append(candidates, t.ID)
		}
	}
	return c, candidates
}

// Proposals against every assignment. All of the pool are candidates, so the people without a post are those who were not hired.
func TestProposalsEqualBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 12))
	hired, bound, refused := 0, 0, 0
	for n := range 400 {
		c, candidates := withCandidates(r)
		proposer, err := allocation.NewProposer(c, candidates)
		if err != nil {
			t.Fatal(err)
		}
		places := r.IntN(len(candidates) + 2)
		prices := allocation.Prices{Levels: []int64{int64(r.IntN(5)), int64(r.IntN(3)), int64(r.IntN(9)), int64(r.IntN(2))}, Subsidy: int64(r.IntN(3)), Place: int64(r.IntN(40_000))}
		budget := model.Fen(1 + r.IntN(300_000))
		var cheapest *int64
		var best []int64
		appraiseAll(c, model.Options{}, func(a check.Appraisal) {
			used := len(candidates) - int(a.Levels[1])
			if len(a.Violations) > 0 || used > places {
				return
			}
			levels := slices.Clone(a.Levels)
			levels[1] = 0
			cost := (&allocation.Proposal{Levels: levels, Subsidy: a.Cost.Subsidy, Hired: make([]model.TeacherID, used)}).Cost(prices)
			if cheapest == nil || cost < *cheapest {
				cheapest = &cost
			}
			if a.Cost.Subsidy <= budget && (best == nil || slices.Compare(levels, best) < 0) {
				best = levels
			}
		})
		at, err := proposer.At(t.Context(), prices, places)
		if err != nil || !proposer.Fits(prices) {
			t.Fatalf("county %d: %v", n, err)
		}
		if at.Bound != *cheapest || at.Cost(prices) != *cheapest || len(at.Hired) > places || !at.Proven {
			t.Fatalf("county %d at %+v: %d, bound %d, want %d", n, prices, at.Cost(prices), at.Bound, *cheapest)
		}
		hired += len(at.Hired)
		within, err := proposer.Within(t.Context(), budget, places)
		var none *allocation.InfeasibleError
		switch {
		case errors.As(err, &none) && best == nil:
			refused++
		case err != nil || !slices.Equal(within.Levels, best) || within.Subsidy > budget:
			t.Fatalf("county %d within %s and %d places: %+v, %v; want %v", n, budget, places, within, err, best)
		case len(within.Hired) == places:
			bound++
		}
	}
	if hired < 50 || bound < 50 || refused < 20 {
		t.Errorf("%d hired, %d with all places used, %d refused: the set no longer tests it", hired, bound, refused)
	}
}

func TestProposerRefuses(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	c, candidates := withCandidates(r)
	for len(candidates) == 0 || len(candidates) == len(c.Teachers) {
		c, candidates = withCandidates(r)
	}
	var field *model.FieldError
	if _, err := allocation.NewProposer(c, []model.TeacherID{"nobody"}); !errors.As(err, &field) {
		t.Errorf("a candidate who is not there: %v", err)
	}
	for i := range c.Teachers {
		if c.Teachers[i].School != "" && !c.Teachers[i].Away(c.Date, &c.Rules) {
			if _, err := allocation.NewProposer(c, []model.TeacherID{c.Teachers[i].ID}); !errors.As(err, &field) || field.Field != "pool" {
				t.Errorf("a candidate who has a school: %v", err)
			}
		}
	}
	proposer, err := allocation.NewProposer(c, candidates)
	if err != nil {
		t.Fatal(err)
	}
	if proposer.Fits(allocation.Prices{Levels: []int64{1 << 60}}) {
		t.Error("a price beyond the arithmetic fits")
	}
	if _, err := proposer.At(t.Context(), allocation.Prices{Levels: make([]int64, 5)}, 0); err == nil {
		t.Error("prices of five levels")
	}
}

func TestRecord(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	broken := 0
	for range 100 {
		c := randomCounty(r)
		plan, err := allocation.Solve(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		var posts []model.Pin
		for _, a := range plan.Assignments {
			if !a.To.IsZero() {
				posts = append(posts, model.Pin{Teacher: a.Teacher, Post: a.To})
			}
		}
		got, err := allocation.Stated(c, posts, model.StopCancelled)
		if err != nil {
			t.Fatal(err)
		}
		if err := check.Plan(c, got).Err(); err != nil {
			t.Error(err)
		}
		for k, l := range got.Levels {
			if l.Objective != plan.Levels[k].Objective || l.Bound > l.Objective || l.Bound != 0 && !l.Proven {
				t.Errorf("level %s: %+v, planned %+v", l.Name, l, plan.Levels[k])
			}
		}
		if len(posts) == 0 {
			continue
		}
		for i := range plan.Assignments { // who has a post now can't be left without one
			if a := &plan.Assignments[i]; !a.From.IsZero() && !a.To.IsZero() {
				without := slices.DeleteFunc(slices.Clone(posts), func(p model.Pin) bool { return p.Teacher == a.Teacher })
				if _, err := allocation.Stated(c, without, model.StopTime); err == nil {
					t.Errorf("%s is displaced and nobody says so", a.Teacher)
				}
				broken++
			}
		}
	}
	if broken < 20 {
		t.Errorf("%d broken plans", broken)
	}
}
