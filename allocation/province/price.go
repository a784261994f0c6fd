package province

import (
	"context"
	"math"
	"math/big"

	"github.com/xianguan/xianguan/allocation"
)

// mostScale is the scale of prices: they are whole numbers over it, or over a smaller power of two where the sums of a county would not fit.
const mostScale = 1 << 24

// posted are prices with what is proven by them.
type posted struct {
	level  int
	scale  int64
	prices allocation.Prices // over the scale; that of the level is the scale itself
	county []int64           // what each county costs at the least at these prices
	sum    *big.Int          // the Lagrangian, over the scale
	bound  int64             // rounded up
	convex float64           // value of the last master: the convexified optimum once no county has a cheaper proposal
}

// reduced is the reduced cost of a proposal, kept small enough for a sum over all counties.
func (at *posted) reduced(c int, p *proposal, counties int) int64 {
	if at == nil || at.sum == nil {
		return 0
	}
	return min(max(0, p.Cost(at.prices)-at.county[c]), math.MaxInt64/int64(counties+1))
}

// room is by how much reduced costs may exceed the bound in a choice as good as the levels.
func (at *posted) room(levels []int64) int64 {
	if at == nil || at.sum == nil {
		return math.MaxInt64
	}
	room := new(big.Int).Mul(big.NewInt(levels[at.level]), big.NewInt(at.scale))
	if room.Sub(room, at.sum); !room.IsInt64() {
		return math.MaxInt64
	}
	return room.Int64()
}

// limits are the rows of a level: the budget, the places, and the levels before, which are proven.
func (s *search) limits(level int) []int64 {
	return append([]int64{int64(s.Budget), int64(s.Places)}, s.levels[:level]...)
}

// uses is what a proposal has in each row of a level.
func uses(p *allocation.Proposal, level int) []float64 {
	use := []float64{float64(p.Subsidy), float64(len(p.Hired))}
	for _, v := range p.Levels[:level] {
		use = append(use, float64(v))
	}
	return use
}

// price finds the prices of a level: the master posts them, the counties answer, until none has a cheaper proposal.
func (s *search) price(ctx context.Context, level int) (*posted, error) {
	var cost []float64
	var use [][]float64
	for c, j := range s.chosen {
		p := s.members[c].proposals[j]
		cost, use = append(cost, float64(p.Levels[level])), append(use, uses(p.Proposal, level))
	}
	var limit []float64
	for _, l := range s.limits(level) {
		limit = append(limit, float64(l))
	}
	m := newMaster(limit, cost, use)
	for c := range s.members {
		for j, p := range s.members[c].proposals {
			if j != s.chosen[c] {
				m.add(c, float64(p.Levels[level]), uses(p.Proposal, level))
			}
		}
	}
	best := &posted{level: level}
	for n := 1; ; n++ {
		o := m.solve()
		at, news, err := s.post(ctx, level, o)
		if err != nil {
			return best, s.stopped(ctx, err)
		}
		s.asked++
		at.convex = o.value
		if best.sum == nil || s.above(at, best) {
			best = at
		}
		settled := true
		for c, found := range news {
			if s.members[c].add(found) {
				m.add(c, float64(found.Levels[level]), uses(found, level))
				settled = false
			}
		}
		best.convex = at.convex
		if s.options.Progress != nil {
			s.options.Progress(Progress{s.names[level], n, s.levels[level], best.bound, s.proposals()})
		}
		if settled || best.bound >= s.levels[level] || float64(best.bound) >= math.Ceil(o.value-settledWithin*math.Max(1, math.Abs(o.value))) {
			return best, nil
		}
		if n >= s.options.Iterations {
			s.stop = StopIterations
			return best, nil
		}
	}
}

// settledWithin is how near the bound must come to the master, as a share of it, for the prices to be final.
const settledWithin = 1e-9

// above compares two bounds, which may have different scales.
func (s *search) above(a, b *posted) bool {
	left := new(big.Int).Mul(a.sum, big.NewInt(b.scale))
	return left.Cmp(new(big.Int).Mul(b.sum, big.NewInt(a.scale))) > 0
}

func (s *search) proposals() (n int) {
	for _, m := range s.members {
		n += len(m.proposals)
	}
	return n
}

// post rounds the prices of the master, asks the counties, and sums up the bound.
func (s *search) post(ctx context.Context, level int, o optimum) (*posted, []*allocation.Proposal, error) {
	at := &posted{level: level, scale: mostScale, county: make([]int64, len(s.members))}
	for at.round(o.price); at.scale > 1 && !s.fit(at.prices); at.round(o.price) {
		at.scale /= 2
	}
	news := make([]*allocation.Proposal, len(s.members))
	err := s.each(ctx, func(c int, m *member) (err error) {
		news[c], err = m.proposer.At(ctx, at.prices, m.places)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	at.sum = new(big.Int)
	for c, p := range news {
		at.county[c] = p.Bound
		at.sum.Add(at.sum, big.NewInt(p.Bound))
	}
	for i, limit := range s.limits(level) {
		price := at.prices.Subsidy
		switch {
		case i == 1:
			price = at.prices.Place
		case i > 1:
			price = at.prices.Levels[i-2]
		}
		at.sum.Sub(at.sum, new(big.Int).Mul(big.NewInt(price), big.NewInt(limit)))
	}
	up := new(big.Int).Add(at.sum, big.NewInt(at.scale-1))
	at.bound = math.MinInt64
	if up.Div(up, big.NewInt(at.scale)); up.IsInt64() { // Div rounds down for a positive divisor
		at.bound = max(0, up.Int64()) // no level is below 0
	}
	return at, news, nil
}

// round makes whole numbers of prices at the present scale.
func (at *posted) round(price []float64) {
	whole := func(p float64) int64 { return int64(math.Min(math.Round(p*float64(at.scale)), 1<<61)) }
	at.prices = allocation.Prices{Subsidy: whole(price[0]), Place: whole(price[1])}
	for _, p := range price[2:] {
		at.prices.Levels = append(at.prices.Levels, whole(p))
	}
	at.prices.Levels = append(at.prices.Levels, at.scale)
}

func (s *search) fit(prices allocation.Prices) bool {
	for _, m := range s.members {
		if !m.proposer.Fits(prices) {
			return false
		}
	}
	return true
}
