package allocation

import (
	"context"
	"errors"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// diagnosis is the search for what is in conflict in a county without a plan, and for the
// ways out. The rules that are always hard, and the soft ones, are the ground that it stands
// on; what can be kept or given up are atoms: each pin, each ban, and each condition of a hard
// rule that cuts across the network. Atoms are numbered in this order.
type diagnosis struct {
	ctx  context.Context
	g    *programme // without pins and bans; a row for each condition of a hard rule
	pins []pinned
	bans []banned

	rules      []hardRule
	conditions []condition
	units      []unit // that ways out are made of, the easiest to change first
	known      memory
}

// pinned is a pin: teacher t has post p.
type pinned struct {
	t, p int32
	arc  int32 // none where a rule that is always hard excludes the pair
	law  model.RuleID
}

// banned is a ban on a pair that exists.
type banned struct{ t, p, arc int32 }

// none is the arc of a pair that does not exist.
const none int32 = -1

// hardRule is a hard rule that some assignment can break.
type hardRule struct {
	askedRule
	severity   int64
	first, end int // of its conditions
}

// condition is what a hard rule asks of the county, of a school, of a stage of it, or of a
// couple. Of a couple it has a row for each school, of which at most one can be short.
type condition struct {
	rule  int
	parts []part
}

// part is a group with its row.
type part struct {
	group
	row solver.Row
}

// shortfall adds up the shortfalls for a flow.
func (c *condition) shortfall(flow []int64) (sum int64) {
	for i := range c.parts {
		sum += c.parts[i].shortfall(flow)
	}
	return sum
}

// shortfall is the shortfall for a flow.
func (c *part) shortfall(flow []int64) int64 { return c.group.shortfall(c.row.Activity(flow, nil)) }

// unit is what is given up as a whole: a pin, a ban, or a rule.
type unit struct {
	rule     int // -1: a pin or a ban
	atoms    []int
	severity int64
}

// set says of each atom whether it is kept.
type set []bool

// without gives the set less some atoms.
func (s set) without(atoms []int) set {
	rest := slices.Clone(s)
	for _, a := range atoms {
		rest[a] = false
	}
	return rest
}

// add puts atoms into s itself.
func (s set) add(atoms ...int) set {
	for _, a := range atoms {
		s[a] = true
	}
	return s
}

// in reports whether every atom of s is in other.
func (s set) in(other set) bool {
	for a, kept := range s {
		if kept && !other[a] {
			return false
		}
	}
	return true
}

func (s set) count() int {
	kept := 0
	for _, k := range s {
		if k {
			kept++
		}
	}
	return kept
}

func (d *diagnosis) atoms() int              { return len(d.pins) + len(d.bans) + len(d.conditions) }
func (d *diagnosis) conditionAtom(i int) int { return len(d.pins) + len(d.bans) + i }
func (d *diagnosis) banAtom(i int) int       { return len(d.pins) + i }
func (d *diagnosis) set(atoms ...int) set    { return make(set, d.atoms()).add(atoms...) }

// newDiagnosis states a valid county with every atom apart. It takes O(pairs) time for each
// rule that is not off.
func newDiagnosis(ctx context.Context, c *model.County, o *model.Options) *diagnosis {
	n := newInstance(c, o)
	n.setPins()
	pins, bans := n.pins, n.bans
	n.pins, n.bans = map[int32]int32{}, map[[2]int32]bool{}
	// A hard rule with a setting that excludes pairs is a row here, so that it can be given up.
	n.pairRules = slices.DeleteFunc(slices.Clone(n.pairRules), func(r *Rule) bool { return r.setting != nil })
	d := &diagnosis{ctx: ctx, g: newProgramme(n, n.eligiblePairs())}
	d.addRules()
	for _, t := range sortedKeys(pins) {
		pin := pinned{t: t, p: pins[t], arc: d.arc(t, pins[t])}
		if pin.arc == none {
			pin.law = n.forbidden(t, pin.p)
		}
		d.pins = append(d.pins, pin)
	}
	for pair := range bans {
		if arc := d.arc(pair[0], pair[1]); arc != none {
			d.bans = append(d.bans, banned{pair[0], pair[1], arc})
		}
	}
	slices.SortFunc(d.bans, func(a, b banned) int { return int(a.arc) - int(b.arc) })
	d.addUnits()
	d.knowForbidden()
	return d
}

// addRules takes the rows of the hard rules out of the programme.
func (d *diagnosis) addRules() {
	g := d.g
	rows := map[string]int{}
	for r := range g.Rows {
		rows[g.Rows[r].Name] = r
	}
	for i := range g.asked {
		rule := hardRule{askedRule: g.asked[i], severity: severity(g.asked[i].ID), first: len(d.conditions)}
		if rule.Force != model.ForceHard {
			continue
		}
		for _, c := range rule.groups {
			r, found := rows[g.instance.rowName(rule.ID, &c)]
			if !found {
				continue // nothing can break it
			}
			if k := len(d.conditions) - 1; k >= rule.first && c.teacher != "" && c.teacher == d.conditions[k].parts[0].teacher {
				d.conditions[k].parts = append(d.conditions[k].parts, part{c, g.Rows[r]})
				continue
			}
			d.conditions = append(d.conditions, condition{rule: len(d.rules), parts: []part{{c, g.Rows[r]}}})
		}
		if rule.end = len(d.conditions); rule.end > rule.first {
			d.rules = append(d.rules, rule)
		}
	}
}

// addUnits lists what can be given up as a whole, the easiest to change first.
func (d *diagnosis) addUnits() {
	for a := range len(d.pins) + len(d.bans) {
		rule := model.RulePin
		if a >= len(d.pins) {
			rule = model.RuleBan
		}
		d.units = append(d.units, unit{-1, []int{a}, severity(rule)})
	}
	for i, rule := range d.rules {
		u := unit{rule: i, severity: rule.severity}
		for k := rule.first; k < rule.end; k++ {
			u.atoms = append(u.atoms, d.conditionAtom(k))
		}
		d.units = append(d.units, u)
	}
	slices.SortStableFunc(d.units, func(a, b unit) int { return int(a.severity - b.severity) })
}

// arcs gives the first arc of teacher t and the one after the last.
func (d *diagnosis) arcs(t int32) (first, end int32) {
	first = d.g.pairArc[t]
	end = first + int32(len(d.g.pairs.of(int(t))))
	if d.g.mayBeOut(t) {
		end++
	}
	return first, end
}

// arc gives the arc of a pair, or none.
func (d *diagnosis) arc(t, p int32) int32 {
	if i, found := slices.BinarySearch(d.g.pairs.of(int(t)), p); found {
		return d.g.pairArc[t] + int32(i)
	}
	return none
}

// hold adds the rows of the conditions of a set to a programme.
func (d *diagnosis) hold(p *solver.Programme, s set) {
	for i := range d.conditions {
		if s[d.conditionAtom(i)] {
			for _, part := range d.conditions[i].parts {
				p.Rows = append(p.Rows, part.row)
			}
		}
	}
}

// keep closes the arcs that the pins and bans of a set close.
func (d *diagnosis) keep(s set) (upper []int64) {
	upper = slices.Clone(d.g.Upper)
	for i, pin := range d.pins {
		if !s[i] {
			continue
		}
		for a, end := d.arcs(pin.t); a < end; a++ {
			if a != pin.arc {
				upper[a] = 0
			}
		}
	}
	for i, ban := range d.bans {
		if s[d.banAtom(i)] {
			upper[ban.arc] = 0
		}
	}
	return upper
}

// network is the programme of an assignment that keeps the pins and bans of a set, with no
// costs and no rows.
func (d *diagnosis) network(s set, levels ...solver.Level) *solver.Programme {
	return &solver.Programme{Supply: d.g.Supply, Tail: d.g.Tail, Head: d.g.Head, Upper: d.keep(s), Levels: levels}
}

// solve answers a programme and checks the answer in exact integers. It is the native backend
// that answers, whoever planned: the same county gives the same words. The error is
// errStopped or an *solver.InfeasibleError.
func (d *diagnosis) solve(p *solver.Programme, o solver.Options) (*solver.Solution, error) {
	solution, err := native.Solver{}.Solve(d.ctx, p, o)
	var stopped *solver.StoppedError
	switch {
	case errors.As(err, &stopped):
		return nil, errStopped
	case err != nil:
		return nil, err
	}
	return solution, solver.CheckAnswer(p, solution.Flow, solution.Columns)
}

// errStopped says that the time for the diagnosis is up.
var errStopped = errors.New("allocation: the diagnosis was stopped")

// member names an atom.
func (d *diagnosis) member(atom int) Member {
	n := d.g.instance
	if atom < len(d.pins) {
		pin := d.pins[atom]
		return Member{Rule: model.RulePin, Teacher: n.people[pin.t].ID, Post: n.posts[pin.p].id}
	}
	if atom -= len(d.pins); atom < len(d.bans) {
		ban := d.bans[atom]
		return Member{Rule: model.RuleBan, Teacher: n.people[ban.t].ID, Post: n.posts[ban.p].id}
	}
	c := &d.conditions[atom-len(d.bans)]
	rule := d.rules[c.rule].ID
	group := &c.parts[0].group
	m := Member{Rule: rule, Teacher: group.teacher, Stage: group.stage, Asks: n.asks(rule, group, 0)}
	if group.school >= 0 && group.teacher == "" {
		m.School = n.schools[group.school].ID
	}
	return m
}

// asks is what a group asks when its shortfall may be as much as short.
func (n *instance) asks(rule model.RuleID, c *group, short int64) Amount {
	amount := Amount{AtLeast: c.floor, Value: c.bound + short, Unit: UnitPeople}
	switch {
	case rule == model.RulePartners: // yes or no
		return Amount{}
	case rule == model.RuleBudget:
		amount.Unit = UnitFen
	case rule == model.RuleBackbone:
		amount.Value, amount.Unit = int64(n.county.Rules.BackboneShare), UnitShare
	case c.of > 0: // at most so many who should not be counted: at least the rest
		amount.AtLeast, amount.Value = true, c.of-c.bound-short
	case c.floor:
		amount.Value = c.bound - short
	}
	return amount
}
