package native_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/internal/solvertest"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

const (
	// lemonVariable asks for the comparison: a list of sizes in teachers, or 1 for those of lemonSizes.
	lemonVariable = "XIANGUAN_LEMON"
	lemonSizes    = "5000,50000"
	lemonRounds   = 3
	// mostBytes is the most memory that a solve may allocate for an arc, the solution included.
	mostBytes = 100
)

// TestLEMON compares the network simplex with that of LEMON (Kovács, "Minimum-cost flow algorithms: an experimental
// evaluation", Optimization Methods and Software 30, 2015) on the network of a county, one level, cold: all levels
// weighted into one, and the cost alone.
//
//	XIANGUAN_LEMON=1 go test -count=1 -v -run TestLEMON ./allocation/solver/native
//
// Both read the same DIMACS file and reading is not timed. The optimum must agree and memory stay within bounds; the times are
// printed, best of three, and fail nothing. It wants liblemon-dev and a C++ compiler, and is skipped without
// them unless XIANGUAN_REQUIRE_ORACLES=1.
func TestLEMON(t *testing.T) {
	sizes := os.Getenv(lemonVariable)
	switch sizes {
	case "":
		t.Skipf("set %s=1, or to a list of sizes such as %s", lemonVariable, lemonSizes)
	case "1":
		sizes = lemonSizes
	}
	lemon := buildLEMON(t)
	for text := range strings.SplitSeq(sizes, ",") {
		teachers, err := strconv.Atoi(text)
		if err != nil || teachers < 2 {
			t.Fatalf("%s: %q is not a number of teachers", lemonVariable, text)
		}
		county := solvertest.County(teachers, 1)
		county.Start = nil
		cost := *county
		cost.Levels = county.Levels[len(county.Levels)-1:]
		t.Run(text+"/weighted", func(t *testing.T) { lemon.compare(t, solvertest.Weighted(county)) })
		t.Run(text+"/cost", func(t *testing.T) { lemon.compare(t, &cost) })
	}
}

// compare solves one level by both.
func (l lemon) compare(t *testing.T, p *solver.Programme) {
	theirs, theirTimes := l.solve(t, p)
	ours, ourTimes, bytes := solveNative(t, p)
	if ours != theirs {
		t.Errorf("the optimum is %d, by LEMON %d", ours, theirs)
	}
	arcs := len(p.Tail)
	perArc := float64(bytes) / float64(arcs)
	if perArc > mostBytes {
		t.Errorf("%.1f bytes an arc, want at most %d", perArc, mostBytes)
	}
	a, b := slices.Min(ourTimes), slices.Min(theirTimes)
	t.Logf("%d nodes, %d arcs: native %.4f s, LEMON %.4f s, ratio %.2f; native %.1f bytes an arc", len(p.Supply), arcs, a, b, a/b, perArc)
}

// solveNative gives the optimum, the seconds of each round and the bytes that one allocates.
func solveNative(t *testing.T, p *solver.Programme) (optimum int64, seconds []float64, bytes uint64) {
	for range lemonRounds {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		began := time.Now()
		s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
		seconds = append(seconds, time.Since(began).Seconds())
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatal(err)
		}
		if s.Stop != solver.StopOptimal {
			t.Fatalf("stopped for %v", s.Stop)
		}
		optimum, bytes = s.Levels[0].Objective, after.TotalAlloc-before.TotalAlloc
	}
	return optimum, seconds, bytes
}

// lemon is the compiled comparison.
type lemon struct{ program string }

func buildLEMON(t *testing.T) lemon {
	t.Helper()
	missing := func(reason string) {
		if os.Getenv("XIANGUAN_REQUIRE_ORACLES") == "1" {
			t.Fatal("XIANGUAN_REQUIRE_ORACLES=1 but ", reason)
		}
		t.Skip(reason)
	}
	compiler, err := exec.LookPath("c++")
	if err != nil {
		missing("there is no C++ compiler: " + err.Error())
	}
	program := filepath.Join(t.TempDir(), "lemon")
	if said, err := exec.Command(compiler, "-O2", "-DNDEBUG", "-o", program, filepath.Join("testdata", "lemon.cpp")).CombinedOutput(); err != nil {
		missing(fmt.Sprintf("LEMON can't be used (apt-get install liblemon-dev): %v\n%s", err, said))
	}
	return lemon{program}
}

// solve gives the optimum and the seconds of each round.
func (l lemon) solve(t *testing.T, p *solver.Programme) (optimum int64, seconds []float64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "county.min")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := solvertest.WriteDIMACS(file, p, 0); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(l.program, strconv.Itoa(lemonRounds), path).Output()
	if err != nil {
		t.Fatalf("LEMON: %v", err)
	}
	fields := strings.Fields(string(said))
	if len(fields) != 1+lemonRounds {
		t.Fatalf("LEMON said %q, want an optimum and %d times", said, lemonRounds)
	}
	if optimum, err = strconv.ParseInt(fields[0], 10, 64); err != nil {
		t.Fatalf("LEMON: %v", err)
	}
	for _, field := range fields[1:] {
		took, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatalf("LEMON: %v", err)
		}
		seconds = append(seconds, took)
	}
	return optimum + solvertest.SelfLoopCost(p, 0), seconds
}
