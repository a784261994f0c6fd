package table

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// again holds a county that was read to the promise of a round trip: written in
// both forms, it is read as the same county.
func again(t *testing.T, c *model.County) {
	t.Helper()
	out, err := encode(c)
	if err != nil {
		t.Fatal(err)
	}
	fromJSON, err := parseCounty("county.json", string(out))
	if err != nil {
		t.Fatalf("what was read can't be read again from JSON: %v", err)
	}
	if diff := cmp.Diff(c, fromJSON); diff != "" {
		t.Fatalf("JSON:\n%s", diff)
	}
	files, err := folderFiles(c)
	if err != nil {
		if model.FieldErrors(err) == nil { // only JSON keeps another order of the curriculum
			t.Fatal(err)
		}
		return
	}
	texts := map[string]string{}
	for name, content := range files {
		texts[name] = string(content)
	}
	fromFolder, err := ReadFS(folder(texts))
	if err != nil {
		t.Fatalf("what was read can't be read again from a folder: %v", err)
	}
	if diff := cmp.Diff(c, fromFolder); diff != "" {
		t.Fatalf("folder:\n%s", diff)
	}
}

// seeds adds the good form of a file and the bad ones of testdata to a fuzz target.
func seeds(f *testing.F, name string) {
	f.Add(good()[name])
	paths, err := filepath.Glob("../../testdata/bad-*/" + name)
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
}

// fuzzFile fuzzes one file of a county whose other files are good.
func fuzzFile(f *testing.F, name string) {
	seeds(f, name)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ReadFS(with(map[string]string{name: text}))
		if err != nil {
			if c != nil || err.Error() == "" {
				t.Fatalf("%v beside %q", c, err)
			}
			return
		}
		again(t, c)
	})
}

func FuzzSchools(f *testing.F)    { fuzzFile(f, "schools.csv") }
func FuzzTeachers(f *testing.F)   { fuzzFile(f, "teachers.csv") }
func FuzzCurriculum(f *testing.F) { fuzzFile(f, "curriculum.csv") }
func FuzzSubsidies(f *testing.F)  { fuzzFile(f, "subsidies.csv") }
func FuzzSettings(f *testing.F)   { fuzzFile(f, "settings.csv") }
func FuzzTownships(f *testing.F)  { fuzzFile(f, "townships.csv") }

func FuzzPosts(f *testing.F) {
	f.Add("school,stage,subject,need\nS1,primary,music,1\n")
	fuzzFile(f, "posts.csv")
}

func FuzzPeople(f *testing.F) {
	f.Add("teacher,name,id_number\nT1,张三,210921197803040011\n")
	f.Add("teacher,name\nT1,\"a\"\"b\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		read := func(text string) ([]model.Person, error) {
			found := &Errors{}
			people := parsePeople(open(folder(map[string]string{"people.csv": text}), "people.csv", false, found))
			return people, found.orNil()
		}
		people, err := read(text)
		if err != nil {
			return
		}
		same, err := read(string(writeRows(people, personColumns())))
		if diff := cmp.Diff(people, same); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}

func FuzzCountyJSON(f *testing.F) {
	f.Add(text(f))
	f.Add(`{"format":1,"schools":[{"grades":null}],"rules":{}}`)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseCounty("county.json", text)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without a text")
			}
			return
		}
		again(t, c)
	})
}

func FuzzPlanJSON(f *testing.F) {
	f.Add(`{"format":1,"posts":[{"school":"S1","stage":"primary","subject":"pe","need":2}],"assignments":[{"teacher":"T1","ground":"stay"}]}`)
	f.Add(`{"format":1,"options":{"gap":0.01,"weights":{"subject":{"pe":20000}},"pins":[{"teacher":"T1"}]},"stop":"time","levels":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parsePlan("plan.json", text)
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without a text")
			}
			return
		}
		out, err := encode(p)
		if err != nil {
			t.Fatal(err)
		}
		same, err := parsePlan("plan.json", string(out))
		if err != nil {
			t.Fatal(err)
		}
		next, err := encode(same)
		if diff := cmp.Diff(string(out), string(next)); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}
