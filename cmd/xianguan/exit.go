package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/province"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model"
)

// Exit codes, as the package comment documents them.
const (
	exitDone       = 0
	exitFault      = 1
	exitBadInput   = 2
	exitInfeasible = 3
	exitStopped    = 4
	exitBackend    = 5
	exitGate       = 6
)

// inputError marks what the caller gave as wrong: arguments, flags, or a plan
// that breaks a rule.
type inputError struct{ error }

func (e inputError) Unwrap() error { return e.error }

func badInput(format string, args ...any) error { return inputError{fmt.Errorf(format, args...)} }

// exitCode sorts an error into the exit codes.
func exitCode(err error) int {
	switch {
	case err == nil:
		return exitDone
	case is[retryError](err):
		return exitFault
	case is[*allocation.InfeasibleError](err), is[*subsidy.UnreachableError](err), is[*province.InfeasibleError](err):
		return exitInfeasible
	case is[*allocation.StoppedError](err):
		return exitStopped
	case is[*solver.UnavailableError](err):
		return exitBackend
	case is[*gateError](err):
		return exitGate
	case is[inputError](err), is[*model.FieldError](err), is[*model.UnknownWordError](err), is[*fs.PathError](err):
		return exitBadInput
	}
	return exitFault
}

func is[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}
