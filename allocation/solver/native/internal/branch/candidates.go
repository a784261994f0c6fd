package branch

import (
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
)

// branching chooses what a node is split on. A candidate is an integer column, a sum or a single arc.
type branching struct {
	sums  []int32 // rows that count something: activities are integer, and a column is defined by each
	rows  []int32 // rows of one coefficient, and the classes of rows of several
	gains []gain  // by variable
}

// gain is what a unit of a variable has cost so far where a branch moved it down or up.
type gain struct {
	down, up           float64
	downCount, upCount int32
}

// fractional chooses a variable to branch on: of the columns and sums that matter to the level, then of the rows and
// classes that do, the one whose pseudo-costs promise most (Bénichou et al., Experiments in mixed-integer linear
// programming, Mathematical Programming 1, 1971); then, where all of these are integral, the most fractional arc.
func (s *search) fractional() (variable int32, value float64, found bool) {
	variable, best := int32(-1), 0.0
	consider := func(j int32, x, step, tolerance float64) {
		if s.lower[j] >= s.upper[j] || fraction(x/step) <= tolerance || !s.between(j, x) {
			return
		}
		below := x/step - math.Floor(x/step)
		if score := s.promise(j, below); score > best {
			variable, value, best = j, x, score
		}
	}
	for j := s.arcs; j < s.structural; j++ {
		if s.matters[j] {
			consider(int32(j), s.lp.Value(j), 1, integral)
		}
	}
	for _, r := range s.branching.sums {
		consider(int32(s.structural)+r, s.activity[r], float64(s.step[r]), sumIntegral)
	}
	if variable >= 0 {
		return variable, value, true
	}
	for a, c := range s.problem.cost[s.level] {
		if c != 0 && a < s.arcs {
			consider(int32(a), s.lp.Value(a), 1, integral)
		}
	}
	if variable >= 0 {
		return variable, value, true
	}
	for _, r := range s.branching.rows {
		if j := int32(s.structural) + r; s.matters[j] {
			consider(j, s.activity[r], float64(s.step[r]), sumIntegral)
		}
	}
	if variable >= 0 {
		return variable, value, true
	}
	worst := integral
	for a := range s.arcs {
		x := s.lp.Value(a)
		if f := fraction(x); f > worst && s.between(int32(a), x) {
			variable, value, worst = int32(a), x, f
		}
	}
	return variable, value, variable >= 0
}

// between reports whether a value lies between the bounds, so that a branch takes something from both children. Values
// of a relaxation that was given up may not.
func (s *search) between(j int32, x float64) bool {
	return x > float64(s.lower[j]) && x < float64(s.upper[j])
}

// promise is the product of what both branches are expected to cost.
func (s *search) promise(j int32, below float64) float64 {
	const least = 1e-6 // keeps one side without a cost from hiding the other
	g := &s.branching.gains[j]
	down, up := s.typicalGain, s.typicalGain
	if g.downCount > 0 {
		down = g.down / float64(g.downCount)
	}
	if g.upCount > 0 {
		up = g.up / float64(g.upCount)
	}
	return max(least, down*below) * max(least, up*(1-below))
}

// learn records what the branch that made a node has cost.
func (s *search) learn(n *node, objective float64) {
	if n.variable < 0 || n.distance <= 0 {
		return
	}
	g := &s.branching.gains[n.variable]
	cost := max(0, objective-n.objective) / n.distance
	if n.upwards {
		g.up += cost
		g.upCount++
	} else {
		g.down += cost
		g.downCount++
	}
	s.gainCount++
	s.typicalGain += (cost - s.typicalGain) / float64(s.gainCount)
}

// settle finds which columns and rows matter to a level. A column that costs nothing at it, nor before it, and that can
// always make its row hold, whatever the flow, can give way; so neither it nor its row needs a look.
func (s *search) settle() {
	s.matters = make([]bool, len(s.problem.lower))
	for j := s.arcs; j < len(s.matters); j++ {
		s.matters[j] = true
	}
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
