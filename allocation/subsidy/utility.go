package subsidy

import "math"

// Taste is what one more of each attribute is worth, in units of utility: one
// person's coefficients. Utility is V = Σ_k taste_k · value_k.
type Taste [AttributeCount]float64

// Utility is V, the part of the utility that can be seen.
func (t *Taste) Utility(x *Values) float64 {
	sum := 0.0
	for k := range x {
		sum += t[k] * x[k]
	}
	return sum
}

// Base is the utility of the same alternative without any subsidy; with amount s
// it is Base + t[AttributeSubsidy] · Units(s).
func (t *Taste) Base(x *Values) float64 {
	without := *x
	without[AttributeSubsidy] = 0
	return t.Utility(&without)
}

// softmax writes P_j = exp(v_j − m) / Σ exp(v_k − m), m the greatest v, over v and
// returns ln Σ exp v. No exponential is of a number above 0, so none overflows,
// and the sum is at least 1.
func softmax(v []float64) (logSum float64) {
	if len(v) == 0 {
		return math.Inf(-1)
	}
	greatest := math.Inf(-1)
	for _, x := range v {
		greatest = max(greatest, x)
	}
	sum := 0.0
	for i, x := range v {
		v[i] = math.Exp(x - greatest)
		sum += v[i]
	}
	for i := range v {
		v[i] /= sum
	}
	return greatest + math.Log(sum)
}

// Probabilities appends to into the probability of each alternative for somebody
// of this taste (conditional logit):
//
//	P_j = exp(V_j) / Σ_k exp(V_k)
//
// It does not overflow, however large the utilities are.
//
// McFadden, "Conditional logit analysis of qualitative choice behavior", in
// Frontiers in Econometrics (1974).
func (t *Taste) Probabilities(into []float64, alternatives []Alternative) []float64 {
	first := len(into)
	for i := range alternatives {
		into = append(into, t.Utility(&alternatives[i].Values))
	}
	softmax(into[first:])
	return into
}
