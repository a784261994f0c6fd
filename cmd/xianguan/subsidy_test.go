package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/allocation/subsidy"
)

func TestSubsidyEstimate(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole county is estimated: the run without -short tries it, and package subsidy smaller ones")
	}
	dir := t.TempDir()
	choices := filepath.Join(dir, "choices.csv")
	stdout, stderr, code := invoke(t.Context(), "subsidy", "simulate", data+"zhangwu", "--seed", "1", "--out", choices)
	if code != exitDone || stderr != "" || !strings.Contains(stdout, "SYNTHETIC CHOICES") {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	for name, args := range map[string][]string{
		"subsidy-estimate":          nil,
		"subsidy-estimate-without":  {"--without", "own_stage,partner_near", "--json"},
		"subsidy-estimate-refused":  {"--without", "subsidy"},
		"subsidy-estimate-declared": {"--elasticity", "0.05:0.15"},
		"subsidy-estimate-sampled":  {"--sample", "12", "--seed", "3"},
	} {
		stdout, stderr, code := invoke(t.Context(), append([]string{"subsidy", "estimate", data + "zhangwu", "--choices", choices}, args...)...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%s: exit %d: %s", name, code, stderr)
		}
		if !strings.Contains(name, "without") { // JSON has all digits, the last of which differ by processor
			golden.Compare(t, name+".txt", stdout)
		} else if !strings.Contains(stdout, `"synthetic_choices": true`) || strings.Contains(stdout, `"name": "own_stage"`) {
			t.Errorf("%s: not marked as synthetic, or with what was left out\n%s", name, stdout)
		}
		fits(t, stdout)
	}
}

// What an estimate prints is what a design takes, with its ranges.
func TestSubsidyEstimateToDesign(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole county is estimated: the run without -short tries it, and package subsidy smaller ones")
	}
	dir := t.TempDir()
	choices, coefficients := filepath.Join(dir, "choices.csv"), filepath.Join(dir, "model.json")
	if _, stderr, code := invoke(t.Context(), "subsidy", "simulate", data+"zhangwu", "--seed", "1", "--out", choices); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for reason, args := range map[string][]string{"estimated": nil, "declared": {"--elasticity", "0.08:0.12"}} {
		stdout, stderr, code := invoke(t.Context(), append([]string{"subsidy", "estimate", data + "zhangwu", "--choices", choices, "--json"}, args...)...)
		if code != exitDone {
			t.Fatalf("%s: exit %d: %s", reason, code, stderr)
		}
		if err := os.WriteFile(coefficients, []byte(stdout), 0o644); err != nil {
			t.Fatal(err)
		}
		stdout, stderr, code = invoke(t.Context(), "subsidy", "design", data+"zhangwu", "--budget", "1000000", "--step", "100", "--coefficients", coefficients)
		if code != exitDone || !strings.Contains(stdout, "choices in choices.csv") || !strings.Contains(stdout, "SYNTHETIC") {
			t.Errorf("%s: exit %d: %s\n%s", reason, code, stderr, stdout)
		}
	}
}

// Past assignments become choices by cut-offs, and what does not fit is named with its row.
func TestSubsidyAssignments(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "past.csv")
	county, err := readCounty(data + "zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	supply := subsidy.NewSupply(county, subsidy.OfferedAll)
	var rows strings.Builder
	rows.WriteString("year,teacher,post,points,synthetic\n")
	for i := range supply.People { // everybody stays
		who := &supply.People[i]
		post := "none"
		if who.Present >= 0 {
			post = supply.Posts[who.Present].String()
		}
		fmt.Fprintf(&rows, "2025,%s,%s,%d,yes\n", who.ID, post, i)
	}
	if err := os.WriteFile(file, []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	_, stderr, code := invoke(t.Context(), "subsidy", "estimate", data+"zhangwu", "--assignments", file)
	if code != exitBadInput || !strings.Contains(stderr, "staying") { // everybody stays, so staying says it all
		t.Errorf("exit %d: %s", code, stderr)
	}
	broken := strings.Replace(rows.String(), "2025,", "1025,", 1)
	if err := os.WriteFile(file, []byte(broken), 0o644); err != nil {
		t.Fatal(err)
	}
	_, stderr, code = invoke(t.Context(), "subsidy", "estimate", data+"zhangwu", "--assignments", file)
	if code != exitBadInput || !strings.Contains(stderr, "past.csv") || !strings.Contains(stderr, "1900") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

func TestSubsidyExitCodes(t *testing.T) {
	dir := t.TempDir()
	choices := filepath.Join(dir, "choices.csv")
	if _, stderr, code := invoke(t.Context(), "subsidy", "simulate", data+"tiny", "--out", choices); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	broken := filepath.Join(dir, "broken.csv")
	if err := os.WriteFile(broken, []byte("choice,teacher\n1,T1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		reason string
		args   []string
		says   string
	}{
		{"no file to write", []string{"simulate", data + "tiny"}, "--out"},
		{"no years", []string{"simulate", data + "tiny", "--out", choices, "--years", "0"}, "1 to 20"},
		{"no file of choices", []string{"estimate", data + "tiny"}, "--choices"},
		{"a file that does not exist", []string{"estimate", data + "tiny", "--choices", choices + "x"}, "choices.csvx"},
		{"columns that are missing", []string{"estimate", data + "tiny", "--choices", broken}, "subsidy"},
		{"choices and assignments", []string{"estimate", data + "tiny", "--choices", choices, "--assignments", choices}, "not both"},
		{"choices of another county", []string{"estimate", data + "zhangwu", "--choices", choices}, "a teacher of the county"},
		{"a range that is none", []string{"estimate", data + "tiny", "--choices", choices, "--elasticity", "0.2"}, "LOW:HIGH"},
		{"a sample of one", []string{"estimate", data + "tiny", "--choices", choices, "--sample", "1"}, "2 or more"},
		{"too few choices", []string{"estimate", data + "tiny", "--choices", choices}, "want at least"},
		{"a misspelt attribute", []string{"estimate", data + "tiny", "--choices", choices, "--random", "distanse"}, "distance"},
	} {
		_, stderr, code := invoke(t.Context(), append([]string{"subsidy"}, test.args...)...)
		if code != exitBadInput || !strings.Contains(stderr, test.says) {
			t.Errorf("%s: exit %d, %s; want exit %d and %q", test.reason, code, stderr, exitBadInput, test.says)
		}
	}
}
