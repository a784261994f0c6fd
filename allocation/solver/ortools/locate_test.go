//go:build unix

package ortools_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/ortools"
)

// bare clears all that leads to a worker or a library. PATH is an empty folder, which is returned.
func bare(t *testing.T) string {
	t.Helper()
	path := t.TempDir()
	t.Setenv("PATH", path)
	for _, name := range []string{"XIANGUAN_ORTOOLS_WORKER", "XIANGUAN_ORTOOLS_LIB", "VIRTUAL_ENV", "LD_LIBRARY_PATH"} {
		t.Setenv(name, "")
	}
	t.Setenv("FAKE_MODE", "")
	t.Setenv("FAKE_ANSWER", answer(optimal, 1, 1, 0))
	return path
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestWorkerIsFound(t *testing.T) {
	binary, library := worker(t), fake(t)
	for _, test := range []struct {
		name, reason string
		prepare      func(t *testing.T, path string) ortools.Solver
	}{
		{"option", "the option comes first", func(t *testing.T, _ string) ortools.Solver {
			t.Setenv("XIANGUAN_ORTOOLS_WORKER", "/nowhere")
			return ortools.Solver{Worker: binary}
		}},
		{"variable", "then the variable", func(t *testing.T, path string) ortools.Solver {
			t.Setenv("XIANGUAN_ORTOOLS_WORKER", binary)
			return ortools.Solver{}
		}},
		{"PATH", "at last PATH", func(t *testing.T, path string) ortools.Solver {
			copyFile(t, binary, filepath.Join(path, "ortools-worker"))
			return ortools.Solver{}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := test.prepare(t, bare(t))
			b.Library = library
			if _, err := b.Solve(context.Background(), choice(), solver.Options{}); err != nil {
				t.Errorf("%s: %v", test.reason, err)
			}
		})
	}
}

func TestLibraryIsFound(t *testing.T) {
	binary, library := worker(t), fake(t)
	for _, test := range []struct {
		name, reason string
		prepare      func(t *testing.T, b *ortools.Solver, path string)
	}{
		{"option", "the option comes first", func(t *testing.T, b *ortools.Solver, _ string) {
			t.Setenv("XIANGUAN_ORTOOLS_LIB", "/nowhere")
			b.Library = library
		}},
		{"folder", "the folder of a library will do", func(t *testing.T, b *ortools.Solver, _ string) { b.Library = filepath.Dir(library) }},
		{"variable", "then the variable", func(t *testing.T, b *ortools.Solver, _ string) { t.Setenv("XIANGUAN_ORTOOLS_LIB", library) }},
		{"beside the worker", "the two may be shipped together", func(t *testing.T, b *ortools.Solver, path string) {
			b.Worker = filepath.Join(path, "worker")
			copyFile(t, binary, b.Worker)
			copyFile(t, library, filepath.Join(path, fakeName))
		}},
		{"VIRTUAL_ENV", "an environment that was activated", func(t *testing.T, b *ortools.Solver, path string) {
			root := filepath.Join(path, "an [odd] name")
			copyFile(t, library, filepath.Join(root, "lib", "python3.12", "site-packages", "ortools", ".libs", fakeName))
			t.Setenv("VIRTUAL_ENV", root)
		}},
		{"python3", "the interpreter knows its packages", func(t *testing.T, b *ortools.Solver, path string) {
			copyFile(t, library, filepath.Join(path, "ortools", ".libs", fakeName))
			script := "#!/bin/sh\necho '" + filepath.Join(path, "ortools") + "'\n"
			if err := os.WriteFile(filepath.Join(path, "python3"), []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
		}},
		{"loader", "at last the system", func(t *testing.T, b *ortools.Solver, _ string) {
			t.Setenv("LD_LIBRARY_PATH", filepath.Dir(library))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := bare(t)
			b := ortools.Solver{Worker: binary}
			test.prepare(t, &b, path)
			if _, err := b.Solve(context.Background(), choice(), solver.Options{}); err != nil {
				t.Errorf("%s: %v", test.reason, err)
			}
		})
	}
}

// What is missing is named with every place and reason and the command that installs it.
func TestUnavailable(t *testing.T) {
	binary, library := worker(t), fake(t)
	none := filepath.Join(t.TempDir(), "none")
	for _, test := range []struct {
		name, reason string
		prepare      func(t *testing.T, b *ortools.Solver, path string)
		places       []string // how each begins
		because      string   // in the last reason
	}{
		{"no worker", "it is looked for everywhere", func(t *testing.T, b *ortools.Solver, _ string) { b.Worker = "" },
			[]string{"XIANGUAN_ORTOOLS_WORKER", "beside the executable: ", "ortools-worker on PATH"}, "not found"},
		{"worker by option", "a named worker is the only one tried", func(t *testing.T, b *ortools.Solver, _ string) {
			t.Setenv("XIANGUAN_ORTOOLS_WORKER", binary)
			b.Worker = none
		}, []string{"option Worker: "}, "no such file"},
		{"worker by variable", "likewise", func(t *testing.T, b *ortools.Solver, path string) {
			b.Worker = ""
			t.Setenv("XIANGUAN_ORTOOLS_WORKER", none)
			copyFile(t, binary, filepath.Join(path, "ortools-worker"))
		}, []string{"XIANGUAN_ORTOOLS_WORKER: "}, "no such file"},
		{"no program", "a file that can't be run", func(t *testing.T, b *ortools.Solver, path string) {
			b.Worker = filepath.Join(path, "text")
			if err := os.WriteFile(b.Worker, []byte("no program"), 0o755); err != nil {
				t.Fatal(err)
			}
		}, []string{"/"}, "exec format error"},
		{"no library", "it is looked for everywhere", func(*testing.T, *ortools.Solver, string) {},
			[]string{"XIANGUAN_ORTOOLS_LIB", "beside the executable: ", "VIRTUAL_ENV", "python3 on PATH", "the system's loader: libortools", "the system's loader: libortools"}, "libortools"},
		{"library by option", "a named library is the only one tried", func(t *testing.T, b *ortools.Solver, _ string) {
			t.Setenv("XIANGUAN_ORTOOLS_LIB", library)
			b.Library = none
		}, []string{"option Library: "}, "none"},
		{"library by variable", "likewise", func(t *testing.T, b *ortools.Solver, _ string) { t.Setenv("XIANGUAN_ORTOOLS_LIB", none) },
			[]string{"XIANGUAN_ORTOOLS_LIB: "}, "none"},
		{"old library", "9.14 is not enough", func(t *testing.T, b *ortools.Solver, _ string) {
			t.Setenv("FAKE_MINOR", "14")
			b.Library = library
		}, []string{"option Library: "}, "OR-Tools 9.14.0, want 9.15 or newer"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := bare(t)
			b := ortools.Solver{Worker: binary}
			test.prepare(t, &b, path)
			_, err := b.Solve(context.Background(), choice(), solver.Options{})
			var unavailable *solver.UnavailableError
			if !errors.As(err, &unavailable) {
				t.Fatalf("error %v, want an UnavailableError: %s", err, test.reason)
			}
			var places []string
			for i, attempt := range unavailable.Tried {
				place := attempt.Place
				if i < len(test.places) && strings.HasPrefix(place, test.places[i]) {
					place = test.places[i]
				}
				places = append(places, place)
			}
			if diff := cmp.Diff(test.places, places); diff != "" {
				t.Errorf("%s: places tried (-want +got):\n%s", test.reason, diff)
			}
			if last := unavailable.Tried[len(unavailable.Tried)-1]; !strings.Contains(last.Reason, test.because) {
				t.Errorf("the reason of %q is %q, want one with %q", last.Place, last.Reason, test.because)
			}
			if !strings.Contains(err.Error(), "pip install ortools") {
				t.Errorf("error %v does not say how to install it", err)
			}
		})
	}
}
