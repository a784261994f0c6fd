package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSubsidyEstimate(t *testing.T) {
	dir := t.TempDir()
	choices := filepath.Join(dir, "choices.csv")
	stdout, stderr, code := invoke(t.Context(), "subsidy", "simulate", data+"zhangwu", "--seed", "1", "--out", choices)
	if code != exitDone || stderr != "" || !strings.Contains(stdout, "SYNTHETIC CHOICES") {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	for name, args := range map[string][]string{
		"subsidy-estimate":         nil,
		"subsidy-estimate-without": {"--without", "own_stage,partner_near", "--json"},
		"subsidy-estimate-refused": {"--without", "subsidy"},
	} {
		stdout, stderr, code := invoke(t.Context(), append([]string{"subsidy", "estimate", data + "zhangwu", "--choices", choices}, args...)...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%s: exit %d: %s", name, code, stderr)
		}
		if !strings.Contains(name, "without") { // JSON has all digits, the last of which differ by processor
			golden(t, name+".txt", stdout)
		} else if !strings.Contains(stdout, `"synthetic_choices": true`) || strings.Contains(stdout, "own_stage") {
			t.Errorf("%s: not marked as synthetic, or with what was left out\n%s", name, stdout)
		}
		fits(t, stdout)
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
		{"too few choices", []string{"estimate", data + "tiny", "--choices", choices}, "want at least"},
		{"a misspelt attribute", []string{"estimate", data + "tiny", "--choices", choices, "--random", "distanse"}, "distance"},
	} {
		_, stderr, code := invoke(t.Context(), append([]string{"subsidy"}, test.args...)...)
		if code != exitBadInput || !strings.Contains(stderr, test.says) {
			t.Errorf("%s: exit %d, %s; want exit %d and %q", test.reason, code, stderr, exitBadInput, test.says)
		}
	}
}
