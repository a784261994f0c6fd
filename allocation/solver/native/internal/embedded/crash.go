package embedded

import "math"

const (
	crashTolerance = 1e-6 // reduced cost that counts as none for a variable to come in, in units of the largest cost
	leastPrice     = 1e-5 // of the largest coefficient of a row that is worth a place in the basis, likewise
	crashShare     = 1e-3 // by which a variable is wanted at least
)

// Crash takes rows into the basis at about their prices: the activity of each row with a price leaves for the bound that the price
// asks for, and of the variables that cost nothing at the prices one comes in its place, by the size of its element and by wanted.
// With the tree of a network that is optimal at the prices, the basis then is nearly dual feasible; and where the prices are
// nearly the best, it is nearly optimal, so that few pivots are left.
//
// price is by row. wanted is by arc and column, from 0 to 1: how likely a variable is between its bounds. SetTree, SetCost and the bounds
// must have been set; Rebound must follow. It asks stop before every row, and leaves the rest out then. It takes O(m (variables + m²)) for m rows with a price.
func (lp *LP) Crash(price, wanted []float64, stop func() bool) {
	costs := append([]float64(nil), lp.cost...)
	var rows []int
	for r, y := range price {
		if math.Abs(y)*lp.scale[r] < leastPrice*lp.costScale {
			continue
		}
		for _, e := range lp.rows[r] {
			lp.cost[e.Index] -= y * e.Coef // so that the row costs nothing more
		}
		if lp.Activate(r) {
			rows = append(rows, r)
		}
	}
	clear(lp.outside)
	lp.room, lp.all, lp.stale = math.Inf(1), false, true
	lp.reprice()
	lp.computeValues()
	for _, r := range rows {
		if stop() {
			break
		}
		out := leaving{place: int(lp.where[lp.structural+r]), node: -1, over: price[r] < 0}
		if out.place < 0 {
			continue // a new inverse has repaired it away
		}
		lp.row(out)
		if enter := lp.comeIn(r, wanted); enter >= 0 {
			lp.step(out, enter)
		}
		if lp.pivots >= refactorEvery && !lp.refactor() {
			break
		}
	}
	copy(lp.cost, costs)
	lp.resetWeights()
	if !lp.invert() {
		lp.invert() // as repaired
	}
}

// comeIn chooses the variable that comes in for the activity of a row: among those without a reduced cost the one with the largest element
// and the greatest want, else the one that the row needs the least change of its price for; −1 where no element is a pivot.
func (lp *LP) comeIn(r int, wanted []float64) int32 {
	enter, best, free := int32(-1), 0.0, false
	for _, e := range lp.work.pivotRow {
		j, size := e.Index, math.Abs(e.Coef)/lp.scale[r]
		if int(j) >= lp.structural || lp.Lower[j] >= lp.Upper[j] || size < fairPivot {
			continue
		}
		d := math.Abs(lp.d[j]) / lp.costScale
		merit := size / (crashTolerance + d)
		isFree := d <= crashTolerance
		if isFree {
			merit = size * (crashShare + wanted[j])
		}
		if isFree && !free || isFree == free && merit > best {
			enter, best, free = j, merit, isFree
		}
	}
	return enter
}
