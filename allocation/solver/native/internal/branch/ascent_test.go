package branch

import (
	"context"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
)

// rooted states the search of the first level of a programme.
func rooted(p *solver.Programme) *search {
	w := &watch{ctx: context.Background(), began: time.Now()}
	b := newProblem(p)
	b.addAggregates()
	b.build()
	b.typical = make([]float64, b.structural)
	for a, f := range p.Start {
		b.typical[a] = float64(f)
	}
	b.basis = b.lp.Basis()
	return newSearch(b, w, 0, append(append([]int64(nil), p.Start...), p.StartColumns...), nil)
}

// An ascent comes as near to the bound of the relaxation as makes no difference, from which few pivots are left, and its repaired
// flow is a solution that is better than the start.
func TestAscend(t *testing.T) {
	better, few := 0, 0
	const counties = 12
	for seed := range uint64(counties) {
		p := solvertest.CountyRows(250, seed)
		plain, s := rooted(p), rooted(p)
		plain.relaxRoot()
		s.ascend()
		if s.dual == nil {
			t.Fatalf("seed %d: no multipliers", seed)
		}
		ascended := s.rootBound
		s.relaxRoot()
		if ascended > s.value || s.rootBound > s.value {
			t.Fatalf("seed %d: bound %d, and %d after it, above the solution %d", seed, ascended, s.rootBound, s.value)
		}
		if gained := ascended - plain.rootBound; float64(gained) < -2e-3*float64(-plain.rootBound) {
			t.Errorf("seed %d: the ascent ends at %d, far below the relaxation, %d", seed, ascended, plain.rootBound)
		}
		t.Logf("seed %d: start %d, solution %d; bound %d of the ascent, %d of the relaxation, %d cold; %d pivots, %d cold", seed, p.Objective(0, p.Start, p.StartColumns), s.value, ascended, s.rootBound, plain.rootBound, s.lp.Pivots, plain.lp.Pivots)
		if s.value < p.Objective(0, p.Start, p.StartColumns) {
			better++
		}
		if 2*s.lp.Pivots < plain.lp.Pivots {
			few++
		}
	}
	if better < counties/2 || few < counties/2 {
		t.Errorf("%d better solutions and %d quicker relaxations of %d are too few", better, few, counties)
	}
	t.Logf("%d of %d solutions are better than the start, %d relaxations took less than half of the pivots", better, counties, few)
}
