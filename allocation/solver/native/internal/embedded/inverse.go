package embedded

import (
	"math"
	"slices"
)

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

// invert fills W by Gauss–Jordan elimination on the working matrix, O(m³). Rows are scaled, since some are in people and
// some in money, and pivots are the largest elements that are left (Wilkinson's complete pivoting), so that only a matrix
// that is singular looks so. The column of an activity has one element and needs no search. It returns false after a
// singular matrix, with the complement repaired.
func (lp *LP) invert() bool {
	m := len(lp.active)
	// a[r] is row r of Q beside the identity. After elimination column i of Q is a unit vector.
	a := make([][]float64, m)
	cells := make([]float64, 2*m*m)
	for r := range a {
		a[r] = cells[2*m*r : 2*m*(r+1)]
		a[r][m+r] = 1
	}
	w := &lp.work
	for i, j := range lp.comp {
		clear(w.g)
		if int(j) < lp.structural {
			lp.accumulate(w.g, j, 1)
			if int(j) < lp.arcs {
				lp.roundCycle(w.g, j)
			}
		} else {
			w.g[lp.rowAt[int(j)-lp.structural]] = -1
		}
		for r, q := range w.g {
			a[r][i] = q
		}
	}
	for r := range a {
		largest := 0.0
		for _, q := range a[r][:m] {
			largest = max(largest, math.Abs(q))
		}
		if largest > 0 {
			for c := range a[r] {
				a[r][c] /= largest
			}
		}
	}
	rowOf := make([]int, m) // by column of Q
	taken := make([]bool, m)
	for i, j := range lp.comp {
		rowOf[i] = -1
		if int(j) >= lp.structural {
			r := int(lp.rowAt[int(j)-lp.structural])
			eliminate(a, r, i)
			rowOf[i], taken[r] = r, true
		}
	}
	for {
		r, i := largestLeft(a, taken, rowOf)
		if r < 0 {
			break
		}
		eliminate(a, r, i)
		rowOf[i], taken[r] = r, true
	}
	if slices.Contains(rowOf, -1) {
		lp.repair(rowOf, taken)
		return false
	}
	for i := range m {
		copy(lp.w[i], a[rowOf[i]][m:])
	}
	return true
}

// eliminate makes column i the unit vector of row r.
func eliminate(a [][]float64, r, i int) {
	p := a[r][i]
	for c := range a[r] {
		a[r][c] /= p
	}
	for s := range a {
		if f := a[s][i]; s != r && f != 0 {
			axpy(a[s], -f, a[r])
		}
	}
}

// largestLeft finds the largest element in rows and columns not taken yet, or −1 where none is above the tolerance.
func largestLeft(a [][]float64, taken []bool, rowOf []int) (row, column int) {
	best := singularTolerance
	row = -1
	for r := range a {
		if taken[r] {
			continue
		}
		for i, q := range a[r][:len(a)] {
			if rowOf[i] < 0 && (q > best || q < -best) {
				best, row, column = math.Abs(q), r, i
			}
		}
	}
	return row, column
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
