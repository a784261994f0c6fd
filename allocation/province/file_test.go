package province

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/scenario"
)

func TestReadFile(t *testing.T) {
	three := 3
	got, err := ReadFile(strings.NewReader("name: 省\nbudget: \"1200.50\"\nplaces: 4\ncounties:\n  - county: b\n    most_places: 3\n  - county: a\n    most_budget: \"9\"\n"), "p", []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	want := &Province{Name: "省", Budget: 120050, Places: 4, Counties: []County{{Name: "b", MostPlaces: &three}, {Name: "a", MostBudget: 900}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, err = ReadFile(strings.NewReader(`{"budget": "1"}`), "p", []string{"a", "b"}); err != nil || len(got.Counties) != 2 || got.Counties[1].Name != "b" {
		t.Errorf("without counties all that are there: %v, %v", got, err)
	}
}

func TestReadFileNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ reason, text, want string }{
		{"a key that nobody reads", "budgt: \"1\"\n", `[1:1] unknown field "budgt"; did you mean "budget"?`},
		{"a key of a county", "budget: \"1\"\ncounties:\n  - county: north\n    most_place: 1\n", `did you mean "most_places"?`},
		{"no YAML", "counties: [", "[1:"},
		{"no budget", "places: 1\n", `province: budget "": want yuan a month`},
		{"a budget of nothing", "budget: \"0\"\n", `budget "0.00": want yuan a month from 0.01`},
		{"a budget in words", "budget: many\n", `budget "many"`},
		{"a budget below nothing", "budget: \"-5\"\n", `budget "-5"`},
		{"places below nothing", "budget: \"1\"\nplaces: -1\n", `places "-1": want a whole number from 0`},
		{"half a place", "budget: \"1\"\nplaces: 1.5\n", `"1.5": want a whole number`},
		{"a county that is not there", "budget: \"1\"\ncounties: [{county: nort}]\n", `county "nort": county "nort": want a county beside the file: did you mean "north"?`},
		{"a county twice", "budget: \"1\"\ncounties: [{county: north}, {county: north}]\n", `county "north": name "north": want each county once`},
		{"a limit in words", "budget: \"1\"\ncounties: [{county: north, most_budget: x}]\n", `county "north": most_budget "x"`},
		{"a limit below nothing", "budget: \"1\"\ncounties: [{county: north, most_places: -2}]\n", `county "north": most_places "-2"`},
		{"too much money", "budget: \"99999999999999\"\n", "budget"},
	} {
		_, err := ReadFile(strings.NewReader(c.text), "p.yaml", []string{"north", "south"})
		var file *scenario.FileError
		if !errors.As(err, &file) || !strings.HasPrefix(err.Error(), "p.yaml: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.reason, err, c.want)
		}
	}
	if _, err := ReadFile(strings.NewReader("budget: \"1\"\n"), "p", nil); err == nil || !strings.Contains(err.Error(), `counties "0"`) {
		t.Errorf("no county at all: %v", err)
	}
}

func FuzzReadFile(f *testing.F) {
	f.Add("name: x\nbudget: \"12.5\"\nplaces: 3\ncounties:\n  - county: north\n    most_budget: \"4\"\n    most_places: 1\n")
	f.Add(`{"budget": "1", "counties": [{"county": "south"}]}`)
	f.Add("budget: \"1e9\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadFile(strings.NewReader(text), "f", []string{"north", "south"})
		var file *scenario.FileError
		switch {
		case err != nil && !errors.As(err, &file):
			t.Errorf("an error without its file: %v", err)
		case err == nil && (p.Budget < 1 || p.Places < 0 || len(p.Counties) < 1 || len(p.Counties) > 2):
			t.Errorf("read, but %+v", p)
		}
	})
}
