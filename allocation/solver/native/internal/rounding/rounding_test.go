package rounding

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// points calls visit with every integer point of a box.
func points(lower, upper []int64, visit func(x []int64)) {
	x := append([]int64(nil), lower...)
	for {
		visit(x)
		j := 0
		for ; j < len(x); j++ {
			if x[j]++; x[j] <= upper[j] {
				break
			}
			x[j] = lower[j]
		}
		if j == len(x) {
			return
		}
	}
}

func dot(index []int32, coef, x []int64) (sum int64) {
	for i, j := range index {
		sum += coef[i] * x[j]
	}
	return sum
}

// No integer point of an equation is lost, whatever the divisor and the bounds that the variables are counted from.
func TestNoPointIsLost(t *testing.T) {
	cuts, tight := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "variables")
		lower, upper, at := make([]int64, n), make([]int64, n), make([]float64, n)
		var e Equation
		x := make([]int64, n)
		for j := range n {
			lower[j] = rapid.Int64Range(-3, 3).Draw(t, "lower")
			upper[j] = lower[j] + rapid.Int64Range(0, 4).Draw(t, "width")
			at[j] = rapid.Float64Range(float64(lower[j]), float64(upper[j])).Draw(t, "at")
			x[j] = rapid.Int64Range(lower[j], upper[j]).Draw(t, "x")
			e.Index, e.Coef = append(e.Index, int32(j)), append(e.Coef, rapid.Int64Range(-30, 30).Draw(t, "coefficient"))
		}
		e.Right = dot(e.Index, e.Coef, x) // so that there is a point
		d := rapid.Int64Range(2, 12).Draw(t, "divisor")
		for range 2 {
			var cut Inequality
			if Round(&cut, &e, d, lower, upper, at) {
				cuts++
				points(lower, upper, func(x []int64) {
					if dot(e.Index, e.Coef, x) != e.Right {
						return
					}
					switch left := dot(cut.Index, cut.Coef, x); {
					case left > cut.Right:
						t.Fatalf("%v keeps %v, and %v does not", x, e, cut)
					case left == cut.Right:
						tight++
					}
				})
			}
			e.Negate()
		}
	})
	if cuts == 0 || tight == 0 {
		t.Errorf("%d cuts, %d points on one: too few for a test", cuts, tight)
	}
}

// Three posts, each of which two of three people may not take together: x1 + x2, x2 + x3, x1 + x3 ≤ 1. Half of all three rows is
// x1 + x2 + x3 ≤ 3/2, and rounding gives 1.
func TestHalves(t *testing.T) {
	// With slacks s: 2x1 + 2x2 + 2x3 + s1 + s2 + s3 = 3, over 2.
	e := Equation{Index: []int32{0, 1, 2, 3, 4, 5}, Coef: []int64{2, 2, 2, 1, 1, 1}, Right: 3}
	lower, upper := make([]int64, 6), []int64{1, 1, 1, 1, 1, 1}
	at := []float64{0.5, 0.5, 0.5, 0, 0, 0}
	var cut Inequality
	if !Round(&cut, &e, 2, lower, upper, at) {
		t.Fatal("no cut")
	}
	if diff := cmp.Diff(Inequality{Index: []int32{0, 1, 2}, Coef: []int64{1, 1, 1}, Right: 1}, cut); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestRefused(t *testing.T) {
	lower, upper, at := []int64{0}, []int64{9}, []float64{0}
	for _, test := range []struct {
		reason string
		e      Equation
		d      int64
	}{
		{"the right-hand side is a multiple", Equation{[]int32{0}, []int64{3}, 6}, 2},
		{"nothing is rounded to multiples of 1", Equation{[]int32{0}, []int64{3}, 7}, 1},
		{"the right-hand side may overflow", Equation{[]int32{0}, []int64{3}, 1<<62 + 1}, 2},
		{"a coefficient may", Equation{[]int32{0}, []int64{1 << 60}, 7}, 1 << 20},
	} {
		var cut Inequality
		if Round(&cut, &test.e, test.d, lower, upper, at) {
			t.Errorf("%s, yet there is %v", test.reason, cut)
		}
	}
}
