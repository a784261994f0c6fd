package native_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

func TestConformance(t *testing.T) { solvertest.Run(t, native.Solver{}) }

func TestName(t *testing.T) {
	if got := (native.Solver{}).Name(); got != "native" {
		t.Errorf("Name() = %q", got)
	}
}

// A county is solved to the same objectives cold and from the flow in which everybody stays.
func TestCounty(t *testing.T) {
	for _, teachers := range []int{50, 500, 2_000} {
		p := solvertest.County(teachers, 7)
		warm := solve(t, p)
		p.Start = nil
		cold := solve(t, p)
		for k := range p.Levels {
			if warm.Levels[k].Objective != cold.Levels[k].Objective {
				t.Errorf("%d teachers, level %d: %d from the start, %d cold", teachers, k, warm.Levels[k].Objective, cold.Levels[k].Objective)
			}
		}
	}
}

func solve(t *testing.T, p *solver.Programme) *solver.Solution {
	t.Helper()
	s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.Verify(p, s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSameBytes(t *testing.T) {
	first, err := json.Marshal(solve(t, solvertest.County(300, 1)))
	if err != nil {
		t.Fatal(err)
	}
	watched := solver.Options{Gap: 0, Progress: func(solver.Progress) {}}
	s, err := native.Solver{}.Solve(context.Background(), solvertest.County(300, 1), watched)
	if err != nil {
		t.Fatal(err)
	}
	second, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(first), string(second)); diff != "" {
		t.Errorf("the same programme gave other bytes (-first +second):\n%s", diff)
	}
}

// expiring is a context that is cancelled when it is asked for the nth time, so that a stop falls at the same pivot
// every time the test is run.
type expiring struct {
	context.Context
	left int
}

func (c *expiring) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// Wherever the solver is stopped, what comes back is feasible, certified, and honest about what is not proven.
func TestStoppedAnywhere(t *testing.T) {
	for _, start := range []bool{true, false} {
		p := solvertest.County(250, 3)
		given := p.Start
		if !start {
			p.Start = nil
		}
		seen := map[string]int{}
		for asked := 0; ; asked++ {
			s, err := native.Solver{}.Solve(&expiring{context.Background(), asked}, p, solver.Options{})
			var stopped *solver.StoppedError
			if errors.As(err, &stopped) {
				if start || stopped.Unmet <= 0 || stopped.Stop != solver.StopCancelled {
					t.Fatalf("start %v, stopped at look %d: %v", start, asked, err)
				}
				seen["without a flow"]++
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := solver.Verify(p, s); err != nil {
				t.Fatalf("stopped at look %d: %v", asked, err)
			}
			if start && asked == 0 && !cmp.Equal(s.Flow, given) {
				t.Error("stopped at once, the flow is not the one that was given")
			}
			seen[s.Stop.String()]++
			if s.Stop == solver.StopOptimal {
				break
			}
		}
		t.Logf("start %v: %v", start, seen)
		if seen["cancelled"] == 0 || !start && seen["without a flow"] == 0 {
			t.Errorf("start %v: the stops seen, %v, are not all that can happen", start, seen)
		}
	}
}

func TestTimeLimit(t *testing.T) {
	p := solvertest.County(100, 1)
	s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{TimeLimit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.Verify(p, s); err != nil {
		t.Error(err)
	}
	if s.Stop != solver.StopTime {
		t.Errorf("stop = %v, want time", s.Stop)
	}
	p.Start = nil
	if _, err := (native.Solver{}).Solve(context.Background(), p, solver.Options{TimeLimit: 1}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v, want one caused by %v", err, context.DeadlineExceeded)
	}
}

// With a gap the last level may stop before it is proven, but not further from the bound than the gap.
func TestGap(t *testing.T) {
	p := solvertest.County(300, 2)
	for a, c := range p.Levels[1].Cost {
		p.Levels[3].Cost[a] += 2_000_000 * c
	}
	p.Levels = p.Levels[3:]
	const gap = 0.5
	s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{Gap: gap})
	if err != nil {
		t.Fatal(err)
	}
	if err := solver.Verify(p, s); err != nil {
		t.Error(err)
	}
	if s.Stop != solver.StopGap || s.Levels[0].Proven || s.Levels[0].Gap > gap {
		t.Errorf("stop %v with %+v, want a stop at a gap of at most %v", s.Stop, s.Levels[0], gap)
	}
	if exact := solve(t, p); exact.Stats.Pivots <= s.Stats.Pivots {
		t.Errorf("%d pivots to the gap, %d to the optimum: the gap saved nothing", s.Stats.Pivots, exact.Stats.Pivots)
	}
}
