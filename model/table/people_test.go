package table

import (
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
			return model.Person{Teacher: model.TeacherID(names().Draw(t, "id")), Name: names().Draw(t, "name"), IDNumber: optional(names()).Draw(t, "number")}
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
