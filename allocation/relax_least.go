package allocation

import (
	"errors"
	"fmt"
	"slices"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// relief is how much the rules of a way out are relieved of.
type relief struct {
	wayOut
	kept   set
	rules  []int         // the rules given up, the most severe first
	total  map[int]int64 // by rule: the sum of the shortfalls of its conditions; of the backbone share, the share that is left
	proven bool          // that each is least once those before are
}

// relieve works out the least change of a way out: of the most severe rule first, then, with
// that one held, of the next (a lexicographic elastic programme). Of a rule it is the sum of
// the shortfalls of its conditions; of the backbone share, which multiplies what it is a share of, the share itself.
func (d *diagnosis) relieve(way wayOut) (*relief, error) {
	r := &relief{wayOut: way, kept: d.set(lo.Range(d.atoms())...), total: map[int]int64{}, proven: way.proven}
	for _, i := range way.units {
		u := d.units[i]
		r.kept = r.kept.without(u.atoms)
		if u.rule >= 0 {
			r.rules = append(r.rules, u.rule)
		}
	}
	slices.SortStableFunc(r.rules, func(a, b int) int { return int(d.rules[b].severity - d.rules[a].severity) })
	for i, rule := range r.rules {
		ease := d.ease
		if d.rules[rule].ID == model.RuleBackbone {
			ease = d.easeShare
		}
		if err := ease(r, i); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// keeping is the programme of what a relief keeps: the atoms that are not given up, and the
// first rules of it as far as they are held.
func (d *diagnosis) keeping(r *relief, first int, levels ...solver.Level) *solver.Programme {
	p := d.network(r.kept, levels...)
	d.hold(p, r.kept)
	for _, rule := range r.rules[:first] {
		if d.rules[rule].ID == model.RuleBackbone {
			p.Rows = append(p.Rows, d.shareRows(r.total[rule])...)
			continue
		}
		d.loosen(p, rule, nil, r.total[rule])
	}
	return p
}

// loosen adds the conditions of a rule with a column for the shortfall of each, of a cost by
// level, and a row that holds their sum to a total.
func (d *diagnosis) loosen(p *solver.Programme, rule int, cost []int64, total int64) {
	sum := solver.Row{Name: "relief of " + string(d.rules[rule].ID), Lower: solver.NoLower, Upper: total}
	for k := d.rules[rule].first; k < d.rules[rule].end; k++ {
		for i := range d.conditions[k].parts {
			c := &d.conditions[k].parts[i]
			column := int32(len(p.Columns))
			p.Columns = append(p.Columns, solver.Column{Name: sum.Name, Upper: (c.lack(d.g) + c.unit - 1) / c.unit, Cost: cost})
			p.Rows = append(p.Rows, c.with(column, c.unit))
			sum.Column, sum.ColumnCoef = append(sum.Column, column), append(sum.ColumnCoef, 1)
		}
	}
	p.Rows = append(p.Rows, sum)
}

// shortfalls gives the columns that loosen adds for rules, as small as a flow allows.
func (d *diagnosis) shortfalls(rules []int, flow []int64) (columns []int64) {
	for _, rule := range rules {
		if d.rules[rule].ID == model.RuleBackbone {
			continue // has none
		}
		for k := d.rules[rule].first; k < d.rules[rule].end; k++ {
			for i := range d.conditions[k].parts {
				columns = append(columns, d.conditions[k].parts[i].shortfall(flow))
			}
		}
	}
	return columns
}

// ease finds the least sum of shortfalls of the i-th rule of a relief.
func (d *diagnosis) ease(r *relief, i int) error {
	rule := r.rules[i]
	p := d.keeping(r, i, solver.Level{Name: "shortfall"})
	p.Start, p.StartColumns = r.flow, d.shortfalls(r.rules[:i+1], r.flow)
	d.loosen(p, rule, []int64{1}, solver.NoUpper)
	r.total[rule] = lo.Sum(d.shortfalls(r.rules[i:i+1], r.flow))
	solution, err := d.solve(p, solver.Options{})
	switch {
	case errors.Is(err, errStopped):
		r.proven = false
	case err != nil:
		return err
	default:
		r.flow, r.total[rule] = solution.Flow, solution.Levels[0].Objective
		r.proven = r.proven && solution.Stop == solver.StopOptimal
	}
	return nil
}

// easeShare finds the largest backbone share that can be kept, by bisection: what obeys a share
// obeys every smaller one. It takes at most 14 probes, since a share has 10,000 steps.
func (d *diagnosis) easeShare(r *relief, i int) error {
	low, high := d.shareOf(r.flow), int64(d.g.instance.county.Rules.BackboneShare)
	for low = min(low, high-1); low+1 < high; {
		middle := (low + high) / 2
		p := d.keeping(r, i, solver.Level{Name: "feasible"})
		p.Rows = append(p.Rows, d.shareRows(middle)...)
		solution, err := d.solve(p, solver.Options{})
		var none *solver.InfeasibleError
		switch {
		case errors.Is(err, errStopped):
			r.proven, high = false, low
		case errors.As(err, &none):
			high = middle
		case err != nil:
			return err
		default:
			r.flow, low = solution.Flow, min(high-1, max(middle, d.shareOf(solution.Flow)))
		}
	}
	r.total[r.rules[i]] = low
	return nil
}

// shareRows states the backbone share at another figure: one row, or none where nothing can break it.
func (d *diagnosis) shareRows(share int64) []solver.Row {
	g, n, county := *d.g, *d.g.instance, *d.g.instance.county
	county.Rules.BackboneShare = model.Share(share)
	n.county = &county
	g.instance, g.Programme = &n, &solver.Programme{Levels: d.g.Levels}
	backbone := &askedRule{&ruleBackbone, model.RuleSetting{Force: model.ForceHard}, ruleBackbone.sums(&n, g.pairs)}
	g.addRows(backbone, g.scan(backbone))
	return g.Rows
}

// shareOf is the share of backbone teachers among those whom a flow exchanges, rounded down.
func (d *diagnosis) shareOf(flow []int64) int64 {
	exchanged, backbone := int64(0), int64(0)
	n := d.g.instance
	for t, p := range d.g.assignment(flow) {
		if p >= 0 && n.exchanged(int32(t), p) {
			exchanged++
			if n.people[t].Backbone != model.BackboneNone {
				backbone++
			}
		}
	}
	if exchanged == 0 {
		return int64(model.Whole)
	}
	return int64(model.Whole) * backbone / exchanged
}

// changes lists what a relief changes, with a flow that obeys it.
func (d *diagnosis) changes(r *relief, flow []int64) (changes []Change) {
	for _, i := range r.units {
		u := d.units[i]
		switch {
		case u.rule < 0:
			changes = append(changes, Change{Member: d.member(u.atoms[0])})
		case d.rules[u.rule].ID == model.RuleBackbone:
			share := r.total[u.rule]
			changes = append(changes, Change{Member: d.member(u.atoms[0]), To: share,
				Setting: "exchange.backbone_share=" + model.Share(share).String()})
		default:
			for _, a := range u.atoms {
				c := &d.conditions[a-d.conditionAtom(0)]
				if short := c.shortfall(flow); short > 0 {
					change := Change{Member: d.member(a), To: d.g.instance.asks(d.rules[u.rule].ID, &c.parts[0].group, short).Value}
					change.Setting = d.g.instance.setting(&change)
					changes = append(changes, change)
				}
			}
		}
	}
	return changes
}

// setting gives the line of the settings that makes a change, or "".
func (n *instance) setting(c *Change) string {
	switch {
	case c.Rule == model.RuleBudget:
		return fmt.Sprintf("subsidy.budget=%s", model.Fen(c.To))
	case c.Rule == model.RuleExchange && c.School == "":
		eligible := int64(0)
		for i := range n.people {
			if p := &n.people[i]; n.due(p) && n.schools[p.school].gives() {
				eligible++
			}
		}
		return fmt.Sprintf("exchange.share=%s", model.Share(int64(model.Whole)*c.To/eligible)) // the largest that asks no more
	}
	return ""
}
