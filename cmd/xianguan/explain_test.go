package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report/golden"
)

// planOf writes the plan of a sample county and gives its file.
func planOf(t *testing.T, county string, flags ...string) string {
	t.Helper()
	out := t.TempDir()
	if _, stderr, code := invoke(t.Context(), append([]string{"plan", data + county, "--out", out}, flags...)...); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	return filepath.Join(out, "plan.json")
}

func TestExplain(t *testing.T) {
	plans := map[string]string{"tiny": planOf(t, "tiny"), "zhangwu": planOf(t, "zhangwu")}
	for _, c := range []struct {
		name, county string
		ask          []string
	}{
		{"explain-teacher", "tiny", []string{"--teacher", "T6"}},
		{"explain-post", "tiny", []string{"--post", "S4/primary/chinese"}},
		{"explain-empty", "tiny", []string{"--school", "S4"}},
		{"explain-school", "zhangwu", []string{"--school", "S030"}},
		{"why-not-cost", "tiny", []string{"T6", "S4/primary/chinese"}},
		{"why-not-forbidden", "tiny", []string{"T4", "S3/primary/mathematics"}},
		{"why-not-same", "tiny", []string{"T1", "S1/primary/chinese"}},
		{"why-not-chain", "zhangwu", []string{"S001-02", "S020/primary/chinese"}},
	} {
		command := "explain"
		if strings.HasPrefix(c.name, "why-not") {
			command = "why-not"
		}
		stdout, stderr, code := invoke(t.Context(), append([]string{command, data + c.county, plans[c.county]}, c.ask...)...)
		if code != exitDone || stderr != "" {
			t.Errorf("%s: exit %d: %s", c.name, code, stderr)
			continue
		}
		golden.Compare(t, c.name+".txt", stdout)
		fits(t, stdout)
	}
	stdout, _, code := invoke(t.Context(), "why-not", data+"tiny", plans["tiny"], "T6", "S4/primary/chinese", "--json")
	var answer allocation.WhyNot
	if err := json.Unmarshal([]byte(stdout), &answer); err != nil || code != exitDone || answer.Extra[3].High != 84303 {
		t.Errorf("exit %d, %v: %s", code, err, stdout)
	}
}

// With a budget that binds, the empty posts say so, and the alternatives are searched for one by one.
func TestExplainWithBudget(t *testing.T) {
	county := t.TempDir()
	if err := os.CopyFS(county, os.DirFS(data+"tiny")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(county, "settings.csv")
	settings, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(settings, "subsidy.budget,700\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	if _, stderr, code := invoke(t.Context(), "plan", county, "--out", out); code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for name, ask := range map[string][]string{"explain-budget-school": {"--school", "S4"}, "explain-budget-teacher": {"--teacher", "T2"}, "explain-budget-post": {"--post", "S4/primary/chinese"}} {
		stdout, stderr, code := invoke(t.Context(), append([]string{"explain", county, filepath.Join(out, "plan.json")}, ask...)...)
		if code != exitDone || stderr != "" {
			t.Errorf("%s: exit %d: %s", name, code, stderr)
		}
		golden.Compare(t, name+".txt", stdout)
		fits(t, stdout)
	}
}

func TestExplainExitCodes(t *testing.T) {
	plan := planOf(t, "tiny")
	other := filepath.Join(t.TempDir(), "other.json")
	text, err := os.ReadFile(plan)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(other, []byte(strings.Replace(string(text), `"county_hash": "`, `"county_hash": "0`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		reason string
		args   []string
		stderr string
	}{
		{"a teacher who is not there", []string{"why-not", data + "tiny", plan, "T11", "S1/primary/chinese"}, `did you mean "T1"?`},
		{"a post that is not there", []string{"why-not", data + "tiny", plan, "T1", "S1/primary/chinesee"}, `did you mean "S1/primary/chinese"?`},
		{"no post at all", []string{"why-not", data + "tiny", plan, "T1", "S1"}, "SCHOOL/STAGE/SUBJECT"},
		{"a stage that is none", []string{"explain", data + "tiny", plan, "--post", "S1/primery/chinese"}, "primery"},
		{"nothing asked", []string{"explain", data + "tiny", plan}, "want one of --teacher"},
		{"two things asked", []string{"explain", data + "tiny", plan, "--teacher", "T1", "--school", "S1"}, "want one of --teacher"},
		{"a school that is not there", []string{"explain", data + "tiny", plan, "--school", "S11"}, `did you mean "S1"?`},
		{"no alternatives wanted", []string{"explain", data + "tiny", plan, "--teacher", "T1", "--most", "0"}, "want 1 or more"},
		{"a plan of other data", []string{"explain", data + "tiny", other, "--teacher", "T1"}, "county_hash"},
		{"a plan that is not there", []string{"explain", data + "tiny", plan + "x", "--teacher", "T1"}, "plan.jsonx"},
	} {
		stdout, stderr, code := invoke(t.Context(), c.args...)
		if code != exitBadInput || stdout != "" || !strings.Contains(stderr, c.stderr) {
			t.Errorf("%s: exit %d, %q, %q, want %q", c.reason, code, stdout, stderr, c.stderr)
		}
	}
}
