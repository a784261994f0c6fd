package subsidy

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// withColumn adds a column worked out from a row's number, its other values and whether it was chosen.
func withColumn(d *Data, name string, value func(row []float64, chosen bool) float64) *Data {
	wider := *d
	wider.Columns, wider.X = append(slices.Clone(d.Columns), name), nil
	for i := range d.Rows() {
		wider.X = append(append(wider.X, d.row(i)...), value(d.row(i), slices.Contains(d.Chosen, i)))
	}
	return &wider
}

func TestEstimateRefuses(t *testing.T) {
	data := drawn(1, 60, 1, 3, []float64{0.5, -0.5}, nil)
	for _, test := range []struct {
		reason string
		data   *Data
		target any
		says   []string
	}{
		{"a column that only what was chosen has", withColumn(data, "telltale", func(_ []float64, chosen bool) float64 { return indicator(chosen) }),
			new(*SeparatedError), []string{"telltale", "every choice is predicted"}},
		{"one column is a sum of two others", withColumn(data, "both", func(row []float64, _ bool) float64 { return row[0] + 2*row[1] }),
			new(*CollinearError), []string{"subsidy", "distance", "both"}},
		{"a column that never differs", withColumn(data, "level", func([]float64, bool) float64 { return 7 }),
			new(*CollinearError), []string{"level never differs"}},
		{"10 choices for two coefficients", drawn(1, 10, 1, 3, []float64{0.5, -0.5}, nil),
			new(*TooFewError), []string{"10 choices for 2 coefficients", "at least 20"}},
		{"a value that is no number", withColumn(data, "broken", func([]float64, bool) float64 { return math.NaN() }),
			new(*DataError), []string{"choice 1", "broken", "NaN"}},
	} {
		_, err := Estimate(t.Context(), test.data, Options{})
		if err == nil || !errors.As(err, test.target) {
			t.Errorf("%s: got %v, want a %T", test.reason, err, test.target)
			continue
		}
		for _, part := range test.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q does not say %q", test.reason, err, part)
			}
		}
	}
}

// The number of workers never changes a byte. 300 people are three chunks.
func TestWorkersGiveSameBytes(t *testing.T) {
	data := drawn(2, 300, 2, 4, []float64{0.5, -1}, []float64{0, 0.7})
	for reason, random := range map[string][]int{"logit": nil, "mixed": {1}} {
		var texts []string
		for _, workers := range []int{1, 4} {
			fit, err := Estimate(t.Context(), data, Options{Random: random, Draws: 30, Workers: workers})
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(fit)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(text))
		}
		if diff := cmp.Diff(texts[0], texts[1]); diff != "" {
			t.Errorf("%s: 1 and 4 workers differ (-1 +4)\n%s", reason, diff)
		}
	}
}

// The errors of the ratio by hand, and against the spread of the ratio over draws of the coefficients.
func TestWillingness(t *testing.T) {
	v := [][]float64{{0.0001, 0.00002}, {0.00002, 0.0004}}
	fit := &Fit{Coefficients: []Coefficient{{Name: "subsidy", Value: 0.2, StdErr: 0.01, Robust: 0.01}, {Name: "distance", Value: -0.06, StdErr: 0.02, Robust: 0.02}},
		Covariance: v, Robust: v}
	all, err := fit.Willingness()
	if err != nil {
		t.Fatal(err)
	}
	// W = 0.3 units: (0.0004 + 0.6·0.00002 + 0.09·0.0001) / 0.04 = 0.010525
	if w := all[0]; len(all) != 1 || w.Attribute != "distance" || math.Abs(w.Yuan-30) > 1e-9 || math.Abs(w.StdErr-100*math.Sqrt(0.010525)) > 1e-9 {
		t.Errorf("got %+v, want 30 yuan ± %v", all, 100*math.Sqrt(0.010525))
	}
	random := rand.New(rand.NewPCG(1, 2))
	const draws = 100000
	sum, squares := 0.0, 0.0
	for range draws { // by the Cholesky factor: 0.01; 0.002, √(0.0004 − 0.002²)
		a, b := random.NormFloat64(), random.NormFloat64()
		ratio := 100 * (-0.06 + 0.002*a + math.Sqrt(0.0004-0.000004)*b) / (0.2 + 0.01*a)
		sum, squares = sum+ratio, squares+ratio*ratio
	}
	spread := math.Sqrt(squares/draws - sum*sum/draws/draws)
	if math.Abs(spread/all[0].StdErr-1) > 0.02 { // the ratio's own curvature and 1/√(2·draws)
		t.Errorf("standard error %v, the draws have %v", all[0].StdErr, spread)
	}
}

func TestWillingnessRefuses(t *testing.T) {
	for _, test := range []struct {
		reason       string
		coefficients []Coefficient
		absent       bool
		says         string
	}{
		{"no subsidy", []Coefficient{{Name: "distance", Value: 1, StdErr: 0.1, Robust: 0.1}}, true, "no coefficient of subsidy"},
		{"the classical interval holds 0", []Coefficient{{Name: "subsidy", Value: 0.1, StdErr: 0.06, Robust: 0.01}}, false, "holds 0"},
		{"the robust interval holds 0", []Coefficient{{Name: "subsidy", Value: 0.1, StdErr: 0.01, Robust: 0.06}}, false, "holds 0"},
		{"only a spread of the subsidy", []Coefficient{{Name: "subsidy", Spread: true, Value: 1, StdErr: 0.1, Robust: 0.1}}, true, "no coefficient"},
	} {
		_, err := (&Fit{Coefficients: test.coefficients}).Willingness()
		var refused *NoMoneyError
		if !errors.As(err, &refused) || !errors.Is(err, ErrNotIdentified) || refused.Absent != test.absent || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v", test.reason, err)
		}
	}
}
