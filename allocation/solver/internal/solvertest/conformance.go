package solvertest

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation/solver"
)

// Run checks that a backend keeps the promises of [solver.Backend] on pure networks: where the answer is known, and
// on random ones against every oracle at hand.
func Run(t *testing.T, b solver.Backend) { RunSome(t, b, 1) }

// RunSome is Run on one in so many of the random networks, for a backend that starts a program for every solve. With
// every > 1 nothing is drawn by rapid.
func RunSome(t *testing.T, b solver.Backend, every uint64) {
	t.Run("cases", func(t *testing.T) { runCases(t, b) })
	t.Run("enumeration", func(t *testing.T) { runEnumeration(t, b, every) })
	t.Run("gonum", func(t *testing.T) { runGonum(t, b, every) })
	t.Run("glpsol", func(t *testing.T) { runGlpsol(t, b, every) })
	t.Run("start", func(t *testing.T) { runStart(t, b, every) })
	t.Run("stopped", func(t *testing.T) { runStopped(t, b, County(100, 1)) })
	t.Run("invalid", func(t *testing.T) { runInvalid(t, b) })
}

// solve returns the proven objectives, or nil where the backend says that there is no flow. Every proof is verified
// and has to be there where the backend promises one; otherwise its word is taken, as the oracles will check it.
func solve(t rapid.TB, b solver.Backend, p *solver.Programme) []int64 {
	t.Helper()
	s, err := b.Solve(context.Background(), p, solver.Options{})
	var infeasible *solver.InfeasibleError
	if errors.As(err, &infeasible) {
		checkInfeasible(t, b, p, infeasible)
		return nil
	}
	if err != nil {
		t.Fatalf("Solve: %v", err)
	}
	if err := solver.Verify(p, s); err != nil {
		t.Fatal(err)
	}
	if s.Stop != solver.StopOptimal {
		t.Fatalf("stopped for %v without a limit", s.Stop)
	}
	checkCertified(t, b, p, s)
	return objectives(s)
}

// checkInfeasible verifies the witness. Without one the backend must give its name, which is not enough for a pure
// network when the backend promises certificates.
func checkInfeasible(t rapid.TB, b solver.Backend, p *solver.Programme, e *solver.InfeasibleError) {
	t.Helper()
	if e.Vouched == "" {
		if err := e.Verify(p); err != nil {
			t.Fatalf("the witness does not hold: %v", err)
		}
		return
	}
	if e.Vouched != b.Name() {
		t.Fatalf("infeasible on the word of %q, which is not the backend %q", e.Vouched, b.Name())
	}
	if p.Pure() && b.Capabilities().Certificates {
		t.Fatalf("backend %s promises certificates, but gives its word alone that a pure network is infeasible", b.Name())
	}
}

// checkCertified fails unless every level is certified exactly when the backend promises it and the programme is a
// network alone.
func checkCertified(t rapid.TB, b solver.Backend, p *solver.Programme, s *solver.Solution) {
	t.Helper()
	want := p.Pure() && b.Capabilities().Certificates
	for k, r := range s.Levels {
		if r.Certified != want {
			t.Fatalf("level %d: certified = %v, want %v of this backend and programme", k, r.Certified, want)
		}
	}
}

func objectives(s *solver.Solution) []int64 {
	z := make([]int64, len(s.Levels))
	for k, r := range s.Levels {
		z[k] = r.Objective
	}
	return z
}

