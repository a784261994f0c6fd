//go:build unix

package ortools_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/allocation/solver/ortools"
)

const fakeName = "libortools.so.9"

var compile = sync.OnceValues(func() (string, error) {
	compiler, err := exec.LookPath("cc")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "fake", fakeName)
	if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	if out, err := exec.Command(compiler, "-shared", "-fPIC", "-o", path, filepath.Join("testdata", "fake.c")).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

// fake compiles the fake library. Without a C compiler the test is skipped.
func fake(t *testing.T) string {
	t.Helper()
	path, err := compile()
	switch {
	case errors.Is(err, exec.ErrNotFound) && !required():
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	return path
}

// answer is a CpSolverResponse in hexadecimal: a status, an inner bound and a solution.
func answer(status, bound int64, solution ...int64) string {
	b := protowire.AppendTag(nil, 1, protowire.VarintType)
	b = protowire.AppendVarint(b, uint64(status))
	var packed []byte
	for _, x := range solution {
		packed = protowire.AppendVarint(packed, uint64(x))
	}
	b = protowire.AppendTag(b, 2, protowire.BytesType)
	b = protowire.AppendBytes(b, packed)
	b = protowire.AppendTag(b, 29, protowire.VarintType)
	b = protowire.AppendVarint(b, uint64(bound))
	b = protowire.AppendTag(b, 20, protowire.BytesType)
	b = protowire.AppendString(b, "says the fake")
	return hex.EncodeToString(b)
}

const unknown, invalid, feasible, infeasible, optimal = 0, 1, 2, 3, 4

// choice has two ways, of cost 1 and 2. CP-SAT is given two Boolean variables, one of which must be true.
func choice() *solver.Programme {
	return &solver.Programme{Supply: []int64{1, -1}, Tail: []int32{0, 0}, Head: []int32{1, 1}, Upper: []int64{1, 1},
		Levels: []solver.Level{{Name: "cost", Cost: []int64{1, 2}}}}
}

// Whatever the library does, the caller gets an error of a type that says so, and lives.
func TestFaults(t *testing.T) {
	b := ortools.Solver{Worker: worker(t), Library: fake(t)}
	startCheap := []int64{1, 0}
	for _, test := range []struct {
		name, reason string
		mode, answer string
		start        []int64
		want         string // in the WorkerError
	}{
		{name: "abort", reason: "a failed check of C++ aborts", mode: "abort", want: "Check failed: this is a fake"},
		{name: "fault", reason: "a bad pointer in C++", mode: "fault", want: "it ended"},
		{name: "exit", reason: "a library may end the process", mode: "exit", want: "exit status 3"},
		{name: "no response", reason: "a null pointer is no memory", mode: "no response", want: "gave no response"},
		{name: "negative length", reason: "a length counts bytes", mode: "negative length", want: "gave no response"},
		{name: "too long", reason: "memory that is not there can't be sent", mode: "too long", want: "it ended"},
		{name: "garbage", reason: "bytes that are no message", answer: "ffffffff", want: "can't be read"},
		{name: "garbage in a solution", reason: "half a number", answer: "080412028080", want: "can't be read"},
		{name: "unknown status", reason: "statuses end at 4", answer: answer(9, 0), want: "status"},
		{name: "no solution", reason: "an optimum has a value for each variable", answer: answer(optimal, 1), want: "0 values, want 2"},
		{name: "long solution", reason: "a value too many", answer: answer(optimal, 1, 1, 0, 0), want: "3 values, want 2"},
		{name: "out of bounds", reason: "an arc carries at most 1", answer: answer(optimal, 1, 2, 0), want: "is 2, want 0 to 1"},
		{name: "not conserved", reason: "two units leave where one enters", answer: answer(optimal, 1, 1, 1), want: "verification"},
		{name: "not optimal", reason: "the start is cheaper than the optimum that is claimed", answer: answer(optimal, 2, 0, 1), start: startCheap, want: "a flow of 1 is known"},
		{name: "bound too high", reason: "no bound lies above a flow", answer: answer(feasible, 7, 1, 0), want: "the bound 7"},
		{name: "not infeasible", reason: "the start is a flow", answer: answer(infeasible, 0), start: startCheap, want: "but one is known"},
		{name: "gave up", reason: "without a limit the search goes on to the end", answer: answer(unknown, 0), want: "UNKNOWN though it had no limit"},
		{name: "gave up with a flow", reason: "likewise", answer: answer(feasible, 1, 0, 1), want: "FEASIBLE though it had no limit"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("FAKE_MODE", test.mode)
			t.Setenv("FAKE_ANSWER", test.answer)
			p := choice()
			p.Start = test.start
			_, err := b.Solve(context.Background(), p, solver.Options{})
			var fault *ortools.WorkerError
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want a WorkerError with %q: %s", err, test.want, test.reason)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	b := ortools.Solver{Worker: worker(t), Library: fake(t)}
	solve := func(mode, answer string, o solver.Options) (*solver.Solution, error) {
		t.Setenv("FAKE_MODE", mode)
		t.Setenv("FAKE_ANSWER", answer)
		return b.Solve(context.Background(), choice(), o)
	}
	s, err := solve("print", answer(optimal, 1, 1, 0), solver.Options{})
	if err != nil || s.Levels[0].Objective != 1 || s.Stop != solver.StopOptimal {
		t.Errorf("a library that prints on standard output: %+v, %v, want the optimum 1", s, err)
	}
	s, err = solve("", answer(optimal, 1, 0, 1), solver.Options{Gap: 0.5})
	if err != nil || s.Stop != solver.StopGap || s.Levels[0].Objective != 2 || s.Levels[0].Bound != 1 {
		t.Errorf("OPTIMAL within a gap: %+v, %v, want 2 with the bound 1, stopped by the gap", s, err)
	}
	var none *solver.InfeasibleError
	if _, err := solve("", answer(infeasible, 0), solver.Options{}); !errors.As(err, &none) || none.Vouched != "ortools" {
		t.Errorf("INFEASIBLE: error %v, want an InfeasibleError that ortools vouches for", err)
	}
	var unsupported *solver.UnsupportedError
	if _, err := solve("", answer(invalid, 0), solver.Options{}); !errors.As(err, &unsupported) || !strings.Contains(err.Error(), "says the fake") {
		t.Errorf("MODEL_INVALID: error %v, want an UnsupportedError with CP-SAT's words", err)
	}
}

// A worker that ignores Stop, or never says Hello, is killed, and what is known is returned.
func TestHang(t *testing.T) {
	incumbent := func(p *solver.Programme) *solver.Solution {
		s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	wrong := func(*solver.Programme) *solver.Solution { return &solver.Solution{} }
	for _, test := range []struct {
		name, reason string
		start        []int64
		incumbent    func(*solver.Programme) *solver.Solution
		want         []int64 // flow; nil: a StoppedError
		optimal      bool
	}{
		{name: "nothing known", reason: "there is nothing to return"},
		{name: "start", reason: "a start is a flow", start: []int64{0, 1}, want: []int64{0, 1}},
		{name: "incumbent", reason: "native knows the optimum", incumbent: incumbent, want: []int64{1, 0}, optimal: true},
		{name: "both", reason: "the better one wins", start: []int64{0, 1}, incumbent: incumbent, want: []int64{1, 0}, optimal: true},
		{name: "no incumbent yet", reason: "native may know none", start: []int64{0, 1}, incumbent: func(*solver.Programme) *solver.Solution { return nil }, want: []int64{0, 1}},
	} {
		for _, mode := range []string{"hang", "slow start"} {
			for _, cancelled := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/%s/cancelled=%v", test.name, mode, cancelled), func(t *testing.T) {
					t.Setenv("FAKE_MODE", mode)
					pid := filepath.Join(t.TempDir(), "pid")
					t.Setenv("FAKE_PID", pid)
					b := ortools.Solver{Worker: worker(t), Library: fake(t), Incumbent: test.incumbent}
					p := choice()
					p.Start = test.start
					ctx, cancel := context.WithCancel(context.Background())
					defer cancel()
					o, stop := solver.Options{TimeLimit: 250 * time.Millisecond}, solver.StopTime
					if cancelled {
						o, stop = solver.Options{Progress: func(solver.Progress) { cancel() }}, solver.StopCancelled
					}
					began := time.Now()
					s, err := b.Solve(ctx, p, o)
					t.Logf("returned after %v", time.Since(began))
					gone(t, pid)
					if test.want == nil {
						var stopped *solver.StoppedError
						if !errors.As(err, &stopped) || stopped.Stop != stop || stopped.Unmet != 1 {
							t.Fatalf("error %v, want a StoppedError for %v: %s", err, stop, test.reason)
						}
						return
					}
					if err != nil {
						t.Fatal(err)
					}
					if err := solver.Verify(p, s); err != nil {
						t.Error(err)
					}
					if test.optimal {
						stop = solver.StopOptimal
					}
					if !cmp.Equal(s.Flow, test.want) || s.Stop != stop {
						t.Errorf("flow %v, stop %v, want %v, %v: %s", s.Flow, s.Stop, test.want, stop, test.reason)
					}
				})
			}
		}
	}
	t.Setenv("FAKE_MODE", "hang")
	b := ortools.Solver{Worker: worker(t), Library: fake(t), Incumbent: wrong}
	var field *solver.FieldError
	if _, err := b.Solve(context.Background(), choice(), solver.Options{TimeLimit: 100 * time.Millisecond}); !errors.As(err, &field) {
		t.Errorf("an incumbent that does not hold: error %v, want the FieldError of Verify", err)
	}
	t.Setenv("FAKE_MODE", "slow start")
	b.StartTimeout = 50 * time.Millisecond
	var fault *ortools.WorkerError
	if _, err := b.Solve(context.Background(), choice(), solver.Options{}); !errors.As(err, &fault) || fault.During != "start" {
		t.Errorf("a start that takes too long: error %v, want a WorkerError of the start", err)
	}
}

// gone waits until the process has ended. One that never began to load the library has no number.
func gone(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		return
	}
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if syscall.Kill(pid, 0) == syscall.ESRCH {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d still runs", pid)
}

// A library that hears Stop hands over what it has.
func TestStop(t *testing.T) {
	t.Setenv("FAKE_MODE", "until stopped")
	t.Setenv("FAKE_ANSWER", answer(feasible, 1, 0, 1))
	b := ortools.Solver{Worker: worker(t), Library: fake(t)}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p := choice()
	s, err := b.Solve(ctx, p, solver.Options{Progress: func(solver.Progress) { cancel() }})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Levels[0]; s.Stop != solver.StopCancelled || got.Objective != 2 || got.Bound != 1 {
		t.Errorf("stop %v, %+v, want cancelled, 2 with the bound 1", s.Stop, got)
	}
}
