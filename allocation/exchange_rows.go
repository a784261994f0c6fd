package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// changes gives, for each group of a rule, what each move adds to its sum.
func (g *exchangeProgramme) changes(rule *askedRule) []groupChange {
	all := make([]groupChange, len(rule.groups))
	var now, then []entry
	for t := range g.x.n.people {
		moves := g.x.of(t)
		if len(moves) == 0 {
			continue
		}
		now = rule.count(now[:0], int32(t), moves[0].from)
		for i := range moves {
			then = rule.count(then[:0], int32(t), moves[i].to)
			for _, c := range then {
				all[c.group].add(g.x.first[t]+int32(i), c.count)
			}
			for _, c := range now {
				all[c.group].add(g.x.first[t]+int32(i), -c.count)
			}
		}
	}
	return all
}

// groupChange is what moves add to one sum.
type groupChange struct {
	move []int32 // ascending
	by   []int64
}

// add counts a move once more.
func (c *groupChange) add(m int32, by int64) {
	if last := len(c.move) - 1; last >= 0 && c.move[last] == m {
		c.by[last] += by
		return
	}
	c.move, c.by = append(c.move, m), append(c.by, by)
}

// reach is how far the moves can take the sum: each person makes one of theirs or none.
func (c *groupChange) reach(x *trade) (r reach) {
	for i := 0; i < len(c.move); {
		low, high := int64(0), int64(0)
		person := x.moves[c.move[i]].person
		for ; i < len(c.move) && x.moves[c.move[i]].person == person; i++ {
			low, high = min(low, c.by[i]), max(high, c.by[i])
		}
		r.least += low
		r.most += high
	}
	return r
}

// addRule adds a row for each group of a rule that the moves can break or mend, with a column for its shortfall
// where the rule is soft.
func (g *exchangeProgramme) addRule(place int) {
	rule := &g.asked[place]
	arcs := g.moveArcs()
	for k, change := range g.changes(rule) {
		c := rule.groups[k]
		c.bound -= g.stay[place][k]
		sum := change.reach(g.x)
		lack := c.bound - sum.least
		if !c.floor {
			lack = sum.most - c.bound
		}
		soft := rule.Force == model.ForceSoft
		switch {
		case lack <= 0: // never short
			continue
		case soft && sum == reach{}: // always as short
			g.Levels[g.level(ruleLevel(rule.ID))].Constant += int64(rule.Weight) * c.shortfall(0)
			continue
		case !soft && ((c.floor && sum.most < c.bound) || (!c.floor && sum.least > c.bound)):
			g.broken = append(g.broken, g.x.n.condition(rule, &rule.groups[k]))
			continue
		}
		row := solver.Row{Name: g.x.n.rowName(rule.ID, &c), Lower: solver.NoLower, Upper: c.bound}
		unit := -c.unit
		if c.floor {
			row.Lower, row.Upper, unit = c.bound, solver.NoUpper, c.unit
		}
		for i, m := range change.move {
			for _, a := range arcs[m] {
				if change.by[i] != 0 {
					row.Arc, row.ArcCoef = append(row.Arc, a), append(row.ArcCoef, change.by[i])
				}
			}
		}
		if soft {
			cost := make([]int64, len(g.Levels))
			cost[g.level(ruleLevel(rule.ID))] = int64(rule.Weight)
			row.Column, row.ColumnCoef = []int32{int32(len(g.Columns))}, []int64{unit}
			g.Columns = append(g.Columns, solver.Column{Name: row.Name, Upper: (lack + c.unit - 1) / c.unit, Cost: cost})
			g.slack = append(g.slack, slack{row: len(g.Rows), group: c})
		}
		g.Rows = append(g.Rows, row)
	}
}

