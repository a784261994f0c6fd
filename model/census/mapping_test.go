package census_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
)

func TestDecodeMappingRefuses(t *testing.T) {
	set := func(path string, value any) func(map[string]any) {
		return func(tree map[string]any) {
			keys := strings.Split(path, ".")
			for _, key := range keys[:len(keys)-1] {
				if list, ok := tree[key].([]any); ok {
					tree = list[0].(map[string]any)
				} else {
					tree = tree[key].(map[string]any)
				}
			}
			tree[keys[len(keys)-1]] = value
		}
	}
	tests := []struct {
		reason string
		edit   func(map[string]any)
		path   string // of the first error
		want   string // part of its text
	}{
		{"a key with a slip of the pen", set("colums", map[string]any{}), "colums", `did you mean "columns"`},
		{"an unknown key inside", set("columns.lattitude", "x"), "columns.lattitude", "a key that a mapping has"},
		{"an unknown key of a list element", set("kinds.grade", "1-6"), "kinds[0].grade", `did you mean "grades"`},
		{"a later format", set("format", 2), "format", "1, the version"},
		{"text for a number", set("format", "1"), "format", "a whole number"},
		{"a number for text", set("source", 1), "source", "text in quotes"},
		{"an object for a list", set("kinds", map[string]any{}), "kinds", "a list"},
		{"a number that does not fit", set("tiers.tier", 300), "tiers.tier", "a whole number in range"},
		{"no source", set("source", ""), "source", "where the census comes from"},
		{"no licence", set("licence", ""), "licence", "the licence"},
		{"nothing said to be real", set("real", []string{}), "real", "at least one sentence"},
		{"nothing said to be assumed", set("assumed", []string{}), "assumed", "at least one sentence"},
		{"a day that does not exist", set("date", "2026-02-30"), "date", "the first day"},
		{"no column of ids", set("columns.id", ""), "columns.id", "the column of the school's id"},
		{"no pupils", set("columns.pupils", []string{}), "columns.pupils", "at least one"},
		{"pupils that count twice", set("columns.pupils", []string{"main", "main"}), "columns.pupils[1]", "each column once"},
		{"a value of both meanings", set("urban.no", []string{"town"}), "urban.no[0]", "either yes or no"},
		{"a flag without a yes", set("urban.yes", []string{}), "urban.column", "the values that mean yes"},
		{"a negative limit", set("under_enrolled.limit", -1), "under_enrolled.limit", "a number of pupils"},
		{"grades beyond 12", set("kinds.grades", "1-13"), "kinds[0].grades", "grades from 1 to 12"},
		{"grades that run down", set("kinds.grades", "6-1"), "kinds[0].grades", "grades from 1 to 12"},
		{"a level without a column", set("kinds.level", "X"), "kinds[0].level", "columns.level"},
		{"a class of a thousand", set("kinds.class_size", 1000), "kinds[0].class_size", "from 1 to 200"},
		{"a kind that hides the next", set("kinds.type", ""), "kinds[1].type", "hidden by kind 1"},
		{"an unknown pack", set("policy", "nacional"), "policy", "a policy pack"},
		{"an unknown key of the pack", set("overrides", []any{map[string]any{"key": "class_cap.primry", "value": "40", "why": "x"}}), "overrides", "class_cap.primary"},
		{"a value out of range", set("overrides", []any{map[string]any{"key": "class_cap.primary", "value": "4000", "why": "x"}}), "overrides", "class_cap.primary"},
		{"an assumption without a reason", set("overrides", []any{map[string]any{"key": "class_cap.primary", "value": "40"}}), "overrides[0].why", "the reason"},
		{"a subject twice in a grade", set("subjects", []any{map[string]any{"id": "x", "name": "X", "periods": map[string]any{"1-3": "4", "3-6": "4"}}}), "subjects[0].periods.3-6", "each grade of a subject once"},
		{"periods of a hundredth", set("subjects", []any{map[string]any{"id": "x", "name": "X", "periods": map[string]any{"1": "4.25"}}}), "subjects[0].periods.1", "weekly periods"},
		{"a share over the whole", set("people", map[string]any{"women": "120%"}), "people.women", "from 0% to 100%"},
		{"a share that is no percentage", set("people", map[string]any{"leave": "1"}), "people.leave", "a percentage"},
		{"a subject that nobody teaches", set("people", map[string]any{"short": map[string]any{"musik": "1%"}}), "people.short.musik", `did you mean "music"`},
		{"tiers that fall", set("tiers.from_metres", 30000), "tiers[1].from_metres", "grow from step to step"},
		{"a tier of seven", set("tiers.tier", 7), "tiers[0].tier", "a tier from 0 to 6"},
		{"an amount in words", set("subsidy.yuan_per_month", "many"), "subsidy[0].yuan_per_month", "an amount in yuan"},
		{"cells of a metre", set("home_cell", "0.00001"), "home_cell", "degrees from 0.010000"},
		{"a box upside down", set("bounds.south", "6"), "bounds", "south below north"},
		{"a box beyond the pole", set("bounds.north", "91"), "bounds.north", "degrees from -90 to 90"},
		{"a treatment that does not fit", set("faults.no_pupils", "swap"), "faults.no_pupils", "one of refuse, leave-out, keep"},
		{"a treatment with a slip of the pen", set("faults.no_pupils", "leaveout"), "faults.no_pupils", `did you mean "leave-out"`},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			_, err := census.DecodeMapping(strings.NewReader(edited(t, hillMapping, test.edit)))
			var fault *census.MappingError
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want a MappingError", err)
			}
			if fault.Path != test.path || !strings.Contains(fault.Error(), test.want) {
				t.Errorf("got %v\nwant path %q and %q", fault, test.path, test.want)
			}
		})
	}
}

