package highs

import (
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
)

// checkSize refuses a programme whose numbers, or whose sums, HiGHS can't hold. Sums are formed in floats, which is
// exact enough: an error of a part in 2⁵³ does not carry a sum from below Largest to where floats end.
func checkSize(p *solver.Programme) error {
	supply := 0.0
	for _, b := range p.Supply {
		supply += math.Abs(float64(b))
	}
	capacity := 0.0
	for _, u := range p.Upper {
		capacity += float64(u)
	}
	most := max(supply, capacity)
	for k := range p.Levels {
		most = max(most, costSum(p, k))
	}
	for _, c := range p.Columns {
		most = max(most, reach(&c))
	}
	for r := range p.Rows {
		most = max(most, rowSum(p, &p.Rows[r]))
	}
	if most > Largest {
		return &solver.UnsupportedError{Backend: name, Feature: "numbers or sums of 10^15 and more"}
	}
	return nil
}

// reach is the greatest magnitude of a column.
func reach(c *solver.Column) float64 {
	return max(math.Abs(float64(c.Lower)), math.Abs(float64(c.Upper)))
}

// costSum counts an arc or a column that can't be used once, since its cost is written all the same.
func costSum(p *solver.Programme, k int) float64 {
	sum := 0.0
	for a, c := range p.Levels[k].Cost {
		sum += math.Abs(float64(c)) * float64(max(1, p.Upper[a]))
	}
	for i := range p.Columns {
		if c := &p.Columns[i]; c.Cost != nil {
			sum += math.Abs(float64(c.Cost[k])) * max(1, reach(c))
		}
	}
	return sum
}

func rowSum(p *solver.Programme, row *solver.Row) float64 {
	sum := 0.0
	for i, a := range row.Arc {
		sum += math.Abs(float64(row.ArcCoef[i])) * float64(max(1, p.Upper[a]))
	}
	for i, c := range row.Column {
		sum += math.Abs(float64(row.ColumnCoef[i])) * max(1, reach(&p.Columns[c]))
	}
	return sum
}
