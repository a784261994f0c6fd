package horizon

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/allocation/supervision"
	"github.com/xianguan/xianguan/model"
)

// Options says how to plan the years. The zero value but for Years works.
type Options struct {
	Years   int           // 1 to 20
	Outlook Outlook       //
	Plan    model.Options // of each year; pins and bans hold in the first. Keep is refused
	Rounds  int           // of the search with look-ahead; 0: 30
	Sharing bool          // work out shared teaching in each year, so that the full curriculum is known
	Exact   int           // greatest number of plans of years that is searched through; 0: 50,000; below 0: none
}

// Method says how the plans were found.
type Method string

// The methods.
const (
	Exhaustive Method = "exhaustive" // every plan of the years was tried, or ruled out by a bound
	LookAhead  Method = "look-ahead" // one year after the other, with what a post is worth in the years ahead
)

// Stop says why the search ended.
type Stop string

// The reasons.
const (
	StopProven    Stop = "proven"    // no plan of the years is better
	StopRounds    Stop = "rounds"    // the rounds were over
	StopCancelled Stop = "cancelled" // the context ended
)

// Horizon is the years of a county.
type Horizon struct {
	County  model.CountyID `json:"county"`
	Origin  model.Origin   `json:"origin,omitzero"`
	Outlook Outlook        `json:"outlook"`
	Method  Method         `json:"method"`
	Stop    Stop           `json:"stop"`
	Levels  []Level        `json:"levels"` // of the joint objective
	Years   []Year         `json:"years"`
	Needs   []Need         `json:"needs"` // whom to recruit and to start training now
}

// Level is one level of the joint objective: its sum over the years.
type Level struct {
	Name      string  `json:"name"`
	Objective int64   `json:"objective"`
	Alone     *int64  `json:"one_at_a_time,omitempty"` // of plans made one year at a time; the levels compare one after the other. Nil where these lead to a year without a plan
	Bound     int64   `json:"bound"`                   // no plan of the years that is as good on the levels before has less
	Gap       float64 `json:"gap"`                     // (objective − bound) / max(1, |objective|)
	Proven    bool    `json:"proven"`                  // objective = bound
}

// Year is one year of a horizon.
type Year struct {
	Date       model.Date            `json:"date"`
	Pupils     int                   `json:"pupils"`
	Classes    int                   `json:"classes"`
	Indicators scenario.Indicators   `json:"indicators"`
	Findings   []supervision.Finding `json:"findings"` // each target of the policy, met or not
	Subjects   []Staffing            `json:"subjects"` // by stage and subject, in the order of the county's
	Spending   Spending              `json:"spending"`
	Alone      []int64               `json:"alone"`     // what the year could have by itself, level by level, in the county as it is
	Headcount  Headcount             `json:"headcount"` // to the next year; of the last year zero but for Before and After
	County     *model.County         `json:"-"`
	Plan       *model.Plan           `json:"-"`
}

