package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/report/golden"
)

// A county without a plan prints the conflict and the ways out, in text and in JSON, and
// exits with the code for it. The county is worked out by hand in its README.
func TestInfeasibleCounty(t *testing.T) {
	args := []string{"plan", data + "infeasible-exchange", "--pin", "T1=S2/primary/chinese", "--pin", "T5=S4/primary/music"}
	tests := []struct {
		name string
		args []string
	}{
		{"infeasible", args},
		{"infeasible-json", append([]string{"--json"}, args...)},
	}
	for _, test := range tests {
		stdout, stderr, code := invoke(t.Context(), test.args...)
		if code != exitInfeasible || !strings.Contains(stderr, "no plan obeys every rule") {
			t.Errorf("%s: exit %d, stderr %q; want 3 and the reason", test.name, code, stderr)
		}
		golden.Compare(t, test.name+".txt", stdout)
		fits(t, stdout)
	}
}

func TestInfeasibleJSONIsReadBack(t *testing.T) {
	stdout, _, _ := invoke(t.Context(), "plan", data+"infeasible-exchange", "--json")
	var none allocation.InfeasibleError
	if err := json.Unmarshal([]byte(stdout), &none); err != nil {
		t.Fatal(err)
	}
	if len(none.Conflicts) == 0 || len(none.Relaxations) == 0 || len(none.Relaxations[0].Levels) == 0 {
		t.Errorf("read back: %+v, want conflicts, and ways out with what they cost", none)
	}
}
