package solver_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
)

// taxed is diamond with a column that counts what passes node 1, and with three rows: the count, a ceiling on it
// that one arc shares, and a floor. So the start is feasible, and so is the optimum of diamond.
func taxed() *solver.Programme {
	p := diamond()
	p.Columns = []solver.Column{{Name: "passed", Lower: 0, Upper: 3, Cost: []int64{0, 2}}, {Name: "shortfall", Lower: -2, Upper: 2}}
	p.Rows = []solver.Row{
		{Name: "count", Lower: 0, Upper: 0, Arc: []int32{2, 4}, ArcCoef: []int64{1, 1}, Column: []int32{0}, ColumnCoef: []int64{-1}},
		{Name: "ceiling", Lower: solver.NoLower, Upper: 8, Arc: []int32{3}, ArcCoef: []int64{2}, Column: []int32{0}, ColumnCoef: []int64{2}},
		{Name: "floor", Lower: 1, Upper: solver.NoUpper, Arc: []int32{0}, ArcCoef: []int64{1}, Column: []int32{1}, ColumnCoef: []int64{1}},
	}
	p.StartColumns = []int64{1, 0}
	return p
}

// taxedOptimum is the optimum of taxed: the flow of diamond's, as two must pass node 1 at the first level.
func taxedOptimum() *solver.Solution {
	return &solver.Solution{
		Flow:    []int64{2, 1, 1, 2, 1},
		Columns: []int64{2, 0},
		Levels: []solver.LevelResult{
			{Name: "first", Objective: 8, Bound: 8, Proven: true},
			{Name: "second", Objective: 14, Bound: 14, Proven: true},
		},
		Potentials: make([][]int64, 2),
		Fixed:      make([]uint8, 5),
		Stop:       solver.StopOptimal,
	}
}

func TestPure(t *testing.T) {
	if !diamond().Pure() || taxed().Pure() {
		t.Error("a programme is pure when it has neither rows nor columns")
	}
	p := diamond()
	p.Columns = []solver.Column{{Upper: 1}}
	if p.Pure() {
		t.Error("a column without rows is not a network")
	}
}

func TestActivity(t *testing.T) {
	p := taxed()
	p.Rows[0].Arc[1] = 2 // listed twice, it counts twice
	for r, want := range []int64{2*2 - 1, 2*3 + 2*1, 7 - 2} {
		if got := p.Rows[r].Activity([]int64{7, 0, 2, 3, 0}, []int64{1, -2}); got != want {
			t.Errorf("row %d: activity %d, want %d", r, got, want)
		}
	}
}

func TestObjectiveOfColumns(t *testing.T) {
	p := taxed()
	for k, want := range []int64{8, 14} {
		if got := p.Objective(k, []int64{2, 1, 1, 2, 1}, []int64{2, 1}); got != want {
			t.Errorf("level %d: objective %d, want %d", k, got, want)
		}
	}
}

