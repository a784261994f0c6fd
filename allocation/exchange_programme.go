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

// exchangeProgramme is the programme of an exchange: the network, its levels, and the rows of the rules.
type exchangeProgramme struct {
	*exchangeNetwork
	asked []askedRule
	stay  [][]int64 // of each asked rule, the sum of each group if everybody stays
	slack []slack   // of each column
	names []string  // of the levels

	broken []Member // conditions of hard rules that no move can mend
}

// newExchangeProgramme states the programme. It takes O(arcs) time for each rule that is not off.
func newExchangeProgramme(x *trade) (*exchangeProgramme, error) {
	g := &exchangeProgramme{exchangeNetwork: newExchangeNetwork(x), names: x.options.levelNames()}
	if g.tooLong() {
		return nil, x.options.tooLong()
	}
	g.addLevels()
	g.asked = x.askedRules()
	for i := range g.asked {
		g.stay = append(g.stay, g.asked[i].values(x.n.asTheyAre()))
		g.addRule(i)
	}
	g.addBackbone()
	g.addSums()
	g.addPeople()
	return g, nil
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

func (g *exchangeProgramme) level(name string) int { return slices.Index(g.names, name) }

// addLevels prices the arcs of moves.
func (g *exchangeProgramme) addLevels() {
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

// columns gives the least shortfalls of a flow.
func (g *exchangeProgramme) columns(flow []int64) []int64 {
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
func (g *exchangeProgramme) begin() {
	flow := make([]int64, len(g.Tail))
	if columns := g.columns(flow); solver.CheckAnswer(g.Programme, flow, columns) == nil {
		g.Start, g.StartColumns = flow, columns
	}
}

// objective works out every level from who moves.
func (g *exchangeProgramme) objective(chosen []int32) []int64 {
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
