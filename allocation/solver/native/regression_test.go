package native_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

// Programmes on which a search once went on for ever. The optima are those of HiGHS.
func TestProgrammesThatNeverEnded(t *testing.T) {
	for _, test := range []struct {
		name, reason string
		want         []int64
	}{
		{"five-teachers", "the dual simplex went round among ties of equal cost", []int64{-20000, 2, 19900, 204672, 441}},
		{"column-in-two-rows", "a column that stands in two rows was left at zero where it had to give way", []int64{-30000, 1, 29200, 19232}},
	} {
		data, err := os.ReadFile(filepath.Join("testdata", "programmes", test.name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var p solver.Programme
		if err := json.Unmarshal(data, &p); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		sol, err := native.Solver{}.Solve(ctx, &p, solver.Options{})
		if err != nil {
			t.Fatalf("%s: %s: %v", test.name, test.reason, err)
		}
		if err := solver.Verify(&p, sol); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		var got []int64
		for _, level := range sol.Levels {
			got = append(got, level.Objective)
		}
		if diff := cmp.Diff(test.want, got); diff != "" || sol.Stop != solver.StopOptimal {
			t.Errorf("%s: %s: stopped for %v (-want +got)\n%s", test.name, test.reason, sol.Stop, diff)
		}
	}
}

// A level that counts few things, as teachers without a post, takes a relaxation of its own costs: with a trace of
// the later levels in them the bound stayed a person short at every node, and the search did not end.
func TestALevelOfFewThingsIsProven(t *testing.T) {
	p := solvertest.CountyRows(200, 1)
	sol, err := native.Solver{}.Solve(context.Background(), p, solver.Options{TimeLimit: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	got := make([]int64, len(sol.Levels))
	for k, level := range sol.Levels {
		got[k] = level.Objective
	}
	// The second is HiGHS's too, with the first held.
	if diff := cmp.Diff([]int64{-43276, 5, 71, 26153809}, got); diff != "" || sol.Stop != solver.StopOptimal {
		t.Errorf("stopped for %v after %d pivots (-want +got)\n%s", sol.Stop, sol.Stats.Pivots, diff)
	}
	if most := int64(50_000); sol.Stats.Pivots > most {
		t.Errorf("%d pivots, above %d", sol.Stats.Pivots, most)
	}
}
