package embedded

import (
	"math"
	"math/rand/v2"
	"testing"
)

// A basis that is gone back to is the optimum again, without a pivot, whatever has been solved in between: on flat costs, where nearly every
// reduced cost is zero and does not say where its variable is, as well.
func TestBasisGoesBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	never := func() bool { return false }
	optima, moved := 0, 0
	for range 400 {
		lp, _, _, _, cost := drawn(rng)
		for j := range cost {
			if rng.IntN(3) > 0 {
				cost[j] = 0
			}
		}
		lp.SetCost(cost)
		lp.Rebound()
		for r := range lp.rows {
			lp.Activate(r)
		}
		if lp.Solve(10_000, never) != Optimal {
			continue
		}
		basis, values := lp.Basis(), append([]float64(nil), lp.x...)
		lower, upper := append([]float64(nil), lp.Lower...), append([]float64(nil), lp.Upper...)
		for range 3 {
			j := rng.IntN(lp.arcs)
			lp.Lower[j], lp.Upper[j] = 0, 0
			lp.Rebound()
			lp.Solve(10_000, never)
		}
		if different(lp.x, values) {
			moved++
		}
		copy(lp.Lower, lower)
		copy(lp.Upper, upper)
		before := lp.Pivots
		lp.SetBasis(basis)
		lp.Rebound()
		if outcome := lp.Solve(10_000, never); outcome != Optimal || lp.Pivots != before || different(lp.x, values) {
			t.Fatalf("outcome %d after %d pivots, want the optimum at once", outcome, lp.Pivots-before)
		}
		optima++
	}
	if optima < 100 || moved < 50 {
		t.Errorf("%d optima, %d left, say too little", optima, moved)
	}
}

func different(x, y []float64) bool {
	for j := range x {
		if math.Abs(x[j]-y[j]) > 1e-6 {
			return true
		}
	}
	return false
}

// A shift changes a cost by what its reduced cost has the wrong sign for, never by more than the noise, and is gone with the next costs.
func TestShift(t *testing.T) {
	lp, _, _, _, cost := drawn(rand.New(rand.NewPCG(5, 6)))
	lp.SetCost(cost)
	lp.Rebound()
	j := int32(0)
	most := lp.mostShift(j)
	for _, c := range []struct {
		reason  string
		d       float64
		atUpper bool
		shifted bool
	}{
		{"right sign at the lower bound", most / 2, false, false},
		{"right sign at the upper bound", -most / 2, true, false},
		{"wrong sign at the lower bound", -most / 2, false, true},
		{"wrong sign at the upper bound", most / 2, true, true},
		{"too much", 2 * most, true, false},
	} {
		lp.setShifts(nil)
		lp.x[j], lp.d[j] = lp.Lower[j], c.d
		if c.atUpper {
			lp.x[j] = lp.Upper[j]
		}
		lp.shift(j)
		if got := len(lp.shifts()) == 1 && lp.d[j] == 0 && math.Abs(lp.cost[j]-lp.unshifted[j]+c.d) < 1e-12; got != c.shifted {
			t.Errorf("%s: shifted %v, want %v", c.reason, got, c.shifted)
		}
	}
	lp.SetCost(cost)
	if left := lp.shifts(); len(left) > 0 {
		t.Errorf("%d shifts are left after new costs", len(left))
	}
}
