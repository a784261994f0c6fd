package branch

import "slices"

// complete adds to a flow columns that mend what rows it breaks, or gives nil. A column that stands in one row alone,
// as the shortfall of a soft rule does, moves as far as that row asks and no further; the others keep the value
// nearest to 0. It is a heuristic: where a column stands in several rows it may miss a solution.
func (b *problem) complete(flow []int64) []int64 {
	x := append(slices.Clone(flow), make([]int64, len(b.Columns))...)
	rowsOf := make([]int, len(b.Columns))
	for r := range b.Rows {
		for _, c := range b.Rows[r].Column {
			rowsOf[c]++
		}
	}
	for c, column := range b.Columns {
		x[b.arcs+c] = min(max(0, column.Lower), column.Upper)
	}
	for r := range b.Rows {
		row := &b.Rows[r]
		sum := row.Activity(x[:b.arcs], x[b.arcs:])
		for i, c := range row.Column {
			coef := row.ColumnCoef[i]
			if rowsOf[c] != 1 || coef == 0 || (sum >= row.Lower && sum <= row.Upper) {
				continue
			}
			at := &x[b.arcs+int(c)]
			want := *at + steps(row.Lower-sum, coef)
			if sum > row.Upper {
				want = *at - steps(sum-row.Upper, coef)
			}
			want = min(max(want, b.Columns[c].Lower), b.Columns[c].Upper)
			sum += coef * (want - *at)
			*at = want
		}
	}
	if !b.holds(x) {
		return nil
	}
	return x
}

// steps is how far a column of a coefficient must move to add at least lack > 0.
func steps(lack, coef int64) int64 {
	if coef < 0 {
		return -ceilDiv(lack, -coef)
	}
	return ceilDiv(lack, coef)
}

// better reports whether x comes before y in the order of the levels; anything comes before nil.
func (b *problem) better(x, y []int64) bool {
	if x == nil || y == nil {
		return y == nil && x != nil
	}
	for k := range b.Levels {
		if u, v := b.value(k, x), b.value(k, y); u != v {
			return u < v
		}
	}
	return false
}
