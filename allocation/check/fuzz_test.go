package check

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// FuzzPlan reads any plan. The verifier never panics, and a plan that it accepts
// has the levels that the bare mapping has.
func FuzzPlan(f *testing.F) {
	c := goodCounty()
	seed := func(p *model.Plan) {
		text, err := json.Marshal(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	seed(goodPlan(c))
	seed(&model.Plan{})
	for _, m := range append(peopleMutations(), placeMutations()...) {
		p := goodPlan(c)
		m.change(p)
		if line(p, "T01").Ground <= model.GroundAway {
			seed(p)
		}
	}
	f.Add([]byte(`{"options":{"weights":{"tier_step":2147483647,"school":2147483647,"subject":{"music":-2147483648}}},
		"levels":[{"name":"shortage","objective":-9223372036854775808,"bound":9223372036854775807}],"ledger":{"people":-1},
		"assignments":[{"teacher":"T01","to":{"school":"?","stage":"senior","subject":""},"ground":"away","cost":{"travel":-9223372036854775808}}],
		"posts":[{"school":"A","stage":"primary","subject":"music","need":9223372036854775807,"second":[{"subject":"pe","periods":2147483647},{"subject":"pe","periods":-2147483648}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var p model.Plan
		if json.Unmarshal(text, &p) != nil {
			return
		}
		report := Plan(c, &p)
		if report.OK() != (report.Err() == nil) {
			t.Error("OK and Err disagree")
		}
		for _, v := range report.Violations() {
			if v.Rule == "" || v.Want == "" || v.Error() == "" {
				t.Errorf("an empty violation %+v", v)
			}
		}
		if !report.OK() {
			return
		}
		to := map[model.TeacherID]model.PostID{}
		for _, a := range p.Assignments {
			to[a.Teacher] = a.To
		}
		levels, violations := Evaluate(c, p.Options, to)
		for k, value := range levels {
			if value != p.Levels[k].Objective {
				t.Errorf("level %d: %d, but the plan was accepted with %d", k, value, p.Levels[k].Objective)
			}
		}
		if diff := cmp.Diff([]Violation(nil), violations); diff != "" {
			t.Errorf("violations of an accepted plan (-want +got):\n%s", diff)
		}
	})
}
