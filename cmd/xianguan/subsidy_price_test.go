package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/report/golden"
)

func TestSubsidyPrice(t *testing.T) {
	stdout, stderr, code := invoke(t.Context(), "subsidy", "price", data+"zhangwu")
	if code != exitDone || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	golden.Compare(t, "subsidy-price.txt", stdout)
	fits(t, stdout)
}

// The more a filled place is worth, the more places are filled, and the JSON says that the coefficients are made up.
func TestSubsidyPriceWorth(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole county is estimated: the run without -short tries it, and package subsidy smaller ones")
	}
	filled := make([]int, 0, 2)
	for _, worth := range []string{"100", "3000"} {
		stdout, stderr, code := invoke(t.Context(), "subsidy", "price", data+"zhangwu", "--worth", worth, "--json")
		if code != exitDone {
			t.Fatalf("worth %s: exit %d: %s", worth, code, stderr)
		}
		var price report.SubsidyPrice
		if err := json.Unmarshal([]byte(stdout), &price); err != nil {
			t.Fatal(err)
		}
		if !price.Model.Synthetic {
			t.Error("does not say that the coefficients are made up")
		}
		filled = append(filled, price.Prices.Filled)
	}
	if filled[0] >= filled[1] {
		t.Errorf("filled %d at a worth of 100 yuan, %d at 3,000", filled[0], filled[1])
	}
}

func TestSubsidyPriceRefused(t *testing.T) {
	for reason, args := range map[string][]string{
		"a worth that is no amount":       {"--worth", "much"},
		"a worth beyond any county":       {"--worth", "1000000"},
		"a step of nothing":               {"--step", "0"},
		"coefficients that are not there": {"--coefficients", "nowhere.json"},
	} {
		stdout, stderr, code := invoke(t.Context(), append([]string{"subsidy", "price", data + "tiny"}, args...)...)
		if code != exitBadInput || stdout != "" || !strings.Contains(stderr, strings.TrimPrefix(args[0], "--")) && !strings.Contains(stderr, args[1]) {
			t.Errorf("%s: exit %d: %s%s", reason, code, stdout, stderr)
		}
	}
}
