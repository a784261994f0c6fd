package embedded

import "math"

// row computes the row of the basis inverse that belongs to the leaving variable, into mu and rho, and the pivot
// row of all nonbasic variables, into alpha and touched.
func (lp *LP) row(out leaving) {
	lp.blank()
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

// scanPriced takes the pivot row of every variable that may enter.
func (lp *LP) scanPriced() {
	w := &lp.work
	mu, rho, worth := w.mu, w.rho, w.worth[:len(lp.live)]
	for i := range lp.live {
		c := &lp.live[i]
		a := mu[c.tail] - mu[c.head] + worth[i]
		worth[i] = 0
		if (a > dropTolerance || a < -dropTolerance) && lp.where[c.index] == nonbasic {
			w.alpha[c.index] = a
			w.touched = append(w.touched, c.index)
		}
	}
	for at, r := range lp.active {
		j := int32(lp.structural) + r
		if lp.where[j] == nonbasic && math.Abs(rho[at]) > dropTolerance {
			w.alpha[j] = -rho[at]
			w.touched = append(w.touched, j)
		}
	}
}

// scanCut does the same where no row has a price: only arcs across the cut count.
func (lp *LP) scanCut() {
	w := &lp.work
	mu := w.mu
	for i := range lp.live {
		c := &lp.live[i]
		if a := mu[c.tail] - mu[c.head]; a != 0 && lp.where[c.index] == nonbasic {
			w.alpha[c.index] = a
			w.touched = append(w.touched, c.index)
		}
	}
}
