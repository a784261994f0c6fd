package province

import (
	"context"
	"math/big"

	"github.com/xianguan/xianguan/allocation"
)

// axis is what is valued: money, with a place at its posted price, or a place, with money at its own.
type axis struct {
	amount func(*allocation.Proposal) int64
	other  func(*allocation.Proposal) int64 // what the other costs, over the scale
	prices func(price int64) allocation.Prices
	scale  int64
}

// cost is what a proposal costs without what is valued, over the scale.
func (x *axis) cost(p *allocation.Proposal) int64 { return p.Levels[0]*x.scale + x.other(p) }

func (s *search) axes() (money, place axis) {
	at := &s.posted
	money = axis{scale: at.scale,
		amount: func(p *allocation.Proposal) int64 { return int64(p.Subsidy) },
		other:  func(p *allocation.Proposal) int64 { return at.prices.Place * int64(len(p.Hired)) },
		prices: func(price int64) allocation.Prices {
			return allocation.Prices{Levels: []int64{at.scale}, Subsidy: price, Place: at.prices.Place}
		}}
	place = axis{scale: at.scale,
		amount: func(p *allocation.Proposal) int64 { return int64(len(p.Hired)) },
		other:  func(p *allocation.Proposal) int64 { return at.prices.Subsidy * int64(p.Subsidy) },
		prices: func(price int64) allocation.Prices {
			return allocation.Prices{Levels: []int64{at.scale}, Subsidy: at.prices.Subsidy, Place: price}
		}}
	return money, place
}

// value finds what a yuan and a place are worth in each county. Without time it leaves out what it did not come to.
func (s *search) value(ctx context.Context, r *Result) error {
	money, place := s.axes()
	err := s.each(ctx, func(c int, m *member) (err error) {
		share := m.proposals[s.chosen[c]].Proposal
		if r.Counties[c].Yuan, err = m.slopes(ctx, &money, share); err == nil {
			r.Counties[c].Place, err = m.slopes(ctx, &place, share)
		}
		return err
	})
	if err != nil {
		return s.stopped(ctx, err)
	}
	return nil
}

// slopes gives the slopes of the county's lower convex hull on both sides of a share.
func (m *member) slopes(ctx context.Context, x *axis, share *allocation.Proposal) (Range, error) {
	free, err := m.proposer.At(ctx, x.prices(0), m.places) // the right end of the hull
	if err != nil {
		return Range{}, err
	}
	m.add(free)
	at := x.amount(share)
	more, err := m.slope(ctx, x, at, false)
	if err != nil {
		return Range{}, err
	}
	less, err := m.slope(ctx, x, at, true)
	return Range{more, less}, err
}

// slope finds the edge of the hull that leaves an amount to the right, or with below the one that comes from the left. Each step posts the price at
// which the two ends known so far tie; a cheaper proposal is a new end.
func (m *member) slope(ctx context.Context, x *axis, at int64, below bool) (Price, error) {
	for {
		left, right := m.edge(x, at, below)
		switch {
		case left == nil && below:
			return Price{Scale: x.scale}, nil // the county can't do with less
		case right == nil || left == nil || x.cost(left) <= x.cost(right):
			return Price{Scale: x.scale, Per: 1}, nil // more saves nothing
		}
		edge := Price{x.cost(left) - x.cost(right), x.scale, x.amount(right) - x.amount(left)}
		prices := x.prices(edge.Points / edge.Per)
		if !m.proposer.Fits(prices) {
			return edge, nil
		}
		p, err := m.proposer.At(ctx, prices, m.places)
		if err != nil {
			return edge, err
		}
		if p.Cost(prices) >= min(left.Cost(prices), right.Cost(prices)) || !m.add(p) {
			return edge, nil
		}
	}
}

// edge gives the ends of the edge of the hull of all proposals over an amount: left ≤ at < right, or with below left < at ≤ right. Either
// is nil where there is none.
func (m *member) edge(x *axis, at int64, below bool) (left, right *allocation.Proposal) {
	onLeft := func(a int64) bool { return a < at || a == at && !below }
	var best *line
	for _, q := range m.proposals {
		if !onLeft(x.amount(q.Proposal)) {
			continue
		}
		if left == nil {
			left = q.Proposal
		}
		for _, p := range m.proposals {
			if onLeft(x.amount(p.Proposal)) {
				continue
			}
			if l := x.through(q.Proposal, p.Proposal, at); best == nil || l.below(best, below) {
				best, left, right = l, q.Proposal, p.Proposal
			}
		}
	}
	return left, right
}

// line goes through two proposals: its height at the amount, and its slope, exactly.
type line struct{ height, slope *big.Rat }

func (x *axis) through(left, right *allocation.Proposal, at int64) *line {
	run := x.amount(right) - x.amount(left)
	l := &line{slope: big.NewRat(x.cost(right)-x.cost(left), run)}
	l.height = new(big.Rat).SetInt64(at - x.amount(left))
	l.height.Mul(l.height, l.slope).Add(l.height, new(big.Rat).SetInt64(x.cost(left)))
	return l
}

// below reports whether a line is lower at the amount, or as low and lower next to it: on the left of the amount, or else on the right.
func (l *line) below(m *line, onLeft bool) bool {
	if order := l.height.Cmp(m.height); order != 0 {
		return order < 0
	}
	order := l.slope.Cmp(m.slope)
	if onLeft {
		order = -order
	}
	return order < 0
}
