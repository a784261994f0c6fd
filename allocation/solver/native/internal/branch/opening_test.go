package branch

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
)

// Two units go over two parallel arcs; y0 pays for what arc 0 lacks of a floor, y1 for what arc 1 has above a ceiling.
func TestComplete(t *testing.T) {
	programme := func(floor, ceiling int64) *problem {
		return newProblem(&solver.Programme{
			Supply: []int64{2, -2}, Tail: []int32{0, 0}, Head: []int32{1, 1}, Upper: []int64{2, 2},
			Levels:  []solver.Level{{Cost: []int64{1, 2}}},
			Columns: []solver.Column{{Upper: 3, Cost: []int64{5}}, {Upper: 1, Cost: []int64{5}}},
			Rows: []solver.Row{
				{Lower: floor, Upper: solver.NoUpper, Arc: []int32{0}, ArcCoef: []int64{10}, Column: []int32{0}, ColumnCoef: []int64{10}},
				{Lower: solver.NoLower, Upper: ceiling, Arc: []int32{1}, ArcCoef: []int64{1}, Column: []int32{1}, ColumnCoef: []int64{-1}},
			},
		})
	}
	for _, test := range []struct {
		reason         string
		floor, ceiling int64
		flow, want     []int64
	}{
		{"nothing to mend", 0, 2, []int64{1, 1}, []int64{1, 1, 0, 0}},
		{"a floor of 15 asks for half a unit more than 10, rounded up", 15, 2, []int64{1, 1}, []int64{1, 1, 1, 0}},
		{"a ceiling of 1 is one unit too low", 0, 1, []int64{0, 2}, []int64{0, 2, 0, 1}},
		{"both", 25, 1, []int64{0, 2}, []int64{0, 2, 3, 1}},
		{"a column has no room for a floor of 40", 40, 2, []int64{0, 2}, nil},
	} {
		if diff := cmp.Diff(test.want, programme(test.floor, test.ceiling).complete(test.flow, nil)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.reason, diff)
		}
	}
	b := programme(0, 2)
	if cheap, dear := []int64{2, 0, 0, 0}, []int64{1, 1, 0, 0}; !b.better(cheap, dear) || b.better(dear, cheap) || b.better(nil, dear) || !b.better(dear, nil) {
		t.Error("better is not the order of the levels")
	}
}
