package embedded

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

// fewShare is the share of a vector that is not zero, as one in so many, below which a list of it is shorter work than all of it.
const fewShare = 3

// multiple is a vector of which many multiples are added to others, or that many are multiplied by: by its entries that are not zero, where these are few, as they are in most rows
// of the inverse of a network's few cycles.
type multiple struct {
	of      []float64
	entries []Entry
	few     bool
}

// take makes m that of another vector. It reads the vector later as well.
func (m *multiple) take(x []float64) {
	m.of, m.entries, m.few = x, m.entries[:0], true
	for i, v := range x {
		if v == 0 {
			continue
		}
		if fewShare*len(m.entries) >= len(x) {
			m.few = false
			return
		}
		m.entries = append(m.entries, Entry{int32(i), v})
	}
}

// addTo adds a times the vector to y.
func (m *multiple) addTo(y []float64, a float64) {
	if !m.few {
		axpy(y, a, m.of)
		return
	}
	for _, e := range m.entries {
		y[e.Index] += a * e.Coef
	}
}

// times is the product with y.
func (m *multiple) times(y []float64) float64 {
	sum := 0.0
	if !m.few {
		for i, v := range m.of {
			sum += y[i] * v
		}
		return sum
	}
	for _, e := range m.entries {
		sum += y[e.Index] * e.Coef
	}
	return sum
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
			lp.d[j] = w.rho[at] + lp.cost[j]
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
