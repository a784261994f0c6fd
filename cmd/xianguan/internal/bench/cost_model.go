package bench

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat"
)

// Power is a fitted y = Factor · n^Exponent.
type Power struct {
	Factor   float64 `json:"factor"`
	Exponent float64 `json:"exponent"`
	Worst    float64 `json:"worst"` // largest |fitted / measured − 1|
}

// At gives the value at a size.
func (p Power) At(n float64) float64 { return p.Factor * math.Pow(n, p.Exponent) }

// FitPower fits a power to values above 0 at two sizes or more. The error says what is wrong with the data.
func FitPower(sizes, values []float64) (Power, error) {
	if err := fittable(sizes, values); err != nil {
		return Power{}, err
	}
	x, y := make([]float64, len(sizes)), make([]float64, len(values))
	for i := range sizes {
		x[i], y[i] = math.Log(sizes[i]), math.Log(values[i])
	}
	alpha, beta := stat.LinearRegression(x, y, nil, false)
	p := Power{Factor: math.Exp(alpha), Exponent: beta}
	for i := range sizes {
		p.Worst = max(p.Worst, math.Abs(p.At(sizes[i])/values[i]-1))
	}
	return p, nil
}

// Line is a fitted y = Base + Each · n.
type Line struct {
	Base  float64 `json:"base"`
	Each  float64 `json:"each"`
	Worst float64 `json:"worst"` // largest |fitted / measured − 1|
}

// At gives the value at a size.
func (l Line) At(n float64) float64 { return l.Base + l.Each*n }

// FitLine fits a line to values above 0 at two sizes or more.
func FitLine(sizes, values []float64) (Line, error) {
	if err := fittable(sizes, values); err != nil {
		return Line{}, err
	}
	l := Line{}
	l.Base, l.Each = stat.LinearRegression(sizes, values, nil, false)
	for i := range sizes {
		l.Worst = max(l.Worst, math.Abs(l.At(sizes[i])/values[i]-1))
	}
	return l, nil
}

func fittable(sizes, values []float64) error {
	distinct := slices.Compact(slices.Sorted(slices.Values(sizes)))
	if len(distinct) < 2 || len(values) != len(sizes) {
		return fmt.Errorf("a fit of %d values at %d different sizes: want a value for each of two sizes or more", len(values), len(distinct))
	}
	for i := range values {
		if !(values[i] > 0) || !(sizes[i] > 0) {
			return fmt.Errorf("a fit of the value %g at size %g: want both above 0", values[i], sizes[i])
		}
	}
	return nil
}

// CostModel says what counties cost.
//
// A county of n people costs processor time
//
//	g(n) = g₀ · n^p   to make ready (here: to generate, which stands in for reading it), once, and
//	t(n) = t₀ · n^q   to plan, check and measure, for each scenario,
//
// since the eligible pairs of a county grow as n², less what the districts of larger counties cut away, and the network simplex a little faster than the pairs. Both powers are
// fitted by least squares on logarithms. A worker's memory is m₀ + m₁ · n, the heap of one county and one plan; m₀ is the program.
// N counties with S scenarios each on W workers then take
//
//	processor time  C = N · (g(n) + S · t(n))
//	time            max(C / W, g(n) + S · t(n)), as the scenarios of a county run one after the other on one worker
//	memory          m₀ + W · m₁ · n
//	money           ⌈C · price of a core-hour⌉
//
// Counties of different sizes cost more than as many of their mean size, by (1 + v² q (q−1) / 2) to second order with v their coefficient of variation. Idle workers at the end,
// the network and storage are not in it.
type CostModel struct {
	Make   Power `json:"make"`   // seconds of processor time of a county
	Plan   Power `json:"plan"`   // seconds of processor time of a scenario
	Memory Line  `json:"memory"` // bytes of one worker
}

// Work is what is to be done.
type Work struct {
	Counties  int `json:"counties"`
	Teachers  int `json:"teachers"` // of each county
	Scenarios int `json:"scenarios"`
	Workers   int `json:"workers"`
}

// Estimate is what some work costs.
type Estimate struct {
	Work
	CPU    time.Duration `json:"cpu"`
	Wall   time.Duration `json:"wall"`
	Memory int64         `json:"memory"` // bytes, of all workers
	Money  int64         `json:"money"`  // fen
}

// Estimate predicts what work costs at a price in fen for a core-hour.
func (m *CostModel) Estimate(w Work, price int64) Estimate {
	n := float64(w.Teachers)
	each := m.Make.At(n) + float64(w.Scenarios)*m.Plan.At(n)
	workers := float64(min(w.Workers, w.Counties))
	e := Estimate{Work: w, CPU: duration(float64(w.Counties) * each), Memory: int64(math.Max(0, m.Memory.Base) + workers*m.Memory.Each*n)}
	e.Wall = max(duration(float64(w.Counties)*each/workers), duration(each))
	e.Money = Money(e.CPU, price)
	return e
}

// duration rounds to nanoseconds; what does not fit is the longest time there is.
func duration(s float64) time.Duration {
	if s >= math.MaxInt64/1e9 {
		return math.MaxInt64
	}
	return time.Duration(s * 1e9)
}

// Money is what processor time costs at a price in fen for a core-hour, rounded up to a fen.
func Money(cpu time.Duration, price int64) int64 {
	product := new(big.Int).Mul(big.NewInt(int64(cpu)), big.NewInt(price))
	hour := big.NewInt(int64(time.Hour))
	product.Add(product, new(big.Int).Sub(hour, big.NewInt(1))).Div(product, hour)
	if !product.IsInt64() {
		return math.MaxInt64
	}
	return product.Int64()
}
