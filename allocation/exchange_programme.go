package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// The levels of an exchange, most important first. All are minimised; a gain counts below 0. The last
// is there only with a seed.
const (
	ExchangeLevelShare    = "exchange" // people short of the exchange share
	ExchangeLevelBackbone = "backbone" // backbone teachers short of their share
	ExchangeLevelSoft     = model.LevelSoft
	ExchangeLevelCost     = model.LevelCost // fen a month more than if nobody moved
	ExchangeLevelGain     = "gain"          // −1 times the gain of who moves, in fen a month
	ExchangeLevelMoves    = "moves"         // people who move
	ExchangeLevelLottery  = model.LevelLottery
)

// levelNames gives the levels in the order of the aim.
func (o *ExchangeOptions) levelNames() []string {
	names := []string{ExchangeLevelShare, ExchangeLevelBackbone, ExchangeLevelSoft, ExchangeLevelCost, ExchangeLevelGain, ExchangeLevelMoves}
	if o.Aim == AimGain {
		names[3], names[4] = names[4], names[3]
	}
	if o.Seed != 0 {
		names = append(names, ExchangeLevelLottery)
	}
	return names
}

// swap is the programme of an exchange: the network, its levels, and the rows of the rules.
type swap struct {
	*circuits
	asked []askedRule
	stay  [][]int64 // of each asked rule, the sum of each group if everybody stays
	slack []slack   // of each column
	names []string  // of the levels

	constant []int64  // of each level: what no move changes
	broken   []Member // conditions of hard rules that no move can mend
}

// newSwap states the programme. It takes O(arcs) time for each rule that is not off.
func newSwap(x *trade) *swap {
	g := &swap{circuits: newCircuits(x), names: x.options.levelNames()}
	g.constant = make([]int64, len(g.names))
	g.addLevels()
	g.asked = x.askedRules()
	for i := range g.asked {
		g.stay = append(g.stay, g.asked[i].values(x.n.asTheyAre()))
		g.addRule(i)
	}
	g.addBackbone()
	g.addSums()
	g.addPeople()
	return g
}

// askedRules lists the rules that cut across the network, as an exchange asks for them: the two shares always,
// soft unless they are hard; the others as the county sets them.
func (x *trade) askedRules() []askedRule {
	var asked []askedRule
	for i := range crossRules {
		rule := &crossRules[i]
		setting := rule.setting(&x.n.county.Rules)
		if setting.Force == model.ForceOff && !isShare(rule.ID) {
			continue
		}
		if isShare(rule.ID) && setting.Force != model.ForceHard {
			setting = model.RuleSetting{Force: model.ForceSoft, Weight: 1}
		}
		asked = append(asked, askedRule{rule, setting, rule.sums(x.n, x.pairs)})
	}
	return asked
}

// isShare reports whether a rule is one of the two shares that an exchange is there to meet.
func isShare(id model.RuleID) bool { return id == model.RuleExchange || id == model.RuleBackbone }

// ruleLevel is the level at which a shortfall of a rule counts.
func ruleLevel(id model.RuleID) string {
	switch id {
	case model.RuleExchange:
		return ExchangeLevelShare
	case model.RuleBackbone:
		return ExchangeLevelBackbone
	}
	return ExchangeLevelSoft
}

func (g *swap) level(name string) int { return slices.Index(g.names, name) }

// addLevels prices the arcs of moves.
func (g *swap) addLevels() {
	for _, name := range g.names {
		level := solver.Level{Name: name}
		if name != ExchangeLevelShare && name != ExchangeLevelBackbone {
			level.Cost = make([]int64, len(g.Tail))
			for a, s := range g.steps {
				if s.move >= 0 {
					level.Cost[a] = g.x.price(name, &g.x.moves[s.move])
				}
			}
		}
		g.Levels = append(g.Levels, level)
	}
}

// price is what a move costs by itself at a level.
func (x *trade) price(level string, m *move) int64 {
	switch level {
	case ExchangeLevelSoft:
		return m.soft
	case ExchangeLevelCost:
		return m.cost
	case ExchangeLevelGain:
		return -int64(m.gain)
	case ExchangeLevelMoves:
		return 1
	case ExchangeLevelLottery:
		id := x.n.people[m.person].ID
		return lot(x.options.Seed, id, x.n.posts[m.to].id) - lot(x.options.Seed, id, x.n.posts[m.from].id)
	}
	return 0
}

