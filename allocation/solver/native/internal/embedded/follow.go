package embedded

import "math"

// follow computes how the basic variables change when others change: excess by node is what the changes bring to
// it, which the tree must carry off, and g by place the change of each active row's left-hand side. The answer is
// in treeDelta by node and compDelta by place. Both arguments are overwritten.
func (lp *LP) follow(excess, g []float64) {
	w, t := &lp.work, &lp.tree
	w.dense = true
	copy(w.treeDelta, excess)
	lp.climb(w.treeDelta)
	for _, v := range t.preorder[1:] {
		if f := w.treeDelta[v]; f != 0 {
			if a := t.arc[v]; a >= 0 {
				lp.accumulate(g, a, signed(t.up[v], f))
			}
		}
	}
	arcs := false
	w.multiple.take(g)
	for i, j := range lp.comp {
		sum := -w.multiple.times(lp.w[i])
		if math.Abs(sum) < dropTolerance {
			sum = 0
		}
		w.compDelta[i] = sum
		if sum != 0 && int(j) < lp.arcs {
			excess[lp.tail[j]] -= sum
			excess[lp.head[j]] += sum
			arcs = true
		}
	}
	if arcs {
		copy(w.treeDelta, excess)
		lp.climb(w.treeDelta)
	}
	for _, v := range t.preorder[1:] {
		if !t.up[v] {
			w.treeDelta[v] = -w.treeDelta[v]
		}
	}
}

// fewFlips are as many as changes are followed round their cycles at most, and not through the whole tree.
const fewFlips = 64

// beginCycles, roundCycles for each nonbasic variable that changes, and endCycles compute what follow does, in time of the
// nodes on the cycles that these and the complement close. Those nodes are listed in moved.
func (lp *LP) beginCycles() {
	w := &lp.work
	for _, v := range w.moved {
		w.treeDelta[v], w.isMoved[v] = 0, false
	}
	w.moved = w.moved[:0]
	if w.dense {
		clear(w.treeDelta)
		w.dense = false
	}
	clear(w.g)
}

func (lp *LP) roundCycles(j int32, amount float64) {
	w := &lp.work
	if int(j) >= lp.structural {
		w.g[lp.rowAt[int(j)-lp.structural]] -= amount
		return
	}
	lp.accumulate(w.g, j, amount)
	if int(j) < lp.arcs {
		lp.roundCycle(w.g, j, amount)
		lp.roundTree(j, amount)
	}
}

func (lp *LP) endCycles() {
	w := &lp.work
	w.multiple.take(w.g) // a cycle passes few rows
	for i, j := range lp.comp {
		sum := -w.multiple.times(lp.w[i])
		if math.Abs(sum) < dropTolerance {
			sum = 0
		}
		w.compDelta[i] = sum
		if sum != 0 && int(j) < lp.arcs {
			lp.roundTree(j, sum)
		}
	}
}

// roundTree adds to treeDelta what an amount on an arc does to the tree arcs of its cycle.
func (lp *LP) roundTree(j int32, amount float64) {
	t, w := &lp.tree, &lp.work
	u, v := lp.tail[j], lp.head[j]
	for u != v {
		at, down := v, false
		if t.size[u] < t.size[v] { // what has left the tail comes back down to it
			at, down = u, true
			u = t.parent[u]
		} else {
			v = t.parent[v]
		}
		if !w.isMoved[at] {
			w.isMoved[at] = true
			w.moved = append(w.moved, at)
		}
		w.treeDelta[at] += signed(t.up[at] != down, amount)
	}
}

// climb sums what every subtree has to send upwards.
func (lp *LP) climb(f []float64) {
	t := &lp.tree
	for i := len(t.preorder) - 1; i > 0; i-- {
		v := t.preorder[i]
		if f[v] != 0 {
			f[t.parent[v]] += f[v]
		}
	}
}

// accumulate adds what a change of a structural variable does to the active rows.
func (lp *LP) accumulate(g []float64, j int32, delta float64) {
	for _, e := range lp.column(j) {
		if at := lp.rowAt[e.Index]; at >= 0 {
			g[at] += e.Coef * delta
		}
	}
}

// disturb adds a change of a variable to excess and g.
func (lp *LP) disturb(excess, g []float64, j int32, delta float64) {
	if int(j) >= lp.structural {
		g[lp.rowAt[int(j)-lp.structural]] -= delta
		return
	}
	lp.accumulate(g, j, delta)
	if int(j) < lp.arcs {
		excess[lp.tail[j]] -= delta
		excess[lp.head[j]] += delta
	}
}

// computeValues computes all basic variables from the nonbasic ones.
func (lp *LP) computeValues() {
	w := &lp.work
	clear(w.flow)
	clear(w.g)
	copy(w.flow, lp.supply)
	for j := range int32(lp.structural) {
		if lp.where[j] == nonbasic {
			if x := lp.x[j]; x != 0 {
				lp.disturb(w.flow, w.g, j, x)
			}
		}
	}
	for at, r := range lp.active {
		if j := lp.structural + int(r); lp.where[j] == nonbasic {
			w.g[at] -= lp.x[j]
		}
	}
	lp.follow(w.flow, w.g)
	for i, j := range lp.comp {
		lp.x[j] = w.compDelta[i]
	}
	for v := range lp.nodes {
		if a := lp.tree.arc[v]; a >= 0 {
			lp.x[a] = w.treeDelta[v]
		} else {
			lp.treeX[v] = w.treeDelta[v]
		}
		lp.gauge(v)
	}
}