func TestValidateRows(t *testing.T) {
	if err := taxed().Validate(); err != nil {
		t.Fatalf("a good programme: %v", err)
	}
	for _, test := range []struct {
		reason string
		spoil  func(p *solver.Programme)
		field  string
		index  int
	}{
		{"bounds of a column are in order", func(p *solver.Programme) { p.Columns[1].Lower = 3 }, "Columns[1]", -1},
		{"a column has a lower bound", func(p *solver.Programme) { p.Columns[0].Lower = solver.NoLower }, "Columns[0]", -1},
		{"a column has an upper bound", func(p *solver.Programme) { p.Columns[0].Upper = solver.NoUpper }, "Columns[0]", -1},
		{"a column costs something at each level", func(p *solver.Programme) { p.Columns[0].Cost = []int64{1} }, "Columns[0].Cost", -1},
		{"the cost of a column fits", func(p *solver.Programme) { p.Columns[0].Cost[1] = solver.MaxTotal }, "Columns[0].Cost", 1},
		{"the least cost of a column has no negative", func(p *solver.Programme) { p.Columns[0].Cost[0] = math.MinInt64 }, "Columns[0].Cost", 0},
		{"the lower bound counts for the cost", func(p *solver.Programme) {
			p.Columns[1] = solver.Column{Lower: -solver.MaxTotal, Upper: 0, Cost: []int64{2, 0}}
		}, "Columns[1].Cost", 0},
		{"bounds of a row are in order", func(p *solver.Programme) { p.Rows[1].Lower = 9 }, "Rows[1]", -1},
		{"every arc has a coefficient", func(p *solver.Programme) { p.Rows[1].ArcCoef = nil }, "Rows[1]", -1},
		{"every column has a coefficient", func(p *solver.Programme) { p.Rows[0].ColumnCoef = []int64{1, 2} }, "Rows[0]", -1},
		{"arcs of a row exist", func(p *solver.Programme) { p.Rows[0].Arc[1] = 5 }, "Rows[0].Arc", 1},
		{"arcs of a row are not negative", func(p *solver.Programme) { p.Rows[0].Arc[0] = -1 }, "Rows[0].Arc", 0},
		{"columns of a row exist", func(p *solver.Programme) { p.Rows[2].Column[0] = 2 }, "Rows[2].Column", 0},
		{"columns of a row are not negative", func(p *solver.Programme) { p.Rows[2].Column[0] = -1 }, "Rows[2].Column", 0},
		{"a term of an arc fits", func(p *solver.Programme) { p.Rows[1].ArcCoef[0] = solver.MaxTotal/2 + 1 }, "Rows[1].ArcCoef", 0},
		{"the least coefficient has no negative", func(p *solver.Programme) { p.Rows[1].ArcCoef[0] = math.MinInt64 }, "Rows[1].ArcCoef", 0},
		{"terms of arcs fit together", func(p *solver.Programme) {
			p.Rows[0].ArcCoef = []int64{solver.MaxTotal/4 + 1, -solver.MaxTotal / 4}
		}, "Rows[0].ArcCoef", 1},
		{"a term of a column fits", func(p *solver.Programme) { p.Rows[2].ColumnCoef[0] = solver.MaxTotal }, "Rows[2].ColumnCoef", 0},
		{"the lower bound counts for a term", func(p *solver.Programme) { p.Columns[1].Lower = -solver.MaxTotal }, "Rows[2].ColumnCoef", 0},
		{"a start has its columns", func(p *solver.Programme) { p.StartColumns = nil }, "StartColumns", -1},
		{"a start keeps to the bounds of columns", func(p *solver.Programme) { p.StartColumns[0] = 4 }, "StartColumns", 0},
		{"columns of a start may be too low", func(p *solver.Programme) { p.StartColumns[1] = -3 }, "StartColumns", 1},
		{"a start obeys equalities", func(p *solver.Programme) { p.StartColumns[0] = 2 }, "StartColumns", -1},
		{"a start obeys ceilings", func(p *solver.Programme) { p.Rows[1].Upper = 5 }, "StartColumns", -1},
		{"a start obeys floors", func(p *solver.Programme) { p.Rows[2].Lower = 2 }, "StartColumns", -1},
	} {
		p := taxed()
		test.spoil(p)
		faults := flatten(p.Validate())
		found := slices.ContainsFunc(faults, func(err error) bool {
			var field *solver.FieldError
			return errors.As(err, &field) && field.Field == test.field && field.Index == test.index && field.Value != "" && field.Want != ""
		})
		if !found {
			t.Errorf("%s: faults %v, want one of %s[%d]", test.reason, faults, test.field, test.index)
		}
	}
}

