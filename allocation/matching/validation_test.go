package matching

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func validMarket() *Market {
	return &Market{
		Applicants: []Applicant{
			{ID: "an", List: []string{"north", "south"}, Present: "south"},
			{ID: "bo", List: []string{"south"}},
			{ID: "chen"},
		},
		Schools: []School{
			{ID: "north", Capacity: 1, Ranking: []Candidate{{"an", 80}, {"bo", 90}}},
			{ID: "south", Capacity: 2, Ranking: []Candidate{{"an", 80}, {"bo", 80}, {"chen", 10}}},
			{ID: "east", Capacity: 1},
		},
		Regions: []Region{{ID: "all", Schools: []string{"north", "south", "east"}, Cap: 3}, {ID: "valley", Schools: []string{"north", "south"}}},
		Couples: []Couple{{First: "bo", Second: "chen", List: [][2]string{{"north", "south"}, {"south", ""}}}},
	}
}

// Every fault of a market is named with its place and what would be right.
func TestFaultsAreNamedWithTheirPlace(t *testing.T) {
	if _, err := NewProblem(validMarket(), Lottery{}); err != nil {
		t.Fatalf("the market without faults: %v", err)
	}
	for _, c := range []struct {
		reason string
		change func(*Market)
		want   Error
	}{
		{"no id", func(m *Market) { m.Applicants[1].ID = "" }, Error{"applicant", 1, "", "id", "", "an id"}},
		{"an id twice", func(m *Market) { m.Schools[2].ID = "north" }, Error{"school", 2, "north", "id", "north", "an id of its own; school 0 has it too"}},
		{"a list names an unknown school", func(m *Market) { m.Applicants[0].List[1] = "suoth" },
			Error{"applicant", 0, "an", "list[1]", "suoth", `the id of a school; did you mean "south"?`}},
		{"nothing is near", func(m *Market) { m.Applicants[0].List[1] = "xyz" }, Error{"applicant", 0, "an", "list[1]", "xyz", "the id of a school"}},
		{"a school twice on a list", func(m *Market) { m.Applicants[0].List[1] = "north" }, Error{"applicant", 0, "an", "list[1]", "north", "each school once"}},
		{"a list names a school that does not rank the person", func(m *Market) { m.Applicants[2].List = []string{"south", "east"} },
			Error{"applicant", 2, "chen", "list[1]", "east", "a school whose ranking names the applicant: who is not ranked is not eligible"}},
		{"present at an unknown school", func(m *Market) { m.Applicants[0].Present = "sooth" },
			Error{"applicant", 0, "an", "present", "sooth", `the id of a school; did you mean "south"?`}},
		{"present at a school that does not rank the person", func(m *Market) { m.Applicants[2].Present = "east" },
			Error{"applicant", 2, "chen", "present", "east", "a school whose ranking names the applicant: who is not ranked is not eligible"}},
		{"negative capacity", func(m *Market) { m.Schools[2].Capacity = -1 }, Error{"school", 2, "east", "capacity", "-1", "0 or more"}},
		{"fewer places than people", func(m *Market) { m.Schools[1].Capacity = 0 }, Error{"school", 1, "south", "capacity", "0", "1 or more, the number of people present"}},
		{"floor over capacity", func(m *Market) { m.Schools[1].Floor = 3 }, Error{"school", 1, "south", "floor", "3", "0 to the capacity"}},
		{"negative target", func(m *Market) { m.Schools[1].Target = -2 }, Error{"school", 1, "south", "target", "-2", "0 to the capacity"}},
		{"a ranking names somebody unknown", func(m *Market) { m.Schools[0].Ranking[0].Applicant = "am" },
			Error{"school", 0, "north", "ranking[0]", "am", `the id of an applicant; did you mean "an"?`}},
		{"a ranking names somebody twice", func(m *Market) { m.Schools[0].Ranking[1].Applicant = "an" },
			Error{"school", 0, "north", "ranking[1]", "an", "each applicant once"}},
		{"a region without an id", func(m *Market) { m.Regions[0].ID = "" }, Error{"region", 0, "", "id", "", "an id of its own"}},
		{"a region's id twice", func(m *Market) { m.Regions[0].ID = "valley" }, Error{"region", 0, "valley", "id", "valley", "an id of its own"}},
		{"a region names an unknown school", func(m *Market) { m.Regions[1].Schools[0] = "norht" },
			Error{"region", 1, "valley", "schools[0]", "norht", `the id of a school; did you mean "north"?`}},
		{"a region names a school twice", func(m *Market) { m.Regions[1].Schools[1] = "north" },
			Error{"region", 1, "valley", "schools[1]", "north", "each school once"}},
		{"negative floor of a region", func(m *Market) { m.Regions[1].Floor = -1 }, Error{"region", 1, "valley", "floor", "-1", "0 or more, less than 2^31"}},
		{"cap under floor", func(m *Market) { m.Regions[1].Floor, m.Regions[1].Cap = 2, 1 },
			Error{"region", 1, "valley", "cap", "1", "0 for none, or the floor or more, less than 2^31"}},
		{"regions that cross", func(m *Market) { m.Regions[0].Schools = []string{"south", "east"} },
			Error{"region", 1, "valley", "schools[1]", "south", `regions that nest or are disjoint; region "all" holds this school and others outside`}},
		{"a couple with an unknown member", func(m *Market) { m.Couples[0].Second = "chan" },
			Error{"couple", 0, "bo+chan", "second", "chan", `the id of an applicant; did you mean "chen"?`}},
		{"a couple of one", func(m *Market) { m.Couples[0].Second = "bo"; m.Couples[0].List = nil },
			Error{"couple", 0, "bo+bo", "second", "bo", "an applicant who is in no other couple and not twice in one"}},
		{"a pair of nothing", func(m *Market) { m.Couples[0].List[1] = [2]string{} },
			Error{"couple", 0, "bo+chen", "list[1]", "+", "a pair of schools, each pair once"}},
		{"a pair with an unknown school", func(m *Market) { m.Couples[0].List[0][0] = "nort" },
			Error{"couple", 0, "bo+chen", "list[0][0]", "nort", `the id of a school, or empty for none; did you mean "north"?`}},
		{"a pair with a school that does not rank the member", func(m *Market) { m.Couples[0].List[0][1] = "north" },
			Error{"couple", 0, "bo+chen", "list[0][1]", "north", `a school that ranks "chen": who is not ranked is not eligible`}},
	} {
		m := validMarket()
		c.change(m)
		_, err := NewProblem(m, Lottery{})
		var got *Error
		if !errors.As(err, &got) {
			t.Errorf("%s: got %v, want an *Error", c.reason, err)
			continue
		}
		if diff := cmp.Diff(c.want, *got); diff != "" {
			t.Errorf("%s: %s", c.reason, diff)
		}
	}
}

