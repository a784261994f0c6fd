package branch

import (
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/network"
)

// ascentBits is the size of the largest potential in the integers of the networks, as a power of two.
const ascentBits = 57

// pricedRow is a row as an ascent sees it: over arcs that are not fixed, in units of its largest coefficient.
type pricedRow struct {
	index        int
	scale        float64
	arc          []int32 // places in live
	coef         []float64
	column       []pricedColumn
	lower, upper float64
	least, most  float64 // of the price
}

// pricedColumn is a column that stands in this row alone.
type pricedColumn struct{ cost, coef, lower, upper float64 }

// summit is what the network says at some prices.
type summit struct {
	price     []float64 // by priced row, for a unit of its scale
	value     float64   // L
	flow      []int64   // by live arc
	activity  []float64 // by priced row, with columns
	potential []float64 // by node
}

func (s *search) newAscent() *ascent {
	a := &ascent{search: s}
	s.blend = s.blended(s.level)
	s.lp.SetCost(s.blend)
	at := make([]int32, s.arcs)
	supply := append([]int64(nil), s.Supply...)
	var pure solver.Programme
	for arc := range s.arcs {
		at[arc] = -1
		lower, upper := s.baseLower[arc], s.baseUpper[arc]
		supply[s.Tail[arc]] -= lower
		supply[s.Head[arc]] += lower
		a.constant += s.lp.Cost(arc) * float64(lower)
		if lower == upper {
			continue
		}
		at[arc] = int32(len(a.live))
		a.live = append(a.live, int32(arc))
		a.base = append(a.base, s.lp.Cost(arc))
		pure.Tail, pure.Head, pure.Upper = append(pure.Tail, s.Tail[arc]), append(pure.Head, s.Head[arc]), append(pure.Upper, upper-lower)
	}
	n := len(a.live)
	a.shut, a.current, a.costs, a.share = make([]bool, n), make([]float64, n), make([]int64, n), make([]float64, n)
	pure.Supply, pure.Levels, pure.Start = supply, []solver.Level{{Cost: a.costs}}, a.startFlow()
	a.simplex = network.New(&pure)
	for r := range s.firstClass {
		if s.matters[s.structural+r] && len(s.rows[r].Index) > 0 {
			a.addRow(r, at)
		}
	}
	return a
}

// startFlow is a flow of the network to start from; nil where none is known that keeps to the face.
func (a *ascent) startFlow() []int64 {
	from := a.incumbent
	if a.level == 0 {
		from = make([]int64, a.arcs) // the flow of the opening is nearer
		for arc := range from {
			from[arc] = int64(a.typical[arc])
		}
	}
	if from == nil {
		return nil
	}
	for arc := range a.arcs {
		if from[arc] < a.baseLower[arc] || from[arc] > a.baseUpper[arc] {
			return nil
		}
	}
	out := make([]int64, len(a.live))
	for i, arc := range a.live {
		out[i] = from[arc] - a.baseLower[arc]
	}
	return out
}

// addRow takes a row in, with the columns that no other row has.
func (a *ascent) addRow(r int, at []int32) {
	row := pricedRow{index: r, scale: a.lp.Scale(r), least: math.Inf(-1), most: math.Inf(1)}
	fixed := 0.0
	for i, j := range a.rows[r].Index {
		coef := float64(a.rows[r].Coef[i])
		switch {
		case int(j) < a.arcs:
			fixed += coef * float64(a.baseLower[j])
			if at[j] >= 0 {
				row.arc, row.coef = append(row.arc, at[j]), append(row.coef, coef/row.scale)
			}
		case a.rowsOf[int(j)-a.arcs] == 1:
			c := pricedColumn{a.blend[j], coef / row.scale, float64(a.baseLower[j]), float64(a.baseUpper[j])}
			row.column = append(row.column, c)
			row.limit(c)
		default:
			return // its column would need the prices of other rows
		}
	}
	j := a.structural + r
	row.lower, row.upper = (float64(a.baseLower[j])-fixed)/row.scale, (float64(a.baseUpper[j])-fixed)/row.scale
	a.priced = append(a.priced, row)
}

// limit keeps the price of a row to what a column leaves worth its cost: beyond, the column would move for less.
func (row *pricedRow) limit(c pricedColumn) {
	switch {
	case c.lower == c.upper:
	case c.coef > 0:
		row.most = min(row.most, c.cost/c.coef)
	case c.coef < 0:
		row.least = max(row.least, c.cost/c.coef)
	}
}

// within takes a price to the nearest that is allowed.
func (row *pricedRow) within(y float64) float64 { return min(max(y, row.least), row.most) }

// sameSide takes a price that would go to the other side of 0, where it is of the other bound of the row, to 0.
func (row *pricedRow) sameSide(from, to float64) float64 {
	if row.lower < row.upper && from*to < 0 {
		return 0
	}
	return to
}

// evaluate solves the network at prices, nil where it is stopped.
func (a *ascent) evaluate(price []float64) *summit {
	ctx, cancel := a.w.context()
	defer cancel()
	copy(a.current, a.base)
	for i, row := range a.priced {
		if y := price[i]; y != 0 {
			for k, arc := range row.arc {
				a.current[arc] -= y * row.coef[k]
			}
		}
	}
	largest := 1.0
	for _, c := range a.current {
		largest = max(largest, math.Abs(c))
	}
	for i, shut := range a.shut {
		if shut {
			a.current[i] += wall * largest
		}
	}
	scale := ascentBits - math.Ilogb(float64(len(a.Supply))) - math.Ilogb(2*wall*largest)
	for i, c := range a.current {
		a.costs[i] = int64(math.Round(math.Ldexp(c, scale)))
	}
	sol, err := a.simplex.Solve(ctx, solver.Options{})
	if err != nil || sol.Stop != solver.StopOptimal || a.w.stop() {
		return nil
	}
	s := &summit{price: price, flow: sol.Flow, activity: make([]float64, len(a.priced)), potential: make([]float64, len(a.Supply)), value: a.constant}
	for i, f := range sol.Flow {
		s.value += a.current[i] * float64(f)
	}
	for v, x := range sol.Potentials[0] {
		s.potential[v] = math.Ldexp(float64(x), -scale)
	}
	for i := range a.priced {
		s.add(&a.priced[i], i)
	}
	a.networkPivots += sol.Stats.Pivots
	return s
}

// add counts what a row and its columns bring.
func (s *summit) add(row *pricedRow, i int) {
	y, activity := s.price[i], 0.0
	for k, arc := range row.arc {
		if f := s.flow[arc]; f != 0 {
			activity += row.coef[k] * float64(f)
		}
	}
	for _, c := range row.column {
		rc, x := c.cost-y*c.coef, c.lower
		if rc < 0 {
			x = c.upper
		}
		activity += c.coef * x
		if x != 0 {
			s.value += rc * x
		}
	}
	s.activity[i] = activity
	switch {
	case y < 0:
		s.value += y * row.upper
	case y > 0:
		s.value += y * row.lower
	}
}
