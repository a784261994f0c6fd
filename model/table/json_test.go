package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// text gives the good county as JSON.
func text(t testing.TB) string {
	t.Helper()
	out, err := encode(goodCounty(t))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// place gives the line and column of a part of a text, as an error writes them.
func place(text, part string) string {
	before, _, found := strings.Cut(text, part)
	if !found {
		return "the part is not in the text"
	}
	return fmt.Sprintf("county.json line %d column %d", strings.Count(before, "\n")+1, len(before)-strings.LastIndex(before, "\n"))
}

// Every fault of a JSON file is reported, at its place.
func TestJSONFaults(t *testing.T) {
	type fault struct{ at, text string } // where it stands, and what follows the place
	tests := []struct {
		reason, old, new string
		want             []fault
	}{
		{"an unknown name in a record", `"township": "E1"`, `"townshp": "E1"`,
			[]fault{{`"townshp"`, `, schools[0].townshp: want a known name: did you mean "township"?`}}},
		{"an unknown name with a value of any depth", `"name": "试验县"`, `"naem": {"a": [1, {"b": []}]}`,
			[]fault{{`"naem"`, `, naem: want a known name: did you mean "name"?`}}},
		{"a name twice beside another fault", `"id": "good"`, `"id": 1, "id": "twice"`,
			[]fault{{`1, "id"`, `, id 1: want a string`}, {`"id": "twice"`, `, id: want each name once`}}},
		{"a word for a number", `"pupils": 45`, `"pupils": "many"`,
			[]fault{{`"many"`, `, schools[0].grades[0].pupils "many": want a whole number in plain digits that fits`}}},
		{"an exponent", `"pupils": 45`, `"pupils": 4.5e1`,
			[]fault{{`4.5e1`, `, schools[0].grades[0].pupils 4.5e1: want a whole number in plain digits that fits`}}},
		{"a number that does not fit", `"pupils": 45`, `"pupils": 99999999999999999999`,
			[]fault{{`99999999999999999999`, `, schools[0].grades[0].pupils 99999999999999999999: want a whole number in plain digits that fits`}}},
		{"a negative tier", `"tier": 2`, `"tier": -2`,
			[]fault{{`-2`, `, schools[1].tier -2: want a whole number from 0 up, in plain digits, that fits`}}},
		{"an object for a list", `"grades": [`, `"grades": {}, "grade": [`,
			[]fault{{`{}, "grade"`, `, schools[0].grades {: want a list […]`}, {`"grade": [`, `, schools[0].grade: want a known name: did you mean "grades"?`}}},
		{"an impossible day", `"born": "1978-03-04"`, `"born": "1978-02-30"`,
			[]fault{{`"1978-02-30"`, `, teachers[0].born "1978-02-30": want a day that exists, written as 2026-09-01`}}},
		{"an unknown word", `"degree": "bachelor"`, `"degree": "batchelor"`,
			[]fault{{`"batchelor"`, `, teachers[0].degree "batchelor": want a degree: did you mean "bachelor"?`}}},
		{"a truth that is none", `"town": true`, `"town": "yes"`,
			[]fault{{`"yes"`, `, schools[0].town "yes": want true or false`}}},
		{"NaN", `"pupils": 45`, `"pupils": NaN`,
			[]fault{{`NaN`, `, schools[0].grades[0].pupils: want well-formed JSON: invalid character 'N' looking for beginning of value`}}},
		{"a fault of the model", `"pupils": 45`, `"pupils": -45`,
			[]fault{{"{\n   \"id\": \"S1\"", `, schools[0].pupils_g1 "-45": want a whole number from 0 to 20000`}}},
		{"a dangling reference", `"school": "S1"`, `"school": "S3"`,
			[]fault{{"{\n   \"id\": \"T1\"", `, teachers[0].school "S3": want an id from schools; did you mean "S1"?`}}},
		{"an id twice", `"id": "S2"`, `"id": "S1"`,
			[]fault{{"{\n   \"id\": \"S1\",\n   \"name\": \"哈", `, schools[1].id "S1": want an id of its own; record 1 has it too`},
				{"{\n   \"id\": \"T2\"", `, teachers[1].preferences "S2": want an id from schools; did you mean "S1"?`}}},
		{"rules that are not the pack's", `"rotation_years": 6`, `"rotation_years": 9`,
			[]fault{{"{\n  \"class_cap\"", `, rules.rotation.years "9": want 6, as in the policy pack fuxin with the overrides`}}},
		{"an unknown policy key", `"key": "class_cap.primary"`, `"key": "clas_cap.primary"`,
			[]fault{{"[\n  {\n   \"key\"", `, overrides.clas_cap.primary "40": want a policy key: did you mean "class_cap.primary"?`}}},
		{"an unknown pack", `"policy": "fuxin"`, `"policy": "fuxing"`,
			[]fault{{"{\n \"format\"", `, policy "fuxing": want a policy pack: did you mean "fuxin"?`}}},
	}
	for _, test := range tests {
		changed := strings.Replace(text(t), test.old, test.new, 1)
		_, err := parseCounty("county.json", changed)
		var want []string
		for _, f := range test.want {
			want = append(want, place(changed, f.at)+f.text)
		}
		if err == nil || err.Error() != strings.Join(want, "\n") {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, strings.Join(want, "\n"))
		}
		var one *JSONError
		if !errors.As(err, &one) {
			t.Errorf("%s: no JSONError", test.reason)
		}
	}
}

