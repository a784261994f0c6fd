package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
)

// extent is a cost at every level of the objective, the most important first, and last a count of people, which decides between paths
// that cost the same. Extents are compared level by level.
type extent [solveLevels + 1]int64

const solveLevels = len(levelNames)

func (x extent) plus(y extent) extent {
	for k := range x {
		x[k] += y[k]
	}
	return x
}

func (x extent) minus(y extent) extent {
	for k := range x {
		x[k] -= y[k]
	}
	return x
}

func (x *extent) compare(y *extent) int { return slices.Compare(x[:], y[:]) }

// residual is the residual network of an optimal flow f, with potentials π of every level. An arc that is not full may be used forward at c_a, one that is not
// empty backward at −c_a. With costs as vectors over the levels,
//
//	rc_a = c_a − π_tail + π_head
//
// is not below 0 on any arc of the residual network, level by level: at an optimum of level k an arc of nonzero reduced cost is fixed and has
// rc > 0 in the only direction left to it, and the others go on to level k+1. So shortest paths are found as Dijkstra does, in vectors.
//
// Forcing one unit through an arc t → p that is empty costs c_tp and the shortest residual path from p back to t, exactly: the cheapest flow through it is an
// optimal flow and a cheapest cycle (Ahuja, Magnanti and Orlin, Network Flows, 1993, sections 9.7 and 9.11).
type residual struct {
	programme  *solver.Programme
	flow       []int64
	potentials [][]int64
	first      []int32 // by node, of its arcs, and the end
	arcs       []int32 // that touch it
	people     int32   // nodes below are people
}

func newResidual(p *solver.Programme, flow []int64, potentials [][]int64) *residual {
	r := &residual{programme: p, flow: flow, potentials: potentials, first: make([]int32, len(p.Supply)+1), arcs: make([]int32, 2*len(p.Tail))}
	for a := range p.Tail {
		r.first[p.Tail[a]+1]++
		r.first[p.Head[a]+1]++
	}
	for v := range p.Supply {
		r.first[v+1] += r.first[v]
		if p.Supply[v] == 1 && r.people == int32(v) {
			r.people++
		}
	}
	next := slices.Clone(r.first)
	for a := range p.Tail {
		for _, v := range [2]int32{p.Tail[a], p.Head[a]} {
			r.arcs[next[v]] = int32(a)
			next[v]++
		}
	}
	return r
}

// cost is what an arc costs at every level.
func (r *residual) cost(a int32) (x extent) {
	for k := range r.programme.Levels {
		if c := r.programme.Levels[k].Cost; c != nil {
			x[k] = c[a]
		}
	}
	return x
}

// price is the potential of a node at every level.
func (r *residual) price(v int32) (x extent) {
	for k, potential := range r.potentials {
		if potential != nil {
			x[k] = potential[v]
		}
	}
	return x
}

// shortest is the shortest paths from a node, or to it.
type shortest struct {
	from     int32
	backward bool // paths to the node
	known    []bool
	distance []extent // in reduced costs
	via      []int32  // arc of the last step, or the next one to the node; −1 at the node itself
}

// span is the arcs from one to before another.
type span struct{ from, to int32 }

func (s span) has(a int32) bool { return s.from <= a && a < s.to }

// search finds the shortest paths from a node to all others, or from all others to it, that use no arc of a span. It takes O(arcs · log) time.
func (r *residual) search(from int32, backward bool, barred span) *shortest {
	p := r.programme
	s := &shortest{from: from, backward: backward, known: make([]bool, len(p.Supply)), distance: make([]extent, len(p.Supply)), via: make([]int32, len(p.Supply))}
	for v := range s.via {
		s.via[v] = -1
	}
	done := make([]bool, len(p.Supply))
	s.known[from] = true
	queue := frontier{{node: from}}
	for len(queue) > 0 {
		u := queue.pop()
		if done[u.node] {
			continue
		}
		done[u.node] = true
		at := r.price(u.node)
		for _, a := range r.arcs[r.first[u.node]:r.first[u.node+1]] {
			along := p.Tail[a] == u.node // the arc leaves the node
			open := r.flow[a] < p.Upper[a]
			if along == backward { // it is used against its direction
				open = r.flow[a] > 0
			}
			v := p.Head[a]
			if !along {
				v = p.Tail[a]
			}
			if !open || done[v] || barred.has(a) {
				continue
			}
			// Along its direction a step costs c − π_tail + π_head, against it the opposite.
			step := r.cost(a).minus(at).plus(r.price(v))
			if !along {
				step = r.cost(a).plus(at).minus(r.price(v))
			}
			if along == backward {
				step = extent{}.minus(step)
			}
			if v < r.people {
				step[solveLevels]++
			}
			distance := u.distance.plus(step)
			if !s.known[v] || distance.compare(&s.distance[v]) < 0 {
				s.known[v], s.distance[v], s.via[v] = true, distance, a
				queue.push(reached{distance, v})
			}
		}
	}
	return s
}

// length is the true cost of the path to a node, or from it.
func (r *residual) length(s *shortest, v int32) extent {
	difference := r.price(s.from).minus(r.price(v)) // from the start to v
	if s.backward {
		difference = extent{}.minus(difference)
	}
	return s.distance[v].plus(difference)
}

// path lists the arcs between the node and v, from where the path begins.
func (r *residual) path(s *shortest, v int32) []int32 {
	var arcs []int32
	for v != s.from {
		a := s.via[v]
		arcs = append(arcs, a)
		if r.programme.Head[a] == v {
			v = r.programme.Tail[a]
		} else {
			v = r.programme.Head[a]
		}
	}
	if !s.backward {
		slices.Reverse(arcs)
	}
	return arcs
}

// reached is a node and how far it is.
type reached struct {
	distance extent
	node     int32
}

// frontier is a binary heap of nodes, the nearest first and of these the least number.
type frontier []reached

func (f frontier) less(i, j int) bool {
	if c := f[i].distance.compare(&f[j].distance); c != 0 {
		return c < 0
	}
	return f[i].node < f[j].node
}

func (f *frontier) push(x reached) {
	*f = append(*f, x)
	q := *f
	for i := len(q) - 1; i > 0; {
		parent := (i - 1) / 2
		if !q.less(i, parent) {
			return
		}
		q[i], q[parent] = q[parent], q[i]
		i = parent
	}
}

func (f *frontier) pop() reached {
	q := *f
	top, last := q[0], len(q)-1
	q[0] = q[last]
	q = q[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child >= last {
			break
		}
		if child+1 < last && q.less(child+1, child) {
			child++
		}
		if !q.less(child, i) {
			break
		}
		q[i], q[child] = q[child], q[i]
		i = child
	}
	*f = q
	return top
}
