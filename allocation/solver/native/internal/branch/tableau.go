package branch

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver/native/internal/rounding"
)

const (
	mostDenominator = 1 << 12 // of multipliers, and the one that they are rounded to where theirs is greater
	exactly         = 1e-6    // distance from an integer of a multiplier times its denominator
	mostMultiplier  = 1 << 50 // a multiplier times the largest coefficient
	mostCutSum      = 1 << 52 // every sum on the way
	mostCutRange    = 1 << 13 // the largest coefficient of a cut, as larger ones would trouble the simplex; see coarsen
	smallShare      = 1e-5    // of the largest coefficient, below which one is dropped
)

// tableau derives cuts from rows of the simplex tableau at the values at hand. The multipliers of a row come from floats and are
// rounded to integers over a denominator; from there on everything is exact. Activities are counted in their steps.
type tableau struct {
	*search
	at            []float64 // values by variable
	low, high     []int64   // bounds that the cuts may rely on
	potential     []float64 // multipliers of a row of the tableau, and what they are rounded to
	priceOf       []float64
	byNode, byRow []int64
	coef          []int64 // by variable, zero between uses
	equation      rounding.Equation
	rounded       rounding.Inequality
	index         []int32
	coefs         []int64
}

// newTableau takes the values at hand and the bounds of a node; of a root those of the face, so that its cuts hold everywhere.
func (s *search) newTableau(n *node) *tableau {
	t := &tableau{search: s, at: make([]float64, len(s.lower)), low: slices.Clone(s.lower), high: slices.Clone(s.upper),
		potential: make([]float64, len(s.Supply)), priceOf: make([]float64, len(s.rows)),
		byNode: make([]int64, len(s.Supply)), byRow: make([]int64, len(s.rows)), coef: make([]int64, len(s.lower))}
	if n.isRoot() {
		copy(t.low, s.problem.lower)
		copy(t.high, s.problem.upper)
	}
	s.lp.Activities(s.activity)
	for j := range s.structural {
		t.at[j] = s.lp.Value(j)
	}
	for r, step := range s.step {
		j := s.structural + r
		t.low[j], t.high[j] = ceilDiv(t.low[j], step), floorDiv(t.high[j], step)
		t.at[j] = s.activity[r] / float64(step)
	}
	return t
}

// derive makes a cut of the row of the tableau of a basic variable, the better of the two that the row and its negative give.
func (t *tableau) derive(j int32) (best cut, ok bool) {
	if !t.lp.InverseRow(j, t.potential, t.priceOf) {
		return cut{}, false
	}
	d := t.denominator()
	if !t.round(d) || !t.sum() {
		return cut{}, false
	}
	for range 2 {
		if rounding.Round(&t.rounded, &t.equation, d, t.low, t.high, t.at) {
			const about = 0.01 // efficacies that differ by less are equal, and the shorter cut is better
			one, fine := t.finish()
			if fine && (!ok || one.efficacy > (1+about)*best.efficacy ||
				one.efficacy > (1-about)*best.efficacy && len(one.Index) < len(best.Index)) {
				best, ok = one, true
			}
		}
		t.equation.Negate()
	}
	return best, ok
}

// denominator is the least common one of the multipliers, or the largest allowed where that is larger.
func (t *tableau) denominator() int64 {
	d := int64(1)
	include := func(x float64) bool {
		for q := int64(1); q*d <= mostDenominator; q++ {
			if fraction(x*float64(q*d)) < exactly {
				d *= q
				return true
			}
		}
		return false
	}
	for r, y := range t.priceOf {
		if y != 0 && !include(y*float64(t.step[r])) {
			return mostDenominator
		}
	}
	for _, x := range t.potential {
		if x != 0 && !include(x) {
			return mostDenominator
		}
	}
	if d == 1 {
		return mostDenominator // the fraction is in the bounds alone, or too small to be seen
	}
	return d
}

// round makes integers of the multipliers, in units of 1/d. It reports false where one is too large.
func (t *tableau) round(d int64) bool {
	for v, x := range t.potential {
		m := math.Round(x * float64(d))
		if !(math.Abs(m) < mostMultiplier) {
			return false
		}
		t.byNode[v] = int64(m)
	}
	for r, y := range t.priceOf {
		m := math.Round(y * float64(d) * float64(t.step[r]))
		if !(math.Abs(m)*t.lp.Scale(r) < mostMultiplier) {
			return false
		}
		t.byRow[r] = int64(m)
	}
	return true
}

// sum adds up the conservation rows, and the definitions of the activities.
func (t *tableau) sum() bool {
	e := &t.equation
	e.Index, e.Coef, e.Right = e.Index[:0], e.Coef[:0], 0
	size := 0.0
	for v, m := range t.byNode {
		if m == 0 {
			continue
		}
		size += math.Abs(float64(m) * float64(t.Supply[v]))
		e.Right += m * t.Supply[v]
		for _, a := range t.arcsAt(int32(v)) {
			if t.Tail[a] == int32(v) {
				t.coef[a] += m
			}
			if t.Head[a] == int32(v) {
				t.coef[a] -= m
			}
		}
	}
	for r, m := range t.byRow {
		if m == 0 {
			continue
		}
		for i, j := range t.rows[r].Index {
			t.coef[j] += m * (t.rows[r].Coef[i] / t.step[r])
		}
		t.coef[t.structural+r] -= m
	}
	for j, a := range t.coef {
		if a != 0 {
			e.Index, e.Coef = append(e.Index, int32(j)), append(e.Coef, a)
			t.coef[j] = 0
		}
	}
	return size < mostCutSum
}

