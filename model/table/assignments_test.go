package table

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

func TestReadAssignments(t *testing.T) {
	c, err := Read("../../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Pin{{Teacher: "T3", Post: model.PostID{School: "S2", Stage: model.StagePrimary, Subject: "chinese"}}, {Teacher: "T6"}}
	for reason, text := range map[string]string{
		"post in one column":         "teacher,post\nT3,S2/primary/chinese\nT6,\n",
		"post in three, any order":   "subject,school,stage,teacher\nchinese,S2,primary,T3\n,,,T6\n",
		"a mark and Windows lines":   "\ufeffteacher,post\r\nT3,S2/primary/chinese\r\n\r\nT6,\r\n",
		"as a plan writes it":        "teacher,from_school,from_name,from_stage,from_subject,to_school,to_name,to_stage,to_subject,moved,ground\nT3,S1,x,primary,chinese,S2,y,primary,chinese,yes,rotation\nT6,,,,,,,,,,none\n",
		"a stage in the other words": "teacher,post\nT3,S2/小学/chinese\nT6,\n",
	} {
		got, err := readAssignments(fstest.MapFS{"a.csv": {Data: []byte(text)}}, "a.csv", c)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", reason, err, diff)
		}
	}
	for reason, test := range map[string]struct{ text, want string }{
		"an empty file":               {"", "a.csv row 1: want either"},
		"no teacher":                  {"post\nS1/primary/chinese\n", "a.csv row 1, teacher"},
		"two forms":                   {"teacher,post,school,stage,subject\n", "a.csv row 1: want either"},
		"half a form":                 {"teacher,school,stage\n", "a.csv row 1: want either"},
		"a misspelt column":           {"teacher,post,remark\nT3,,x\n", `a.csv row 1, column 3 "remark"`},
		"a teacher twice":             {"teacher,post\nT3,\nT3,\n", `a.csv row 3, teacher "T3": want each teacher in one row; row 2`},
		"a teacher of another county": {"teacher,post\nT33,\n", `a.csv row 2, teacher "T33": want a teacher of the county; did you mean "T3"?`},
		"a school of another county":  {"teacher,school,stage,subject\nT3,S22,primary,chinese\n", `a.csv row 2, school "S22": want a school of the county; did you mean "S2"?`},
		"a misspelt stage":            {"teacher,to_school,to_stage,to_subject\nT3,S2,primry,chinese\n", `a.csv row 2, to_stage "primry"`},
		"a misspelt subject":          {"teacher,to_school,to_stage,to_subject\nT3,S2,primary,chines\n", `a.csv row 2, to_subject "chines": want a subject of the county; did you mean "chinese"?`},
		"half a post":                 {"teacher,school,stage,subject\nT3,S2,,chinese\n", `a.csv row 2, school "S2": want school, stage and subject`},
		"a post that is none":         {"teacher,post\nT3,S2\n", `a.csv row 2, post "S2": want a post as SCHOOL/STAGE/SUBJECT`},
		"no text":                     {"teacher,post\n\xd5\xff,\n", "these bytes stand for no character"},
	} {
		pins, err := readAssignments(fstest.MapFS{"a.csv": {Data: []byte(test.text)}}, "a.csv", c)
		if err == nil || pins != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, %v, want %q", reason, pins, err, test.want)
		}
	}
}

func FuzzReadAssignments(f *testing.F) {
	c, err := Read("../../testdata/tiny")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("teacher,post\nT3,S2/primary/chinese\n")
	f.Add("teacher,school,stage,subject\nT3,S2,primary,chinese\n")
	f.Add("teacher,to_school,to_stage,to_subject,moved\n\"T3\",,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		pins, err := readAssignments(fstest.MapFS{"a.csv": {Data: []byte(text)}}, "a.csv", c)
		if (err == nil) != (pins != nil) {
			t.Fatalf("%v, %v", pins, err)
		}
		seen := map[model.TeacherID]bool{}
		for _, pin := range pins {
			if seen[pin.Teacher] {
				t.Errorf("%s twice", pin.Teacher)
			}
			seen[pin.Teacher] = true
		}
	})
}
