package province

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// master is the linear programme that mixes proposals: minimise Σ cost_j x_j subject to Σ_j use_ij x_j ≤ limit_i for each row i, and Σ x_j = 1 over the
// proposals of each county, x ≥ 0. With n counties and m rows a basis has n + m variables, but one of each county, its key, follows from the others: so
// the simplex method works in a basis of m by m alone (Dantzig and Van Slyke, Generalized upper bounding techniques, Journal of Computer and System Sciences 1, 1967),
// and a pivot takes O(n + proposals · m) time. It begins from proposals that keep to every limit, and goes on from its last basis when more come.
type master struct {
	limit  []float64 // by row
	scale  []float64 // by row, what uses were divided by
	cost   []float64 // by proposal
	use    [][]float64
	county []int
	key    []int // by county: a proposal
	basis  []int // by row: a proposal that is no key, or −1−i for the slack of row i
}

const (
	reducedTolerance = 1e-9 // of a reduced cost, relative to the largest cost
	pivotTolerance   = 1e-9 // of an entry of a column that may leave
	idlePivots       = 60   // without progress, after which the first candidate enters (Bland's rule)
	pivotsEach       = 200  // allowed for each county and row
)

// newMaster begins with one proposal of each county; together they keep to the limits.
func newMaster(limit []float64, cost []float64, use [][]float64) *master {
	m := &master{scale: make([]float64, len(limit))}
	for i := range limit {
		m.scale[i] = math.Max(1, math.Abs(limit[i]))
		m.limit = append(m.limit, limit[i]/m.scale[i])
		m.basis = append(m.basis, -1-i)
	}
	for c := range cost {
		m.key = append(m.key, m.add(c, cost[c], use[c]))
	}
	return m
}

// add gives the master another proposal of a county.
func (m *master) add(county int, cost float64, use []float64) int {
	scaled := make([]float64, len(use))
	for i := range use {
		scaled[i] = use[i] / m.scale[i]
	}
	m.cost, m.use, m.county = append(m.cost, cost), append(m.use, scaled), append(m.county, county)
	return len(m.cost) - 1
}

// relative is the column of a basic or entering variable in the working basis, and its cost: those of a proposal less those of its county's key.
func (m *master) relative(j int) (column []float64, cost float64) {
	column = make([]float64, len(m.limit))
	if j < 0 {
		column[-1-j] = 1
		return column, 0
	}
	key := m.key[m.county[j]]
	for i := range column {
		column[i] = m.use[j][i] - m.use[key][i]
	}
	return column, m.cost[j] - m.cost[key]
}

// optimum is what the master has found.
type optimum struct {
	value  float64
	price  []float64 // by row, ≥ 0: what a unit of its limit would save
	county []float64 // by county: the cost of its cheapest proposal at these prices
	scaled []float64 // the prices of the scaled rows; below 0 where a slack should enter
}

// solve pivots to the optimum. Numeric trouble ends it early, with prices as good as any: bounds are not taken from here.
func (m *master) solve() optimum {
	best, idle := math.Inf(1), 0
	largest := 1.0
	for _, c := range m.cost {
		largest = math.Max(largest, math.Abs(c))
	}
	var o optimum
	for range pivotsEach * (len(m.key) + len(m.limit)) {
		inverse, values, ok := m.invert()
		if !ok {
			return o
		}
		o = m.appraise(inverse, values)
		if o.value < best-reducedTolerance*largest {
			best, idle = o.value, 0
		} else {
			idle++
		}
		enter, found := m.entering(&o, reducedTolerance*largest, idle > idlePivots)
		if !found || !m.pivot(enter, inverse, values) {
			break
		}
	}
	return o
}