// addBackbone adds a row that says nothing new of whole people, but much of fractions of them. With the exchange share asking
// for e people and short by y, at least e − y are exchanged, so with the backbone share short by z
//
//	|B| + z ≥ ⌈share · (e − y)⌉ ≥ ⌈share · e⌉ − y,
//
// where the row of the backbone share only has |B| + z ≥ share · (e − y). A soft share has its shortfall as columns, and what is
// short whatever moves as a constant; a hard one is never short.
func (g *exchangeProgramme) addBackbone() {
	row := solver.Row{Name: "whole backbone teachers", Upper: solver.NoUpper}
	asked := int64(0)
	for i := range g.asked {
		rule := &g.asked[i]
		if !isShare(rule.ID) {
			continue
		}
		if rule.ID == model.RuleExchange {
			for k := range rule.groups {
				asked += rule.groups[k].bound
			}
		}
		if rule.Force == model.ForceSoft {
			for c := range g.Columns {
				if g.Columns[c].Cost[g.level(ruleLevel(rule.ID))] > 0 {
					row.Column, row.ColumnCoef = append(row.Column, int32(c)), append(row.ColumnCoef, 1)
				}
			}
		}
	}
	row.Lower = ceilShare(g.x.n.county.Rules.BackboneShare, asked)
	row.Lower -= g.Levels[g.level(ExchangeLevelShare)].Constant + g.Levels[g.level(ExchangeLevelBackbone)].Constant
	for a, s := range g.steps {
		if s.move >= 0 && g.x.exchangesBackbone(&g.x.moves[s.move]) {
			row.Arc, row.ArcCoef = append(row.Arc, int32(a)), append(row.ArcCoef, 1)
		}
	}
	if row.Lower > 0 {
		g.Rows = append(g.Rows, row)
	}
}

// exchangesBackbone reports whether a move exchanges a backbone teacher.
func (x *trade) exchangesBackbone(m *move) bool {
	return x.n.people[m.person].Backbone != model.BackboneNone && x.n.exchanged(m.person, m.to)
}

// addSums gives the search the numbers that the shares and the soft level make fractional, as integer columns to branch on: how
// many backbone teachers are exchanged, how many others, how many are compelled, and how many more teach outside
// their main subject. They change no exchange; compare programme.addSums.
func (g *exchangeProgramme) addSums() {
	n := g.x.n
	g.addSum("backbone teachers exchanged", func(m *move) int64 { return one(g.x.exchangesBackbone(m)) })
	g.addSum("others exchanged", func(m *move) int64 {
		return one(n.exchanged(m.person, m.to) && !g.x.exchangesBackbone(m))
	})
	g.addSum("compelled", func(m *move) int64 { return one(m.ground == model.GroundRotation) })
	g.addSum("off subject", func(m *move) int64 {
		main := n.people[m.person].Main
		return one(n.posts[m.to].id.Subject != main) - one(n.posts[m.from].id.Subject != main)
	})
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// addSum adds a column that counts moves.
func (g *exchangeProgramme) addSum(name string, count func(m *move) int64) {
	row := solver.Row{Name: name, Column: []int32{int32(len(g.Columns))}, ColumnCoef: []int64{-1}}
	column := solver.Column{Name: name}
	for a, s := range g.steps {
		if s.move < 0 {
			continue
		}
		if k := count(&g.x.moves[s.move]); k != 0 {
			row.Arc, row.ArcCoef = append(row.Arc, int32(a)), append(row.ArcCoef, k)
			column.Lower, column.Upper = column.Lower+min(0, k), column.Upper+max(0, k)
		}
	}
	if len(row.Arc) < 2 {
		return
	}
	g.slack = append(g.slack, slack{row: len(g.Rows), sum: true})
	g.Rows, g.Columns = append(g.Rows, row), append(g.Columns, column)
}

// moveArcs lists the arcs of each move.
func (g *exchangeNetwork) moveArcs() [][]int32 {
	arcs := make([][]int32, len(g.x.moves))
	for a, s := range g.steps {
		if s.move >= 0 {
			arcs[s.move] = append(arcs[s.move], int32(a))
		}
	}
	return arcs
}

// addPeople adds a row for each person who could move more than once, or has to move.
func (g *exchangeProgramme) addPeople() {
	for t := range g.x.n.people {
		must := g.x.must(t)
		if arcs := g.out[t]; len(arcs) > 1 || must {
			row := solver.Row{Name: "moves once " + string(g.x.n.people[t].ID), Lower: solver.NoLower, Upper: 1,
				Arc: arcs, ArcCoef: slices.Repeat([]int64{1}, len(arcs))}
			if must {
				row.Lower = 1
			}
			g.Rows = append(g.Rows, row)
		}
	}
}
