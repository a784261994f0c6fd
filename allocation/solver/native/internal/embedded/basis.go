package embedded

import "math"

// multipliers computes the prices of a cost that is given on the basis: potentials by node into mu and prices by
// place of an active row into rho. treeCost gives the cost of the tree arc above a node, compCost that of a place.
func (lp *LP) multipliers(mu, rho []float64, treeCost func(v int32) float64, compCost func(i int) float64) {
	t := &lp.tree
	raw := lp.work.mu2
	raw[lp.root] = 0
	for _, v := range t.preorder[1:] {
		raw[v] = raw[t.parent[v]] + signed(t.up[v], treeCost(v))
	}
	clear(rho)
	for i, j := range lp.comp {
		c := compCost(i)
		if int(j) < lp.arcs {
			c += raw[lp.head[j]] - raw[lp.tail[j]]
		}
		if c != 0 {
			axpy(rho, c, lp.w[i])
		}
	}
	lp.descend(mu, rho, treeCost)
}

// descend computes the potentials that make every tree arc free of reduced cost at prices rho.
func (lp *LP) descend(mu, rho []float64, treeCost func(v int32) float64) {
	t := &lp.tree
	mu[lp.root] = 0
	for _, v := range t.preorder[1:] {
		c := treeCost(v)
		if a := t.arc[v]; a >= 0 {
			c -= lp.priced(a, rho)
		}
		mu[v] = mu[t.parent[v]] + signed(t.up[v], c)
	}
}

func signed(positive bool, x float64) float64 {
	if positive {
		return x
	}
	return -x
}

func axpy(y []float64, a float64, x []float64) {
	x = x[:len(y)]
	for i := range y {
		y[i] += a * x[i]
	}
}

// priced is what the entries of a structural variable are worth at prices by place.
func (lp *LP) priced(j int32, rho []float64) float64 {
	sum := 0.0
	for _, e := range lp.column(j) {
		if at := lp.rowAt[e.Index]; at >= 0 {
			sum += e.Coef * rho[at]
		}
	}
	return sum
}

// price computes all reduced costs from the costs.
func (lp *LP) price() {
	w := &lp.work
	lp.multipliers(w.mu, w.rho, lp.treeCost, func(i int) float64 { return lp.cost[lp.comp[i]] })
	for j := range int32(lp.structural) {
		if lp.where[j] != nonbasic {
			lp.d[j] = 0
			continue
		}
		d := lp.cost[j] - lp.priced(j, w.rho)
		if int(j) < lp.arcs {
			d += w.mu[lp.head[j]] - w.mu[lp.tail[j]]
		}
		lp.d[j] = d
	}
	for at, r := range lp.active {
		j := lp.structural + int(r)
		lp.d[j] = 0
		if lp.where[j] == nonbasic {
			lp.d[j] = w.rho[at]
		}
	}
}

func (lp *LP) treeCost(v int32) float64 {
	if a := lp.tree.arc[v]; a >= 0 {
		return lp.cost[a]
	}
	return 0
}

// Prices gives the potentials by node and the prices by row that the basis gives to another cost of the arcs and
// columns.
func (lp *LP) Prices(cost []float64, potential, price []float64) {
	w := &lp.work
	lp.multipliers(w.mu, w.rho, func(v int32) float64 {
		if a := lp.tree.arc[v]; a >= 0 {
			return cost[a]
		}
		return 0
	}, func(i int) float64 {
		if j := int(lp.comp[i]); j < lp.structural {
			return cost[j]
		}
		return 0
	})
	lp.export(w.mu, w.rho, potential, price)
}

