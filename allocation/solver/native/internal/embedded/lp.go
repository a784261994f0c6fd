package embedded

import "math"

const (
	primalTolerance   = 1e-7  // by which a value may pass its bound, in units of the variable's scale
	dualTolerance     = 1e-10 // by which a reduced cost may have the wrong sign, in units of the largest cost
	perturbation      = 1e-8  // least amount that is added to the cost of an arc, in the same units; the most is twice this
	pivotTolerance    = 1e-7  // below which an element is no pivot
	fairPivot         = 1e-3  // element of the scaled working matrix that is safe as a pivot
	singularTolerance = 1e-10 // below which no element of the scaled working matrix is a pivot
	dropTolerance     = 1e-12 // below which an element counts as zero
	driftTolerance    = 1e-6  // relative difference of the two computations of a pivot that asks for a new inverse
	mostWeight        = 1e8   // of devex pricing, after which it takes a new frame of reference
	refactorEvery     = 128   // pivots after which the inverse is computed anew
)

// Entry is a coefficient of a side row.
type Entry struct {
	Index int32 // of the variable in a row, of the row in a column
	Coef  float64
}

// Where a variable is. Any place from 0 is one in the complement.
const (
	nonbasic = -1
	inTree   = -2
	outside  = -3 // the activity of a row that is not active
)

// LP is a linear programme and a basis of it. Variables are the arcs, then the columns, then the activities of the
// rows. It is not safe for concurrent use.
type LP struct {
	nodes, arcs, structural int // structural: arcs and columns
	root                    int32
	tail, head              []int32
	supply                  []float64
	rows                    [][]Entry // by row: variables
	first                   []int32   // by structural variable: where its entries begin
	entries                 []Entry   // by structural variable: rows

	// Keys decide the noise on the cost of each arc; nil for its number. An arc that keeps its key in a smaller programme
	// keeps its noise there, or thousands of pivots would only go from one noise to the other.
	Keys []int32
	// Lower and Upper are the bounds by variable. After a change call Rebound.
	Lower, Upper []float64
	cost         []float64 // with noise and shifts; of an activity a shift alone
	unshifted    []float64 // without the shifts
	exact        bool      // without noise, and with shifts of a tolerance alone
	scale        []float64 // by row: the largest coefficient
	same         []float64 // by row: its only coefficient, or zero
	costScale    float64

	x          []float64
	d          []float64 // reduced costs of nonbasic variables
	where      []int32
	wentBack   *Basis      // to which SetBasis went, until Rebound; nil where it does not say where nonbasic variables are
	weight     []float64   // of basic variables, for the choice of the leaving one
	treeWeight []float64   // likewise of artificial tree arcs, by node
	live       []candidate // arcs and columns of the working set that are not fixed, or are basic
	liveAt     []int32     // by structural variable that is there: its place
	listed     []listing   // by active row: its entries there
	outside    []bool      // by structural variable: not in the working set, see sifting.go
	room       float64     // of the variables outside; infinite where there are none
	all        bool        // the next row is of those outside as well
	siftFrom   int         // siftLeast, but in tests
	stale      bool        // live and the rows have to be listed anew
	tree       tree
	treeX      []float64 // by node, the flow on an artificial tree arc upwards
	beyond     []float64 // by node: the square of the distance of the tree arc above it to the bound that it passes, 0 where it passes none
	rowAt      []int32   // by row: its place in active, or −1
	active     []int32   // rows
	comp       []int32   // by place: the complement variable
	w          [][]float64
	pivots     int // since the last inverse
	Pivots     int64
	work       workspace
	failing    int // new inverses in a row without a pivot between
}

// candidate is a variable that may enter, or a basic one, as pricing reads it.
type candidate struct {
	index      int32
	tail, head int32 // the root twice for a column
}

// listing is a row as pricing reads it: places in live, and coefficients, which are none where all are the same.
type listing struct {
	live []int32
	coef []float64
	same float64
}

type workspace struct {
	mu, mu2, flow, treeDelta []float64 // by node and the root
	rho, g, compDelta        []float64 // by place
	multiple                 multiple
	blank                    []float64 // by structural variable: zeros between uses
	worth                    []float64 // by place in live: its entries at the prices; zeros between uses
	pivotRow                 []Entry   // its elements that are not zero: structural variables in ascending order, then activities
	moved                    []int32   // nodes whose treeDelta roundTree has set
	isMoved                  []bool    // by node
	dense                    bool      // treeDelta is set beyond them
	ratios                   []ratio
}

