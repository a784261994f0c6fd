package subsidy

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Sample keeps some of the alternatives of each choice, for choice sets too large to estimate on. Which are
// kept is drawn; row j enters with a chance q_j of its own, and the chosen one always. So a
// set D is drawn with probability
//
//	π(D | j) = Π_{i∈D, i≠j} q_i · Π_{i∉D} (1 − q_i) ∝ 1/q_j   for j ∈ D
//
// if j was chosen. It is above 0 for every j of D (positive conditioning), so the likelihood of the choice
// within D, with ln π(D | j) = ln (1/q_j) + a constant added to the utilities, is consistent. That term goes into
// Offset. Without it what is sampled more often looks less wanted than it is.
//
// q_j = min(1, λ w_j), λ such that Σ q_j = the number wanted (or all, of a smaller set). weights, by row, are
// 0 or more; +Inf keeps a row always, nil is 1 for each. A weight of 0 never enters unless it is chosen, which
// would break positive conditioning, so it counts as the smallest weight above 0 of its choice.
// The same seed gives the same sample: each choice draws from a stream of its own.
//
// McFadden, "Modelling the choice of residential location" (1978); Ben-Akiva and Lerman,
// Discrete Choice Analysis (1985), section 9.3.
func (d *Data) Sample(alternatives int, weights []float64, seed uint64) *Data {
	k := len(d.Columns)
	s := &Data{Columns: d.Columns, Constants: d.Constants, Person: d.Person, First: []int{0}}
	var chances []float64
	for n, chosen := range d.Chosen {
		random := rand.New(rand.NewPCG(seed, uint64(n)))
		first, end := d.First[n], d.First[n+1]
		chances = chances[:0]
		for i := first; i < end; i++ {
			w := 1.0
			if weights != nil {
				w = weights[i]
			}
			chances = append(chances, w)
		}
		inclusion(chances, alternatives)
		for i := first; i < end; i++ {
			q := chances[i-first]
			if enters := random.Float64() < q; !enters && i != chosen {
				continue
			}
			if i == chosen {
				s.Chosen = append(s.Chosen, len(s.Offset))
			}
			offset := math.Log(1 / q)
			if d.Offset != nil {
				offset += d.Offset[i]
			}
			s.X = append(s.X, d.X[i*k:(i+1)*k]...)
			s.Offset = append(s.Offset, offset)
		}
		s.First = append(s.First, len(s.Offset))
	}
	return s
}

// inclusion turns weights into chances of which the sum is the number wanted. It fills the rows from the greatest
// weight down: with the t greatest at 1 the others share want − t in proportion.
func inclusion(weights []float64, want int) {
	least := math.Inf(1)
	for _, w := range weights {
		if w > 0 {
			least = min(least, w)
		}
	}
	if want >= len(weights) || math.IsInf(least, 1) {
		for i := range weights {
			weights[i] = 1
		}
		return
	}
	for i, w := range weights {
		weights[i] = max(w, least)
	}
	greatest := slices.Clone(weights)
	slices.SortFunc(greatest, func(a, b float64) int { return cmp.Compare(b, a) })
	rest := make([]float64, len(greatest)+1) // sums of the finite weights from each on, smallest first: nothing cancels
	for i := len(greatest) - 1; i >= 0; i-- {
		if rest[i] = rest[i+1]; !math.IsInf(greatest[i], 1) {
			rest[i] += greatest[i]
		}
	}
	scale := 0.0
	for certain, w := range greatest {
		if !math.IsInf(w, 1) {
			if scale = max(1, float64(want-certain)) / rest[certain]; scale*w < 1 { // none may have a chance of 0
				break
			}
		}
	}
	for i, w := range weights {
		if weights[i] = min(1, scale*w); math.IsInf(w, 1) {
			weights[i] = 1
		}
	}
}

// nearby is the distance at which a post is sampled half as often as one at home.
const nearby = 10 // kilometres

// Nearness gives weights for Sample from data whose columns are attributes: the outside option and the
// present school always, since most people choose them, and other posts the more the nearer they are to home,
// 1/(1 + distance/10 km). Without a column of distance all others weigh the same.
func Nearness(d *Data) []float64 {
	distance, staying, outside := d.column(AttributeDistance), d.column(AttributeStaying), d.column(AttributeOutside)
	weights := make([]float64, d.Rows())
	for i := range weights {
		row := d.row(i)
		switch weights[i] = 1; {
		case staying >= 0 && row[staying] != 0, outside >= 0 && row[outside] != 0:
			weights[i] = math.Inf(1)
		case distance >= 0:
			weights[i] = 1 / (1 + row[distance]/nearby)
		}
	}
	return weights
}
