package branch

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// solutions calls visit with every integer solution of a programme by arc and column, unless its box is too large.
func solutions(b *problem, visit func(x []int64)) {
	size := int64(1)
	for j := range b.structural {
		if size *= b.upper[j] - b.lower[j] + 1; size > 50_000 || size <= 0 {
			return
		}
	}
	x := append([]int64(nil), b.lower[:b.structural]...)
	for j := 0; j < b.structural; {
		if filled := b.define(append([]int64(nil), x...)); b.holds(filled) {
			visit(x)
		}
		for j = 0; j < b.structural; j++ {
			if x[j]++; x[j] <= b.upper[j] {
				break
			}
			x[j] = b.lower[j]
		}
	}
}

// Cuts of a root lose no solution of the face, at any level, and some are found.
func TestCutsKeepEverySolution(t *testing.T) {
	cuts, on := 0, 0
	for seed := range uint64(4_000) {
		p := solvertest.RandomRows(seed)
		w := &watch{ctx: context.Background(), began: time.Now()}
		b := newProblem(p)
		empty := false
		for j := range b.lower {
			empty = empty || b.lower[j] > b.upper[j]
		}
		if empty {
			continue
		}
		b.build()
		b.typical = make([]float64, b.structural)
		b.basis = b.lp.Basis()
		s := newSearch(b, w, 0, nil, nil)
		s.install()
		root := &node{variable: -1}
		s.enter(root)
		first := len(s.rows)
		if s.relax(root) == solved {
			s.strengthen(root, rootRounds)
		}
		if len(s.rows) == first {
			continue
		}
		cuts += len(s.rows) - first
		solutions(b, func(x []int64) {
			for r := first; r < len(s.rows); r++ {
				sum := int64(0)
				for i, j := range s.rows[r].Index {
					sum += s.rows[r].Coef[i] * x[j]
				}
				if sum > b.upper[b.structural+r] {
					t.Fatalf("seed %d: %v is a solution, and cut %d loses it", seed, x, r-first)
				}
				if sum == b.upper[b.structural+r] {
					on++
				}
			}
		})
	}
	if cuts < 100 || on < 100 {
		t.Errorf("%d cuts with %d solutions on them: too few for a test", cuts, on)
	}
	t.Logf("%d cuts, %d solutions on one", cuts, on)
}

// Coarser coefficients lose no integer point, stay within the range, and give away little.
func TestCoarsen(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	lost, kept := 0, 0
	for range 2_000 {
		const n = 4
		c := &tableau{at: make([]float64, n), low: make([]int64, n), high: make([]int64, n)}
		for j := range int32(n) {
			c.low[j] = rng.Int64N(3) - 1
			c.high[j] = c.low[j] + rng.Int64N(3)
			c.at[j] = float64(c.low[j]) + rng.Float64()*float64(c.high[j]-c.low[j])
			c.index, c.coefs = append(c.index, j), append(c.coefs, rng.Int64N(2_000_001)-1_000_000)
		}
		fine, right, divisor := slices.Clone(c.coefs), rng.Int64N(2_000_001)-1_000_000, 1+rng.Int64N(100_000)
		coarse := c.coarsen(right, divisor)
		for i := range c.coefs {
			if c.coefs[i] == 0 || c.coefs[i] > 1_000_000/divisor+1 || c.coefs[i] < -1_000_000/divisor-1 {
				t.Fatalf("coefficient %d with divisor %d", c.coefs[i], divisor)
			}
		}
		x := slices.Clone(c.low)
		for j := 0; j < n; {
			before, after := int64(0), int64(0)
			for j, a := range fine {
				before += a * x[j]
			}
			for i, j := range c.index {
				after += c.coefs[i] * x[j]
			}
			switch {
			case before <= right && after > coarse:
				t.Fatalf("%v is lost: coefficients %v, right-hand side %d, divisor %d", x, fine, right, divisor)
			case before > right && after <= coarse:
				lost++
			case before > right:
				kept++
			}
			for j = 0; j < n; j++ {
				if x[j]++; x[j] <= c.high[j] {
					break
				}
				x[j] = c.low[j]
			}
		}
	}
	if kept < 10*lost || lost == 0 {
		t.Errorf("of the points that the cuts shut out, %d are shut out still, and %d are not", kept, lost)
	}
}
