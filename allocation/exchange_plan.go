package allocation

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// plan turns what was found into an exchange. Every figure is worked out again from who moves.
func (g *exchangeProgramme) plan(f *found, backend string) (*ExchangePlan, error) {
	n := g.x.n
	c := n.county
	e := &ExchangePlan{Format: model.Format, Software: Software, CountyID: c.ID, Hash: c.Hash(), Date: c.Date, Origin: c.Origin,
		Options: *g.x.options, Backend: backend, Stop: stopReasons[f.solution.Stop], People: g.x.people()}
	if e.Options.Aim == "" {
		e.Options.Aim = AimCost
	}
	chosen := make([]int32, len(f.taken))
	for i, s := range f.taken {
		chosen[i] = s.move
	}
	slices.Sort(chosen)
	to := g.x.after(chosen)
	e.Levels = g.levels(f.solution, chosen)
	e.Shares = g.shares(to)
	for _, w := range g.walks(f) {
		chain := ExchangeChain{Cycle: w.cycle}
		for _, m := range w.moves {
			move := g.x.exchangeMove(&g.x.moves[m])
			e.Cost, e.Gain = e.Cost.Add(move.Cost), e.Gain+move.Gain
			chain.Moves = append(chain.Moves, move)
		}
		e.Chains = append(e.Chains, chain)
	}
	var err error
	if e.Plan, err = n.pinned(to, backend); err != nil {
		return nil, err
	}
	e.Conditions = e.Plan.Conditions
	return e, nil
}

// people counts who could take part.
func (x *trade) people() ExchangePeople {
	all := ExchangePeople{Moves: len(x.moves), Able: x.longestUseful()}
	for t := range x.n.people {
		person := &x.n.people[t]
		if person.present < 0 {
			continue
		}
		all.Planned++
		switch {
		case person.Volunteer && !person.bound:
			all.Volunteers++
		case x.n.due(person):
			all.Due++
		}
	}
	return all
}

func (x *trade) exchangeMove(m *move) ExchangeMove {
	n := x.n
	person := &n.people[m.person]
	now, then := n.cost(person, m.from), n.cost(person, m.to)
	return ExchangeMove{
		Teacher: person.ID, From: n.posts[m.from].id, To: n.posts[m.to].id, Ground: m.ground, Rank: m.rank, Present: m.present, Gain: m.gain,
		Cost: model.Cost{Subsidy: then.Subsidy - now.Subsidy, Travel: then.Travel - now.Travel,
			Preference: then.Preference - now.Preference, Move: then.Move - now.Move},
		Exchanged: n.exchanged(m.person, m.to), Backbone: person.Backbone != model.BackboneNone,
	}
}

// levels gives what is known of each level.
func (g *exchangeProgramme) levels(solution *solver.Solution, chosen []int32) []model.PlanLevel {
	levels := make([]model.PlanLevel, len(g.names))
	conditional := false
	for k, objective := range g.objective(chosen) {
		result := &solution.Levels[k]
		bound := result.Bound + g.Levels[k].Constant
		if !conditional && bound > objective {
			panic(fmt.Sprintf("allocation: level %s is proven at %d but the exchange has %d", g.names[k], bound, objective))
		}
		bound = min(bound, objective)
		levels[k] = model.PlanLevel{Name: g.names[k], Objective: objective, Bound: bound, Gap: solver.RelativeGap(objective, bound),
			Proven: bound == objective, Conditional: conditional, Certified: result.Certified}
		conditional = conditional || !levels[k].Proven
	}
	return levels
}

// shares sums up the two shares over the county.
func (g *exchangeProgramme) shares(to []int32) []ExchangeShare {
	n := g.x.n
	exchange := ExchangeShare{Rule: model.RuleExchange, Share: n.county.Rules.ExchangeShare}
	backbone := ExchangeShare{Rule: model.RuleBackbone, Share: n.county.Rules.BackboneShare}
	for t := range n.people {
		p := &n.people[t]
		if n.due(p) && n.schools[p.school].gives() {
			exchange.Of++
		}
		if to[t] < 0 || !n.exchanged(int32(t), to[t]) {
			continue
		}
		exchange.Got++
		if p.Backbone != model.BackboneNone {
			backbone.Got++
		}
	}
	for i := range g.asked {
		rule := &g.asked[i]
		if rule.ID != model.RuleExchange && rule.ID != model.RuleBackbone {
			continue
		}
		sums := rule.values(to)
		for k := range rule.groups {
			short := rule.groups[k].shortfall(sums[k])
			if rule.ID == model.RuleExchange {
				exchange.Asked += rule.groups[k].bound
				exchange.Short += short
			} else {
				backbone.Short += short
			}
		}
	}
	backbone.Of, backbone.Asked = exchange.Got, ceilShare(backbone.Share, exchange.Got)
	return []ExchangeShare{exchange, backbone}
}

// pinned is the plan that gives everybody the post of an assignment: each is pinned to it, and who has none is banned
// from every other, so that nothing is left to decide and every level is what it is.
func (n *instance) pinned(to []int32, backend string) (*model.Plan, error) {
	options := model.Options{}
	all := n.eligiblePairs()
	for t, p := range to {
		if p >= 0 {
			options.Pins = append(options.Pins, model.Pin{Teacher: n.people[t].ID, Post: n.posts[p].id})
			continue
		}
		for _, p := range all.of(t) {
			options.Bans = append(options.Bans, model.Pin{Teacher: n.people[t].ID, Post: n.posts[p].id})
		}
	}
	n = newInstance(n.county, &options)
	n.setPins()
	g := newProgramme(n, n.eligiblePairs())
	flow := g.flow(to)
	columns := g.shortfalls(flow)
	if err := solver.CheckAnswer(g.Programme, flow, columns); err != nil {
		return nil, fmt.Errorf("allocation: the exchange breaks a rule of the plan: %w", err)
	}
	only := &solver.Solution{Flow: flow, Columns: columns, Stop: solver.StopOptimal}
	for k := range g.Levels {
		value := g.Objective(k, flow, columns)
		only.Levels = append(only.Levels, solver.LevelResult{Objective: value, Bound: value, Proven: true})
	}
	return g.plan(only, backend, n.county.Hash()), nil
}
