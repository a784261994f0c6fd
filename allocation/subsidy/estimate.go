package subsidy

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Options says how to estimate. The zero value works.
type Options struct {
	Random  []int  `json:"random,omitempty"`  // columns whose coefficients differ between people (mixed logit)
	Draws   int    `json:"draws,omitempty"`   // Halton draws of each person's taste; 0: 200
	Seed    uint64 `json:"seed,omitempty"`    // scrambles the draws
	Workers int    `json:"workers,omitempty"` // 0: one for each processor; never changes the result
	Least   int    `json:"least,omitempty"`   // choices for each coefficient, at least; 0: 10 (Peduzzi and others, 1996)
}

func (o Options) withDefaults() Options {
	if o.Draws == 0 {
		o.Draws = 200
	}
	if o.Least == 0 {
		o.Least = 10
	}
	return o
}

// Coefficient is one estimated number.
type Coefficient struct {
	Name   string  `json:"name"`
	Spread bool    `json:"spread,omitempty"` // a standard deviation over people, not a mean
	Value  float64 `json:"value"`
	StdErr float64 `json:"std_err"` // classical: from the inverse of the information
	Robust float64 `json:"robust"`  // sandwich: also where choices of a person hang together
	Z      float64 `json:"z"`       // value / robust
	P      float64 `json:"p"`       // of a value at least as far from 0, were it 0
}

// Fit is a model fitted to data.
type Fit struct {
	Coefficients  []Coefficient `json:"coefficients"` // of the columns in order, then the spreads
	Covariance    [][]float64   `json:"covariance"`   // classical
	Robust        [][]float64   `json:"robust_covariance"`
	LogLikelihood float64       `json:"log_likelihood"`
	AtZero        float64       `json:"at_zero"`      // with all coefficients 0: by chance
	AtConstants   float64       `json:"at_constants"` // with the constants alone; at zero where there are none
	Choices       int           `json:"choices"`
	People        int           `json:"people"`
	Rows          int           `json:"rows"`
	Constants     int           `json:"constants"` // how many columns are constants
	Draws         int           `json:"draws,omitempty"`
	Iterations    int           `json:"iterations"`
}

// McFadden is the pseudo R² 1 − ln L / ln L₀ against chance (McFadden 1974).
func (f *Fit) McFadden() float64 { return 1 - f.LogLikelihood/f.AtZero }

// LikelihoodRatio is a test of a model against one with fewer coefficients.
type LikelihoodRatio struct {
	Statistic float64 `json:"statistic"` // 2 (ln L − ln L of the smaller model)
	Freedom   int     `json:"freedom"`   // coefficients that the smaller model lacks
	P         float64 `json:"p"`         // of a statistic as great, were the smaller model true
}

// NewLikelihoodRatio compares two log-likelihoods of the same choices: the smaller model is the
// larger with so many coefficients held at a value. Where they are standard deviations
// held at 0, P is too large (up to twice), since none can be below 0. Train (2009), section 3.8.2.
func NewLikelihoodRatio(smaller, larger float64, freedom int) LikelihoodRatio {
	t := LikelihoodRatio{Statistic: max(0, 2*(larger-smaller)), Freedom: freedom, P: 1}
	if freedom > 0 {
		t.P = distuv.ChiSquared{K: float64(freedom)}.Survival(t.Statistic)
	}
	return t
}

// Estimate fits a conditional logit by maximum likelihood, or a mixed logit where
// options.Random names columns, by simulated maximum likelihood from the logit's estimate.
//
// Errors: *[DataError], *[TooFewError], *[FixedByTierError], *[CollinearError], *[SeparatedError] (a proof: the
// direction is checked against every choice), *[NotConvergedError], or the context's.
// It takes O(rows · columns²) time a step, and some ten steps; a mixed logit that times the draws.
//
// McFadden (1974); Train (2009), chapters 3, 6, 8 and 10.
func Estimate(ctx context.Context, d *Data, options Options) (*Fit, error) {
	options = options.withDefaults()
	if err := d.validate(); err != nil {
		return nil, err
	}
	scales := d.scales()
	if err := d.estimable(scales, options); err != nil {
		return nil, err
	}
	found, err := maximize(ctx, newLogit(d), make([]float64, len(d.Columns)), scales, options.Workers)
	if err != nil {
		return nil, d.explain(err, scales)
	}
	if len(options.Random) == 0 {
		return d.newFit(ctx, found, options)
	}
	start, all := found.theta, scales
	for _, c := range options.Random {
		start = append(start, math.Abs(found.theta[c])/2+0.1/scales[c]) // at 0 the likelihood is flat in a spread
		all = append(all, scales[c])
	}
	mixture := newMixed(d, options.Random, options.Draws, options.Seed)
	if found, err = maximize(ctx, mixture, start, all, options.Workers); err != nil {
		return nil, d.explain(err, scales)
	}
	return d.newFit(ctx, found, options)
}

