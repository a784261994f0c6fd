package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/xianguan/xianguan/allocation/solver/ortools/frame"
)

// library is OR-Tools in memory, through the C interface of CP-SAT (ortools/sat/c_api/cp_solver_c.h).
type library struct {
	place   string
	version string // "" where the library does not say

	newEnv     func() uintptr
	destroyEnv func(env uintptr)
	stopSearch func(env uintptr)
	// interruptible solves in an environment that is used once. The lengths are C ints, the response is malloc'ed.
	interruptible func(env uintptr, model unsafe.Pointer, modelLength int32, parameters unsafe.Pointer, parametersLength int32,
		response *unsafe.Pointer, responseLength *int32)
	free func(memory unsafe.Pointer)
}

// The oldest OR-Tools that the encoding of models and parameters was tried with.
const (
	oldestMajor = 9
	oldestMinor = 15
)

// checkVersion reports an OR-Tools that is too old.
func checkVersion(major, minor, patch int32) (version string, err error) {
	version = fmt.Sprintf("%d.%d.%d", major, minor, patch)
	if major < oldestMajor || major == oldestMajor && minor < oldestMinor {
		return version, fmt.Errorf("OR-Tools %s, want %d.%d or newer", version, oldestMajor, oldestMinor)
	}
	return version, nil
}

// environment is one solve, which stop can interrupt from another goroutine.
type environment struct {
	library *library
	handle  uintptr
}

func (l *library) newEnvironment() *environment { return &environment{l, l.newEnv()} }

func (e *environment) stop()  { e.library.stopSearch(e.handle) }
func (e *environment) close() { e.library.destroyEnv(e.handle) }

func (e *environment) solve(r frame.Request) (*response, error) {
	answer := &response{library: e.library}
	e.library.interruptible(e.handle, unsafe.Pointer(unsafe.SliceData(r.Model)), int32(len(r.Model)),
		unsafe.Pointer(unsafe.SliceData(r.Parameters)), int32(len(r.Parameters)), &answer.memory, &answer.length)
	runtime.KeepAlive(r)
	if answer.memory == nil || answer.length < 0 {
		return nil, fmt.Errorf("the library gave no response (length %d)", answer.length)
	}
	return answer, nil
}

// response is memory of the library.
type response struct {
	library *library
	memory  unsafe.Pointer
	length  int32
}

func (r *response) bytes() []byte { return unsafe.Slice((*byte)(r.memory), r.length) }
func (r *response) free()         { r.library.free(r.memory) }
