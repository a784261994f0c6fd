package branch

import (
	"cmp"
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/embedded"
	"github.com/xianguan/xianguan/allocation/solver/native/internal/lagrange"
)

const (
	mostClasses  = 24  // distinct coefficients of a row whose classes become aggregates
	traceUnits   = 4.0 // units of a level that a trace of the next one costs in all, at most
	traceLargest = 0.3 // units that its largest cost is worth, at most
	leastClass   = 2   // arcs of an aggregate
)

// problem is a programme with all rows that a search may want. Variables are the arcs, then the columns, then the
// activities of the rows: those of the programme, one for each level, and the aggregates.
type problem struct {
	*solver.Programme
	arcs, structural int
	rows             []lagrange.Row
	step             []int64 // by row: the greatest common divisor of its coefficients, at least 1
	branching        branching
	rowsOf           []int   // by column: in how many rows it stands
	definedBy        []int32 // by column: the row that does nothing but define it, or −1
	firstClass       int     // rows from here on are classes
	classOf          []int32 // by class: the row
	classCoef        []int64 // by class: the coefficient there
	cost             [][]int64
	lower, upper     []int64 // by variable: the face of the levels proven so far
	model            *lagrange.Model
	lp               *embedded.LP
	basis            *embedded.Basis // a basis to fall back on
	rooted           *embedded.Basis // of the relaxation of the last level, before any branch; nil for none
	constant         []int64         // by level: what the arcs cost that are not in the programme any more; nil for nothing
	typical          []float64       // values of arcs and columns: a guess
	weights          []float64       // of the levels in the costs that the basis at hand goes with; nil before any relaxation
	keys             []int32         // by arc: its number in the programme that this one is left of; nil for its own
	incident         []int32         // arcs by node, and where those of each begin; nil before they are asked for
	incidentOf       []int32
	plainEntries     int // of the rows but for the cuts
	cutEntries       int // of the cuts
	sizes            Sizes
	opened           *price // what the opening knows of the first level's prices, until it is used
}

// newProblem states a programme without aggregates, which only a search needs.
func newProblem(p *solver.Programme) *problem {
	b := withoutRows(p)
	b.takeRows()
	return b
}

// withoutRows states the costs and bounds of a programme alone.
func withoutRows(p *solver.Programme) *problem {
	b := &problem{Programme: p, arcs: len(p.Tail), structural: len(p.Tail) + len(p.Columns)}
	b.cost = make([][]int64, len(p.Levels))
	for k := range p.Levels {
		b.cost[k] = b.levelCost(k)
	}
	b.lower, b.upper = make([]int64, b.structural), make([]int64, b.structural)
	copy(b.upper, p.Upper)
	for i, c := range p.Columns {
		b.lower[b.arcs+i], b.upper[b.arcs+i] = c.Lower, c.Upper
	}
	return b
}

// takeRows states the rows of the programme, and one for each level.
func (b *problem) takeRows() {
	b.findDefinitions()
	for r := range b.Rows {
		row := &b.Rows[r]
		lower, upper := row.Lower, row.Upper
		if c := b.defined(r); c >= 0 {
			shift, span := lower, b.Columns[c]
			lower, upper = shift+span.Lower, shift+span.Upper
			b.branching.sums = append(b.branching.sums, int32(r))
		}
		b.addRow(b.gather(row), lower, upper)
	}
	for _, cost := range b.cost {
		b.addRow(sparse(cost), solver.NoLower, solver.NoUpper)
	}
}

// build makes what relaxations need. The aggregates must have been added.
func (b *problem) build() {
	p := b.Programme
	b.buildModel()
	b.lp = embedded.New(p.Supply, p.Tail, p.Head, len(p.Columns), entries(b.rows))
	b.lp.Keys = b.keys
}

// buildModel makes what bounds require.
func (b *problem) buildModel() {
	p := b.Programme
	b.model = lagrange.New(p.Supply, p.Tail, p.Head, len(p.Columns), b.rows)
}

// levelCost is the cost of a level by arc and column.
func (b *problem) levelCost(k int) []int64 {
	cost := make([]int64, b.structural)
	copy(cost, b.Levels[k].Cost)
	for i, c := range b.Columns {
		if c.Cost != nil {
			cost[b.arcs+i] = c.Cost[k]
		}
	}
	return cost
}

