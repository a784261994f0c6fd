package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	libraryVariable = "XIANGUAN_ORTOOLS_LIB"
	// pythonPatience is how long an interpreter may take to say where its packages are.
	pythonPatience = 10 * time.Second
)

// search looks for a library place by place and keeps a record.
type search struct {
	found *library
	tried []solver.Attempt
}

// findLibrary opens the first library that serves. One that is named, by the option or else by the environment, is
// the only one tried: another in its place would be a silent change.
func findLibrary(option string) (*library, []solver.Attempt) {
	s := &search{}
	if option != "" {
		s.open("option Library", option)
		return s.found, s.tried
	}
	if path := os.Getenv(libraryVariable); path != "" {
		s.open(libraryVariable, path)
		return s.found, s.tried
	}
	s.miss(libraryVariable, "not set")
	for _, look := range []func(){s.besideExecutable, s.virtualEnvironment, s.python, s.loader} {
		if look(); s.found != nil {
			break
		}
	}
	return s.found, s.tried
}

func (s *search) miss(place, reason string) {
	s.tried = append(s.tried, solver.Attempt{Place: place, Reason: reason})
}

// open tries one file, or the one in a folder.
func (s *search) open(how, path string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		s.folder(how, path)
		return
	}
	l, err := openLibrary(path)
	if err != nil {
		s.miss(how+": "+path, err.Error())
		return
	}
	s.found = l
}

// folder tries the libraries of a folder, the last name in the alphabet first: the one with the higher number.
func (s *search) folder(how, folder string) {
	files := librariesIn(folder)
	if len(files) == 0 {
		s.miss(how+": "+folder, "no libortools there")
	}
	for _, file := range files {
		if s.open(how, file); s.found != nil {
			return
		}
	}
}

func librariesIn(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var files []string
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, "libortools.") && (strings.Contains(name, ".so") || strings.HasSuffix(name, ".dylib")) && !entry.IsDir() {
			files = append(files, filepath.Join(folder, name))
		}
	}
	slices.Sort(files)
	slices.Reverse(files)
	return files
}

func (s *search) besideExecutable() {
	executable, err := os.Executable()
	if err == nil {
		executable, err = filepath.EvalSymlinks(executable)
	}
	if err != nil {
		s.miss("beside the executable", err.Error())
		return
	}
	s.folder("beside the executable", filepath.Dir(executable))
}

func (s *search) virtualEnvironment() {
	root := os.Getenv("VIRTUAL_ENV")
	if root == "" {
		s.miss("VIRTUAL_ENV", "not set")
		return
	}
	folders, err := filepath.Glob(filepath.Join(globEscape(root), "lib*", "python3*", "site-packages", "ortools", ".libs"))
	if err != nil || len(folders) == 0 {
		s.miss("VIRTUAL_ENV: "+root, "no site-packages/ortools/.libs there")
		return
	}
	for _, folder := range folders {
		if s.folder("VIRTUAL_ENV", folder); s.found != nil {
			return
		}
	}
}

// globEscape makes a path match itself alone.
func globEscape(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// askPython prints the folder of package ortools without importing it. -I would hide packages that a user has
// installed for himself, so the interpreter is asked as it is.
const askPython = `import importlib.util as u
s = u.find_spec("ortools")
print(list(s.submodule_search_locations)[0] if s and s.submodule_search_locations else "")`

func (s *search) python() {
	const how = "python3 on PATH"
	python, err := exec.LookPath("python3")
	if err != nil {
		s.miss(how, err.Error())
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), pythonPatience)
	defer cancel()
	out, err := exec.CommandContext(ctx, python, "-c", askPython).Output()
	if err != nil {
		s.miss(how+": "+python, fmt.Sprintf("it did not say where its packages are: %v", err))
		return
	}
	folder := strings.TrimSpace(string(out))
	if folder == "" {
		s.miss(how+": "+python, "it has no package ortools")
		return
	}
	s.folder(how, filepath.Join(folder, ".libs"))
}

func (s *search) loader() {
	for _, name := range systemNames() {
		if s.open("the system's loader", name); s.found != nil {
			return
		}
	}
}
