// Package highs solves programmes by HiGHS, a mixed-integer solver of the University of Edinburgh (Huangfu and Hall,
// "Parallelizing the dual revised simplex method", Mathematical Programming Computation 10, 2018). It runs the highs
// executable, or a Python that has highspy, as a program of its own: one run a level, over files. Neither is needed
// to build.
//
// HiGHS reckons in floats. So every flow that it answers is rounded to integers and checked in exact arithmetic
// against the programme and the levels before, and one that fails is an [*AnswerError], not a solution. What can't
// be checked is what HiGHS proves: that there is no flow, and its bounds. For these its word is taken, within
// [BoundTolerance], so no level is certified. A programme of numbers beyond [Largest] is refused, as HiGHS could not
// even hold it.
package highs

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

const (
	// Largest is the greatest magnitude of a supply, of a capacity, of a bound, and of the sum of costs or of
	// coefficients over the capacities. HiGHS takes no coefficient from 10¹⁵ on; below, all integers are exact as
	// floats.
	Largest = 1_000_000_000_000_000 - 1
	// BoundTolerance is the relative error that a bound of HiGHS may have. An objective is an integer, so its bound
	// is rounded up once this much has been taken off.
	BoundTolerance = 1e-9
	// feasibility is the tolerance for rows and for integers that HiGHS is given; the least that it takes is 10⁻¹⁰.
	feasibility = 1e-9
	// absoluteGap is below 1, so an integer objective within it is optimal.
	absoluteGap = 0.9
)

// Options says where HiGHS is and how it runs. The zero value looks for it; see [New].
type Options struct {
	Program string // a highs executable
	Python  string // a Python with highspy
	Threads int    // 0 leaves it to HiGHS
}

// Solver is the backend. It may be used by several goroutines at once. The zero value looks for HiGHS at every Solve.
type Solver struct {
	command []string // a program and its first arguments
	python  bool
	threads int
}

var _ solver.Backend = (*Solver)(nil)

// Name returns "highs".
func (*Solver) Name() string { return name }

const name = "highs"

// Capabilities says that the backend solves programmes with rows and gives no certificates. Runs that share the
// machine may end with another optimum of the same objectives.
func (*Solver) Capabilities() solver.Capabilities { return solver.Capabilities{Rows: true} }

// Solve solves the levels one after the other, each with the optima of those before held by a row; see
// [solver.Backend]. When time is up or the context is cancelled, HiGHS is killed unless it stopped by itself, and the
// best flow of a level that was finished, or else the start, is returned. Errors beside those of the interface are
// an [*AnswerError] and what the file system reports. The files take about 100 bytes an arc in the directory for
// temporary files.
func (s *Solver) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if err := checkSize(p); err != nil {
		return nil, err
	}
	if s.command == nil {
		found, err := New(Options{})
		if err != nil {
			return nil, err
		}
		s = found
	}
	if o.TimeLimit > 0 {
		limited, cancel := context.WithTimeout(ctx, o.TimeLimit)
		defer cancel()
		ctx = limited
	}
	dir, err := os.MkdirTemp("", "xianguan-highs-")
	if err != nil {
		return nil, fmt.Errorf("highs: %w", err)
	}
	defer os.RemoveAll(dir)
	c := &climb{solver: s, p: p, o: o, dir: dir, began: time.Now()}
	return c.solve(ctx)
}

// AnswerError says that a run of HiGHS ended in a way that can't be believed.
type AnswerError struct {
	Level  string // name of the level
	Status string // the model status that HiGHS gave, or ""
	Reason string
	Cause  error // may be nil
}

func (e *AnswerError) Error() string {
	text := fmt.Sprintf("highs: level %q", e.Level)
	if e.Status != "" {
		text += fmt.Sprintf(", status %q", e.Status)
	}
	text += ": " + e.Reason
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap gives the cause.
func (e *AnswerError) Unwrap() error { return e.Cause }
