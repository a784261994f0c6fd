package embedded

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// From a crash the simplex comes to the same optimum, at the best prices in fewer pivots, and at any others too.
func TestCrash(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	never := func() bool { return false }
	crashed, cold, tried := int64(0), int64(0), 0
	for range 2_000 {
		lp, supply, _, _, cost := drawn(rng)
		n := len(supply)
		star := func() (parent, arc []int32) {
			return slices.Repeat([]int32{int32(n)}, n), slices.Repeat([]int32{-1}, n)
		}
		solve := func(price []float64) (Outcome, float64) {
			lp.SetTree(star())
			lp.SetCost(cost)
			if price != nil {
				lp.Crash(price, make([]float64, lp.structural), never)
			}
			lp.Rebound()
			for r := range lp.rows {
				lp.Activate(r)
			}
			return lp.Solve(10_000, never), lp.Objective()
		}
		before := lp.Pivots
		outcome, objective := solve(nil)
		if outcome != Optimal {
			continue
		}
		pivots := lp.Pivots - before
		potential, price := make([]float64, n), make([]float64, len(lp.rows))
		lp.Prices(cost, potential, price)
		tree := lp.Basis()
		if slices.Max(price) <= 0 && slices.Min(price) >= 0 {
			continue
		}
		tried++
		cold += pivots
		wrong := make([]float64, len(price))
		for r := range wrong {
			wrong[r] = float64(rng.IntN(7) - 3)
		}
		for _, prices := range [][]float64{wrong, price} {
			if outcome, got := solve(prices); outcome != Optimal || math.Abs(got-objective) > 1e-4 {
				t.Fatalf("from prices %v: outcome %d, objective %v, want %v", prices, outcome, got, objective)
			}
		}
		// The tree of the optimum with its prices is the optimum, but for the variables that came in instead of others of no cost.
		lp.SetTree(tree.parent[:n], tree.arc[:n])
		lp.SetCost(cost)
		before = lp.Pivots
		lp.Crash(price, make([]float64, lp.structural), never)
		lp.Rebound()
		if outcome := lp.Solve(10_000, never); outcome != Optimal || math.Abs(lp.Objective()-objective) > 1e-4 {
			t.Fatalf("from the optimal tree: outcome %d, objective %v, want %v", outcome, lp.Objective(), objective)
		}
		crashed += lp.Pivots - before
	}
	t.Logf("%d programmes, %d pivots with those of the crash, %d cold", tried, crashed, cold)
	if tried < 200 || 2*crashed > cold {
		t.Errorf("%d programmes took %d pivots from a crash, and %d cold", tried, crashed, cold)
	}
}