// gather joins arcs and columns, sums what stands twice and leaves out what is zero.
func (b *problem) gather(row *solver.Row) lagrange.Row {
	type term struct {
		index int32
		coef  int64
	}
	terms := make([]term, 0, len(row.Arc)+len(row.Column))
	for i, a := range row.Arc {
		terms = append(terms, term{a, row.ArcCoef[i]})
	}
	for i, c := range row.Column {
		if b.definedBy[c] < 0 {
			terms = append(terms, term{int32(b.arcs) + c, row.ColumnCoef[i]})
		}
	}
	byIndex := func(x, y term) int { return cmp.Compare(x.index, y.index) }
	if !slices.IsSortedFunc(terms, byIndex) {
		slices.SortStableFunc(terms, byIndex)
	}
	var out lagrange.Row
	for i := 0; i < len(terms); {
		sum, j := int64(0), i
		for ; j < len(terms) && terms[j].index == terms[i].index; j++ {
			sum += terms[j].coef
		}
		if sum != 0 {
			out.Index, out.Coef = append(out.Index, terms[i].index), append(out.Coef, sum)
		}
		i = j
	}
	return out
}

func sparse(cost []int64) lagrange.Row {
	var row lagrange.Row
	for j, c := range cost {
		if c != 0 {
			row.Index, row.Coef = append(row.Index, int32(j)), append(row.Coef, c)
		}
	}
	return row
}

// addRow appends a row with bounds drawn in to what its variables can reach and to multiples of its step.
func (b *problem) addRow(row lagrange.Row, lower, upper int64) {
	least, most, step := int64(0), int64(0), int64(0)
	for i, j := range row.Index {
		c := row.Coef[i]
		least += min(c*b.lower[j], c*b.upper[j])
		most += max(c*b.lower[j], c*b.upper[j])
		step = gcd(step, c)
	}
	step = max(step, 1)
	lower, upper = max(lower, least), min(upper, most)
	if lower <= upper { // else it is infeasible, and stays so
		lower, upper = ceilDiv(lower, step)*step, floorDiv(upper, step)*step
	}
	b.rows = append(b.rows, row)
	b.step = append(b.step, step)
	b.lower, b.upper = append(b.lower, lower), append(b.upper, upper)
}

// findDefinitions finds the columns that only count. Such a column costs nothing and stands in one row alone, an equation
// that says what it is: Σ a·f − y = b. The linear programme has the activity of that row in its place.
func (b *problem) findDefinitions() {
	rows, last := make([]int, len(b.Columns)), make([]int32, len(b.Columns))
	for r := range b.Rows {
		for _, c := range b.Rows[r].Column {
			rows[c]++
			last[c] = int32(r)
		}
	}
	b.rowsOf, b.definedBy = rows, make([]int32, len(b.Columns))
	taken := map[int32]bool{}
	for c := range b.Columns {
		b.definedBy[c] = -1
		if rows[c] != 1 || taken[last[c]] || b.priced(c) {
			continue
		}
		row := &b.Rows[last[c]]
		if row.Lower == row.Upper && len(row.Column) == 1 && row.ColumnCoef[0] == -1 {
			b.definedBy[c] = last[c]
			taken[last[c]] = true
			b.lower[b.arcs+c], b.upper[b.arcs+c] = 0, 0 // it has no part in the linear programme
		}
	}
}

// define sets the columns that only count to what they count. It changes x and returns it.
func (b *problem) define(x []int64) []int64 {
	for c, r := range b.definedBy {
		if r >= 0 {
			x[b.arcs+c] = 0
			row := &b.Rows[r]
			x[b.arcs+c] = row.Activity(x[:b.arcs], x[b.arcs:]) - row.Lower
		}
	}
	return x
}

// priced reports whether a column costs anything at any level.
func (b *problem) priced(c int) bool {
	for k := range b.cost {
		if b.cost[k][b.arcs+c] != 0 {
			return true
		}
	}
	return false
}

// defined gives the column that a row defines, or −1.
func (b *problem) defined(r int) int32 {
	if row := &b.Rows[r]; len(row.Column) == 1 && b.definedBy[row.Column[0]] == int32(r) {
		return row.Column[0]
	}
	return -1
}

// addAggregates adds a row for every class of arcs that have the same coefficient in a row of the programme, and
// lists what to branch on: sums of equal coefficients first, as they came.
func (b *problem) addAggregates() {
	seen := map[string]bool{}
	plain := len(b.Programme.Rows)
	b.firstClass = len(b.rows)
	for r := range plain {
		if row := b.rows[r]; len(row.Index) >= leastClass && uniform(row.Coef) {
			if !seen[key(row.Index)] && b.defined(r) < 0 {
				b.branching.rows = append(b.branching.rows, int32(r))
			}
			seen[key(row.Index)] = true
		}
	}
	for r := range plain {
		for _, class := range classes(b.rows[r], b.arcs) {
			coef := class.Coef[0]
			class.Coef = slices.Repeat([]int64{1}, len(class.Index))
			if k := key(class.Index); !seen[k] {
				seen[k] = true
				b.branching.rows = append(b.branching.rows, int32(len(b.rows)))
				b.classOf = append(b.classOf, int32(r))
				b.classCoef = append(b.classCoef, coef)
				b.addRow(class, solver.NoLower, solver.NoUpper)
			}
		}
	}
	b.branching.gains = make([]gain, b.structural+len(b.rows))
	for _, row := range b.rows {
		b.plainEntries += len(row.Index)
	}
}

