package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/cmd/xianguan/internal/bench"
)

func TestEstimateCost(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	args := []string{"estimate", "--sizes", "100,400,1600", "--counties", "1,3", "--teachers", "200", "--province", "10", "--nation", "20", "--what-ifs", "5", "--price", "0.30"}
	stdout, stderr, code := invoke(t.Context(), args...)
	if code != exitDone || !strings.Contains(stderr, "3 counties of 200 people, 1 scenarios") {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	fits(t, stdout)
	for _, want := range []string{"Synthetic counties (合成数据)", "Predicted beside measured", "|       20 |    200 |         5 |", "At 0.30 yuan a core-hour, as given"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	stdout, _, code = invoke(t.Context(), append(args, "--json")...)
	var cost bench.Cost
	if err := json.Unmarshal([]byte(stdout), &cost); code != exitDone || err != nil {
		t.Fatalf("exit %d: %v", code, err)
	}
	if len(cost.Calibration) != 6 || len(cost.Compared) != 2 || len(cost.Estimates) != 4 || cost.Price != 30 || !cost.Synthetic {
		t.Errorf("%+v", cost)
	}
	for _, x := range cost.Compared {
		if x.Measured.CPU <= 0 || x.Measured.Vacant <= 0 || x.Predicted.CPU <= 0 {
			t.Errorf("nothing was done: %+v", x)
		}
	}
	for _, test := range []struct {
		reason string
		args   []string
		want   string
	}{
		{"an argument", []string{"county"}, "unknown command"},
		{"one size", []string{"--sizes", "100"}, "two sizes or more"},
		{"a county of nobody", []string{"--teachers", "0"}, "want people from 20"},
		{"no workers", []string{"--workers", "0"}, "want 1 to"},
		{"a price in words", []string{"--price", "cheap"}, `--price "cheap"`},
		{"a load that is none", []string{"load"}, "load in JSON"},
	} {
		if _, stderr, code := invoke(t.Context(), append([]string{"estimate"}, test.args...)...); code != exitBadInput || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
	}
}
