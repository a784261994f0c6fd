package subsidy

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/xianguan/xianguan/model"
)

// Plausible is a set of models that the data, or whoever declared the coefficients, do not rule out.
type Plausible struct {
	Models []*Model
	Basis  string // where they come from, in words
}

// Plausible gives models that a range of answers is taken over: n draws of the coefficients from the estimate's normal
// distribution where there is a covariance; the ends of the declared range of the subsidy's where there is
// one; else the subsidy's coefficient a quarter less and a quarter more, which is said to be an assumption. A drawn coefficient of money counts as a
// twentieth of the estimate at least, and a spread as 0.
func (m *Model) Plausible(n int, seed uint64) Plausible {
	switch {
	case m.Covariance != nil:
		return Plausible{m.draw(n, seed), fmt.Sprintf("95 %% of %d draws of the estimated coefficients", n)}
	case m.Elasticity != Elasticity{}:
		return Plausible{[]*Model{m.worth(m.Elasticity.Low), m.worth(m.Elasticity.High)}, "the ends of the declared range of what money weighs"}
	}
	money := m.Mean[AttributeSubsidy]
	return Plausible{[]*Model{m.worth(0.75 * money), m.worth(1.25 * money)}, "money weighing a quarter less to a quarter more than declared, an assumption"}
}

// worth is the model with another coefficient of money.
func (m *Model) worth(money float64) *Model {
	other := *m
	other.Mean[AttributeSubsidy] = money
	return &other
}

// draw takes coefficients at mean + V √Λ z, where V Λ Vᵀ is the covariance, which may be singular.
func (m *Model) draw(n int, seed uint64) []*Model {
	size := len(m.Covariance)
	covariance := mat.NewSymDense(size, nil)
	for i, row := range m.Covariance {
		for j := i; j < size; j++ {
			covariance.SetSym(i, j, row[j])
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(covariance, true) {
		panic("subsidy: no eigenvalues of a covariance that was validated")
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	scale := eigen.Values(nil)
	for k := range scale {
		scale[k] = math.Sqrt(max(0, scale[k]))
	}
	all := make([]*Model, n)
	for i := range all {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		one := *m
		for k := range size {
			z := random.NormFloat64() * scale[k]
			for a := range AttributeCount {
				one.Mean[a] += vectors.At(a, k) * z
				one.Spread[a] += vectors.At(a+AttributeCount, k) * z
			}
		}
		for a := range one.Spread {
			one.Spread[a] = max(0, one.Spread[a])
		}
		one.Mean[AttributeSubsidy] = max(one.Mean[AttributeSubsidy], leastMoney*m.Mean[AttributeSubsidy])
		all[i] = &one
	}
	return all
}

// Range is what a schedule may bring about, over plausible models.
type Range struct {
	Filled [2]int       `json:"filled"` // least and greatest
	Cost   [2]model.Fen `json:"cost"`
}

// Ranges answers each schedule under each model, without chance, and gives what it fills and costs with the model
// of the designer and the others: 2.5 % of these are left out at each end. Amounts must lie within what At
// asks for. It takes the time of a new designer for each model.
func (d *Designer) Ranges(ctx context.Context, amounts []Amounts, plausible Plausible) ([]Range, error) {
	outcomes, err := d.underEach(ctx, amounts, plausible)
	if err != nil {
		return nil, err
	}
	all := make([]Range, len(amounts))
	for i, a := range amounts {
		own := d.At(a)
		filled, cost := make([]int, len(outcomes[i])), make([]model.Fen, len(outcomes[i]))
		for m, o := range outcomes[i] {
			filled[m], cost[m] = o.Filled, o.Cost
		}
		all[i] = Range{spanOf(own.Filled, filled), spanOf(own.Cost, cost)}
	}
	return all, nil
}

// underEach answers each schedule under each plausible model: by schedule, then by model.
func (d *Designer) underEach(ctx context.Context, amounts []Amounts, plausible Plausible) ([][]Outcome, error) {
	low, high := d.reach()
	outcomes := make([][]Outcome, len(amounts))
	for _, m := range plausible.Models {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r, err := newResponse(d.Supply, &m.Mean, d.weights(), low, high)
		if err != nil {
			return nil, err
		}
		s := r.newPlacing()
		for i := range amounts {
			r.answer(&amounts[i], &amounts[i], s)
			outcomes[i] = append(outcomes[i], d.outcome(r, &amounts[i], s))
		}
	}
	return outcomes, nil
}

// spanOf is the range of a figure: its own value and those of the other models but for 2.5 % at each end. It sorts the others.
func spanOf[T cmp.Ordered](own T, others []T) [2]T {
	slices.Sort(others)
	cut := len(others) / 40
	last := len(others) - 1 - cut
	if last < cut {
		return [2]T{own, own}
	}
	return [2]T{min(own, others[cut]), max(own, others[last])}
}
