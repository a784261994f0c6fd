package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// without writes the tiny county without some of its teachers.
func without(t *testing.T, gone ...model.TeacherID) string {
	t.Helper()
	county, err := table.Read(data + "tiny")
	if err != nil {
		t.Fatal(err)
	}
	county.Teachers = slices.DeleteFunc(county.Teachers, func(p model.Teacher) bool { return slices.Contains(gone, p.ID) })
	path := filepath.Join(t.TempDir(), "county")
	if err := table.WriteFolder(path, county); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReplan(t *testing.T) {
	dir := t.TempDir()
	published := filepath.Join(dir, "published", "plan.json")
	if _, stderr, code := invoke(t.Context(), "plan", data+"tiny", "--pin", "T6=S2/primary/chinese", "--out", filepath.Dir(published)); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	county, out := without(t, "T6"), filepath.Join(dir, "again")
	for name, args := range map[string][]string{
		"replan":       {"replan", county, published, "--out", out},
		"replan-json":  {"replan", county, published, "--json"},
		"replan-first": {"replan", county, published, "--first"},
		"replan-price": {"replan", county, published, "--per-change", "250.50"},
		"replan-same":  {"replan", data + "tiny", published},
	} {
		stdout, stderr, code := invoke(t.Context(), args...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%s: exit %d: %s", name, code, stderr)
		}
		golden.Compare(t, name+".txt", stdout)
		fits(t, stdout)
	}
	content, err := os.ReadFile(filepath.Join(out, "changes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "replan-changes.csv", string(content))
	if _, stderr, code := invoke(t.Context(), "verify", county, filepath.Join(out, "plan.json")); code != exitDone {
		t.Errorf("verify: exit %d: %s", code, stderr)
	}
}

func TestReplanExitCodes(t *testing.T) {
	published := filepath.Join(t.TempDir(), "out", "plan.json")
	if _, stderr, code := invoke(t.Context(), "plan", data+"tiny", "--out", filepath.Dir(published)); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	tests := []struct {
		reason string
		args   []string
		code   int
		stderr string
	}{
		{"no plan", []string{data + "tiny"}, exitBadInput, "accepts 2 arg"},
		{"a plan that does not exist", []string{data + "tiny", "nowhere.json"}, exitBadInput, "nowhere.json"},
		{"a price below 0", []string{data + "tiny", published, "--per-change", "-1"}, exitBadInput, `--per-change "-1"`},
		{"a price that is no number", []string{data + "tiny", published, "--per-change", "dear"}, exitBadInput, `--per-change "dear"`},
		{"a pin on nobody", []string{data + "tiny", published, "--pin", "T99"}, exitBadInput, `pins.teacher "T99"`},
		{"a pin to a post that is not open", []string{data + "tiny", published, "--pin", "T1=S2/primary/chinese"}, exitInfeasible, `rule "ground"`},
	}
	for _, test := range tests {
		_, stderr, code := invoke(t.Context(), append([]string{"replan"}, test.args...)...)
		if code != test.code || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%s: exit %d, stderr %q, want %d and %q", test.reason, code, stderr, test.code, test.stderr)
		}
	}
}
