package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
)

func TestEvaluate(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if _, stderr, code := invoke(t.Context(), "plan", data+"tiny", "--out", filepath.Join(dir, "out")); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	planned := filepath.Join(dir, "out", "assignments.csv")
	lawful := write("lawful.csv", "teacher,post\nT3,S2/primary/chinese\nT5,S3/primary/mathematics\nT6,S4/primary/chinese\n")
	broken := write("broken.csv", "\ufeffteacher,school,stage,subject\r\nT3,S2,primary,chinese\r\nT5,S3,primary,mathematics\r\nT4,S3,primary,mathematics\r\nT6,,,\r\n")
	better := filepath.Join(dir, "better")
	tests := []struct {
		name   string
		args   []string
		code   int
		stderr string
	}{
		{"evaluate-planned", []string{planned}, exitDone, ""},
		{"evaluate-lawful", []string{lawful}, exitDone, ""},
		{"evaluate-broken", []string{broken, "--out", better}, exitBadInput, "broken.csv breaks a rule"},
		{"evaluate-unsolved", []string{broken, "--no-optimum"}, exitBadInput, "broken.csv breaks a rule"},
		{"evaluate-json", []string{lawful, "--json"}, exitDone, ""},
		{"a table that does not exist", []string{filepath.Join(dir, "none.csv")}, exitBadInput, "none.csv"},
		{"a table that is none", []string{write("posts.csv", "teacher,school\nT1,S1\n")}, exitBadInput, "posts.csv row 1: want either the column post"},
		{"nothing to write", []string{lawful, "--no-optimum", "--out", better}, exitBadInput, "--out"},
	}
	for _, test := range tests {
		stdout, stderr, code := invoke(t.Context(), append([]string{"evaluate", data + "tiny"}, test.args...)...)
		if code != test.code || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%s: exit %d, stderr %q, want %d and %q", test.name, code, stderr, test.code, test.stderr)
		}
		if strings.HasPrefix(test.name, "evaluate") {
			golden.Compare(t, test.name+".txt", stdout)
		}
		fits(t, stdout)
	}
	if _, stderr, code := invoke(t.Context(), "verify", data+"tiny", filepath.Join(better, "plan.json")); code != exitDone {
		t.Errorf("verify: exit %d: %s", code, stderr)
	}
	hopeless := filepath.Join(dir, "hopeless.csv")
	if err := os.WriteFile(hopeless, []byte("teacher,post\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, _, code := invoke(t.Context(), "evaluate", data+"infeasible-exchange", hopeless)
	if code != exitBadInput || !strings.Contains(stdout, "no plan at all") {
		t.Errorf("a county without a plan: exit %d\n%s", code, stdout)
	}
}

// What was done is held against the plan, as a workbook as well as CSV; broken rules are a finding and no error.
func TestBacktest(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	dir := t.TempDir()
	done := filepath.Join(dir, "done.csv")
	if err := os.WriteFile(done, []byte("教师编号,学校,学段,学科\nT3,北乡小学,小学,语文\nT5,S3,小学,数学\nT4,S3,小学,数学\nT6,,,\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := invoke(t.Context(), "backtest", data+"tiny", done)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "backtest-tiny.txt", stdout)
	// The plan itself, as done, is as good as the plan.
	plan, book := planOf(t, "zhangwu"), filepath.Join(dir, "plan.xlsx")
	if _, stderr, code := invoke(t.Context(), "report", data+"zhangwu", plan, "--out", book); code != exitDone {
		t.Fatal(stderr)
	}
	stdout, stderr, code = invoke(t.Context(), "backtest", data+"zhangwu", book)
	if code != exitDone || !strings.Contains(stdout, "1,500 have the same post, 0 another") || !strings.Contains(stdout, "in 0 places") {
		t.Errorf("exit %d: %s%s", code, stderr, stdout)
	}
	if _, _, code := invoke(t.Context(), "backtest", data+"infeasible-exchange", filepath.Join(dir, "none.csv")); code != exitBadInput {
		t.Errorf("a table that is not there: exit %d", code)
	}
}
