package ortools_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/ortools"
)

// folder holds what the tests build once.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "ortools"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

var build = sync.OnceValues(func() (string, error) {
	path := filepath.Join(folder, "worker", "ortools-worker") // no library is beside it
	command := exec.Command("go", "build", "-o", path, "github.com/xianguan/xianguan/cmd/ortools-worker")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// worker builds the worker.
func worker(t testing.TB) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// required says whether a missing OR-Tools or C compiler is a failure.
func required() bool { return os.Getenv("XIANGUAN_REQUIRE_ORTOOLS") == "1" }

// backend is the backend with the library that is installed. Without one the test is skipped.
func backend(t testing.TB) ortools.Solver {
	t.Helper()
	b := ortools.Solver{Worker: worker(t)}
	trivial := &solver.Programme{Levels: []solver.Level{{}}}
	_, err := b.Solve(context.Background(), trivial, solver.Options{})
	var unavailable *solver.UnavailableError
	if errors.As(err, &unavailable) && !required() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}
