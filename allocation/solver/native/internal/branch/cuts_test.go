package branch

import (
	"context"
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
