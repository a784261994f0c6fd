package solvertest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
)

// A county with rows is valid at every size, its start with it, and each family of rows leaves something to decide:
// it does not hold for every flow.
func TestCountyRows(t *testing.T) {
	for _, teachers := range []int{50, 100, 200, 1_000, 5_000} {
		for seed := range uint64(5) {
			p := CountyRows(teachers, seed)
			if err := p.Validate(); err != nil {
				t.Fatalf("%d teachers, seed %d: %v", teachers, seed, err)
			}
			families := map[string]bool{}
			for _, row := range p.Rows {
				family, _, _ := strings.Cut(row.Name, " ")
				families[family] = families[family] || binds(p, &row)
			}
			want := map[string]bool{"exchange": true, "backbone": true, "housing": true, "outflow": true, "budget": true, "filled": true}
			if diff := cmp.Diff(want, families); diff != "" {
				t.Errorf("%d teachers, seed %d: rows that can be broken (-want +got):\n%s", teachers, seed, diff)
			}
		}
	}
	if diff := cmp.Diff(CountyRows(200, 3), CountyRows(200, 3)); diff != "" {
		t.Errorf("the same arguments gave another county:\n%s", diff)
	}
}

// binds reports whether some values within the bounds of arcs and columns break the row.
func binds(p *solver.Programme, row *solver.Row) bool {
	low, high := int64(0), int64(0)
	add := func(coefficient, lower, upper int64) {
		low += min(coefficient*lower, coefficient*upper)
		high += max(coefficient*lower, coefficient*upper)
	}
	for i, a := range row.Arc {
		add(row.ArcCoef[i], 0, p.Upper[a])
	}
	for i, c := range row.Column {
		add(row.ColumnCoef[i], p.Columns[c].Lower, p.Columns[c].Upper)
	}
	return low < row.Lower || high > row.Upper
}
