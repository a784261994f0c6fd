package branch

import (
	"github.com/xianguan/xianguan/allocation/solver"
)

// reduction is a programme without the arcs whose flow is known. Their flow moves into the supplies and into the
// bounds of rows; nodes that no arc is left at go as well. Columns and rows stay as they are, one by one.
type reduction struct {
	whole    *solver.Programme
	small    *solver.Programme
	arc      []int32 // by arc of the small programme: that of the whole one
	known    []int64 // by arc of the whole programme: its flow, or the lower bound of what is left
	place    []int32 // by node of the whole programme: that of the small one, where it has a part in it
	present  []bool  // by node of the whole programme: whether it has
	constant []int64 // by level: the cost of known
}

// reduce builds the programme of the flows between lower and upper, by arc. It returns nil where no flow is.
func reduce(p *solver.Programme, lower, upper []int64) *reduction {
	r := &reduction{whole: p, small: &solver.Programme{Columns: p.Columns}, known: lower, constant: make([]int64, len(p.Levels))}
	supply := append([]int64(nil), p.Supply...)
	for a, f := range lower {
		supply[p.Tail[a]] -= f
		supply[p.Head[a]] += f
	}
	if !r.propagate(supply, upper) {
		return nil
	}
	r.number(supply, upper)
	at := make([]int32, len(p.Tail))
	for a := range p.Tail {
		at[a] = -1
		if width := upper[a] - r.known[a]; width > 0 {
			at[a] = int32(len(r.arc))
			r.arc = append(r.arc, int32(a))
			r.small.Tail = append(r.small.Tail, r.place[p.Tail[a]])
			r.small.Head = append(r.small.Head, r.place[p.Head[a]])
			r.small.Upper = append(r.small.Upper, width)
		}
	}
	for k, level := range p.Levels {
		r.small.Levels = append(r.small.Levels, r.level(k, level))
	}
	for i := range p.Rows {
		r.small.Rows = append(r.small.Rows, r.row(&p.Rows[i], at))
	}
	return r
}

// propagate settles nodes that a single arc is left at, in turn. lower and upper move inwards; supply is what is left.
func (r *reduction) propagate(supply, upper []int64) (feasible bool) {
	p, lower := r.whole, r.known
	degree := make([]int32, len(supply))
	sum := make([]int32, len(supply)) // of the arcs left at a node, by exclusive or: the arc itself where one is left
	for a := range p.Tail {
		if upper[a] > lower[a] {
			for _, v := range []int32{p.Tail[a], p.Head[a]} {
				degree[v]++
				sum[v] ^= int32(a)
			}
		}
	}
	var queue []int32
	for v := range supply {
		if degree[v] == 1 {
			queue = append(queue, int32(v))
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		v := queue[0]
		if degree[v] != 1 {
			continue
		}
		a := sum[v]
		tail, head := p.Tail[a], p.Head[a]
		flow := supply[v]
		if v == head {
			flow = -flow
		}
		if flow < 0 || flow > upper[a]-lower[a] {
			return false
		}
		supply[tail] -= flow
		supply[head] += flow
		lower[a] += flow
		upper[a] = lower[a]
		for _, u := range []int32{tail, head} {
			degree[u]--
			sum[u] ^= a
			if degree[u] == 1 {
				queue = append(queue, u)
			}
		}
	}
	return true
}

// number numbers the nodes that an arc is left at, or a supply that then makes it infeasible.
func (r *reduction) number(supply, upper []int64) {
	r.place, r.present = make([]int32, len(supply)), make([]bool, len(supply))
	for a := range upper {
		if upper[a] > r.known[a] {
			r.present[r.whole.Tail[a]], r.present[r.whole.Head[a]] = true, true
		}
	}
	for v := range supply {
		r.present[v] = r.present[v] || supply[v] != 0
		if r.present[v] {
			r.place[v] = int32(len(r.small.Supply))
			r.small.Supply = append(r.small.Supply, supply[v])
		}
	}
}

// potentials takes those of the whole programme to the small one.
func (r *reduction) potentials(whole []float64) []float64 {
	if len(whole) == 0 {
		return nil
	}
	out := make([]float64, 0, len(r.small.Supply))
	for v, x := range whole {
		if r.present[v] {
			out = append(out, x)
		}
	}
	return out
}

func (r *reduction) level(k int, level solver.Level) solver.Level {
	out := solver.Level{Name: level.Name, Constant: level.Constant}
	if level.Cost == nil {
		return out
	}
	for a, c := range level.Cost {
		r.constant[k] += c * r.known[a]
	}
	out.Constant += r.constant[k] // so that gaps stay those of the whole
	out.Cost = make([]int64, len(r.arc))
	for i, a := range r.arc {
		out.Cost[i] = level.Cost[a]
	}
	return out
}

func (r *reduction) row(row *solver.Row, at []int32) solver.Row {
	out := solver.Row{Name: row.Name, Lower: row.Lower, Upper: row.Upper, Column: row.Column, ColumnCoef: row.ColumnCoef}
	known := int64(0)
	for i, a := range row.Arc {
		known += row.ArcCoef[i] * r.known[a]
		if at[a] >= 0 {
			out.Arc = append(out.Arc, at[a])
			out.ArcCoef = append(out.ArcCoef, row.ArcCoef[i])
		}
	}
	if out.Lower >= -solver.MaxTotal {
		out.Lower -= known
	}
	if out.Upper <= solver.MaxTotal {
		out.Upper -= known
	}
	return out
}

// shrink takes a flow of the whole programme to the small one. It must be within the bounds.
func (r *reduction) shrink(flow []int64) []int64 {
	out := make([]int64, len(r.arc))
	for i, a := range r.arc {
		out[i] = flow[a] - r.known[a]
	}
	return out
}

// restore takes values of the small programme to the whole one.
func (r *reduction) restore(x []int64) []int64 {
	whole := append(append([]int64(nil), r.known...), x[len(r.arc):]...)
	for i, a := range r.arc {
		whole[a] += x[i]
	}
	return whole
}
