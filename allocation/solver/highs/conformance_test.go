package highs_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/highs"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

// requireHighs is the environment variable that makes the absence of HiGHS a failure.
const requireHighs = "XIANGUAN_REQUIRE_HIGHS"

// found finds HiGHS as a user would, or skips the test.
func found(t testing.TB, o highs.Options) *highs.Solver {
	t.Helper()
	s, err := highs.New(o)
	var unavailable *solver.UnavailableError
	if errors.As(err, &unavailable) && os.Getenv(requireHighs) != "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A run of a program takes far longer than these small programmes, so one in so many is solved.
const every = 25

func TestConformance(t *testing.T) { solvertest.RunSome(t, found(t, highs.Options{}), every) }

func TestConformanceRows(t *testing.T) { solvertest.RunRowsSome(t, found(t, highs.Options{}), every) }

// A pure county has the objectives that native proves.
func TestCountyAgainstNative(t *testing.T) {
	b := found(t, highs.Options{Threads: 1})
	p := solvertest.County(300, 5)
	want, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Solve(context.Background(), p, solver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for k := range p.Levels {
		if diff := cmp.Diff(want.Levels[k].Objective, got.Levels[k].Objective); diff != "" {
			t.Errorf("level %d (-native +highs):\n%s", k, diff)
		}
	}
}

// A county with rows is solved at every level, and each level reported.
func TestCountyRows(t *testing.T) {
	b := found(t, highs.Options{})
	p := solvertest.CountyRows(150, 2)
	var levels []int
	s, err := b.Solve(context.Background(), p, solver.Options{Progress: func(g solver.Progress) { levels = append(levels, g.Level) }})
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.Verify(p, s); err != nil {
		t.Error(err)
	}
	if s.Stop != solver.StopOptimal {
		t.Errorf("stop = %v, want optimal", s.Stop)
	}
	if diff := cmp.Diff([]int{0, 1, 2, 3}, levels); diff != "" {
		t.Errorf("levels reported (-want +got):\n%s", diff)
	}
	if s.Levels[0].Objective >= p.Objective(0, p.Start, p.StartColumns) {
		t.Error("the optimum is no better than the start")
	}
}

// With a gap the last level may stop early, with a bound that is honest about it.
func TestGap(t *testing.T) {
	b := found(t, highs.Options{})
	p := solvertest.CountyRows(150, 3)
	p.Levels = p.Levels[3:]
	for c := range p.Columns {
		p.Columns[c].Cost = []int64{-300_000} // filled posts are worth money
	}
	const gap = 0.5
	s, err := b.Solve(context.Background(), p, solver.Options{Gap: gap})
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.Verify(p, s); err != nil {
		t.Error(err)
	}
	if s.Levels[0].Gap > gap {
		t.Errorf("gap %v, want at most %v", s.Levels[0].Gap, gap)
	}
	if s.Stop != solver.StopGap && s.Stop != solver.StopOptimal {
		t.Errorf("stop = %v", s.Stop)
	}
}

// Cancelled while HiGHS runs, the backend returns the start; without one it has nothing.
func TestCancelled(t *testing.T) {
	b := found(t, highs.Options{})
	p := solvertest.CountyRows(1_500, 1)
	for _, start := range []bool{true, false} {
		if !start {
			p.Start, p.StartColumns = nil, nil
		}
		ctx, cancel := context.WithCancel(context.Background())
		var cancelled time.Time
		time.AfterFunc(time.Second, func() { cancelled = time.Now(); cancel() })
		s, err := b.Solve(ctx, p, solver.Options{})
		t.Logf("returned %v after it was cancelled", time.Since(cancelled))
		if !start {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("without a start: error %v, want one caused by %v", err, context.Canceled)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := solver.Verify(p, s); err != nil {
			t.Error(err)
		}
		if s.Stop != solver.StopCancelled {
			t.Errorf("stop = %v, want cancelled", s.Stop)
		}
	}
}

// When time is short HiGHS stops by itself, with the best flow that it has.
func TestTimeLimit(t *testing.T) {
	b := found(t, highs.Options{})
	p := solvertest.CountyRows(1_500, 1)
	s, err := b.Solve(context.Background(), p, solver.Options{TimeLimit: 1_200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.Verify(p, s); err != nil {
		t.Error(err)
	}
	if s.Stop != solver.StopTime {
		t.Errorf("stop = %v, want time", s.Stop)
	}
}
