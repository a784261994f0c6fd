package check

import (
	"math"
	"math/bits"
)

// ceilDiv is ⌈a / b⌉ for a ≥ 0 and b > 0. It is 0 for other b, which no valid
// county has.
func ceilDiv(a, b int) int {
	if b <= 0 {
		return 0
	}
	return (a + b - 1) / b
}

// plus is a + b for numbers ≥ 0, at most MaxInt64.
func plus(a, b int64) int64 {
	if b > math.MaxInt64-a {
		return math.MaxInt64
	}
	return a + b
}

// mulDiv is ⌊a·b / c⌋ for a, b ≥ 0 and c > 0, exact through 128 bits, at most
// MaxInt64. Options may hold any weight, so the product need not fit 64 bits.
func mulDiv(a, b, c int64) int64 {
	high, low := bits.Mul64(uint64(a), uint64(b))
	if high >= uint64(c) {
		return math.MaxInt64
	}
	quotient, _ := bits.Div64(high, low, uint64(c))
	return int64(min(quotient, math.MaxInt64))
}
