package check_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// solve plans a county and has the plan verified after a round trip through JSON.
func solve(t rapid.TB, c *model.County, o model.Options) *model.Plan {
	t.Helper()
	solved, err := allocation.Solve(context.Background(), c, &o)
	if err != nil {
		t.Fatalf("no plan: %v", err)
	}
	text, err := json.Marshal(solved)
	if err != nil {
		t.Fatal(err)
	}
	p := new(model.Plan)
	if err := json.Unmarshal(text, p); err != nil {
		t.Fatal(err)
	}
	if err := check.Plan(c, p).Err(); err != nil {
		t.Fatalf("a solved plan is refused:\n%v", err)
	}
	return p
}

func TestMutationsOfSolvedPlan(t *testing.T) {
	c := check.GoodCounty()
	for _, m := range check.Mutations() {
		t.Run(string(m.Rule)+"/"+m.Reason, func(t *testing.T) {
			p := solve(t, c, check.GoodOptions())
			m.Apply(c, p)
			report := check.Plan(c, p)
			named := slices.ContainsFunc(report.Violations(), func(v check.Violation) bool { return v.Rule == m.Rule })
			if !named || report.OK() {
				t.Errorf("rule %s is not named: %v", m.Rule, report.Err())
			}
		})
	}
}

// TestSolvedPlans changes the county at random. Every plan must pass, and no
// lawful plan that gives one person another post, or swaps it with somebody, may be better.
func TestSolvedPlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := check.GoodCounty()
		vary(t, c)
		if err := c.Validate(); err != nil {
			t.Fatal(err)
		}
		o := model.Options{Seed: rapid.Uint64Range(0, 3).Draw(t, "seed")}
		p := solve(t, c, o)
		to := map[model.TeacherID]model.PostID{}
		best := make([]int64, len(p.Levels))
		for _, a := range p.Assignments {
			to[a.Teacher] = a.To
		}
		for k := range p.Levels {
			best[k] = p.Levels[k].Objective
		}
		who := rapid.IntRange(0, len(p.Assignments)-1).Draw(t, "who")
		for _, near := range neighbours(p, to, p.Assignments[who]) {
			levels, violations := check.Evaluate(c, o, near)
			if len(violations) == 0 && slices.Compare(levels, best) < 0 {
				t.Fatalf("levels %v of %v are better than %v of the plan", levels, near, best)
			}
		}
	})
}

func vary(t *rapid.T, c *model.County) {
	if rapid.Bool().Draw(t, "derived") {
		c.Posts = nil
		for _, s := range c.Subjects {
			for _, grade := range []int{1, 7} {
				c.Curriculum = append(c.Curriculum, model.CurriculumLine{Subject: s.ID, Grade: grade,
					Periods: model.Tenths(rapid.IntRange(1, 100).Draw(t, "periods"))})
			}
		}
	}
	for i := range c.Posts {
		c.Posts[i].Need = rapid.IntRange(0, 4).Draw(t, "need")
	}
	for i := range c.Schools {
		s := &c.Schools[i]
		s.Quota = rapid.IntRange(0, 8).Draw(t, "quota")
		s.Position.Lat += int32(rapid.IntRange(-100_000, 100_000).Draw(t, "north"))
	}
	for i := range c.Teachers {
		r := &c.Teachers[i]
		r.Volunteer = rapid.Bool().Draw(t, "volunteer")
		r.Points = rapid.IntRange(0, 9).Draw(t, "points")
		r.RuralYears = rapid.IntRange(0, 12).Draw(t, "rural years")
		if r.School != "" {
			r.YearsHere = rapid.IntRange(0, 12).Draw(t, "years here")
		}
		r.Home = rapid.SampledFrom([]model.TownshipID{"", "TA", "TB", "TX"}).Draw(t, "home")
		r.Preferences = rapid.SampledFrom([][]model.SchoolID{nil, {"B"}, {"B", "A"}, {"D", "C"}}).Draw(t, "preferences")
	}
}

// neighbours gives the mappings in which one person has no post, another one, or
// that of somebody else in exchange.
func neighbours(p *model.Plan, to map[model.TeacherID]model.PostID, who model.Assignment) []map[model.TeacherID]model.PostID {
	var list []map[model.TeacherID]model.PostID
	change := func(post model.PostID) map[model.TeacherID]model.PostID {
		near := maps.Clone(to)
		near[who.Teacher] = post
		list = append(list, near)
		return near
	}
	change(model.PostID{})
	for _, post := range p.Posts {
		change(post.PostID)
	}
	for _, other := range p.Assignments {
		if other.Teacher != who.Teacher {
			change(other.To)[other.Teacher] = who.To
		}
	}
	return list
}
