package census_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
)

func importHills(t testing.TB, districts []string, o census.Options) *model.County {
	t.Helper()
	c, err := census.Import(strings.NewReader(hills), decode(t, hillMapping), districts, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestImportSchools(t *testing.T) {
	c := importHills(t, []string{" north "}, census.Options{Seed: 1})
	got := map[model.SchoolID]model.School{}
	for _, s := range c.Schools {
		got[s.ID] = s
	}
	grades := func(first int, pupils ...int) (list []model.Grade) {
		for i, n := range pupils {
			list = append(list, model.Grade{Grade: first + i, Pupils: n})
		}
		return list
	}
	tests := []struct {
		reason string
		want   model.School
	}{
		{"an urban school is in tier 0 and gives the seat", model.School{ID: "A1", Name: "Town primary", District: "North", Township: "N1.0E101.0",
			Position: model.Position{Lat: 1_050_000, Lon: 101_050_000}, Town: true, Grades: grades(1, 20, 20, 20, 20, 20, 20)}},
		{"pupils of all columns by largest remainder; 15 km of road: the first step", model.School{ID: "A2", Name: "Hill primary", District: "North", Township: "N1.0E101.1",
			Position: model.Position{Lat: 1_050_000, Lon: 101_155_000}, Tier: 1, Rural: true, Weak: true, Grades: grades(1, 4, 4, 4, 4, 4, 3)}},
		{"43 km of road: the last step", model.School{ID: "A3", Name: "Far primary", District: "North", Township: "N1.3E101.0",
			Position: model.Position{Lat: 1_350_000, Lon: 101_050_000}, Tier: 2, Rural: true, Grades: grades(1, 17, 17, 17, 17, 16, 16)}},
		{"a class size gives classes, and the kept staff a quota", model.School{ID: "A4", Name: "Middle school", District: "North", Township: "N1.0E101.0",
			Position: model.Position{Lat: 1_060_000, Lon: 101_060_000}, Town: true, Quota: 8,
			Grades: []model.Grade{{Grade: 7, Pupils: 34, Classes: 2}, {Grade: 8, Pupils: 33, Classes: 2}, {Grade: 9, Pupils: 33, Classes: 2}}}},
		{"without a position: no township, and as far as the seat", model.School{ID: "A7", Name: "Lost primary", District: "North",
			Rural: true, Grades: grades(1, 7, 7, 7, 7, 6, 6)}},
		{"a swapped position is put right", model.School{ID: "A8", Name: "Swapped primary", District: "North", Township: "N1.0E101.0",
			Position: model.Position{Lat: 1_055_000, Lon: 101_055_000}, Rural: true, Grades: grades(1, 7, 7, 7, 7, 6, 6)}},
		{"a position outside the bounds is forgotten", model.School{ID: "A9", Name: "Moon primary", District: "North",
			Rural: true, Grades: grades(1, 7, 7, 7, 7, 6, 6)}},
		{"few pupils without the mark make a weak school", model.School{ID: "B1", Name: "Unmarked primary", District: "North", Township: "N1.1E101.1",
			Position: model.Position{Lat: 1_100_000, Lon: 101_100_000}, Tier: 1, Rural: true, Weak: true, Grades: grades(1, 2, 2, 1, 1, 1, 1)}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, got[test.want.ID]); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", test.reason, test.want.ID, diff)
		}
	}
	if _, found := got["A5"]; found {
		t.Error("A5 has no pupils and should be left out")
	}
	if got["A1"].Name != "Town primary" {
		t.Error("of the rows of A1, the first should stay")
	}
	if want := (model.Position{Lat: 1_050_000, Lon: 101_050_000}); c.Seat != want {
		t.Errorf("seat %v, want that of the urban school with most pupils, %v", c.Seat, want)
	}
}

func TestImportTownships(t *testing.T) {
	c := importHills(t, []string{"North", "South"}, census.Options{})
	want := []model.Township{
		{ID: "S1.2E101.1", Name: "cell S1.2E101.1", Position: model.Position{Lat: -1_150_000, Lon: 101_100_000}},
		{ID: "S1.1E101.1", Name: "cell S1.1E101.1", Position: model.Position{Lat: -1_050_000, Lon: 101_100_000}},
		{ID: "N1.0E101.0", Name: "cell N1.0E101.0", Position: model.Position{Lat: 1_055_000, Lon: 101_055_000}},
		{ID: "N1.0E101.1", Name: "cell N1.0E101.1", Position: model.Position{Lat: 1_050_000, Lon: 101_155_000}},
		{ID: "N1.1E101.1", Name: "cell N1.1E101.1", Position: model.Position{Lat: 1_100_000, Lon: 101_100_000}},
		{ID: "N1.3E101.0", Name: "cell N1.3E101.0", Position: model.Position{Lat: 1_350_000, Lon: 101_050_000}},
	}
	if diff := cmp.Diff(want, c.Townships); diff != "" {
		t.Errorf("townships (-want +got):\n%s", diff)
	}
	homeless := edited(t, hillMapping, func(tree map[string]any) { delete(tree, "home_cell") })
	c, err := census.Import(strings.NewReader(hills), decode(t, homeless), []string{"South"}, census.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Townships) != 0 {
		t.Errorf("got %d townships without a cell size, want none", len(c.Townships))
	}
	for _, person := range c.Teachers {
		if person.Home != "" {
			t.Errorf("%s has the home %s, want none without townships", person.ID, person.Home)
		}
	}
}

func TestSeatOfARuralDistrict(t *testing.T) {
	c := importHills(t, []string{"South"}, census.Options{})
	if want := (model.Position{Lat: -1_150_000, Lon: 101_100_000}); c.Seat != want {
		t.Errorf("seat %v, want that of the school with most pupils, %v", c.Seat, want)
	}
}

func TestImportNamesTheCounty(t *testing.T) {
	tests := []struct {
		reason    string
		districts []string
		options   census.Options
		id        model.CountyID
		name      string
	}{
		{"one district", []string{"North"}, census.Options{}, "north", "North"},
		{"two districts, one of them twice", []string{"South", "NORTH", "South"}, census.Options{}, "south-and-1-more", "South, North"},
		{"names of one's own", []string{"South"}, census.Options{ID: "s", Name: "Selatan", NameEn: "South"}, "s", "Selatan"},
	}
	for _, test := range tests {
		c := importHills(t, test.districts, test.options)
		if c.ID != test.id || c.Name != test.name || c.NameEn != test.options.NameEn {
			t.Errorf("%s: got %q %q %q, want %q %q %q", test.reason, c.ID, c.Name, c.NameEn, test.id, test.name, test.options.NameEn)
		}
	}
}

func TestImportSaysWhatItDid(t *testing.T) {
	c := importHills(t, []string{"North"}, census.Options{Seed: 7})
	if o := c.Origin; !o.Synthetic || o.Seed != 7 || o.Source != "hills" || o.Licence != "CC0-1.0" || len(o.Real) != 1 {
		t.Errorf("origin %+v", o)
	}
	want := []string{
		"the people",
		"P (8 schools) teaches grades 1-6.",
		"J (1 school) teaches grades 7-9, in classes of at most 20, with the teachers in post as its staffing quota.",
		"The seat of North is taken to be at Town primary (A1), its urban school with most pupils.",
		"Fault of the census: 1 school whose id an earlier row has; left out: A1.",
		"Fault of the census: 1 school without enrolment; left out: A5.",
		"Fault of the census: 1 school without a number of teachers; kept as in the census: A6.",
		"Fault of the census: 1 school without a position; kept as in the census: A7.",
		"Fault of the census: 1 school with latitude and longitude swapped; kept with the two exchanged: A8.",
		"Fault of the census: 1 school positioned outside the bounds; kept with the position unknown: A9.",
		"Fault of the census: 1 school with few pupils but without the mark of it; marked from the number of pupils: B1.",
	}
	if diff := cmp.Diff(want, c.Origin.Assumed); diff != "" {
		t.Errorf("assumed (-want +got):\n%s", diff)
	}
}

func TestDistrictsThatDifferInCase(t *testing.T) {
	rows := hillHeader + "North,A1,One,P,town,120,,9,1,101,\nNORTH,A2,Two,P,town,120,,8,1,101,\n"
	m := decode(t, hillMapping)
	for district, teachers := range map[string]int{"North": 9, "NORTH": 8} {
		c, err := census.Import(strings.NewReader(rows), m, []string{district}, census.Options{})
		if err != nil || len(c.Teachers) != teachers {
			t.Errorf("%s: %v, want its own %d teachers", district, err, teachers)
		}
	}
	_, err := census.Import(strings.NewReader(rows), m, []string{"north"}, census.Options{})
	var unknown *census.DistrictError
	if !errors.As(err, &unknown) || len(unknown.Near) != 2 {
		t.Errorf("north: got %v, want a choice of two", err)
	}
}

func TestImportRefusesASubsidyThatFalls(t *testing.T) {
	falling := strings.Replace(hillMapping, "500.50", "200", 1)
	_, err := census.Import(strings.NewReader(hills), decode(t, falling), []string{"North"}, census.Options{})
	if faults := model.FieldErrors(err); len(faults) == 0 || faults[0].Field != "yuan_per_month" {
		t.Errorf("got %v, want a fault of yuan_per_month", err)
	}
}

// TestSplit holds the split of pupils to its definition on any number: the sum is kept,
// grades differ by one at most, and the lower grades have no fewer.
func TestSplit(t *testing.T) {
	m := decode(t, hillMapping)
	rapid.Check(t, func(t *rapid.T) {
		pupils := rapid.IntRange(1, 20_000).Draw(t, "pupils")
		row := strings.Replace("North,A,N,J,town,#,,9,1,101,yes\n", "#", itoa(pupils), 1)
		c, err := census.Import(strings.NewReader(hillHeader+row), m, []string{"North"}, census.Options{})
		if err != nil {
			t.Fatal(err)
		}
		grades := c.Schools[0].Grades
		if got := c.Schools[0].Pupils(0); got != pupils {
			t.Fatalf("%d pupils, want %d", got, pupils)
		}
		for i := 1; i < len(grades); i++ {
			if d := grades[i-1].Pupils - grades[i].Pupils; d < 0 || d > 1 {
				t.Fatalf("grades %+v", grades)
			}
		}
		if grades[0].Pupils-grades[2].Pupils > 1 {
			t.Fatalf("grades %+v", grades)
		}
	})
}

// A mapping says which subjects the indicator of PE and art teachers counts.
func TestImportMarksArts(t *testing.T) {
	mapping := edited(t, hillMapping, func(tree map[string]any) {
		periods := map[string]any{"1-9": "4"}
		tree["subjects"] = []any{map[string]any{"id": "music", "name": "Music", "arts": true, "periods": periods},
			map[string]any{"id": "reading", "name": "Reading", "periods": periods}}
	})
	c, err := census.Import(strings.NewReader(hills), decode(t, mapping), []string{"South"}, census.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Subject{{ID: "music", Name: "Music", Arts: true}, {ID: "reading", Name: "Reading"}}
	if diff := cmp.Diff(want, c.Subjects); diff != "" {
		t.Error(diff)
	}
}