// Texts that are no county at all.
func TestJSONTexts(t *testing.T) {
	tests := []struct{ reason, text, want string }{
		{"nothing", "", "county.json line 1 column 1: want well-formed JSON: EOF"},
		{"cut off", `{"format": 1, "id": "x"`, "county.json line 1 column 24: want well-formed JSON: EOF"},
		{"a list", `[1]`, "county.json line 1 column 1 [: want an object {…}"},
		{"something after the end", text(t) + "\n{}", "{}: want nothing after the end"},
		{"a bracket after the end", text(t) + "]", " ]: want nothing after the end"},
		{"another format, with names of its own", `{"format": 2, "planets": []}`, "county.json, format 2: want 1, the version that this program reads"},
		{"no format", `{"id": "x"}`, "county.json, format 0: want 1, the version that this program reads"},
		{"bytes that are not UTF-8", "{\n\"name\": \"\xb5\xda\"}", "county.json line 2 column 10: want UTF-8 text"},
		{"very deep", `{"format": 1, "x": ` + strings.Repeat("[", 20_000), "well-formed JSON that is less deep"},
		{"null", "null", "county.json, format 0: want 1"},
	}
	for _, test := range tests {
		if _, err := parseCounty("county.json", test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
	}
}

// A thousand faults in JSON are a thousand errors as well.
func TestJSONManyFaults(t *testing.T) {
	c := goodCounty(t)
	for i := range 1000 {
		c.Teachers = append(c.Teachers, c.Teachers[2])
		c.Teachers[3+i].ID = model.TeacherID(fmt.Sprint("R", i))
	}
	out, err := encode(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{`"degree": "batchelor"`, `"degre": "bachelor"`, `"degree": 3`} {
		head, tail, _ := strings.Cut(string(out), `"R0"`)
		_, err = parseCounty("county.json", head+`"R0"`+strings.ReplaceAll(tail, `"degree": "bachelor"`, bad))
		var all *Errors
		if !errors.As(err, &all) || all.Total != 1000 {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// Lists that are empty, absent or null are one and the same, and so is the hash.
func TestJSONEmptyLists(t *testing.T) {
	c := goodCounty(t)
	c.Teachers, c.Posts, c.Overrides, c.Rules.ClassCap.Primary = nil, nil, nil, 45
	want := c.Hash()
	var members map[string]any
	if err := json.Unmarshal([]byte(mustEncode(t, c)), &members); err != nil {
		t.Fatal(err)
	}
	members["teachers"], members["posts"], members["overrides"] = []any{}, nil, []any{}
	have, err := parseCounty("county.json", mustEncode(t, members))
	if diff := cmp.Diff(c, have); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if have.Hash() != want {
		t.Error("another hash")
	}
	c.Teachers = []model.Teacher{}
	if c.Hash() != want {
		t.Error("an empty list has another hash than none")
	}
}

func mustEncode(t *testing.T, value any) string {
	t.Helper()
	out, err := encode(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// A byte order mark is no fault in a JSON file either.
func TestJSONByteOrderMark(t *testing.T) {
	path := filepath.Join(t.TempDir(), "county.json")
	if err := os.WriteFile(path, []byte("\ufeff"+text(t)), 0o644); err != nil {
		t.Fatal(err)
	}
	have, err := Read(path)
	if diff := cmp.Diff(goodCounty(t), have); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
