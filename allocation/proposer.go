package allocation

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Proposer answers for one county in a plan above it: what would the county do if a fen of hardship subsidy and a
// place for a recruit had a price, or within so much of both? A province shares a budget among counties by
// asking each of them again and again (package province), so the network is built once and each question begins from the last answer.
//
// Some recruits of the county are candidates: made-up people of whom the county takes as many as it has places for. One who gets
// no post was never hired, so nobody is left without a post for it. In the network a candidate has no supply. One node more holds the places,
// sends at most one unit to each candidate and the rest to the sink, so that a limit on places is a supply and the network stays what it is.
//
// A Proposer is not safe for several goroutines at once.
type Proposer struct {
	county     *model.County
	candidates map[model.TeacherID]bool
	base       *placed
	sizes      []size
	flow       []int64 // the last answer, to begin from
	columns    []int64
}

// Prices weigh the parts of a proposal, in whole numbers over a scale that the caller keeps.
type Prices struct {
	Levels  []int64 // of a unit of each level of the objective, in order; those that are left out are 0
	Subsidy int64   // of a fen of hardship subsidy a month
	Place   int64   // of a candidate who gets a post
}

// Proposal is one way to plan the county.
type Proposal struct {
	Levels  []int64 // of the objective, in the units of a plan
	Subsidy model.Fen
	Hired   []model.TeacherID // candidates with a post, in order of id
	Posts   []model.Pin       // of everybody who has one, in order of id
	Bound   int64             // of [Proposer.At]: no plan costs less at its prices. Of [Proposer.Within]: no plan has less of the first level
	Proven  bool              // every level is proven: of At the priced sum, then the levels; of Within the levels
}

// Cost is the priced sum of a proposal.
func (p *Proposal) Cost(prices Prices) int64 {
	sum := prices.Subsidy*int64(p.Subsidy) + prices.Place*int64(len(p.Hired))
	for k, price := range prices.Levels {
		sum += price * p.Levels[k]
	}
	return sum
}

// NewProposer prepares a county, with default options. Every candidate is a recruit of the county's pool. Errors are those of [Programme]. It
// keeps a network of some 100 bytes for each eligible pair.
func NewProposer(c *model.County, candidates []model.TeacherID) (*Proposer, error) {
	p := &Proposer{county: c, candidates: map[model.TeacherID]bool{}}
	for _, id := range candidates {
		p.candidates[id] = true
	}
	var err error
	if p.base, err = p.place(c); err != nil {
		return nil, err
	}
	p.sizes = p.base.measure()
	return p, nil
}

// Arcs is the size of the county's network.
func (p *Proposer) Arcs() int { return len(p.base.Tail) }

// placed is a programme with the node that holds places.
type placed struct {
	*programme
	hold      int32   // the node
	rest      int32   // arc of the places that are left
	candidate []int32 // by candidate, in order of person
	hire      []int32 // arcs of the candidates, in the same order
	subsidy   []int64 // by arc, fen
}

// place builds the programme of a county and turns its candidates into people who wait for a place.
func (p *Proposer) place(c *model.County) (*placed, error) {
	g, err := state(c, &model.Options{Workers: 1})
	if err != nil {
		return nil, err
	}
	q := &placed{programme: g, hold: int32(len(g.Supply))}
	n := g.instance
	for t := range n.people {
		person := &n.people[t]
		if !p.candidates[person.ID] {
			continue
		}
		if person.Pool != model.PoolRecruit {
			return nil, &model.FieldError{Table: "teachers", ID: string(person.ID), Index: -1, Field: "pool", Value: person.Pool.String(),
				Want: model.PoolRecruit.String() + ", to be a candidate"}
		}
		q.candidate = append(q.candidate, int32(t))
	}
	if len(q.candidate) != len(p.candidates) {
		return nil, &model.FieldError{Table: "teachers", Index: -1, Field: "id", Value: fmt.Sprintf("%d candidates, of whom %d are planned", len(p.candidates), len(q.candidate)),
			Want: "candidates who are teachers of the county, each once, and not away"}
	}
	q.addPlaces()
	q.subsidy = make([]int64, len(g.Tail))
	for t := range n.people {
		for i, post := range g.pairs.of(t) {
			q.subsidy[g.pairArc[t]+int32(i)] = int64(c.Subsidy.Monthly(n.schools[n.posts[post].school].Tier, n.people[t].RuralYears))
		}
	}
	return q, nil
}

