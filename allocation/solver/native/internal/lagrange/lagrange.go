// Package lagrange proves lower bounds in exact integers, whatever the multipliers are that it is given.
//
// # The bound
//
// For potentials π by node and prices y by row, every x that conserves flow and every activity s = Ax satisfy
//
//	c·x = Σ π_v b_v + Σ_j rc_j x_j + Σ_r y_r s_r,   rc_j = c_j − Σ_r y_r a_rj − π_tail + π_head
//
// (without the potentials for a column). With l ≤ x ≤ u and L ≤ s ≤ U the smallest value of each term is taken at
// one of its bounds, so
//
//	L(π, y) = Σ π_v b_v + Σ_j min(rc_j l_j, rc_j u_j) + Σ_r min(y_r L_r, y_r U_r)
//
// is below c·x (Geoffrion, Lagrangean relaxation for integer programming, Mathematical Programming Study 2, 1974).
// That a bound stays safe when the multipliers come out of floating point is due to Neumaier and Shcherbina, Safe
// bounds in linear and mixed-integer linear programming, Mathematical Programming 99 (2004). Here it is also exact:
// multipliers are rounded to multiples of 2⁻ˢ, everything is computed in integers scaled by 2ˢ, sums in 128 bits,
// and s is as large as cannot overflow.
//
// # Tightening
//
// In the same identity a variable that leaves its cheaper bound by t costs t·|rc|. Where every x that is of
// interest costs at most z, no variable moves further than ⌊(z − L)/|rc|⌋ (Nemhauser and Wolsey, Integer and
// Combinatorial Optimization, 1988, II.5.2). A row's activity is a variable like any other.
package lagrange

import (
	"math"
	"math/bits"
)

// Model is the constraint matrix. Variables are the arcs, then the columns, then the activities of the rows.
type Model struct {
	supply     []int64
	tail, head []int32
	first      []int32 // by arc and column
	row        []int32
	coef       []int64
	rows       int
}

// Row is a side row: variables and coefficients. A variable that stands twice has the sum.
type Row struct {
	Index []int32
	Coef  []int64
}

// New builds a model. It keeps supply and the ends.
func New(supply []int64, tail, head []int32, columns int, rows []Row) *Model {
	m := &Model{supply: supply, tail: tail, head: head}
	structural := len(tail) + columns
	m.first = make([]int32, structural+1)
	m.rows = len(rows)
	for _, row := range rows {
		for _, j := range row.Index {
			m.first[j+1]++
		}
	}
	for j := range structural {
		m.first[j+1] += m.first[j]
	}
	m.row = make([]int32, m.first[structural])
	m.coef = make([]int64, m.first[structural])
	at := append([]int32(nil), m.first...)
	for r, row := range rows {
		for i, j := range row.Index {
			m.row[at[j]], m.coef[at[j]] = int32(r), row.Coef[i]
			at[j]++
		}
	}
	return m
}

// Certificate is a proven bound and what moving a variable costs. All is scaled by 2^Scale.
type Certificate struct {
	Scale   uint
	sum     wide
	Reduced []int64 // by variable; of an activity, its price
}

const (
	// Safe sizes, as powers of two: of a reduced cost, and of the sum of all products.
	reducedBits = 60
	sumBits     = 125
	mostScale   = 40
)

// Bound evaluates the Lagrangian of multipliers, of any origin, for integer costs of arcs and columns (nil is
// zero) within bounds by variable. It takes O(nodes + entries). The certificate is overwritten.
func (m *Model) Bound(c *Certificate, cost, lower, upper []int64, potential, price []float64) {
	structural := len(m.first) - 1
	if len(c.Reduced) != structural+m.rows {
		c.Reduced = make([]int64, structural+m.rows)
	}
	scale, ok := m.scale(cost, lower, upper, potential, price)
	if !ok {
		potential, price, scale = nil, nil, 0
	}
	c.Scale, c.sum = uint(scale), wide{}
	y := c.Reduced[structural:]
	for r := range y {
		y[r] = 0
		if price != nil {
			y[r] = int64(math.Round(math.Ldexp(price[r], scale)))
		}
		c.sum.add(y[r], cheapest(y[r], lower[structural+r], upper[structural+r]))
	}
	pi := make([]int64, len(m.supply))
	if potential != nil {
		for v := range pi {
			pi[v] = int64(math.Round(math.Ldexp(potential[v], scale)))
			c.sum.add(pi[v], m.supply[v])
		}
	}
	for j := range structural {
		rc := int64(0)
		if cost != nil {
			rc = cost[j] << c.Scale
		}
		for i := m.first[j]; i < m.first[j+1]; i++ {
			rc -= y[m.row[i]] * m.coef[i]
		}
		if j < len(m.tail) {
			rc += pi[m.head[j]] - pi[m.tail[j]]
		}
		c.Reduced[j] = rc
		if at := cheapest(rc, lower[j], upper[j]); rc != 0 && at != 0 {
			c.sum.add(rc, at)
		}
	}
}

