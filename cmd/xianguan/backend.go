package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/highs"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/allocation/solver/ortools"
	"github.com/xianguan/xianguan/model"
)

// backendNames lists what --backend takes.
var backendNames = []string{"native", "ortools", "highs", "auto"}

// addBackend adds the flag that names a backend.
func addBackend(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "backend", "native", "native, ortools, highs, or auto: native for a network, else OR-Tools where it is installed")
	cobra.CheckErr(cmd.RegisterFlagCompletionFunc("backend", cobra.FixedCompletions(backendNames, cobra.ShellCompDirectiveNoFileComp)))
}

// findBackend gives the backend of a name. A named backend never falls back to
// another; the plan says which one was used.
func findBackend(name string) (solver.Backend, error) {
	switch name {
	case "native":
		return native.Solver{}, nil
	case "ortools":
		return ortools.Solver{}, nil
	case "highs":
		return highs.New(highs.Options{})
	case "auto":
		return &automatic{used: native.Solver{}}, nil
	}
	return nil, &model.UnknownWordError{What: "backend", Word: name, Known: backendNames}
}

// automatic is native for a network alone, which it solves at once and certifies;
// with rules that cut across the network it is OR-Tools where that can be used,
// else native. Its name is that of the one it used.
type automatic struct{ used solver.Backend }

func (a *automatic) Name() string                      { return a.used.Name() }
func (a *automatic) Capabilities() solver.Capabilities { return a.used.Capabilities() }

func (a *automatic) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	if !p.Pure() {
		a.used = ortools.Solver{}
		solution, err := a.used.Solve(ctx, p, o)
		var unavailable *solver.UnavailableError
		if !errors.As(err, &unavailable) {
			return solution, err
		}
	}
	a.used = native.Solver{}
	return a.used.Solve(ctx, p, o)
}
