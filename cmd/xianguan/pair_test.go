package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
)

func TestPair(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	plan, out := planOf(t, "zhangwu"), filepath.Join(t.TempDir(), "paired.xlsx")
	stdout, stderr, code := invoke(t.Context(), "pair", data+"zhangwu", plan, "--out", out)
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "pair-zhangwu.txt", stdout)
	paired, err := readCounty(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range paired.Schools {
		if s.Rural && s.Partner == "" {
			t.Errorf("%s has no partner", s.ID)
		}
	}
	if stdout, _, code := invoke(t.Context(), "pair", data+"tiny", "--json"); code != exitDone || !strings.Contains(stdout, `"partner": "S1"`) {
		t.Errorf("exit %d: %s", code, stdout)
	}
	if _, stderr, code := invoke(t.Context(), "pair", data+"tiny", "--most", "-1"); code != exitBadInput || !strings.Contains(stderr, "0 or more schools") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}
