package highs

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/solver"
)

// Programs that say what New wants to hear, or not.
const (
	sayHighs   = "echo HiGHS version 9.9.9\n"
	sayOther   = "echo Usage: another program\necho more\n"
	sayNothing = "exit 0\n"
	noModule   = "echo Traceback >&2\necho \"ModuleNotFoundError: No module named 'highspy'\" >&2\nexit 1\n"
)

// program writes a shell script.
func program(t *testing.T, script string, path ...string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are shell scripts")
	}
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestNewFinds(t *testing.T) {
	for _, test := range []struct {
		reason, want string // the program, below the folder of the test
		python       bool
		prepare      func(t *testing.T, dir string) Options
	}{
		{"highs on PATH comes first", "bin/highs", false, func(t *testing.T, dir string) Options {
			program(t, sayHighs, dir, "bin", "highs")
			program(t, sayNothing, dir, "bin", "python3")
			return Options{}
		}},
		{"the virtual environment comes before python3 on PATH", "venv/bin/python", true, func(t *testing.T, dir string) Options {
			program(t, sayNothing, dir, "bin", "python3")
			program(t, sayNothing, dir, "venv", "bin", "python")
			t.Setenv("VIRTUAL_ENV", filepath.Join(dir, "venv"))
			return Options{}
		}},
		{"what does not serve is passed over", "bin/python3", true, func(t *testing.T, dir string) Options {
			program(t, sayOther, dir, "bin", "highs")
			program(t, noModule, dir, "venv", "bin", "python")
			program(t, sayNothing, dir, "bin", "python3")
			t.Setenv("VIRTUAL_ENV", filepath.Join(dir, "venv"))
			return Options{}
		}},
		{"a variable comes before PATH", "else/highs", false, func(t *testing.T, dir string) Options {
			program(t, sayHighs, dir, "bin", "highs")
			t.Setenv(programVariable, program(t, sayHighs, dir, "else", "highs"))
			return Options{}
		}},
		{"a program that has spoken serves though its output stays open", "bin/highs", false, func(t *testing.T, dir string) Options {
			program(t, "/bin/sleep 5 &\n"+sayHighs, dir, "bin", "highs")
			return Options{}
		}},
		{"an option comes before a variable", "mine", true, func(t *testing.T, dir string) Options {
			t.Setenv(programVariable, program(t, sayHighs, dir, "else", "highs"))
			return Options{Python: program(t, sayNothing, dir, "mine")}
		}},
		{"a name without a folder is looked for on PATH", "bin/highs-1.16", false, func(t *testing.T, dir string) Options {
			program(t, sayHighs, dir, "bin", "highs-1.16")
			return Options{Program: "highs-1.16"}
		}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			dir := bare(t)
			s, err := New(test.prepare(t, dir))
			if err != nil {
				t.Fatal(err)
			}
			if got := s.command[0]; got != filepath.Join(dir, test.want) || s.python != test.python {
				t.Errorf("found %s (Python: %v), want %s", got, s.python, test.want)
			}
		})
	}
}

// bare is an environment in which there is no HiGHS. PATH is the folder bin of the folder that is returned.
func bare(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("PATH", filepath.Join(dir, "bin"))
	for _, variable := range []string{programVariable, pythonVariable, "VIRTUAL_ENV"} {
		t.Setenv(variable, "")
	}
	return dir
}

func TestNewUnavailable(t *testing.T) {
	for _, test := range []struct {
		reason  string
		prepare func(t *testing.T, dir string) Options
		want    []string // for each attempt, a part of the place and a part of the reason
	}{
		{"every place is listed", func(*testing.T, string) Options { return Options{} },
			[]string{"highs", "no such file", "highs on PATH", "not found", "VIRTUAL_ENV", "not set", "python3 on PATH", "not found"}},
		{"and why it does not serve", func(t *testing.T, dir string) Options {
			program(t, sayOther, dir, "bin", "highs")
			program(t, noModule, dir, "bin", "python3")
			t.Setenv("VIRTUAL_ENV", filepath.Join(dir, "gone"))
			return Options{}
		}, []string{"highs", "no such file", "bin/highs", `another program: --version says "Usage: another program"`,
			"gone/bin/python", "no such file", "bin/python3", "exit status 1: ModuleNotFoundError: No module named 'highspy'"}},
		{"what a variable names is not replaced by something else", func(t *testing.T, dir string) Options {
			program(t, sayHighs, dir, "bin", "highs")
			t.Setenv(pythonVariable, filepath.Join(dir, "gone"))
			return Options{}
		}, []string{pythonVariable, "no such file"}},
		{"nor what an option names", func(t *testing.T, dir string) Options {
			program(t, sayHighs, dir, "bin", "highs")
			return Options{Program: filepath.Join(dir, "gone")}
		}, []string{"option Program", "no such file"}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			_, err := New(test.prepare(t, bare(t)))
			var unavailable *solver.UnavailableError
			if !errors.As(err, &unavailable) {
				t.Fatalf("error %v, want an UnavailableError", err)
			}
			if diff := cmp.Diff([]string{"highs", "pip install highspy"}, []string{unavailable.Backend, unavailable.Install}); diff != "" {
				t.Errorf("backend and command (-want +got):\n%s", diff)
			}
			if len(unavailable.Tried)*2 != len(test.want) {
				t.Fatalf("tried %v, want %d places", unavailable.Tried, len(test.want)/2)
			}
			for i, attempt := range unavailable.Tried {
				if place, reason := test.want[2*i], test.want[2*i+1]; !strings.Contains(attempt.Place, place) || !strings.Contains(attempt.Reason, reason) {
					t.Errorf("attempt %d: %q: %q, want %q: %q", i, attempt.Place, attempt.Reason, place, reason)
				}
			}
		})
	}
}

func TestNewThreads(t *testing.T) {
	var field *solver.FieldError
	if _, err := New(Options{Threads: -1}); !errors.As(err, &field) || field.Field != "Threads" {
		t.Errorf("error %v, want a fault of Threads", err)
	}
}

func TestCapabilities(t *testing.T) {
	s := &Solver{}
	if diff := cmp.Diff(solver.Capabilities{Rows: true}, s.Capabilities()); diff != "" || s.Name() != "highs" {
		t.Errorf("%s can (-want +got):\n%s", s.Name(), diff)
	}
}

// The zero value looks for HiGHS by itself, and says so where there is none.
func TestZeroValueUnavailable(t *testing.T) {
	bare(t)
	p := &solver.Programme{Supply: []int64{1, -1}, Tail: []int32{0}, Head: []int32{1}, Upper: []int64{1}, Levels: []solver.Level{{Cost: []int64{1}}}}
	var unavailable *solver.UnavailableError
	if _, err := (&Solver{}).Solve(t.Context(), p, solver.Options{}); !errors.As(err, &unavailable) {
		t.Errorf("error %v, want an UnavailableError", err)
	}
}