// New builds the programme with every variable nonbasic, no active row and a star of artificial arcs as the tree.
func New(supply []int64, tail, head []int32, columns int, rows [][]Entry) *LP {
	lp := &LP{
		nodes: len(supply), arcs: len(tail), structural: len(tail) + columns, root: int32(len(supply)),
		tail: tail, head: head, rows: rows, costScale: 1,
	}
	lp.supply = make([]float64, lp.nodes)
	for v, b := range supply {
		lp.supply[v] = float64(b)
	}
	variables := lp.structural + len(rows)
	lp.unshifted = make([]float64, variables)
	lp.Lower, lp.Upper = make([]float64, variables), make([]float64, variables)
	lp.cost, lp.x, lp.d = make([]float64, variables), make([]float64, variables), make([]float64, variables)
	lp.where = make([]int32, variables)
	lp.rowAt, lp.scale, lp.same = make([]int32, len(rows)), make([]float64, len(rows)), make([]float64, len(rows))
	for j := range lp.where {
		lp.where[j] = nonbasic
		if j >= lp.structural {
			lp.where[j] = outside
			lp.rowAt[j-lp.structural] = -1
		}
	}
	lp.transpose()
	lp.tree = newTree(lp.nodes)
	lp.treeX, lp.beyond = make([]float64, lp.nodes), make([]float64, lp.nodes)
	w := &lp.work
	for _, s := range []*[]float64{&w.mu, &w.mu2, &w.flow, &w.treeDelta} {
		*s = make([]float64, lp.nodes+1)
	}
	w.blank, w.isMoved = make([]float64, lp.structural), make([]bool, lp.nodes+1)
	lp.outside, lp.room, lp.siftFrom = make([]bool, lp.structural), math.Inf(1), siftLeast
	lp.liveAt = make([]int32, lp.structural)
	lp.weight, lp.treeWeight = make([]float64, variables), make([]float64, lp.nodes)
	lp.resetWeights()
	return lp
}

// transpose lists the entries by variable and takes the scale of every row.
func (lp *LP) transpose() {
	lp.first = make([]int32, lp.structural+1)
	for r, row := range lp.rows {
		lp.scale[r], lp.same[r] = 1, 0
		if len(row) > 0 {
			lp.same[r] = row[0].Coef
		}
		for _, e := range row {
			lp.first[e.Index+1]++
			lp.scale[r] = max(lp.scale[r], math.Abs(e.Coef))
			if e.Coef != lp.same[r] {
				lp.same[r] = 0
			}
		}
	}
	for j := range lp.structural {
		lp.first[j+1] += lp.first[j]
	}
	lp.entries = make([]Entry, lp.first[lp.structural])
	at := append([]int32(nil), lp.first...)
	for r, row := range lp.rows {
		for _, e := range row {
			lp.entries[at[e.Index]] = Entry{int32(r), e.Coef}
			at[e.Index]++
		}
	}
}

func (lp *LP) resetWeights() {
	for j := range lp.weight {
		lp.weight[j] = 1
	}
	for v := range lp.treeWeight {
		lp.treeWeight[v] = 1
	}
}

func (lp *LP) column(j int32) []Entry { return lp.entries[lp.first[j]:lp.first[j+1]] }

// SetTree takes over a spanning tree by node: the parent (len(supply) is the root) and the arc to it, −1 for an
// artificial one. No row is active afterwards.
func (lp *LP) SetTree(parent, arc []int32) {
	for j := range lp.where {
		lp.where[j] = nonbasic
		if j >= lp.structural {
			lp.where[j] = outside
		}
	}
	for r := range lp.rowAt {
		lp.rowAt[r] = -1
	}
	lp.active, lp.comp, lp.w = lp.active[:0], lp.comp[:0], lp.w[:0]
	lp.grow()
	lp.resetWeights()
	lp.stale = true
	copy(lp.tree.parent, parent)
	copy(lp.tree.arc, arc)
	for v, a := range arc {
		if a >= 0 {
			lp.where[a] = inTree
			lp.tree.up[v] = lp.tail[a] == int32(v)
		}
	}
	lp.tree.order()
}

// SetCost sets the costs of arcs and columns. A little noise, the same at every call, is added to those of arcs. On a
// network most pivots would else be between ties, and the dual simplex could go round among them for ever
// (Koberstein 2005, ch. 6). Nobody who proves a bound in the true costs loses more than the noise by it.
func (lp *LP) SetCost(cost []float64) {
	lp.SetExactCost(cost)
	lp.exact = false
	for j := range lp.arcs {
		key := uint64(j)
		if lp.Keys != nil {
			key = uint64(lp.Keys[j])
		}
		lp.cost[j] += perturbation * lp.costScale * (1 + math.Ldexp(float64(scramble(key)>>11), -53))
	}
	copy(lp.unshifted, lp.cost)
}

