package subsidy

import (
	"context"
	"math"

	"github.com/xianguan/xianguan/model"
)

// Question is what Answers is asked about.
type Question struct {
	Amounts   Amounts   // at or above last year's, within the grid
	Plausible Plausible // what ranges are taken over
}

// Answers are what an official asks about a schedule of subsidies once it is on the table. People answer without
// chance. No answer tells of a group of people who come that is smaller than LeastCell, nor of anybody by id.
type Answers struct {
	Amounts  Amounts   `json:"amounts"`
	Extra    Extra     `json:"extra"`
	Cut      Cut       `json:"cut"`
	Arrivals Arrivals  `json:"arrivals"` // who would come, and from where
	Warnings []Warning `json:"warnings,omitempty"`
}

// Extra is what a place more costs, against last year's amounts.
type Extra struct {
	Places   int          `json:"places"`    // filled more than at last year's amounts; below 0 if fewer
	Cost     model.Fen    `json:"cost"`      // more a month
	PerPlace [2]model.Fen `json:"per_place"` // least and greatest over the plausible models that fill more; 0 and 0 if none does
	Never    bool         `json:"never"`     // no plausible model fills more
	Open     bool         `json:"open"`      // some plausible model fills no more: no price is too great for it
}

// CutShare is how much less money Cut is about.
const CutShare model.Share = 1000

// Cut is what the same share off every amount does, the least that saves CutShare of what the schedule costs.
type Cut struct {
	Off     model.Share `json:"off"`     // of each amount
	Reached bool        `json:"reached"` // or no cut of a fifth or less saves so much, and Off is a fifth
	Saved   model.Fen   `json:"saved"`   // a month
	Lost    int         `json:"lost"`    // places of the need; below 0 if more are filled
	Tiers   []TierCut   `json:"tiers"`   // ascending
}

// TierCut is what a cut does to a tier.
type TierCut struct {
	Tier   model.Tier `json:"tier"`
	Amount model.Fen  `json:"amount"` // after the cut
	Lost   int        `json:"lost"`
}

// Answers works all answers out. The error is the context's, or a *NoMoneyError of a plausible model. It takes the time of a new
// designer for each plausible model, and of at most 81 answers.
func (d *Designer) Answers(ctx context.Context, q Question) (*Answers, error) {
	s := d.response.newPlacing()
	d.response.answer(&q.Amounts, &q.Amounts, s)
	now := d.outcome(d.response, &q.Amounts, s)
	extra, err := d.extra(ctx, &now, q.Plausible)
	if err != nil {
		return nil, err
	}
	a := &Answers{Amounts: q.Amounts, Extra: extra, Arrivals: d.arrivals(s)}
	var tiers []model.Tier
	for _, t := range now.Tiers {
		tiers = append(tiers, t.Tier)
	}
	a.Warnings = d.Model.Observed.Warnings(tiers, q.Amounts)
	a.Cut, err = d.cut(ctx, &now)
	return a, err
}

// extra compares a schedule with last year's, under the designer's model and each plausible one.
func (d *Designer) extra(ctx context.Context, now *Outcome, plausible Plausible) (Extra, error) {
	outcomes, err := d.underEach(ctx, []Amounts{d.Grid.Last, now.Amounts}, plausible)
	if err != nil {
		return Extra{}, err
	}
	last := d.At(d.Grid.Last)
	own := perPlace(&last, now)
	prices := make([]model.Fen, len(plausible.Models))
	for m := range prices {
		prices[m] = perPlace(&outcomes[0][m], &outcomes[1][m])
	}
	x := Extra{Places: now.Filled - last.Filled, Cost: now.Cost - last.Cost}
	ends := spanOf(own, prices)
	x.Never, x.Open = ends[0] == noPrice, ends[1] == noPrice
	if x.Open { // the greatest of those that there are
		ends[1] = ends[0]
		for _, price := range append(prices, own) {
			if price != noPrice {
				ends[1] = max(ends[1], price)
			}
		}
	}
	if !x.Never {
		x.PerPlace = ends
	}
	return x, nil
}

// noPrice is the price of a place more where no more are filled: above all prices.
const noPrice model.Fen = math.MaxInt64

// perPlace is the extra cost for each extra place, rounded up, or noPrice.
func perPlace(last, now *Outcome) model.Fen {
	places := model.Fen(now.Filled - last.Filled)
	if places <= 0 {
		return noPrice
	}
	cost := now.Cost - last.Cost
	if cost > 0 {
		cost += places - 1
	}
	return cost / places
}

// cutStep is how finely cuts are tried: what a cut saves need not rise with it, so they are tried one by one.
const cutStep, deepestCut model.Share = 25, 2000

// cut looks for the least share off every amount that saves CutShare.
func (d *Designer) cut(ctx context.Context, now *Outcome) (Cut, error) {
	c, then := Cut{}, *now
	for !c.Reached && c.Off < deepestCut {
		if err := ctx.Err(); err != nil {
			return Cut{}, err
		}
		c.Off += cutStep
		then = d.At(now.Amounts.cut(c.Off))
		c.Saved, c.Lost = now.Cost-then.Cost, now.Filled-then.Filled
		c.Reached = c.Saved >= model.Fen(CutShare.Of(int64(now.Cost)))
	}
	for i, t := range then.Tiers {
		c.Tiers = append(c.Tiers, TierCut{t.Tier, t.Amount, now.Tiers[i].Filled - t.Filled})
	}
	return c, nil
}
