package allocation_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// posts lists the posts of a plan.
func posts(p *model.Plan) (list []model.Pin) {
	for _, a := range p.Assignments {
		list = append(list, model.Pin{Teacher: a.Teacher, Post: a.To})
	}
	return list
}

// The optimal plan of a random county is at distance 0 at every level. With one post of it changed at random, the
// verdict is that of the enumeration, and where a rule is broken, the nearest lawful plan changes as few people as any.
func TestEvaluateAgainstBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	seen := map[string]int{}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		c := randomCounty(r)
		o := randomOptions(r, c)
		plan, err := allocation.Solve(context.Background(), c, &o)
		if err != nil {
			continue
		}
		best, err := allocation.Evaluate(context.Background(), c, posts(plan), &o)
		if err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		for _, level := range best.Levels {
			if least, most, known := level.Distance(); !known || least != 0 || most != 0 || level.Decides || !best.Lawful || best.Nearest != nil {
				t.Fatalf("county %d: level %+v of the optimal plan, lawful %v", seed, level, best.Lawful)
			}
		}
		if len(plan.Posts) == 0 {
			continue
		}
		list := posts(plan)
		list[r.IntN(len(list))].Post = plan.Posts[r.IntN(len(plan.Posts))].PostID
		e, err := allocation.Evaluate(context.Background(), c, list, &o)
		if err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		if e.Lawful {
			seen["lawful"]++
			for _, level := range e.Levels {
				if least, _, _ := level.Distance(); level.Decides && least <= 0 {
					t.Fatalf("county %d: level %+v decides", seed, level)
				}
			}
			continue
		}
		seen["broken"]++
		nearest := o
		nearest.Keep = &model.Keep{Posts: list, First: true}
		want, _ := bestOfAll(c, nearest)
		if int64(e.Nearest.Count) != want[0] {
			t.Fatalf("county %d: %d changes make it lawful, want %d", seed, e.Nearest.Count, want[0])
		}
		if err := check.Plan(c, e.NearestPlan).Err(); err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
	}
	if seen["lawful"] < 10 || seen["broken"] < 50 {
		t.Errorf("seen %v", seen)
	}
}

// The county that is planned by hand, with T3 rotated instead of T2, and to S2: its README has the optimum. Soft: 1,230 instead of 1,060. Cost: T3
// at S2 has 200.00 and 343.46 for travel and 200.00 for the move; T6 at S4 has 700.00 (2 rural years, below 5) and 686.90;
// T5 at S3 400.00; together 2,530.36, which is 843.03 more than 1,687.33.
func TestEvaluateTinyByHand(t *testing.T) {
	c, err := table.Read("../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	at := func(school model.SchoolID, subject model.SubjectID) model.PostID {
		return model.PostID{School: school, Stage: model.StagePrimary, Subject: subject}
	}
	list := []model.Pin{{Teacher: "T3", Post: at("S2", "chinese")}, {Teacher: "T5", Post: at("S3", "mathematics")}, {Teacher: "T6", Post: at("S4", "chinese")}}
	e, err := allocation.Evaluate(context.Background(), c, list, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got [][3]int64
	for _, level := range e.Levels {
		least, most, _ := level.Distance()
		got = append(got, [3]int64{level.Value, least, most})
	}
	if diff := cmp.Diff([][3]int64{{24000, 0, 0}, {0, 0, 0}, {1230, 170, 170}, {253036, 84303, 84303}}, got); diff != "" {
		t.Errorf("levels: value, distance (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]allocation.SoftPoints{{Part: "compelled", Points: 1230}}, e.Soft); diff != "" || !e.Lawful || e.Listed != 3 || e.Unlisted != 3 {
		t.Errorf("soft points (-want +got)\n%s, lawful %v, listed %d, unlisted %d", diff, e.Lawful, e.Listed, e.Unlisted)
	}

	// T4 is exempt: one change, back to S1, makes the plan lawful.
	list = append(list, model.Pin{Teacher: "T4", Post: at("S3", "mathematics")})
	if e, err = allocation.Evaluate(context.Background(), c, list, nil); err != nil {
		t.Fatal(err)
	}
	broken := func(id model.RuleID) bool {
		return slices.ContainsFunc(e.Rules, func(r check.RuleStatus) bool {
			return r.Rule == id && len(r.Violations) == 1 && (r.Violations[0].Teacher == "T4" || r.Violations[0].Post == at("S3", "mathematics"))
		})
	}
	if e.Lawful || !broken(model.RuleExemption) || !broken(model.RuleNeed) {
		t.Errorf("rules %+v", e.Rules)
	}
	if e.Nearest.Count != 1 || e.Nearest.Changed[0].Teacher != "T4" || e.Nearest.Changed[0].Rule != model.RuleExemption {
		t.Errorf("nearest %+v", e.Nearest)
	}
}

func TestEvaluateRefuses(t *testing.T) {
	c, err := table.Read("../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	s1 := model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "chinese"}
	for field, list := range map[string][]model.Pin{
		"teacher": {{Teacher: "T9", Post: s1}},
		"school":  {{Teacher: "T1", Post: model.PostID{School: "S9", Stage: model.StagePrimary, Subject: "chinese"}}},
		"subject": {{Teacher: "T1", Post: model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "chines"}}},
	} {
		_, err := allocation.Evaluate(context.Background(), c, list, nil)
		if fields := model.FieldErrors(err); len(fields) != 1 || fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := allocation.Evaluate(context.Background(), c, []model.Pin{{Teacher: "T1", Post: s1}, {Teacher: "T1"}}, nil); len(model.FieldErrors(err)) != 1 {
		t.Errorf("a teacher twice: %v", err)
	}
}
