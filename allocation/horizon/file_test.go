package horizon

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

const outlookText = `
scenarios:
  low: {births: [-5%, -2.5%], lost: [1%], to_town: [2%]}
  mid: {births: [-1%]}
seed: 3
attrition: [{under: 35, share: 2%}, {share: 0.5%}]
conversion: 90%
recruits: [{stream: special-post, year: 2027, subject: chinese, stage: primary, count: 2}]
promote: true
housing: [{school: S1, year: 2027, places: 2}]
years: [{name: more, subsidies: [{percent: 10}]}]
spending: ["100", "101.50"]
training_years: 3
`

func TestReadFile(t *testing.T) {
	f, err := ReadFile(strings.NewReader(outlookText), "outlook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o, err := f.Scenario("low")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Cohorts{[]Percent{-500, -250}, []Percent{100}, []Percent{200}}, o.Cohorts); diff != "" {
		t.Error(diff)
	}
	if o.Attrition[1].Share != 50 || *o.Conversion != 9000 || o.Recruits[0].Stage != model.StagePrimary || !o.Promote || o.training() != 3 || o.Years[0].Subsidies[0].Percent != 10 {
		t.Errorf("%+v", o)
	}
	if o, err := f.Scenario(""); err != nil || o.Cohorts.Births[0] != -100 {
		t.Errorf("the default scenario: %+v, %v", o, err)
	}
	var unknown *model.UnknownWordError
	if _, err := f.Scenario("lwo"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), `did you mean "low"?`) {
		t.Error(err)
	}
	for reason, text := range map[string]string{"an unknown key": "sceanrios: {}", "a number for a percentage": "conversion: 0.9x", "two documents that clash": "seed: [1]"} {
		var file *scenario.FileError
		if _, err := ReadFile(strings.NewReader(text), "outlook.yaml"); !errors.As(err, &file) || !strings.HasPrefix(err.Error(), "outlook.yaml: ") {
			t.Errorf("%s: %v", reason, err)
		}
	}
	if f, err := ReadFile(strings.NewReader(""), "empty"); err != nil || len(f.Scenarios) != 0 {
		t.Error(err)
	}
}

// Every percentage is written so that it is read again.
func TestPercentRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Percent(rapid.Int32Range(-1_000_000, 1_000_000).Draw(t, "percent"))
		text, err := p.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var again Percent
		if err := again.UnmarshalText(text); err != nil || again != p {
			t.Fatalf("%q is read as %d, not %d: %v", text, again, p, err)
		}
	})
}

// Whatever is read is refused with a typed error, or makes an outlook that a county can be held to.
func FuzzReadFile(f *testing.F) {
	f.Add(outlookText)
	f.Add("cohorts: {births: [-5%]}")
	f.Add("recruits: [{stream: open}]")
	f.Add("{\"seed\": 1}")
	c, err := table.Read("../../testdata/tiny")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := ReadFile(strings.NewReader(text), "fuzz")
		if err != nil {
			var typed *scenario.FileError
			if !errors.As(err, &typed) {
				t.Fatalf("not typed: %v", err)
			}
			return
		}
		for name := range file.Scenarios {
			if _, err := file.Scenario(name); err != nil && name != "" {
				t.Fatal(err)
			}
		}
		if err := file.Outlook.validate(c, 2); err != nil {
			if len(model.FieldErrors(err)) == 0 {
				t.Fatalf("not typed: %v", err)
			}
			return
		}
		_, _, _ = Next(c, unmoved(c), &file.Outlook, 0) // must not panic
	})
}
