package allocation_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

// The optimum of testdata/tiny is worked out by hand in its README.
func TestTinyIsPlannedAsByHand(t *testing.T) {
	county := readTiny(t)
	plan := solve(t, county, model.Options{})
	objective := map[string]int64{}
	for _, level := range plan.Levels {
		objective[level.Name] = level.Objective
	}
	want := map[string]int64{model.LevelShortage: 24_000, model.LevelUnplaced: 0, model.LevelSoft: 1_060, model.LevelCost: 168_733}
	if diff := cmp.Diff(want, objective); diff != "" {
		t.Errorf("objective (-by hand +plan)\n%s", diff)
	}
	got := map[model.TeacherID]string{}
	for _, a := range plan.Assignments {
		got[a.Teacher] = a.To.String() + " " + a.Ground.String()
	}
	wantPosts := map[model.TeacherID]string{
		"T1": "S1/primary/chinese stay", "T2": "S4/primary/chinese rotation", "T3": "S1/primary/chinese stay",
		"T4": "S1/primary/mathematics stay", "T5": "S3/primary/mathematics recruit", "T6": "S2/primary/chinese unplaced",
	}
	if diff := cmp.Diff(wantPosts, got); diff != "" {
		t.Errorf("assignments (-by hand +plan)\n%s", diff)
	}
}

func TestOptionsChangeThePlan(t *testing.T) {
	s4 := model.PostID{School: "S4", Stage: model.StagePrimary, Subject: "music"}
	none := model.Share(0)
	tests := []struct {
		reason  string
		options model.Options
		teacher model.TeacherID
		want    model.PostID
	}{
		{"T5 is worth more in S3, unless pinned to music in S4", model.Options{Pins: []model.Pin{{Teacher: "T5", Post: s4}}}, "T5", s4},
		{"a heavier subject draws T5 to music", model.Options{Weights: model.Weights{Subject: map[model.SubjectID]model.Share{"music": 30000}}}, "T5", s4},
		{"barred from S4, T2 leaves it to T3 or T6, and goes to S2",
			model.Options{Bans: []model.Pin{{Teacher: "T2", Post: model.PostID{School: "S4", Stage: model.StagePrimary, Subject: "chinese"}}}},
			"T2", model.PostID{School: "S2", Stage: model.StagePrimary, Subject: "chinese"}},
		{"with no weight on tiers and schools, S3 and S4 music tie in shortage and the soft rule keeps T5 in mathematics",
			model.Options{Weights: model.Weights{TierStep: &none, School: &none}}, "T5",
			model.PostID{School: "S3", Stage: model.StagePrimary, Subject: "mathematics"}},
		{"pinned to the present post, T2 stays", model.Options{Pins: []model.Pin{{Teacher: "T2"}}}, "T2",
			model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "chinese"}},
	}
	county := readTiny(t)
	for _, test := range tests {
		plan := solve(t, county, test.options)
		for _, a := range plan.Assignments {
			if a.Teacher == test.teacher && a.To != test.want {
				t.Errorf("%s: got %v, want %v", test.reason, a.To, test.want)
			}
		}
		if err := check.Plan(county, plan).Err(); err != nil {
			t.Errorf("%s: %v", test.reason, err)
		}
	}
}

func TestNoPlanSaysWhichRulesConflict(t *testing.T) {
	post := func(school, subject string) model.PostID {
		return model.PostID{School: model.SchoolID(school), Stage: model.StagePrimary, Subject: model.SubjectID(subject)}
	}
	tests := []struct {
		reason   string
		options  model.Options
		rules    []model.RuleID
		teachers []model.TeacherID
	}{
		{"T1 has no ground to move", model.Options{Pins: []model.Pin{{Teacher: "T1", Post: post("S2", "chinese")}}},
			[]model.RuleID{model.RulePin, model.RuleGround}, []model.TeacherID{"T1"}},
		{"T4 is exempt from rotation", model.Options{Pins: []model.Pin{{Teacher: "T4", Post: post("S3", "mathematics")}}},
			[]model.RuleID{model.RulePin, model.RuleExemption}, []model.TeacherID{"T4"}},
		{"T6 is not qualified in music", model.Options{Pins: []model.Pin{{Teacher: "T6", Post: post("S4", "music")}}},
			[]model.RuleID{model.RulePin, model.RuleQualification}, []model.TeacherID{"T6"}},
		{"S2 has one place, which two people are pinned to",
			model.Options{Pins: []model.Pin{{Teacher: "T2", Post: post("S2", "chinese")}, {Teacher: "T6", Post: post("S2", "chinese")}}},
			[]model.RuleID{model.RuleNeed, model.RuleQuota, model.RuleHold, model.RulePin}, []model.TeacherID{"T2", "T6"}},
		{"T1 may only stay, and is barred from staying", model.Options{Bans: []model.Pin{{Teacher: "T1", Post: post("S1", "chinese")}}},
			[]model.RuleID{model.RuleNeed, model.RuleQuota, model.RuleHold, model.RuleBan}, []model.TeacherID{"T1"}},
	}
	county := readTiny(t)
	for _, test := range tests {
		plan, err := allocation.Solve(context.Background(), county, &test.options)
		var infeasible *allocation.InfeasibleError
		if !errors.As(err, &infeasible) {
			t.Errorf("%s: got %v, %v, want an InfeasibleError", test.reason, plan, err)
			continue
		}
		conflict := infeasible.Conflicts[0]
		if diff := cmp.Diff(test.rules, conflict.Rules); diff != "" {
			t.Errorf("%s: rules (-want +got)\n%s", test.reason, diff)
		}
		if diff := cmp.Diff(test.teachers, conflict.Teachers); diff != "" {
			t.Errorf("%s: teachers (-want +got)\n%s", test.reason, diff)
		}
	}
}

