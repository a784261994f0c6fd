package subsidy

import (
	"context"
	"fmt"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Limit is what stands in the way of a target.
type Limit string

const (
	LimitBudget  Limit = "budget"  // the target can be met, at a higher cost
	LimitCeiling Limit = "ceiling" // amounts above the ceiling would fill more
	LimitReach   Limit = "reach"   // nobody qualified would come at any amount
	LimitSearch  Limit = "search"  // the search ended before it knew
)

var limitTexts = map[Limit][2]string{
	LimitBudget:  {"the budget", "预算不足"},
	LimitCeiling: {"the ceiling of the amounts", "补贴上限"},
	LimitReach:   {"nobody qualified within reach", "无合格人选"},
	LimitSearch:  {"the search ended before it knew", "搜索提前结束"},
}

// English says what binds.
func (l Limit) English() string { return limitTexts[l][0] }

// Chinese says it in Chinese.
func (l Limit) Chinese() string { return limitTexts[l][1] }

// UnreachableError says that a target can't be met, what is the nearest that can, and what binds.
type UnreachableError struct {
	People    int       `json:"people"` // asked for; 0: no target
	Budget    model.Fen `json:"budget"` // 0: none
	Binds     []Limit   `json:"binds"`
	Beyond    int       `json:"beyond"`             // places that would stay empty at any amount, at least
	Most      int       `json:"most"`               // people whom the dearest schedule that helps fills
	Cheapest  model.Fen `json:"cheapest,omitempty"` // of meeting the target, or of last year's amounts where the budget is below them; 0: unknown
	Nearest   Outcome   `json:"nearest"`            // the most that can be filled as asked
	Shortfall int       `json:"shortfall"`          // people
}

func (e *UnreachableError) Error() string {
	var binds []string
	for _, l := range e.Binds {
		binds = append(binds, fmt.Sprintf("%s (%s)", l.English(), l.Chinese()))
	}
	what := strings.Join(binds, " and ")
	if e.People == 0 {
		return fmt.Sprintf("subsidy: a budget of %s yuan a month is below what the least schedule costs; the nearest is %s, which fills %d of %d; what binds: %s",
			e.Budget, e.Nearest.Cost, e.Nearest.Filled, e.Nearest.Need, what)
	}
	text := fmt.Sprintf("subsidy: a fill of %d of %d can't be reached; the nearest is %d, for %s yuan a month; what binds: %s",
		e.People, e.Nearest.Need, e.Nearest.Filled, e.Nearest.Cost, what)
	if e.Budget > 0 && e.Cheapest > 0 {
		text += fmt.Sprintf("; %d would cost %s yuan a month, the budget is %s", e.People, e.Cheapest, e.Budget)
	}
	if e.Beyond > 0 {
		text += fmt.Sprintf("; at least %d places stay empty at any amount", e.Beyond)
	}
	return text
}

// unreachable works out the nearest that can be reached in the mean of the responses and what binds. What failed is
// a goal for the sum of these; target and budget are for one.
func (d *Designer) unreachable(ctx context.Context, people int, target int64, budget model.Fen, failed *goal, responses []*response) error {
	n := model.Fen(len(responses))
	e := &UnreachableError{People: people, Budget: budget}
	if failed.best != nil {
		e.Cheapest = failed.best.cost / n
	}
	search := newSearch(ctx, d, &goal{budget: budget * n, most: true}, &goal{most: true})
	search.responses = responses
	if err := search.run(); err != nil {
		return err
	}
	within, best := search.goals[0], search.goals[1]
	if within.best == nil { // even the least schedule costs more
		least := d.mean(d.Grid.lowest(), responses)
		e.Nearest, e.Cheapest, e.Binds = least, least.Cost, []Limit{LimitBudget}
		e.Shortfall = max(0, people-least.Filled)
		return e
	}
	e.Nearest = d.mean(within.best.levels, responses)
	e.Most = d.mean(best.best.levels, responses).Filled
	e.Shortfall = max(0, people-e.Nearest.Filled)
	if budget > 0 && within.best.fill < best.best.fill {
		e.Binds = append(e.Binds, LimitBudget)
	}
	reach := limitless{fill: target}
	if responses[0] == d.response {
		reach = d.withoutCeiling()
		e.Beyond = reach.empty
	}
	if best.best.fill < target*int64(n) {
		switch {
		case reach.fill < target:
			e.Binds = append(e.Binds, LimitReach)
		case best.open:
			e.Binds = append(e.Binds, LimitSearch)
		default:
			e.Binds = append(e.Binds, LimitCeiling)
		}
	}
	return e
}

// mean is the outcome of levels over responses, each number rounded down.
func (d *Designer) mean(levels []int, responses []*response) Outcome {
	a := d.Grid.Amounts(levels)
	var sum Outcome
	for i, r := range responses {
		s := r.newPlacing()
		r.answer(&a, &a, s)
		one := d.outcome(r, &a, s)
		if i == 0 {
			sum = one
			continue
		}
		for _, add := range [][2]*int{{&sum.Filled, &one.Filled}, {&sum.Left, &one.Left}, {&sum.Came, &one.Came}, {&sum.Moved, &one.Moved}} {
			*add[0] += *add[1]
		}
		sum.Weight, sum.Cost = sum.Weight+one.Weight, sum.Cost+one.Cost
		for k := range sum.Tiers {
			t, more := &sum.Tiers[k], &one.Tiers[k]
			t.Filled, t.People, t.Cost = t.Filled+more.Filled, t.People+more.People, t.Cost+more.Cost
		}
	}
	n := len(responses)
	for _, x := range []*int{&sum.Filled, &sum.Left, &sum.Came, &sum.Moved} {
		*x /= n
	}
	sum.Weight, sum.Cost = sum.Weight/int64(n), sum.Cost/model.Fen(n)
	for k := range sum.Tiers {
		t := &sum.Tiers[k]
		t.Filled, t.People, t.Cost = t.Filled/n, t.People/n, t.Cost/model.Fen(n)
	}
	return sum
}

// limitless is a bound on what any amounts fill.
type limitless struct {
	fill  int64
	empty int // places that nobody qualified would take
}

// withoutCeiling finds the most that could be filled if each post could pay whatever it took, while
// present posts pay no more than last year: nobody who is qualified would be missing.
func (d *Designer) withoutCeiling() limitless {
	const boundless = model.Fen(10000000) // a hundred thousand yuan a month
	high := d.Grid.Last
	for k := 1; k < len(high); k++ {
		high[k] += boundless
	}
	var weights [model.MaxTier + 1]int64
	for k, w := range d.options.Weights {
		weights[k] = int64(w)
	}
	r, err := newResponse(d.Supply, &d.Model.Mean, weights, d.Grid.Last, high)
	if err != nil {
		panic("subsidy: a model that made a designer makes another: " + err.Error())
	}
	s := r.newPlacing()
	r.answer(&d.Grid.Last, &high, s)
	out := limitless{fill: s.fill}
	for p := range r.post {
		out.empty += max(0, int(r.post[p].need-s.people[p]))
	}
	return out
}
