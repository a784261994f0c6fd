package table

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

func listed(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// An existing folder is replaced as a whole: a table that the new county lacks
// does not stay behind.
func TestWriteFolderReplaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "county")
	if err := os.Mkdir(dir, 0o755); err != nil { // an empty folder is replaced, too
		t.Fatal(err)
	}
	c := goodCounty(t)
	c.Posts = []model.ApprovedPost{{PostID: model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "music"}, Need: 1}}
	if err := WriteFolder(dir, c); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(listed(t, dir), "posts.csv") {
		t.Error("no approved posts")
	}
	c.Posts = nil
	link := dir + "-link"
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(link+string(filepath.Separator), c); err != nil {
		t.Fatal(err)
	}
	want := []string{"curriculum.csv", "schools.csv", "settings.csv", "subsidies.csv", "teachers.csv", "townships.csv"}
	if diff := cmp.Diff(want, listed(t, dir)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"county", "county-link"}, listed(t, filepath.Dir(dir))); diff != "" {
		t.Error(diff)
	}
	again, err := Read(link)
	if diff := cmp.Diff(c, again); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// A folder with anything else in it is left alone.
func TestWriteFolderOccupied(t *testing.T) {
	for _, name := range []string{"README.md", "people.csv", "notes/"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.Mkdir(path, 0o755)
		} else {
			err = os.WriteFile(path, []byte("mine"), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		err = WriteFolder(dir, goodCounty(t))
		var occupied *OccupiedError
		if !errors.As(err, &occupied) || occupied.File != strings.TrimSuffix(name, "/") || !strings.Contains(err.Error(), occupied.File) {
			t.Errorf("%s: %v", name, err)
		}
		if len(listed(t, dir)) != 1 {
			t.Errorf("%s: the folder was changed", name)
		}
	}
}

// What no reader would take back is not written.
func TestWriteRefuses(t *testing.T) {
	tests := []struct {
		reason string
		change func(c *model.County)
		want   string
	}{
		{"a county that is not valid", func(c *model.County) { c.Schools[0].Quota = -1 }, "schools S1: quota \"-1\""},
		{"a name that is not UTF-8", func(c *model.County) { c.Schools[0].Name = "\xb5\xda" }, "UTF-8 text without NUL bytes"},
		{"a name with a NUL byte", func(c *model.County) { c.Name = "a\x00" }, "UTF-8 text without NUL bytes"},
		{"an empty assumption", func(c *model.County) { c.Origin.Assumed = []string{""} }, "origin.assumed"},
		{"rules that are not the pack's", func(c *model.County) { c.Rules.RotationYears = 9 },
			`policy key rotation.years "9": want 6, as in the policy pack fuxin with the overrides`},
		{"an override that no key has", func(c *model.County) { c.Overrides = append(c.Overrides, model.Override{Key: "x", Value: "1"}) }, `unknown policy key "x"`},
		{"an unknown pack", func(c *model.County) { c.Policy = "x" }, "a policy pack: one of fuxin, national"},
	}
	for _, test := range tests {
		c := goodCounty(t)
		test.change(c)
		dir := t.TempDir()
		for _, err := range []error{WriteFolder(filepath.Join(dir, "folder"), c), WriteJSON(filepath.Join(dir, "county.json"), c)} {
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: %v", test.reason, err)
			}
		}
		if left := listed(t, dir); len(left) > 0 {
			t.Errorf("%s: %v is there", test.reason, left)
		}
	}
}

// A folder has one row a subject, so it can't keep another order of the lines;
// JSON can.
func TestWriteCurriculumOrder(t *testing.T) {
	c := goodCounty(t)
	slices.Reverse(c.Curriculum)
	dir := t.TempDir()
	var fault *model.FieldError
	if err := WriteFolder(filepath.Join(dir, "folder"), c); !errors.As(err, &fault) || fault.Table != "curriculum" {
		t.Error(err)
	}
	path := filepath.Join(dir, "county.json")
	if err := WriteJSON(path, c); err != nil {
		t.Fatal(err)
	}
	again, err := Read(path)
	if diff := cmp.Diff(c, again); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// A failure leaves what was there.
func TestWriteFailure(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := goodCounty(t)
	if err := WriteFolder(file, c); err == nil {
		t.Error("a file passes for a folder")
	}
	if err := WriteFolder(filepath.Join(file, "below"), c); err == nil {
		t.Error("a folder below a file")
	}
	if err := WriteJSON(filepath.Join(dir, "none", "county.json"), c); err == nil {
		t.Error("a file in no folder")
	}
	if err := WriteJSON(dir, c); err == nil {
		t.Error("a folder passes for a file")
	}
	if diff := cmp.Diff([]string{"file"}, listed(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// Every pack can be written and read with every value that its ranges allow.
func TestWriteOverrides(t *testing.T) {
	for _, name := range policy.Names() {
		pack, err := policy.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		c := goodCounty(t)
		c.Policy, c.Overrides = name, nil
		for _, v := range pack.Values {
			c.Overrides = append(c.Overrides, model.Override{Key: v.Key, Value: v.Value})
		}
		c.Rules = pack.Rules()
		dir := filepath.Join(t.TempDir(), "county")
		if err := WriteFolder(dir, c); err != nil {
			t.Fatal(err)
		}
		again, err := Read(dir)
		if diff := cmp.Diff(c, again); err != nil || diff != "" {
			t.Error(err, diff)
		}
	}
}
