package branch

import (
	"context"
	"slices"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/network"
)

// endingTime is what the end of a search takes, in units of the time that its statement took: bounds, and the solution of
// the whole programme.
const endingTime = 2

// opening is what is known before the first relaxation.
type opening struct {
	problem    *problem   // what is left to solve
	reduction  *reduction // how it follows from the whole programme; nil where it is that
	incumbent  []int64    // nil where none is known
	flow       []int64    // of a network near to the optimum, and its tree
	parent     []int32
	arc        []int32
	price      *price      // of a row at the first level, that the tree goes with
	potentials [][]float64 // by level: of the network alone; empty stands for zero
	pivots     int64
}

// price is a multiplier of a row.
type price struct {
	row   int
	value float64
}

// open solves the network alone. Its optimum, where columns can mend it, is mostly better than the start, and its
// potentials prove every level at which the rows cost nothing. Where it breaks a hard row, as a tight budget, that row
// is priced out of the first level, which leaves far fewer arcs; unless an ascent is to find the prices of all rows.
func open(w *watch, p *solver.Programme, ascending bool) (*opening, error) {
	b := withoutRows(p)
	o := &opening{problem: b}
	if p.Start != nil {
		o.incumbent = append(append(o.incumbent, p.Start...), p.StartColumns...)
		if w.stop() {
			return o, nil // at once: who cancels waits for nothing that the start does not need
		}
	}
	b.takeRows()
	w.reserve = endingTime * time.Since(w.began)
	pure := *p
	pure.Rows, pure.Columns, pure.StartColumns = nil, nil, nil
	simplex := network.New(&pure)
	relaxed, err := simplex.Solve(w.ctx, solver.Options{TimeLimit: w.left()})
	if err != nil {
		return nil, err
	}
	o.flow, o.pivots = relaxed.Flow, relaxed.Stats.Pivots
	o.parent, o.arc = simplex.Tree()
	for _, potential := range relaxed.Potentials {
		o.potentials = append(o.potentials, floats(potential))
	}
	mended := b.complete(relaxed.Flow, nil)
	if b.better(mended, o.incumbent) {
		o.incumbent = mended
	}
	if mended == nil && !ascending {
		o.priceOut(w, b)
	}
	return o, nil
}

// priceOut takes the hard row that the network alone breaks into the costs of the first level, and fixes the arcs
// that no solution as good as the incumbent uses otherwise.
func (o *opening) priceOut(w *watch, b *problem) {
	r, above := b.brokenRow(o.flow)
	if r < 0 {
		return
	}
	m := newMultiplier(b.Programme, r, above)
	if m == nil {
		return
	}
	ctx, cancel := w.context()
	defer cancel()
	over, within := m.maximise(ctx)
	if over == nil || within == nil {
		return
	}
	if x := b.complete(within.flow, nil); b.better(x, o.incumbent) {
		o.incumbent = x
	}
	if o.incumbent == nil || w.stop() {
		return
	}
	best := within
	if over.value > within.value {
		best = over
	}
	lower, upper := m.fix(b, best, b.value(0, o.incumbent))
	red := reduce(b.Programme, lower, upper)
	if red == nil || w.stop() {
		return
	}
	o.adopt(ctx, red, m, within, r)
}

// adopt goes over to the programme that is left, unless the context ends before.
func (o *opening) adopt(ctx context.Context, red *reduction, m *multiplier, pt *point, r int) {
	columns := o.incumbent[len(red.whole.Tail):]
	start := red.shrink(o.incumbent[:len(red.whole.Tail)])
	costs := make([]int64, len(red.arc))
	m.install(pt.multiplier)
	for i, a := range red.arc {
		costs[i] = m.costs[a]
	}
	pure := solver.Programme{Supply: red.small.Supply, Tail: red.small.Tail, Head: red.small.Head, Upper: red.small.Upper,
		Levels: []solver.Level{{Cost: costs}}, Start: start}
	simplex := network.New(&pure)
	sol, err := simplex.Solve(ctx, solver.Options{})
	if err != nil {
		panic("branch: a network with a start has a flow: " + err.Error())
	}
	if sol.Stop != solver.StopOptimal {
		return
	}
	o.reduction, o.problem = red, newProblem(red.small)
	o.incumbent = append(slices.Clone(start), columns...)
	red.small.Start, red.small.StartColumns = start, columns
	for k := range o.potentials {
		o.potentials[k] = red.potentials(o.potentials[k])
	}
	o.flow = sol.Flow
	o.parent, o.arc = simplex.Tree()
	_, y := m.potentials(pt)
	o.price = &price{r, y * float64(m.sign)}
}

