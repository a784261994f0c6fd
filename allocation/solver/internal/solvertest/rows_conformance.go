package solvertest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/solver"
)

// RunRows checks that a backend keeps the promises of [solver.Backend] on programmes with side rows and columns:
// where the answer is known, and on random ones against enumeration. A backend without the capability must say so.
func RunRows(t *testing.T, b solver.Backend) { RunRowsSome(t, b, 1) }

// RunRowsSome is RunRows on one in so many of the random programmes, as [RunSome] is Run.
func RunRowsSome(t *testing.T, b solver.Backend, every uint64) {
	if !b.Capabilities().Rows {
		t.Run("unsupported", func(t *testing.T) { runUnsupported(t, b) })
		return
	}
	t.Run("cases", func(t *testing.T) { runRowCases(t, b) })
	t.Run("enumeration", func(t *testing.T) { runRowEnumeration(t, b, every) })
	t.Run("start", func(t *testing.T) { runRowStart(t, b, every) })
	t.Run("gap", func(t *testing.T) { runRowGap(t, b, every) })
	t.Run("stopped", func(t *testing.T) { runStopped(t, b, CountyRows(100, 1)) })
	t.Run("invalid", func(t *testing.T) { runInvalidRows(t, b) })
}

func runUnsupported(t *testing.T, b solver.Backend) {
	for _, p := range []*solver.Programme{
		{Rows: []solver.Row{{}}, Levels: []solver.Level{{}}},
		{Columns: []solver.Column{{}}, Levels: []solver.Level{{}}},
	} {
		var unsupported *solver.UnsupportedError
		if _, err := b.Solve(context.Background(), p, solver.Options{}); !errors.As(err, &unsupported) || unsupported.Backend != b.Name() {
			t.Errorf("%d rows, %d columns: error %v, want an UnsupportedError of backend %s", len(p.Rows), len(p.Columns), err, b.Name())
		}
	}
}

func runRowCases(t *testing.T, b solver.Backend) {
	for _, test := range rowCases() {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, solve(t, b, &test.programme)); diff != "" {
				t.Errorf("%s: objectives (-want +got):\n%s", test.reason, diff)
			}
		})
	}
}

func runRowEnumeration(t *testing.T, b solver.Backend, every uint64) {
	if every == 1 {
		rapid.Check(t, func(t *rapid.T) {
			var count tally
			count.compare(t, b, DrawRows(t), Enumerate)
		})
	}
	var count tally
	changed := 0
	for seed := range 1_000 / every {
		p := RandomRows(seed)
		count.compare(t, b, p, Enumerate)
		if RowsMatter(p) {
			changed++
		}
	}
	count.report(t, "enumeration with rows")
	t.Logf("in %d of %d programmes the rows change the optimum or leave none", changed, count.decided)
	if changed*3 < count.decided {
		t.Errorf("the rows change %d of %d optima only, which says too little", changed, count.decided)
	}
}

// RowsMatter reports, by enumeration, whether the optimum of the programme is another without its rows.
func RowsMatter(p *solver.Programme) bool {
	free := *p
	free.Rows = nil
	rows, _, _ := Enumerate(p) // no error comes from Enumerate
	network, _, _ := Enumerate(&free)
	return !slices.Equal(rows, network)
}

func runRowStart(t *testing.T, b solver.Backend, every uint64) {
	if every == 1 {
		rapid.Check(t, func(t *rapid.T) { checkStart(t, b, DrawRows(t)) })
	}
	for seed := range max(10, 100/every) {
		checkStart(t, b, RandomRows(seed))
	}
}

// runRowGap accepts gaps of a half, where each level has a constant that keeps its optimum from zero. Every level is then within the
// gap, and no flow that costs at most as much before it is below its bound.
func runRowGap(t *testing.T, b solver.Backend, every uint64) {
	const gap = 0.5
	open := 0
	for seed := range max(10, 200/every) {
		p := RandomRows(seed)
		for k := range p.Levels {
			p.Levels[k].Constant = int64(seed%5) * 3
		}
		s, err := b.Solve(context.Background(), p, solver.Options{Gap: gap})
		var infeasible *solver.InfeasibleError
		if errors.As(err, &infeasible) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := solver.Verify(p, s); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if s.Stop > solver.StopGap {
			t.Errorf("seed %d: stop %v, want optimal or gap", seed, s.Stop)
		}
		least := LeastWithin(p, objectives(s))
		for k, level := range s.Levels {
			if level.Gap > gap || level.Bound > least[k] {
				t.Errorf("seed %d, level %d: %+v, want a gap of at most %g and a bound of at most %d", seed, k, level, gap, least[k])
			}
		}
		if s.Stop == solver.StopGap {
			open++
		}
	}
	t.Logf("%d programmes ended within the gap, unproven", open)
}

func runInvalidRows(t *testing.T, b solver.Backend) {
	p := CountyRows(50, 1)
	p.Rows[0].ArcCoef = p.Rows[0].ArcCoef[1:]
	var field *solver.FieldError
	if _, err := b.Solve(context.Background(), p, solver.Options{}); !errors.As(err, &field) {
		t.Errorf("a row with too few coefficients: error %v, want a FieldError", err)
	}
	p = CountyRows(50, 1)
	p.StartColumns = nil
	if _, err := b.Solve(context.Background(), p, solver.Options{}); !errors.As(err, &field) {
		t.Errorf("a start without columns: error %v, want a FieldError", err)
	}
}
