package subsidy

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// FrontierOptions says how much of the Pareto front of cost and fill is wanted. The zero value works.
type FrontierOptions struct {
	Points int       `json:"points"`           // at most; 0: 20
	Budget model.Fen `json:"budget,omitempty"` // points that cost more a month are left out; 0: none
	Nodes  int       `json:"nodes,omitempty"`  // of the search, at most; 0: those of the design for each point
}

// DefaultPoints is how many points a frontier has at most unless that is set.
const DefaultPoints = 20

// Frontier is the Pareto front of monthly cost and filled weight, ascending in both: no schedule of the grid that
// was looked at fills as much as a point for less, or more for as much.
type Frontier struct {
	Last     Outcome         `json:"last"` // last year's amounts
	Points   []FrontierPoint `json:"points"`
	Asked    int             `json:"asked"`    // points, at most
	Proven   bool            `json:"proven"`   // every point, and that no schedule fills more than the last
	Complete bool            `json:"complete"` // every Pareto point from the first to the last is there
	// Most bounds what any schedule of the grid fills (within the budget).
	Most      int64 `json:"most"`
	Schedules int   `json:"schedules"` // looked at
	Nodes     int   `json:"nodes"`
}

// FrontierPoint is a schedule on the front.
type FrontierPoint struct {
	Outcome
	Target int64     `json:"target"` // the weight asked for: nothing fills as much and costs less than Bound
	Proven bool      `json:"proven"` // on the front of the whole grid
	Bound  model.Fen `json:"bound"`
	Yuan   *Marginal `json:"marginal,omitempty"` // nil where there is one point only
}

// Marginal is what another filled place of weight 1 costs a month at a point of the front: the mean from the
// point before and the mean to the one after, the lesser first. At an end both are that of the one neighbour.
type Marginal struct {
	Low  model.Fen `json:"low"`
	High model.Fen `json:"high"`
}

// Gap is how far above the bound a point's cost is, relative to it.
func (p *FrontierPoint) Gap() float64 {
	return float64(p.Cost-p.Bound) / float64(max(1, p.Bound))
}

// Frontier traces the Pareto front from what the least schedule of the grid fills to the most that can be filled.
//
// It is the ε-constraint method: for a weight asked for, the least cost of filling it, and of that the most
// fill, is a point of the front. First come the most and evenly spaced weights; then the middle of the
// widest part of the front about which nothing is known, until there are enough points or no such part
// is left, when the front is complete. All weights are goals of one search, so a box that
// is split for one serves all.
//
// The error is a *DesignError, an *UnreachableError where the budget is below what the least schedule costs,
// or the context's.
//
// Haimes, Lasdon and Wismer, "On a bicriterion formulation of the problems of integrated system
// identification and system optimization", IEEE Transactions on Systems, Man and Cybernetics 1 (1971).
func (d *Designer) Frontier(ctx context.Context, o FrontierOptions) (*Frontier, error) {
	if err := o.fill(d); err != nil {
		return nil, err
	}
	s := newSearch(ctx, d)
	most, targets, err := s.front(o)
	if err != nil {
		return nil, err
	}
	f := &Frontier{Last: d.At(d.Grid.Last), Asked: o.Points, Most: most.bound}
	f.Points = d.frontPoints(targets)
	f.Proven = !most.open
	for _, p := range f.Points {
		f.Proven = f.Proven && p.Proven
	}
	f.Complete = f.Proven && len(gaps(targets)) == 0
	f.Schedules, f.Nodes = len(s.known), s.nodes
	return f, nil
}

// fill sets the defaults and checks the rest.
func (o *FrontierOptions) fill(d *Designer) error {
	switch {
	case o.Points < 0 || o.Points > 1000:
		return &DesignError{"points", fmt.Sprint(o.Points), "1 to 1000"}
	case o.Budget < 0:
		return &DesignError{"budget", o.Budget.String(), "0 or more"}
	case o.Nodes < 0:
		return &DesignError{"nodes", fmt.Sprint(o.Nodes), "0 or more"}
	}
	if o.Points == 0 {
		o.Points = DefaultPoints
	}
	if o.Nodes == 0 {
		o.Nodes = o.Points * d.options.Nodes
	}
	return nil
}