// estimable reports why coefficients can't be estimated, whatever their values are.
func (d *Data) estimable(scales []float64, options Options) error {
	told := 0
	for n := range d.Chosen {
		if d.First[n+1]-d.First[n] > 1 {
			told++
		}
	}
	coefficients := len(d.Columns) + len(options.Random)
	for _, c := range options.Random {
		if c < 0 || c >= len(d.Columns) {
			return &DataError{-1, fmt.Sprintf("column %d is to be random: want 0 to %d", c, len(d.Columns)-1)}
		}
	}
	if want := options.Least * coefficients; told < want {
		return &TooFewError{Choices: told, Coefficients: coefficients, Want: want}
	}
	if err := d.Identified(); err != nil {
		return err
	}
	if gone := d.dependences(scales); len(gone) > 0 {
		return &CollinearError{gone}
	}
	if e := d.separatedBy(); e != nil {
		return e
	}
	return nil
}

// explain says why the likelihood has no maximum, where the data show it.
func (d *Data) explain(err error, scales []float64) error {
	var flat *flatError
	if !errors.As(err, &flat) {
		return err
	}
	k := len(d.Columns)
	if len(flat.step) == k {
		if separated := d.divergence(flat.step, scales); separated != nil {
			return separated
		}
	}
	e := &NotConvergedError{Iterations: flat.iterations, Gradient: flat.gradient}
	greatest := 0.0
	for i, s := range flat.step {
		greatest = max(greatest, math.Abs(s)*flat.scales[i])
	}
	for i, s := range flat.step {
		if i < k && math.Abs(s)*flat.scales[i] > greatest/10 {
			e.Flat = append(e.Flat, d.Columns[i])
		} else if i >= k && math.Abs(s)*flat.scales[i] > greatest/10 {
			e.Flat = append(e.Flat, "a spread")
		}
	}
	return e
}

// newFit works out errors and measures of fit at the maximum.
//
// The classical covariance is A⁻¹ with A = −∇² ln L. The robust one is the sandwich
// G/(G−1) · A⁻¹ B A⁻¹ with B = Σ g_i g_iᵀ over G people (Huber 1967; White, Econometrica 50, 1982;
// Train 2009, section 8.6).
func (d *Data) newFit(ctx context.Context, m *maximum, options Options) (*Fit, error) {
	size := len(m.theta)
	people := len(d.people()) - 1
	unit := make([]float64, size) // makes the information's diagonal 1
	for i := range unit {
		unit[i] = math.Sqrt(-m.at.hessian[i*size+i])
	}
	inverse, ok := inverseInformation(m.at, unit)
	if !ok {
		return nil, &NotConvergedError{Iterations: m.iterations}
	}
	var half, sandwich mat.Dense
	half.Mul(inverse, mat.NewDense(size, size, m.at.scores))
	sandwich.Mul(&half, inverse)
	sandwich.Scale(float64(people)/float64(max(1, people-1)), &sandwich)

	f := &Fit{LogLikelihood: m.at.value, Choices: d.Choices(), People: people, Rows: d.Rows(), Constants: len(d.Constants),
		Iterations: m.iterations, Covariance: square(inverse), Robust: square(&sandwich)}
	for i, value := range m.theta {
		c := Coefficient{Value: value, StdErr: math.Sqrt(f.Covariance[i][i]), Robust: math.Sqrt(f.Robust[i][i])}
		if i < len(d.Columns) {
			c.Name = d.Columns[i]
		} else { // the sign of a spread says nothing
			c.Name, c.Spread = d.Columns[options.Random[i-len(d.Columns)]], true
			if value < 0 {
				c.Value = -value
				flip(f.Covariance, i)
				flip(f.Robust, i)
			}
		}
		c.Z = c.Value / c.Robust
		c.P = 2 * distuv.UnitNormal.Survival(math.Abs(c.Z))
		f.Coefficients = append(f.Coefficients, c)
	}
	if len(options.Random) > 0 {
		f.Draws = options.Draws
	}
	f.AtZero = evaluate(newLogit(d), make([]float64, len(d.Columns)), 0, options.Workers).value
	f.AtConstants = f.AtZero
	if len(d.Constants) == 0 {
		return f, nil
	}
	constants := d.Select(d.Constants)
	found, err := maximize(ctx, newLogit(constants), make([]float64, len(d.Constants)), constants.scales(), options.Workers)
	if err != nil {
		return nil, err
	}
	f.AtConstants = found.at.value
	return f, nil
}

func square(m mat.Matrix) [][]float64 {
	rows, columns := m.Dims()
	full := make([][]float64, rows)
	for i := range full {
		full[i] = make([]float64, columns)
		for j := range full[i] {
			full[i][j] = m.At(i, j)
		}
	}
	return full
}

// flip turns the sign of one coefficient in a covariance.
func flip(covariance [][]float64, k int) {
	for i := range covariance {
		if i != k {
			covariance[i][k], covariance[k][i] = -covariance[i][k], -covariance[k][i]
		}
	}
}