func runCases(t *testing.T, b solver.Backend) {
	level := func(cost ...int64) solver.Level { return solver.Level{Cost: cost} }
	for _, test := range []struct {
		name, reason string
		programme    solver.Programme
		want         []int64 // nil: infeasible
		huge         bool    // beyond the numbers of a backend that reckons in floats
	}{{
		name: "empty", reason: "no node and no arc is a programme whose one flow is empty",
		programme: solver.Programme{Levels: []solver.Level{{}}},
		want:      []int64{0},
	}, {
		name: "lone nodes", reason: "nodes without arcs and without supply change nothing",
		programme: solver.Programme{Supply: make([]int64, 3), Levels: []solver.Level{{}}},
		want:      []int64{0},
	}, {
		name: "one arc", reason: "the only flow is the supply",
		programme: solver.Programme{Supply: []int64{2, -2}, Tail: []int32{0}, Head: []int32{1}, Upper: []int64{2}, Levels: []solver.Level{level(5)}},
		want:      []int64{10},
	}, {
		name: "too narrow", reason: "supply 2 over capacity 1",
		programme: solver.Programme{Supply: []int64{2, -2}, Tail: []int32{0}, Head: []int32{1}, Upper: []int64{1}, Levels: []solver.Level{level(5)}},
	}, {
		name: "wrong way", reason: "the arc leads from the demand to the supply",
		programme: solver.Programme{Supply: []int64{2, -2}, Tail: []int32{1}, Head: []int32{0}, Upper: []int64{9}, Levels: []solver.Level{level(0)}},
	}, {
		name: "two parts", reason: "supply and demand are equal in sum but not in each connected part",
		programme: solver.Programme{Supply: []int64{1, 0, 0, -1}, Tail: []int32{0, 2}, Head: []int32{1, 3}, Upper: []int64{1, 1}, Levels: []solver.Level{{}}},
	}, {
		name: "parallel arcs", reason: "convex cost as parallel arcs: the cheap one fills first",
		programme: solver.Programme{Supply: []int64{3, -3}, Tail: []int32{0, 0}, Head: []int32{1, 1}, Upper: []int64{2, 2}, Levels: []solver.Level{level(4, 1)}},
		want:      []int64{6},
	}, {
		name: "self-loops", reason: "a loop of negative cost is full, one of positive cost empty, one that is free is left to the next level",
		programme: solver.Programme{Supply: []int64{0}, Tail: []int32{0, 0, 0}, Head: []int32{0, 0, 0}, Upper: []int64{3, 3, 3}, Levels: []solver.Level{level(-2, 2, 0), level(7, -7, -1)}},
		want:      []int64{-6, 18},
	}, {
		name: "negative cycle", reason: "flow goes round a cycle that pays, as far as its narrowest arc",
		programme: solver.Programme{Supply: []int64{0, 0, 0}, Tail: []int32{0, 1, 2}, Head: []int32{1, 2, 0}, Upper: []int64{5, 4, 6}, Levels: []solver.Level{level(-3, 1, 1)}},
		want:      []int64{-4},
	}, {
		name: "no capacity", reason: "an arc of capacity 0 cannot be used, however well it pays",
		programme: solver.Programme{Supply: []int64{1, -1}, Tail: []int32{0, 0}, Head: []int32{1, 1}, Upper: []int64{0, 1}, Levels: []solver.Level{level(-9, 3)}},
		want:      []int64{3},
	}, {
		name: "order of levels", reason: "the first level decides though the second would gain far more",
		programme: solver.Programme{Supply: []int64{1, -1}, Tail: []int32{0, 0}, Head: []int32{1, 1}, Upper: []int64{1, 1}, Levels: []solver.Level{level(1, 2), level(1_000_000, 0)}},
		want:      []int64{1, 1_000_000},
	}, {
		name: "ties", reason: "each level chooses among the optima of all levels before",
		programme: solver.Programme{Supply: []int64{1, -1}, Tail: []int32{0, 0, 0, 0}, Head: []int32{1, 1, 1, 1}, Upper: []int64{1, 1, 1, 1},
			Levels: []solver.Level{level(1, 1, 1, 9), {}, level(2, 2, 3, 0), level(5, 4, 0, 0)}},
		want: []int64{1, 0, 2, 4},
	}, {
		name: "huge costs", reason: "costs at the limit of what Validate allows do not overflow",
		programme: solver.Programme{Supply: []int64{1, 0, -1}, Tail: []int32{0, 1, 0}, Head: []int32{1, 2, 2}, Upper: []int64{1, 1, 1},
			Levels: []solver.Level{level(solver.MaxTotal/4, -solver.MaxTotal/4, 1), level(-solver.MaxTotal/4, solver.MaxTotal/4, solver.MaxTotal/4)}},
		want: []int64{0, 0},
		huge: true,
	}, {
		name: "huge capacities", reason: "capacities at the limit of what Validate allows do not overflow",
		programme: solver.Programme{Supply: []int64{solver.MaxTotal / 2, -solver.MaxTotal / 2}, Tail: []int32{0, 1}, Head: []int32{1, 0},
			Upper: []int64{solver.MaxTotal / 2, solver.MaxTotal / 2}, Levels: []solver.Level{level(1, 1)}},
		want: []int64{solver.MaxTotal / 2},
		huge: true,
	}} {
		t.Run(test.name, func(t *testing.T) {
			if test.huge && refuses(b, &test.programme) {
				return
			}
			if diff := cmp.Diff(test.want, solve(t, b, &test.programme)); diff != "" {
				t.Errorf("%s: objectives (-want +got):\n%s", test.reason, diff)
			}
		})
	}
}

