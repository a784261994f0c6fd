package solver

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// WriteMPS writes one level of a valid programme in the free MPS format that HiGHS, CBC, SCIP and GLPK read: minimise
// the level while each level before it costs at most what held says, which is its optimum or what it ended with (one value a level; nil
// for level 0). A lexicographic optimum so takes one file a level, each written when the level before is solved. The
// constant of the level is in the objective: as its right-hand side, with the sign turned, which all these readers take so.
//
// All variables are integer. Arc i is a<i>, column i is y<i>, node i is the row n<i>, side row i is r<i>, a held level
// i is the row h<i> and the objective is z; comments give the names that the programme itself has for its levels,
// rows and columns. The same input gives the same bytes. A row that bounds nothing is left out.
//
// Numbers are written in full. A solver that reads floats rounds those beyond 2⁵³. The error is a [*FieldError], or
// what w returns. It takes O(arcs + entries of the rows) time and memory.
func WriteMPS(w io.Writer, p *Programme, level int, held []int64) error {
	if level < 0 || level >= len(p.Levels) {
		return &FieldError{"level", -1, fmt.Sprint(level), fmt.Sprintf("from 0 to %d", len(p.Levels)-1)}
	}
	if len(held) != level {
		return &FieldError{"held", -1, fmt.Sprintf("%d long", len(held)), fmt.Sprintf("%d, one for each level before", level)}
	}
	out := bufio.NewWriterSize(w, 1<<16)
	m := &mps{p: p, level: level, held: held, out: out}
	m.writeNames()
	m.writeRows()
	m.writeColumns()
	m.writeRightHandSides()
	m.writeBounds()
	out.WriteString("ENDATA\n")
	return out.Flush() // a writer keeps its first error
}

type mps struct {
	p     *Programme
	level int
	held  []int64
	out   *bufio.Writer
}

// line writes words and numbers with a space before each.
func (m *mps) line(words ...any) {
	for _, word := range words {
		fmt.Fprint(m.out, " ", word)
	}
	m.out.WriteByte('\n')
}

func (m *mps) name(prefix string, i int) string { return prefix + strconv.Itoa(i) }

// writeNames writes a comment for each thing that has a name. A name is one line, whatever it holds.
func (m *mps) writeNames() {
	comment := func(code, name string) {
		if name != "" {
			fmt.Fprintf(m.out, "* %s: %s\n", code, strings.Join(strings.Fields(name), " "))
		}
	}
	comment("z", m.p.Levels[m.level].Name)
	for k := range m.held {
		comment(m.name("h", k), m.p.Levels[k].Name)
	}
	for r := range m.p.Rows {
		comment(m.name("r", r), m.p.Rows[r].Name)
	}
	for c := range m.p.Columns {
		comment(m.name("y", c), m.p.Columns[c].Name)
	}
	fmt.Fprintf(m.out, "NAME level%d FREE\n", m.level)
}

// rowBounds brings bounds that no activity can reach, which validation keeps within ±MaxTotal, to one beyond it. So
// the width of a row fits; open tells of sides that do not bind.
func (r *Row) rowBounds() (lower, upper int64, openBelow, openAbove bool) {
	lower, upper = max(r.Lower, -MaxTotal-1), min(r.Upper, MaxTotal+1)
	return min(lower, MaxTotal+1), max(upper, -MaxTotal-1), r.Lower < -MaxTotal, r.Upper > MaxTotal
}

// kind is the MPS type of a row: N where it does not bind.
func (r *Row) kind() byte {
	lower, upper, openBelow, openAbove := r.rowBounds()
	switch {
	case openBelow && openAbove:
		return 'N'
	case openBelow:
		return 'L'
	case openAbove:
		return 'G'
	case lower == upper:
		return 'E'
	}
	return 'L' // with a range
}

func (m *mps) writeRows() {
	m.out.WriteString("ROWS\n N z\n")
	for v := range m.p.Supply {
		m.line("E", m.name("n", v))
	}
	for k := range m.held {
		m.line("L", m.name("h", k))
	}
	for r := range m.p.Rows {
		if kind := m.p.Rows[r].kind(); kind != 'N' {
			m.line(string(kind), m.name("r", r))
		}
	}
}

// entry is the coefficient of a variable in a side row.
type entry struct {
	row         int32
	coefficient int64
}

