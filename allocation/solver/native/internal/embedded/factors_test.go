package embedded

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// randomColumns are those of a square matrix as a working matrix has them: a few ones in each, and a row of money in most.
func randomColumns(random *rand.Rand, n int) [][]float64 {
	q := make([][]float64, n)
	for i := range q {
		q[i] = make([]float64, n)
		q[i][i] = 1
		for range random.IntN(4) {
			q[i][random.IntN(n)] = float64(random.IntN(5) - 2)
		}
		if random.IntN(3) > 0 {
			q[i][0] = 1000 * float64(random.IntN(40))
		}
	}
	return q
}

func TestFactorsInvert(t *testing.T) {
	inverted, singular := 0, 0
	for seed := range uint64(400) {
		random := rand.New(rand.NewPCG(seed, 1))
		n := 1 + random.IntN(40)
		q, rows := randomColumns(random, n), random.Perm(n)
		if random.IntN(4) == 0 && n > 1 { // a column that depends on others
			for r := range n {
				q[n-1][r] = q[0][r] + 2*q[n/2][r]
			}
		}
		f := factorise(q, rows)
		missing := 0
		for i, r := range f.rowOf {
			if r < 0 {
				missing++
			} else if !f.taken[r] {
				t.Fatalf("seed %d: column %d has a row that is not taken", seed, i)
			}
		}
		if missing > 0 {
			singular++
			if r := rank(q); r != n-missing {
				t.Fatalf("seed %d: %d of %d columns without a pivot, but the rank is %d", seed, missing, n, r)
			}
			continue
		}
		inverted++
		inverse := f.inverse()
		for i := range n { // the row of a column times each column
			for k := range n {
				sum, size, want := 0.0, 1.0, 0.0
				for c, at := range rows {
					sum += inverse[i][c] * q[k][at]
					size = max(size, math.Abs(inverse[i][c]*q[k][at]))
				}
				if i == k {
					want = 1
				}
				if math.Abs(sum-want) > 1e-9*size {
					t.Fatalf("seed %d: row %d times column %d is %g, want %g", seed, i, k, sum, want)
				}
			}
		}
	}
	if inverted < 100 || singular < 20 {
		t.Fatalf("%d inverted, %d singular: the cases test too little", inverted, singular)
	}
}

// rank counts the singular values above what rounding makes of zero.
func rank(q [][]float64) int {
	var svd mat.SVD
	if !svd.Factorize(mat.NewDense(len(q), len(q), slices.Concat(q...)), mat.SVDNone) {
		panic("embedded: the singular values of a random matrix were not found")
	}
	return svd.Rank(1e-14)
}

// TestFactorsStaySparse: a cycle passes few rows, so that pivots hardly make elements.
func TestFactorsStaySparse(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	q := randomColumns(random, 400)
	rows := random.Perm(400)
	elements := 0
	for i := range q {
		for _, x := range q[i] {
			if x != 0 {
				elements++
			}
		}
	}
	made := 0
	f := factorise(q, rows)
	for _, s := range f.steps {
		made += 1 + len(s.lower) + len(s.upper)
	}
	if made > 2*elements {
		t.Errorf("%d elements of the matrix became %d of its factors", elements, made)
	}
}
