package embedded

import "math"

// exchange changes the basis. change is that of the leaving variable for a unit of the entering one, rho its row of
// the inverse, and compDelta the changes of the complement.
func (lp *LP) exchange(out leaving, enter, leave int32, change float64, rho []float64) {
	w := &lp.work
	place := out.place
	if place < 0 {
		v := out.node
		if lp.crosses(v, enter) {
			w.multiple.take(rho)
			for i := range lp.w {
				if delta := w.compDelta[i]; delta != 0 {
					w.multiple.addTo(lp.w[i], -delta/change)
				}
			}
			lp.intoTree(v, enter)
			lp.drop(leave)
			return
		}
		for i, j := range lp.comp { // one there is, or the pivot were zero
			if lp.crosses(v, j) && (place < 0 || math.Abs(w.compDelta[i]) > math.Abs(w.compDelta[place])) {
				place = i
			}
		}
		lp.intoTree(v, lp.comp[place])
		w.compDelta[place] = change
		copy(lp.w[place], rho)
	}
	pivot := lp.w[place]
	w.multiple.take(pivot)
	for i := range lp.w {
		if delta := w.compDelta[i]; i != place && delta != 0 {
			w.multiple.addTo(lp.w[i], -delta/change)
		}
	}
	for at := range pivot {
		pivot[at] /= -change
	}
	lp.comp[place] = enter
	lp.where[enter] = int32(place)
	lp.drop(leave)
}

func (lp *LP) drop(leave int32) {
	if leave >= 0 {
		lp.where[leave] = nonbasic
	}
}

// crosses reports whether the tree arc above v lies on the cycle that the variable closes.
func (lp *LP) crosses(v, j int32) bool {
	return int(j) < lp.arcs && lp.tree.below(v, lp.tail[j]) != lp.tree.below(v, lp.head[j])
}

// intoTree puts an arc in the place of the tree arc above v.
func (lp *LP) intoTree(v, j int32) {
	lp.where[j] = inTree
	if lp.tree.below(v, lp.tail[j]) {
		lp.tree.exchange(v, lp.tail[j], lp.head[j], j, true)
	} else {
		lp.tree.exchange(v, lp.head[j], lp.tail[j], j, false)
	}
}
