package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
	"github.com/xianguan/xianguan/allocation/scenario"
)

func TestEquity(t *testing.T) {
	plan := planOf(t, "zhangwu")
	stdout, stderr, code := invoke(t.Context(), "equity", data+"zhangwu", plan)
	if code != exitDone {
		t.Fatal(stderr)
	}
	fits(t, stdout)
	golden.Compare(t, "equity-zhangwu.txt", stdout)
	stdout, _, code = invoke(t.Context(), "equity", data+"zhangwu", plan, "--json")
	var balance scenario.Balance
	if err := json.Unmarshal([]byte(stdout), &balance); err != nil || code != exitDone || len(balance.Tiers) != 4 || len(balance.Staff) != 10 {
		t.Errorf("exit %d, %v: %d tiers, %d rows of staff", code, err, len(balance.Tiers), len(balance.Staff))
	}
	if _, stderr, code := invoke(t.Context(), "equity", data+"tiny", plan); code != exitBadInput || !strings.Contains(stderr, "county_hash") {
		t.Errorf("a plan of other data: exit %d, %s", code, stderr)
	}
}
