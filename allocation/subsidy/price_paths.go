package subsidy

import "container/heap"

// differences are conditions x_head ≤ x_tail + length on numbers at nodes, of which
// the last, the ground, is 0.
type differences struct {
	nodes      int32
	tail, head []int32
	length     []int64
}

func (d *differences) add(tail, head int32, length int64) {
	d.tail, d.head, d.length = append(d.tail, tail), append(d.head, head), append(d.length, length)
}

// reversed is the same conditions on −x.
func (d *differences) reversed() *differences {
	return &differences{nodes: d.nodes, tail: d.head, head: d.tail, length: d.length}
}

// shortest gives the greatest x that meets every condition: the distances from the
// ground. inside must meet every condition itself; then reduced lengths are ≥ 0 and Dijkstra's
// method is exact. Every node must be within reach of the ground. O(conditions · log nodes).
func (d *differences) shortest(inside []int64) []int64 {
	start := make([]int32, d.nodes+1)
	for _, v := range d.tail {
		start[v+1]++
	}
	for v := range d.nodes {
		start[v+1] += start[v]
	}
	arcs, next := make([]int32, len(d.tail)), append([]int32(nil), start...)
	for a, v := range d.tail {
		arcs[next[v]] = int32(a)
		next[v]++
	}
	distance, done := make([]int64, d.nodes), make([]bool, d.nodes)
	known := make([]bool, d.nodes)
	ground := d.nodes - 1
	known[ground] = true
	queue := &reached{{0, ground}}
	for queue.Len() > 0 {
		from := heap.Pop(queue).(reach).node
		if done[from] {
			continue
		}
		done[from] = true
		for _, a := range arcs[start[from]:start[from+1]] {
			to := d.head[a]
			reduced := d.length[a] + inside[from] - inside[to]
			if reduced < 0 {
				panic("subsidy: the potentials of an optimal assignment break a condition of it")
			}
			if there := distance[from] + reduced; !known[to] || there < distance[to] {
				known[to], distance[to] = true, there
				heap.Push(queue, reach{there, to})
			}
		}
	}
	for v := range distance {
		if !known[v] {
			panic("subsidy: a post whose amount nothing bounds")
		}
		distance[v] += inside[v] - inside[ground]
	}
	return distance
}

// reach is a node with a distance at which it was reached.
type reach struct {
	distance int64
	node     int32
}

// reached is a heap of them, the nearest first; ties by node.
type reached []reach

func (r reached) Len() int { return len(r) }
func (r reached) Less(i, j int) bool {
	return r[i].distance < r[j].distance || (r[i].distance == r[j].distance && r[i].node < r[j].node)
}
func (r reached) Swap(i, j int) { r[i], r[j] = r[j], r[i] }
func (r *reached) Push(x any)   { *r = append(*r, x.(reach)) }
func (r *reached) Pop() any {
	old := *r
	last := old[len(old)-1]
	*r = old[:len(old)-1]
	return last
}
