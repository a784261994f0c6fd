package scenario

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// near compares what is worked out in floats.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*(1+math.Abs(a)) }

func TestEquityByHand(t *testing.T) {
	for _, c := range []struct {
		reason string
		all    []weighted
		want   Equity
	}{
		{"nothing", nil, Equity{}},
		{"nobody has anything", []weighted{{0, 1}, {0, 2}}, Equity{}},
		{"alike", []weighted{{0.5, 1}, {0.5, 9}}, Equity{Least: 0.5, Greatest: 0.5}},
		{"one has all of two: Gini 1/2, Theil ln 2", []weighted{{0, 1}, {2, 1}}, Equity{1, 0.5, math.Ln2, 0, 2}},
		{"1, 2, 3: mean 2, Gini 2/9", []weighted{{3, 1}, {1, 1}, {2, 1}},
			Equity{math.Sqrt(2.0/3) / 2, 2.0 / 9, (0.5*math.Log(0.5) + 1.5*math.Log(1.5)) / 3, 1, 3}},
	} {
		got := newEquity(c.all)
		if !near(got.Variation, c.want.Variation) || !near(got.Gini, c.want.Gini) || !near(got.Theil, c.want.Theil) || got.Least != c.want.Least || got.Greatest != c.want.Greatest {
			t.Errorf("%s: %+v, want %+v", c.reason, got, c.want)
		}
	}
}

// The indices do not know units, take a weight of two for two alike, and fall when the poorer gets from the richer; the Gini is its double sum.
func TestEquityProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(t, "schools")
		all := make([]weighted, n)
		for i := range all {
			all[i] = weighted{float64(rapid.IntRange(1, 1000).Draw(t, "x")) / 10, float64(rapid.IntRange(1, 30).Draw(t, "w"))}
		}
		e := newEquity(all)
		total, mean, double := 0.0, 0.0, 0.0
		for _, a := range all {
			total += a.w
			mean += a.w * a.x
			for _, b := range all {
				double += a.w * b.w * math.Abs(a.x-b.x)
			}
		}
		mean /= total
		if want := double / (2 * total * total * mean); !near(want, e.Gini) {
			t.Fatalf("Gini %v, its double sum %v", e.Gini, want)
		}
		if e.Gini < -1e-12 || e.Gini >= 1 || e.Theil < -1e-12 || e.Theil > math.Log(total)+1e-9 {
			t.Fatalf("out of range: %+v", e)
		}
		var scaled, split []weighted
		for _, a := range all {
			scaled = append(scaled, weighted{7 * a.x, a.w})
			split = append(split, weighted{a.x, a.w / 2}, weighted{a.x, a.w / 2})
		}
		for reason, other := range map[string]Equity{"other units": newEquity(scaled), "each school in two": newEquity(split)} {
			if !near(e.Gini, other.Gini) || !near(e.Theil, other.Theil) || !near(e.Variation, other.Variation) {
				t.Fatalf("%s: %+v, before %+v", reason, other, e)
			}
		}
		least, greatest := 0, 0
		for i := range all {
			if all[i].x < all[least].x {
				least = i
			}
			if all[i].x > all[greatest].x {
				greatest = i
			}
		}
		gap := all[greatest].x - all[least].x
		if gap == 0 {
			return
		}
		gift := gap / 4 * min(all[least].w, all[greatest].w) // as a sum, so that the mean stays
		all[least].x += gift / all[least].w
		all[greatest].x -= gift / all[greatest].w
		if fairer := newEquity(all); fairer.Gini >= e.Gini || fairer.Theil >= e.Theil || fairer.Variation >= e.Variation {
			t.Fatalf("after a transfer %+v, before %+v", fairer, e)
		}
	})
}
