package model

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The JSON form gives the same county, and every difference another hash.
func TestCountyJSON(t *testing.T) {
	c := valid()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	again := &County{}
	if err := json.Unmarshal(text, again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, again); diff != "" {
		t.Error(diff)
	}
	if c.Hash() != again.Hash() || len(c.Hash()) != 64 {
		t.Errorf("hashes %s and %s", c.Hash(), again.Hash())
	}
	for reason, change := range map[string]func(){
		"a point":     func() { again.Teachers[2].Points++ },
		"a rule":      func() { again.Rules.RotationYears++ },
		"an order":    func() { slices.Reverse(again.Schools) },
		"an override": func() { again.Overrides = []Override{{"rotation.years", "6"}} },
	} {
		before := again.Hash()
		if change(); again.Hash() == before {
			t.Errorf("%s makes no difference to the hash", reason)
		}
	}
	empty := &County{Teachers: []Teacher{}, Curriculum: []CurriculumLine{}, Overrides: []Override{}}
	if empty.Hash() != new(County).Hash() {
		t.Error("a list that is empty and one that is absent have two hashes")
	}
}

func TestPupils(t *testing.T) {
	s := School{Grades: []Grade{{1, 30, 1}, {6, 12, 1}, {7, 10, 0}, {9, 0, 0}}}
	want := map[Stage]int{0: 52, StagePrimary: 42, StageJunior: 10, StageSenior: 0}
	for stage, pupils := range want {
		if have := s.Pupils(stage); have != pupils {
			t.Errorf("stage %v has %d pupils, want %d", stage, have, pupils)
		}
	}
	if !s.HasStage(StageJunior) || s.HasStage(StageSenior) || s.HasStage(0) {
		t.Error("the school has two stages")
	}
}

func TestMonthly(t *testing.T) {
	schedule := valid().Subsidy
	tests := []struct {
		reason string
		tier   Tier
		years  int
		want   Fen
	}{
		{"a beginner", 1, 0, 100_00},
		{"the year before a step", 1, 9, 100_00},
		{"a step", 1, 10, 150_00},
		{"far beyond the last step", 2, 60, 250_00},
		{"no tier", 0, 60, 0},
		{"a tier without a line", 3, 0, 0},
	}
	for _, test := range tests {
		if have := schedule.Monthly(test.tier, test.years); have != test.want {
			t.Errorf("%s: %s, want %s", test.reason, have, test.want)
		}
	}
	if have := (SubsidySchedule{{1, 5, 100}}).Monthly(1, 4); have != 0 {
		t.Errorf("before the first step: %s", have)
	}
}

func TestPostID(t *testing.T) {
	posts := []PostID{{"S2", StagePrimary, "a"}, {"S1", StageJunior, "a"}, {"S1", StagePrimary, "b"}, {}, {"S1", StagePrimary, "a"}}
	slices.SortFunc(posts, PostID.Compare)
	var have []string
	for _, p := range posts {
		have = append(have, p.String())
	}
	if diff := cmp.Diff([]string{"-", "S1/primary/a", "S1/primary/b", "S1/junior/a", "S2/primary/a"}, have); diff != "" {
		t.Error(diff)
	}
}

func TestByStage(t *testing.T) {
	v := ByStage[int]{1, 2, 3}
	for stage, want := range map[Stage]int{0: 0, StagePrimary: 1, StageJunior: 2, StageSenior: 3, 4: 0} {
		if have := v.At(stage); have != want {
			t.Errorf("stage %v has %d, want %d", stage, have, want)
		}
	}
}

func TestPlanArithmetic(t *testing.T) {
	sum := Cost{1, 20, 300, 4000}.Add(Cost{5, 60, 700, 8000})
	if sum != (Cost{6, 80, 1000, 12_000}) || sum.Total() != 13_086 {
		t.Errorf("%+v, in all %d", sum, int64(sum.Total()))
	}
	for _, test := range []struct{ need, filled, short, over int }{{3, 1, 2, 0}, {3, 3, 0, 0}, {1, 3, 0, 2}, {0, 0, 0, 0}} {
		p := PlannedPost{Need: test.need, Filled: test.filled}
		if p.Short() != test.short || p.Over() != test.over {
			t.Errorf("%d of %d: %d short, %d over", test.filled, test.need, p.Short(), p.Over())
		}
	}
	here, there := PostID{"S1", StagePrimary, "pe"}, PostID{"S2", StagePrimary, "pe"}
	for _, test := range []struct {
		reason   string
		from, to PostID
		moved    bool
	}{{"stays", here, here, false}, {"moves", here, there, true}, {"comes from the pool", PostID{}, here, true}, {"is left without", here, PostID{}, false}} {
		if a := (Assignment{From: test.from, To: test.to}); a.Moved() != test.moved {
			t.Errorf("who %s: moved is %v", test.reason, a.Moved())
		}
	}
}

func TestHardRules(t *testing.T) {
	seen := map[RuleID]bool{}
	for _, rule := range HardRules() {
		if rule == "" || seen[rule] {
			t.Errorf("rule %q stands twice or has no name", rule)
		}
		seen[rule] = true
	}
	if len(seen) == 0 || HardRules()[0] != RuleRecord {
		t.Errorf("%v: want the plan's own record first", HardRules())
	}
}
