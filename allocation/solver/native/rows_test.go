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
	"github.com/xianguan/xianguan/allocation/solver/native/internal/branch"
)

func TestRows(t *testing.T) { solvertest.RunRows(t, native.Solver{}) }

// ascending is the backend with an ascent, and with two nodes at a time, in programmes of any size.
type ascending struct{ native.Solver }

func (ascending) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	if err := errors.Join(o.Validate(), p.Validate()); err != nil || p.Pure() {
		return native.Solver{}.Solve(ctx, p, o)
	}
	return branch.SolveSized(ctx, p, o, branch.Sizes{Pair: 1})
}

func TestRowsAscending(t *testing.T) { solvertest.RunRows(t, ascending{}) }

// A small county with every row is solved to the same objectives cold, from its start, and with ascents.
func TestCountyRows(t *testing.T) {
	for seed := range uint64(4) {
		p := solvertest.CountyRows(100, seed)
		warm := solve(t, p)
		ascended, err := ascending{}.Solve(t.Context(), p, solver.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p.Start, p.StartColumns = nil, nil
		cold := solve(t, p)
		for k := range p.Levels {
			if warm.Levels[k].Objective != cold.Levels[k].Objective || !warm.Levels[k].Proven || ascended.Levels[k].Objective != cold.Levels[k].Objective || !ascended.Levels[k].Proven {
				t.Errorf("seed %d, level %d: %+v from the start, %+v with ascents, %+v cold", seed, k, warm.Levels[k], ascended.Levels[k], cold.Levels[k])
			}
		}
	}
}

func TestRowsSameBytes(t *testing.T) {
	var bytes [2][]byte
	for i := range bytes {
		var err error
		if bytes[i], err = json.Marshal(solve(t, solvertest.CountyRows(100, 5))); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(bytes[0]), string(bytes[1])); diff != "" {
		t.Errorf("the same programme gave other bytes (-first +second):\n%s", diff)
	}
}

// Wherever the solver is stopped, what comes back obeys every row and claims no more than is proven.
func TestRowsStoppedAnywhere(t *testing.T) {
	p := solvertest.CountyRows(60, 3)
	optimum := solve(t, p)
	for _, backend := range []solver.Backend{native.Solver{}, ascending{}} {
		stopAnywhere(t, backend, p, optimum)
		cold := *p
		cold.Start, cold.StartColumns = nil, nil
		stopAnywhere(t, backend, &cold, optimum)
	}
}

func stopAnywhere(t *testing.T, backend solver.Backend, p *solver.Programme, optimum *solver.Solution) {
	seen := map[string]int{}
	for asked := 0; ; asked += 1 + asked/50 {
		s, err := backend.Solve(&expiring{context.Background(), asked}, p, solver.Options{})
		var stopped *solver.StoppedError
		if errors.As(err, &stopped) {
			if p.Start != nil || stopped.Stop != solver.StopCancelled || !errors.Is(err, context.Canceled) {
				t.Fatalf("stopped at look %d: %v", asked, err)
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
		for k, r := range s.Levels {
			if r.Bound > optimum.Levels[k].Objective && !r.Conditional {
				t.Fatalf("stopped at look %d: level %d has bound %d, above the optimum %d", asked, k, r.Bound, optimum.Levels[k].Objective)
			}
		}
		seen[s.Stop.String()]++
		if s.Stop == solver.StopOptimal {
			break
		}
	}
	if p.Start != nil && seen["cancelled"] == 0 || p.Start == nil && seen["without a flow"] == 0 {
		t.Errorf("%T: the stops seen, %v, are not all that can happen", backend, seen)
	}
}