// finish writes the activities of the rounded inequality out, drops what is fixed or small, and measures the cut.
func (t *tableau) finish() (cut, bool) {
	in := &t.rounded
	size := math.Abs(float64(in.Right))
	for i, j := range in.Index {
		if int(j) < t.structural {
			t.coef[j] += in.Coef[i]
			continue
		}
		r := int(j) - t.structural
		size += math.Abs(float64(in.Coef[i])) * t.lp.Scale(r) // of each entry; the sum over entries is below 2⁶²
		for k, v := range t.rows[r].Index {
			t.coef[v] += in.Coef[i] * (t.rows[r].Coef[k] / t.step[r])
		}
	}
	largest := int64(0)
	for _, a := range t.coef[:t.structural] {
		largest = max(largest, a, -a)
	}
	t.index, t.coefs = t.index[:0], t.coefs[:0]
	right, divisor := in.Right, int64(0)
	for j, a := range t.coef[:t.structural] {
		if a == 0 {
			continue
		}
		t.coef[j] = 0
		if t.low[j] == t.high[j] || float64(max(a, -a)) < smallShare*float64(largest) {
			least := min(a*t.low[j], a*t.high[j]) // what it is at least takes its place
			size += math.Abs(float64(a)) * max(math.Abs(float64(t.low[j])), math.Abs(float64(t.high[j])))
			right -= least
			continue
		}
		t.index, t.coefs = append(t.index, int32(j)), append(t.coefs, a)
		divisor = gcd(divisor, a)
	}
	if size > mostCutSum || divisor == 0 || len(t.index) > t.longestCut() {
		return cut{}, false
	}
	if largest/divisor > mostCutRange {
		divisor = largest/mostCutRange + 1
	}
	return t.measure(t.coarsen(right, divisor))
}

// coarsen brings the coefficients to multiples of a divisor, divides by it, and gives the right-hand side. Each is rounded so that the cut
// stays where it is at that bound which the value is nearer to, and gives way elsewhere:
//
//	d ⌊a/d⌋ x ≤ a x − (a − d ⌊a/d⌋) l,   d ⌈a/d⌉ x ≤ a x + (d ⌈a/d⌉ − a) u   for l ≤ x ≤ u.
func (t *tableau) coarsen(right, divisor int64) int64 {
	kept := 0
	for i, j := range t.index {
		a := floorDiv(t.coefs[i], divisor)
		switch rest := t.coefs[i] - a*divisor; {
		case rest > 0 && t.at[j]-float64(t.low[j]) > float64(t.high[j])-t.at[j]:
			a++
			right += (divisor - rest) * t.high[j]
		default:
			right -= rest * t.low[j]
		}
		if a != 0 {
			t.index[kept], t.coefs[kept] = j, a
			kept++
		}
	}
	t.index, t.coefs = t.index[:kept], t.coefs[:kept]
	return floorDiv(right, divisor)
}

// measure gives the cut if the values break it by enough.
func (t *tableau) measure(right int64) (cut, bool) {
	activity, square := 0.0, 0.0
	for i, j := range t.index {
		a := float64(t.coefs[i])
		activity += a * t.at[j]
		square += a * a
	}
	norm := math.Sqrt(square)
	efficacy := (activity - float64(right)) / norm
	if !(efficacy >= leastEfficacy) { // without any coefficient it is no number
		return cut{}, false
	}
	return cut{rounding.Inequality{Index: slices.Clone(t.index), Coef: slices.Clone(t.coefs), Right: right}, efficacy, norm}, true
}

// arcsAt lists the arcs of a node.
func (b *problem) arcsAt(v int32) []int32 {
	if b.incident == nil {
		b.incidentOf = make([]int32, len(b.Supply)+1)
		for a := range b.arcs {
			b.incidentOf[b.Tail[a]+1]++
			if b.Head[a] != b.Tail[a] { // a loop is listed once
				b.incidentOf[b.Head[a]+1]++
			}
		}
		for v := range b.Supply {
			b.incidentOf[v+1] += b.incidentOf[v]
		}
		b.incident = make([]int32, b.incidentOf[len(b.Supply)])
		at := slices.Clone(b.incidentOf)
		for a := range b.arcs {
			for i, v := range [2]int32{b.Tail[a], b.Head[a]} {
				if i == 0 || v != b.Tail[a] {
					b.incident[at[v]] = int32(a)
					at[v]++
				}
			}
		}
	}
	return b.incident[b.incidentOf[v]:b.incidentOf[v+1]]
}