// changes gives, for each group of a rule, what each move adds to its sum.
func (g *swap) changes(rule *askedRule) []groupChange {
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
func (g *swap) addRule(place int) {
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
			g.constant[g.level(ruleLevel(rule.ID))] += int64(rule.Weight) * c.shortfall(0)
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
// where the row of the backbone share only has |B| + z ≥ share · (e − y). A soft share has its shortfall as a column; the row
// of a hard one has none. Where a row was left out, for it can't be broken or mended, this one is too.
func (g *swap) addBackbone() {
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
	row.Lower = ceilShare(g.x.n.county.Rules.BackboneShare, asked) - g.constant[g.level(ExchangeLevelShare)] - g.constant[g.level(ExchangeLevelBackbone)]
	for a, s := range g.steps {
		if s.move >= 0 && g.x.n.people[g.x.moves[s.move].person].Backbone != model.BackboneNone && g.x.n.exchanged(g.x.moves[s.move].person, g.x.moves[s.move].to) {
			row.Arc, row.ArcCoef = append(row.Arc, int32(a)), append(row.ArcCoef, 1)
		}
	}
	if row.Lower > 0 {
		g.Rows = append(g.Rows, row)
	}
}

// addSums gives the search the numbers that the shares and the soft level make fractional, as integer columns to branch on: how many are
// exchanged, with backbone and without, how many are compelled, and how many more teach outside their main
// subject. They change no exchange; compare programme.addSums.
func (g *swap) addSums() {
	n := g.x.n
	g.addSum("exchanged backbone teachers", func(m *move) int64 {
		return one(n.exchanged(m.person, m.to) && n.people[m.person].Backbone != model.BackboneNone)
	})
	g.addSum("other exchanged", func(m *move) int64 {
		return one(n.exchanged(m.person, m.to) && n.people[m.person].Backbone == model.BackboneNone)
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
func (g *swap) addSum(name string, count func(m *move) int64) {
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
func (g *circuits) moveArcs() [][]int32 {
	arcs := make([][]int32, len(g.x.moves))
	for a, s := range g.steps {
		if s.move >= 0 {
			arcs[s.move] = append(arcs[s.move], int32(a))
		}
	}
	return arcs
}

// addPeople adds a row for each person who could move more than once, or has to move.
func (g *swap) addPeople() {
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

// columns gives the least shortfalls of a flow.
func (g *swap) columns(flow []int64) []int64 {
	columns := make([]int64, len(g.Columns))
	for i, s := range g.slack {
		sum := g.Rows[s.row].Activity(flow, columns) // without the column, which is still 0
		if columns[i] = sum; !s.sum {
			columns[i] = s.group.shortfall(sum)
		}
	}
	return columns
}

// begin gives the programme its first exchange: nobody moves, if that obeys every row.
func (g *swap) begin() {
	flow := make([]int64, len(g.Tail))
	if columns := g.columns(flow); solver.CheckAnswer(g.Programme, flow, columns) == nil {
		g.Start, g.StartColumns = flow, columns
	}
}

// objective works out every level from who moves.
func (g *swap) objective(chosen []int32) []int64 {
	levels := make([]int64, len(g.names))
	for _, m := range chosen {
		for k, name := range g.names {
			levels[k] += g.x.price(name, &g.x.moves[m])
		}
	}
	to := g.x.after(chosen)
	for i := range g.asked {
		rule := &g.asked[i]
		if rule.Force != model.ForceSoft {
			continue
		}
		for k, sum := range rule.values(to) {
			levels[g.level(ruleLevel(rule.ID))] += int64(rule.Weight) * rule.groups[k].shortfall(sum)
		}
	}
	return levels
}

// after is the assignment that moves lead to.
func (x *trade) after(chosen []int32) []int32 {
	to := x.n.asTheyAre()
	for _, m := range chosen {
		to[x.moves[m].person] = x.moves[m].to
	}
	return to
}
