package embedded

import "slices"

// refactor computes W, the prices and the values anew. A complement variable whose column depends on the others
// gives way to the activity of a row. It returns false only if even that fails.
func (lp *LP) refactor() bool {
	for range 2 {
		if lp.invert() {
			lp.pivots = 0
			lp.reprice()
			if lp.sifted() {
				lp.gather()
			}
			lp.computeValues()
			return true
		}
	}
	return false
}

// invert computes W. Let S be the rows whose activity is basic and P the others; as many complement variables are arcs or
// columns as there are rows in P. Then
//
//	Q = | Q_PP   0 |    W = |   Q_PP⁻¹       0 |
//	    | Q_SP  −I |        | Q_SP Q_PP⁻¹   −I |
//
// so only Q_PP is inverted (file factors.go). It returns false after a singular matrix, with the complement
// repaired.
func (lp *LP) invert() bool {
	m := len(lp.active)
	var arcs, rows []int // places of complement arcs and columns, and of the rows of P
	settled := make([]bool, m)
	for i, j := range lp.comp {
		if int(j) < lp.structural {
			arcs = append(arcs, i)
		} else {
			settled[lp.rowAt[int(j)-lp.structural]] = true
		}
	}
	for at := range m {
		if !settled[at] {
			rows = append(rows, at)
		}
	}
	q := make([][]float64, len(arcs)) // by complement arc: its column of Q
	w := &lp.work
	for k, i := range arcs {
		j := lp.comp[i]
		clear(w.g)
		lp.accumulate(w.g, j, 1)
		if int(j) < lp.arcs {
			lp.roundCycle(w.g, j, 1)
		}
		q[k] = append([]float64(nil), w.g...)
	}
	f := factorise(q, rows)
	if slices.Contains(f.rowOf, -1) {
		lp.repair(arcs, rows, f.rowOf, f.taken)
		return false
	}
	inverse := f.inverse()
	for k, i := range arcs {
		clear(lp.w[i])
		for c, at := range rows {
			lp.w[i][at] = inverse[k][c]
		}
	}
	for i, j := range lp.comp {
		if int(j) < lp.structural {
			continue
		}
		at := lp.rowAt[int(j)-lp.structural]
		clear(lp.w[i])
		for k, arc := range arcs {
			if x := q[k][at]; x != 0 {
				axpy(lp.w[i], x, lp.w[arc])
			}
		}
		lp.w[i][at] = -1
	}
	return true
}

// roundCycle adds what an amount on an arc does to the active rows by way of the tree.
func (lp *LP) roundCycle(g []float64, j int32, amount float64) {
	t := &lp.tree
	u, v := lp.tail[j], lp.head[j]
	for u != v {
		if t.size[u] < t.size[v] { // what has left the tail comes back down to it
			if a := t.arc[u]; a >= 0 {
				lp.accumulate(g, a, signed(!t.up[u], amount))
			}
			u = t.parent[u]
		} else {
			if a := t.arc[v]; a >= 0 {
				lp.accumulate(g, a, signed(t.up[v], amount))
			}
			v = t.parent[v]
		}
	}
}

// repair puts the activities of the rows without a pivot in the place of the variables without one.
func (lp *LP) repair(arcs, rows, rowOf []int, taken []bool) {
	row := 0
	for k, r := range rowOf {
		if r >= 0 {
			continue
		}
		for taken[row] {
			row++
		}
		i := arcs[k]
		j := lp.comp[i]
		lp.where[j] = nonbasic
		lp.x[j] = lp.Lower[j]
		lp.comp[i] = int32(lp.structural) + lp.active[rows[row]]
		lp.where[lp.comp[i]] = int32(i)
		taken[row] = true
	}
}
