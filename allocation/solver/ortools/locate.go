package ortools

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	workerName     = "ortools-worker"
	workerVariable = "XIANGUAN_ORTOOLS_WORKER"

	installWorker  = "go install github.com/xianguan/xianguan/cmd/ortools-worker@latest"
	installLibrary = "pip install ortools"
	install        = installLibrary + " && " + installWorker
)

// locate finds the worker. One that is named, by the option or else by the environment, is the only one tried.
func (s Solver) locate() (path string, err error) {
	unavailable := &solver.UnavailableError{Backend: name, Install: install}
	try := func(place, file string) bool {
		found, err := exec.LookPath(file)
		if err != nil {
			unavailable.Tried = append(unavailable.Tried, solver.Attempt{Place: place, Reason: err.Error()})
			return false
		}
		path = found
		return true
	}
	for _, named := range []struct{ place, file string }{
		{"option Worker: " + s.Worker, s.Worker},
		{workerVariable + ": " + os.Getenv(workerVariable), os.Getenv(workerVariable)},
	} {
		if named.file == "" {
			continue
		}
		if try(named.place, named.file) {
			return path, nil
		}
		return "", unavailable
	}
	unavailable.Tried = append(unavailable.Tried, solver.Attempt{Place: workerVariable, Reason: "not set"})
	if executable, err := os.Executable(); err == nil {
		beside := filepath.Join(filepath.Dir(executable), workerName+suffix())
		if try("beside the executable: "+beside, beside) {
			return path, nil
		}
	}
	if try(workerName+" on PATH", workerName) {
		return path, nil
	}
	return "", unavailable
}

func suffix() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}
