package ortools_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

// CP-SAT and native agree on every level of networks of the shape of a county's.
func TestNativeAgrees(t *testing.T) {
	b := backend(t)
	var programmes []*solver.Programme
	for seed := range uint64(20) {
		programmes = append(programmes, solvertest.Assignment(seed+100, 30+3*int(seed), 25, 4, 3),
			solvertest.Random(seed+1_000, solvertest.Shape{Nodes: 30, Arcs: 150, Upper: 30, Cost: 1_000, Levels: 4}))
	}
	programmes = append(programmes, solvertest.County(150, 3), solvertest.County(300, 4))
	feasible := 0
	for i, p := range programmes {
		want, nativeErr := native.Solver{}.Solve(context.Background(), p, solver.Options{})
		got, err := b.Solve(context.Background(), p, solver.Options{})
		var none *solver.InfeasibleError
		if errors.As(nativeErr, &none) {
			if !errors.As(err, &none) {
				t.Errorf("programme %d: %v, want infeasible", i, err)
			}
			continue
		}
		if nativeErr != nil || err != nil {
			t.Fatalf("programme %d: native %v, ortools %v", i, nativeErr, err)
		}
		if err := solver.Verify(p, got); err != nil {
			t.Error(err)
		}
		feasible++
		for k := range p.Levels {
			if want.Levels[k].Objective != got.Levels[k].Objective {
				t.Errorf("programme %d, level %d: native %d, ortools %d", i, k, want.Levels[k].Objective, got.Levels[k].Objective)
			}
		}
	}
	if feasible*2 < len(programmes) {
		t.Errorf("only %d of %d programmes are feasible", feasible, len(programmes))
	}
}

// When time is up or the context is cancelled, what comes back holds, with honest bounds.
func TestLimits(t *testing.T) {
	b := backend(t)
	for _, test := range []struct {
		name, reason string
		start        bool
		cancel       bool
		limit        time.Duration
		want         solver.StopReason
	}{
		{"short", "no time for CP-SAT: the start", true, false, 60 * time.Millisecond, solver.StopTime},
		{"short, cold", "no time for CP-SAT and nothing known", false, false, 60 * time.Millisecond, solver.StopTime},
		{"long", "time for some levels", true, false, 700 * time.Millisecond, solver.StopTime},
		{"cancelled", "Stop is heard, or the worker killed", true, true, 0, solver.StopCancelled},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := solvertest.CountyRows(2_000, 1)
			if !test.start {
				p.Start, p.StartColumns = nil, nil
			}
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			o := solver.Options{TimeLimit: test.limit}
			var cancelled time.Time
			if test.cancel {
				o.Progress = func(g solver.Progress) {
					if cancelled.IsZero() && g.Elapsed > 500*time.Millisecond {
						cancelled = time.Now()
						cancel()
					}
				}
			}
			began := time.Now()
			s, err := b.Solve(ctx, p, o)
			if test.cancel {
				t.Logf("returned %v after the cancel", time.Since(cancelled))
			} else {
				t.Logf("returned after %v of %v", time.Since(began), test.limit)
			}
			var stopped *solver.StoppedError
			if !test.start && errors.As(err, &stopped) && stopped.Stop == test.want {
				return
			}
			if err != nil {
				t.Fatalf("%s: %v", test.reason, err)
			}
			if err := solver.Verify(p, s); err != nil {
				t.Error(err)
			}
			if s.Stop != test.want {
				t.Errorf("stop %v, want %v: %s", s.Stop, test.want, test.reason)
			}
		})
	}
}

// Within a gap the last level may stay unproven, never the others; with the seed and one thread set, twice the same.
func TestSettings(t *testing.T) {
	b := backend(t)
	b.Threads, b.Seed = 1, 5
	p := solvertest.County(120, 9)
	const gap = 0.3
	first, err := b.Solve(context.Background(), p, solver.Options{Gap: gap})
	if err != nil {
		t.Fatal(err)
	}
	last := first.Levels[len(first.Levels)-1]
	if first.Stop > solver.StopGap || last.Gap > gap {
		t.Errorf("stop %v, last level %+v, want a gap of at most %v", first.Stop, last, gap)
	}
	second, err := b.Solve(context.Background(), p, solver.Options{Gap: gap})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first.Flow, second.Flow); diff != "" {
		t.Errorf("one thread, the same seed, another flow (-first +second):\n%s", diff)
	}
	b.Threads = -1
	var field *solver.FieldError
	if _, err := b.Solve(context.Background(), p, solver.Options{}); !errors.As(err, &field) || field.Field != "Threads" {
		t.Errorf("a negative number of threads: error %v, want a FieldError", err)
	}
}