func (lp *LP) export(mu, rho, potential, price []float64) {
	copy(potential, mu[:lp.nodes])
	clear(price)
	for at, r := range lp.active {
		price[r] = rho[at]
	}
}

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
	for i, j := range lp.comp {
		sum := 0.0
		row := lp.w[i]
		for at, x := range g {
			if x != 0 {
				sum -= row[at] * x
			}
		}
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

// followOne computes how the basic variables change for a unit of one nonbasic variable. Only the nodes on the cycles
// that it and the complement close are touched; they are listed in moved.
func (lp *LP) followOne(enter int32) {
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
	if int(enter) >= lp.structural {
		w.g[lp.rowAt[int(enter)-lp.structural]] = -1
	} else {
		lp.accumulate(w.g, enter, 1)
		if int(enter) < lp.arcs {
			lp.roundCycle(w.g, enter)
			lp.roundTree(enter, 1)
		}
	}
	for i, j := range lp.comp {
		sum := 0.0
		row := lp.w[i]
		for at, x := range w.g {
			sum -= row[at] * x
		}
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
	}
}

// Activate takes a row into the basis, with its activity basic. It returns false if the row is there already.
func (lp *LP) Activate(r int) bool {
	if lp.rowAt[r] >= 0 {
		return false
	}
	at := len(lp.active)
	// The new row of W is −q·W, with q the row's coefficients round the cycles of the complement; the sign of the
	// activity's own column makes it q·W and −1.
	t := &lp.tree
	coef := lp.blank() // by structural variable, cleared below
	for _, e := range lp.rows[r] {
		coef[e.Index] += e.Coef
	}
	raw := lp.work.mu2
	raw[lp.root] = 0
	for _, v := range t.preorder[1:] {
		c := 0.0
		if a := t.arc[v]; a >= 0 {
			c = coef[a]
		}
		raw[v] = raw[t.parent[v]] + signed(t.up[v], c)
	}
	row := make([]float64, at+1, max(2*at, 16))
	for i, j := range lp.comp {
		q := 0.0
		if int(j) < lp.structural {
			q = coef[j]
		}
		if int(j) < lp.arcs {
			q += raw[lp.head[j]] - raw[lp.tail[j]]
		}
		if q != 0 {
			axpy(row[:at], q, lp.w[i])
		}
	}
	for _, e := range lp.rows[r] {
		coef[e.Index] = 0
	}
	row[at] = -1
	for i := range lp.w {
		lp.w[i] = append(lp.w[i], 0)
	}
	j := int32(lp.structural + r)
	lp.w = append(lp.w, row)
	lp.stale = true
	lp.rowAt[r] = int32(at)
	lp.active = append(lp.active, int32(r))
	lp.where[j] = int32(at)
	lp.comp = append(lp.comp, j)
	lp.d[j] = 0
	lp.x[j] = lp.Activity(r)
	lp.grow()
	return true
}

// blank gives a vector of zeros by variable, to be left so: the pivot row, which is not needed any more.
func (lp *LP) blank() []float64 {
	w := &lp.work
	for _, j := range w.touched {
		w.alpha[j] = 0
	}
	w.touched = w.touched[:0]
	return w.alpha
}

// Scale is the largest coefficient of a row in magnitude, at least 1.
func (lp *LP) Scale(r int) float64 { return lp.scale[r] }

func (lp *LP) grow() {
	w, m := &lp.work, len(lp.active)
	for _, s := range []*[]float64{&w.rho, &w.g, &w.compDelta} {
		if cap(*s) < m {
			*s = make([]float64, m, 2*m+16)
		}
		*s = (*s)[:m]
	}
}

// Retire drops active rows whose activity is basic and within its bounds. The inverse of what is left is what is
// left of the inverse, as the column of such a row is zero but for its own activity.
func (lp *LP) Retire() {
	lp.stale = true
	for at := len(lp.active) - 1; at >= 0; at-- {
		r := lp.active[at]
		j := lp.structural + int(r)
		i := int(lp.where[j])
		if i < 0 || lp.x[j] < lp.Lower[j] || lp.x[j] > lp.Upper[j] {
			continue
		}
		last := len(lp.active) - 1
		lp.w[i] = lp.w[last]
		lp.comp[i] = lp.comp[last]
		lp.where[lp.comp[i]] = int32(i)
		lp.w, lp.comp = lp.w[:last], lp.comp[:last]
		lp.active[at] = lp.active[last]
		lp.rowAt[lp.active[at]] = int32(at)
		lp.active = lp.active[:last]
		for k := range lp.w {
			lp.w[k][at] = lp.w[k][last]
			lp.w[k] = lp.w[k][:last]
		}
		lp.where[j], lp.rowAt[r] = outside, -1
	}
	lp.grow()
}

// Price takes a row into the basis at about a price: its activity leaves, and of the arcs that would have no reduced
// cost at some price of the row the one whose price is nearest comes in its place. With the tree of a network that is
// optimal at the price the basis is then nearly dual feasible. SetTree and SetCost must have been called; without
// such an arc the activity stays basic.
func (lp *LP) Price(r int, price float64) {
	if !lp.Activate(r) {
		return
	}
	lp.price()
	t, w := &lp.tree, &lp.work
	coef := lp.blank()
	for _, e := range lp.rows[r] {
		coef[e.Index] += e.Coef
	}
	raw := w.mu2
	raw[lp.root] = 0
	for _, v := range t.preorder[1:] {
		c := 0.0
		if a := t.arc[v]; a >= 0 {
			c = coef[a]
		}
		raw[v] = raw[t.parent[v]] + signed(t.up[v], c)
	}
	enter, nearest := int32(-1), math.Inf(1)
	for j := range int32(lp.arcs) {
		round := coef[j] + raw[lp.head[j]] - raw[lp.tail[j]]
		if lp.where[j] != nonbasic || lp.Lower[j] == lp.Upper[j] || math.Abs(round) < pivotTolerance*lp.scale[r] {
			continue
		}
		if by := math.Abs(price - lp.d[j]/round); by < nearest {
			enter, nearest = j, by
		}
	}
	for _, e := range lp.rows[r] {
		coef[e.Index] = 0
	}
	if enter < 0 {
		return
	}
	activity := lp.structural + r
	place := lp.where[activity]
	lp.where[activity] = nonbasic
	lp.where[enter], lp.comp[place] = place, enter
	lp.invert()
}
