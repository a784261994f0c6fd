package ortools

import "github.com/xianguan/xianguan/allocation/solver"

// face is what the levels before leave of a programme: the bounds of every variable and the levels that a row holds.
// Variables are the arcs, then the columns.
type face struct {
	p            *solver.Programme
	lower, upper []int64
	held         []heldLevel
}

// heldLevel stands for the row cost·x ≤ most.
type heldLevel struct {
	level int
	most  int64
}

// newFace is the whole programme. [solver.Programme.Validate] keeps every sum of costs within 2⁶¹, and every activity
// of a row within 2⁶⁰, so that nothing here overflows and CP-SAT, which refuses what might, takes it.
func newFace(p *solver.Programme) *face {
	arcs := len(p.Tail)
	f := &face{p: p, lower: make([]int64, arcs+len(p.Columns)), upper: make([]int64, arcs+len(p.Columns))}
	copy(f.upper, p.Upper)
	for i, column := range p.Columns {
		f.lower[arcs+i], f.upper[arcs+i] = column.Lower, column.Upper
	}
	return f
}

// cost is the cost of a unit of a variable at a level.
func (f *face) cost(k, v int) int64 {
	if arcs := len(f.p.Tail); v >= arcs {
		if cost := f.p.Columns[v-arcs].Cost; cost != nil {
			return cost[k]
		}
	} else if cost := f.p.Levels[k].Cost; cost != nil {
		return cost[v]
	}
	return 0
}

// floor is the least that the bounds allow at a level: Σ min(c·lower, c·upper), a bound without any search.
func (f *face) floor(k int) int64 {
	sum := int64(0)
	for v := range f.lower {
		c := f.cost(k, v)
		sum += min(c*f.lower[v], c*f.upper[v])
	}
	return sum
}

// hold keeps a level at a cost. Where that is the floor, each of its terms must be least, so that every
// variable with a cost is fixed at its better end.
func (f *face) hold(k int, most int64) {
	if most != f.floor(k) {
		f.held = append(f.held, heldLevel{k, most})
		return
	}
	for v := range f.lower {
		switch c := f.cost(k, v); {
		case c > 0:
			f.upper[v] = f.lower[v]
		case c < 0:
			f.lower[v] = f.upper[v]
		}
	}
}

func (f *face) fixed(v int) bool   { return f.lower[v] == f.upper[v] }
func (f *face) boolean(v int) bool { return f.lower[v] == 0 && f.upper[v] == 1 }
