package solver_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
)

// diamond sends 3 from node 0 to node 3 over two routes: 0→1→3 (arcs 0, 2) and 0→2→3 (arcs 1, 3). Arc 4 joins 1 and
// 2.
func diamond() *solver.Programme {
	return &solver.Programme{
		Supply: []int64{3, 0, 0, -3},
		Tail:   []int32{0, 0, 1, 2, 1},
		Head:   []int32{1, 2, 3, 3, 2},
		Upper:  []int64{2, 2, 2, 2, 2},
		Levels: []solver.Level{
			{Name: "first", Cost: []int64{1, 3, 1, 1, 0}},
			{Name: "second", Cost: []int64{0, 0, 5, 2, 1}},
		},
		Start: []int64{1, 2, 1, 2, 0},
	}
}

func TestValidate(t *testing.T) {
	if err := diamond().Validate(); err != nil {
		t.Fatalf("a good programme: %v", err)
	}
	type where struct {
		Field string
		Index int
	}
	for _, test := range []struct {
		reason string
		spoil  func(p *solver.Programme)
		want   []where
	}{
		{"an arc has a tail and a head", func(p *solver.Programme) { p.Head = p.Head[1:] }, []where{{"Head", -1}}},
		{"every arc has a capacity", func(p *solver.Programme) { p.Upper = nil }, []where{{"Upper", -1}}},
		{"a cost vector is whole or nil", func(p *solver.Programme) { p.Levels[1].Cost = []int64{1} }, []where{{"Levels[1].Cost", -1}}},
		{"a start is whole or nil", func(p *solver.Programme) { p.Start = []int64{} }, []where{{"Start", -1}}},
		{"there is something to minimise", func(p *solver.Programme) { p.Levels = nil }, []where{{"Levels", -1}}},
		{"the number of a level fits a byte", func(p *solver.Programme) { p.Levels = make([]solver.Level, 256) }, []where{{"Levels", -1}}},
		{"arcs join nodes that exist", func(p *solver.Programme) { p.Tail[2], p.Head[4] = 4, -1 }, []where{{"Tail", 2}, {"Head", 4}}},
		{"a capacity is not negative", func(p *solver.Programme) { p.Upper[3] = -1 }, []where{{"Upper", 3}}},
		{"capacities can be added up", func(p *solver.Programme) { p.Upper[0], p.Upper[1] = math.MaxInt64/2, 1<<59 }, []where{{"Upper", 0}, {"Levels[0].Cost", 0}}},
		{"what enters leaves", func(p *solver.Programme) { p.Supply[0] = 4 }, []where{{"Supply", -1}}},
		{"supplies can be added up", func(p *solver.Programme) { p.Supply[1], p.Supply[2] = solver.MaxTotal, -solver.MaxTotal }, []where{{"Supply", 1}}},
		{"the least integer has no negative", func(p *solver.Programme) { p.Supply[3] = math.MinInt64 }, []where{{"Supply", 3}}},
		{"potentials fit", func(p *solver.Programme) { p.Levels[0].Cost[4] = -solver.MaxTotal / 4 }, []where{{"Levels[0].Cost", 4}}},
		{"the objective fits", func(p *solver.Programme) { p.Upper[1], p.Levels[1].Cost[1] = 1<<40, 1<<30 }, []where{{"Levels[1].Cost", 1}}},
		{"the least cost has no negative", func(p *solver.Programme) { p.Levels[0].Cost[0] = math.MinInt64 }, []where{{"Levels[0].Cost", 0}}},
		{"a start keeps to capacities", func(p *solver.Programme) { p.Start[0] = 3 }, []where{{"Start", 0}}},
		{"a start is not negative", func(p *solver.Programme) { p.Start[4] = -1 }, []where{{"Start", 4}}},
		{"a start is conserved", func(p *solver.Programme) { p.Start[4] = 1 }, []where{{"Start", -1}}},
		{"faults of different kinds come together", func(p *solver.Programme) { p.Supply[0], p.Upper[3] = 4, -1 }, []where{{"Upper", 3}, {"Supply", -1}}},
	} {
		p := diamond()
		test.spoil(p)
		var got []where
		for _, err := range flatten(p.Validate()) {
			var field *solver.FieldError
			if !errors.As(err, &field) || field.Value == "" || field.Want == "" {
				t.Errorf("%s: %v is not a full FieldError", test.reason, err)
				continue
			}
			got = append(got, where{field.Field, field.Index})
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: faults (-want +got):\n%s", test.reason, diff)
		}
	}
}

