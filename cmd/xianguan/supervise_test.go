package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/allocation/supervision"
)

func TestSupervise(t *testing.T) {
	plan := planOf(t, "zhangwu")
	stdout, stderr, code := invoke(t.Context(), "supervise", data+"zhangwu", plan, "--retention", "97.3%", "--spending", "812000000,830000000", "--per-pupil", "15000, 14900", "--no-sharing")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "supervise-zhangwu.txt", stdout)
	stdout, _, code = invoke(t.Context(), "supervise", data+"tiny", "--json")
	var found supervision.Inspection
	if err := json.Unmarshal([]byte(stdout), &found); err != nil || code != exitDone || len(found.Findings) < 20 || len(found.Outside) == 0 {
		t.Errorf("exit %d, %v: %d findings", code, err, len(found.Findings))
	}
	for _, test := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"no county", nil, "accepts between 1 and 2"},
		{"a share that is none", []string{data + "tiny", "--retention", "97"}, "want a percentage"},
		{"more than all", []string{data + "tiny", "--retention", "101%"}, "want a percentage"},
		{"one year", []string{data + "tiny", "--spending", "100"}, "want two amounts"},
		{"no amount", []string{data + "tiny", "--per-pupil", "a,b"}, "want yuan of two years or more, this year last"},
		{"a plan of other data", []string{data + "tiny", plan}, "county_hash"},
	} {
		if _, stderr, code := invoke(t.Context(), append([]string{"supervise"}, test.args...)...); code != exitBadInput || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
	}
}