// refuses reports whether the backend says, instead of solving, that it does not support a programme of numbers this
// large. A backend that proves its bounds has no such excuse.
func refuses(b solver.Backend, p *solver.Programme) bool {
	_, err := b.Solve(context.Background(), p, solver.Options{})
	var unsupported *solver.UnsupportedError
	return !b.Capabilities().Certificates && errors.As(err, &unsupported) && unsupported.Backend == b.Name() && unsupported.Feature != ""
}

func runEnumeration(t *testing.T, b solver.Backend, every uint64) {
	shape := Small
	shape.Arcs = 6
	if every == 1 {
		rapid.Check(t, func(t *rapid.T) {
			var count tally
			count.compare(t, b, Draw(t, shape), Enumerate)
		})
	}
	var count tally
	for seed := range 1_000 / every {
		count.compare(t, b, Random(seed, shape), Enumerate)
	}
	count.report(t, "enumeration")
}

// tally counts the networks on which a backend and an oracle were compared.
type tally struct{ networks, decided, infeasible int }

// compare fails on any difference. A network that the oracle cannot decide is counted as such.
func (c *tally) compare(t rapid.TB, b solver.Backend, p *solver.Programme, oracle Oracle) {
	t.Helper()
	c.networks++
	got := solve(t, b, p)
	want, feasible, err := oracle(p)
	if errors.Is(err, ErrUndecided) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	c.decided++
	if feasible != (got != nil) {
		t.Fatalf("feasible: %v by the oracle, %v by the backend\n%+v", feasible, got != nil, p)
	}
	if !feasible {
		c.infeasible++
		return
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" { // an oracle may know the first level alone
		t.Fatalf("objectives (-oracle +backend):\n%s%+v", diff, p)
	}
}

// report fails when the oracle left more than one network in twenty undecided, or when none or nearly all were
// infeasible: the comparison would say little.
func (c *tally) report(t *testing.T, oracle string) {
	t.Helper()
	t.Logf("%s: %d networks, %d decided, of these %d infeasible, no difference", oracle, c.networks, c.decided, c.infeasible)
	if c.decided*20 < c.networks*19 || c.infeasible*20 < c.decided || c.infeasible*2 > c.decided {
		t.Errorf("%s: %+v says too little", oracle, *c)
	}
}

func runGonum(t *testing.T, b solver.Backend, every uint64) {
	var count tally
	for seed := range 400 / every {
		count.compare(t, b, Random(seed, Shape{Nodes: 7, Arcs: 14, Upper: 4, Cost: 6, Levels: 4}), Gonum)
	}
	count.report(t, "gonum")
}