// flatten lists the errors that were joined, however deep.
func flatten(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, flatten(e)...)
	}
	return all
}

func TestFieldErrorText(t *testing.T) {
	p := diamond()
	p.Upper[3] = -1
	if got, want := p.Validate().Error(), "solver: Upper[3] is -1, want 0 or more"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestStopReasonText(t *testing.T) {
	for _, r := range []solver.StopReason{solver.StopOptimal, solver.StopGap, solver.StopTime, solver.StopCancelled} {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var back solver.StopReason
		if err := json.Unmarshal(text, &back); err != nil || back != r {
			t.Errorf("%v came back from %s as %v, error %v", r, text, back, err)
		}
	}
	var r solver.StopReason
	if _, err := r.MarshalText(); err == nil {
		t.Error("a reason that was never set was written")
	}
	if err := r.UnmarshalText([]byte("soon")); err == nil {
		t.Error("an unknown reason was read")
	}
	if got := solver.StopReason(9).String(); got != "StopReason(9)" {
		t.Errorf("String() of an unknown reason = %q", got)
	}
}

func TestOptionsValidate(t *testing.T) {
	for _, test := range []struct {
		reason  string
		options solver.Options
		ok      bool
	}{
		{"the zero value works", solver.Options{}, true},
		{"any gap from 0 on", solver.Options{Gap: 2, TimeLimit: time.Hour}, true},
		{"a gap is not negative", solver.Options{Gap: -0.1}, false},
		{"nor is that of the last level", solver.Options{LastGap: -0.1}, false},
		{"a gap is a number", solver.Options{Gap: math.NaN()}, false},
		{"time does not run backwards", solver.Options{TimeLimit: -time.Second}, false},
	} {
		if err := test.options.Validate(); (err == nil) != test.ok {
			t.Errorf("%s: error %v", test.reason, err)
		}
	}
}

func TestRelativeGap(t *testing.T) {
	for _, test := range []struct {
		objective, bound int64
		want             float64
	}{{100, 90, 0.1}, {-100, -110, 0.1}, {0, -5, 5}, {7, 7, 0}, {1, 0, 1}} {
		if got := solver.RelativeGap(test.objective, test.bound); got != test.want {
			t.Errorf("RelativeGap(%d, %d) = %v, want %v", test.objective, test.bound, got, test.want)
		}
	}
	if got := solver.RelativeGap(solver.MaxTotal, math.MinInt64); !(got > 1) || math.IsInf(got, 0) {
		t.Errorf("the gap to the lowest bound is %v", got)
	}
}

func TestInfeasibleVerify(t *testing.T) {
	p := diamond()
	p.Supply[0], p.Supply[3] = 5, -5
	good := solver.InfeasibleError{Unmet: 1, Nodes: []int32{0}, Supply: 5, Capacity: 4}
	if err := good.Verify(p); err != nil {
		t.Fatalf("a good witness: %v", err)
	}
	for _, test := range []struct {
		reason string
		spoil  func(e *solver.InfeasibleError)
	}{
		{"the supply is recomputed", func(e *solver.InfeasibleError) { e.Supply++; e.Unmet++ }},
		{"the capacity is recomputed", func(e *solver.InfeasibleError) { e.Capacity--; e.Unmet++ }},
		{"the difference is recomputed", func(e *solver.InfeasibleError) { e.Unmet++ }},
		{"nodes exist", func(e *solver.InfeasibleError) { e.Nodes = []int32{0, 4} }},
		{"nodes are not negative", func(e *solver.InfeasibleError) { e.Nodes = []int32{-1, 0} }},
		{"nodes are listed once", func(e *solver.InfeasibleError) { e.Nodes = []int32{0, 0}; e.Supply, e.Unmet = 10, 6 }},
		{"a set that can send its supply proves nothing", func(e *solver.InfeasibleError) {
			*e = solver.InfeasibleError{Nodes: []int32{0, 1, 2, 3}}
		}},
	} {
		e := good
		e.Nodes = slices.Clone(good.Nodes)
		test.spoil(&e)
		if e.Verify(p) == nil {
			t.Errorf("%s: the spoilt witness passed", test.reason)
		}
	}
	if got, want := good.Error(), "solver: no feasible flow: 1 nodes supply 5 but the arcs out of them carry at most 4, 1 too few"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestStoppedError(t *testing.T) {
	err := error(&solver.StoppedError{Stop: solver.StopCancelled, Unmet: 3, Cause: context.Canceled})
	if !errors.Is(err, context.Canceled) {
		t.Error("the cause is lost")
	}
}