// Each row and column reports its own first fault.
func TestValidateRowsTogether(t *testing.T) {
	p := taxed()
	p.Columns[0].Lower, p.Rows[1].Lower, p.Rows[2].Arc[0] = 4, 9, 7
	var got []string
	for _, err := range flatten(p.Validate()) {
		var field *solver.FieldError
		if errors.As(err, &field) {
			got = append(got, field.Field)
		}
	}
	if diff := cmp.Diff([]string{"Columns[0]", "Rows[1]", "Rows[2].Arc"}, got); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
}

// What cannot be used cannot overflow, so its coefficient and cost are free.
func TestValidateUnusable(t *testing.T) {
	p := taxed()
	p.Upper[4], p.Start[4] = 0, 0
	p.Rows[0].ArcCoef[1] = math.MaxInt64
	p.Columns = append(p.Columns, solver.Column{Cost: []int64{math.MaxInt64, 1}})
	p.StartColumns = append(p.StartColumns, 0)
	if err := p.Validate(); err != nil {
		t.Errorf("a coefficient on an arc without capacity: %v", err)
	}
}

func TestVerifyRows(t *testing.T) {
	if err := solver.Verify(taxed(), taxedOptimum()); err != nil {
		t.Errorf("the optimum: %v", err)
	}
	for _, test := range []struct {
		reason string
		spoil  func(p *solver.Programme, s *solver.Solution)
		want   string // Check or Field
	}{
		{"every column has a value", func(_ *solver.Programme, s *solver.Solution) { s.Columns = s.Columns[1:] }, "Columns"},
		{"no column has no value", func(_ *solver.Programme, s *solver.Solution) { s.Columns = nil }, "Columns"},
		{"columns keep to their upper bounds", func(_ *solver.Programme, s *solver.Solution) { s.Columns[1] = 3 }, "Columns"},
		{"columns keep to their lower bounds", func(_ *solver.Programme, s *solver.Solution) { s.Columns[1] = -3 }, "Columns"},
		{"an equality holds", func(_ *solver.Programme, s *solver.Solution) { s.Columns[0] = 1 }, "Columns"},
		{"a ceiling holds", func(p *solver.Programme, _ *solver.Solution) { p.Rows[1].Upper, p.Start = 7, nil }, "Columns"},
		{"a floor holds", func(_ *solver.Programme, s *solver.Solution) { s.Columns[1] = -2 }, "Columns"},
		{"the flow is still conserved", func(_ *solver.Programme, s *solver.Solution) { s.Flow[4] = 0 }, "Flow"},
		{"columns count in the objective", func(_ *solver.Programme, s *solver.Solution) {
			s.Levels[1].Objective, s.Levels[1].Bound = 10, 10
		}, "objective"},
		{"potentials certify nothing beside rows", func(_ *solver.Programme, s *solver.Solution) {
			s.Potentials, s.Levels[0].Certified = solved().Potentials, true
		}, "certified"},
		{"a bound is not above the objective", func(_ *solver.Programme, s *solver.Solution) { s.Levels[1].Bound = 15 }, "bound"},
		{"the gap follows", func(_ *solver.Programme, s *solver.Solution) { s.Levels[1].Gap = 0.5 }, "gap"},
		{"optimal means all is proven", func(_ *solver.Programme, s *solver.Solution) {
			s.Levels[1] = solver.LevelResult{Name: "second", Objective: 14, Bound: 7, Gap: 0.5}
		}, "stop"},
		{"the programme is not trusted either", func(p *solver.Programme, _ *solver.Solution) { p.Rows[1].Arc[0] = 9 }, "Rows[1].Arc"},
	} {
		p, s := taxed(), taxedOptimum()
		test.spoil(p, s)
		if got := fault(solver.Verify(p, s)); got != test.want {
			t.Errorf("%s: a fault of %q, want of %q", test.reason, got, test.want)
		}
	}
}

// fault is the check or the field that an error names.
func fault(err error) string {
	var certificate *solver.CertificateError
	var field *solver.FieldError
	switch {
	case errors.As(err, &certificate):
		return certificate.Check
	case errors.As(err, &field):
		return field.Field
	}
	return ""
}
