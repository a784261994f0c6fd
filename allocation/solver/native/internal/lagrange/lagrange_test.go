package lagrange

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// Two parallel arcs carry two units from node 0 to node 1, a column of 0 to 3 stands beside them, and one row is
// drawn over all three.
type small struct {
	model        *Model
	cost, coef   []int64
	lower, upper []int64
}

func drawSmall(rng *rand.Rand) *small {
	s := &small{lower: []int64{0, 0, 0, -5}, upper: []int64{2, 2, 3, 5}}
	for range 3 {
		s.cost = append(s.cost, rng.Int64N(21)-10)
		s.coef = append(s.coef, rng.Int64N(7)-3)
	}
	s.model = New([]int64{2, -2}, []int32{0, 0}, []int32{1, 1}, 1, []Row{{Index: []int32{0, 1, 2}, Coef: s.coef}})
	return s
}

// each visits all solutions.
func (s *small) each(visit func(x []int64, cost int64)) {
	for f := range int64(3) {
		for y := range int64(4) {
			x := []int64{f, 2 - f, y, 0}
			cost := int64(0)
			for j, c := range s.cost {
				x[3] += s.coef[j] * x[j]
				cost += c * x[j]
			}
			if x[3] >= s.lower[3] && x[3] <= s.upper[3] {
				visit(x, cost)
			}
		}
	}
}

// Whatever the multipliers, no solution is below the bound, and drawing in keeps every solution up to the limit.
func TestBoundIsSafe(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	tight := 0
	for range 5_000 {
		s := drawSmall(rng)
		size := math.Pow(10, float64(rng.IntN(4)))
		potential := []float64{size * rng.NormFloat64(), size * rng.NormFloat64()}
		price := []float64{size * rng.NormFloat64()}
		var c Certificate
		s.model.Bound(&c, s.cost, s.lower, s.upper, potential, price)
		limit := rng.Int64N(41) - 20
		lower, upper := append([]int64(nil), s.lower...), append([]int64(nil), s.upper...)
		tight += len(c.Tighten(limit, lower, upper, nil))
		s.each(func(x []int64, cost int64) {
			if cost < c.Value() {
				t.Fatalf("a solution of cost %d is below the bound %d: %+v", cost, c.Value(), s)
			}
			for j := range x {
				if cost <= limit && (x[j] < lower[j] || x[j] > upper[j]) {
					t.Fatalf("a solution of cost %d within %d is lost: %v not in %v..%v", cost, limit, x, lower, upper)
				}
			}
		})
	}
	if tight == 0 {
		t.Error("no bound was ever drawn in")
	}
}

// The right multipliers give the optimum exactly; what is not a number gives the bound of none.
func TestBoundValues(t *testing.T) {
	model := New([]int64{2, -2}, []int32{0, 0}, []int32{1, 1}, 0, []Row{{Index: []int32{0}, Coef: []int64{1}}})
	cost, lower, upper := []int64{1, 4}, []int64{0, 0, 0}, []int64{2, 2, 1}
	for _, test := range []struct {
		reason           string
		potential, price []float64
		want             int64
	}{
		{"at most one unit on the cheap arc: one each", []float64{4, 0}, []float64{-3}, 5},
		{"without multipliers every arc is empty", nil, nil, 0},
		{"a fraction is rounded up", []float64{4, 0}, []float64{-2.5}, 5},
		{"no number proves nothing more", []float64{math.NaN(), 0}, []float64{-3}, 0},
		{"nor does one that cannot be scaled", []float64{1e300, 0}, []float64{-3}, 0},
	} {
		var c Certificate
		model.Bound(&c, cost, lower, upper, test.potential, test.price)
		if got := c.Value(); got != test.want {
			t.Errorf("%s: bound %d, want %d", test.reason, got, test.want)
		}
	}
}

func TestShiftUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for range 10_000 {
		var w wide
		sum := new(big.Int)
		for range 3 {
			x, y := rng.Int64()>>rng.IntN(62)-rng.Int64N(1000), rng.Int64()>>(3+rng.IntN(60))
			w.add(x, y)
			sum.Add(sum, new(big.Int).Mul(big.NewInt(x), big.NewInt(y)))
		}
		s := uint(rng.IntN(41))
		want := new(big.Int).Neg(new(big.Int).Rsh(new(big.Int).Neg(sum), s)) // ⌈a⌉ = −⌊−a⌋
		got := w.shiftUp(s)
		if want.IsInt64() {
			if got != want.Int64() {
				t.Fatalf("⌈%v / 2^%d⌉ = %d, want %v", sum, s, got, want)
			}
		} else if want.Sign() > 0 != (got == math.MaxInt64) {
			t.Fatalf("⌈%v / 2^%d⌉ = %d", sum, s, got)
		}
	}
}

// A bound has as many digits as the reduced costs leave, however many rows there are: a variable stands in few.
func TestScaleHoldsForManyRows(t *testing.T) {
	scale := func(rows int) uint {
		supply, price := make([]int64, 2), make([]float64, rows)
		tail, head := make([]int32, rows), make([]int32, rows)
		lower, upper := make([]int64, 2*rows), make([]int64, 2*rows)
		side := make([]Row, rows)
		for r := range rows {
			head[r], price[r], side[r] = 1, 1e6, Row{Index: []int32{int32(r)}, Coef: []int64{100_000}}
		}
		var c Certificate
		New(supply, tail, head, 0, side).Bound(&c, make([]int64, rows), lower, upper, nil, price)
		return c.Scale
	}
	if one, many := scale(1), scale(1000); many != one || one < 15 {
		t.Errorf("scale %d of a row, %d of a thousand, want the same", one, many)
	}
}