// SetExactCost sets the costs of arcs and columns without noise: for the last few units of a bound, from a basis that is optimal with it.
func (lp *LP) SetExactCost(cost []float64) {
	lp.exact = true
	copy(lp.cost, cost)
	clear(lp.cost[lp.structural:])
	lp.costScale = 1
	for _, c := range cost {
		lp.costScale = max(lp.costScale, math.Abs(c))
	}
	copy(lp.unshifted, lp.cost)
}

// scramble gives bits that look random (splitmix64: Steele, Lea and Flood, Fast splittable pseudorandom number
// generators, 2014).
func scramble(key uint64) uint64 {
	z := (key + 1) * 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// Rebound prepares for bounds or costs that have changed: it prices all variables, puts the nonbasic ones where
// their reduced costs ask for and computes the basic ones.
func (lp *LP) Rebound() {
	lp.putBack()
	lp.reprice()
	lp.gather()
	lp.computeValues()
}

// reprice prices all variables and puts the nonbasic ones where their reduced costs ask for.
func (lp *LP) reprice() {
	lp.price()
	for j := range int32(lp.structural) {
		lp.place(j)
	}
	for _, r := range lp.active {
		lp.place(int32(lp.structural) + r)
	}
}

// list lists the variables of the working set that may enter or are basic, and their entries in the active rows.
func (lp *LP) list() {
	lp.stale = false
	lp.live = lp.live[:0]
	for len(lp.listed) < len(lp.active) {
		lp.listed = append(lp.listed, listing{})
	}
	for at, r := range lp.active {
		l := &lp.listed[at]
		l.live, l.coef, l.same = l.live[:0], l.coef[:0], lp.same[r]
	}
	for j := range int32(lp.structural) {
		if lp.outside[j] && !lp.all || lp.Lower[j] >= lp.Upper[j] && lp.where[j] == nonbasic {
			continue
		}
		place := int32(len(lp.live))
		for _, e := range lp.column(j) {
			if at := lp.rowAt[e.Index]; at >= 0 {
				l := &lp.listed[at]
				l.live = append(l.live, place)
				if l.same == 0 {
					l.coef = append(l.coef, e.Coef)
				}
			}
		}
		c := candidate{j, lp.root, lp.root}
		if int(j) < lp.arcs {
			c.tail, c.head = lp.tail[j], lp.head[j]
		}
		lp.liveAt[j] = place
		lp.live = append(lp.live, c)
	}
	for len(lp.work.worth) < len(lp.live) {
		lp.work.worth = append(lp.work.worth, 0)
	}
}

// place puts a nonbasic variable where its reduced cost asks for, or, where a shift of its cost will do, leaves it at the nearer bound.
func (lp *LP) place(j int32) {
	if lp.where[j] != nonbasic {
		return
	}
	most := lp.mostShift(j)
	above := math.Abs(lp.x[j]-lp.Upper[j]) < math.Abs(lp.x[j]-lp.Lower[j])
	switch d := lp.d[j]; {
	case d > most:
		above = false
	case d < -most:
		above = true
	}
	lp.x[j] = lp.Lower[j]
	if above {
		lp.x[j] = lp.Upper[j]
	}
	lp.shift(j)
}

// Active counts the rows that are in the basis.
func (lp *LP) Active() int { return len(lp.active) }

// Value is the present value of an arc or a column.
func (lp *LP) Value(j int) float64 { return lp.x[j] }

// Cost is the cost of a variable with its noise.
func (lp *LP) Cost(j int) float64 { return lp.cost[j] }

// Hint says at which bound a variable without a reduced cost should be: the nearer one to value.
func (lp *LP) Hint(j int, value float64) { lp.x[j] = value }

// Activity is the value of a row, active or not.
func (lp *LP) Activity(r int) float64 {
	sum := 0.0
	for _, e := range lp.rows[r] {
		sum += e.Coef * lp.x[e.Index]
	}
	return sum
}

// Activities computes the values of all rows, in time of the entries of nonzero variables.
func (lp *LP) Activities(out []float64) {
	clear(out)
	for j, x := range lp.x[:lp.structural] {
		if x != 0 {
			for _, e := range lp.column(int32(j)) {
				out[e.Index] += e.Coef * x
			}
		}
	}
}

// Objective is the cost of the present values: once dual feasible, a lower bound up to rounding.
func (lp *LP) Objective() float64 {
	sum := 0.0
	for j, x := range lp.x[:lp.structural] {
		if x != 0 {
			sum += lp.cost[j] * x
		}
	}
	for _, r := range lp.active {
		sum += lp.cost[lp.structural+int(r)] * lp.x[lp.structural+int(r)]
	}
	return sum
}