func cheapest(rc, lower, upper int64) int64 {
	if rc > 0 {
		return lower
	}
	return upper
}

// scale finds the largest scale at which nothing can overflow; ok is false if there is none, or if a multiplier is
// not a number. The sizes are powers of two, so that rounding in them does no harm.
func (m *Model) scale(cost, lower, upper []int64, potential, price []float64) (scale int, ok bool) {
	largest := 1.0 // of a reduced cost
	for _, c := range cost {
		largest = max(largest, math.Abs(float64(c)))
	}
	highest := 0.0
	for _, p := range potential {
		highest = max(highest, math.Abs(p))
		if math.IsNaN(p) {
			return 0, false
		}
	}
	largest += 2*highest + m.worth(price)
	if math.IsNaN(largest) {
		return 0, false
	}
	total := 1.0
	for j := range lower {
		total += max(math.Abs(float64(lower[j])), math.Abs(float64(upper[j])))
	}
	for _, b := range m.supply {
		total += math.Abs(float64(b))
	}
	rc, sum := math.Ilogb(largest)+2, math.Ilogb(largest)+math.Ilogb(total)+3
	scale = min(mostScale, reducedBits-rc, sumBits-sum)
	return scale, scale >= 0
}

// worth is the most that a variable's entries, or one unit of a row, can be worth at prices, whatever their signs. A variable stands in few rows, so
// that is far below the sum over all of them, and each power of two is a digit more in the bound.
func (m *Model) worth(price []float64) float64 {
	most := 0.0
	for _, y := range price {
		if math.IsNaN(y) {
			return y
		}
		most = max(most, math.Abs(y))
	}
	if most == 0 {
		return 0
	}
	for j := range len(m.first) - 1 {
		sum := 0.0
		for i := m.first[j]; i < m.first[j+1]; i++ {
			sum += math.Abs(price[m.row[i]] * float64(m.coef[i]))
		}
		most = max(most, sum)
	}
	return most
}

// Value is the bound: the least integer that is not below the Lagrangian, as the costs are integers.
func (c *Certificate) Value() int64 { return c.sum.shiftUp(c.Scale) }

// Positive reports whether the Lagrangian is above zero, which with zero costs proves that nothing is feasible.
func (c *Certificate) Positive() bool { return c.sum.hi>>63 == 0 && c.sum.hi|c.sum.lo != 0 }

// Change is a variable with its bounds.
type Change struct {
	Variable     int32
	Lower, Upper int64
}

// Tighten moves bounds inwards so far as no solution of cost at most limit is lost, and appends what it moved to
// changes. The bounds must be those of the certificate. Where the certificate proves that there is no such solution,
// it moves nothing.
func (c *Certificate) Tighten(limit int64, lower, upper []int64, changes []Change) []Change {
	var room wide
	room.add(limit, 1<<c.Scale)
	room.subtract(c.sum)
	if room.hi != 0 || room.lo > math.MaxInt64 {
		return changes // nothing to gain, or no solution
	}
	for j, rc := range c.Reduced {
		if rc == 0 || lower[j] >= upper[j] {
			continue
		}
		// The width of the bounds is below 2⁶², as bounds are within ±2⁶⁰ and activities within ±2⁶¹.
		far := int64(room.lo) / max(rc, -rc)
		if far >= upper[j]-lower[j] {
			continue
		}
		if rc > 0 {
			upper[j] = lower[j] + far
		} else {
			lower[j] = upper[j] - far
		}
		changes = append(changes, Change{int32(j), lower[j], upper[j]})
	}
	return changes
}

// wide is a two's complement sum of 128 bits.
type wide struct{ hi, lo uint64 }

func (w *wide) add(x, y int64) {
	hi, lo := bits.Mul64(magnitude(x), magnitude(y))
	var carry uint64
	if (x < 0) != (y < 0) {
		w.lo, carry = bits.Sub64(w.lo, lo, 0)
		w.hi, _ = bits.Sub64(w.hi, hi, carry)
		return
	}
	w.lo, carry = bits.Add64(w.lo, lo, 0)
	w.hi, _ = bits.Add64(w.hi, hi, carry)
}

func (w *wide) subtract(v wide) {
	var borrow uint64
	w.lo, borrow = bits.Sub64(w.lo, v.lo, 0)
	w.hi, _ = bits.Sub64(w.hi, v.hi, borrow)
}

// shiftUp is ⌈w / 2ˢ⌉, or the nearest int64.
func (w wide) shiftUp(s uint) int64 {
	lo, carry := bits.Add64(w.lo, 1<<s-1, 0)
	hi := int64(w.hi + carry)
	q := lo>>s | uint64(hi)<<(64-s)
	if s == 0 {
		q = lo
	}
	switch top := hi >> s; {
	case top == 0 && q <= math.MaxInt64, top == -1 && q > math.MaxInt64:
		return int64(q)
	case top < 0:
		return math.MinInt64
	default:
		return math.MaxInt64
	}
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}