// front searches for the most that can be filled, and then for the points up to it.
func (s *search) front(o FrontierOptions) (most *goal, targets []*goal, err error) {
	o.Budget *= model.Fen(len(s.responses))
	most = &goal{most: true, budget: o.Budget}
	s.goals = append(s.goals, most)
	s.most = o.Nodes / 20 // the proof of the most alone could use up all
	if err := s.run(); err != nil {
		return nil, nil, err
	}
	s.most = o.Nodes
	if most.best == nil {
		return nil, nil, s.designer.unreachable(s.ctx, 0, 0, o.Budget/model.Fen(len(s.responses)), most, s.responses)
	}
	targets, err = s.trace(o, most.best.fill)
	return most, targets, err
}

// trace adds goals to the search until the front has as many points as wanted, and gives the goals in order of
// the weight asked for.
func (s *search) trace(o FrontierOptions, most int64) ([]*goal, error) {
	least := s.least()
	var targets []*goal
	ask := func(fill int64) {
		g := &goal{fill: fill, budget: o.Budget}
		targets = append(targets, g)
		s.add(g)
	}
	ask(most)
	if o.Points > 1 && least < most {
		ask(least)
		for i := int64(1); i < int64(o.Points)-1; i++ {
			if fill := least + (most-least)*i/int64(o.Points-1); fill > least && fill < most {
				ask(fill)
			}
		}
	}
	for {
		if err := s.run(); err != nil {
			return nil, err
		}
		slices.SortFunc(targets, func(a, b *goal) int { return cmp.Compare(a.fill, b.fill) })
		room := o.Points - points(targets)
		open := gaps(targets)
		if room <= 0 || len(open) == 0 || s.nodes >= s.most {
			return targets, nil
		}
		slices.SortStableFunc(open, func(a, b [2]int64) int { return cmp.Compare(b[1]-b[0], a[1]-a[0]) })
		for _, gap := range open[:min(room, len(open))] {
			ask(gap[0] + (gap[1]-gap[0])/2)
		}
	}
}

// least is what the least schedule of the grid fills.
func (s *search) least() int64 {
	return s.look(s.designer.Grid.lowest(), s.rooms[0]).fill
}

// points counts the different points that goals have found.
func points(targets []*goal) int {
	count := 0
	for i, g := range targets {
		if i == 0 || g.best != targets[i-1].best {
			count++
		}
	}
	return count
}

// gaps are the weights about which nothing is known, from the first to the last of each gap: above what one goal's best
// fills, and below what the next one asks for.
func gaps(targets []*goal) (open [][2]int64) {
	for i := 1; i < len(targets); i++ {
		if low, high := targets[i-1].best.fill+1, targets[i].fill-1; low <= high {
			open = append(open, [2]int64{low, high})
		}
	}
	return open
}

// frontPoints writes out what goals have found, each point once. As each goal has seen every schedule, none
// dominates another.
func (d *Designer) frontPoints(targets []*goal) []FrontierPoint {
	var all []FrontierPoint
	for i, g := range targets {
		if i > 0 && g.best == targets[i-1].best { // the higher weight says more
			all = all[:len(all)-1]
		}
		all = append(all, FrontierPoint{Outcome: d.At(d.Grid.Amounts(g.best.levels)), Target: g.fill, Proven: !g.open, Bound: model.Fen(g.bound)})
	}
	for i := range all {
		all[i].Yuan = marginal(all, i)
	}
	return all
}

// marginal compares a point with its neighbours.
func marginal(all []FrontierPoint, i int) *Marginal {
	if len(all) < 2 {
		return nil
	}
	before, after := max(1, i), min(len(all)-1, i+1)
	slope := func(j int) model.Fen { // from point j-1 to j, rounded up
		fill := all[j].Weight - all[j-1].Weight
		return model.Fen((int64(all[j].Cost-all[j-1].Cost)*int64(model.Whole) + fill - 1) / fill)
	}
	x, y := slope(before), slope(after)
	return &Marginal{min(x, y), max(x, y)}
}
