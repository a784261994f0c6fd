package subsidy

import (
	"context"
	"fmt"
	"runtime"

	"github.com/xianguan/xianguan/model"
)

// DesignOptions says which schedules a design may choose from and what counts. It is plain data
// whose zero value works.
type DesignOptions struct {
	Step    model.Fen `json:"step"`    // of each tier above last year's amount; 0: 50 yuan
	Raise   model.Fen `json:"raise"`   // no tier with posts rises by more; 0: 1,000 yuan
	Ceiling model.Fen `json:"ceiling"` // no tier with posts pays more; 0: last year's greatest plus the raise
	// Weights of a filled place by tier, in basis points; all 0: a person is a person.
	Weights [model.MaxTier + 1]model.Share `json:"weights,omitzero"`
	Nodes   int                            `json:"nodes,omitempty"`   // of the search, at most; 0: 4,000
	Workers int                            `json:"workers,omitempty"` // 0: one a processor; never changes the result
}

// The defaults of a design.
const (
	DefaultStep  = model.Fen(5000)
	DefaultRaise = model.Fen(100000)
	DefaultNodes = 4000
)

// TierWeights are weights that rise with hardship as those of the planner's shortage do.
func TierWeights(rules *model.Rules) (w [model.MaxTier + 1]model.Share) {
	for k := range w {
		w[k] = model.Whole + model.Share(k)*rules.TierWeightStep
	}
	return w
}

// Designer chooses tier amounts for a county whose people answer them as an acceptance model says,
// without chance: everybody's utility is what the model sees of it, at the mean taste. The package comment
// says how people answer and how the county places those who accept.
type Designer struct {
	County *model.County
	Model  *Model
	Supply *Supply
	Grid   *Grid

	options  DesignOptions
	response *response
}

// NewDesigner prepares designs for a valid county. Amounts are never below last year's, which are those of
// the county's schedule. The error is a *DesignError. It takes the time to work out every
// alternative of everybody once.
func NewDesigner(c *model.County, m *Model, o DesignOptions) (*Designer, error) {
	if err := o.fill(c); err != nil {
		return nil, err
	}
	d := &Designer{County: c, Model: m, Supply: NewSupply(c, OfferedAll), options: o}
	used := make([]bool, model.MaxTier+1)
	for i := range d.Supply.Posts {
		used[d.Supply.Posts[i].Tier] = true
	}
	var err error
	if d.Grid, err = newGrid(c.Subsidy, used, o.Step, o.Raise, o.Ceiling); err != nil {
		return nil, err
	}
	d.response, err = newResponse(d.Supply, &m.Mean, d.weights(), d.Grid.Last.cut(2000), d.Grid.Amounts(d.Grid.highest()))
	if err != nil {
		return nil, err
	}
	return d, nil
}

// weights are those of a place by tier, as a response takes them.
func (d *Designer) weights() (weights [model.MaxTier + 1]int64) {
	for k, w := range d.options.Weights {
		weights[k] = int64(w)
	}
	return weights
}

