package main

import (
	"context"
	"errors"
	"slices"
	"time"

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
		return &cpsat{}, nil
	case "highs":
		return highs.New(highs.Options{})
	case "auto":
		return &automatic{used: native.Solver{}}, nil
	}
	return nil, &model.UnknownWordError{What: "backend", Word: name, Known: backendNames}
}

// cpsat is CP-SAT with native's incumbent to fall back on when it is cancelled or out of time with nothing better. Its
// name tells whether that happened.
type cpsat struct {
	ortools.Solver
	fellBack bool
}

func (c *cpsat) Name() string {
	if c.fellBack {
		return c.Solver.Name() + ", incumbent by native"
	}
	return c.Solver.Name()
}

func (c *cpsat) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	var incumbent *solver.Solution
	own := c.Solver
	own.Incumbent = func(p *solver.Programme) *solver.Solution {
		incumbent = nativeIncumbent(p)
		return incumbent
	}
	solution, err := own.Solve(ctx, p, o)
	c.fellBack = err == nil && incumbent != nil && slices.Equal(solution.Flow, incumbent.Flow)
	return solution, err
}

// incumbentTime is what native may take for an incumbent: a cancelled plan has to come back soon.
const incumbentTime = 50 * time.Millisecond

// nativeIncumbent gives the best solution that native finds at once, or nil.
func nativeIncumbent(p *solver.Programme) *solver.Solution {
	solution, err := native.Solver{}.Solve(context.Background(), p, solver.Options{TimeLimit: incumbentTime})
	if err != nil {
		return nil
	}
	return solution
}

// automatic is native for a network alone, which it solves at once and certifies;
// with rules that cut across the network it is OR-Tools where that can be used,
// else native. Its name is that of the one it used.
type automatic struct{ used solver.Backend }

func (a *automatic) Name() string                      { return a.used.Name() }
func (a *automatic) Capabilities() solver.Capabilities { return a.used.Capabilities() }

func (a *automatic) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	if !p.Pure() {
		a.used = &cpsat{}
		solution, err := a.used.Solve(ctx, p, o)
		var unavailable *solver.UnavailableError
		if !errors.As(err, &unavailable) {
			return solution, err
		}
	}
	a.used = native.Solver{}
	return a.used.Solve(ctx, p, o)
}
