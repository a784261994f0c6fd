package solvertest

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
)

// Enumerate tries every integer flow together with every value of the columns. It is for programmes of a handful of
// arcs and columns. A node or a row is checked as soon as the last variable that it depends on has a value.
func Enumerate(p *solver.Programme) (best []int64, feasible bool, err error) {
	enumerate(p, func(objectives []int64) {
		if best == nil || less(objectives, best) {
			best = objectives
		}
	})
	return best, best != nil, nil
}

// LeastWithin gives by level the least objective of the flows that cost at most so much at each level before.
func LeastWithin(p *solver.Programme, most []int64) []int64 {
	least := slices.Repeat([]int64{math.MaxInt64}, len(most))
	enumerate(p, func(objectives []int64) {
		for k, x := range objectives {
			if least[k] = min(least[k], x); x > most[k] {
				return
			}
		}
	})
	return least
}

// enumerate visits the objectives of every flow with every value of the columns.
func enumerate(p *solver.Programme, visit func(objectives []int64)) {
	if e := newEnumeration(p, visit); e.holds(0) {
		e.try(0)
	}
}

// enumeration numbers the variables: the arcs, then the columns.
type enumeration struct {
	p             *solver.Programme
	flow, columns []int64
	net           []int64   // by node, what still has to leave
	nodes         [][]int32 // by the number of variables that have a value: the nodes that can be checked now
	rows          [][]int32 // likewise the rows
	visit         func(objectives []int64)
}

func newEnumeration(p *solver.Programme, visit func(objectives []int64)) *enumeration {
	arcs, variables := len(p.Tail), len(p.Tail)+len(p.Columns)
	e := &enumeration{
		p: p, visit: visit, flow: make([]int64, arcs), columns: make([]int64, len(p.Columns)),
		net:   append([]int64(nil), p.Supply...),
		nodes: make([][]int32, variables+1), rows: make([][]int32, variables+1),
	}
	last := make([]int, len(p.Supply)) // one more than the last arc of the node
	for a := range p.Tail {
		last[p.Tail[a]], last[p.Head[a]] = a+1, a+1
	}
	for v, i := range last {
		e.nodes[i] = append(e.nodes[i], int32(v))
	}
	for r, row := range p.Rows {
		i := 0
		for _, a := range row.Arc {
			i = max(i, int(a)+1)
		}
		for _, c := range row.Column {
			i = max(i, arcs+int(c)+1)
		}
		e.rows[i] = append(e.rows[i], int32(r))
	}
	return e
}

// holds checks the nodes and rows of which variable i−1 was the last.
func (e *enumeration) holds(i int) bool {
	for _, v := range e.nodes[i] {
		if e.net[v] != 0 {
			return false
		}
	}
	for _, r := range e.rows[i] {
		row := &e.p.Rows[r]
		if sum := row.Activity(e.flow, e.columns); sum < row.Lower || sum > row.Upper {
			return false
		}
	}
	return true
}

// try gives every value to variable i, and to those after it.
func (e *enumeration) try(i int) {
	arcs := len(e.flow)
	switch {
	case i < arcs:
		tail, head := e.p.Tail[i], e.p.Head[i]
		for f := int64(0); f <= e.p.Upper[i]; f++ {
			e.flow[i] = f
			e.net[tail] -= f
			e.net[head] += f
			if e.holds(i + 1) {
				e.try(i + 1)
			}
			e.net[tail] += f
			e.net[head] -= f
		}
	case i < arcs+len(e.columns):
		column := &e.p.Columns[i-arcs]
		for y := column.Lower; y <= column.Upper; y++ {
			e.columns[i-arcs] = y
			if e.holds(i + 1) {
				e.try(i + 1)
			}
		}
	default:
		e.record()
	}
}

func (e *enumeration) record() {
	objectives := make([]int64, len(e.p.Levels))
	for k := range objectives {
		for a, f := range e.flow {
			objectives[k] += cost(e.p, k, a) * f
		}
		for c, y := range e.columns {
			if by := e.p.Columns[c].Cost; by != nil {
				objectives[k] += by[k] * y
			}
		}
	}
	e.visit(objectives)
}

func less(x, y []int64) bool {
	for i := range x {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return false
}
