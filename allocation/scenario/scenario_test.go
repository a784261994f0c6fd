package scenario

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func county(t testing.TB, name string) *model.County {
	t.Helper()
	c, err := table.Read("../../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReadFileNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ reason, text, want string }{
		{"a key that nobody reads", "scenarios:\n  - name: a\n    enrolmnt: []\n", `[3:5] unknown field "enrolmnt"; did you mean "enrolment"?`},
		{"a list where a word is wanted", "scenarios:\n  - name: [a]\n", "[2:"},
		{"no YAML", "scenarios: [", "[1:12]"},
		{"no name", "scenarios:\n  - leave: [T1]\n", "scenario 1: want a name"},
		{"a name twice", "scenarios:\n  - name: a\n  - name: a\n", `"a": want each name once`},
		{"a key twice", "gates: []\ngates: []\n", "gates"},
		{"an empty axis", "grid:\n  - values: []\n", "axis 1: want 1 value"},
		{"an axis value without a name", "grid:\n  - values: [{seed: 2}]\n", "axis 1, value 1: want a name"},
		{"a gate of nothing", "gates: [rural_fil >= 98%]\n", `did you mean "rural_fill"?`},
		{"a gate without a sign", "gates: [vacant < 3]\n", "no >= or <="},
		{"a gate of a bad value", "gates: [vacant <= few]\n", "few"},
		{"too many", "grid:\n" + strings.Repeat("  - values: ["+strings.TrimSuffix(strings.Repeat("{name: a},", 50), ",")+"]\n", 4), "at most 100000"},
	} {
		_, err := ReadFile(strings.NewReader(c.text), "s.yaml")
		var file *FileError
		if !errors.As(err, &file) || !strings.HasPrefix(err.Error(), "s.yaml: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.reason, err, c.want)
		}
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add("scenarios:\n  - name: a\n    close: [{school: S1, into: S2}]\ngrid: [{values: [{name: b, seed: 3}]}]\ngates: [fill >= 3%]\n")
	f.Add(`{"scenarios": [{"name": "a", "policy": {"rotation.years": "3"}, "recruits": [{"subject": "x", "stage": "primary", "count": 1}]}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		set, err := ReadFile(strings.NewReader(text), "f")
		if err != nil {
			return
		}
		all, err := set.Expand()
		if err != nil || len(all) == 0 {
			t.Errorf("read, but %d scenarios, %v", len(all), err)
		}
	})
}

// Seeds multiply what the grid gives, and come into every plan.
func TestExpandSeeds(t *testing.T) {
	f := &File{Scenarios: []Scenario{{Name: "a"}, {Name: "b", Seed: 9}}, Grid: []Axis{{Values: []Scenario{{Name: "x"}}}}, Seeds: []uint64{0, 7}}
	all, err := f.Expand()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]uint64{}
	for _, s := range all {
		got[s.Name] = s.Seed
	}
	if diff := cmp.Diff(map[string]uint64{"a/x/seed 0": 0, "a/x/seed 7": 7, "b/x/seed 0": 0, "b/x/seed 7": 7}, got); diff != "" {
		t.Error(diff)
	}
	f.Seeds = []uint64{7, 7}
	if _, err := f.Expand(); err == nil {
		t.Error("a seed twice is accepted")
	}
}

func TestExpand(t *testing.T) {
	set, err := ReadFile(strings.NewReader("scenarios: [{name: base}, {name: b, policy: {x: \"1\", y: \"1\"}}]\ngrid:\n  - values: [{name: c, policy: {x: \"2\"}}, {name: d, seed: 4}]\n"), "s")
	if err != nil {
		t.Fatal(err)
	}
	all, err := set.Expand()
	if err != nil {
		t.Fatal(err)
	}
	want := []Scenario{{Name: "c", Policy: map[string]string{"x": "2"}}, {Name: "d", Policy: map[string]string{}, Seed: 4},
		{Name: "b/c", Policy: map[string]string{"x": "2", "y": "1"}}, {Name: "b/d", Policy: map[string]string{"x": "1", "y": "1"}, Seed: 4}}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestApply(t *testing.T) {
	one := 1
	base := county(t, "tiny")
	before := base.Hash()
	find := func(c *model.County, id model.TeacherID) *model.Teacher {
		for i := range c.Teachers {
			if c.Teachers[i].ID == id {
				return &c.Teachers[i]
			}
		}
		return nil
	}
	for _, test := range []struct {
		reason string
		change Scenario
		holds  func(c *model.County) bool
	}{
		{"nothing", Scenario{}, func(c *model.County) bool { return c.Hash() == before }},
		{"rotation after 4 years", Scenario{Policy: map[string]string{"rotation.years": "4"}}, func(c *model.County) bool { return c.Rules.RotationYears == 4 }},
		{"50 yuan more in tier 1", Scenario{Subsidies: []Subsidies{{Tier: &one, Add: "50"}}}, func(c *model.County) bool {
			return c.Subsidy.Monthly(1, 0) == base.Subsidy.Monthly(1, 0)+5000 && c.Subsidy.Monthly(2, 0) == base.Subsidy.Monthly(2, 0)
		}},
		{"a tenth less everywhere", Scenario{Subsidies: []Subsidies{{Percent: -10}}}, func(c *model.County) bool {
			return c.Subsidy.Monthly(1, 0) == base.Subsidy.Monthly(1, 0)*9/10 && c.Subsidy.Monthly(3, 0) == base.Subsidy.Monthly(3, 0)*9/10
		}},
		{"a school closed, its people along", Scenario{Close: []Closure{{School: "S1", Into: "S2"}}}, func(c *model.County) bool {
			return len(c.Schools) == len(base.Schools)-1 && find(c, "T1").School == "S2" && pupils(c) == pupils(base)
		}},
		{"a school closed, its people into the pool", Scenario{Close: []Closure{{School: "S1", Into: "S2", Pool: true}}}, func(c *model.County) bool {
			return find(c, "T1").School == "" && find(c, "T1").Pool == model.PoolUnplaced && pupils(c) == pupils(base)
		}},
		{"twice the pupils", Scenario{Enrolment: []Enrolment{{Percent: 100}}}, func(c *model.County) bool { return pupils(c) == 2*pupils(base) }},
		{"twice the pupils of tier 1", Scenario{Enrolment: []Enrolment{{Percent: 100, Tier: &one}}}, func(c *model.County) bool {
			return pupils(c) > pupils(base) && pupils(c) < 2*pupils(base)
		}},
		{"three recruits", Scenario{Recruits: []Recruits{{"music", "primary", 3}}}, func(c *model.County) bool {
			return len(c.Teachers) == len(base.Teachers)+3 && find(c, "N00003").Main == "music" && len(c.Origin.Assumed) == len(base.Origin.Assumed)+1
		}},
		{"somebody gone", Scenario{Leave: []model.TeacherID{"T5"}}, func(c *model.County) bool { return find(c, "T5") == nil }},
	} {
		test.change.Name = test.reason
		got, err := Apply(base, &test.change)
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
			continue
		}
		if !test.holds(got) {
			t.Errorf("%s: not so", test.reason)
		}
		if base.Hash() != before {
			t.Fatalf("%s: the county was changed", test.reason)
		}
		if err := got.Validate(); err != nil {
			t.Errorf("%s: %v", test.reason, err)
		}
	}
}

func pupils(c *model.County) int {
	n := 0
	for i := range c.Schools {
		n += c.Schools[i].Pupils(0)
	}
	return n
}

func TestClassesOfAnotherEnrolment(t *testing.T) {
	for _, test := range []struct {
		reason               string
		pupils, classes, now int
		want                 int
	}{
		{"classes on record stay where pupils come", 80, 3, 84, 3},
		{"a fifth fewer pupils in classes of 20 are four classes of five", 100, 5, 80, 4},
		{"a class is not larger than it was", 100, 5, 81, 5},
		{"nobody left has no class", 30, 2, 0, 0},
		{"classes that were derived are derived again", 90, 0, 45, 0},
	} {
		got := enrolled(model.Grade{Grade: 1, Pupils: test.pupils, Classes: test.classes}, test.now)
		if want := (model.Grade{Grade: 1, Pupils: test.now, Classes: test.want}); got != want {
			t.Errorf("%s: %+v, want %+v", test.reason, got, want)
		}
	}
}

func TestApplyNamesWhatDoesNotFit(t *testing.T) {
	nine := 9
	base := county(t, "tiny")
	for _, c := range []struct {
		change Scenario
		want   string
	}{
		{Scenario{Policy: map[string]string{"rotation.yeers": "4"}}, "rotation.yeers"},
		{Scenario{Policy: map[string]string{"rotation.years": "400"}}, "rotation.years"},
		{Scenario{Subsidies: []Subsidies{{Tier: &nine}}}, `subsidies.tier "9"`},
		{Scenario{Subsidies: []Subsidies{{Add: "much"}}}, `subsidies.add "much"`},
		{Scenario{Subsidies: []Subsidies{{Percent: -200}}}, `subsidies.percent "-200"`},
		{Scenario{Close: []Closure{{School: "S11", Into: "S2"}}}, `close.school "S11": want a school of the county: did you mean "S1"?`},
		{Scenario{Close: []Closure{{School: "S1", Into: "S1"}}}, "another school"},
		{Scenario{Enrolment: []Enrolment{{Percent: 5000}}}, `enrolment.percent "5000"`},
		{Scenario{Enrolment: []Enrolment{{School: "S11"}}}, `did you mean "S1"?`},
		{Scenario{Recruits: []Recruits{{"musik", "primary", 3}}}, `did you mean "music"?`},
		{Scenario{Recruits: []Recruits{{"music", "primery", 3}}}, `recruits.stage "primery"`},
		{Scenario{Recruits: []Recruits{{"music", "primary", -1}}}, `recruits.count "-1"`},
		{Scenario{Leave: []model.TeacherID{"T55"}}, `leave "T55": want a teacher of the county: did you mean "T5"?`},
	} {
		c.change.Name = "x"
		if _, err := Apply(base, &c.change); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), `scenario "x"`) {
			t.Errorf("%+v: %v, want %q", c.change, err, c.want)
		}
	}
}

// tasks are variants of zhangwu that are quick to plan.
func tasks(t testing.TB, n int) []Task {
	base := county(t, "tiny")
	var all []Task
	for i := range n {
		all = append(all, Task{County: base, Scenario: Scenario{Name: string(rune('a' + i)), Seed: uint64(i)}})
	}
	return all
}

// Any number of workers, and any folder, give the same results; what is kept is not made again, and what is broken is.
func TestRunIsResumable(t *testing.T) {
	all := tasks(t, 12)
	want, err := (&Local{Workers: 1}).Run(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	run := func(n int) (results []Result, made int) {
		t.Helper()
		local := Local{Folder: folder, Workers: 3, Progress: func(d Done) {
			if !d.Kept {
				made++
			}
		}}
		results, err := local.Run(t.Context(), all[:n])
		if err != nil {
			t.Fatal(err)
		}
		return results, made
	}
	if got, made := run(5); made != 5 || cmp.Diff(want[:5], got) != "" {
		t.Errorf("5 tasks: %d made, (-want +got)\n%s", made, cmp.Diff(want[:5], got))
	}
	for i, spoil := range []func(text string) string{
		func(text string) string { return text[:len(text)/2] },
		func(text string) string { return strings.Replace(text, `"vacant":`, `"vacant":1`, 1) },
		func(string) string { return "" },
	} {
		path := filepath.Join(folder, all[i].Hash()+".json")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(spoil(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other, err := os.ReadFile(filepath.Join(folder, all[3].Hash()+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, all[4].Hash()+".json"), other, 0o600); err != nil { // whole, but of another task
		t.Fatal(err)
	}
	if got, made := run(12); made != 7+3+1 || cmp.Diff(want, got) != "" {
		t.Errorf("12 tasks after 4 files were spoilt: %d made, (-want +got)\n%s", made, cmp.Diff(want, got))
	}
}

func TestTaskHash(t *testing.T) {
	all := tasks(t, 2)
	seen := map[string]string{}
	for reason, task := range map[string]Task{
		"a": all[0], "another scenario": all[1], "another county": {County: county(t, "zhangwu"), Scenario: all[0].Scenario},
		"another limit": {County: all[0].County, Scenario: all[0].Scenario, Limits: model.Options{TimeLimit: 5}},
	} {
		if other, taken := seen[task.Hash()]; taken {
			t.Errorf("%s has the hash of %s", reason, other)
		}
		seen[task.Hash()] = reason
	}
}

func TestFrontAndGates(t *testing.T) {
	result := func(vacant int, cost model.Fen) Result {
		return Result{Indicators: Indicators{Vacant: vacant, Cost: cost, RuralFill: 9800}}
	}
	results := []Result{result(3, 500), result(5, 300), result(5, 400), result(3, 500), {Refused: "no plan"}, result(9, 100), result(9, 101)}
	front, err := Front(results, []string{"vacant", "cost"})
	if diff := cmp.Diff([]int{0, 1, 5}, front); diff != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if _, err := Front(results, []string{"vacent"}); err == nil || !strings.Contains(err.Error(), `did you mean "vacant"?`) {
		t.Error(err)
	}
	for text, want := range map[string]bool{"vacant <= 3": true, "vacant <= 2": false, "rural_fill >= 98%": true, "rural_fill >= 98.01%": false, "cost <= 5": true, "cost<=4.99": false} {
		gate, err := ParseGate(text)
		if err != nil {
			t.Fatal(err)
		}
		if ok, got := gate.Holds(&results[0].Indicators); ok != want {
			t.Errorf("%s: %v, has %s", text, ok, got)
		}
	}
}
