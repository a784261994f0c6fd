package province

import (
	"context"
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// Stop says why the search ended.
type Stop string

const (
	StopOptimal    Stop = "optimal"    // every level is proven
	StopGap        Stop = "gap"        // the first level is within the accepted gap
	StopConverged  Stop = "converged"  // the prices are final and no county has anything better near its share; the duality gap of integers is left
	StopIterations Stop = "iterations" // the prices were not final after the accepted number of iterations
	StopTime       Stop = "time"
	StopCancelled  Stop = "cancelled"
)

// Result is a province with its shares.
type Result struct {
	Name       string    `json:"name,omitempty"`
	Software   string    `json:"software"`
	Synthetic  bool      `json:"synthetic,omitempty"` // people of some county are made up
	Stop       Stop      `json:"stop"`
	Budget     model.Fen `json:"budget"` // fen a month
	Spent      model.Fen `json:"spent"`
	Unspent    model.Fen `json:"unspent"`
	Places     int       `json:"places"`
	Hired      int       `json:"hired"`
	Levels     []Level   `json:"levels"`     // summed over the counties, most important first
	Priced     int64     `json:"priced"`     // bound of the shortage by prices alone, before the gap was closed
	Yuan       Price     `json:"yuan"`       // posted price of money, in shortage points a yuan
	Place      Price     `json:"place"`      // posted price of a place, in shortage points
	Convex     float64   `json:"convex"`     // shortage if counties could mix plans: the last master's value
	Iterations int       `json:"iterations"` // of the prices, over all levels
	Proposals  int       `json:"proposals"`  // of all counties
	Counties   []Share   `json:"counties"`   // in the order of the province
}

// Level is one level of the objective with the interval in which the joint optimum's lies.
type Level struct {
	Name        string  `json:"name"`
	Objective   int64   `json:"objective"`
	Bound       int64   `json:"bound"` // 0 where conditional: nothing more is known
	Gap         float64 `json:"gap"`
	Proven      bool    `json:"proven"`
	Conditional bool    `json:"conditional"` // a level before is not proven
}

// Price is a posted price: Points over Scale shortage points for each Per fen or places.
type Price struct {
	Points int64 `json:"points"`
	Scale  int64 `json:"scale"`
	Per    int64 `json:"per"`
}

// Float is the price of one fen or place. It is for showing.
func (p Price) Float() float64 {
	if p.Scale == 0 || p.Per == 0 {
		return 0
	}
	return float64(p.Points) / float64(p.Scale) / float64(p.Per)
}

// Range is the value of a little more, and of a little less, of what is shared. More is never above Less; they are equal where the value is unique.
type Range struct {
	More Price `json:"more"` // what more would save
	Less Price `json:"less"` // what less would cost; Per 0: the county can't do with less
}

// Share is what one county gets, and what it makes of it.
type Share struct {
	County    model.CountyID      `json:"county"`
	Name      string              `json:"name"`
	Title     string              `json:"title"` // the county's own name
	Least     model.Fen           `json:"least"` // that it needs
	Budget    model.Fen           `json:"budget"`
	Spent     model.Fen           `json:"spent"`
	Applied   int                 `json:"applied"` // places that it could use at the most
	Places    int                 `json:"places"`
	Recruits  []scenario.Recruits `json:"recruits,omitempty"` // in the places, by stage and subject
	Levels    []int64             `json:"levels"`
	Ledger    model.Ledger        `json:"ledger"`
	Yuan      Range               `json:"yuan"`  // of money at the posted price of a place
	Place     Range               `json:"place"` // of a place at the posted price of money
	Hash      string              `json:"county_hash"`
	Checked   bool                `json:"every_rule_holds"`
	Granted   *model.County       `json:"-"` // the county with its recruits and its budget
	Plan      *model.Plan         `json:"-"` // of Granted
	Synthetic bool                `json:"synthetic,omitempty"`
}

// result plans every county within its share and has the checker confirm it.
func (s *search) result(ctx context.Context, levels []Level) (*Result, error) {
	r := &Result{Name: s.Name, Software: allocation.Software, Budget: s.Budget, Places: s.Places, Levels: levels, Iterations: s.asked,
		Convex: s.posted.convex, Priced: s.posted.bound, Counties: make([]Share, len(s.members))}
	err := s.each(context.WithoutCancel(ctx), func(c int, m *member) (err error) {
		r.Counties[c], err = s.share(ctx, c, m)
		return err
	})
	if err != nil {
		return nil, err
	}
	for k := range r.Levels {
		r.Levels[k].Objective = 0
	}
	for i := range r.Counties {
		share := &r.Counties[i]
		r.Spent, r.Hired = r.Spent+share.Spent, r.Hired+share.Places
		r.Synthetic = r.Synthetic || share.Synthetic
		for k, v := range share.Levels {
			r.Levels[k].Objective += v
		}
	}
	for k := range r.Levels {
		l := &r.Levels[k]
		if l.Objective > s.levels[k] && l.Proven || l.Objective < l.Bound {
			panic(fmt.Sprintf("province: level %s is %d after the counties have planned, and was %d with bound %d", l.Name, l.Objective, s.levels[k], l.Bound))
		}
		l.Gap = solver.RelativeGap(l.Objective, l.Bound)
		l.Proven = !l.Conditional && l.Bound == l.Objective
	}
	r.Unspent, r.Proposals = r.Budget-r.Spent, s.proposals()
	if s.posted.scale > 0 {
		r.Yuan, r.Place = Price{s.posted.prices.Subsidy, s.posted.scale, 1}, Price{s.posted.prices.Place, s.posted.scale, 1}
		if err := s.value(ctx, r); err != nil {
			return nil, err
		}
	}
	r.Stop = s.stop
	return r, nil
}

// share plans one county within its share.
func (s *search) share(ctx context.Context, c int, m *member) (Share, error) {
	p := m.proposals[s.chosen[c]]
	share := Share{County: m.applied.ID, Name: m.Name, Title: m.applied.Name, Least: m.cheapest, Budget: p.Subsidy, Applied: min(m.places, len(m.applicants)), Places: len(p.Hired),
		Recruits: kinds(m.applied, p.Hired), Synthetic: m.applied.Origin.Synthetic}
	var err error
	if share.Granted, err = granted(m.County, m.applied, m.applicants, p.Hired, p.Subsidy); err != nil {
		return share, err
	}
	share.Plan, err = s.plan(ctx, share.Granted, p)
	if err != nil {
		return share, err
	}
	if broken := check.Plan(share.Granted, share.Plan).Err(); broken != nil {
		return share, fmt.Errorf("the checker refuses our own plan: %w", broken)
	}
	share.Checked, share.Spent, share.Ledger, share.Hash = true, share.Plan.Cost.Subsidy, share.Plan.Ledger, share.Plan.CountyHash
	for _, l := range share.Plan.Levels {
		share.Levels = append(share.Levels, l.Objective)
	}
	return share, nil
}

// plan plans a county within its share. Where there is no time for it, the proposal is the plan.
func (s *search) plan(ctx context.Context, c *model.County, p *proposal) (*model.Plan, error) {
	if s.stop != StopTime && s.stop != StopCancelled {
		plan, err := allocation.Solve(ctx, c, &model.Options{Workers: 1})
		var stopped *allocation.StoppedError
		switch {
		case err == nil && notWorse(plan, p):
			return plan, nil
		case err != nil && !errors.As(err, &stopped):
			return nil, err
		}
	}
	return allocation.Stated(c, p.Posts, stopReason(ctx))
}

// notWorse reports whether a plan is at least as good as the proposal; one that was cut short may not be.
func notWorse(plan *model.Plan, p *proposal) bool {
	for k, l := range plan.Levels {
		if l.Objective != p.Levels[k] {
			return l.Objective < p.Levels[k]
		}
	}
	return true
}