// addPlaces adds the node, with no places yet.
func (q *placed) addPlaces() {
	q.Supply = append(q.Supply, 0)
	for _, t := range q.candidate {
		out := q.pairArc[t] + int32(len(q.pairs.of(int(t))))
		q.Supply[t], q.Upper[out] = 0, 0
		q.Supply[q.sink()]++
		if q.Start != nil {
			q.Start[out] = 0
		}
		q.hire = append(q.hire, q.arc(q.hold, t, 1))
	}
	q.rest = q.arc(q.hold, q.sink(), 0)
	if q.Start != nil {
		q.Start = append(q.Start, make([]int64, len(q.Tail)-len(q.Start))...)
	}
}

// within gives the programme so many places.
func (q *placed) within(places int) *solver.Programme {
	places = min(places, len(q.candidate))
	p := *q.Programme
	p.Supply, p.Upper = slices.Clone(p.Supply), slices.Clone(p.Upper)
	p.Supply[q.hold] = int64(places)
	p.Supply[q.sink()] -= int64(places)
	p.Upper[q.rest] = int64(places)
	if p.Start != nil {
		p.Start = slices.Clone(p.Start)
		p.Start[q.rest] = int64(places)
		for _, a := range q.hire {
			p.Start[q.rest] -= p.Start[a]
		}
		if p.Start[q.rest] < 0 {
			p.Start, p.StartColumns = nil, nil
		}
	}
	return &p
}

// At gives the cheapest proposal at some prices with at most so many places. Among equals the levels decide, in their order. The error is
// [*InfeasibleError] where no plan obeys every rule, or [*StoppedError]. Without rules across schools it is one minimum-cost flow.
func (p *Proposer) At(ctx context.Context, prices Prices, places int) (*Proposal, error) {
	if len(prices.Levels) > len(p.base.Levels) {
		return nil, fmt.Errorf("allocation: prices of %d levels: want at most %d", len(prices.Levels), len(p.base.Levels))
	}
	programme := p.base.within(places)
	if programme.Start != nil && p.flow != nil {
		programme.Start, programme.StartColumns = p.flow, p.columns
		if solver.CheckAnswer(programme, p.flow, p.columns) != nil { // another number of places
			programme.Start, programme.StartColumns = p.base.within(places).Start, p.base.StartColumns
		}
	}
	p.weigh(programme, prices)
	solution, err := p.solve(ctx, p.base, programme)
	if err != nil {
		return nil, err
	}
	if places >= len(p.candidates) {
		p.flow, p.columns = solution.Flow, solution.Columns
	}
	proposal := p.read(p.base, solution)
	proposal.Bound = solution.Levels[0].Bound
	if len(prices.Levels) > 0 {
		proposal.Bound += prices.Levels[0] * p.base.Levels[p.base.place[levelShortage]].Constant
	}
	return proposal, nil
}

// weigh puts the priced sum before the levels.
func (p *Proposer) weigh(programme *solver.Programme, prices Prices) {
	cost := make([]int64, len(programme.Tail))
	for k, price := range prices.Levels {
		for a, c := range programme.Levels[k].Cost {
			cost[a] += price * c
		}
	}
	for a, s := range p.base.subsidy {
		cost[a] += prices.Subsidy * s
	}
	for _, a := range p.base.hire {
		cost[a] += prices.Place
	}
	columns := slices.Clone(programme.Columns)
	for i := range columns {
		if columns[i].Cost == nil {
			continue
		}
		weighed := int64(0)
		for k, price := range prices.Levels {
			weighed += price * columns[i].Cost[k]
		}
		columns[i].Cost = append([]int64{weighed}, columns[i].Cost...)
	}
	programme.Columns = columns
	programme.Levels = append([]solver.Level{{Name: "priced", Cost: cost}}, programme.Levels...)
}

