package horizon

import (
	"context"
	"errors"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// exhausting tries every plan of the years that no bound rules out: in each year every assignment that keeps the capacities, the best ones first, and from each the
// years after it. With Σ what the years so far count for and r_k the least that the years from k on can count for in any history, a branch is cut when Σ + r_k is not
// before the best known in lexicographic order, which addition keeps.
type exhausting struct {
	*planning
	left int       // assignments that may still be measured
	rest [][]int64 // r_k, by year; of no years zero
}

var errTooMany = errors.New("too many plans of the years to try")

// exhaust reports whether every plan of the years has been tried or ruled out. The best is then the optimum.
func (x *planning) exhaust(ctx context.Context) (bool, error) {
	if x.options.Exact < 0 || !x.small() {
		return false, nil
	}
	least := x.duals.yearly
	e := &exhausting{planning: x, left: x.options.Exact, rest: make([][]int64, len(least)+1)}
	e.rest[len(least)] = make([]int64, len(jointLevels))
	for k := len(least) - 1; k >= 0; k-- {
		e.rest[k] = slices.Clone(e.rest[k+1])
		addTo(e.rest[k], least[k])
	}
	err := e.from(ctx, x.first, &course{}, make([]int64, len(jointLevels)))
	if errors.Is(err, errTooMany) {
		return false, nil
	}
	return err == nil && e.best != nil, stopped(ctx, err)
}

// stopped takes an error for none where the context ended: what is known until then counts.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// small reports whether the first year alone has few enough ways.
func (x *planning) small() bool {
	y, ways := &x.duals.years[0], 1
	for i := range y.person {
		if ways *= int(y.start[i+1] - y.start[i]); ways > x.options.Exact {
			return false
		}
	}
	return true
}

// from tries every plan of the years from that of a county on.
func (e *exhausting) from(ctx context.Context, c *model.County, so *course, sum []int64) error {
	k := len(so.plans)
	if k == e.options.Years {
		if w := *so; w.better(e.best) {
			w.counties, w.plans, w.levels, w.counts = slices.Clone(w.counties), slices.Clone(w.plans), slices.Clone(w.levels), slices.Clone(w.counts)
			e.best = &w
		}
		return nil
	}
	plans, err := e.plans(ctx, k, c)
	if err != nil {
		return err
	}
	for _, p := range plans {
		levels := joint(p)
		reach := slices.Clone(sum)
		addTo(reach, levels)
		then := slices.Clone(reach)
		addTo(then, e.rest[k+1])
		if e.best != nil && slices.Compare(then, e.best.total()) >= 0 {
			break // and so are all after it
		}
		w := &course{append(so.counties, c), append(so.plans, p), so.counts, append(so.levels, levels)}
		next := c
		if k+1 < e.options.Years {
			var count Headcount
			if next, count, err = Next(c, p, &e.options.Outlook, k); err != nil {
				return &Error{c.Date.AddYears(1), err}
			}
			w.counts = append(w.counts, count)
		}
		if err := e.from(ctx, next, w, reach); err != nil {
			return err
		}
	}
	return nil
}

// plans lists every lawful assignment of a year, the best first.
func (e *exhausting) plans(ctx context.Context, k int, c *model.County) ([]*model.Plan, error) {
	terms, err := allocation.State(c, e.yearOptions(k))
	if err != nil {
		return nil, err
	}
	inPost, inSchool := make([]int, len(terms.Posts)), make([]int, len(terms.Schools))
	pins := make([]model.Pin, len(terms.People))
	var plans []*model.Plan
	var try func(i int) error
	try = func(i int) error {
		if i == len(pins) {
			if e.left--; e.left < 0 {
				return errTooMany
			}
			p, err := e.byHand(ctx, k, c, pins)
			if errors.Is(err, errUnlawful) {
				return nil
			}
			plans = append(plans, p)
			return err
		}
		t := &terms.People[i]
		pins[i] = model.Pin{Teacher: t.ID}
		if t.MayBeOut {
			if err := try(i + 1); err != nil {
				return err
			}
		}
		for _, choice := range t.Choices {
			p := choice.Post
			s := terms.Posts[p].School
			if inPost[p] == terms.Posts[p].Capacity || inSchool[s] == terms.Schools[s].Capacity {
				continue
			}
			inPost[p]++
			inSchool[s]++
			pins[i].Post = terms.Posts[p].ID
			err := try(i + 1)
			inPost[p]--
			inSchool[s]--
			if err != nil {
				return err
			}
		}
		return nil
	}
	if err := try(0); err != nil {
		return nil, err
	}
	slices.SortStableFunc(plans, func(a, b *model.Plan) int { return slices.Compare(joint(a), joint(b)) })
	return plans, ctx.Err()
}
