package scenario

import (
	"math"
	"slices"
)

// Equity is how unequal a figure is between schools, each weighted.
type Equity struct {
	Variation float64 `json:"cv"`    // coefficient of variation: standard deviation / mean
	Gini      float64 `json:"gini"`  // Σ_i Σ_j w_i w_j |x_i − x_j| / (2 W² mean)
	Theil     float64 `json:"theil"` // Σ_i (w_i / W) (x_i / mean) ln(x_i / mean), 0 ln 0 being 0
	Least     float64 `json:"least"`
	Greatest  float64 `json:"greatest"`
}

// weighted is a figure of a school and its weight.
type weighted struct{ x, w float64 }

// newEquity works out the indices of figures that are 0 or more with weights above 0. All indices are 0 where there is nothing, or
// everybody has 0. It takes O(n log n) time: with the figures in order, the Gini's double sum is Σ_i w_i x_i (2 W_i − w_i − W) up
// to a factor, W_i the weight up to i.
//
// Gini, Variabilità e mutabilità (1912); Theil, Economics and Information Theory (1967), chapter 4; Cowell, Measuring Inequality
// (2011), chapters 2 and 3.
func newEquity(all []weighted) Equity {
	if len(all) == 0 {
		return Equity{}
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b weighted) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	total, mean := 0.0, 0.0
	for _, s := range all {
		total += s.w
		mean += s.w * s.x
	}
	mean /= total
	e := Equity{Least: all[0].x, Greatest: all[len(all)-1].x}
	if mean == 0 {
		return e
	}
	variance, upTo := 0.0, 0.0
	for _, s := range all {
		upTo += s.w
		variance += s.w * (s.x - mean) * (s.x - mean)
		e.Gini += s.w * s.x * (2*upTo - s.w - total)
		if s.x > 0 {
			e.Theil += s.w / total * s.x / mean * math.Log(s.x/mean)
		}
	}
	e.Variation = math.Sqrt(variance/total) / mean
	e.Gini /= total * total * mean
	return e
}