// Error says in which year something is wrong.
type Error struct {
	Year model.Date
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("the year from %s: %v", e.Year, e.Err) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Plan plans a county for some years together; see the package comment. It is never worse than the plans made one year at a time, which it tries first; where they lead to a year
// without a plan, others may not. The error is
// an *[Error] of those of [allocation.Solve] and [scenario.Apply], or joined *[model.FieldError] for an outlook that does not fit the county. A context that ends
// early ends the search, not the plan, once there is one. It takes Years · (Rounds + 3) solves of a year, and O(pairs · Years²) memory.
func Plan(ctx context.Context, c *model.County, o Options) (*Horizon, error) {
	x, err := newPlanning(ctx, c, o)
	if err != nil {
		return nil, err
	}
	alone, dead := x.travel(ctx, x.alone)
	var none *allocation.InfeasibleError
	var at *Error
	if dead != nil && (!errors.As(dead, &none) || errors.As(dead, &at) && at.Year == c.Date) {
		return nil, dead
	}
	x.best = alone
	proven, err := x.search(ctx)
	if err != nil {
		return nil, err
	}
	if x.best == nil { // as far as the search goes, and one at a time as well
		return nil, dead
	}
	h := &Horizon{County: c.ID, Origin: c.Origin, Outlook: o.Outlook, Method: LookAhead, Levels: x.levels(alone, proven)}
	if proven {
		h.Method = Exhaustive
	}
	switch {
	case !slices.ContainsFunc(h.Levels, func(l Level) bool { return !l.Proven }):
		h.Stop = StopProven
	case ctx.Err() != nil:
		h.Stop = StopCancelled
	default:
		h.Stop = StopRounds
	}
	best := x.best
	if best != alone {
		if best, err = x.settle(context.WithoutCancel(ctx), best); err != nil {
			return nil, err
		}
	}
	return h, x.describe(context.WithoutCancel(ctx), h, best)
}

// planning is the plan of the years in the making.
type planning struct {
	first   *model.County
	options Options
	still   []*model.County // if nobody ever moved
	duals   *duals
	best    *course
}

const (
	defaultRounds = 30
	defaultExact  = 50_000
)

func newPlanning(ctx context.Context, c *model.County, o Options) (*planning, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	if err := o.Outlook.validate(c, o.Years); err != nil {
		return nil, err
	}
	if o.Plan.Keep != nil {
		return nil, &model.FieldError{Table: "options", Index: -1, Field: "keep", Value: "published posts", Want: "none: what was published binds one year, not several"}
	}
	if o.Rounds == 0 {
		o.Rounds = defaultRounds
	}
	if o.Exact == 0 {
		o.Exact = defaultExact
	}
	x := &planning{first: c, options: o}
	for k := range o.Years {
		x.still = append(x.still, c)
		if k == o.Years-1 {
			break
		}
		next, _, err := Next(c, unmoved(c), &o.Outlook, k)
		if err != nil {
			return nil, &Error{c.Date.AddYears(1), err}
		}
		c = next
	}
	r, err := relax(x.still, &o.Outlook, &o.Plan)
	if err != nil {
		return nil, err
	}
	x.duals, err = newDuals(context.WithoutCancel(ctx), r) // without it nothing is known
	return x, err
}

// unmoved is the plan in which nobody moves. Who has no post waits.
func unmoved(c *model.County) *model.Plan {
	schools := make(map[model.SchoolID]*model.School, len(c.Schools))
	for i := range c.Schools {
		schools[c.Schools[i].ID] = &c.Schools[i]
	}
	p := &model.Plan{}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		a := model.Assignment{Teacher: t.ID, Ground: model.GroundAway}
		if !t.Away(c.Date, &c.Rules) {
			post := t.CurrentPost(schools[t.CurrentSchool(c.Date)])
			a.From, a.To, a.Ground = post, post, model.GroundStay
			if post.IsZero() {
				a.Ground = model.GroundNone
			}
		}
		p.Assignments = append(p.Assignments, a)
	}
	return p
}

// levels puts the bounds beside the best plan. Where the levels before are as good as the years can be each by itself, every year is on its optimal face, and the bound of
// a level is the sum of what it is on those; else it is the sum of what it is at least by itself.
func (x *planning) levels(alone *course, proven bool) []Level {
	var levels []Level
	best := x.best.total()
	faces := true
	for k, name := range jointLevels {
		l := Level{Name: name, Objective: best[k], Bound: x.duals.least[k]}
		if alone != nil {
			l.Alone = &alone.total()[k]
		}
		yearly := int64(0)
		for _, year := range x.duals.yearly {
			yearly += year[k]
		}
		if faces {
			l.Bound = max(l.Bound, yearly)
		}
		faces = faces && l.Objective == yearly
		if k == 0 {
			l.Bound = max(l.Bound, x.duals.bound)
		}
		if proven {
			l.Bound = l.Objective
		}
		l.Proven = l.Objective == l.Bound
		l.Gap = float64(l.Objective-l.Bound) / max(1, math.Abs(float64(l.Objective)))
		levels = append(levels, l)
	}
	return levels
}

// search improves on the best plan of the years until it is proven, the rounds are over or the context ends. It reports whether every other plan was ruled out.
func (x *planning) search(ctx context.Context) (bool, error) {
	if done, err := x.exhaust(ctx); err != nil || done {
		return done, err
	}
	return false, x.lookAhead(ctx)
}
