package embedded

import "math"

// Most arcs of an allocation network cost so much beyond the prices that they never enter, yet every pivot row would be a
// pass over all of them. So pivot rows are of a working set: the basic variables, and those of a small reduced cost. The
// others have room, the least of their reduced costs. A dual step t takes at most t·α of it, with α the largest element of
// the row, as far as the working set shows. Before the room is used up all are priced and the set is gathered anew; where a step
// is longer than all the room there is, its row is of all variables.
//
// Should an element outside be larger than those within, a reduced cost may have the wrong sign until all are priced
// again. Then its variable goes to its other bound, like any other after a change of costs. No answer is given before all
// have been priced.
//
// That a linear programme with many columns needs few of them at a time is the idea of sifting (Bixby, Gregory, Lustig, Marsten
// and Shanno, Very large-scale linear programming: a case study in combining interior point and simplex methods,
// Operations Research 40, 1992).
const (
	siftReach = 1e-2   // reduced cost of a variable outside the working set, at least, in units of the largest cost
	siftLeast = 60_000 // variables that are not fixed, below which all are in it: a pass over fewer costs too little to be worth another path
	siftShare = 0.7    // of those, above which likewise
)

// gather chooses the working set by reduced costs that have just been computed.
func (lp *LP) gather() {
	lp.stale, lp.room = true, math.Inf(1)
	live, near := 0, 0
	limit := siftReach * lp.costScale
	for j := range lp.structural {
		d := math.Abs(lp.d[j])
		lp.outside[j] = lp.where[j] == nonbasic && d >= limit
		if lp.Lower[j] < lp.Upper[j] {
			live++
			if lp.outside[j] {
				lp.room = min(lp.room, d)
			} else {
				near++
			}
		}
	}
	if live < lp.siftFrom || float64(near) > siftShare*float64(live) {
		clear(lp.outside)
		lp.room = math.Inf(1)
	}
}

// sifted reports whether anything is outside the working set.
func (lp *LP) sifted() bool { return !math.IsInf(lp.room, 1) }

// spend takes the dual step of a pivot off the room and reports whether there was enough.
func (lp *LP) spend(enter int32) bool {
	largest := 0.0
	for _, e := range lp.work.pivotRow {
		largest = max(largest, math.Abs(e.Coef))
	}
	lp.room -= math.Abs(lp.d[enter]/lp.element(enter)) * largest
	return lp.room >= 0
}

// widen makes more variables known to the next row: those that have come near or, where all had just been priced, all.
func (lp *LP) widen(justPriced bool) {
	lp.reprice()
	lp.gather()
	lp.computeValues()
	lp.all = justPriced
}
