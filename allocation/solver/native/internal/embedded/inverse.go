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
// so only Q_PP is inverted, in O(|P|³ + |S| |P|²). It returns false after a singular matrix, with the complement
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
			lp.roundCycle(w.g, j)
		}
		q[k] = append([]float64(nil), w.g...)
	}
	inverse, rowOf, taken := inverted(q, rows)
	if slices.Contains(rowOf, -1) {
		lp.repair(arcs, rows, rowOf, taken)
		return false
	}
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

// inverted gives the inverse of the matrix whose columns are those of q at some rows, a row of it for each column, by
// Gauss–Jordan elimination. Rows are scaled, since some are in people and some in money. Columns are taken as they come
// where their largest element is a fair pivot; for the rest pivots are the largest elements that are left (Wilkinson's
// complete pivoting), so that only a matrix that is singular looks so. rowOf gives the pivot row of each column, −1
// where there was none, and taken the rows that are.
func inverted(q [][]float64, rows []int) (inverse [][]float64, rowOf []int, taken []bool) {
	n := len(rows)
	a := make([][]float64, n) // beside the identity
	cells := make([]float64, 2*n*n)
	for r, at := range rows {
		a[r] = cells[2*n*r : 2*n*(r+1)]
		a[r][n+r] = 1
		largest := 0.0
		for i := range q {
			a[r][i] = q[i][at]
			largest = max(largest, math.Abs(q[i][at]))
		}
		if largest > 0 {
			for c := range a[r] {
				a[r][c] /= largest
			}
		}
	}
	rowOf, taken = slices.Repeat([]int{-1}, n), make([]bool, n)
	var m multiple
	for i := range n {
		best, row := fairPivot, -1
		for r := range a {
			if size := math.Abs(a[r][i]); size > best && !taken[r] {
				best, row = size, r
			}
		}
		if row >= 0 {
			eliminate(a, row, i, &m)
			rowOf[i], taken[row] = row, true
		}
	}
	for {
		r, i := largestLeft(a, taken, rowOf)
		if r < 0 {
			break
		}
		eliminate(a, r, i, &m)
		rowOf[i], taken[r] = r, true
	}
	inverse = make([][]float64, n)
	for i, r := range rowOf {
		if r >= 0 {
			inverse[i] = a[r][n:]
		}
	}
	return inverse, rowOf, taken
}

// eliminate makes column i the unit vector of row r.
func eliminate(a [][]float64, r, i int, m *multiple) {
	p := a[r][i]
	for c := range a[r] {
		a[r][c] /= p
	}
	m.take(a[r])
	for s := range a {
		if f := a[s][i]; s != r && f != 0 {
			m.addTo(a[s], -f)
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
