package branch

import (
	"math"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// Two nodes at a time lead to the optimum that one at a time leads to, by another tree, which is the same on one processor as on two.
func TestPairs(t *testing.T) {
	const counties = 6
	others := 0
	for seed := range uint64(counties) {
		p := solvertest.CountyRows(200, seed)
		on := func(processors, pair int) *solver.Solution {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			s, err := SolveSized(t.Context(), p, solver.Options{}, Sizes{Ascent: math.MaxInt, Pair: pair})
			if err != nil {
				t.Fatal(err)
			}
			if err := solver.Verify(p, s); err != nil {
				t.Fatal(err)
			}
			return s
		}
		alone, pairs := on(1, math.MaxInt), on(1, 1)
		for k := range p.Levels {
			if got, want := pairs.Levels[k], alone.Levels[k]; !got.Proven || got.Objective != want.Objective {
				t.Errorf("seed %d, level %d: %+v in pairs, %+v one by one", seed, k, got, want)
			}
		}
		if pairs.Stats.Pivots != alone.Stats.Pivots {
			others++
		}
		if diff := cmp.Diff(pairs, on(2, 1)); diff != "" {
			t.Errorf("seed %d: one processor, another solution than two (-one +two):\n%s", seed, diff)
		}
	}
	t.Logf("%d of %d trees are others", others, counties)
	if others < counties/2 {
		t.Errorf("%d of %d trees are others in pairs, which says too little", others, counties)
	}
}
