package subsidy

// Model is the acceptance model: how teachers weigh posts. With Spread zero it is a
// conditional logit, else a mixed logit whose coefficients are normal in the
// population, each on its own.
type Model struct {
	Mean   Taste `json:"mean"`
	Spread Taste `json:"spread"` // standard deviations of the coefficients in the population

	// Covariance is that of the estimated coefficients, over Mean and then Spread (2·AttributeCount
	// square); nil where the coefficients are declared.
	Covariance [][]float64 `json:"covariance,omitempty"`

	// Observed are the subsidies that the estimate rests on; beyond them it is a guess.
	Observed Observed `json:"observed,omitzero"`
	Source   string   `json:"source"` // where the coefficients come from, in a sentence
	// Declared says that somebody set the coefficients, or the subsidy's alone where Elasticity
	// is given: no data bear them out.
	Declared   bool       `json:"declared,omitempty"`
	Elasticity Elasticity `json:"elasticity,omitzero"` // the declared range of the subsidy's coefficient
	// Synthetic says that the model rests on made-up choices.
	Synthetic bool `json:"synthetic,omitempty"`
}

// Mixed reports whether any coefficient differs between people.
func (m *Model) Mixed() bool { return m.Spread != Taste{} }

// SyntheticModel gives the coefficients from which the sample counties' choice histories
// are drawn. They are made up; each is a round sum of money (a kilometre is worth
// 30 yuan a month, a tier 350, housing 400, a town school 600, one's own stage
// 500, the partner near 700, staying 2,000, and 0 posts 300).
func SyntheticModel() *Model {
	return &Model{
		Mean:      Taste{0.10, -0.03, -0.35, 0.40, 0.60, 0.50, 0.70, 2.00, 0.30},
		Source:    "made-up coefficients of the synthetic choice histories",
		Declared:  true,
		Synthetic: true,
	}
}

// Tastes draws n tastes of people from the population: scrambled Halton points of
// the given seed, one dimension for each coefficient with a spread. A model without spread gives
// one taste, whatever n is. The mean of the logit probabilities over the tastes is the
// simulated probability of the mixed logit (Train, Discrete Choice Methods with
// Simulation, 2nd edition, 2009, chapters 6 and 9).
func (m *Model) Tastes(n int, seed uint64) []Taste {
	if !m.Mixed() || n < 1 {
		return []Taste{m.Mean}
	}
	var random []int
	for k, s := range m.Spread {
		if s != 0 {
			random = append(random, k)
		}
	}
	tastes := make([]Taste, n)
	points := newHalton(len(random), seed)
	z := make([]float64, len(random))
	for i := range tastes {
		points.normal(z, i)
		tastes[i] = m.Mean
		for d, k := range random {
			tastes[i][k] += m.Spread[k] * z[d]
		}
	}
	return tastes
}

// Probabilities appends to into the probability of each alternative, averaged over tastes
// (from Model.Tastes). It takes O(tastes · alternatives) time.
func Probabilities(into []float64, tastes []Taste, alternatives []Alternative) []float64 {
	if len(tastes) == 1 {
		return tastes[0].Probabilities(into, alternatives)
	}
	first := len(into)
	for range alternatives {
		into = append(into, 0)
	}
	one := make([]float64, 0, len(alternatives))
	for i := range tastes {
		one = tastes[i].Probabilities(one[:0], alternatives)
		for j, p := range one {
			into[first+j] += p / float64(len(tastes))
		}
	}
	return into
}
