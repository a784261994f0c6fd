package embedded

import "math"

// refactor computes W, the prices and the values anew. A complement variable whose column depends on the others
// gives way to the activity of a row. It returns false only if even that fails.
func (lp *LP) refactor() bool {
	for range 2 {
		if lp.invert() {
			lp.pivots = 0
			lp.price()
			for j := range lp.structural {
				lp.place(j)
			}
			for _, r := range lp.active {
				lp.place(lp.structural + int(r))
			}
			lp.computeValues()
			return true
		}
	}
	return false
}

// invert fills W by Gauss–Jordan elimination with partial pivoting on the working matrix, O(m³). It returns false
// after a singular matrix, with the complement repaired.
func (lp *LP) invert() bool {
	m := len(lp.active)
	// a[r] is row r of Q beside the identity. After elimination column i of Q is a unit vector.
	a := make([][]float64, m)
	for r := range a {
		a[r] = make([]float64, 2*m)
		a[r][m+r] = 1
	}
	w := &lp.work
	for i, j := range lp.comp {
		clear(w.flow)
		clear(w.g)
		lp.disturb(w.flow, w.g, j, 1)
		if int(j) < lp.arcs {
			lp.roundCycle(w.g, j)
		}
		for r, q := range w.g {
			a[r][i] = q
		}
	}
	scale := make([]float64, m)
	for r := range a {
		for _, q := range a[r][:m] {
			scale[r] = max(scale[r], math.Abs(q))
		}
	}
	taken := make([]bool, m)
	rowOf := make([]int, m)
	ok := true
	for i := range m {
		best, at := pivotTolerance, -1
		for r := range m {
			if !taken[r] && scale[r] > 0 {
				if size := math.Abs(a[r][i]) / scale[r]; size > best {
					best, at = size, r
				}
			}
		}
		rowOf[i] = at
		if at < 0 {
			ok = false
			continue
		}
		taken[at] = true
		p := a[at][i]
		for c := range a[at] {
			a[at][c] /= p
		}
		for r := range a {
			if f := a[r][i]; r != at && f != 0 {
				axpy(a[r], -f, a[at])
			}
		}
	}
	if !ok {
		lp.repair(rowOf, taken)
		return false
	}
	for i := range m {
		copy(lp.w[i], a[rowOf[i]][m:])
	}
	return true
}

// roundCycle adds what a unit on an arc does to the active rows by way of the tree.
func (lp *LP) roundCycle(g []float64, j int32) {
	t := &lp.tree
	u, v := lp.tail[j], lp.head[j]
	for u != v {
		if t.size[u] < t.size[v] { // what has left the tail comes back down to it
			if a := t.arc[u]; a >= 0 {
				lp.accumulate(g, a, signed(!t.up[u], 1))
			}
			u = t.parent[u]
		} else {
			if a := t.arc[v]; a >= 0 {
				lp.accumulate(g, a, signed(t.up[v], 1))
			}
			v = t.parent[v]
		}
	}
}

// repair puts the activities of the rows without a pivot in the place of the dependent variables.
func (lp *LP) repair(rowOf []int, taken []bool) {
	row := 0
	for i, at := range rowOf {
		if at >= 0 {
			continue
		}
		for taken[row] || lp.where[lp.structural+int(lp.active[row])] >= 0 {
			if row++; row == len(taken) {
				return
			}
		}
		j := lp.comp[i]
		lp.where[j] = nonbasic
		lp.x[j] = lp.Lower[j]
		lp.comp[i] = int32(lp.structural) + lp.active[row]
		lp.where[lp.comp[i]] = int32(i)
		taken[row] = true
	}
}
