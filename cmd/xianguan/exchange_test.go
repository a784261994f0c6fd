package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation/report/golden"
)

const chains = "../../examples/exchange-chains/county"

// The exchanges of two counties are what the goldens show, and the plan that is written can be
// verified by another command.
func TestExchange(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for name, args := range map[string][]string{
		"exchange-chains":  {"exchange", chains, "--out", out},
		"exchange-json":    {"exchange", chains, "--longest-chain", "2", "--longest-cycle", "2", "--json"},
		"exchange-none":    {"exchange", data + "tiny", "--no-chains", "--longest-cycle", "1"},
		"exchange-zhangwu": {"exchange", data + "zhangwu", "--longest-cycle", "3", "--longest-chain", "3", "--aim", "gain"},
	} {
		stdout, stderr, code := invoke(t.Context(), args...)
		if code != exitDone || stderr != "" {
			t.Fatalf("%s: exit %d: %s", name, code, stderr)
		}
		golden.Compare(t, name+".txt", stdout)
		fits(t, stdout)
	}
	for _, name := range []string{"exchange.csv", "exchange.json"} {
		content, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "chains-"+name, string(content))
	}
	if _, stderr, code := invoke(t.Context(), "verify", chains, filepath.Join(out, "plan.json")); code != exitDone {
		t.Errorf("verify: exit %d: %s", code, stderr)
	}
}

func TestExchangeExitCodes(t *testing.T) {
	tests := []struct {
		reason string
		args   []string
		code   int
		stderr string
	}{
		{"a negative limit", []string{"exchange", chains, "--longest-cycle", "-1"}, exitBadInput, `longest_cycle "-1"`},
		{"a limit that is no number", []string{"exchange", chains, "--longest-chain", "two"}, exitBadInput, "longest-chain"},
		{"an aim that does not exist", []string{"exchange", chains, "--aim", "gian"}, exitBadInput, `did you mean "gain"?`},
		{"a pin on nobody", []string{"exchange", chains, "--pin", "T99"}, exitBadInput, `pins.teacher "T99"`},
		{"a ban without a post", []string{"exchange", chains, "--ban", "T1=S2"}, exitBadInput, "--ban"},
		{"a pin to a post that is not on the list", []string{"exchange", chains, "--pin", "T5=S3/primary/chinese"}, exitInfeasible, `rule "ground"`},
		{"a backend that does not exist", []string{"exchange", chains, "--backend", "natve"}, exitBadInput, `did you mean "native"?`},
		{"a county that does not exist", []string{"exchange", data + "nowhere"}, exitBadInput, "nowhere"},
		{"a hard share that nobody can meet", []string{"exchange", data + "infeasible-exchange"}, exitInfeasible, "rule exchange (at least 2 people)"},
	}
	for _, test := range tests {
		stdout, stderr, code := invoke(t.Context(), test.args...)
		if code != test.code || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%s: exit %d, stderr %q, want %d and %q", test.reason, code, stderr, test.code, test.stderr)
		}
		fits(t, stdout)
	}
	stdout, _, _ := invoke(t.Context(), "exchange", data+"infeasible-exchange")
	golden.Compare(t, "exchange-infeasible.txt", stdout)
}
