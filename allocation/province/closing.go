package province

import (
	"context"
	"errors"
	"math"
	"math/big"
	"sync/atomic"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Closing the gap. Let room be the gap over the scale. In every choice as good as the best so far the reduced costs sum to at most room, so each county's plan is one of
// reduced cost at most room. These are mostly few: other prices λ′ bound the money that such a plan can use,
//
//	(λ − λ′) b ≤ room + min_c(λ, μ) − min_c(λ′, μ),
//
// and in the same way its places. For each number of places the best plan within b is asked for, from the most money down. The next lower b that can matter follows from the
// last answer: a plan with less money has no less of the first level, so f_1 + λ b + μ r ≤ room + min_c bounds b again. What all counties answer is complete, and a choice
// among it is the joint optimum at every level.

// probes are the factors by which prices are changed to bound what plans can use, in sixteenths.
var probes = []int64{0, 8, 12, 14, 15, 17, 18, 20, 24, 32}

// reach is what a plan of a county can use that is as good as asked for.
type reach struct{ least, most int64 }

// narrow takes over that factor · use ≤ room, where the factor has a sign.
func (r *reach) narrow(factor, room int64) {
	switch {
	case factor > 0:
		r.most = min(r.most, floorDiv(room, factor))
	case factor < 0:
		r.least = max(r.least, -floorDiv(room, -factor))
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// close asks every county for all its plans that matter. It reports whether the choice is now the joint optimum; not so where one county has more of
// them than the options allow.
func (s *search) close(ctx context.Context, at *posted) (bool, error) {
	room := at.room(s.levels)
	if s.options.Closing < 0 || at.sum == nil || room >= math.MaxInt64/4 || room < 0 {
		return false, nil
	}
	var tooMany atomic.Bool
	found := make([][]*allocation.Proposal, len(s.members))
	free := s.freePlaces()
	err := s.each(ctx, func(c int, m *member) error {
		if tooMany.Load() {
			return nil
		}
		all, complete, err := s.complete(ctx, c, m, at, room, free)
		if found[c] = all; !complete {
			tooMany.Store(true)
		}
		return err
	})
	if err != nil || tooMany.Load() {
		return false, s.stopped(ctx, err)
	}
	for c, m := range s.members {
		for _, p := range found[c] {
			m.add(p)
		}
	}
	s.choose(at)
	return !s.cut, nil
}

// closingArcs is the size of network that the questions of a county come to where the options leave their number open: so a small county may be
// asked more often than a large one, whose answers take longer.
const (
	closingArcs  = 300_000
	leastClosing = 20
	mostClosing  = 500
	wideClosing  = 20 // steps of money and places within reach, for each question, beyond which a county is not asked at all
)

// questions is how often a county may be asked.
func (s *search) questions(m *member) int {
	if s.options.Closing > 0 {
		return s.options.Closing
	}
	return min(mostClosing, max(leastClosing, closingArcs/max(1, m.proposer.Arcs())))
}

// freePlaces reports whether there are places for everybody who applies, so that none has to be saved.
func (s *search) freePlaces() bool {
	sum := 0
	for _, m := range s.members {
		sum += min(m.places, len(m.applicants))
	}
	return sum <= s.Places
}

// complete lists all plans of a county that can be in a choice as good as the best: for each amount of money and places the best. It gives up after
// as many questions as the options allow.
func (s *search) complete(ctx context.Context, c int, m *member, at *posted, room int64, free bool) (all []*allocation.Proposal, complete bool, err error) {
	money, places, err := s.reaches(ctx, c, m, at, room)
	if err != nil {
		return nil, false, err
	}
	least := places.least
	if free { // the more the better
		least = places.most
	}
	if steps := (money.most - money.least) / m.step(); steps > 0 && steps*(places.most-least+1) > wideClosing*int64(s.questions(m)) {
		return nil, false, nil
	}
	asked := 0
	for q := least; q <= places.most; q++ {
		price := at.prices.Place * q
		if free {
			price = 0 // a plan may use fewer
		}
		for b := money.most; b >= money.least; {
			if asked++; asked > s.questions(m) {
				return nil, false, nil
			}
			p, err := m.proposer.Within(ctx, model.Fen(b), int(q))
			var none *allocation.InfeasibleError
			if errors.As(err, &none) {
				break
			}
			if err != nil || !p.Proven {
				return nil, false, err
			}
			all = append(all, p)
			if b = int64(p.Subsidy) - 1; at.level > 0 { // with less money only the first level is no better
				continue
			}
			spare, fits := spareOf(room, at.county[c], -price, p.Levels[0], at.scale)
			if !fits || spare < 0 && at.prices.Subsidy == 0 {
				break
			}
			next := reach{money.least, b}
			next.narrow(at.prices.Subsidy, spare)
			b = next.most
		}
	}
	return all, true, nil
}

// step is the greatest amount of which all subsidies of the county are multiples.
func (m *member) step() int64 {
	step := int64(0)
	for _, line := range m.applied.Subsidy {
		for a := int64(line.Monthly); a != 0; {
			step, a = a, step%a
		}
	}
	return max(1, step)
}

// spareOf is room + least + other − level · scale, where it fits.
func spareOf(room, least, other, level, scale int64) (spare int64, fits bool) {
	sum := new(big.Int).Mul(big.NewInt(-level), big.NewInt(scale))
	for _, x := range []int64{room, least, other} {
		sum.Add(sum, big.NewInt(x))
	}
	return sum.Int64(), sum.IsInt64()
}

// reaches bounds the money and the places of such plans, by prices a little lower and higher.
func (s *search) reaches(ctx context.Context, c int, m *member, at *posted, room int64) (money, places reach, err error) {
	money = reach{int64(m.cheapest), int64(s.Budget)}
	for d, other := range s.members {
		if d != c {
			money.most -= int64(other.cheapest)
		}
	}
	places = reach{0, int64(min(m.places, len(m.applicants)))}
	for _, factor := range probes {
		for _, x := range []struct {
			of    *reach
			price int64
			set   func(*allocation.Prices, int64)
		}{
			{&money, at.prices.Subsidy, func(p *allocation.Prices, price int64) { p.Subsidy = price }},
			{&places, at.prices.Place, func(p *allocation.Prices, price int64) { p.Place = price }},
		} {
			prices, price := at.prices, x.price/16*factor
			if x.set(&prices, price); price == x.price || !m.proposer.Fits(prices) {
				continue
			}
			p, err := m.proposer.At(ctx, prices, m.places)
			if err != nil {
				return money, places, err
			}
			if spare, fits := spareOf(room, at.county[c], -p.Bound, 0, 0); fits {
				x.of.narrow(x.price-price, spare)
			}
		}
	}
	return money, places, nil
}