// entries lists the side rows of each variable, the arcs first, by row. An arc or column that a row lists twice has
// the sum, as readers refuse double entries.
func (p *Programme) entries() [][]entry {
	by := make([][]entry, len(p.Tail)+len(p.Columns))
	add := func(variable, r int, coefficient int64) {
		list := by[variable]
		if n := len(list); n > 0 && int(list[n-1].row) == r {
			list[n-1].coefficient += coefficient
			return
		}
		by[variable] = append(list, entry{int32(r), coefficient})
	}
	for r := range p.Rows {
		row := &p.Rows[r]
		if row.kind() == 'N' {
			continue
		}
		for i, a := range row.Arc {
			add(int(a), r, row.ArcCoef[i])
		}
		for i, c := range row.Column {
			add(len(p.Tail)+int(c), r, row.ColumnCoef[i])
		}
	}
	return by
}

func (m *mps) writeColumns() {
	p := m.p
	m.out.WriteString("COLUMNS\n M0 'MARKER' 'INTORG'\n")
	entries := p.entries()
	for a := range p.Tail {
		m.writeColumn(m.name("a", a), func(k int) int64 { return p.reducedCost(k, nil, a) }, func(put func(row string, coefficient int64)) {
			if p.Tail[a] != p.Head[a] {
				put(m.name("n", int(p.Tail[a])), 1)
				put(m.name("n", int(p.Head[a])), -1)
			}
		}, entries[a])
	}
	for c := range p.Columns {
		m.writeColumn(m.name("y", c), p.Columns[c].cost, func(func(string, int64)) {}, entries[len(p.Tail)+c])
	}
	m.out.WriteString(" M1 'MARKER' 'INTEND'\n")
}

// writeColumn writes the objective even where it is 0, since a column is made known by an entry.
func (m *mps) writeColumn(name string, cost func(level int) int64, network func(put func(row string, coefficient int64)), rows []entry) {
	put := func(row string, coefficient int64) {
		if coefficient != 0 {
			m.line(name, row, coefficient)
		}
	}
	m.line(name, "z", cost(m.level))
	network(put)
	for k := range m.held {
		put(m.name("h", k), cost(k))
	}
	for _, e := range rows {
		put(m.name("r", int(e.row)), e.coefficient)
	}
}

// writeRightHandSides writes RHS and RANGES. A range of width R makes of an L row with right-hand side b the
// condition b − R ≤ row ≤ b.
func (m *mps) writeRightHandSides() {
	put := func(set, row string, value int64) {
		if value != 0 {
			m.line(set, row, value)
		}
	}
	m.out.WriteString("RHS\n")
	put("RHS", "z", -m.p.Levels[m.level].Constant)
	for v, b := range m.p.Supply {
		put("RHS", m.name("n", v), b)
	}
	for k, value := range m.held {
		put("RHS", m.name("h", k), value)
	}
	for r := range m.p.Rows {
		switch lower, upper, _, _ := m.p.Rows[r].rowBounds(); m.p.Rows[r].kind() {
		case 'G':
			put("RHS", m.name("r", r), lower)
		case 'L', 'E':
			put("RHS", m.name("r", r), upper)
		}
	}
	ranged := func(row Row) bool {
		_, _, openBelow, _ := row.rowBounds()
		return row.kind() == 'L' && !openBelow
	}
	if slices.ContainsFunc(m.p.Rows, ranged) {
		m.out.WriteString("RANGES\n")
	}
	for r := range m.p.Rows {
		if row := &m.p.Rows[r]; ranged(*row) {
			lower, upper, _, _ := row.rowBounds()
			put("RNG", m.name("r", r), upper-lower)
		}
	}
}

// writeBounds writes both bounds of every variable but a lower bound of 0, as readers differ in the upper bound of
// an integer that has none.
func (m *mps) writeBounds() {
	bound := func(name string, lower, upper int64) {
		if lower == upper {
			m.line("FX", "BND", name, lower)
			return
		}
		if lower != 0 {
			m.line("LO", "BND", name, lower)
		}
		m.line("UP", "BND", name, upper)
	}
	m.out.WriteString("BOUNDS\n")
	for a, u := range m.p.Upper {
		bound(m.name("a", a), 0, u)
	}
	for c := range m.p.Columns {
		bound(m.name("y", c), m.p.Columns[c].Lower, m.p.Columns[c].Upper)
	}
}
