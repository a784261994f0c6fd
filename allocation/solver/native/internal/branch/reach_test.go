package branch

import (
	"math"
	"testing"
)

func TestNextReach(t *testing.T) {
	for _, c := range []struct {
		reason  string
		last    search
		reaches []int64
	}{
		{"what was soon empty is looked further from", search{reach: 100, near: 40, effort: soonPivots - 1}, []int64{200, 400, 800}},
		{"what took its time is looked no further from, for some times", search{reach: 100, near: 40, effort: soonPivots}, []int64{100, 100, 200, 200}},
		{"what was given up is followed by a reach within the gap, and no narrower one", search{reach: 100, near: 40, tooWide: true, effort: soonPivots}, []int64{40, 40, 40, 80, 40}},
		{"what was proven with much effort likewise", search{reach: 100, near: 40, effort: attemptPivots}, []int64{40, 40, 40, 80, 40}},
	} {
		s := c.last
		for i, want := range c.reaches {
			if s.reach = s.nextReach(); s.reach != want {
				t.Errorf("%s: reach %d is %d, want %d", c.reason, i, s.reach, want)
			}
		}
	}
}

func TestPatience(t *testing.T) {
	for _, c := range []struct {
		reason string
		s      search
		want   int64
	}{
		{"within the gap none is given up", search{reach: 40, near: 40, ceiling: math.MaxInt64, allowance: 7}, math.MaxInt64},
		{"a wider one is", search{reach: 41, near: 40, ceiling: math.MaxInt64, allowance: 7}, 7},
		{"the last one, below no cutoff, is not", search{reach: 41, near: 40, cutoff: math.MaxInt64, ceiling: math.MaxInt64, allowance: 7}, math.MaxInt64},
		{"a part of an attempt has what the attempt has", search{reach: 0, cutoff: 9, ceiling: 9, allowance: 7}, 7},
	} {
		if got := c.s.patience(); got != c.want {
			t.Errorf("%s: %d pivots, want %d", c.reason, got, c.want)
		}
	}
}

func TestFarBelow(t *testing.T) {
	for _, c := range []struct {
		reason string
		s      search
		want   bool
	}{
		{"without an ascent there is nothing to go on from", search{floor: 0, relaxedBound: 80, ceiling: 100}, false},
		{"a relaxation in the upper half of what is looked through", search{dual: &dual{}, floor: 0, relaxedBound: 80, ceiling: 100}, true},
		{"one in the lower half", search{dual: &dual{}, floor: 0, relaxedBound: 40, ceiling: 100}, false},
		{"one above it all proves that nothing is there", search{dual: &dual{}, floor: 0, relaxedBound: 100, ceiling: 100}, false},
		{"one that was not solved", search{dual: &dual{}, floor: 10, relaxedBound: math.MinInt64, ceiling: 100}, false},
	} {
		if got := c.s.farBelow(); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
}

func TestCutoffFrom(t *testing.T) {
	known := []int64{0}
	for _, c := range []struct {
		reason string
		s      search
		bound  int64
		want   int64
	}{
		{"without an incumbent as far as the reach", search{reach: 100, near: 40}, 1000, 1100},
		{"an incumbent that the reach passes needs no cutoff", search{reach: 100, incumbent: known, value: 1100}, 1000, math.MaxInt64},
		{"one far above leaves the reach", search{reach: 100, near: 40, incumbent: known, value: 5000}, 1000, 1100},
		{"one that the gap comes near to is within it after an attempt below that", search{reach: 300, near: 40, incumbent: known, value: 1310}, 1000, 1270},
		{"even where the reach passes it", search{reach: 900, near: 40, incumbent: known, value: 1310}, 1000, 1270},
		{"one of some gaps above the bound is proven by one attempt", search{reach: 100, near: 40, incumbent: known, value: 1160}, 1000, math.MaxInt64},
		{"one just beyond them is not", search{reach: 100, near: 40, incumbent: known, value: 1161}, 1000, 1100},
		{"a bound that says nothing leads to none", search{reach: 100}, math.MinInt64, math.MaxInt64},
	} {
		if got := c.s.cutoffFrom(c.bound); got != c.want {
			t.Errorf("%s: %d, want %d", c.reason, got, c.want)
		}
	}
}
