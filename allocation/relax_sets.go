package allocation

import (
	"errors"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
)

// relaxationLimit is how long the menu is.
const relaxationLimit = 5

// wayOut is a choice of units without which the others can be kept.
type wayOut struct {
	units    []int // places in diagnosis.units, ascending
	severity int64
	flow     []int64 // an assignment that keeps the others
	proven   bool    // no part of the units would do, and no other way out of less severity was left
}

// menu lists the minimal ways out in order of severity, then of their number of units, each with its
// least changes; more says that there are others, or that time ran out.
//
// Every minimal way out meets every conflict, and the other way round (Reiter, A theory of
// diagnosis from first principles, Artificial Intelligence 32, 1987). They are found in order of weight by
// an elastic programme with one clause more after each, as CAMUS does with clauses of a formula
// (Liffiton and Sakallah, Algorithms for computing minimal unsatisfiable subsets of constraints,
// Journal of Automated Reasoning 40, 2008; elastic programmes: Chinneck and Dravnieks, Locating minimal
// infeasible constraint sets in linear programs, ORSA Journal on Computing 3, 1991). As every
// weight is positive, a way out of least weight that holds none of those before has no part that would do.
func (d *diagnosis) menu() (reliefs []*relief, more bool, err error) {
	e := d.newElastic()
	for {
		way, err := e.least()
		var none *solver.InfeasibleError
		switch {
		case errors.As(err, &none):
			return reliefs, false, nil
		case err != nil || len(reliefs) == relaxationLimit:
			return reliefs, true, err
		}
		err = d.within(relaxationLimit-len(reliefs), func() error {
			relief, err := d.relieve(way)
			reliefs = append(reliefs, relief)
			return err
		})
		if err != nil {
			return nil, true, err
		}
		if !way.proven {
			return reliefs, true, errStopped
		}
		e.exclude(way)
	}
}

// elastic is a programme in which every unit may be given up, at the price of its severity:
// a pin by the arcs beside it, a ban by its arc, a rule by a column that opens all its rows.
type elastic struct {
	*diagnosis
	p      *solver.Programme
	column []int32 // by rule
}

func (d *diagnosis) newElastic() *elastic {
	severity, number := make([]int64, len(d.g.Tail)), make([]int64, len(d.g.Tail))
	e := &elastic{diagnosis: d, p: d.network(d.set(),
		solver.Level{Name: "severity", Cost: severity}, solver.Level{Name: "number", Cost: number})}
	for _, rule := range d.rules {
		c := int32(len(e.p.Columns))
		e.column = append(e.column, c)
		e.p.Columns = append(e.p.Columns, solver.Column{Name: "without " + string(rule.ID), Upper: 1, Cost: []int64{rule.severity, 1}})
		for k := rule.first; k < rule.end; k++ {
			for i := range d.conditions[k].parts {
				part := &d.conditions[k].parts[i]
				e.p.Rows = append(e.p.Rows, part.with(c, part.lack(d.g)))
			}
		}
	}
	for _, u := range d.units {
		for _, a := range e.given(u) {
			severity[a] += u.severity
			number[a]++
		}
	}
	return e
}

// given lists the arcs that carry one unit of flow when a pin or a ban is given up, and none
// when it is kept.
func (d *diagnosis) given(u unit) (arcs []int32) {
	if u.rule >= 0 {
		return nil
	}
	if a := u.atoms[0] - len(d.pins); a >= 0 {
		return []int32{d.bans[a].arc}
	}
	pin := d.pins[u.atoms[0]]
	for a, end := d.arcs(pin.t); a < end; a++ {
		if a != pin.arc {
			arcs = append(arcs, a)
		}
	}
	return arcs
}

// least gives the way out of least severity that is left.
func (e *elastic) least() (wayOut, error) {
	solution, err := e.solve(e.p, solver.Options{})
	if err != nil {
		return wayOut{}, err
	}
	way := wayOut{flow: solution.Flow, proven: solution.Stop == solver.StopOptimal, severity: solution.Levels[0].Objective}
	for i, u := range e.units {
		if u.rule >= 0 {
			if solution.Columns[e.column[u.rule]] == 1 {
				way.units = append(way.units, i)
			}
		} else if slices.ContainsFunc(e.given(u), func(a int32) bool { return solution.Flow[a] == 1 }) {
			way.units = append(way.units, i)
		}
	}
	return way, nil
}

// exclude adds the clause that a way out is not given up as a whole again.
func (e *elastic) exclude(way wayOut) {
	row := solver.Row{Name: "another way out", Lower: solver.NoLower, Upper: int64(len(way.units)) - 1}
	for _, i := range way.units {
		u := e.units[i]
		if u.rule >= 0 {
			row.Column, row.ColumnCoef = append(row.Column, e.column[u.rule]), append(row.ColumnCoef, 1)
		}
		for _, a := range e.given(u) {
			row.Arc, row.ArcCoef = append(row.Arc, a), append(row.ArcCoef, 1)
		}
	}
	e.p.Rows = append(e.p.Rows, row)
}

// with is the row of a condition with a column that takes so much off what it asks.
func (c *part) with(column int32, unit int64) solver.Row {
	row := c.row
	if !c.floor {
		unit = -unit
	}
	row.Column, row.ColumnCoef = []int32{column}, []int64{unit}
	return row
}

// lack is how far at most the sum of a condition can be from its bound. The arcs of one
// teacher stand together in a row, and carry one unit at most.
func (c *part) lack(g *programme) int64 {
	least, most := int64(0), int64(0)
	for i := 0; i < len(c.row.Arc); {
		teacher := g.Tail[c.row.Arc[i]]
		low, high := int64(0), int64(0)
		for ; i < len(c.row.Arc) && g.Tail[c.row.Arc[i]] == teacher; i++ {
			low, high = min(low, c.row.ArcCoef[i]), max(high, c.row.ArcCoef[i])
		}
		least, most = least+low, most+high
	}
	if c.floor {
		return c.bound - least
	}
	return most - c.bound
}
