//go:build (darwin || linux) && (amd64 || arm64)

package main

import (
	"fmt"
	"os"
	"runtime"
	"syscall"

	"github.com/ebitengine/purego"
)

// openLibrary loads OR-Tools from a file, or by the system's loader where the path is a bare name. The libraries
// that it needs lie beside it, where its run path ($ORIGIN) finds them.
func openLibrary(path string) (*library, error) {
	handle, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, err
	}
	l := &library{place: path}
	var major, minor, patch func() int32
	// operations_research::OrToolsMajorVersion() and so on, by their names in the Itanium C++ ABI. They are not part
	// of the C interface, so a library may do without them.
	if bind(&major, handle, "_ZN19operations_research19OrToolsMajorVersionEv") == nil &&
		bind(&minor, handle, "_ZN19operations_research19OrToolsMinorVersionEv") == nil &&
		bind(&patch, handle, "_ZN19operations_research19OrToolsPatchVersionEv") == nil {
		if l.version, err = checkVersion(major(), minor(), patch()); err != nil {
			return nil, err
		}
	}
	for _, symbol := range []struct {
		function any
		handle   uintptr
		name     string
	}{
		{&l.newEnv, handle, "SolveCpNewEnv"},
		{&l.destroyEnv, handle, "SolveCpDestroyEnv"},
		{&l.stopSearch, handle, "SolveCpStopSearch"},
		{&l.interruptible, handle, "SolveCpInterruptible"},
		{&l.free, purego.RTLD_DEFAULT, "free"},
	} {
		if err := bind(symbol.function, symbol.handle, symbol.name); err != nil {
			return nil, fmt.Errorf("it has no function %s, as OR-Tools %d.%d has: %w", symbol.name, oldestMajor, oldestMinor, err)
		}
	}
	return l, nil
}

// bind sets a variable of function type to a function of a library.
func bind(function any, handle uintptr, name string) error {
	address, err := purego.Dlsym(handle, name)
	if err != nil {
		return err
	}
	purego.RegisterFunc(function, address)
	return nil
}

// systemNames are the names that the system's loader may know the library by.
func systemNames() []string {
	if runtime.GOOS == "darwin" {
		return []string{"libortools.9.dylib", "libortools.dylib"}
	}
	return []string{"libortools.so.9", "libortools.so"}
}

// privateStdout keeps standard output for frames: whatever the library prints goes to standard error.
func privateStdout() (*os.File, error) {
	descriptor, err := syscall.Dup(syscall.Stdout)
	if err != nil {
		return nil, fmt.Errorf("standard output: %w", err)
	}
	syscall.CloseOnExec(descriptor)
	var dup2 func(from, to int32) int32 // package syscall has it on some processors only
	if err := bind(&dup2, purego.RTLD_DEFAULT, "dup2"); err != nil {
		return nil, err
	}
	if dup2(int32(syscall.Stderr), int32(syscall.Stdout)) < 0 {
		return nil, fmt.Errorf("standard output can't be joined to standard error")
	}
	return os.NewFile(uintptr(descriptor), "frames"), nil
}