func TestAllFaultsAtOnceUpToALimit(t *testing.T) {
	m := validMarket()
	m.Applicants[0].List[0], m.Applicants[1].List[0], m.Schools[0].Capacity = "x", "y", -1
	_, err := NewProblem(m, Lottery{})
	if joined, ok := err.(interface{ Unwrap() []error }); !ok || len(joined.Unwrap()) != 3 {
		t.Errorf("got %v, want three faults", err)
	}
	for range 60 {
		m.Applicants[0].List = append(m.Applicants[0].List, "z")
	}
	_, err = NewProblem(m, Lottery{})
	if joined := err.(interface{ Unwrap() []error }).Unwrap(); len(joined) != maxFaults+1 || !strings.HasSuffix(err.Error(), "and 13 more faults") {
		t.Errorf("got %d errors ending in %q", len(joined), joined[len(joined)-1])
	}
	if want := `matching: school 0 "north": capacity is "-1": want 0 or more`; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %q, want it to begin with %q", err, want)
	}
}

func TestOrdersAndResultsByName(t *testing.T) {
	p, err := NewProblem(validMarket(), Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		reason string
		do     func() error
		want   Error
	}{
		{"an order names somebody unknown", func() error { _, err := p.Order("an", "bu", "chen"); return err },
			Error{"order", 1, "", "applicant", "bu", `the id of an applicant; did you mean "bo"?`}},
		{"an order names somebody twice", func() error { _, err := p.Order("an", "an", "chen"); return err },
			Error{"order", 1, "", "applicant", "an", "each applicant once"}},
		{"an order leaves somebody out", func() error { _, err := p.Order("chen", "an"); return err },
			Error{"order", 2, "", "applicant", "", `"bo" too: an order names every applicant`}},
		{"a result names somebody unknown", func() error { _, err := p.Match(map[string]string{"ann": "north"}); return err },
			Error{"matching", -1, "", "applicant", "ann", `the id of an applicant; did you mean "an"?`}},
		{"a result names an unknown school", func() error { _, err := p.Match(map[string]string{"an": "norh", "bo": ""}); return err },
			Error{"matching", -1, "an", "school", "norh", `the id of a school; did you mean "north"?`}},
		{"a mechanism that there is not", func() error { _, err := ByName("bostom"); return err },
			Error{"mechanism", -1, "", "name", "bostom", ""}},
	} {
		var got *Error
		if err := c.do(); !errors.As(err, &got) {
			t.Errorf("%s: got %v, want an *Error", c.reason, err)
			continue
		}
		if c.want.Want == "" && strings.HasSuffix(got.Want, `did you mean "boston"?`) {
			c.want.Want = got.Want
		}
		if diff := cmp.Diff(c.want, *got); diff != "" {
			t.Errorf("%s: %s", c.reason, diff)
		}
	}
}

