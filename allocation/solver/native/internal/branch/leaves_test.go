package branch

import (
	"math"
	"testing"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// divided gives the relaxed bound of a programme at its first level, before any cut, and the search of that level with a face that is divided into 2ⁿ leaves by arcs
// that are fractional there; nil where too few are.
func divided(t *testing.T, p *solver.Programme, n int) (bound int64, s *search) {
	t.Helper()
	whole := rooted(p)
	whole.install()
	root := &node{variable: -1, bound: whole.rootBound}
	whole.enter(root)
	if state := whole.relax(root); state != solved {
		t.Fatalf("the relaxation came to %d", state)
	}
	leaves := []*node{nil}
	for a := int32(0); int(a) < whole.arcs && len(leaves) < 1<<n; a++ {
		if fraction(whole.lp.Value(int(a))) < integral {
			continue
		}
		var halves []*node
		for _, leaf := range leaves {
			halves = append(halves, &node{parent: leaf, variable: a, upper: 0}, &node{parent: leaf, variable: a, lower: 1, upper: p.Upper[a]})
		}
		leaves = halves
	}
	if len(leaves) < 1<<n {
		return 0, nil
	}
	s = rooted(p)
	s.leaves = leaves
	return root.bound, s
}

// The leaves give a bound that is as good as that of the whole face, or better, and below the optimum; and the best plan is in one of those that are
// kept, also when an attempt goes back to it below a cutoff.
func TestRelaxLeaves(t *testing.T) {
	for _, c := range []struct {
		reason string
		splits int
	}{
		{"a few leaves are relaxed to the end", 2},
		{"of many, each is left as soon as it is worse than the best", 4},
	} {
		divisible, better := 0, 0
		const counties = 40
		for seed := range uint64(counties) {
			p := solvertest.CountyRows(60, seed)
			bound, s := divided(t, p, c.splits)
			if s == nil {
				continue
			}
			divisible++
			optimum, err := Solve(t.Context(), p, solver.Options{})
			if err != nil {
				t.Fatal(err)
			}
			s.relaxLeaves()
			z := optimum.Levels[0].Objective
			if s.rootBound > z || s.rootBound < bound {
				t.Errorf("%s: seed %d: the bound of the leaves is %d, that of the whole %d, and the optimum %d", c.reason, seed, s.rootBound, bound, z)
			}
			if s.rootBound > bound {
				better++
			}
			if s.cutoff != math.MaxInt64 {
				t.Errorf("%s: seed %d: a cutoff of %d is left", c.reason, seed, s.cutoff)
			}
			s.cutoff = z + 1
			leaves, held := s.leaves, false
			if leaves == nil {
				leaves = []*node{nil}
			}
			best := append(append([]int64(nil), optimum.Flow...), optimum.Columns...)
			for _, leaf := range leaves {
				held = held || s.enter(s.revisit(leaf)) && s.contains(best)
			}
			if !held {
				t.Errorf("%s: seed %d: the best plan is in none of %d leaves", c.reason, seed, len(leaves))
			}
		}
		t.Logf("%s: %d of %d counties can be divided, %d have a better bound by it", c.reason, divisible, counties, better)
		if divisible < counties/4 || better < counties/10 {
			t.Errorf("%s: %d of %d counties can be divided, and %d have a better bound by it: too few to tell", c.reason, divisible, counties, better)
		}
	}
}

// contains reports whether values obey the bounds of the node under way.
func (s *search) contains(x []int64) bool {
	for j, v := range x {
		if c := j - s.arcs; (c < 0 || s.definedBy[c] < 0) && (v < s.lower[j] || v > s.upper[j]) {
			return false
		}
	}
	for r := range s.rows {
		sum := int64(0)
		for i, j := range s.rows[r].Index {
			sum += s.rows[r].Coef[i] * x[j]
		}
		if j := s.structural + r; sum < s.lower[j] || sum > s.upper[j] {
			return false
		}
	}
	return true
}
