package allocation

import (
	"errors"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// memory holds what is known of sets of atoms: whole is a set that one assignment keeps, so
// that it keeps every part of it too; broken is a set that none keeps, so that none keeps a set around it.
type memory struct {
	whole, broken []set
	missed        []int // what the last answer of a broken set does not keep of it
}

// answer says what is known of a set.
func (m *memory) answer(s set) (feasible, known bool) {
	for _, w := range m.whole {
		if s.in(w) {
			return true, true
		}
	}
	for _, b := range m.broken {
		if b.in(s) {
			return false, true
		}
	}
	return false, false
}

// core gives the smallest set that is known to be broken within s, or nil.
func (m *memory) core(s set) (core set) {
	for _, b := range m.broken {
		if b.in(s) && (core == nil || b.count() < core.count()) {
			core = b
		}
	}
	return core
}

// knowForbidden notes the pins that no assignment keeps, whatever else is given up, and those
// of a post that their teacher is barred from.
func (d *diagnosis) knowForbidden() {
	for i, pin := range d.pins {
		if pin.arc == none {
			d.known.broken = append(d.known.broken, d.set(i))
			continue
		}
		for k, ban := range d.bans {
			if ban.arc == pin.arc {
				d.known.broken = append(d.known.broken, d.set(i, d.banAtom(k)))
			}
		}
	}
}

// feasible reports whether some assignment keeps every atom of a set. It minimises the
// shortfalls of the conditions, so that the search knows where to go, and stops at a bound above 0,
// or at none.
func (d *diagnosis) feasible(s set) (bool, error) {
	if feasible, known := d.known.answer(s); known {
		return feasible, nil
	}
	p := d.network(s, solver.Level{Name: "shortfall"})
	for i := range d.conditions {
		if s[d.conditionAtom(i)] {
			d.soften(p, &d.conditions[i])
		}
	}
	solution, err := d.solve(p, solver.Options{Gap: anyBound})
	var crowded *solver.InfeasibleError
	switch {
	case errors.As(err, &crowded) && crowded.Vouched == "":
		d.known.broken = append(d.known.broken, d.touched(s, crowded.Nodes))
		return false, nil
	case err != nil:
		return false, err
	}
	kept := d.kept(solution.Flow)
	d.known.whole = append(d.known.whole, kept)
	switch {
	case solution.Levels[0].Objective == 0:
		return true, nil
	case solution.Levels[0].Bound == 0:
		return false, errStopped
	}
	d.known.broken, d.known.missed = append(d.known.broken, slices.Clone(s)), nil
	for a := range s {
		if s[a] && !kept[a] {
			d.known.missed = append(d.known.missed, a)
		}
	}
	return false, nil
}

// near reports whether an atom may have to do with a condition: a condition of the same school
// or of the county, and a pin or ban of somebody whom the condition counts.
func (d *diagnosis) near(atom, condition int) bool {
	c := &d.conditions[condition-d.conditionAtom(0)]
	if i := atom - d.conditionAtom(0); i >= 0 {
		school := d.conditions[i].parts[0].school
		return school < 0 || school == c.parts[0].school
	}
	var t int32
	if atom < len(d.pins) {
		t = d.pins[atom].t
	} else {
		t = d.bans[atom-len(d.pins)].t
	}
	first, end := d.arcs(t)
	return slices.ContainsFunc(c.parts, func(p part) bool {
		i, _ := slices.BinarySearch(p.row.Arc, first) // arcs are in order of teacher
		return i < len(p.row.Arc) && p.row.Arc[i] < end
	})
}

// anyBound is a relative gap that an objective above 0 is within as soon as its bound is 1.
const anyBound = 1 - 1e-12

// soften adds a condition with columns for its shortfall, each at a cost of 1. Of money a
// step is 100 yuan, so that it does not outweigh people.
func (d *diagnosis) soften(p *solver.Programme, c *condition) {
	for i := range c.parts {
		part := &c.parts[i]
		unit := part.unit
		if d.rules[c.rule].ID == model.RuleBudget {
			unit = 100_00
		}
		p.Rows = append(p.Rows, part.with(int32(len(p.Columns)), unit))
		p.Columns = append(p.Columns, solver.Column{Name: part.row.Name, Upper: (part.lack(d.g) + unit - 1) / unit, Cost: []int64{1}})
	}
}

// touched gives the pins and bans of a set that a witness of too few places is about: those
// of its teachers. What leaves its nodes depends on no others, so the witness speaks against them alone.
func (d *diagnosis) touched(s set, nodes []int32) set {
	core := d.set()
	for i, pin := range d.pins {
		_, in := slices.BinarySearch(nodes, pin.t)
		core[i] = s[i] && in
	}
	for i, ban := range d.bans {
		_, in := slices.BinarySearch(nodes, ban.t)
		core[d.banAtom(i)] = s[d.banAtom(i)] && in
	}
	return core
}

// kept gives every atom that a flow keeps.
func (d *diagnosis) kept(flow []int64) set {
	s := d.set()
	for i, pin := range d.pins {
		s[i] = pin.arc != none && flow[pin.arc] == 1
	}
	for i, ban := range d.bans {
		s[d.banAtom(i)] = flow[ban.arc] == 0
	}
	for i := range d.conditions {
		s[d.conditionAtom(i)] = d.conditions[i].shortfall(flow) == 0
	}
	return s
}
