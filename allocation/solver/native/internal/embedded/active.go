package embedded

import "math"

// Activate takes a row into the basis, with its activity basic. It returns false if the row is there already.
func (lp *LP) Activate(r int) bool {
	if lp.rowAt[r] >= 0 {
		return false
	}
	at := len(lp.active)
	// The new row of W is −q·W, with q the row's coefficients round the cycles of the complement; the sign of the
	// activity's own column makes it q·W and −1.
	t := &lp.tree
	coef := lp.work.blank // cleared below
	for _, e := range lp.rows[r] {
		coef[e.Index] += e.Coef
	}
	raw := lp.work.mu2
	raw[lp.root] = 0
	for _, v := range t.preorder[1:] {
		c := 0.0
		if a := t.arc[v]; a >= 0 {
			c = coef[a]
		}
		raw[v] = raw[t.parent[v]] + signed(t.up[v], c)
	}
	row := make([]float64, at+1, max(2*at, 16))
	for i, j := range lp.comp {
		q := 0.0
		if int(j) < lp.structural {
			q = coef[j]
		}
		if int(j) < lp.arcs {
			q += raw[lp.head[j]] - raw[lp.tail[j]]
		}
		if q != 0 {
			axpy(row[:at], q, lp.w[i])
		}
	}
	for _, e := range lp.rows[r] {
		coef[e.Index] = 0
	}
	row[at] = -1
	for i := range lp.w {
		lp.w[i] = append(lp.w[i], 0)
	}
	j := int32(lp.structural + r)
	lp.w = append(lp.w, row)
	lp.stale = true
	lp.rowAt[r] = int32(at)
	lp.active = append(lp.active, int32(r))
	lp.where[j] = int32(at)
	lp.comp = append(lp.comp, j)
	lp.d[j], lp.cost[j] = 0, 0
	lp.x[j] = lp.Activity(r)
	lp.grow()
	return true
}

// Scale is the largest coefficient of a row in magnitude, at least 1.
func (lp *LP) Scale(r int) float64 { return lp.scale[r] }

func (lp *LP) grow() {
	w, m := &lp.work, len(lp.active)
	for _, s := range []*[]float64{&w.rho, &w.g, &w.compDelta} {
		if cap(*s) < m {
			*s = make([]float64, m, 2*m+16)
		}
		*s = (*s)[:m]
	}
}

// Retire drops active rows whose activity is basic and within its bounds. The inverse of what is left is what is
// left of the inverse, as the column of such a row is zero but for its own activity.
func (lp *LP) Retire() {
	lp.stale = true
	for at := len(lp.active) - 1; at >= 0; at-- {
		r := lp.active[at]
		j := lp.structural + int(r)
		i := int(lp.where[j])
		if i < 0 || lp.cost[j] != 0 || lp.x[j] < lp.Lower[j] || lp.x[j] > lp.Upper[j] {
			continue
		}
		last := len(lp.active) - 1
		lp.w[i] = lp.w[last]
		lp.comp[i] = lp.comp[last]
		lp.where[lp.comp[i]] = int32(i)
		lp.w, lp.comp = lp.w[:last], lp.comp[:last]
		lp.active[at] = lp.active[last]
		lp.rowAt[lp.active[at]] = int32(at)
		lp.active = lp.active[:last]
		for k := range lp.w {
			lp.w[k][at] = lp.w[k][last]
			lp.w[k] = lp.w[k][:last]
		}
		lp.where[j], lp.rowAt[r] = outside, -1
	}
	lp.grow()
}

// Price takes a row into the basis at about a price: its activity leaves, and of the arcs that would have no reduced
// cost at some price of the row the one whose price is nearest comes in its place. With the tree of a network that is
// optimal at the price the basis is then nearly dual feasible. SetTree and SetCost must have been called; without
// such an arc the activity stays basic.
func (lp *LP) Price(r int, price float64) {
	if !lp.Activate(r) {
		return
	}
	lp.price()
	t, w := &lp.tree, &lp.work
	coef := lp.work.blank
	for _, e := range lp.rows[r] {
		coef[e.Index] += e.Coef
	}
	raw := w.mu2
	raw[lp.root] = 0
	for _, v := range t.preorder[1:] {
		c := 0.0
		if a := t.arc[v]; a >= 0 {
			c = coef[a]
		}
		raw[v] = raw[t.parent[v]] + signed(t.up[v], c)
	}
	enter, nearest := int32(-1), math.Inf(1)
	for j := range int32(lp.arcs) {
		round := coef[j] + raw[lp.head[j]] - raw[lp.tail[j]]
		if lp.where[j] != nonbasic || lp.Lower[j] == lp.Upper[j] || math.Abs(round) < pivotTolerance*lp.scale[r] {
			continue
		}
		if by := math.Abs(price - lp.d[j]/round); by < nearest {
			enter, nearest = j, by
		}
	}
	for _, e := range lp.rows[r] {
		coef[e.Index] = 0
	}
	if enter < 0 {
		return
	}
	activity := lp.structural + r
	place := lp.where[activity]
	lp.where[activity] = nonbasic
	lp.where[enter], lp.comp[place] = place, enter
	if !lp.invert() {
		lp.invert() // as repaired
	}
}