// Fits reports whether the prices are small enough for the arithmetic of a solver. It takes time in the number of levels.
func (p *Proposer) Fits(prices Prices) bool {
	largest, total := float64(prices.Place), float64(prices.Place)*float64(len(p.candidates))
	add := func(price int64, s size) {
		largest += math.Abs(float64(price)) * s.largest
		total += math.Abs(float64(price)) * s.total
	}
	for k, price := range prices.Levels {
		add(price, p.sizes[k])
	}
	add(prices.Subsidy, p.sizes[len(p.sizes)-1])
	return largest*float64(len(p.base.Supply)+1) < solver.MaxTotal/2 && total < solver.MaxTotal/2
}

// size is how large costs are: the largest, and Σ|cost|·capacity.
type size struct{ largest, total float64 }

// measure gives the sizes of the levels, and of the subsidies.
func (q *placed) measure() []size {
	var sizes []size
	of := func(costs []int64) (s size) {
		for a, c := range costs {
			s.largest = max(s.largest, math.Abs(float64(c)))
			s.total += math.Abs(float64(c)) * float64(q.Upper[a])
		}
		return s
	}
	for k := range q.Levels {
		s := of(q.Levels[k].Cost)
		for i := range q.Columns {
			if c := &q.Columns[i]; c.Cost != nil {
				s.largest = max(s.largest, math.Abs(float64(c.Cost[k])))
				s.total += math.Abs(float64(c.Cost[k])) * max(math.Abs(float64(c.Lower)), math.Abs(float64(c.Upper)))
			}
		}
		sizes = append(sizes, s)
	}
	return append(sizes, of(q.subsidy))
}

// Within gives the best proposal, level by level, that keeps to a budget of subsidies in fen a month, at least 1, and to so many places. With a budget
// that binds it is a search. The error is [*InfeasibleError] where there is none, or [*StoppedError].
func (p *Proposer) Within(ctx context.Context, budget model.Fen, places int) (*Proposal, error) {
	county := *p.county
	county.Rules.SubsidyBudget = max(1, budget)
	if own := p.county.Rules.SubsidyBudget; own > 0 {
		county.Rules.SubsidyBudget = min(own, county.Rules.SubsidyBudget)
	}
	q, err := p.place(&county)
	if err != nil {
		return nil, err
	}
	solution, err := p.solve(ctx, q, q.within(places))
	if err != nil {
		return nil, err
	}
	proposal := p.read(q, solution)
	proposal.Bound = solution.Levels[0].Bound + q.Levels[0].Constant
	return proposal, nil
}

func (p *Proposer) solve(ctx context.Context, q *placed, programme *solver.Programme) (*solver.Solution, error) {
	solution, err := native.Solver{}.Solve(ctx, programme, solver.Options{})
	if err != nil {
		return nil, q.instance.explain(q.programme, err)
	}
	if err := solver.Verify(programme, solution); err != nil {
		return nil, fmt.Errorf("allocation: a proposal fails its proof: %w", err)
	}
	return solution, nil
}

// read works a proposal out from who has which post.
func (p *Proposer) read(q *placed, solution *solver.Solution) *Proposal {
	n := q.instance
	proposal := &Proposal{Proven: solution.Stop == solver.StopOptimal}
	to := q.assignment(solution.Flow)
	columns := q.shortfalls(solution.Flow)
	for k := range q.Levels {
		proposal.Levels = append(proposal.Levels, q.Objective(k, solution.Flow, columns)+q.Levels[k].Constant)
	}
	for t, post := range to {
		if post < 0 {
			continue
		}
		proposal.Posts = append(proposal.Posts, model.Pin{Teacher: n.people[t].ID, Post: n.posts[post].id})
		proposal.Subsidy += n.county.Subsidy.Monthly(n.schools[n.posts[post].school].Tier, n.people[t].RuralYears)
		if p.candidates[n.people[t].ID] {
			proposal.Hired = append(proposal.Hired, n.people[t].ID)
		}
	}
	return proposal
}