// uniform reports whether all coefficients are the same but for the sign.
func uniform(coefs []int64) bool {
	for _, c := range coefs {
		if c != coefs[0] && c != -coefs[0] {
			return false
		}
	}
	return true
}

// classes splits the arcs of a row by coefficient, in ascending order of it; nil if there are too many classes or
// but one.
func classes(row lagrange.Row, arcs int) []lagrange.Row {
	by := map[int64][]int32{}
	for i, j := range row.Index {
		if int(j) < arcs {
			by[row.Coef[i]] = append(by[row.Coef[i]], j)
			if len(by) > mostClasses {
				return nil
			}
		}
	}
	var coefs []int64
	for c, class := range by {
		if len(class) >= leastClass {
			coefs = append(coefs, c)
		}
	}
	slices.Sort(coefs)
	var out []lagrange.Row
	for _, c := range coefs {
		out = append(out, lagrange.Row{Index: by[c], Coef: slices.Repeat([]int64{c}, len(by[c]))})
	}
	return out
}

// key is the same for the same variables.
func key(index []int32) string {
	out := make([]byte, 0, 4*len(index))
	for _, j := range index {
		out = append(out, byte(j), byte(j>>8), byte(j>>16), byte(j>>24))
	}
	return string(out)
}

func entries(rows []lagrange.Row) [][]embedded.Entry {
	out := make([][]embedded.Entry, len(rows))
	for r, row := range rows {
		out[r] = make([]embedded.Entry, len(row.Index))
		for i, j := range row.Index {
			out[r][i] = embedded.Entry{Index: j, Coef: float64(row.Coef[i])}
		}
	}
	return out
}

// levelRow is the variable that is the activity of level k.
func (b *problem) levelRow(k int) int { return b.structural + len(b.Programme.Rows) + k }

// blended is the cost of level k with a trace of the later levels, which breaks its ties in their favour. Without it
// the relaxation of a level that costs nothing on most arcs is so degenerate that the simplex wanders about, and its
// values say nothing about the later levels. The later levels together cost about as much as a few units of this one, at the
// values typical, and each a quarter of the one before. The weights of the levels are kept.
func (b *problem) blended(k int) []float64 {
	out := floats(b.cost[k])
	if b.weights != nil && b.weights[k] == 1 { // those of the larger programme
		for i, later := range b.cost[k+1:] {
			for j, c := range later {
				out[j] += b.weights[k+1+i] * float64(c)
			}
		}
		return out
	}
	b.weights = make([]float64, len(b.cost))
	b.weights[k] = 1
	share := 1.0
	for i, later := range b.cost[k+1:] {
		total, largest := 0.0, 0.0
		for j, c := range later {
			total += math.Abs(float64(c) * b.typical[j])
			largest = max(largest, math.Abs(float64(c)))
		}
		if largest == 0 {
			continue
		}
		weight := share * min(traceLargest/largest, traceUnits/max(total, 1))
		b.weights[k+1+i] = weight
		for j, c := range later {
			out[j] += weight * float64(c)
		}
		share /= 4
	}
	return out
}

func floats(x []int64) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// value is the cost of level k of values by arc and column.
func (b *problem) value(k int, x []int64) int64 {
	return b.Objective(k, x[:b.arcs], x[b.arcs:])
}

// holds checks values by arc and column against the programme and against the levels held by rows.
func (b *problem) holds(x []int64) bool {
	net := slices.Clone(b.Supply)
	for a := range b.arcs {
		if x[a] < 0 || x[a] > b.Upper[a] {
			return false
		}
		net[b.Tail[a]] -= x[a]
		net[b.Head[a]] += x[a]
	}
	for _, left := range net {
		if left != 0 {
			return false
		}
	}
	for i, c := range b.Columns {
		if y := x[b.arcs+i]; y < c.Lower || y > c.Upper {
			return false
		}
	}
	for r := range b.Programme.Rows {
		row := &b.Programme.Rows[r]
		if s := row.Activity(x[:b.arcs], x[b.arcs:]); s < row.Lower || s > row.Upper {
			return false
		}
	}
	for k := range b.Levels {
		if b.value(k, x) > b.upper[b.levelRow(k)] {
			return false
		}
	}
	return true
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }

// fraction is the distance to the nearest integer.
func fraction(x float64) float64 { return math.Abs(x - math.Round(x)) }