func runGlpsol(t *testing.T, b solver.Backend, every uint64) {
	g := FindGlpsol(t)
	var networks []*solver.Programme
	for seed := range 300 / every {
		networks = append(networks, Random(seed, Shape{Nodes: 25, Arcs: 120, Upper: 20, Cost: 50, Levels: 4}))
	}
	for seed := range max(2, 12/every) {
		n := 20 + 25*int(seed)
		networks = append(networks, Assignment(seed, n, n*2/3, 3+int(seed), 1+int(seed%3)))
	}
	networks = append(networks, County(60, 1), County(120, 2))
	var levels, first tally
	for _, p := range networks {
		levels.compare(t, b, p, g.Levels)
		first.compare(t, b, p, g.MinCost)
	}
	levels.report(t, "glpsol --lp, every level")
	first.report(t, "glpsol --mincost, the first level")
}

// runStart checks that a start changes how a programme is solved but not how well.
func runStart(t *testing.T, b solver.Backend, every uint64) {
	shape := Shape{Nodes: 8, Arcs: 30, Upper: 5, Cost: 4, Levels: 4}
	if every == 1 {
		rapid.Check(t, func(t *rapid.T) { checkStart(t, b, Draw(t, shape)) })
	}
	for seed := range max(10, 100/every) {
		checkStart(t, b, Random(seed, shape))
	}
}

func checkStart(t rapid.TB, b solver.Backend, p *solver.Programme) {
	t.Helper()
	if p.Start == nil {
		return
	}
	warm := solve(t, b, p)
	cold := *p
	cold.Start, cold.StartColumns = nil, nil
	if diff := cmp.Diff(solve(t, b, &cold), warm); diff != "" {
		t.Errorf("objectives (-cold +from a start):\n%s", diff)
	}
}

// runStopped checks what comes back for a programme with a start when there is no time at all.
func runStopped(t *testing.T, b solver.Backend, p *solver.Programme) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	late, cancel := context.WithTimeout(context.Background(), -1)
	defer cancel()
	cold := *p
	cold.Start, cold.StartColumns = nil, nil
	for _, test := range []struct {
		name  string
		ctx   context.Context
		limit time.Duration
		stop  solver.StopReason
		cause error
	}{
		{"cancelled", cancelled, 0, solver.StopCancelled, context.Canceled},
		{"deadline", late, 0, solver.StopTime, context.DeadlineExceeded},
		{"limit", context.Background(), 1, solver.StopTime, context.DeadlineExceeded},
	} {
		o := solver.Options{TimeLimit: test.limit}
		s, err := b.Solve(test.ctx, p, o)
		if err != nil {
			t.Fatalf("%s: a start is a feasible flow, so there is a solution; got %v", test.name, err)
		}
		if err := solver.Verify(p, s); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if s.Stop != test.stop {
			t.Errorf("%s: stop = %v, want %v", test.name, s.Stop, test.stop)
		}
		if gap := s.Levels[0].Gap; !(gap > 0) || math.IsInf(gap, 0) {
			t.Errorf("%s: gap = %v, want the honest gap of a level that was not solved", test.name, gap)
		}
		var stopped *solver.StoppedError
		if _, err := b.Solve(test.ctx, &cold, o); !errors.As(err, &stopped) || stopped.Stop != test.stop || !errors.Is(err, test.cause) {
			t.Errorf("%s without a start: error %v, want a StoppedError for %v", test.name, err, test.cause)
		}
	}
}

func runInvalid(t *testing.T, b solver.Backend) {
	var field *solver.FieldError
	if _, err := b.Solve(context.Background(), &solver.Programme{}, solver.Options{}); !errors.As(err, &field) {
		t.Errorf("a programme without levels: error %v, want a FieldError", err)
	}
	p := County(50, 1)
	if _, err := b.Solve(context.Background(), p, solver.Options{Gap: math.NaN()}); !errors.As(err, &field) {
		t.Errorf("a gap that is not a number: error %v, want a FieldError", err)
	}
	if _, err := b.Solve(context.Background(), p, solver.Options{TimeLimit: -1}); !errors.As(err, &field) {
		t.Errorf("a negative time limit: error %v, want a FieldError", err)
	}
}
