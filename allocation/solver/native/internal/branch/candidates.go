package branch

import (
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
)

// kind is a kind of candidate to split a node on.
type kind uint8

const (
	counts  kind = iota // integer columns and sums
	priced              // arcs that cost something at the level
	classed             // rows of one coefficient, and classes
	free                // other arcs
	kinds
)

// branching chooses what a node is split on.
type branching struct {
	sums    []int32 // rows that count something: activities are integer, and a column is defined by each
	rows    []int32 // rows of one coefficient, and the classes of rows of several
	gains   []gain  // by variable
	typical [kinds]gain
}

// gain is what a unit of a variable has cost so far where a branch moved it down or up.
type gain struct {
	down, up           float64
	downCount, upCount int32
}

// leastKnown is the number of branches of a kind, down and up, from which on it competes with those before it.
const leastKnown = 4

// fractional chooses a variable to branch on: of the columns and sums that matter to the level, then of the arcs with a cost, then of the rows and
// classes that matter, the one whose pseudo-costs promise most (Bénichou et al., Experiments in mixed-integer linear
// programming, Mathematical Programming 1, 1971); then, where all of these are integral, the most fractional arc. A kind of which it is known what it
// gains, as it has had its turn below, is taken before where it promises more: shortfalls can often be moved about at no cost, and then
// a single arc decides.
func (s *search) fractional() (variable int32, value float64, found bool) {
	variable, most := int32(-1), 0.0
	for k := range kinds {
		if variable >= 0 && !s.known(k) {
			continue
		}
		j, x, score := s.candidate(k)
		if j >= 0 && (variable < 0 || score > most) {
			variable, value, most = j, x, score
		}
	}
	return variable, value, variable >= 0
}

// known reports whether enough branches of a kind have been learned from.
func (s *search) known(k kind) bool {
	g := &s.branching.typical[k]
	return k != free && g.downCount >= leastKnown && g.upCount >= leastKnown
}

// candidate is the best of a kind, −1 where all of it is integral.
func (s *search) candidate(k kind) (variable int32, value, best float64) {
	variable = -1
	consider := func(j int32, x, step, tolerance float64) {
		if s.lower[j] >= s.upper[j] || fraction(x/step) <= tolerance || !s.between(j, x) {
			return
		}
		below := x/step - math.Floor(x/step)
		score := below * (1 - below)
		if k != free {
			score = s.promise(j, k, below)
		}
		if score > best {
			variable, value, best = j, x, score
		}
	}
	row := func(r int32) { consider(int32(s.structural)+r, s.activity[r], float64(s.step[r]), sumIntegral) }
	switch k {
	case counts:
		for j := s.arcs; j < s.structural; j++ {
			if s.matters[j] {
				consider(int32(j), s.lp.Value(j), 1, integral)
			}
		}
		for _, r := range s.branching.sums {
			row(r)
		}
	case classed:
		for _, r := range s.branching.rows {
			if s.matters[int32(s.structural)+r] {
				row(r)
			}
		}
	default:
		for a, c := range s.problem.cost[s.level][:s.arcs] {
			if (c != 0) == (k == priced) {
				consider(int32(a), s.lp.Value(a), 1, integral)
			}
		}
	}
	return variable, value, best
}

// kindOf says what kind of candidate a variable is.
func (s *search) kindOf(j int32) kind {
	switch r := int(j) - s.structural; {
	case int(j) < s.arcs && s.problem.cost[s.level][j] != 0:
		return priced
	case int(j) < s.arcs:
		return free
	case r < 0 || r < len(s.Rows) && s.defined(r) >= 0:
		return counts
	}
	return classed
}

// between reports whether a value lies between the bounds, so that a branch takes something from both children. Values
// of a relaxation that was given up may not.
func (s *search) between(j int32, x float64) bool {
	return x > float64(s.lower[j]) && x < float64(s.upper[j])
}

// promise is the product of what both branches are expected to cost: as much as those of the variable have so far, or of its kind.
func (s *search) promise(j int32, k kind, below float64) float64 {
	const least = 1e-6 // keeps one side without a cost from hiding the other
	down, up := 1.0, 1.0
	for _, g := range []*gain{&s.branching.typical[k], &s.branching.gains[j]} {
		if g.downCount > 0 {
			down = g.down / float64(g.downCount)
		}
		if g.upCount > 0 {
			up = g.up / float64(g.upCount)
		}
	}
	return max(least, down*below) * max(least, up*(1-below))
}

// learn records what the branch that made a node has cost.
func (s *search) learn(n *node, objective float64) {
	if n.variable < 0 || n.distance <= 0 {
		return
	}
	cost := max(0, objective-n.objective) / n.distance
	for _, g := range []*gain{&s.branching.typical[s.kindOf(n.variable)], &s.branching.gains[n.variable]} {
		if n.upwards {
			g.up += cost
			g.upCount++
		} else {
			g.down += cost
			g.downCount++
		}
	}
}

// settle finds which columns and rows matter to a level. A column that costs nothing at it, nor before it, and that can
// always make its row hold, whatever the flow, can give way; so neither it nor its row needs a look.
func (s *search) settle() {
	s.matters = make([]bool, len(s.problem.lower))
	for j := s.arcs; j < len(s.matters); j++ {
		s.matters[j] = true
	}
	s.matters[s.levelRow(s.level)] = false // the bound sees to what the level may cost
	for r := range s.Rows {
		if c := s.absorbs(r); c >= 0 {
			s.matters[s.arcs+c], s.matters[s.structural+r] = false, false
		}
	}
	for c, r := range s.definedBy {
		if r >= 0 {
			s.matters[s.arcs+c] = false // its row stands for it
		}
	}
	for i, r := range s.classOf {
		s.matters[s.structural+s.firstClass+i] = s.matters[s.structural+int(r)]
	}
}

// absorbs gives the column that makes a row hold for any flow and costs nothing up to the level, or −1.
func (s *search) absorbs(r int) int {
	row := &s.Rows[r]
	if len(row.Column) != 1 || s.definedBy[row.Column[0]] >= 0 || s.rowsOf[row.Column[0]] != 1 {
		return -1
	}
	c := int(row.Column[0])
	for k := 0; k <= s.level; k++ {
		if s.problem.cost[k][s.arcs+c] != 0 {
			return -1
		}
	}
	least, most := int64(0), int64(0)
	for i, a := range row.Arc {
		least += min(0, row.ArcCoef[i]*s.Upper[a])
		most += max(0, row.ArcCoef[i]*s.Upper[a])
	}
	ends := [2]int64{row.ColumnCoef[0] * s.Columns[c].Lower, row.ColumnCoef[0] * s.Columns[c].Upper}
	floor, ceiling := row.Lower >= -solver.MaxTotal, row.Upper <= solver.MaxTotal
	switch {
	case floor && !ceiling && least+max(ends[0], ends[1]) >= row.Lower:
		return c
	case ceiling && !floor && most+min(ends[0], ends[1]) <= row.Upper:
		return c
	}
	return -1
}
