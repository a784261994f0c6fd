package allocation

import (
	"context"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// ExchangePlan is who exchanges posts with whom.
type ExchangePlan struct {
	Format   int             `json:"format"`
	Software string          `json:"software"`
	CountyID model.CountyID  `json:"county"`
	Hash     string          `json:"county_hash"`
	Date     model.Date      `json:"date"`
	Origin   model.Origin    `json:"origin,omitzero"`
	Options  ExchangeOptions `json:"options"`

	Backend string            `json:"backend"`
	Stop    model.StopReason  `json:"stop"`
	Levels  []model.PlanLevel `json:"levels"` // most important first

	People     ExchangePeople    `json:"people"`
	Shares     []ExchangeShare   `json:"shares"`               // exchange, then backbone
	Conditions []model.Condition `json:"conditions,omitempty"` // of the rules that cut across the network, where they are not off
	Cost       model.Cost        `json:"cost"`                 // a month, more than if nobody moved
	Gain       model.Fen         `json:"gain"`                 // of all who move, a month
	Chains     []ExchangeChain   `json:"chains"`               // cycles before chains, the shorter first

	// Plan is the plan in which everybody else stays: the exchange pinned, and the pool kept out of every
	// post. It can be verified by check.Plan.
	Plan *model.Plan `json:"-"`
}

// ExchangePeople counts who could have taken part.
type ExchangePeople struct {
	Planned    int `json:"planned"`    // hold a post and are not away
	Volunteers int `json:"volunteers"` // of these, asked to move and are free to
	Due        int `json:"due"`        // of these, are due for rotation and did not ask
	Able       int `json:"able"`       // have at least one move that leaves them no worse off
	Moves      int `json:"moves"`      // such moves of all of them
}

// ExchangeShare is one of the shares that an exchange is to meet, in people.
type ExchangeShare struct {
	Rule   model.RuleID `json:"rule"`
	Share  model.Share  `json:"share"`
	Of     int64        `json:"of"`     // eligible for exchange; of the backbone share, the exchanged
	Before int64        `json:"before"` // if nobody moved
	Asked  int64        `json:"asked"`
	Got    int64        `json:"got"`
	Short  int64        `json:"short"` // by school, where that is the scope
}

// ExchangeChain is a cycle (互换) or a chain (链式交流) of moves, each into the place that the one before leaves. The
// first of a cycle takes the place of the last, the first of a chain fills a vacancy, and the last of a chain
// leaves a place that its post can spare.
type ExchangeChain struct {
	Cycle bool           `json:"cycle"`
	Moves []ExchangeMove `json:"moves"`
}

// ExchangeMove is what one person does.
type ExchangeMove struct {
	Teacher   model.TeacherID `json:"teacher"`
	From      model.PostID    `json:"from"`
	To        model.PostID    `json:"to"`
	Ground    model.Ground    `json:"ground"`
	Rank      int             `json:"rank,omitempty"`    // of the new school in the list, from 1; 0 without a list
	Present   int             `json:"present,omitempty"` // of the present school; 0 where it is not on the list
	Gain      model.Fen       `json:"gain"`              // a month
	Cost      model.Cost      `json:"cost"`              // of the county a month, more than now
	Exchanged bool            `json:"exchanged"`         // counts towards the exchange share
	Backbone  bool            `json:"backbone"`          // a backbone teacher
}

// Exchanger finds exchanges. Its zero value works with default options, in silence.
type Exchanger struct {
	Options  ExchangeOptions
	Backend  solver.Backend // nil is the native one
	Progress func(Progress) // as in Planner
}

// Exchange finds voluntary swaps and chains (互换与链式交流) inside the rules of rotation: the short form of
// [Exchanger] without progress. Nil options are the zero options.
//
// # Who takes part
//
// People who hold a post and have a ground to leave it: volunteers, and who is due for rotation. A move takes one of them to
// a post of another school that no rule forbids (Rules: qualification, stage, language, need, term, exemption,
// distance, and the rest). Nobody else is touched; the pool stays in the pool.
//
// # Nobody is worse off
//
// With a list of preferences the new school is on it and before the present one; a present school that is not on the list
// stands behind it. The gain is the number of places gained times the preference step.
//
// Without a list, volunteers and people due for rotation alike, the money that depends on the school is at least what it is
// now, and nobody who goes home every day comes to board:
//
//	gain = (subsidy − travel)(new school) − (subsidy − travel)(present school) ≥ 0, in fen a month
//	from within the commuting range to beyond it: no move
//
// So subsidy, not compulsion, is what takes people who are due to the countryside.
//
// # No post is worse off
//
// With x_m = 1 when move m is made, in_p and out_p the moves into and out of post p, d_p its need and inc_p its people:
//
//	one move   Σ_{m of t} x_m ≤ 1
//	covered    inc_p + in_p − out_p ≥ min(d_p, inc_p) − uncovered, and ≥ 1 where inc_p and d_p are not 0
//	need       inc_p + in_p − out_p ≤ max(d_p, inc_p)
//	quota      Σ_{p in s} (inc_p + in_p − out_p) ≤ max(T_s, inc_s)
//
// and every rule that cuts across the network, as the county sets it: hard, soft or off.
//
// # Cycles and chains
//
// Moves form cycles, and chains from a vacancy to a post that can spare its person. All people of a cycle have to move at once;
// a chain can be carried out one move after another. Each leaves every post covered by itself, whatever becomes of the others;
// only quotas and the rules that cut across the network are kept by all of them together. The limits hold in the sense that
// the moves can be divided so that each cycle and each chain keeps them.
//
// # Objective
//
// Lexicographic: people short of the exchange share; backbone teachers short of theirs; soft points, as in Solve, of which
// those for compelled moves see to it that volunteers go first, and that who is compelled follows points and rural years;
// then the cost of the county or the gain of the people (Aim), then the other; then few moves; then lots.
//
// The two shares are goals even where the county's rules are off, since they are what exchange is for, and only where a rule
// is hard must its share be met. The backbone share is one of all who are exchanged, so a move that would leave it short, and
// that the exchange share does not need, is not made.
//
// The result is proven optimal at every level unless a limit of the options or the context ends the search; each level has its
// bound and gap. Without limits on lengths the programme is a network with a few rows, and the limits add one row for each
// person who could move at several places; exchangeNetwork has the formulation.
//
// Errors: joined *model.FieldError for a county or options that are not valid, or for limits that are too long to be stated by
// position but not 0; *[InfeasibleError] where pins, bans and hard rules leave no exchange; *[StoppedError]. Memory is linear in
// the moves, times the length of chains and the cycles that a post can be on, where they are limited.
func Exchange(ctx context.Context, c *model.County, o *ExchangeOptions) (*ExchangePlan, error) {
	var e Exchanger
	if o != nil {
		e.Options = *o
	}
	return e.Exchange(ctx, c)
}

// Exchange finds swaps and chains; see the function [Exchange].
func (e *Exchanger) Exchange(ctx context.Context, c *model.County) (*ExchangePlan, error) {
	began := time.Now()
	if err := c.Validate(); err != nil {
		return nil, err
	}
	o := &e.Options
	g, err := newExchange(c, o)
	if err != nil {
		return nil, err
	}
	limit := o.TimeLimit
	if limit > 0 {
		limit = max(1, limit-time.Since(began))
	}
	backend := e.Backend
	if backend == nil {
		backend = native.Solver{}
	}
	report := e.report(g, began)
	if report != nil {
		report(solver.Progress{Level: -1})
	}
	found, err := g.search(ctx, backend, solver.Options{TimeLimit: limit, Gap: o.Gap, Progress: report})
	if err != nil {
		return nil, err
	}
	if report != nil {
		last := len(g.names) - 1
		level := &found.solution.Levels[last]
		report(solver.Progress{Level: last, Pivots: found.solution.Stats.Pivots, Objective: level.Objective, Bound: level.Bound})
	}
	return g.plan(found, backend.Name())
}

// newExchange states the programme of an exchange on a valid county.
func newExchange(c *model.County, o *ExchangeOptions) (*exchangeProgramme, error) {
	n := newInstance(c, o.planOptions())
	if err := o.validate(n); err != nil {
		return nil, err
	}
	n.setPins()
	if err := n.conflicts(); err != nil {
		return nil, err
	}
	x := newTrade(n, o)
	if err := x.validatePins(); err != nil {
		return nil, err
	}
	g, err := newExchangeProgramme(x)
	if err != nil {
		return nil, err
	}
	if err := g.impossible(); err != nil {
		return nil, err
	}
	g.begin()
	return g, nil
}

// report turns the solver's progress into ours.
func (e *Exchanger) report(g *exchangeProgramme, began time.Time) func(solver.Progress) {
	if e.Progress == nil {
		return nil
	}
	return func(p solver.Progress) {
		now := Progress{Objective: p.Objective, Bound: p.Bound, Pivots: p.Pivots, Elapsed: time.Since(began)}
		if p.Level >= 0 {
			now.Level = g.names[p.Level]
			now.Objective += g.Levels[p.Level].Constant
			now.Bound += g.Levels[p.Level].Constant
		}
		e.Progress(now)
	}
}
