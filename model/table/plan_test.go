package table

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

// plans draws plans that use every field; they need not make sense.
func plans() *rapid.Generator[*model.Plan] {
	return rapid.Custom(func(t *rapid.T) *model.Plan {
		post := func(label string) model.PostID {
			return model.PostID{School: model.SchoolID(names().Draw(t, label)), Stage: rapid.SampledFrom(model.Stages()).Draw(t, "stage"), Subject: "pe"}
		}
		fen := func(label string) model.Fen { return model.Fen(rapid.Int64().Draw(t, label)) }
		cost := model.Cost{Subsidy: fen("subsidy"), Travel: fen("travel"), Preference: fen("preference"), Move: fen("move")}
		share := model.Share(rapid.Int32().Draw(t, "share"))
		p := &model.Plan{Format: model.Format, Software: names().Draw(t, "software"), County: "c", CountyName: names().Draw(t, "name"), CountyHash: "00",
			Date: days(2020, 2030).Draw(t, "date"), Origin: model.Origin{Synthetic: true, Assumed: []string{names().Draw(t, "assumed")}}, Policy: "fuxin",
			Options: model.Options{TimeLimit: time.Duration(rapid.Int64().Draw(t, "limit")), Gap: rapid.Float64Range(0, 1).Draw(t, "gap"),
				Seed: rapid.Uint64().Draw(t, "seed"), Workers: rapid.Int().Draw(t, "workers"),
				Weights: model.Weights{TierStep: &share, Subject: map[model.SubjectID]model.Share{model.SubjectID(names().Draw(t, "subject")): share}},
				Pins:    []model.Pin{{Teacher: "T1"}, {Teacher: "T2", Post: post("pin")}}},
			Backend: "native", Stop: model.StopReason(rapid.IntRange(0, 3).Draw(t, "stop")),
			Levels: []model.PlanLevel{{Name: model.LevelCost, Objective: rapid.Int64().Draw(t, "objective"), Gap: rapid.Float64().Draw(t, "level gap"), Proven: rapid.Bool().Draw(t, "proven")}},
			Ledger: model.Ledger{People: rapid.Int().Draw(t, "people")}, Cost: cost,
			Posts: []model.PlannedPost{{PostID: post("post"), Need: 2, Second: []model.SubjectPeriods{{Subject: "music", Periods: 15}}}},
			Assignments: []model.Assignment{{Teacher: "T1", To: post("to"), Ground: model.Ground(rapid.IntRange(0, 6).Draw(t, "ground")), Cost: cost},
				{Teacher: "T2", From: post("from")}}}
		return p
	})
}

func TestPlanRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	rapid.Check(t, func(t *rapid.T) {
		p := plans().Draw(t, "plan")
		if err := WritePlan(path, p); err != nil {
			t.Fatal(err)
		}
		again, err := ReadPlan(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPlanFaults(t *testing.T) {
	tests := []struct{ reason, text, want string }{
		{"another version", `{"format": 9, "later": 1}`, "plan.json, format 9: want 1, the version that this program reads"},
		{"an unknown ground", `{"format": 1, "assignments": [{"teacher": "T1", "ground": "rotatoin"}]}`,
			`plan.json line 1 column 59, assignments[0].ground "rotatoin": want a ground: did you mean "rotation"?`},
		{"an unknown name beside an embedded one", `{"format": 1, "posts": [{"school": "S1", "sage": "primary"}]}`,
			`plan.json line 1 column 42, posts[0].sage: want a known name: did you mean "stage"?`},
		{"a weight that is no number", `{"format": 1, "options": {"weights": {"tier_step": "a", "subject": {"pe": 1.5}}}}`,
			`plan.json line 1 column 52, options.weights.tier_step "a": want a whole number in plain digits that fits` + "\n" +
				`plan.json line 1 column 75, options.weights.subject["pe"] 1.5: want a whole number in plain digits that fits`},
		{"a county", text(t), `line 13 column 2, overrides: want a known name`},
		{"a table", "teacher,post\n", `plan.json line 1 column 1: want well-formed JSON: invalid character 'e'`},
	}
	for _, test := range tests {
		if _, err := parsePlan("plan.json", test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
	}
	if _, err := ReadPlan(filepath.Join(t.TempDir(), "none.json")); err == nil {
		t.Error("a file that is not there")
	}
}
