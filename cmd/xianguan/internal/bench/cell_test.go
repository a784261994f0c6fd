package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	nativesolver "github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model/synthetic"
)

// The test binary stands in for the program that measures a cell when its first argument names a way to behave.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 {
		os.Exit(m.Run())
	}
	switch os.Args[1] {
	case "behave:measure":
		var cell Cell
		if err := json.NewDecoder(os.Stdin).Decode(&cell); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		json.NewEncoder(os.Stdout).Encode(Measure(context.Background(), cell, nativesolver.Solver{}))
		os.Exit(0)
	case "behave:die":
		fmt.Fprintln(os.Stderr, "out of luck")
		os.Exit(3)
	case "behave:garbage":
		fmt.Println("no JSON")
		os.Exit(0)
	case "behave:hang":
		time.Sleep(time.Hour)
	}
	os.Exit(m.Run())
}

func own(t *testing.T, behaviour string) Program {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Program{path, "behave:" + behaviour}
}

var small = Cell{Instance: Instance{Landscape: synthetic.Plain, Teachers: 100, Seed: 4, Rules: NoRules, Tightness: Loose},
	Backend: "native", TimeLimit: time.Minute, Gap: 1e-4}

// A cell measured in a process of its own gives what it gives here, but for times and memory.
func TestStart(t *testing.T) {
	here := Measure(t.Context(), small, nativesolver.Solver{})
	there, err := own(t, "measure").Start(t.Context(), small)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*Result{here, there} {
		if !r.Solved() || r.Stop != "optimal" || r.Arcs == 0 || r.Pivots == 0 || len(r.County) != 64 {
			t.Errorf("%+v: want a solved cell with its facts", r)
		}
		if r.Wall <= 0 || r.Build <= 0 || r.Build > r.Wall {
			t.Errorf("wall %v, build %v: want the build within the wall time", r.Wall, r.Build)
		}
		if runtime.GOOS == "linux" && (r.Memory < 1<<20 || r.CPU <= 0) {
			t.Errorf("memory %d, CPU %v: want both", r.Memory, r.CPU)
		}
		r.Wall, r.Build, r.CPU, r.Memory, r.Worker = 0, 0, 0, 0, 0
	}
	if diff := cmp.Diff(here, there); diff != "" {
		t.Errorf("(-here +there)\n%s", diff)
	}
}

func TestStartFaults(t *testing.T) {
	for _, test := range []struct{ behaviour, want string }{
		{"die", "out of luck"},
		{"garbage", "no result"},
	} {
		r, err := own(t, test.behaviour).Start(t.Context(), small)
		if err != nil {
			t.Fatal(err)
		}
		if r.Stop != stopKilled || !strings.Contains(r.Failure, test.want) || r.Solved() || r.Time() != small.TimeLimit {
			t.Errorf("%s: %+v, want a failure with %q that counts as the limit", test.behaviour, r, test.want)
		}
	}
	if _, err := (Program{"/nowhere/xianguan"}).Start(t.Context(), small); err == nil {
		t.Error("a program that does not exist was started")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := own(t, "hang").Start(ctx, small); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a cancelled cell gives %v", err)
	}
}

// broken is a backend that fails, or that gives another solution than it found.
type broken struct {
	solver.Backend
	err   error
	spoil func(*solver.Solution)
}

func (b broken) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	if b.err != nil {
		return nil, b.err
	}
	s, err := b.Backend.Solve(ctx, p, o)
	if err == nil {
		b.spoil(s)
	}
	return s, err
}

func TestMeasureFaults(t *testing.T) {
	unavailable := &solver.UnavailableError{Backend: "highs", Tried: []solver.Attempt{{Place: "here", Reason: "nothing"}}}
	nobody := small
	nobody.Instance.Teachers = 3
	for _, test := range []struct {
		reason  string
		cell    Cell
		backend solver.Backend
		stop    string
		want    string
	}{
		{"a backend that fails", small, broken{Backend: nativesolver.Solver{}, err: errors.New("it broke")}, stopFailed, "it broke"},
		{"a backend that is not there", small, broken{Backend: nativesolver.Solver{}, err: unavailable}, stopFailed, "not available"},
		{"a backend that claims too much", small, broken{Backend: nativesolver.Solver{}, spoil: func(s *solver.Solution) { s.Levels[0].Objective-- }}, stopFailed, "fails its proof"},
		{"a search without a plan is no failure", small, broken{Backend: nativesolver.Solver{}, err: &solver.StoppedError{Stop: solver.StopTime}}, "time", ""},
		{"a county that can't be made", nobody, nativesolver.Solver{}, stopFailed, "Teachers"},
	} {
		r := Measure(t.Context(), test.cell, test.backend)
		if r.Stop != test.stop || !strings.Contains(r.Failure, test.want) || (test.want == "") != (r.Failure == "") || r.Solved() {
			t.Errorf("%s: stop %s, failure %q, want %s and %q", test.reason, r.Stop, r.Failure, test.stop, test.want)
		}
		if (r.Unavailable != nil) != (test.want == "not available") {
			t.Errorf("%s: unavailable is %v", test.reason, r.Unavailable)
		}
	}
}

// The memory of a child process is seen, also of one that was started without a word to the watcher.
func TestWatchChildren(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no /proc")
	}
	var peak int64
	stop := watchChildren(&peak)
	child := exec.Command(own(t, "hang")[0], "behave:hang")
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for limit := time.Now().Add(10 * time.Second); len(children()) == 0 && time.Now().Before(limit); {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(5 * lookEvery)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait() // it was killed
	stop()
	if peak < 1<<20 {
		t.Errorf("the peak of the child is %d bytes, want a MiB at least", peak)
	}
}
