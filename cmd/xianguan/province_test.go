package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/province"
	"github.com/xianguan/xianguan/allocation/report/golden"
)

func TestProvince(t *testing.T) {
	out := t.TempDir()
	stdout, stderr, code := invoke(t.Context(), "province", data+"province", "--out", out)
	if code != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "province.txt", stdout)
	summary, err := os.ReadFile(filepath.Join(out, "summary.txt"))
	if err != nil || string(summary) != stdout {
		t.Errorf("summary.txt is not what is printed: %v", err)
	}
	text, err := os.ReadFile(filepath.Join(out, "province.json"))
	if err != nil {
		t.Fatal(err)
	}
	var result province.Result
	if err := json.Unmarshal(text, &result); err != nil || len(result.Counties) != 3 {
		t.Errorf("province.json: %v, %d counties", err, len(result.Counties))
	}
	for _, name := range []string{"north", "south", "west"} { // every plan is verified again from its files alone
		folder := filepath.Join(out, name)
		stdout, stderr, code := invoke(t.Context(), "verify", filepath.Join(folder, "county.json"), filepath.Join(folder, "plan.json"))
		if code != exitDone || !strings.Contains(stdout, "Every rule holds") {
			t.Errorf("%s: exit %d: %s", name, code, stderr)
		}
	}
	stdout, _, code = invoke(t.Context(), "province", data+"province", "--closing", "-1", "--rounds", "-1", "--json")
	if code != exitDone || json.Unmarshal([]byte(stdout), &result) != nil || result.Stop != province.StopConverged || result.Levels[0].Bound >= result.Levels[0].Objective {
		t.Errorf("prices alone: exit %d, %s, %+v", code, result.Stop, result.Levels)
	}
	stdout, _, code = invoke(t.Context(), "province", data+"province", "--closing", "-1", "--rounds", "-1")
	if code != exitDone {
		t.Errorf("prices alone: exit %d", code)
	}
	fits(t, stdout)
	golden.Compare(t, "province-prices.txt", stdout)
}

// The province of a test: the counties of testdata beside a file of its own.
func provinceOf(t *testing.T, file string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "north"), os.DirFS(data+"province/north")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "province.yaml"), []byte(file), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestProvinceRefuses(t *testing.T) {
	empty, broken := t.TempDir(), provinceOf(t, "budget: \"200000\"\n")
	if err := os.WriteFile(filepath.Join(broken, "north", "schools.csv"), []byte("id\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	two := provinceOf(t, "budget: \"200000\"\n")
	if err := os.WriteFile(filepath.Join(two, "province.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		reason string
		ctx    context.Context
		args   []string
		code   int
		stderr string
	}{
		{"no folder", t.Context(), []string{data + "nowhere"}, exitBadInput, "nowhere"},
		{"no province file", t.Context(), []string{empty}, exitBadInput, "want a province file: province.yaml"},
		{"two province files", t.Context(), []string{two}, exitBadInput, "not both province.json and province.yaml"},
		{"a county that is not there", t.Context(), []string{provinceOf(t, "budget: \"1\"\ncounties: [{county: noth}]\n")}, exitBadInput, `did you mean "north"?`},
		{"a county with a fault", t.Context(), []string{broken}, exitBadInput, `county "north": schools.csv`},
		{"too little money", t.Context(), []string{provinceOf(t, "budget: \"10\"\n")}, exitInfeasible, "want at least 32380.00"},
		{"a county that needs more than its limit", t.Context(), []string{provinceOf(t, "budget: \"200000\"\ncounties: [{county: north, most_budget: \"5\"}]\n")}, exitInfeasible, `county "north"`},
		{"a gap of more than all", t.Context(), []string{data + "province", "--gap", "2"}, exitBadInput, `gap "2"`},
		{"cancelled before every county has proposed", cancelled, []string{provinceOf(t, "budget: \"32380\"\n")}, exitStopped, "stopped"},
	} {
		out := filepath.Join(t.TempDir(), "out")
		_, stderr, code := invoke(test.ctx, append([]string{"province", "--out", out}, test.args...)...)
		if code != test.code || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
		if files, _ := filepath.Glob(filepath.Join(out, "*")); len(files) > 0 {
			t.Errorf("%s: %v was written", test.reason, files)
		}
	}
}