// People who can't be placed are named also where rules cut across the network, and
// a hard rule that nothing can meet is named by itself.
func TestConflictsWithRulesAcrossSchools(t *testing.T) {
	s2 := model.PostID{School: "S2", Stage: model.StagePrimary, Subject: "chinese"}
	twoInOnePlace := model.Options{Pins: []model.Pin{{Teacher: "T2", Post: s2}, {Teacher: "T6", Post: s2}}}
	tests := []struct {
		reason   string
		set      func(*model.Rules)
		options  model.Options
		rules    []model.RuleID
		teachers []model.TeacherID
	}{
		{"a soft rule has no part in two pins for one place",
			func(r *model.Rules) {
				r.Exchange, r.ExchangeShare = model.RuleSetting{Force: model.ForceSoft, Weight: 1}, model.Whole
			},
			twoInOnePlace, []model.RuleID{model.RuleNeed, model.RuleQuota, model.RuleHold, model.RulePin}, []model.TeacherID{"T2", "T6"}},
		{"S1 has one place in mathematics, which T4 holds and may only keep: T5 pinned to it is one too many, recruit or not",
			func(r *model.Rules) { r.RuralFirst.Force = model.ForceHard },
			model.Options{Pins: []model.Pin{{Teacher: "T5", Post: model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "mathematics"}}}},
			[]model.RuleID{model.RuleNeed, model.RuleQuota, model.RuleHold, model.RulePin}, []model.TeacherID{"T4", "T5"}},
		{"all of the eligible can't be exchanged: T2 and T3 alone are eligible, and must both go while T6 is pinned to one of the two places",
			func(r *model.Rules) {
				r.Exchange, r.ExchangeShare = model.RuleSetting{Force: model.ForceHard}, model.Whole
			},
			model.Options{Pins: []model.Pin{{Teacher: "T6", Post: s2}}}, []model.RuleID{model.RuleExchange, model.RulePin}, nil},
	}
	for _, test := range tests {
		county := readTiny(t)
		test.set(&county.Rules)
		_, err := allocation.Solve(context.Background(), county, &test.options)
		var infeasible *allocation.InfeasibleError
		if !errors.As(err, &infeasible) {
			t.Errorf("%s: got %v, want an InfeasibleError", test.reason, err)
			continue
		}
		if diff := cmp.Diff(test.rules, infeasible.Conflicts[0].Rules); diff != "" {
			t.Errorf("%s: rules (-want +got)\n%s", test.reason, diff)
		}
		if diff := cmp.Diff(test.teachers, infeasible.Conflicts[0].Teachers); diff != "" {
			t.Errorf("%s: teachers (-want +got)\n%s", test.reason, diff)
		}
	}
}

func TestBadOptionsAreNamed(t *testing.T) {
	negative := model.Share(-1)
	tests := []struct {
		reason  string
		options model.Options
		want    string
	}{
		{"time runs forward", model.Options{TimeLimit: -time.Second}, `time_limit "-1s"`},
		{"a gap is a share", model.Options{Gap: 2}, `gap "2"`},
		{"workers are counted", model.Options{Workers: -1}, `workers "-1"`},
		{"weights are not negative", model.Options{Weights: model.Weights{School: &negative}}, `weights.school "-0.01%"`},
		{"subjects are those of the curriculum", model.Options{Weights: model.Weights{Subject: map[model.SubjectID]model.Share{"musik": 10000}}}, `did you mean "music"?`},
		{"teachers are those of the county", model.Options{Pins: []model.Pin{{Teacher: "T77"}}}, `pins.teacher "T77"`},
		{"one pin a teacher", model.Options{Pins: []model.Pin{{Teacher: "T1"}, {Teacher: "T1"}}}, "each teacher pinned once"},
		{"who has no post keeps none", model.Options{Pins: []model.Pin{{Teacher: "T5"}}}, "the teacher has none to keep"},
		{"posts exist", model.Options{Bans: []model.Pin{{Teacher: "T1", Post: model.PostID{School: "S2", Stage: model.StageSenior, Subject: "music"}}}}, `bans.post "S2/senior/music"`},
		{"a ban names a post", model.Options{Bans: []model.Pin{{Teacher: "T1"}}}, `bans.post "-"`},
	}
	county := readTiny(t)
	for _, test := range tests {
		_, err := allocation.Solve(context.Background(), county, &test.options)
		if err == nil || len(model.FieldErrors(err)) == 0 || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want a field error with %s", test.reason, err, test.want)
		}
	}
}

