package subsidy

import (
	"math"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// Draws of coefficients have the covariance of the estimate, also where it is singular.
func TestPlausibleDraws(t *testing.T) {
	m := SyntheticModel()
	m.Covariance = make([][]float64, 2*AttributeCount)
	for i := range m.Covariance {
		m.Covariance[i] = make([]float64, 2*AttributeCount)
	}
	m.Covariance[0][0], m.Covariance[1][1] = 1e-4, 4e-6
	m.Covariance[0][1], m.Covariance[1][0] = -1e-5, -1e-5
	const n = 4000
	all := m.Plausible(n, 1).Models
	var xx, yy, xy float64
	for _, one := range all {
		x, y := one.Mean[0]-m.Mean[0], one.Mean[1]-m.Mean[1]
		xx, yy, xy = xx+x*x/n, yy+y*y/n, xy+x*y/n
		if one.Mean[2] != m.Mean[2] || one.Spread != m.Spread {
			t.Fatalf("%v, %v: a coefficient without error was drawn", one.Mean, one.Spread)
		}
	}
	for _, test := range []struct {
		reason    string
		got, want float64
	}{{"variance of money", xx, 1e-4}, {"variance of distance", yy, 4e-6}, {"covariance", xy, -1e-5}} {
		if math.Abs(test.got-test.want) > 0.15*math.Abs(test.want) {
			t.Errorf("%s: %v, want about %v", test.reason, test.got, test.want)
		}
	}
}

// A range holds what the designer's own model says and what each end of a declared range says.
func TestRanges(t *testing.T) {
	d := lively(t, 100, 2, [model.MaxTier + 1]model.Share{})
	m := *d.Model
	m.Elasticity = Elasticity{Low: 0.05, High: 0.6}
	amounts := []Amounts{d.Grid.Last, d.Grid.Amounts(d.Grid.highest())}
	ranges, err := d.Ranges(t.Context(), amounts, m.Plausible(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	wide := false
	for i, a := range amounts {
		for _, money := range []float64{0.05, m.Mean[AttributeSubsidy], 0.6} {
			other, err := NewDesigner(d.County, m.worth(money), d.options)
			if err != nil {
				t.Fatal(err)
			}
			o := other.At(a)
			if o.Filled < ranges[i].Filled[0] || o.Filled > ranges[i].Filled[1] || o.Cost < ranges[i].Cost[0] || o.Cost > ranges[i].Cost[1] {
				t.Errorf("money %v: %d at %s is not in %+v", money, o.Filled, o.Cost, ranges[i])
			}
		}
		wide = wide || ranges[i].Filled[1] > ranges[i].Filled[0]
	}
	if !wide {
		t.Error("no range is wider than a point")
	}
}
