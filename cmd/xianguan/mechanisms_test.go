package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/allocation/report/golden"
)

// All mechanisms on two counties are what the goldens show.
func TestMechanisms(t *testing.T) {
	for name, args := range map[string][]string{
		"mechanisms-tiny":    {"mechanisms", data + "tiny"},
		"mechanisms-zhangwu": {"mechanisms", data + "zhangwu", "--seed", "2026"},
		"mechanisms-posts":   {"mechanisms", data + "zhangwu", "--seed", "2026", "--lottery-per-post"},
	} {
		stdout, stderr, code := invoke(t.Context(), args...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%s: exit %d: %s", name, code, stderr)
		}
		golden.Compare(t, name+".txt", stdout)
		fits(t, stdout)
	}
}

// The JSON has a row for everybody staying, every mechanism but couples, the rounds and the plan.
func TestMechanismsJSON(t *testing.T) {
	stdout, stderr, code := invoke(t.Context(), "mechanisms", data+"tiny", "--json")
	if code != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	var got allocation.MechanismsResult
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, row := range got.Rows {
		seen[row.Name] = true
		if row.Filled == 0 || row.Filled > got.Posts {
			t.Errorf("%+v of %d posts", row, got.Posts)
		}
	}
	names := []string{allocation.RowPresent, allocation.RowRounds, allocation.RowPlan}
	for _, m := range matching.Mechanisms() {
		if m.Name != "couples" {
			names = append(names, m.Name)
		}
	}
	for _, name := range names {
		if !seen[name] {
			t.Errorf("no row %s", name)
		}
	}
	if len(got.Rows) != len(names) {
		t.Errorf("%d rows, want %d", len(got.Rows), len(names))
	}
}

func TestMechanismsExitCodes(t *testing.T) {
	for _, test := range []struct {
		reason string
		args   []string
		stderr string
	}{
		{"a county that does not exist", []string{"mechanisms", data + "nowhere"}, "nowhere"},
		{"a county with a fault", []string{"mechanisms", data + "bad-dangling-school"}, "teachers.csv row"},
		{"no county", []string{"mechanisms"}, "accepts 1 arg(s)"},
		{"a negative time limit", []string{"mechanisms", filepath.Join(data, "tiny"), "--time-limit", "-1s"}, "time_limit"},
	} {
		_, stderr, code := invoke(t.Context(), test.args...)
		if code != exitBadInput || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%s: exit %d, stderr %q, want %d and %q", test.reason, code, stderr, exitBadInput, test.stderr)
		}
	}
}
