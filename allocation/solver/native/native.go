// Package native solves programmes in pure Go. A network alone is solved by a primal network simplex on one tree from
// the first flow to the last level. Side rows and columns are left to branch and bound over a dual simplex that keeps
// the tree and a small working matrix beside it; every bound of it is proven in integers by a Lagrangian. The packages
// inside give the mathematics. Results depend on the programme and the options alone, byte for byte, unless time runs
// out.
package native

import (
	"context"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/branch"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/network"
)

// Solver is the backend. Its zero value is ready, and it may be used by several goroutines at once.
type Solver struct{}

var _ solver.Backend = Solver{}

// Name returns "native".
func (Solver) Name() string { return "native" }

// Capabilities says that the backend solves networks, with certificates, and side rows, and always in the same way.
func (Solver) Capabilities() solver.Capabilities {
	return solver.Capabilities{Rows: true, Certificates: true, Deterministic: true}
}

// Solve finds a lexicographic optimum of p, or the best flow it can by the time it must stop; see [solver.Backend].
//
// It uses O(nodes + arcs) memory, about 45 bytes an arc with the solution and without the programme. The number of
// pivots has no polynomial bound but grows little faster than the number of arcs on allocation networks; each takes
// O(√arcs) to price, as a rule, and at most O(nodes) to carry out. The clock and the context are looked at every
// 2¹⁵ arcs priced, well under a millisecond apart.
//
// The gap is looked for in the pivots of the last level only. With several levels, or without a start, the levels
// are first approached together, so the last is mostly optimal as soon as its turn comes.
//
// With rows or columns the time may grow exponentially. The clock and the context are then looked at before every
// pivot, each of which takes a pass over the arcs that are not fixed.
func (Solver) Solve(ctx context.Context, p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if !p.Pure() {
		return branch.Solve(ctx, p, o)
	}
	return network.New(p).Solve(ctx, o)
}
