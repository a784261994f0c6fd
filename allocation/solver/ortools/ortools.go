package ortools

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
)

const name = "ortools"

// Solver is the backend. The zero value works wherever the worker and OR-Tools are installed; see the package
// comment. It may be used by several goroutines at once: each solve has a worker of its own.
type Solver struct {
	Worker       string        // path of ortools-worker; "" looks for it
	Library      string        // path of the OR-Tools library or its folder; "" lets the worker look for it
	Threads      int           // of CP-SAT (num_workers); 0 is one for each core, and 8 at least
	Seed         int32         // of CP-SAT (random_seed); 0 is its default
	StartTimeout time.Duration // how long a worker may take to load the library; 0 is 30 s

	// Incumbent gives the best solution that another backend knows of the programme, or nil. It is asked once, when
	// a solve is cancelled or out of time, and must answer at once. May be nil.
	Incumbent func(*solver.Programme) *solver.Solution
}

const defaultStartTimeout = 30 * time.Second

var _ solver.Backend = Solver{}

// Name is "ortools".
func (Solver) Name() string { return name }

// Capabilities: side rows and columns; no certificates, and no promise of the same bytes.
func (Solver) Capabilities() solver.Capabilities { return solver.Capabilities{Rows: true} }

// Solve minimises the levels of a programme one after the other; see [solver.Backend] for what it returns. Beside the
// errors named there, a worker that crashes, hangs while it starts or says what cannot be true is a [*WorkerError],
// even where a flow is known.
//
// When the time limit passes or the context is cancelled, CP-SAT is told to stop and has 50 ms to hand over what it
// has; then the worker is killed. The best flow known is returned: that of CP-SAT, the start of the programme, or
// the Incumbent.
//
// Beside what CP-SAT takes in its own process, memory is O(nodes + arcs + entries of rows). The time is exponential in
// the worst case.
func (s Solver) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if err := s.validate(); err != nil {
		return nil, err
	}
	r := newRun(ctx, s, p, o)
	solution, err := r.solve()
	if err != nil {
		return nil, err
	}
	if err := solver.Verify(p, solution); err != nil {
		return nil, r.lie("verification", "the solution does not hold", err)
	}
	return solution, nil
}

// leastThreads is the smallest number of threads that CP-SAT's portfolio is made for. With 2 threads it leaves out the
// strategies that follow the linear relaxation closely; with 8, even on 2 cores, it proved an assignment of 200
// people in a tenth of the time.
const leastThreads = 8

func (s Solver) threads() int {
	if s.Threads > 0 {
		return s.Threads
	}
	return max(leastThreads, runtime.NumCPU())
}

func (s Solver) validate() error {
	if s.Threads < 0 {
		return &solver.FieldError{Field: "Threads", Index: -1, Value: fmt.Sprint(s.Threads), Want: "0 (one for each core, and 8 at least) or more"}
	}
	if s.Seed < 0 {
		return &solver.FieldError{Field: "Seed", Index: -1, Value: fmt.Sprint(s.Seed), Want: "0 (the default of CP-SAT) or more"}
	}
	if s.StartTimeout < 0 {
		return &solver.FieldError{Field: "StartTimeout", Index: -1, Value: s.StartTimeout.String(), Want: "0 (30 s) or more"}
	}
	return nil
}
