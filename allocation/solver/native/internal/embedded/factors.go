package embedded

import "math"

const fairShare = 0.1 // of the largest element of its row, from which on an element may be a pivot

// factors are a square matrix as a product of elementary steps, with an order of pivots that keeps it sparse. A cycle passes few of the
// rows, so most pivots stand alone in their row or column and change nothing else, and the inverse takes O(n²) and what is not zero
// instead of O(n³).
type factors struct {
	n     int
	rows  [][]Entry // what is left of each row: columns without a pivot
	in    [][]int32 // by column: rows that may have it
	count []int32   // by column: rows without a pivot that have it
	scale []float64 // by row: what it was divided by
	rowOf []int     // by column: its pivot row, −1 for none
	taken []bool    // by row
	steps []factorStep
	at    []int32 // by column: where the row under way has it, and one more; else 0
}

// factorStep is a pivot: multiples of its row are taken off others, and what is left of it stands above.
type factorStep struct {
	row, column int32
	pivot       float64
	lower       []Entry // rows, and how much of this one is taken off each
	upper       []Entry // columns of later pivots
}

// factorise takes the matrix whose columns are those of q at some rows. Rows are scaled by their largest elements, since some are in people and some
// in money. The pivot is the fair one that makes the fewest elements at most (Markowitz, The elimination form of the inverse
// and its application to linear programming, Management Science 3, 1957); where none is fair any more, pivots are the largest elements that are
// left, so that only a matrix that is singular looks so.
func factorise(q [][]float64, rows []int) *factors {
	n := len(rows)
	f := &factors{
		n: n, rows: make([][]Entry, n), in: make([][]int32, n), count: make([]int32, n), scale: make([]float64, n),
		rowOf: make([]int, n), taken: make([]bool, n), at: make([]int32, n),
	}
	for i := range q {
		f.rowOf[i] = -1
		for r, at := range rows {
			if x := q[i][at]; x != 0 {
				f.rows[r] = append(f.rows[r], Entry{int32(i), x})
				f.in[i] = append(f.in[i], int32(r))
				f.scale[r] = max(f.scale[r], math.Abs(x))
			}
		}
		f.count[i] = int32(len(f.in[i]))
	}
	for r, row := range f.rows {
		for e := range row {
			row[e].Coef /= f.scale[r]
		}
	}
	for {
		r, e := f.fair()
		if r < 0 {
			r, e = f.largest()
		}
		if r < 0 {
			return f
		}
		f.eliminate(r, e)
	}
}

// fair finds a pivot that is safe and makes few elements: a row, −1 for none, and a place in it.
func (f *factors) fair() (row, entry int) {
	row = -1
	best := int64(math.MaxInt64)
	for r, elements := range f.rows {
		// A pivot makes at most (elements of its row − 1)·(elements of its column − 1) others; no column is shorter than 1.
		if f.taken[r] || len(elements) == 0 || row >= 0 && int64(len(elements)-1) > best {
			continue
		}
		largest := 0.0
		for _, e := range elements {
			largest = max(largest, math.Abs(e.Coef))
		}
		for i, e := range elements {
			if size := math.Abs(e.Coef); size < fairPivot || size < fairShare*largest {
				continue
			}
			if fill := int64(len(elements)-1) * int64(f.count[e.Index]-1); fill < best {
				row, entry, best = r, i, fill
			}
		}
		if best == 0 {
			break
		}
	}
	return row, entry
}

// largest finds the largest element that is left, −1 where none is above the tolerance.
func (f *factors) largest() (row, entry int) {
	row = -1
	best := singularTolerance
	for r, elements := range f.rows {
		if f.taken[r] {
			continue
		}
		for i, e := range elements {
			if size := math.Abs(e.Coef); size > best {
				row, entry, best = r, i, size
			}
		}
	}
	return row, entry
}

// eliminate takes multiples of a row off the others so that the column of an element of it is left to it alone.
func (f *factors) eliminate(r, e int) {
	pivotRow := f.rows[r]
	p := pivotRow[e]
	pivotRow[e] = pivotRow[len(pivotRow)-1]
	pivotRow = pivotRow[:len(pivotRow)-1]
	step := factorStep{row: int32(r), column: p.Index, pivot: p.Coef, upper: pivotRow}
	f.rowOf[p.Index], f.taken[r], f.rows[r] = r, true, nil
	for _, e := range pivotRow {
		f.count[e.Index]--
	}
	for _, s := range f.in[p.Index] {
		if f.taken[s] {
			continue
		}
		if x := f.without(s, p.Index); x != 0 {
			x /= p.Coef
			step.lower = append(step.lower, Entry{s, x})
			f.add(s, pivotRow, -x)
		}
	}
	f.steps = append(f.steps, step)
}

// without drops a column from a row and returns what stood there.
func (f *factors) without(r, column int32) float64 {
	row := f.rows[r]
	for i, e := range row {
		if e.Index == column {
			row[i] = row[len(row)-1]
			f.rows[r] = row[:len(row)-1]
			return e.Coef
		}
	}
	return 0
}

// add adds a multiple of elements to a row.
func (f *factors) add(r int32, elements []Entry, by float64) {
	if len(elements) == 0 {
		return
	}
	row := f.rows[r]
	for i, e := range row {
		f.at[e.Index] = int32(i) + 1
	}
	for _, e := range elements {
		if i := f.at[e.Index]; i > 0 {
			row[i-1].Coef += by * e.Coef
			continue
		}
		row = append(row, Entry{e.Index, by * e.Coef})
		f.in[e.Index] = append(f.in[e.Index], r)
		f.count[e.Index]++
	}
	kept := row[:0]
	for _, e := range row {
		f.at[e.Index] = 0
		if math.Abs(e.Coef) < dropTolerance {
			f.count[e.Index]--
			continue
		}
		kept = append(kept, e)
	}
	f.rows[r] = kept
}

// inverse gives a row of the inverse for each column of the matrix. All columns must have a pivot.
func (f *factors) inverse() [][]float64 {
	out := make([][]float64, f.n)
	cells := make([]float64, f.n*f.n)
	for i := range out {
		out[i] = cells[f.n*i : f.n*(i+1)]
	}
	above := make([][]Entry, f.n) // by column: rows of earlier pivots, and what they have of it
	for _, s := range f.steps {
		for _, e := range s.upper {
			above[e.Index] = append(above[e.Index], Entry{s.row, e.Coef})
		}
	}
	x := make([]float64, f.n) // by row
	for c := range f.n {
		clear(x)
		x[c] = 1 / f.scale[c]
		for i := range f.steps {
			s := &f.steps[i]
			if v := x[s.row]; v != 0 {
				for _, e := range s.lower {
					x[e.Index] -= v * e.Coef
				}
			}
		}
		for i := len(f.steps) - 1; i >= 0; i-- {
			s := &f.steps[i]
			v := x[s.row]
			if v == 0 {
				continue
			}
			v /= s.pivot
			out[s.column][c] = v
			for _, e := range above[s.column] {
				x[e.Index] -= v * e.Coef
			}
		}
	}
	return out
}
