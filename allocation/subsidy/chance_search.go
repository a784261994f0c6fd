package subsidy

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// sampled is a design by sample average under way.
type sampled struct {
	designer *Designer
	options  ChanceOptions
	people   int
	target   int64
	budget   model.Fen

	price      int64
	least      []float64 // by replication: the least of Whole · cost − price · fill, a scenario
	proven     bool
	candidates map[Amounts]bool
	levels     [][]int // of the candidates, with which the next search begins
}

// margins are by how much a candidate may lie on the safe side of what a sample asks for: its mean may be the
// lucky one, and fresh scenarios decide.
var margins = []model.Share{0, 25, 50, 100, 200}

// byChance carries a design by sample average out.
func (d *Designer) byChance(ctx context.Context, s *sampled, asked string) (*ChanceDesign, error) {
	l := d.lottery(s.options.Seed)
	s.proven, s.candidates = true, map[Amounts]bool{}
	for replication := range s.options.Replications + 1 {
		responses, err := l.scenarios(ctx, streamSearch+uint64(replication), s.options.Scenarios)
		if err != nil {
			return nil, err
		}
		if err := s.replicate(ctx, responses, replication == 0); err != nil {
			return nil, err
		}
	}
	chosen, err := s.choose(ctx, l)
	if err != nil {
		return nil, err
	}
	fresh, err := l.evaluate(ctx, []Amounts{chosen}, streamFinal, s.options.Evaluate)
	if err != nil {
		return nil, err
	}
	out := &ChanceDesign{ChanceOutcome: d.summary(chosen, fresh[0], s.target, s.budget), Asked: asked, Method: ChanceMethod,
		Target: s.target, Budget: s.budget, Price: model.Fen(s.price), Proven: s.proven, Candidates: len(s.candidates), Options: s.options}
	out.Met = out.meets(out.Weight.Mean, out.Cost.Mean)
	out.Surely = out.meets(out.Weight.Interval.Low, out.Cost.Interval.High)
	s.bound(out)
	return out, nil
}

// meets reports whether a mean weight and cost are as asked.
func (d *ChanceDesign) meets(weight, cost float64) bool {
	return weight >= float64(d.Target) && (d.Budget == 0 || cost <= float64(d.Budget))
}

// replicate searches one sample: for what was asked, and for the least priced sum. The first finds the price.
func (s *sampled) replicate(ctx context.Context, responses []*response, first bool) error {
	n := int64(len(responses))
	wanted := &goal{fill: s.target * n, budget: s.budget * model.Fen(n), most: s.target == 0}
	search := newSearch(ctx, s.designer, wanted)
	search.responses = responses
	search.most = s.options.Nodes
	search.starts, search.moves = s.levels, []int{1, 4}
	if !first {
		search.goals = append(search.goals, &goal{price: s.price})
	}
	if err := search.run(); err != nil {
		return err
	}
	if first {
		if wanted.best == nil {
			return s.designer.unreachable(ctx, s.people, s.target, s.budget, &goal{}, responses)
		}
		s.price = search.slope(wanted.best)
	} else {
		priced := search.goals[1]
		s.least = append(s.least, float64(priced.bound)/float64(n))
		s.proven = s.proven && !priced.open
	}
	for _, margin := range margins { // a little more fill, or a little less money
		safe := &goal{fill: wanted.fill + margin.Of(wanted.fill), budget: wanted.budget - model.Fen(margin.Of(int64(wanted.budget))), most: wanted.most}
		if search.show(safe); safe.best != nil {
			if a := s.designer.Grid.Amounts(safe.best.levels); !s.candidates[a] {
				s.candidates[a] = true
				s.levels = append(s.levels, safe.best.levels)
			}
		}
	}
	return nil
}

// slope is the price of weight at a visit: the slope of the edge of the lower convex hull of all that was looked at in fill
// and cost above its fill, in fen for Whole; at the end of the hull, of the last edge.
func (s *search) slope(at *visit) int64 {
	all := make([]*visit, 0, len(s.known))
	for _, v := range s.known {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b *visit) int { return cmp.Or(cmp.Compare(a.fill, b.fill), cmp.Compare(a.cost, b.cost)) })
	var hull []*visit
	for _, v := range all {
		if n := len(hull); n > 0 && hull[n-1].fill == v.fill {
			continue
		}
		for n := len(hull); n > 1 && slope(hull[n-2], hull[n-1]) >= slope(hull[n-1], v); n = len(hull) {
			hull = hull[:n-1]
		}
		hull = append(hull, v)
	}
	price := 1.0
	for i := 1; i < len(hull); i++ {
		price = max(1, slope(hull[i-1], hull[i])*float64(model.Whole))
		if hull[i].fill > at.fill {
			break
		}
	}
	return int64(math.Round(price))
}

// slope is the cost of weight between two visits of different fill.
func slope(a, b *visit) float64 { return float64(b.cost-a.cost) / float64(b.fill-a.fill) }

// choose judges the candidates on fresh scenarios: the best of those that are as asked there, or, if none is,
// the one that misses least.
func (s *sampled) choose(ctx context.Context, l *lottery) (Amounts, error) {
	all := make([]Amounts, 0, len(s.candidates))
	for a := range s.candidates {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b Amounts) int { return slices.Compare(a[:], b[:]) })
	samples, err := l.evaluate(ctx, all, streamSelect, s.options.Evaluate)
	if err != nil {
		return Amounts{}, err
	}
	type judged struct {
		amounts    Amounts
		miss       float64 // relative
		fill, cost float64
	}
	judges := make([]judged, len(all))
	for i, a := range all {
		j := judged{amounts: a}
		for _, x := range samples[i] {
			j.fill += float64(x.fill) / float64(len(samples[i]))
			j.cost += float64(x.cost) / float64(len(samples[i]))
		}
		if s.target > 0 {
			j.miss = max(0, 1-j.fill/float64(s.target))
		}
		if s.budget > 0 {
			j.miss = max(j.miss, j.cost/float64(s.budget)-1)
		}
		judges[i] = j
	}
	best := slices.MinFunc(judges, func(a, b judged) int {
		if s.target > 0 {
			return cmp.Or(cmp.Compare(a.miss, b.miss), cmp.Compare(a.cost, b.cost), cmp.Compare(b.fill, a.fill))
		}
		return cmp.Or(cmp.Compare(a.miss, b.miss), cmp.Compare(b.fill, a.fill), cmp.Compare(a.cost, b.cost))
	})
	return best.amounts, nil
}

// bound works out what no schedule betters, from the replications.
func (s *sampled) bound(out *ChanceDesign) {
	e := estimated(s.least)
	lower := e.Mean - e.quantile((1+confidence)/2, len(s.least))
	whole, price := float64(model.Whole), float64(s.price)
	if s.target > 0 {
		limit := func(least float64) float64 { return (least + price*float64(s.target)) / whole }
		out.Bound, out.Limit = limit(e.Mean), limit(lower)
		out.Gap, out.GapLimit = max(0, out.Cost.Mean-out.Bound), max(0, out.Cost.Interval.High-out.Limit)
		return
	}
	limit := func(least float64) float64 {
		return min((whole*float64(s.budget)-least)/price, float64(s.designer.response.weight))
	}
	out.Bound, out.Limit = limit(e.Mean), limit(lower)
	out.Gap, out.GapLimit = max(0, out.Bound-out.Weight.Mean), max(0, out.Limit-out.Weight.Interval.Low)
}
