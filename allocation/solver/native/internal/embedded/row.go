package embedded

import (
	"cmp"
	"math"
	"slices"
)

// row computes the row of the basis inverse that belongs to the leaving variable, into mu and rho, and the pivot
// row of all nonbasic variables, into pivotRow.
func (lp *LP) row(out leaving) {
	if lp.stale {
		lp.list()
	}
	if lp.unitRow(out) {
		lp.scanPriced()
	} else {
		lp.scanCut()
	}
}

// unitRow computes mu and rho for a cost of 1 on the leaving variable alone. It reports whether any row has a price;
// without one mu is 1 or −1 below the leaving tree arc and 0 elsewhere.
func (lp *LP) unitRow(out leaving) (priced bool) {
	w, t := &lp.work, &lp.tree
	clear(w.rho)
	side := 0.0
	if v := out.node; v >= 0 {
		side = signed(t.up[v], 1)
		for i, j := range lp.comp {
			if int(j) >= lp.arcs {
				continue
			}
			if in := t.below(v, lp.head[j]); in != t.below(v, lp.tail[j]) {
				axpy(w.rho, signed(in, side), lp.w[i])
				priced = true
			}
		}
	} else {
		copy(w.rho, lp.w[out.place])
		priced = true
	}
	if !priced {
		clear(w.mu)
		first := t.position[out.node]
		for _, u := range t.preorder[first : first+t.size[out.node]] {
			w.mu[u] = side
		}
		return false
	}
	lp.weighRows()
	w.mu[lp.root] = 0
	for _, v := range t.preorder[1:] {
		c := 0.0
		if a := t.arc[v]; a >= 0 {
			c = -w.worth[lp.liveAt[a]]
		}
		if v == out.node {
			c++
		}
		if !t.up[v] {
			c = -c
		}
		w.mu[v] = w.mu[t.parent[v]] + c
	}
	return true
}

// weighRows computes what the entries of each listed variable are worth at prices rho. It goes by rows, as most of them have no price, and most
// of those that have one have one coefficient.
func (lp *LP) weighRows() {
	w := &lp.work
	for at, y := range w.rho {
		if y == 0 {
			continue
		}
		l := &lp.listed[at]
		if l.same != 0 {
			y *= l.same
			for _, i := range l.live {
				w.worth[i] += y
			}
			continue
		}
		for k, i := range l.live {
			w.worth[i] += y * l.coef[k]
		}
	}
}

// scanPriced takes the pivot row of every variable that may enter. Which elements are zero is as good as random, so each is written, and
// the place of the next moves on by a comparison that needs no jump; the basic ones, whose elements are zero but for rounding, are sifted out after it.
func (lp *LP) scanPriced() {
	w := &lp.work
	mu, worth := w.mu, w.worth[:len(lp.live)]
	row := slices.Grow(w.pivotRow[:0], len(lp.live)+len(lp.active))[:len(lp.live)]
	count := 0
	for i := range lp.live {
		c := &lp.live[i]
		a := mu[c.tail] - mu[c.head] + worth[i]
		worth[i] = 0
		row[count] = Entry{c.index, a}
		next := count
		if math.Abs(a) > dropTolerance {
			next++
		}
		count = next
	}
	w.pivotRow = row[:0]
	for _, e := range row[:count] {
		if lp.where[e.Index] == nonbasic {
			w.pivotRow = append(w.pivotRow, e)
		}
	}
	for at, r := range lp.active {
		j := int32(lp.structural) + r
		if y := w.rho[at]; lp.where[j] == nonbasic && math.Abs(y) > dropTolerance {
			w.pivotRow = append(w.pivotRow, Entry{j, -y})
		}
	}
}

// scanCut does the same where no row has a price: only arcs across the cut count.
func (lp *LP) scanCut() {
	w := &lp.work
	mu := w.mu
	w.pivotRow = w.pivotRow[:0]
	for i := range lp.live {
		c := &lp.live[i]
		if a := mu[c.tail] - mu[c.head]; a != 0 && lp.where[c.index] == nonbasic {
			w.pivotRow = append(w.pivotRow, Entry{c.index, a})
		}
	}
}

// element is that of a variable in the pivot row.
func (lp *LP) element(j int32) float64 {
	row := lp.work.pivotRow
	i, found := slices.BinarySearchFunc(row, j, func(e Entry, j int32) int { return cmp.Compare(e.Index, j) })
	if int(j) >= lp.structural { // activities come last, in the order of active
		i = slices.IndexFunc(row, func(e Entry) bool { return e.Index == j })
		found = i >= 0
	}
	if !found {
		return 0
	}
	return row[i].Coef
}
