package embedded

// shiftMost is the most that a shift changes a cost by, in units of the largest cost: no more than the noise on it.
const shiftMost = perturbation

// The ratio test lets reduced costs pass zero by a tolerance, and so may a pivot step back by one. That costs next to nothing while values are
// small. But a tight budget that only small differences of arcs can mend gives basic values of 10⁴ and more on the way, and then steps back by a
// tolerance undo whatever is gained: the simplex goes round among bases of about the same objective for ever. So a cost is shifted
// by what its reduced cost has the wrong sign for, and every step goes upwards (Koberstein 2005, ch. 6). Bounds are proven at the true costs,
// and lose no more by it than by the noise.

// shift changes the cost of a nonbasic variable so that its reduced cost is zero, if that has the wrong sign for the bound it is at.
func (lp *LP) shift(j int32) {
	d, most := lp.d[j], lp.mostShift(j)
	if d < 0 && d >= -most && lp.x[j] == lp.Lower[j] || d > 0 && d <= most && lp.x[j] == lp.Upper[j] {
		lp.cost[j] -= d
		lp.d[j] = 0
	}
}

// mostShift is the most that a shift changes the cost of a variable by.
func (lp *LP) mostShift(j int32) float64 {
	most := shiftMost
	if lp.exact {
		most = dualTolerance
	}
	return most * lp.costScale / lp.unitOf(j)
}

// shifts lists the costs that have been shifted, and by how much.
func (lp *LP) shifts() []Entry {
	var out []Entry
	for j, c := range lp.cost {
		if c != lp.unshifted[j] {
			out = append(out, Entry{int32(j), c - lp.unshifted[j]})
		}
	}
	return out
}

// setShifts shifts these costs, and no others.
func (lp *LP) setShifts(shifts []Entry) {
	copy(lp.cost, lp.unshifted)
	for _, e := range shifts {
		lp.cost[e.Index] += e.Coef
	}
}
