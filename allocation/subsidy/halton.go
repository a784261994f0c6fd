package subsidy

import (
	"math/bits"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// halton is a scrambled Halton sequence: dimension d is the radical inverse in the
// d-th prime, with the digits of each base permuted (0 fixed) and the whole shifted
// by a random number modulo 1. Burn-in leaves out the first points, at which dimensions of
// large primes go up together.
//
// Halton, Numerische Mathematik 2 (1960); Bhat, Transportation Research B 37 (2003),
// on scrambled Halton draws in mixed logit; Train (2009), section 9.3.
type halton struct {
	digits [][]int // by dimension: the permutation of the digits of its base
	shift  []float64
}

const haltonBurnIn = 50

// newHalton makes a sequence of some dimensions, which a seed scrambles.
func newHalton(dimensions int, seed uint64) *halton {
	random := rand.New(rand.NewPCG(seed, 0x48616c746f6e)) // "Halton"
	h := &halton{}
	for _, base := range primes(dimensions) {
		digits := make([]int, base)
		for i, p := range random.Perm(base - 1) {
			digits[i+1] = p + 1
		}
		h.digits = append(h.digits, digits)
		h.shift = append(h.shift, random.Float64())
	}
	return h
}

// uniform writes point i of the sequence, each coordinate in (0, 1).
func (h *halton) uniform(point []float64, i int) {
	for d := range h.digits {
		x := h.radicalInverse(d, uint(i)+haltonBurnIn) + h.shift[d]
		if x >= 1 {
			x--
		}
		point[d] = min(max(x, 0x1p-53), 1-0x1p-53) // the ends have no normal quantile
	}
}

// normal writes point i of the sequence in standard normal coordinates.
func (h *halton) normal(point []float64, i int) {
	h.uniform(point, i)
	for d, u := range point {
		point[d] = distuv.UnitNormal.Quantile(u)
	}
}

// radicalInverse mirrors the digits of n in the base of dimension d at the point.
func (h *halton) radicalInverse(d int, n uint) float64 {
	digits := h.digits[d]
	base := uint(len(digits))
	inverse, place := 0.0, 1.0
	for ; n > 0; n /= base {
		place /= float64(base)
		inverse += float64(digits[n%base]) * place
	}
	return inverse
}

// primes gives the first n primes.
func primes(n int) []int {
	list := make([]int, 0, n)
	for candidate := 2; len(list) < n; candidate++ {
		prime := true
		for _, p := range list {
			if p > 1<<(bits.Len(uint(candidate))/2+1) {
				break
			}
			if candidate%p == 0 {
				prime = false
				break
			}
		}
		if prime {
			list = append(list, candidate)
		}
	}
	return list
}