func TestBadCountyIsRefused(t *testing.T) {
	county := readTiny(t)
	county.Teachers[0].Main = "musik"
	_, err := allocation.Solve(context.Background(), county, nil)
	if faults := model.FieldErrors(err); len(faults) != 1 || faults[0].Field != "main" {
		t.Errorf("got %v, want one fault in field main", err)
	}
}

// A cancelled context gives the plan in hand, which obeys every rule, with a
// bound that holds; a plan that was never known is an error.
func TestCancelledSearchGivesThePlanInHand(t *testing.T) {
	county := generate(t, 600)
	best := solve(t, county, model.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	plan, err := allocation.Solve(ctx, county, nil)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Stop != model.StopCancelled {
		t.Errorf("stop reason %v, want cancelled", plan.Stop)
	}
	if err := check.Plan(county, plan).Err(); err != nil {
		t.Error(err)
	}
	if first := plan.Levels[0]; first.Proven || first.Objective < best.Levels[0].Objective || first.Bound > best.Levels[0].Objective {
		t.Errorf("a search cancelled at once claims %+v; the optimum is %d", first, best.Levels[0].Objective)
	}
	pinned := model.Options{Pins: []model.Pin{{Teacher: best.Assignments[0].Teacher}}}
	for _, a := range best.Assignments {
		if a.Ground == model.GroundStay {
			pinned.Pins[0].Teacher = a.Teacher
		}
	}
	_, err = allocation.Solve(ctx, county, &pinned)
	var stopped *allocation.StoppedError
	if !errors.As(err, &stopped) || !errors.Is(err, context.Canceled) {
		t.Errorf("with pins no plan is known at the start: got %v, want a StoppedError that wraps context.Canceled", err)
	}
}

func TestTimeLimitGivesThePlanInHand(t *testing.T) {
	county := generate(t, 600)
	plan, err := allocation.Solve(context.Background(), county, &model.Options{TimeLimit: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Stop != model.StopTime {
		t.Errorf("stop reason %v, want time", plan.Stop)
	}
	if err := check.Plan(county, plan).Err(); err != nil {
		t.Error(err)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	county := generate(t, 600)
	before := county.Hash()
	var first []byte
	for _, workers := range []int{1, 2, 1, 4} {
		plan := solve(t, county, model.Options{Workers: workers, Seed: 5})
		plan.Options.Workers = 0 // the only difference that is wanted
		text, err := json.Marshal(plan)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		}
		if !bytes.Equal(first, text) {
			t.Fatalf("%d workers give another plan", workers)
		}
	}
	if county.Hash() != before {
		t.Error("planning changed the county")
	}
}

// Shuffling the records of a county changes nothing about how good its plan is.
func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	county := generate(t, 300)
	want := solve(t, county, model.Options{}).Levels
	r := rand.New(rand.NewPCG(3, 3))
	r.Shuffle(len(county.Teachers), func(i, j int) {
		county.Teachers[i], county.Teachers[j] = county.Teachers[j], county.Teachers[i]
	})
	r.Shuffle(len(county.Schools), func(i, j int) { county.Schools[i], county.Schools[j] = county.Schools[j], county.Schools[i] })
	if diff := cmp.Diff(want, solve(t, county, model.Options{}).Levels); diff != "" {
		t.Errorf("levels (-sorted +shuffled)\n%s", diff)
	}
}

func TestProgressFromStartToEnd(t *testing.T) {
	var seen []allocation.Progress
	planner := allocation.Planner{Progress: func(p allocation.Progress) { seen = append(seen, p) }}
	plan, err := planner.Solve(context.Background(), readTiny(t))
	if err != nil {
		t.Fatal(err)
	}
	first, last := seen[0], seen[len(seen)-1]
	if first.Level != "" || last.Level != model.LevelCost || last.Objective != plan.Levels[3].Objective || last.Bound != last.Objective || last.Pivots == 0 {
		t.Errorf("progress began with %+v and ended with %+v", first, last)
	}
}

func readTiny(t *testing.T) *model.County {
	t.Helper()
	county, err := table.Read("../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	return county
}

func generate(t testing.TB, teachers int) *model.County {
	t.Helper()
	county, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return county
}

func solve(t testing.TB, c *model.County, o model.Options) *model.Plan {
	t.Helper()
	plan, err := allocation.Solve(context.Background(), c, &o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}