func TestDecodeMappingRefusesText(t *testing.T) {
	tests := []struct{ reason, text, want string }{
		{"an empty file", "", "JSON"},
		{"no JSON", "columns: x", "JSON"},
		{"a list", "[]", "an object"},
		{"two mappings", hillMapping + "{}", "nothing after the end"},
		{"a key twice", `{"format": 1, "format": 1}`, "each key once"},
		{"a key in capitals", `{"Format": 1}`, `did you mean "format"`},
		{"a well of lists", `{"kinds":` + strings.Repeat("[", 10_000), "more than"},
		{"a cut file", hillMapping[:200], "JSON"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			_, err := census.DecodeMapping(strings.NewReader(test.text))
			var fault *census.MappingError
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want a MappingError with %q", err, test.want)
			}
		})
	}
}

func TestDecodeMappingRefusesLargeFiles(t *testing.T) {
	_, err := census.DecodeMapping(strings.NewReader(strings.Repeat(" ", 2<<20)))
	var size *census.SizeError
	if !errors.As(err, &size) {
		t.Fatalf("got %v, want a SizeError", err)
	}
}

func TestDecodeMappingReportsEveryFault(t *testing.T) {
	text := edited(t, hillMapping, func(tree map[string]any) {
		tree["source"], tree["date"], tree["home_cell"] = "", "today", "none"
	})
	_, err := census.DecodeMapping(strings.NewReader(text))
	for _, path := range []string{"source", "date", "home_cell"} {
		if !strings.Contains(err.Error(), "mapping: "+path+" ") {
			t.Errorf("%v says nothing of %s", err, path)
		}
	}
}

func TestMappingErrorsUnwrap(t *testing.T) {
	_, err := census.DecodeMapping(strings.NewReader(`{"Format": 1}`))
	var unknown *model.UnknownWordError
	if !errors.As(err, &unknown) || unknown.Word != "Format" {
		t.Errorf("got %v, want an UnknownWordError of Format", err)
	}
}

func TestReadMappingNamesTheFile(t *testing.T) {
	path := t.TempDir() + "/bad.json"
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := census.ReadMapping(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want the name of the file", err)
	}
	if _, err := census.ReadMapping(path + "x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want a missing file", err)
	}
}
