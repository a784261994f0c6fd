package table

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

// A county that is written and read again is the same, in both forms.
func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		c := counties().Draw(t, "county")
		for _, form := range []struct {
			path  string
			write func(string, *model.County) error
		}{{filepath.Join(dir, "folder"), WriteFolder}, {filepath.Join(dir, "county.json"), WriteJSON}} {
			if err := form.write(form.path, c); err != nil {
				t.Fatal(err)
			}
			again, err := Read(form.path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c, again); diff != "" {
				t.Fatalf("%s: read is not what was written (-written +read):\n%s", form.path, diff)
			}
			if c.Hash() != again.Hash() {
				t.Fatalf("%s: another hash", form.path)
			}
		}
	})
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("beside the folder and the file, drafts are left: %v %v", left, err)
	}
}
