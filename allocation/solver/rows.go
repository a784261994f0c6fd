package solver

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// Row is a side row: a linear condition that cuts across the network,
//
//	Lower ≤ Σ ArcCoef·f + Σ ColumnCoef·y ≤ Upper.
//
// An exchange share, a budget or the housing of one school is such a row. With rows the
// flow need not have integer optima any more, so its arcs are integer by demand.
type Row struct {
	Name       string // for messages and exports
	Lower      int64  // NoLower where there is none
	Upper      int64  // NoUpper where there is none
	Arc        []int32
	ArcCoef    []int64 // by place in Arc
	Column     []int32
	ColumnCoef []int64 // by place in Column
}

// Column is an integer variable beside the arcs, such as the shortfall on a soft rule or
// the number of filled posts of a hardship tier.
type Column struct {
	Name         string
	Lower, Upper int64   // both finite
	Cost         []int64 // by level; nil is zero at every level
}

// NoLower and NoUpper mark a side of a row that does not bind.
const (
	NoLower = math.MinInt64
	NoUpper = math.MaxInt64
)

// Pure reports whether the programme is a network alone, whose levels have integer optima by themselves.
func (p *Programme) Pure() bool { return len(p.Rows) == 0 && len(p.Columns) == 0 }

// cost is the cost of a unit at a level.
func (c *Column) cost(level int) int64 {
	if c.Cost == nil {
		return 0
	}
	return c.Cost[level]
}

// Activity is the left-hand side of a row. Validate sees to it that it fits.
func (r *Row) Activity(flow, columns []int64) int64 {
	sum := int64(0)
	for i, a := range r.Arc {
		sum += r.ArcCoef[i] * flow[a]
	}
	for i, c := range r.Column {
		sum += r.ColumnCoef[i] * columns[c]
	}
	return sum
}

// validateRows reports the first fault of every row and column.
func (p *Programme) validateRows() error {
	var errs []error
	for c := range p.Columns {
		errs = append(errs, p.validateColumn(c))
	}
	errs = append(errs, p.validateColumnCosts())
	for r := range p.Rows {
		errs = append(errs, p.validateRow(r))
	}
	return errors.Join(errs...)
}

func (p *Programme) validateColumn(c int) error {
	column := &p.Columns[c]
	field := fmt.Sprintf("Columns[%d]", c)
	if column.Lower > column.Upper || column.Lower < -MaxTotal || column.Upper > MaxTotal {
		return &FieldError{field, -1, fmt.Sprintf("from %d to %d", column.Lower, column.Upper),
			fmt.Sprintf("bounds in order, within ±%d", int64(MaxTotal))}
	}
	if column.Cost != nil && len(column.Cost) != len(p.Levels) {
		return &FieldError{field + ".Cost", -1, fmt.Sprintf("%d long", len(column.Cost)), fmt.Sprintf("%d, one for each level, or nil", len(p.Levels))}
	}
	size := max(magnitude(column.Lower), magnitude(column.Upper))
	for k, c := range column.Cost {
		if size > 0 && magnitude(c) > MaxTotal/size {
			return &FieldError{field + ".Cost", k, fmt.Sprint(c), "a cost whose product with the bounds fits"}
		}
	}
	return nil
}

// validateColumnCosts sees to it that Σ|cost|·bound over all columns fits at each level.
func (p *Programme) validateColumnCosts() error {
	for k := range p.Levels {
		sum := uint64(0)
		for c := range p.Columns {
			column := &p.Columns[c]
			if len(column.Cost) != len(p.Levels) {
				continue // nil, or a fault of its own
			}
			hi, lo := bits.Mul64(magnitude(column.Cost[k]), max(magnitude(column.Lower), magnitude(column.Upper)))
			if hi != 0 || lo > MaxTotal-sum {
				return &FieldError{fmt.Sprintf("Columns[%d].Cost", c), k, fmt.Sprint(column.Cost[k]), fmt.Sprintf("Σ|cost|·bound of at most %d", int64(MaxTotal))}
			}
			sum += lo
		}
	}
	return nil
}

// validateRow checks shapes, indices and that no activity can overflow.
func (p *Programme) validateRow(r int) error {
	row := &p.Rows[r]
	field := fmt.Sprintf("Rows[%d]", r)
	if row.Lower > row.Upper {
		return &FieldError{field, -1, fmt.Sprintf("from %d to %d", row.Lower, row.Upper), "bounds in order"}
	}
	if len(row.Arc) != len(row.ArcCoef) || len(row.Column) != len(row.ColumnCoef) {
		return &FieldError{field, -1, fmt.Sprintf("%d arcs with %d coefficients, %d columns with %d", len(row.Arc), len(row.ArcCoef),
			len(row.Column), len(row.ColumnCoef)), "one coefficient for each arc and column"}
	}
	sum := uint64(0)
	add := func(coefficient int64, size uint64) bool {
		m := magnitude(coefficient)
		if size > 0 && m > (MaxTotal-sum)/size {
			return false
		}
		sum += m * size
		return true
	}
	for i, a := range row.Arc {
		if a < 0 || int(a) >= len(p.Tail) {
			return &FieldError{field + ".Arc", i, fmt.Sprint(a), fmt.Sprintf("an arc from 0 to %d", len(p.Tail)-1)}
		}
		if !add(row.ArcCoef[i], uint64(p.Upper[a])) {
			return &FieldError{field + ".ArcCoef", i, fmt.Sprint(row.ArcCoef[i]), "coefficients whose sum over the capacities fits"}
		}
	}
	for i, c := range row.Column {
		if c < 0 || int(c) >= len(p.Columns) {
			return &FieldError{field + ".Column", i, fmt.Sprint(c), fmt.Sprintf("a column from 0 to %d", len(p.Columns)-1)}
		}
		if !add(row.ColumnCoef[i], max(magnitude(p.Columns[c].Lower), magnitude(p.Columns[c].Upper))) {
			return &FieldError{field + ".ColumnCoef", i, fmt.Sprint(row.ColumnCoef[i]), "coefficients whose sum over the bounds fits"}
		}
	}
	return nil
}

// validateColumns reports the first column outside its bounds, or else the first row that does not hold.
func (p *Programme) validateColumns(field string, flow, columns []int64) error {
	if len(columns) != len(p.Columns) {
		return &FieldError{field, -1, fmt.Sprintf("%d long", len(columns)), fmt.Sprint(len(p.Columns))}
	}
	for c, y := range columns {
		if lower, upper := p.Columns[c].Lower, p.Columns[c].Upper; y < lower || y > upper {
			return &FieldError{field, c, fmt.Sprint(y), fmt.Sprintf("from %d to %d", lower, upper)}
		}
	}
	for r := range p.Rows {
		row := &p.Rows[r]
		if sum := row.Activity(flow, columns); sum < row.Lower || sum > row.Upper {
			return &FieldError{field, -1, fmt.Sprintf("%d in row %d (%s)", sum, r, row.Name), fmt.Sprintf("from %d to %d", row.Lower, row.Upper)}
		}
	}
	return nil
}
