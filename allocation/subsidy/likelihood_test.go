package subsidy

import (
	"math"
	"math/rand/v2"
	"testing"
)

// drawn makes up choices of people among alternatives with standard normal attributes, from a known
// taste of mean and spread; each person keeps a taste.
func drawn(seed uint64, people, each, alternatives int, mean, spread []float64) *Data {
	random := rand.New(rand.NewPCG(seed, 1))
	d := &Data{First: []int{0}}
	for k := range mean {
		d.Columns = append(d.Columns, []string{"subsidy", "distance", "remoteness", "housing", "town"}[k])
	}
	for person := range people {
		taste := append([]float64(nil), mean...)
		for k := range spread {
			taste[k] += spread[k] * random.NormFloat64()
		}
		for range each {
			v := make([]float64, alternatives)
			for j := range v {
				for k := range mean {
					x := random.NormFloat64()
					d.X = append(d.X, x)
					v[j] += taste[k] * x
				}
			}
			softmax(v)
			d.Chosen = append(d.Chosen, d.First[d.Choices()]+pick(v, random.Float64()))
			d.First = append(d.First, d.Rows())
			d.Person = append(d.Person, person)
		}
	}
	return d
}

// The derivatives agree with central differences of the value and of the gradient.
func TestDerivatives(t *testing.T) {
	const h, tolerance = 1e-5, 2e-6 // the error of a central difference is O(h²) and rounding/h
	data := drawn(1, 30, 3, 4, []float64{0.5, -1, 0.3}, []float64{0, 0.8, 0.2})
	for _, test := range []struct {
		reason string
		l      likelihood
		theta  []float64
	}{
		{"logit at zero", newLogit(data), []float64{0, 0, 0}},
		{"logit away from the maximum", newLogit(data), []float64{1, 0.4, -0.7}},
		{"mixed, small spreads", newMixed(data, []int{1, 2}, 40, 7), []float64{0.5, -1, 0.3, 0.1, 0.1}},
		{"mixed, large spreads, one below zero", newMixed(data, []int{1, 2}, 40, 7), []float64{0.2, -0.4, 0.3, 1.5, -0.6}},
	} {
		at := evaluate(test.l, test.theta, 2, 1)
		size := len(test.theta)
		for k := range size {
			up, down := append([]float64(nil), test.theta...), append([]float64(nil), test.theta...)
			up[k], down[k] = up[k]+h, down[k]-h
			above, below := evaluate(test.l, up, 1, 1), evaluate(test.l, down, 1, 1)
			if want := (above.value - below.value) / (2 * h); math.Abs(at.gradient[k]-want) > tolerance*(1+math.Abs(want)) {
				t.Errorf("%s: gradient %d is %v, differences give %v", test.reason, k, at.gradient[k], want)
			}
			for j := range size {
				want := (above.gradient[j] - below.gradient[j]) / (2 * h)
				if got := at.hessian[k*size+j]; math.Abs(got-want) > tolerance*(1+math.Abs(want)) {
					t.Errorf("%s: Hessian %d,%d is %v, differences give %v", test.reason, k, j, got, want)
				}
			}
		}
	}
}

// Over 200 data sets the 95 % interval holds the true coefficient 190 times in the mean, with a binomial
// standard deviation of √(200·0.95·0.05) = 3.08; four of these are 12.3, so 178 to 200 passes.
func TestIntervalCoverage(t *testing.T) {
	const sets, least, most = 200, 178, 200
	truth := []float64{0.6, -0.8}
	held, robust := make([]int, len(truth)), make([]int, len(truth))
	for seed := range uint64(sets) {
		fit, err := Estimate(t.Context(), drawn(100+seed, 300, 1, 4, truth, nil), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for k, c := range fit.Coefficients {
			if c.Interval().Holds(truth[k]) {
				held[k]++
			}
			if c.RobustInterval().Holds(truth[k]) {
				robust[k]++
			}
		}
	}
	t.Logf("of %d intervals, classical hold %v, robust %v", sets, held, robust)
	for k := range truth {
		for kind, n := range map[string]int{"classical": held[k], "robust": robust[k]} {
			if n < least || n > most {
				t.Errorf("the %s interval of coefficient %d holds the truth %d times of %d, want %d to %d", kind, k, n, sets, least, most)
			}
		}
	}
}

func TestMixedRecoversSpread(t *testing.T) {
	mean, spread := []float64{0.5, -1}, []float64{0, 0.9}
	fit, err := Estimate(t.Context(), drawn(5, 300, 6, 4, mean, spread), Options{Random: []int{1}, Draws: 100, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{mean[0], mean[1], spread[1]} {
		c := fit.Coefficients[k]
		t.Logf("%s spread %t: %.4f (%.4f), true %.2f", c.Name, c.Spread, c.Value, c.StdErr, want)
		if !c.Interval().Holds(want) {
			t.Errorf("%s, spread %t: %.4f with interval %.4f does not hold %v", c.Name, c.Spread, c.Value, c.Interval(), want)
		}
	}
	if c := fit.Coefficients[2]; !c.Spread || c.Interval().Holds(0) {
		t.Errorf("the spread %+v cannot be told from 0: the test shows nothing", c)
	}
}

// 50,000 choices of 5,000 people among 20 alternatives.
func BenchmarkEstimate(b *testing.B) {
	data := drawn(1, 5000, 10, 20, []float64{0.5, -0.8, -0.3, 0.4, 0.6}, nil)
	for b.Loop() {
		if _, err := Estimate(b.Context(), data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
