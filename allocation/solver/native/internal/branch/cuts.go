package branch

import (
	"cmp"
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/rounding"
)

const (
	rootRounds     = 30   // of cuts, at most
	leafRounds     = 3    // likewise, of a node that the level before has left
	idleRounds     = 4    // that gain nothing, after which a root has enough
	cutsARound     = 24   // at most
	cutSources     = 120  // rows of the tableau that are looked at in a round, at most
	sourceFraction = 1e-4 // of their basic variables, at least
	leastEfficacy  = 2e-3 // distance of the values from a cut that is worth while
	mostParallel   = 0.8  // cosine of the angle between two cuts of a round
	cutLength      = 1000 // entries of a cut, at most, and
	cutLengthShare = 40   // so many arcs for one more
	cutEntries     = 3    // of the cuts of a programme, at most, for each entry of its own rows
	plateauGain    = 1e-2 // objective that a branch on a plateau gains, at most
	plateauLength  = 6    // nodes above one that is cut, at least, that are not
	leastGain      = 0.05 // units of a level
)

// cut is a valid inequality with its merit: how far from it the values are, and the length of its coefficients.
type cut struct {
	rounding.Inequality
	efficacy, norm float64
}

// onPlateau reports whether the branch that made a solved node has gained nothing, as those on classes and free arcs do that only send half a unit round another odd cycle, and
// no cuts were looked for above it for a while. In a large programme the soft rules have so many shortfalls of a half that branches on these gain nothing either.
func (s *search) onPlateau(n *node, state state) bool {
	if state != solved || n.variable < 0 || n.distance <= 0 || s.kindOf(n.variable) < classed && !s.large() || s.lp.Objective()-n.objective > plateauGain {
		return false
	}
	for above, i := n.parent, 0; above != nil && i < plateauLength; above, i = above.parent, i+1 {
		if above.cut {
			return false
		}
	}
	return true
}

// strengthen adds cuts to a solved node for some rounds, or until they do no more good.
func (s *search) strengthen(n *node, rounds int) state {
	unit := leastGain * float64(s.step[s.levelRow(s.level)-s.structural])
	for idle := 0; rounds > 0 && idle < idleRounds && n.bound < s.best(); rounds-- {
		before := s.lp.Objective()
		if !s.separate(n) {
			break
		}
		if state := s.relax(n); state != solved {
			return state
		}
		least := unit
		if s.best() < math.MaxInt64 {
			least = max(least, 1e-3*float64(s.best()-n.bound))
		}
		if idle++; s.lp.Objective()-before >= least {
			idle = 0
		}
	}
	return solved
}

// separate adds cuts that the values at hand break, and reports whether there are any: Gomory's mixed-integer cuts of the most
// fractional rows of the tableau, the deepest first and no two alike (Balas, Ceria, Cornuéjols and Natraj, Gomory cuts revisited,
// Operations Research Letters 19, 1996; Andreello, Caprara and Fischetti, Embedding {0, ½}-cuts in a branch-and-cut framework, INFORMS
// Journal on Computing 19, 2007). Rows with the same teachers in them, such as housing, leavers and indicators, make odd cycles whose
// values are halves; there branching changes nothing for long, and one cut does.
func (s *search) separate(n *node) bool {
	if s.cutEntries > cutEntries*s.plainEntries {
		return false
	}
	t := s.newTableau(n)
	var found []cut
	for _, j := range t.sources() {
		if s.w.stop() {
			return false
		}
		if one, ok := t.derive(j); ok {
			found = append(found, one)
		}
	}
	slices.SortStableFunc(found, func(a, b cut) int {
		return cmp.Or(cmp.Compare(b.efficacy, a.efficacy), cmp.Compare(len(a.Index), len(b.Index)))
	})
	var chosen []cut
	for i := range found {
		alike := func(other cut) bool { return cosine(&found[i], &other) > mostParallel }
		if len(chosen) < cutsARound && !slices.ContainsFunc(chosen, alike) {
			chosen = append(chosen, found[i])
		}
	}
	if len(chosen) > 0 {
		s.addCuts(n, chosen)
	}
	return len(chosen) > 0
}

// sources are the basic variables whose rows of the tableau are looked at, the most fractional first.
func (t *tableau) sources() []int32 {
	type source struct {
		variable int32
		rank     int // fractions that differ by noise rank the same
	}
	var all []source
	for j, x := range t.at {
		if f := fraction(x); f > sourceFraction && t.lp.Basic(j) {
			all = append(all, source{int32(j), -int(math.Round(f / sourceFraction))})
		}
	}
	slices.SortStableFunc(all, func(a, b source) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]int32, min(len(all), cutSources))
	for i := range out {
		out[i] = all[i].variable
	}
	return out
}

// longestCut is the number of entries above which a cut costs more in every pivot than it gains.
func (b *problem) longestCut() int { return cutLength + b.arcs/cutLengthShare }

// cosine is that of the angle between two cuts.
func cosine(a, b *cut) float64 {
	sum, k := 0.0, 0
	for i, j := range a.Index {
		for k < len(b.Index) && b.Index[k] < j {
			k++
		}
		if k < len(b.Index) && b.Index[k] == j {
			sum += float64(a.Coef[i]) * float64(b.Coef[k])
		}
	}
	return sum / (a.norm * b.norm)
}

// addCuts makes rows of the cuts of a node. Those of a root hold on the whole face. Others hold below the node alone: there
// the row has a bound, drawn in like any other, and elsewhere it has none.
func (s *search) addCuts(n *node, cuts []cut) {
	first := len(s.rows)
	for i := range cuts {
		right := int64(solver.NoUpper)
		if n.isRoot() {
			right = cuts[i].Right
		}
		s.addRow(lagrange.Row{Index: cuts[i].Index, Coef: cuts[i].Coef}, solver.NoLower, right)
		s.branching.gains = append(s.branching.gains, gain{})
		s.cutEntries += len(cuts[i].Index)
	}
	s.lp.AddRows(entries(s.rows[first:]))
	if s.other != nil {
		s.other.lp.AddRows(entries(s.rows[first:]))
	}
	s.buildModel()
	for r := first; r < len(s.rows); r++ {
		j := s.structural + r
		lower, upper := s.problem.lower[j], s.problem.upper[j]
		s.baseLower, s.baseUpper = append(s.baseLower, lower), append(s.baseUpper, upper)
		if right := cuts[r-first].Right; right < upper {
			upper = right
			n.drawn = append(n.drawn, lagrange.Change{Variable: int32(j), Lower: lower, Upper: upper})
		}
		if s.other != nil {
			s.other.addRow(j, lower, s.problem.upper[j])
		}
		s.lower, s.upper = append(s.lower, lower), append(s.upper, upper)
		s.matters = append(s.matters, true)
		s.activity, s.price = append(s.activity, 0), append(s.price, 0)
		if s.rootPrice != nil {
			s.rootPrice = append(s.rootPrice, 0)
		}
	}
}
