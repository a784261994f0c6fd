package horizon

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// course is one way through the years: each county, what is done in it, and what that counts for.
type course struct {
	counties []*model.County
	plans    []*model.Plan
	counts   []Headcount // from each year to the next
	levels   [][]int64   // by year, the joint levels
}

// total is the joint objective: each level summed over the years.
func (c *course) total() []int64 {
	sum := make([]int64, len(jointLevels))
	for _, levels := range c.levels {
		addTo(sum, levels)
	}
	return sum
}

func addTo(sum, levels []int64) {
	for i, v := range levels {
		sum[i] += v
	}
}

// better reports whether a course is better than another, or than none.
func (c *course) better(than *course) bool {
	return than == nil || slices.Compare(c.total(), than.total()) < 0
}

// joint takes the joint levels out of those of a plan. A lottery is not among them: it decides within each year alone.
func joint(p *model.Plan) []int64 {
	levels := make([]int64, len(jointLevels))
	for _, l := range p.Levels {
		if at := slices.Index(jointLevels, l.Name); at >= 0 {
			levels[at] = l.Objective
		}
	}
	return levels
}

// errUnlawful says that what prices proposed breaks a rule or can't be planned: another proposal is taken.
var errUnlawful = errors.New("the proposal is not lawful")

// travel goes through the years. plan says what is done in each; the error of a year is an *[Error].
func (x *planning) travel(ctx context.Context, plan func(ctx context.Context, k int, c *model.County) (*model.Plan, error)) (*course, error) {
	w := &course{}
	c := x.first
	for k := range x.options.Years {
		p, err := plan(ctx, k, c)
		if err != nil {
			return nil, &Error{c.Date, err}
		}
		w.counties, w.plans, w.levels = append(w.counties, c), append(w.plans, p), append(w.levels, joint(p))
		if k == x.options.Years-1 {
			break
		}
		next, count, err := Next(c, p, &x.options.Outlook, k)
		if err != nil {
			return nil, &Error{c.Date.AddYears(1), err}
		}
		w.counts = append(w.counts, count)
		c = next
	}
	return w, nil
}

// alone plans each year for itself.
func (x *planning) alone(ctx context.Context, k int, c *model.County) (*model.Plan, error) {
	return allocation.Solve(ctx, c, x.yearOptions(k))
}

// yearOptions are the options of a year: who is pinned or barred is so in the first, whose people and posts the options name.
func (x *planning) yearOptions(k int) *model.Options {
	o := x.options.Plan
	if k > 0 {
		o.Pins, o.Bans = nil, nil
	}
	return &o
}

// priced plans each year with prices on top.
func (x *planning) priced(prices [][]allocation.Price) func(context.Context, int, *model.County) (*model.Plan, error) {
	return func(ctx context.Context, k int, c *model.County) (*model.Plan, error) {
		pins, err := allocation.AssignPriced(ctx, c, x.yearOptions(k), prices[k])
		if err != nil {
			return nil, err
		}
		return x.byHand(ctx, k, c, pins)
	}
}

// byHand measures who has which post in a year, as a plan without bounds.
func (x *planning) byHand(ctx context.Context, k int, c *model.County, pins []model.Pin) (*model.Plan, error) {
	planner := allocation.Planner{Options: *x.yearOptions(k)}
	found, err := planner.Evaluate(ctx, c, pins, false)
	if err != nil {
		return nil, err
	}
	if !found.Lawful {
		return nil, errUnlawful
	}
	return found.Plan, nil
}

// settle makes a plan of each year of a course: optimal for who is pinned to what the years ask for, so that the checker can work it out from the county and the plan alone. Where
// the year by itself would do the same, nobody is pinned.
func (x *planning) settle(ctx context.Context, w *course) (*course, error) {
	return x.travel(ctx, func(ctx context.Context, k int, c *model.County) (*model.Plan, error) {
		free, err := x.alone(ctx, k, c)
		if err != nil {
			return nil, err
		}
		if sameSeats(free, w.plans[k]) {
			return free, nil
		}
		options, err := x.pinned(k, c, w.plans[k])
		if err != nil {
			return nil, err
		}
		plan, err := allocation.Solve(ctx, c, options)
		if err == nil && !sameSeats(plan, w.plans[k]) {
			err = fmt.Errorf("horizon: the pinned plan differs from what was pinned")
		}
		return plan, err
	})
}

// pinned pins everybody who has a choice to what a plan has for them. Who is to have no post is barred from each that is open.
func (x *planning) pinned(k int, c *model.County, p *model.Plan) (*model.Options, error) {
	o := x.yearOptions(k)
	terms, err := allocation.State(c, o)
	if err != nil {
		return nil, err
	}
	seats := seats(p)
	o.Pins, o.Bans = slices.Clone(o.Pins), slices.Clone(o.Bans)
	for i := range terms.People {
		t := &terms.People[i]
		to := seats[t.ID]
		switch {
		case !canMove(t) || slices.ContainsFunc(o.Pins, func(pin model.Pin) bool { return pin.Teacher == t.ID }):
		case to.IsZero():
			for _, choice := range t.Choices {
				o.Bans = append(o.Bans, model.Pin{Teacher: t.ID, Post: terms.Posts[choice.Post].ID})
			}
		default:
			o.Pins = append(o.Pins, model.Pin{Teacher: t.ID, Post: to})
		}
	}
	return o, nil
}

func seats(p *model.Plan) map[model.TeacherID]model.PostID {
	to := make(map[model.TeacherID]model.PostID, len(p.Assignments))
	for i := range p.Assignments {
		if a := &p.Assignments[i]; a.Ground != model.GroundAway {
			to[a.Teacher] = a.To
		}
	}
	return to
}

// sameSeats reports whether two plans give everybody the same post.
func sameSeats(a, b *model.Plan) bool {
	x, y := seats(a), seats(b)
	if len(x) != len(y) {
		return false
	}
	for id, post := range x {
		if other, known := y[id]; !known || other != post {
			return false
		}
	}
	return true
}
