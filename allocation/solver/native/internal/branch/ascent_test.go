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

// An ascent that has hardly begun comes near to the bound of the relaxation by its prices, in one network; but for rows whose columns stand in several, which an
// ascent has no prices for.
func TestAscentGoesOn(t *testing.T) {
	gained, near := 0, 0
	const counties = 8
	for seed := range uint64(counties) {
		p := solvertest.CountyRows(250, seed)
		relaxed, s := rooted(p), rooted(p)
		relaxed.dual = &dual{price: make([]float64, len(relaxed.rows)), wanted: make([]float64, relaxed.structural)}
		relaxed.install()
		root := &node{variable: -1, bound: relaxed.rootBound}
		relaxed.enter(root)
		if state := relaxed.relax(root); state != solved {
			t.Fatalf("seed %d: the relaxation came to %d", seed, state)
		}
		relaxed.lp.Prices(relaxed.blend, relaxed.potential, relaxed.dual.price)
		a := s.newAscent()
		if a.top = a.evaluate(make([]float64, len(a.priced))); a.top == nil {
			t.Fatal("stopped")
		}
		a.prove()
		before := s.rootBound
		if by := a.goOn(nil); by != 0 || s.rootBound != before {
			t.Errorf("seed %d: no prices gained %g", seed, by)
		}
		by := a.goOn(relaxed.dual.price)
		if s.rootBound > s.value || s.rootBound < before {
			t.Errorf("seed %d: the bound went from %d to %d, with a solution of %d", seed, before, s.rootBound, s.value)
		}
		if s.rootBound > root.bound+1 {
			t.Errorf("seed %d: the bound is %d, above that of the relaxation, %d", seed, s.rootBound, root.bound)
		}
		if by > 0 && s.rootBound > before {
			gained++
		}
		if 4*(s.rootBound-before) >= 3*(root.bound-before) {
			near++
		}
		if again := a.goOn(relaxed.dual.price); again != 0 {
			t.Errorf("seed %d: the same prices gained %g again", seed, again)
		}
	}
	if gained < counties/2 || near < counties/2 {
		t.Errorf("of %d counties %d gained, and %d came near to the relaxation", counties, gained, near)
	}
}