// brokenRow gives the row without columns that a flow breaks by most, in units of its largest coefficient; −1 where
// there is none. above says on which side.
func (b *problem) brokenRow(flow []int64) (r int, above bool) {
	r = -1
	worst := 0.0
	for i := range b.Rows {
		row := &b.Rows[i]
		if len(row.Column) > 0 {
			continue
		}
		sum, size := row.Activity(flow, nil), int64(1)
		for _, coef := range row.ArcCoef {
			size = max(size, coef, -coef)
		}
		if by := float64(sum-row.Upper) / float64(size); row.Upper < solver.MaxTotal && by > worst {
			r, above, worst = i, true, by
		}
		if by := float64(row.Lower-sum) / float64(size); row.Lower > -solver.MaxTotal && by > worst {
			r, above, worst = i, false, by
		}
	}
	return r, above
}

// fix gives bounds by arc that keep every solution whose first level is at most limit.
func (m *multiplier) fix(b *problem, pt *point, limit int64) (lower, upper []int64) {
	model := lagrange.New(b.Supply, b.Tail, b.Head, len(b.Columns), []lagrange.Row{m.row})
	lower = append(slices.Clone(b.lower[:b.structural]), -solver.MaxTotal)
	upper = append(slices.Clone(b.upper[:b.structural]), m.bound)
	potential, y := m.potentials(pt)
	var certificate lagrange.Certificate
	model.Bound(&certificate, b.cost[0], lower, upper, potential, []float64{y})
	certificate.Tighten(limit, lower, upper, nil)
	return lower[:b.arcs], upper[:b.arcs]
}

// complete adds to a flow columns that mend what rows it breaks, or gives nil. A column that stands in one row alone,
// as the shortfall of a soft rule does, moves as far as that row asks and no further. The others keep their values in
// columns, or where that is nil the values nearest to 0. It is a heuristic: where a column stands in several rows it may
// miss a solution.
func (b *problem) complete(flow, columns []int64) []int64 {
	x := append(slices.Clone(flow), make([]int64, len(b.Columns))...)
	for c, column := range b.Columns {
		value := int64(0)
		if columns != nil && b.rowsOf[c] != 1 {
			value = columns[c]
		}
		x[b.arcs+c] = min(max(value, column.Lower), column.Upper)
	}
	for r := range b.Rows {
		row := &b.Rows[r]
		sum := row.Activity(x[:b.arcs], x[b.arcs:])
		for i, c := range row.Column {
			coef := row.ColumnCoef[i]
			if b.rowsOf[c] != 1 || coef == 0 || (sum >= row.Lower && sum <= row.Upper) {
				continue
			}
			at := &x[b.arcs+int(c)]
			want := *at + steps(row.Lower-sum, coef)
			if sum > row.Upper {
				want = *at - steps(sum-row.Upper, coef)
			}
			want = min(max(want, b.Columns[c].Lower), b.Columns[c].Upper)
			sum += coef * (want - *at)
			*at = want
		}
	}
	if !b.holds(x) {
		return nil
	}
	return x
}

// steps is how far a column of a coefficient must move to add at least lack > 0.
func steps(lack, coef int64) int64 {
	if coef < 0 {
		return -ceilDiv(lack, -coef)
	}
	return ceilDiv(lack, coef)
}

// better reports whether x comes before y in the order of the levels; anything comes before nil.
func (b *problem) better(x, y []int64) bool {
	if x == nil || y == nil {
		return y == nil && x != nil
	}
	for k := range b.Levels {
		if u, v := b.value(k, x), b.value(k, y); u != v {
			return u < v
		}
	}
	return false
}
