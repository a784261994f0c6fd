package highs

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "embed"

	"github.com/xianguan/xianguan/allocation/solver"
)

//go:embed worker.py
var worker string

// Variables of the environment that say where HiGHS is.
const (
	programVariable = "XIANGUAN_HIGHS"
	pythonVariable  = "XIANGUAN_HIGHS_PYTHON"
)

// askTimeout bounds how long a program may take to say what it is.
const askTimeout = 20 * time.Second

// New finds HiGHS and asks it for its version. What Options or XIANGUAN_HIGHS or XIANGUAN_HIGHS_PYTHON name, in this
// order, is taken or else is an error. Otherwise the executable highs is looked for beside the running executable
// and on PATH, and then a Python with highspy in the active virtual environment (VIRTUAL_ENV) and as python3 on PATH.
// The error is a [*solver.UnavailableError] that lists every place, or a [*solver.FieldError].
func New(o Options) (*Solver, error) {
	if o.Threads < 0 {
		return nil, &solver.FieldError{Field: "Threads", Index: -1, Value: fmt.Sprint(o.Threads), Want: "0 (HiGHS decides) or more"}
	}
	var tried []solver.Attempt
	for _, place := range places(o) {
		s, err := place.open()
		if err == nil {
			s.threads = o.Threads
			return s, nil
		}
		tried = append(tried, solver.Attempt{Place: place.said, Reason: err.Error()})
	}
	return nil, &solver.UnavailableError{Backend: name, Tried: tried, Install: "pip install highspy"}
}

// place is one place to look at.
type place struct {
	said   string // for messages
	path   string // "" when there is none, for the reason missing
	reason string
	python bool
}

func places(o Options) []place {
	named := []place{
		{said: "option Program", path: o.Program},
		{said: "option Python", path: o.Python, python: true},
		{said: programVariable, path: os.Getenv(programVariable)},
		{said: pythonVariable, path: os.Getenv(pythonVariable), python: true},
	}
	for _, p := range named {
		if p.path != "" {
			p.said += " " + p.path
			return []place{p}
		}
	}
	return []place{beside(), onPath("highs", false), inEnvironment(), onPath("python3", true)}
}

func beside() place {
	own, err := os.Executable()
	if err != nil {
		return place{said: "highs beside the executable", reason: err.Error()}
	}
	path := filepath.Join(filepath.Dir(own), "highs")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	return place{said: path, path: path}
}

func onPath(program string, python bool) place {
	path, err := exec.LookPath(program)
	if err != nil {
		return place{said: program + " on PATH", reason: "not found"}
	}
	return place{said: path, path: path, python: python}
}

func inEnvironment() place {
	root := os.Getenv("VIRTUAL_ENV")
	if root == "" {
		return place{said: "VIRTUAL_ENV", reason: "not set"}
	}
	path := filepath.Join(root, "bin", "python")
	if runtime.GOOS == "windows" {
		path = filepath.Join(root, "Scripts", "python.exe")
	}
	return place{said: path, path: path, python: true}
}

// open asks the program what it is.
func (p place) open() (*Solver, error) {
	if p.path == "" {
		return nil, errors.New(p.reason)
	}
	path, err := exec.LookPath(p.path)
	if err != nil {
		return nil, err
	}
	if path, err = filepath.Abs(path); err != nil { // it runs in a directory of its own
		return nil, err
	}
	if p.python {
		if _, err := ask(path, "-c", "import highspy"); err != nil {
			return nil, err
		}
		return &Solver{command: []string{path, "-c", worker}, python: true}, nil
	}
	said, err := ask(path, "--version")
	if err != nil {
		return nil, err
	}
	if !strings.Contains(said, "HiGHS") {
		return nil, fmt.Errorf("is another program: --version says %q", firstLine(said))
	}
	return &Solver{command: []string{path}}, nil
}

func ask(program string, arguments ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), askTimeout)
	defer cancel()
	question := exec.CommandContext(ctx, program, arguments...)
	said, err := spoken(question)
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, lastLine(string(said)))
	}
	return string(said), nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
