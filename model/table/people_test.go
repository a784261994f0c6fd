package table

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

func TestPeopleRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "people.csv")
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) model.Person {
			return model.Person{Teacher: model.TeacherID(labels().Draw(t, "id")), Name: names().Draw(t, "name"), IDNumber: optional(idNumbers()).Draw(t, "number")}
		}), 1, 4, func(p model.Person) model.TeacherID { return p.Teacher }).Draw(t, "people")
		if err := WritePeople(path, people); err != nil {
			t.Fatal(err)
		}
		again, err := ReadPeople(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(people, again); diff != "" {
			t.Fatal(diff)
		}
	})
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v: names are for their owner alone", info.Mode(), err)
	}
}

// idNumbers draws ID numbers that could be someone's.
func idNumbers() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		body := fmt.Sprintf("%06d19%02d%02d%02d%03d", rapid.IntRange(110000, 659999).Draw(t, "place"), rapid.IntRange(0, 99).Draw(t, "year"),
			rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 999).Draw(t, "serial"))
		for _, check := range "0123456789X" {
			if number, _, err := model.ParseIDNumber(body + string(check)); err == nil {
				return number
			}
		}
		t.Fatal("no check digit fits")
		return ""
	})
}

// An error about an ID number does not show it.
func TestIDNumberFaults(t *testing.T) {
	for _, test := range []struct{ reason, number, want string }{
		{"a wrong check digit", "110105194912310021", `people.csv row 2, id_number "110105************": want an ID number whose check digit fits: one of its characters is mistyped`},
		{"too short", "1101051949", `people.csv row 2, id_number "**********": want an ID number (身份证号) of 18 characters: 17 digits, then a digit or X`},
		{"a day that is none", "11010519491232002X", `people.csv row 2, id_number "110105************": want an ID number whose digits 7 to 14 are a birthday that exists`},
	} {
		path := filepath.Join(t.TempDir(), "people.csv")
		if err := os.WriteFile(path, []byte("teacher,name,id_number\nT1,张三,"+test.number+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadPeople(path); err == nil || err.Error() != test.want {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
	}
	path := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(path, []byte("工号,姓名,身份证号\nT1,张𬭎,１１０１０５１９４９１２３１００２x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	people, err := ReadPeople(path)
	want := []model.Person{{Teacher: "T1", Name: "张𬭎", IDNumber: "11010519491231002X"}}
	if diff := cmp.Diff(want, people); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestPeopleFaults(t *testing.T) {
	tests := []struct {
		reason string
		people []model.Person
		want   string
	}{
		{"no id", []model.Person{{Name: "张三"}}, `people.csv row 2, teacher "": want a value`},
		{"no name", []model.Person{{Teacher: "T1"}}, `people.csv row 2, name "": want a value`},
		{"a teacher twice", []model.Person{{Teacher: "T1", Name: "张三"}, {Teacher: "T1", Name: "李四"}},
			`people.csv row 3, teacher "T1": want each teacher once; row 2 has it too`},
		{"a name that is no text", []model.Person{{Teacher: "T1", Name: "\xd5\xff"}},
			`people.csv row 2, name "\xd5\xff": want `},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "people.csv")
		if err := WritePeople(path, test.people); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: written: %v", test.reason, err)
		}
		if err := os.WriteFile(path, writeRows(test.people, personColumns()), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadPeople(path); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: read: %v", test.reason, err)
		}
	}
	if _, err := ReadPeople(filepath.Join(t.TempDir(), "people.csv")); err == nil {
		t.Error("a file that is not there")
	}
}
