package check

import (
	"testing"

	"github.com/xianguan/xianguan/model"
)

// TestChanges counts changes by hand on the good plan, which leaves T06 without a post.
func TestChanges(t *testing.T) {
	c := goodCounty()
	mathsA := at("A", primary, "mathematics")
	tests := []struct {
		reason string
		keep   []model.Pin
		want   int64
	}{
		{"nothing was published", nil, 0},
		{"published where the plan has them", []model.Pin{{Teacher: "T01", Post: mathsA}, {Teacher: "T06"}}, 0},
		{"published elsewhere, and published without a post", []model.Pin{{Teacher: "T02", Post: mathsA}, {Teacher: "T01"}}, 2},
		{"published with a post, but without one now", []model.Pin{{Teacher: "T06", Post: mathsA}}, 1},
		{"unknown, on leave, and in a post that is not there", []model.Pin{{Teacher: "T99", Post: mathsA}, {Teacher: "T07", Post: mathsA},
			{Teacher: "T01", Post: at("Z", primary, "music")}}, 0},
	}
	for _, test := range tests {
		p := goodPlan(c)
		to := map[model.TeacherID]model.PostID{}
		for _, a := range p.Assignments {
			to[a.Teacher] = a.To
		}
		plain, _ := Evaluate(c, p.Options, to)
		for place, keep := range map[int]model.Keep{2: {}, 0: {First: true}} {
			keep.Posts = test.keep
			p.Options.Keep = &keep
			if levels, _ := Evaluate(c, p.Options, to); len(levels) != 6 || levels[place] != test.want {
				t.Errorf("%s: levels %v, want %d in place %d of 6", test.reason, levels, test.want, place)
			}
		}
		p.Options.Keep = &model.Keep{Posts: test.keep, PerChange: 700}
		if levels, _ := Evaluate(c, p.Options, to); len(levels) != 5 || levels[3] != plain[3]+700*test.want {
			t.Errorf("%s: priced levels %v, want a cost of %d", test.reason, levels, plain[3]+700*test.want)
		}
	}
}

func TestChangesMutations(t *testing.T) {
	c := goodCounty()
	for reason, change := range map[string]func(*model.Plan){
		"fewer changes than there are":       func(p *model.Plan) { p.Levels[2].Objective, p.Levels[2].Bound = 0, 0 },
		"other posts were published":         func(p *model.Plan) { p.Options.Keep.Posts[0].Post = at("A", primary, "mathematics") },
		"the changes in another place":       func(p *model.Plan) { p.Options.Keep.First = true },
		"a price instead of a level":         func(p *model.Plan) { p.Options.Keep.PerChange = 1 },
		"a price below 0":                    func(p *model.Plan) { p.Options.Keep.PerChange = -1 },
		"a teacher published twice":          func(p *model.Plan) { p.Options.Keep.Posts = append(p.Options.Keep.Posts, p.Options.Keep.Posts[0]) },
		"a level of changes without a cause": func(p *model.Plan) { p.Options.Keep = nil },
	} {
		p := goodPlan(c)
		p.Options.Keep = &model.Keep{Posts: []model.Pin{{Teacher: "T01", Post: at("B", primary, "mathematics")}}}
		seal(c, p)
		if err := Plan(c, p).Err(); err != nil {
			t.Fatalf("the plan before is refused: %v", err)
		}
		change(p)
		if got := broken(Plan(c, p).Violations()); len(got) != 1 || got[0] != model.RuleRecord {
			t.Errorf("%s: rules %v, want record", reason, got)
		}
	}
}
