package solvertest

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"

	"github.com/xianguan/xianguan/allocation/solver"
)

// ErrUndecided reports that an oracle could not decide a network, for numerical reasons of its own.
var ErrUndecided = errors.New("solvertest: the oracle could not decide")

// Oracle solves a programme level by level. It returns the optimal objective of each, or feasible == false.
type Oracle func(p *solver.Programme) (objectives []int64, feasible bool, err error)

// levelByLevel solves level k under the rows cost_j·f ≤ optimum_j for all j < k. minimise returns the objective as
// a float; the optimum is an integer, so it may be off by less than a half.
func levelByLevel(p *solver.Programme, minimise func(k int, optima []int64) (float64, bool, error)) ([]int64, bool, error) {
	var optima []int64
	for k := range p.Levels {
		z, feasible, err := minimise(k, optima)
		if err != nil {
			return nil, false, err
		}
		if !feasible {
			if k > 0 { // the optima of the levels before were feasible
				return nil, false, ErrUndecided
			}
			return nil, false, nil
		}
		optimum := math.Round(z)
		if math.Abs(z-optimum) > 1e-4 {
			return nil, false, ErrUndecided
		}
		optima = append(optima, int64(optimum))
	}
	return optima, true, nil
}

// Gonum solves by the dense simplex of gonum, which wants equality rows of full rank. So each connected part drops
// the conservation row of one node, and capacities and earlier levels get a slack each.
func Gonum(p *solver.Programme) ([]int64, bool, error) {
	if len(p.Tail) == 0 {
		return Enumerate(p)
	}
	rows, balanced := independentRows(p)
	if !balanced {
		return nil, false, nil
	}
	return levelByLevel(p, func(k int, optima []int64) (float64, bool, error) {
		arcs := len(p.Tail)
		a := mat.NewDense(len(rows)+arcs+len(optima), 2*arcs+len(optima), nil)
		b := make([]float64, len(rows)+arcs+len(optima))
		c := make([]float64, 2*arcs+len(optima))
		for i, v := range rows {
			b[i] = float64(p.Supply[v])
			for j := range arcs {
				if p.Tail[j] == v {
					a.Set(i, j, a.At(i, j)+1)
				}
				if p.Head[j] == v {
					a.Set(i, j, a.At(i, j)-1)
				}
			}
		}
		for j := range arcs {
			i := len(rows) + j
			a.Set(i, j, 1)
			a.Set(i, arcs+j, 1)
			b[i] = float64(p.Upper[j])
			c[j] = float64(cost(p, k, j))
		}
		for l, optimum := range optima {
			i := len(rows) + arcs + l
			for j := range arcs {
				a.Set(i, j, float64(cost(p, l, j)))
			}
			a.Set(i, 2*arcs+l, 1)
			b[i] = float64(optimum)
		}
		return simplex(c, a, b)
	})
}

// simplex turns what gonum reports, and its panics on singular bases, into a decision or ErrUndecided.
func simplex(c []float64, a *mat.Dense, b []float64) (z float64, feasible bool, err error) {
	defer func() {
		if recover() != nil {
			z, feasible, err = 0, false, ErrUndecided
		}
	}()
	z, _, failed := lp.Simplex(c, a, b, 1e-9, nil)
	switch {
	case failed == nil:
		return z, true, nil
	case errors.Is(failed, lp.ErrInfeasible):
		return 0, false, nil
	default:
		return 0, false, ErrUndecided
	}
}

// independentRows lists the nodes of each connected part but one. It also says whether the supply of each part sums
// to zero: if not there is no flow.
func independentRows(p *solver.Programme) (rows []int32, balanced bool) {
	part := make([]int32, len(p.Supply))
	for v := range part {
		part[v] = int32(v)
	}
	find := func(v int32) int32 {
		for part[v] != v {
			v = part[v]
		}
		return v
	}
	for a := range p.Tail {
		part[find(p.Tail[a])] = find(p.Head[a])
	}
	sum := make([]int64, len(part))
	for v, b := range p.Supply {
		root := find(int32(v))
		sum[root] += b
		if root != int32(v) {
			rows = append(rows, int32(v))
		}
	}
	for _, b := range sum {
		if b != 0 {
			return nil, false
		}
	}
	return rows, true
}
