package branch

import (
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/network"
)

// startBits is the size of the largest cost in integers, as a power of two, that the first tree is found at.
const startBits = 44

// plant gives the tree that the first relaxation starts from: that of the network which is optimal at the very costs of the
// relaxation, with their trace of the later levels and their noise, and with the price of the row that the opening knows. The
// primal network simplex finds it a hundred times faster than the dual simplex would come to it from the tree of the
// opening, which it gives where there is no time left.
func (l *levels) plant(first *opening) (parent, arc []int32) {
	pure := solver.Programme{Supply: l.Supply, Tail: l.Tail, Head: l.Head, Upper: l.Upper,
		Levels: []solver.Level{{Cost: l.startCosts(first.price)}}, Start: first.flow}
	simplex := network.New(&pure)
	ctx, cancel := l.w.context()
	defer cancel()
	sol, err := simplex.Solve(ctx, solver.Options{})
	if err != nil {
		return first.parent, first.arc
	}
	for a, f := range sol.Flow {
		l.lp.Hint(a, float64(f))
	}
	l.pivots += sol.Stats.Pivots
	return simplex.Tree()
}

// startCosts are the costs of arcs in the first relaxation, less what the priced row takes of them, in integers.
func (l *levels) startCosts(price *price) []int64 {
	l.lp.SetCost(l.blended(0))
	exact, largest := make([]float64, l.arcs), 1.0
	for a := range exact {
		exact[a] = l.lp.Cost(a)
	}
	if price != nil {
		row := &l.rows[price.row]
		for i, j := range row.Index {
			if int(j) < l.arcs {
				exact[j] -= price.value * float64(row.Coef[i])
			}
		}
	}
	for _, c := range exact {
		largest = max(largest, math.Abs(c))
	}
	scale := startBits - math.Ilogb(largest)
	costs := make([]int64, l.arcs)
	for a, c := range exact {
		costs[a] = int64(math.Round(math.Ldexp(c, scale)))
	}
	return costs
}
