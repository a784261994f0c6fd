// Package rounding derives cutting planes by mixed-integer rounding, in exact integers: whatever the multipliers are that an
// equation was summed up with, no integer point within the bounds is lost.
//
// # The inequality
//
// Let Σ a_j x_j = b over integers l ≤ x ≤ u, and D ≥ 2. With each variable counted from one of its bounds, x'_j = x_j − l_j or
// u_j − x_j, this is Σ a'_j x'_j = b' with x' ≥ 0. Write b' = ⌊b'/D⌋ D + r with 0 < r < D, and r_j for the remainder of a'_j. Then
//
//	Σ (⌊a'_j/D⌋ (D − r) + max(0, r_j − r)) x'_j ≤ ⌊b'/D⌋ (D − r)
//
// holds at every integer point (Nemhauser and Wolsey, A recursive procedure to generate all cuts for 0-1 mixed integer programs,
// Mathematical Programming 46, 1990; Marchand and Wolsey, Aggregation and mixed integer rounding to solve MIPs, Operations Research
// 49, 2001). Where a and b are a row of a simplex tableau times D, it is Gomory's mixed-integer cut (1960), and cuts the vertex
// off. Where D is 2 it is a {0, ½}-cut (Caprara and Fischetti 1996).
package rounding

import "math"

// Equation is Σ Coef_i x_Index_i = Right over integer variables. An index stands once.
type Equation struct {
	Index []int32
	Coef  []int64
	Right int64
}

// Negate turns the equation round. Its inequality then is another one.
func (e *Equation) Negate() {
	for i := range e.Coef {
		e.Coef[i] = -e.Coef[i]
	}
	e.Right = -e.Right
}

// Inequality is Σ Coef_i x_Index_i ≤ Right.
type Inequality struct {
	Index []int32
	Coef  []int64
	Right int64
}

// most bounds every number on the way, so that nothing overflows.
const most = 1 << 52

// Round sets cut to the inequality of an equation divided by d ≥ 2, with every variable counted from that of its bounds that is nearer to
// at. ok is false where the right-hand side is a multiple of d, or where a number grows too large. It takes time linear in the equation.
func Round(cut *Inequality, e *Equation, d int64, lower, upper []int64, at []float64) (ok bool) {
	cut.Index, cut.Coef = cut.Index[:0], cut.Coef[:0]
	size := math.Abs(float64(e.Right))
	b := e.Right
	for i, j := range e.Index {
		from := bound(j, lower, upper, at)
		size += math.Abs(float64(e.Coef[i])) * math.Abs(float64(from))
		b -= e.Coef[i] * from
	}
	if size > most || d < 2 {
		return false
	}
	whole, rest := divide(b, d)
	if rest == 0 {
		return false
	}
	cut.Right = whole * (d - rest)
	size = math.Abs(float64(whole)) * float64(d-rest)
	for i, j := range e.Index {
		if lower[j] == upper[j] {
			continue
		}
		a := e.Coef[i]
		from := bound(j, lower, upper, at)
		down := from == upper[j]
		if down {
			a = -a
		}
		n, r := divide(a, d)
		size += (math.Abs(float64(n))*float64(d-rest) + float64(d)) * max(1, math.Abs(float64(from)))
		if size > most {
			return false
		}
		c := n*(d-rest) + max(0, r-rest)
		if c == 0 {
			continue
		}
		if down {
			c = -c
		}
		cut.Index, cut.Coef = append(cut.Index, j), append(cut.Coef, c)
		cut.Right += c * from
	}
	return true
}

// bound is the bound that a variable is counted from.
func bound(j int32, lower, upper []int64, at []float64) int64 {
	if float64(upper[j])-at[j] < at[j]-float64(lower[j]) {
		return upper[j]
	}
	return lower[j]
}

// divide gives the quotient rounded down and the remainder from 0.
func divide(a, d int64) (quotient, remainder int64) {
	quotient, remainder = a/d, a%d
	if remainder < 0 {
		quotient, remainder = quotient-1, remainder+d
	}
	return quotient, remainder
}