// invert gives the inverse of the working basis and the values of its variables.
func (m *master) invert() (inverse *mat.Dense, values []float64, ok bool) {
	rows := len(m.limit)
	basis := mat.NewDense(rows, rows, nil)
	for at, j := range m.basis {
		column, _ := m.relative(j)
		basis.SetCol(at, column)
	}
	inverse = mat.NewDense(rows, rows, nil)
	if err := inverse.Inverse(basis); err != nil {
		if _, poor := err.(mat.Condition); !poor || math.IsInf(float64(err.(mat.Condition)), 1) {
			return nil, nil, false
		}
	}
	left := append([]float64(nil), m.limit...)
	for _, key := range m.key {
		for i := range left {
			left[i] -= m.use[key][i]
		}
	}
	return inverse, times(inverse, left), true
}

func times(a *mat.Dense, x []float64) []float64 {
	var y mat.VecDense
	y.MulVec(a, mat.NewVecDense(len(x), x))
	return y.RawVector().Data
}

// appraise gives value and prices of a basis.
func (m *master) appraise(inverse *mat.Dense, values []float64) optimum {
	o := optimum{price: make([]float64, len(m.limit)), county: make([]float64, len(m.key)), scaled: make([]float64, len(m.limit))}
	for _, key := range m.key {
		o.value += m.cost[key]
	}
	for at, j := range m.basis {
		_, cost := m.relative(j)
		o.value += cost * values[at]
		for i := range o.scaled {
			o.scaled[i] -= cost * inverse.At(at, i)
		}
	}
	for c, key := range m.key {
		o.county[c] = m.priced(key, o.scaled)
	}
	for i := range o.price { // in the caller's units, and never below 0
		o.price[i] = math.Max(0, o.scaled[i]/m.scale[i])
	}
	return o
}

func (m *master) priced(j int, price []float64) float64 {
	sum := m.cost[j]
	for i, p := range price {
		sum += p * m.use[j][i]
	}
	return sum
}

// entering gives the variable of the least reduced cost, or the first of negative reduced cost.
func (m *master) entering(o *optimum, tolerance float64, first bool) (enter int, found bool) {
	best := -tolerance
	for i, price := range o.scaled {
		if price < best && !slices.Contains(m.basis, -1-i) {
			enter, found, best = -1-i, true, price
		}
	}
	for j := range m.cost {
		if found && first {
			break
		}
		if rc := m.priced(j, o.scaled) - o.county[m.county[j]]; rc < best && m.key[m.county[j]] != j {
			enter, found, best = j, true, rc
		}
	}
	return enter, found
}

// pivot brings a variable into the basis. It reports false where nothing can leave.
func (m *master) pivot(enter int, inverse *mat.Dense, values []float64) bool {
	column, _ := m.relative(enter)
	step := times(inverse, column)
	keyValue, keyStep := make([]float64, len(m.key)), make([]float64, len(m.key)) // keys fall by their step
	for c := range keyValue {
		keyValue[c] = 1
	}
	if enter >= 0 {
		keyStep[m.county[enter]]++
	}
	for at, j := range m.basis {
		if j >= 0 {
			keyValue[m.county[j]] -= values[at]
			keyStep[m.county[j]] -= step[at]
		}
	}
	least, leaves, key := math.Inf(1), -1, -1
	for at := range m.basis {
		if step[at] > pivotTolerance {
			if ratio := math.Max(0, values[at]) / step[at]; ratio < least {
				least, leaves = ratio, at
			}
		}
	}
	for c := range m.key {
		if keyStep[c] > pivotTolerance {
			if ratio := math.Max(0, keyValue[c]) / keyStep[c]; ratio < least {
				least, key = ratio, c
			}
		}
	}
	if math.IsInf(least, 1) {
		return false
	}
	if key < 0 {
		m.basis[leaves] = enter
		return true
	}
	for at, j := range m.basis { // another proposal of the county becomes its key
		if j >= 0 && m.county[j] == key {
			m.key[key], m.basis[at] = j, enter
			return true
		}
	}
	m.key[key] = enter // only the county itself moves
	return true
}