func TestReadIsStrict(t *testing.T) {
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(validMarket()); err != nil {
		t.Fatal(err)
	}
	back, err := Read(bytes.NewReader(text.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(validMarket(), back); diff != "" {
		t.Errorf("written and read back: %s", diff)
	}
	for _, c := range []struct {
		reason, text string
		want         string
	}{
		{"an unknown field", `{"teachers": []}`, `line 1, column 2: /teachers: unknown field "teachers"`},
		{"an unknown field near to one that is known", "{\"schools\": [\n  {\"id\": \"a\", \"capasity\": 2}\n]}", `line 2, column 15: /schools/0/capasity: unknown field "capasity"; did you mean "capacity"?`},
		{"a field twice", `{"schools": [], "schools": []}`, `line 1, column 17: /schools: duplicate object member name`},
		{"text after the end", `{} {}`, `line 1, column 4: invalid character '{' after top-level value`},
		{"a word for a number", `{"schools": [{"id": "a", "capacity": "two"}]}`, `line 1, column 38: /schools/0/capacity: want a whole number, got string`},
		{"a fraction", `{"schools": [{"capacity": 1.5}]}`, `line 1, column 27: /schools/0/capacity: want a whole number, got 1.5`},
		{"a number for an id", `{"applicants": [{"id": 7}]}`, `line 1, column 24: /applicants/0/id: want text, got number`},
		{"a record for a list", `{"schools": {}}`, `line 1, column 13: /schools: want a list in brackets, got {`},
		{"a pair of one", `{"couples": [{"list": [["a"]]}]}`, `/couples/0/list/0: want a pair of schools in brackets`},
		{"a pair of three", `{"couples": [{"list": [["a", "b", "c"]]}]}`, `/couples/0/list/0: want a pair of schools in brackets`},
		{"cut off", `{"schools": [`, `line 1, column 14: /schools: unexpected EOF`},
		{"nothing", ``, `line 1, column 1: unexpected EOF`},
	} {
		_, err := Read(strings.NewReader(c.text))
		var got *ReadError
		if !errors.As(err, &got) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.reason, err, c.want)
		}
	}
	broken := errors.New("the disk is gone")
	if _, err := Read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("a reader that fails: got %v", err)
	}
}

// Whatever the text, reading and validating end in a market that every mechanism can
// take, or in an error; and a matching keeps within places and eligibility.
func FuzzRead(f *testing.F) {
	seed, err := json.Marshal(validMarket())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed, uint64(1))
	f.Add([]byte(`{"applicants":[{"id":"a","list":["s"]}],"schools":[{"id":"s","capacity":2000000000,"floor":1,"ranking":[{"applicant":"a","points":-1}]}],
		"regions":[{"id":"r","schools":["s"],"floor":1,"cap":2147483647}]}`), uint64(7))
	f.Add([]byte(`{"schools":[{"id":"s","capacity":2147483647,"floor":2147483647},{"id":"t","capacity":2147483647,"floor":2147483647}]}`), uint64(7))
	f.Fuzz(func(t *testing.T, text []byte, lottery uint64) {
		m, err := Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		p, err := NewProblem(m, Lottery{Seed: lottery, PerSchool: lottery%2 == 0})
		if err != nil || p.Applicants() > 200 || len(p.order) > 2000 {
			return
		}
		for _, mechanism := range Mechanisms() {
			result, err := mechanism.Run(p, Options{}, &Trace{})
			if err != nil {
				continue
			}
			for _, b := range Breaches(p, result) {
				if strings.Contains(b.What, "places") || strings.Contains(b.What, "eligible") {
					t.Errorf("%s: %+v", mechanism.Name, b)
				}
			}
		}
	})
}