// fill sets the defaults and checks the rest.
func (o *DesignOptions) fill(c *model.County) error {
	last := BaseAmounts(c.Subsidy)
	greatest := model.Fen(0)
	for _, a := range last {
		greatest = max(greatest, a)
	}
	if o.Step == 0 {
		o.Step = DefaultStep
	}
	if o.Raise == 0 {
		o.Raise = DefaultRaise
	}
	if o.Ceiling == 0 {
		o.Ceiling = greatest + o.Raise
	}
	if o.Nodes == 0 {
		o.Nodes = DefaultNodes
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Weights == [model.MaxTier + 1]model.Share{} {
		for k := range o.Weights {
			o.Weights[k] = model.Whole
		}
	}
	for k, w := range o.Weights {
		if w <= 0 || w > 100*model.Whole {
			return &DesignError{"weights", fmt.Sprintf("%s for tier %d", w, k), "above 0 and at most 10000%"}
		}
	}
	switch {
	case o.Step < 100:
		return &DesignError{"step", o.Step.String(), "1 yuan or more, such as 10 or 50"}
	case o.Raise < 0 || o.Raise > 50*DefaultRaise:
		return &DesignError{"raise", o.Raise.String(), "0 or more, at most " + (50 * DefaultRaise).String()}
	case o.Ceiling < 0 || o.Ceiling > 100*DefaultRaise:
		return &DesignError{"ceiling", o.Ceiling.String(), "at most " + (100 * DefaultRaise).String()}
	case o.Nodes < 0 || o.Workers < 0:
		return &DesignError{"nodes or workers", fmt.Sprint(min(o.Nodes, o.Workers)), "0 or more"}
	}
	return nil
}

// cut lowers amounts by a share, to the fen.
func (a Amounts) cut(by model.Share) Amounts {
	for k := range a {
		a[k] -= model.Fen(by.Of(int64(a[k])))
	}
	return a
}

// Outcome is what a schedule brings about, a month.
type Outcome struct {
	Amounts  Amounts               `json:"amounts"` // by tier, without years of service
	Schedule model.SubsidySchedule `json:"schedule"`
	Need     int                   `json:"need"`
	Filled   int                   `json:"filled"` // people of the need
	Weight   int64                 `json:"weight"` // of what is filled, in basis points
	Cost     model.Fen             `json:"cost"`   // everybody's subsidy: who stays, who comes, who is above need
	Left     int                   `json:"left"`   // who had a post and has none
	Came     int                   `json:"came"`   // from the pool
	Moved    int                   `json:"moved"`  // between posts
	Tiers    []TierOutcome         `json:"tiers"`  // with posts, ascending, tier 0 among them
}

// TierOutcome is the part of one tier.
type TierOutcome struct {
	Tier   model.Tier `json:"tier"`
	Amount model.Fen  `json:"amount"`
	Need   int        `json:"need"`
	Before int        `json:"before"` // filled of the need now
	Filled int        `json:"filled"`
	People int        `json:"people"` // with those above need
	Cost   model.Fen  `json:"cost"`
}

// At says what amounts bring about, which need not lie on the grid but must be within a fifth below last
// year's and the ceiling, or only part of those who would accept is known.
func (d *Designer) At(a Amounts) Outcome {
	s := d.response.newPlacing()
	d.response.answer(&a, &a, s)
	return d.outcome(d.response, &a, s)
}

// outcome counts an answer.
func (d *Designer) outcome(r *response, a *Amounts, s *placing) Outcome {
	o := Outcome{Amounts: *a, Schedule: a.Schedule(d.County.Subsidy), Need: r.need, Weight: s.fill, Cost: r.payroll(a, s)}
	var tiers [model.MaxTier + 1]TierOutcome
	var used [model.MaxTier + 1]bool
	for p := range r.post {
		post := &r.post[p]
		tier := &tiers[post.tier]
		used[post.tier] = true
		tier.Need += int(post.need)
		tier.Before += min(d.Supply.Posts[p].Incumbent, int(post.need))
		tier.Filled += int(min(s.people[p], post.need))
		tier.People += int(s.people[p])
	}
	for t, p := range s.at {
		home := r.person[t].home
		switch {
		case p < 0 && home >= 0:
			o.Left++
		case p >= 0 && home < 0:
			o.Came++
		case p != home:
			o.Moved++
		}
		if p >= 0 {
			k := r.post[p].tier
			tiers[k].Cost += a[k] + r.steps[t][k]
		}
	}
	for k := range tiers {
		o.Filled += tiers[k].Filled
		if used[k] {
			tiers[k].Tier, tiers[k].Amount = model.Tier(k), a[k]
			o.Tiers = append(o.Tiers, tiers[k])
		}
	}
	return o
}

// Design is a schedule that was chosen, with what is proven of it.
type Design struct {
	Outcome
	Asked     string    `json:"asked"`  // in words
	Target    int64     `json:"target"` // weight asked for; 0: none
	Budget    model.Fen `json:"budget"` // a month; 0: none
	Proven    bool      `json:"proven"` // no schedule of the grid is better
	Bound     int64     `json:"bound"`  // nothing fills more weight within the budget; of a target, nothing costs less
	Schedules int       `json:"schedules"`
	Nodes     int       `json:"nodes"`
}

// Gap is how far from the bound a design may be, relative to it.
func (d *Design) Gap() float64 {
	got := d.Weight
	if d.Target > 0 {
		got = int64(d.Cost)
	}
	return float64(max(got-d.Bound, d.Bound-got)) / float64(max(1, d.Bound))
}

// LeastCost finds the schedule of least cost that fills at least `people` of the need (of the weight
// of need, if places are weighted), and of these the one that fills most. budget is a month's, 0 for none.
// It is exact: branch and bound over boxes of the grid, each bounded from above in fill by everybody who
// accepts anywhere in it, and from below in cost by those who can't but stay. Proven says
// whether the search ended, and Bound what is proven otherwise.
//
// The error is an *UnreachableError where the target or the budget can't be met.
func (d *Designer) LeastCost(ctx context.Context, people int, budget model.Fen) (*Design, error) {
	if people < 1 || people > d.response.need {
		return nil, &DesignError{"target", fmt.Sprint(people), fmt.Sprintf("1 to %d people, the need", d.response.need)}
	}
	target := d.weightOf(people)
	search := newSearch(ctx, d, &goal{fill: target})
	if err := search.run(); err != nil {
		return nil, err
	}
	g := search.goals[0]
	if g.best == nil || (budget > 0 && g.best.cost > budget) {
		return nil, d.unreachable(ctx, people, target, budget, g, search.responses)
	}
	return search.design(g, fmt.Sprintf("fill %d of %d at least cost", people, d.response.need), budget), nil
}

// weightOf is the weight of a number of people, at the mean weight of need.
func (d *Designer) weightOf(people int) int64 {
	return (int64(people)*d.response.weight + int64(d.response.need) - 1) / int64(d.response.need)
}

// MostFilled finds the schedule that fills the most weight of need within a budget a month, and of these the
// cheapest; see LeastCost. The error is an *UnreachableError where last year's amounts already
// cost more.
func (d *Designer) MostFilled(ctx context.Context, budget model.Fen) (*Design, error) {
	if budget < 1 {
		return nil, &DesignError{"budget", budget.String(), "an amount above 0"}
	}
	search := newSearch(ctx, d, &goal{budget: budget, most: true})
	if err := search.run(); err != nil {
		return nil, err
	}
	g := search.goals[0]
	if g.best == nil {
		return nil, d.unreachable(ctx, 0, 0, budget, g, search.responses)
	}
	cheapest := newSearch(ctx, d, &goal{fill: g.best.fill, budget: budget})
	cheapest.recall(search)
	if err := cheapest.run(); err != nil {
		return nil, err
	}
	cheapest.goals[0].bound, cheapest.goals[0].most = g.bound, true
	cheapest.goals[0].open = g.open || cheapest.goals[0].open
	cheapest.nodes += search.nodes
	return cheapest.design(cheapest.goals[0], "fill the most within a budget of "+budget.String()+" yuan a month", budget), nil
}
