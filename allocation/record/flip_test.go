package record_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/record"
)

// Every byte of every entry, and many of the objects, is changed in turn: one bit, and of some all bits and to a blank. Each is found in
// the file that it is in and told to the byte, with what was there.
func TestEveryFlippedByteIsLocated(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	ctx := context.Background()
	store := &shelf{}
	played(t, store)
	flips := 0
	try := func(what string, content []byte, want func(*record.Fault) bool) {
		for i := range content {
			right := content[i]
			for k, wrong := range []byte{right ^ 1, ^right, ' '} {
				if wrong == right || k > 0 && i%17 > 0 {
					continue
				}
				content[i] = wrong
				v, err := record.Verify(ctx, store, record.VerifyOptions{ChainOnly: true})
				content[i] = right
				flips++
				if err != nil || len(v.Faults) == 0 || v.Faults[0].Offset != i || v.Faults[0].Want != fmt.Sprintf("%q", right) || !want(v.Faults[0]) {
					t.Fatalf("%s, byte %d %q as %q: %v %+v", what, i, right, wrong, err, v)
				}
			}
		}
	}
	for number := range store.entries {
		try(fmt.Sprintf("entry %d", number+1), store.entries[number], func(f *record.Fault) bool { return f.Entry == number+1 })
	}
	inEntries := flips
	for _, hash := range keys(store.objects) {
		content := store.objects[hash]
		// A verification up to the object takes a while; every 307th byte, and both ends.
		for i := range content {
			if i%307 == 0 || i < 3 || i >= len(content)-3 {
				right := content[i]
				content[i] ^= 4
				v, err := record.Verify(ctx, store, record.VerifyOptions{ChainOnly: true})
				content[i] = right
				flips++
				if err != nil || len(v.Faults) == 0 || v.Faults[0].Object != hash || v.Faults[0].Offset != i || v.Faults[0].Entry == 0 {
					t.Fatalf("object %s, byte %d: %v %+v", hash, i, err, v.Faults)
				}
			}
		}
	}
	t.Logf("%d changes of entries and %d of objects, all located", inEntries, flips-inEntries)
	if v, err := record.Verify(ctx, store, record.VerifyOptions{}); err != nil || !v.OK() {
		t.Errorf("put right again: %v %+v", err, v)
	}
}

// In a folder each file, its removal, a stray and a change of order are found too.
func TestFolderIsJudgedWhole(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "record")
	folder, err := record.CreateFolder(path)
	must(t, err)
	head := played(t, folder).Head()
	must(t, folder.Close())
	var files []string
	must(t, filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, file)
		}
		return err
	}))
	verify := func() *record.Verification {
		t.Helper()
		reader, err := record.ReadFolder(path)
		must(t, err)
		v, err := record.Verify(ctx, reader, record.VerifyOptions{Head: head, ChainOnly: true})
		must(t, err)
		return v
	}
	if v := verify(); !v.OK() || v.Objects == 0 {
		t.Fatalf("%+v %v", v, v.Faults)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		must(t, err)
		if filepath.Base(file) == "lock" {
			if len(content) > 0 {
				t.Errorf("the lock has %d bytes", len(content))
			}
			continue
		}
		for reason, wrong := range map[string][]byte{"empty": {}, "cut": content[:len(content)/2], "longer": append(bytes.Clone(content), '\n'), "a byte less": slices.Delete(bytes.Clone(content), 10, 11)} {
			must(t, os.WriteFile(file, wrong, 0o600))
			if v := verify(); v.OK() || v.Faults[0].File != file {
				t.Errorf("%s %s: %v", file, reason, v.Faults)
			}
		}
		must(t, os.Remove(file))
		if v := verify(); v.OK() {
			t.Errorf("%s removed: nothing found", file)
		}
		must(t, os.WriteFile(file, content, 0o600))
	}
	for _, stray := range []string{"notes.txt", "entries/0000001.json", "entries/000099.json", "objects/abc"} {
		file := filepath.Join(path, stray)
		must(t, os.WriteFile(file, []byte("x"), 0o600))
		if v := verify(); v.OK() || !strings.Contains(v.Faults[0].File, filepath.Base(stray)) {
			t.Errorf("stray %s: %v", stray, v.Faults)
		}
		must(t, os.Remove(file))
	}
	first, second := filepath.Join(path, "entries/000004.json"), filepath.Join(path, "entries/000005.json")
	a, _ := os.ReadFile(first)
	b, _ := os.ReadFile(second)
	must(t, os.WriteFile(first, b, 0o600))
	must(t, os.WriteFile(second, a, 0o600))
	if v := verify(); v.OK() || v.Faults[0].Entry != 4 || v.Faults[0].Field != "number" {
		t.Errorf("two entries changed places: %v", v.Faults)
	}
}

// What a chain can't tell by itself, the head does: entries cut off the end.
func TestCutOffIsToldByTheHead(t *testing.T) {
	ctx := context.Background()
	store := &shelf{}
	head := played(t, store).Head()
	store.entries = store.entries[:7]
	v, err := record.Verify(ctx, store, record.VerifyOptions{ChainOnly: true})
	if err != nil || !v.OK() {
		t.Errorf("without the head: %v %v", err, v.Faults)
	}
	v, err = record.Verify(ctx, store, record.VerifyOptions{ChainOnly: true, Head: head})
	if err != nil || v.OK() || v.Faults[0].Field != "head" {
		t.Errorf("with the head: %v %v", err, v.Faults)
	}
}
