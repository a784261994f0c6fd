package branch

import (
	"context"
	"math"
	"math/bits"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/network"
)

const (
	mostSteps  = 60 // networks that the search for a multiplier solves, at most
	scaleBits  = 24 // of a unit of the first level in the costs of those networks
	totalBits  = 58 // of every total in them
	doubleFrom = 1  // first multiplier, in units of the scale
)

// multiplier is the Lagrangian relaxation of one hard row a·x ≤ B in the first level (Geoffrion 1974): the network
// alone decides at the costs
//
//	C_j(Λ) = 2ˢ c_j + Λ a_j + t_j,
//
// with t_j a trace of the later levels that breaks ties. L(Λ) = min C(Λ)·x − ΛB is concave and piecewise linear with
// slope a·x − B. Its maximum is the bound of the linear relaxation, and on the side where the slope is not positive x
// obeys the row, so it is an incumbent. Because of t the pieces are short: they differ by one cycle, mostly.
type multiplier struct {
	p       *solver.Programme
	simplex *network.Simplex
	costs   []int64 // installed in the network
	row     lagrange.Row
	bound   int64 // B
	sign    int64 // −1 for a row a·x ≥ −B, whose coefficients are turned
	base    []int64
	scale   uint
	most    int64 // greatest multiplier
}

// point is what the network says at one multiplier.
type point struct {
	multiplier int64
	flow       []int64
	potential  []int64
	value      float64 // L(Λ), in units of 2⁻ˢ
	slope      int64
}

// newMultiplier prepares the relaxation of a row, or returns nil where the numbers would grow too large.
func newMultiplier(p *solver.Programme, r int, above bool) *multiplier {
	m := &multiplier{p: p, bound: p.Rows[r].Upper, sign: 1}
	if !above {
		m.bound, m.sign = -p.Rows[r].Lower, -1
	}
	row := &p.Rows[r]
	total := 0.0
	for i, a := range row.Arc {
		m.row.Index = append(m.row.Index, a)
		m.row.Coef = append(m.row.Coef, m.sign*row.ArcCoef[i])
		total += math.Abs(float64(row.ArcCoef[i])) * float64(p.Upper[a])
	}
	first := 0.0
	for a, c := range p.Levels[0].Cost {
		first += math.Abs(float64(c)) * float64(p.Upper[a])
	}
	m.scale = uint(max(0, min(scaleBits, totalBits-math.Ilogb(max(first, 1))-1)))
	m.most = int64(math.Ldexp(1, totalBits)/max(total, 1)) - 1
	if m.scale < scaleBits/2 || m.most < 1 || first == 0 {
		return nil
	}
	m.costs = make([]int64, len(p.Tail))
	m.base = m.trace()
	for a, c := range p.Levels[0].Cost {
		m.base[a] += c << m.scale
	}
	copy(m.costs, m.base)
	pure := solver.Programme{Supply: p.Supply, Tail: p.Tail, Head: p.Head, Upper: p.Upper, Levels: []solver.Level{{Cost: m.costs}}}
	m.simplex = network.New(&pure)
	return m
}

// trace weighs the later levels so that all of them together cost an arc less than a quarter of a unit of the first.
func (m *multiplier) trace() []int64 {
	out := make([]int64, len(m.p.Tail))
	room := int64(1) << m.scale / 4
	for _, level := range m.p.Levels[1:] {
		largest := int64(0)
		for _, c := range level.Cost {
			largest = max(largest, c, -c)
		}
		if largest == 0 {
			continue
		}
		if room == 0 {
			break
		}
		for a, c := range level.Cost {
			hi, lo := bits.Mul64(uint64(max(c, -c)), uint64(room/2))
			quotient, _ := bits.Div64(hi, lo, uint64(largest))
			if c < 0 {
				out[a] -= int64(quotient)
			} else {
				out[a] += int64(quotient)
			}
		}
		room /= 64
	}
	return out
}

// install puts the costs at a multiplier into the network.
func (m *multiplier) install(multiplier int64) {
	copy(m.costs, m.base)
	for i, a := range m.row.Index {
		m.costs[a] += multiplier * m.row.Coef[i]
	}
}

// at solves the network at a multiplier, from the tree of the last one.
func (m *multiplier) at(ctx context.Context, multiplier int64) *point {
	m.install(multiplier)
	sol, err := m.simplex.Solve(ctx, solver.Options{})
	if err != nil || sol.Stop != solver.StopOptimal {
		return nil
	}
	pt := &point{multiplier: multiplier, flow: sol.Flow, potential: sol.Potentials[0], slope: -m.bound}
	for i, a := range m.row.Index {
		pt.slope += m.row.Coef[i] * sol.Flow[a]
	}
	pt.value = float64(sol.Levels[0].Objective) - float64(multiplier)*float64(m.bound)
	return pt
}

// maximise finds two neighbouring pieces of L, the first above the row and the second within it, by going to where
// the two known ones cross (the secant, or Dinkelbach's, method), and halving now and then so that it ends early. It
// returns nil where the row can't be met, or the context ends.
func (m *multiplier) maximise(ctx context.Context) (over, within *point) {
	over = m.at(ctx, 0)
	if over == nil || over.slope <= 0 {
		return nil, over
	}
	for next := int64(doubleFrom); ; next = min(4*next, m.most) {
		pt := m.at(ctx, next)
		if pt == nil {
			return nil, nil
		}
		if pt.slope <= 0 {
			within = pt
			break
		}
		over = pt
		if next == m.most {
			return nil, nil
		}
	}
	for step := range mostSteps {
		gap := within.multiplier - over.multiplier
		if gap <= 1 || within.slope == 0 {
			break
		}
		crossing := (within.value - over.value + float64(over.slope)*float64(over.multiplier) - float64(within.slope)*float64(within.multiplier)) /
			float64(over.slope-within.slope)
		next := int64(crossing)
		if step%3 == 2 || next <= over.multiplier || next >= within.multiplier {
			next = over.multiplier + gap/2
		}
		pt := m.at(ctx, next)
		if pt == nil {
			return nil, nil
		}
		if pt.slope > 0 {
			over = pt
		} else {
			within = pt
		}
	}
	return over, within
}

// potentials gives those of a point in units of the first level, and the price of the row.
func (m *multiplier) potentials(pt *point) (potential []float64, price float64) {
	potential = make([]float64, len(pt.potential))
	for v, x := range pt.potential {
		potential[v] = math.Ldexp(float64(x), -int(m.scale))
	}
	return potential, -math.Ldexp(float64(pt.multiplier), -int(m.scale))
}
