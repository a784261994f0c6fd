package branch

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	compactBelow = 0.5   // share of the arcs that are left, from which on a search goes over to a programme of them alone
	compactLeast = 2_000 // arcs, below which that is not worth while
)

// compact builds the programme that is left below the cutoff, for the level under way and those after it, or gives nil
// where that is hardly smaller. Every solution below the cutoff is in it, so what it finds is the optimum of
// the whole, at this level and, on its face, at the later ones.
func (s *search) compact() *levels {
	if s.arcs < compactLeast {
		return nil
	}
	if float64(s.live()) > compactBelow*float64(s.arcs) {
		return nil
	}
	red := reduce(s.Programme, slices.Clone(s.baseLower[:s.arcs]), slices.Clone(s.baseUpper[:s.arcs]))
	if red == nil || len(red.arc) == 0 {
		return nil
	}
	b := newProblem(red.small)
	b.addAggregates()
	b.constant = make([]int64, len(s.Levels))
	for k := range s.Levels {
		b.constant[k] = s.problem.constantOf(k) + red.constant[k]
	}
	b.inherit(s, red)
	b.keys = make([]int32, b.arcs)
	for i, a := range red.arc {
		if b.keys[i] = a; s.keys != nil {
			b.keys[i] = s.keys[a]
		}
	}
	row := b.levelRow(s.level)
	b.upper[row] = min(b.upper[row], s.limit()-red.constant[s.level])
	for r := range b.rows {
		if j := b.structural + r; b.lower[j] > b.upper[j] {
			return nil // the search itself will see that nothing is there
		}
	}
	b.build()
	b.sizes = s.sizes
	l := &levels{problem: b, w: s.w, first: s.level, results: make([]solver.LevelResult, len(s.Levels)),
		relaxed: make([][]float64, len(s.Levels)), reduction: red, ceiling: s.limit() + 1 - red.constant[s.level],
		floor: plus(max(s.rootBound, s.floor), -red.constant[s.level]), allowance: s.patience(), slack: s.slack}
	if s.incumbent != nil && s.value <= s.limit() {
		l.incumbent = append(red.shrink(s.incumbent[:s.arcs]), s.incumbent[s.arcs:]...)
		if !b.holds(l.incumbent) {
			l.incumbent = nil
		}
	}
	b.typical = make([]float64, b.structural)
	for i, a := range red.arc {
		b.typical[i] = s.typical[a]
	}
	b.weights = s.weights
	b.handOver(s, red)
	l.dual = s.dual.within(red, b)
	return l
}

// live counts the arcs that are not fixed.
func (s *search) live() int {
	live := 0
	for a := range s.arcs {
		if s.baseLower[a] < s.baseUpper[a] {
			live++
		}
	}
	return live
}

// mayShrink reports whether the first attempt will likely go over to a smaller programme, where cuts cost less.
func (s *search) mayShrink() bool {
	return s.level == 0 && s.ceiling == math.MaxInt64 && s.arcs >= compactLeast
}

// inherit takes over what branches have settled about sums.
func (b *problem) inherit(s *search, red *reduction) {
	classes := map[[2]int64]int{}
	for i, r := range s.classOf {
		classes[[2]int64{int64(r), s.classCoef[i]}] = s.firstClass + i
	}
	draw := func(to, from int) {
		known := int64(0)
		for i, j := range s.rows[from].Index {
			if int(j) < s.arcs {
				known += s.rows[from].Coef[i] * red.known[j]
			}
		}
		lower, upper := &b.lower[b.structural+to], &b.upper[b.structural+to]
		*lower = max(*lower, s.baseLower[s.structural+from]-known)
		*upper = min(*upper, s.baseUpper[s.structural+from]-known)
	}
	for r := range b.firstClass {
		draw(r, r)
	}
	for i, r := range b.classOf {
		if from, ok := classes[[2]int64{int64(r), b.classCoef[i]}]; ok {
			draw(b.firstClass+i, from)
		}
	}
}

// handOver takes the basis over from the larger programme.
func (b *problem) handOver(s *search, red *reduction) {
	node, arc := make([]int32, len(red.place)), make([]int32, s.arcs)
	for v := range node {
		node[v] = -1
		if red.present[v] {
			node[v] = red.place[v]
		}
	}
	for a := range arc {
		arc[a] = -1
	}
	for i, a := range red.arc {
		arc[a] = int32(i)
	}
	row := func(r int32) int32 {
		if int(r) >= s.firstClass || s.dual != nil { // classes are made anew; and the tree alone is for a crash
			return -1
		}
		return r
	}
	basis := s.lp.Basis().Restrict(node, arc, row, len(b.Supply), b.arcs, len(b.Columns))
	b.lp.SetBasis(basis)
	b.basis = basis
	for a, x := range b.typical {
		b.lp.Hint(a, x)
	}
}

// constantOf is what the arcs that have gone cost at a level.
func (b *problem) constantOf(k int) int64 {
	if b.constant == nil {
		return 0
	}
	return b.constant[k]
}
