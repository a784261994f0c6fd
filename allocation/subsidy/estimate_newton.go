package subsidy

import (
	"context"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// maximum is where a log-likelihood is greatest.
type maximum struct {
	theta      []float64
	at         *sums // of order 2
	iterations int
}

// flatError says that a likelihood hardly grows any more and yet its coefficients go on.
type flatError struct {
	step, scales []float64
	iterations   int
	gradient     float64
}

func (e *flatError) Error() string { return "the likelihood has no clear maximum" }

// The search works on coefficients in units of the columns' spread, so that tolerances mean the
// same for all data.
const (
	stepTolerance  = 1e-8  // a Newton step this small ends the search
	flatStep       = 1e-3  // a step this large is none of rounding …
	flatGain       = 1e-10 // … and where it gains this little in ln L there is no maximum near
	leastIncrease  = 1e-4  // of what the slope promises, that a step must keep (Armijo)
	mostIterations = 300
	mostHalvings   = 40
)

// maximize finds a maximum by Newton's method: the direction solves (−∇² + τI) δ = ∇, with the
// least τ of a growing series for which the matrix is positive definite (0 wherever the
// likelihood is concave, as the logit's is), and the step is halved until the likelihood
// rises enough. Near the maximum each step doubles the right digits.
//
// Nocedal and Wright, Numerical Optimization, 2nd edition (2006), algorithms 3.1 and 3.3.
func maximize(ctx context.Context, l likelihood, start, scales []float64, workers int) (*maximum, error) {
	m := &maximum{theta: slices.Clone(start)}
	var step []float64
	for ; m.iterations < mostIterations; m.iterations++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m.at = evaluate(l, m.theta, 2, workers)
		var damped bool
		if step, damped = m.direction(scales); step == nil {
			break
		}
		length, slope := 0.0, 0.0
		for i, s := range step {
			length = max(length, math.Abs(s)*scales[i])
			slope += s * m.at.gradient[i]
		}
		switch {
		case length < stepTolerance && !damped:
			return m, nil
		case slope < flatGain && (length > flatStep || damped):
			return nil, m.flat(step, scales)
		}
		if !m.advance(l, step, slope, workers) {
			break
		}
	}
	return nil, m.flat(step, scales)
}

// direction solves for the Newton step; damped where the likelihood is not concave here, nil where
// nothing helps.
func (m *maximum) direction(scales []float64) (step []float64, damped bool) {
	size := len(scales)
	information := scaledInformation(m.at, scales)
	most := 0.0
	gradient := mat.NewVecDense(size, nil)
	for i, g := range m.at.gradient {
		gradient.SetVec(i, g/scales[i])
		most = max(most, math.Abs(information.At(i, i)))
	}
	if most == 0 {
		return nil, true
	}
	var factor mat.Cholesky
	for tau := 0.0; tau <= 1e6*most; tau = max(4*tau, 1e-4*most) {
		shifted := mat.NewSymDense(size, nil)
		shifted.CopySym(information)
		for i := range size {
			shifted.SetSym(i, i, shifted.At(i, i)+tau)
		}
		var solved mat.VecDense
		if !factor.Factorize(shifted) || !solvable(factor.SolveVecTo(&solved, gradient)) {
			continue
		}
		step = make([]float64, size)
		for i := range step {
			step[i] = solved.AtVec(i) / scales[i]
		}
		return step, tau > 0
	}
	return nil, true
}

// advance takes the longest of the halved steps that gains enough. Close to the maximum the gain
// drowns in rounding error, which the slack allows for.
func (m *maximum) advance(l likelihood, step []float64, slope float64, workers int) bool {
	slack := 1e-13 * (1 + math.Abs(m.at.value))
	next := make([]float64, len(step))
	for length, halvings := 1.0, 0; halvings < mostHalvings; length, halvings = length/2, halvings+1 {
		for i, s := range step {
			next[i] = m.theta[i] + length*s
		}
		if evaluate(l, next, 0, workers).value >= m.at.value+leastIncrease*length*slope-slack {
			m.theta = next
			return true
		}
	}
	return false
}

func (m *maximum) flat(step, scales []float64) error {
	gradient := 0.0
	for i, g := range m.at.gradient {
		gradient = max(gradient, math.Abs(g)/scales[i])
	}
	return &flatError{step, scales, m.iterations, gradient}
}

// scaledInformation is −∇² ln L for coefficients times their scales.
func scaledInformation(s *sums, scales []float64) *mat.SymDense {
	size := len(scales)
	information := mat.NewSymDense(size, nil)
	for i := range size {
		for j := i; j < size; j++ {
			information.SetSym(i, j, -s.hessian[i*size+j]/(scales[i]*scales[j]))
		}
	}
	return information
}

// solvable forgives a condition that is bad, but not one that is hopeless.
func solvable(err error) bool {
	var condition mat.Condition
	return err == nil || (errors.As(err, &condition) && !math.IsInf(float64(condition), 0))
}

// inverseInformation inverts −∇² ln L; not ok where it is not positive definite.
func inverseInformation(s *sums, scales []float64) (*mat.SymDense, bool) {
	var factor mat.Cholesky
	var inverse mat.SymDense
	if !factor.Factorize(scaledInformation(s, scales)) || !solvable(factor.InverseTo(&inverse)) {
		return nil, false
	}
	for i, a := range scales {
		for j := i; j < len(scales); j++ {
			inverse.SetSym(i, j, inverse.At(i, j)/(a*scales[j]))
		}
	}
	return &inverse, true
}
