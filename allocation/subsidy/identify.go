package subsidy

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// rankTolerance is the size, of a column's own, below which what other columns leave of it counts
// as nothing.
const rankTolerance = 1e-8

// dependences gives the columns that are sums of others within choices, by a QR factorization
// with column pivoting of the centred columns, each scaled by its spread. The columns that
// the pivoting leaves for last, with nothing new in them, are to be dropped; the triangle
// says what each is made of. It takes O(rows · columns²) time and little memory: the rows
// go through in blocks, each of which is reduced to its triangle first.
//
// Businger and Golub, Numerische Mathematik 7 (1965).
func (d *Data) dependences(scales []float64) []Dependence {
	var gone []Dependence
	var kept []int
	for c, s := range scales {
		if s == 0 {
			gone = append(gone, Dependence{Column: d.Columns[c]})
		} else {
			kept = append(kept, c)
		}
	}
	if len(kept) < 2 {
		return gone
	}
	triangle, order := pivoted(d.triangle(scales, kept), len(kept))
	rank := 0
	for rank < len(kept) && math.Abs(triangle.At(rank, rank)) > rankTolerance*math.Abs(triangle.At(0, 0)) {
		rank++
	}
	for j := rank; j < len(kept); j++ {
		gone = append(gone, d.dependence(triangle, order, kept, scales, rank, j))
	}
	slices.SortFunc(gone, func(a, b Dependence) int {
		return cmp.Compare(slices.Index(d.Columns, a.Column), slices.Index(d.Columns, b.Column))
	})
	return gone
}

// triangle reduces the centred and scaled columns to an upper triangle with the same RᵀR.
func (d *Data) triangle(scales []float64, kept []int) *mat.Dense {
	const block = 4096
	k := len(kept)
	mean := make([]float64, len(d.Columns))
	room := make([]float64, 0, (block+k)*k)
	reduce := func() {
		for len(room) < k*k {
			room = append(room, 0)
		}
		var qr mat.QR
		qr.Factorize(mat.NewDense(len(room)/k, k, room))
		var r mat.Dense
		qr.RTo(&r)
		top := mat.DenseCopyOf(r.Slice(0, k, 0, k))
		room = append(room[:0], top.RawMatrix().Data...)
	}
	for n := range d.Chosen {
		d.centre(n, mean)
		for i := d.First[n]; i < d.First[n+1]; i++ {
			row := d.row(i)
			for _, c := range kept {
				room = append(room, (row[c]-mean[c])/scales[c])
			}
		}
		if len(room) >= block*k {
			reduce()
		}
	}
	reduce()
	return mat.NewDense(k, k, slices.Clone(room))
}

// pivoted factors a square matrix with column pivoting: the triangle, and which column is where.
func pivoted(a *mat.Dense, k int) (*mat.Dense, []int) {
	order := make([]int, k)
	for i := range order {
		order[i] = -1 // free to move
	}
	raw := a.RawMatrix()
	tau, work := make([]float64, k), make([]float64, 1)
	general := blas64.General{Rows: k, Cols: k, Stride: raw.Stride, Data: raw.Data}
	lapack64.Geqp3(general, order, tau, work, -1)
	work = make([]float64, int(work[0]))
	lapack64.Geqp3(general, order, tau, work, len(work))
	return a, order
}

// dependence solves R₁₁ f = r_j for what the column at place j is made of.
func (d *Data) dependence(r *mat.Dense, order, kept []int, scales []float64, rank, j int) Dependence {
	f := make([]float64, rank)
	for i := rank - 1; i >= 0; i-- {
		f[i] = r.At(i, j)
		for m := i + 1; m < rank; m++ {
			f[i] -= r.At(i, m) * f[m]
		}
		f[i] /= r.At(i, i)
	}
	column := kept[order[j]]
	made := Dependence{Column: d.Columns[column]}
	for i, x := range f {
		if c := kept[order[i]]; math.Abs(x) > math.Sqrt(rankTolerance) {
			made.Sum = append(made.Sum, Term{x * scales[column] / scales[c], d.Columns[c]})
		}
	}
	slices.SortFunc(made.Sum, func(a, b Term) int {
		return cmp.Compare(slices.Index(d.Columns, a.Column), slices.Index(d.Columns, b.Column))
	})
	return made
}

// separatedBy looks for a single column that no choice goes against.
func (d *Data) separatedBy() *SeparatedError {
	direction := make([]float64, len(d.Columns))
	for c := range d.Columns {
		for _, sign := range []float64{1, -1} {
			direction[c] = sign
			if e := d.certify(direction); e != nil {
				return e
			}
		}
		direction[c] = 0
	}
	return nil
}

// certify checks that a direction separates the choices: δ·(x_chosen − x_j) ≥ 0 for every
// alternative of every choice, and > 0 for some. Then the likelihood has no maximum (Albert
// and Anderson, Biometrika 71, 1984). nil where it does not separate them. A direction that is found by
// iteration has rounding error in it, so differences are held against the greatest one.
func (d *Data) certify(direction []float64) *SeparatedError {
	const tolerance = 1e-6
	greatest, least, without := 0.0, 0.0, 0
	for n, chosen := range d.Chosen {
		best := math.Inf(1)
		for i := d.First[n]; i < d.First[n+1]; i++ {
			if i == chosen {
				continue
			}
			lead := 0.0
			for k, x := range d.row(chosen) {
				lead += direction[k] * (x - d.row(i)[k])
			}
			best = min(best, lead)
			greatest, least = max(greatest, lead), min(least, lead)
		}
		if best <= 0 {
			without++
		}
	}
	if greatest == 0 || least < -tolerance*greatest {
		return nil
	}
	e := &SeparatedError{Perfect: without == 0}
	for k, f := range direction {
		if f != 0 {
			e.Direction = append(e.Direction, Term{f, d.Columns[k]})
		}
	}
	return e
}

// divergence makes an error of a likelihood that kept on growing in a direction: a separation
// where every choice bears it out.
func (d *Data) divergence(step, scales []float64) *SeparatedError {
	greatest := 0.0
	for k, s := range step {
		greatest = max(greatest, math.Abs(s)*scales[k])
	}
	direction := slices.Clone(step)
	for k := range direction {
		if direction[k] /= greatest; math.Abs(direction[k])*scales[k] < 1e-4 {
			direction[k] = 0
		}
	}
	return d.certify(direction)
}
