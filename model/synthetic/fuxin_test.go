package synthetic

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// goldenFile holds a file to its content, or writes it with -update.
func goldenFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./model/synthetic -update writes it", err)
	}
	if !bytes.Equal(want, content) {
		t.Errorf("%s is not what the generator writes; go test ./model/synthetic -update writes it anew", path)
	}
}

// people is the content of people.csv.
func people(t *testing.T, c *model.County) []byte {
	t.Helper()
	var text bytes.Buffer
	rows := [][]string{{"teacher", "name"}}
	for _, p := range People(c) {
		rows = append(rows, []string{string(p.Teacher), p.Name})
	}
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// TestFuxin holds testdata/zhangwu and testdata/fumeng to what the generator
// writes, and to what table reads back.
func TestFuxin(t *testing.T) {
	for name, make := range map[string]func() (*model.County, error){"zhangwu": Zhangwu, "fumeng": Fumeng} {
		c, err := make()
		if err != nil {
			t.Fatal(err)
		}
		fresh := filepath.Join(t.TempDir(), name)
		if err := table.WriteFolder(fresh, c); err != nil {
			t.Fatal(err)
		}
		kept := filepath.Join("..", "..", "testdata", name)
		size := int64(0)
		files, err := fs.Glob(os.DirFS(fresh), "*.csv")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			content, err := os.ReadFile(filepath.Join(fresh, file))
			if err != nil {
				t.Fatal(err)
			}
			size += int64(len(content))
			goldenFile(t, filepath.Join(kept, file), content)
		}
		goldenFile(t, filepath.Join(kept, "people.csv"), people(t, c))
		if size > 1_000_000 {
			t.Errorf("%s: %d bytes, want under a megabyte", name, size)
		}
		read, err := table.Read(kept)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, read); diff != "" {
			t.Errorf("%s: read back (-generated +read):\n%s", name, diff)
		}
		persons, err := table.ReadPeople(filepath.Join(kept, "people.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(People(c), persons); diff != "" {
			t.Errorf("%s: people read back (-generated +read):\n%s", name, diff)
		}
	}
}

// TestMongolian: Fumeng has Mongolian-medium schools with teachers of the
// language, and not quite enough of them; Zhangwu has none.
func TestMongolian(t *testing.T) {
	c, err := Fumeng()
	if err != nil {
		t.Fatal(err)
	}
	medium := map[model.SchoolID]bool{}
	need, speak, holders, elsewhere := 0, 0, 0, 0
	y := newSyllabus(c)
	for i := range c.Schools {
		if s := &c.Schools[i]; s.Language == "mn" {
			medium[s.ID] = true
			need += y.need(s)
		}
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		speaks := len(t.Languages) > 0
		switch {
		case medium[t.School]:
			holders++
			if speaks {
				speak++
			}
		case speaks:
			elsewhere++
		}
	}
	t.Logf("%d Mongolian-medium schools, need %d, in post %d, of them %d speak Mongolian; %d speak it elsewhere", len(medium), need, holders, speak, elsewhere)
	if len(medium) < 6 || speak*100 < need*60 || speak >= need || elsewhere == 0 {
		t.Error("want at least six schools, and speakers for 60 % of the need or more, but not for all")
	}
	if c, err = Zhangwu(); err != nil {
		t.Fatal(err)
	}
	for _, s := range c.Subjects {
		if s.Language != "" {
			t.Errorf("Zhangwu has no Mongolian-medium school, but the subject %s", s.ID)
		}
	}
}
