package solver_test

import (
	"errors"
	"math"
	"testing"

	"github.com/xianguan/xianguan/allocation/solver"
)

// solved is the optimum of diamond, worked out by hand. At the first level the routes 0→1→3 and 0→1→2→3 cost 2 and
// the route 0→2→3 costs 4, so node 1 is sent the 2 that it can get. With π = (4, 1, 1, 0) arc 0 has reduced cost −2
// and is fixed; the others have 0. At the second level 1→3 costs 5 and 1→2→3 costs 3, but arc 3 carries only 2, of
// which one unit comes over 0→2. With π = (4, 5, 4, 0) the reduced costs of arcs 1 to 4 are 0, 0, −2 and 0, and arc
// 3 is full.
func solved() *solver.Solution {
	return &solver.Solution{
		Flow: []int64{2, 1, 1, 2, 1},
		Levels: []solver.LevelResult{
			{Name: "first", Objective: 8, Bound: 8, Proven: true, Certified: true},
			{Name: "second", Objective: 10, Bound: 10, Proven: true, Certified: true},
		},
		Potentials: [][]int64{{4, 1, 1, 0}, {4, 5, 4, 0}},
		Fixed:      []uint8{1, 0, 0, 0, 0},
		Stop:       solver.StopOptimal,
	}
}

// stopped is a solution that was stopped at the first level, with the start as its flow.
func stopped() *solver.Solution {
	return &solver.Solution{
		Flow: []int64{1, 2, 1, 2, 0},
		Levels: []solver.LevelResult{
			{Name: "first", Objective: 10, Bound: 8, Gap: 0.2, Certified: true},
			{Name: "second", Objective: 9, Bound: 0, Gap: 1, Conditional: true, Certified: true},
		},
		Potentials: [][]int64{{4, 1, 1, 0}, nil},
		Fixed:      make([]uint8, 5),
		Stop:       solver.StopTime,
	}
}

func TestVerify(t *testing.T) {
	if err := solver.Verify(diamond(), solved()); err != nil {
		t.Errorf("the optimum: %v", err)
	}
	if err := solver.Verify(diamond(), stopped()); err != nil {
		t.Errorf("a stopped solution: %v", err)
	}
}

// Every way to spoil a solution is found, and named.
func TestVerifySpoilt(t *testing.T) {
	for _, test := range []struct {
		reason string
		of     func() *solver.Solution
		spoil  func(s *solver.Solution)
		want   string // Check or Field
	}{
		{"flow is conserved", solved, func(s *solver.Solution) { s.Flow[4]-- }, "Flow"},
		{"flow keeps to capacities", solved, func(s *solver.Solution) { s.Flow[0] = 3 }, "Flow"},
		{"flow is not negative", solved, func(s *solver.Solution) { s.Flow[0] = -1 }, "Flow"},
		{"every arc has a flow", solved, func(s *solver.Solution) { s.Flow = s.Flow[1:] }, "Flow"},
		{"every arc is fixed or free", solved, func(s *solver.Solution) { s.Fixed = nil }, "Fixed"},
		{"every level has a result", solved, func(s *solver.Solution) { s.Levels = s.Levels[1:] }, "Levels"},
		{"every level has potentials", solved, func(s *solver.Solution) { s.Potentials = s.Potentials[1:] }, "Potentials"},
		{"every node has a potential", solved, func(s *solver.Solution) { s.Potentials[1] = s.Potentials[1][1:] }, "Potentials[1]"},
		{"potentials do not overflow", solved, func(s *solver.Solution) { s.Potentials[0][0] = math.MinInt64 }, "Potentials[0]"},
		{"a level that fixes exists", solved, func(s *solver.Solution) { s.Fixed[1] = 3 }, "Fixed"},
		{"only a proven level fixes", stopped, func(s *solver.Solution) { s.Fixed[0] = 1 }, "Fixed"},
		{"an arc of zero reduced cost cannot be fixed", solved, func(s *solver.Solution) { s.Fixed[1] = 1 }, "reduced cost"},
		{"not fixing an arc leaves the next level unproven", solved, func(s *solver.Solution) { s.Fixed[0] = 0 }, "bound"},
		{"the objective is recomputed", solved, func(s *solver.Solution) { s.Levels[0].Objective, s.Levels[0].Bound = 7, 7 }, "objective"},
		{"a bound is not above the objective", stopped, func(s *solver.Solution) { s.Levels[0].Bound = 11 }, "bound"},
		{"a bound is not above what the potentials prove", stopped, func(s *solver.Solution) { s.Levels[0].Bound, s.Levels[0].Gap = 9, 0.1 }, "bound"},
		{"nor is one of a later level", stopped, func(s *solver.Solution) { s.Levels[1].Bound, s.Levels[1].Gap = 1, 8./9 }, "bound"},
		{"bad potentials prove less", solved, func(s *solver.Solution) { s.Potentials[1][0]++ }, "bound"},
		{"proven means bound and objective agree", stopped, func(s *solver.Solution) { s.Levels[0].Proven = true }, "proven"},
		{"what is proven is called so", solved, func(s *solver.Solution) { s.Levels[1].Proven = false }, "proven"},
		{"the gap follows", stopped, func(s *solver.Solution) { s.Levels[0].Gap = 0.1 }, "gap"},
		{"after an open level all is conditional", stopped, func(s *solver.Solution) { s.Levels[1].Conditional = false }, "conditional"},
		{"the first level depends on none", solved, func(s *solver.Solution) { s.Levels[0].Conditional = true }, "conditional"},
		{"names are those of the programme", solved, func(s *solver.Solution) { s.Levels[0].Name = "second" }, "name"},
		{"optimal means all is proven", stopped, func(s *solver.Solution) { s.Stop = solver.StopOptimal }, "stop"},
		{"all proven means optimal", solved, func(s *solver.Solution) { s.Stop = solver.StopTime }, "stop"},
		{"all proven leaves no gap", solved, func(s *solver.Solution) { s.Stop = solver.StopGap }, "stop"},
		{"a reason is known", solved, func(s *solver.Solution) { s.Stop = 0 }, "stop"},
	} {
		s := test.of()
		test.spoil(s)
		err := solver.Verify(diamond(), s)
		var certificate *solver.CertificateError
		var field *solver.FieldError
		got := ""
		switch {
		case errors.As(err, &certificate):
			got = certificate.Check
		case errors.As(err, &field):
			got = field.Field
		}
		if got != test.want {
			t.Errorf("%s: %v, want a fault of %q", test.reason, err, test.want)
		}
	}
}

func TestVerifyDistrustsTheProgramme(t *testing.T) {
	p := diamond()
	p.Upper[3] = -1
	var field *solver.FieldError
	if err := solver.Verify(p, solved()); !errors.As(err, &field) || field.Field != "Upper" {
		t.Errorf("error %v, want a fault of Upper", err)
	}
}
