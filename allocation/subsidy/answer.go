package subsidy

import (
	"context"
	"errors"
	"math"

	"github.com/xianguan/xianguan/model"
)

// Question is what Answers is asked about.
type Question struct {
	Amounts   Amounts   // at or above last year's, within the grid
	Plausible Plausible // what ranges are taken over
	Costs     Costs     // of other uses of the money, where they are known
}

// Answers are what an official asks about a schedule of subsidies once it is on the table. People answer without
// chance. No answer tells where fewer people than LeastCell come from, nor of anybody by id.
type Answers struct {
	Amounts  Amounts     `json:"amounts"`
	Extra    Extra       `json:"extra"`
	Cut      Cut         `json:"cut"`
	Schools  []BreakEven `json:"schools,omitempty"` // with an empty place, in order of the county
	Uses     *Uses       `json:"uses,omitempty"`    // nil where the schedule fills no place more than last year's
	Arrivals Arrivals    `json:"arrivals"`          // who would come, and from where
	Warnings []Warning   `json:"warnings,omitempty"`
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
	// SavedRange and LostRange are over the plausible models, with the same share off.
	SavedRange [2]model.Fen `json:"saved_range"`
	LostRange  [2]int       `json:"lost_range"`
	Tiers      []TierCut    `json:"tiers"` // ascending
}

// TierCut is what a cut does to a tier.
type TierCut struct {
	Tier   model.Tier `json:"tier"`
	Amount model.Fen  `json:"amount"` // after the cut
	Lost   int        `json:"lost"`   // below 0 if more are filled
}

// outlook is how people answer under one model: with all acceptances that amounts up to the grid's highest, and a supplement of BreakEvenLimit
// on top of them, can bring about.
type outlook struct {
	*response
	taste *Taste
}

// outlooks are the answers under the designer's model, which comes first, and under each plausible one. Memory is linear
// in the alternatives of all people for each model.
func (d *Designer) outlooks(ctx context.Context, plausible Plausible) ([]outlook, error) {
	low, high := d.reach()
	for k := range high {
		high[k] += BreakEvenLimit
	}
	models := append([]*Model{d.Model}, plausible.Models...)
	all, failed := make([]outlook, len(models)), make([]error, len(models))
	err := d.each(ctx, len(models), func(i int) {
		all[i].taste = &models[i].Mean
		all[i].response, failed[i] = newResponse(d.Supply, all[i].taste, d.weights(), low, high)
	})
	return all, errors.Join(append(failed, err)...)
}

// Answers works all answers out. The error is the context's, or a *NoMoneyError of a plausible model. It takes the time of a new
// designer for each plausible model, of at most 81 answers and two for each school and model, and of the search for break-evens: about ten answers for each school with an empty
// place, under at most eleven models.
func (d *Designer) Answers(ctx context.Context, q Question) (*Answers, error) {
	wide, err := d.outlooks(ctx, q.Plausible)
	if err != nil {
		return nil, err
	}
	s := d.response.newPlacing()
	d.response.answer(&q.Amounts, &q.Amounts, s)
	now := d.outcome(d.response, &q.Amounts, s)
	a := &Answers{Amounts: q.Amounts, Extra: d.extra(&now, wide), Arrivals: d.arrivals(s), Uses: d.uses(&now, wide, q.Costs)}
	var tiers []model.Tier
	for _, t := range now.Tiers {
		tiers = append(tiers, t.Tier)
	}
	a.Warnings = d.Model.Observed.Warnings(tiers, q.Amounts)
	if a.Cut, err = d.cut(ctx, &now, wide); err != nil {
		return nil, err
	}
	a.Schools, err = d.breakEvens(ctx, &q.Amounts, wide)
	return a, err
}

// under answers a schedule in an outlook.
func (d *Designer) under(look outlook, a *Amounts) Outcome {
	s := look.newPlacing()
	look.answer(a, a, s)
	return d.outcome(look.response, a, s)
}

// extra compares a schedule with last year's, under each model.
func (d *Designer) extra(now *Outcome, wide []outlook) Extra {
	last := d.At(d.Grid.Last)
	own := perPlace(&last, now)
	prices := make([]model.Fen, len(wide)-1)
	for m, look := range wide[1:] {
		last, now := d.under(look, &d.Grid.Last), d.under(look, &now.Amounts)
		prices[m] = perPlace(&last, &now)
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
	return x
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
func (d *Designer) cut(ctx context.Context, now *Outcome, wide []outlook) (Cut, error) {
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
	saved, lost := make([]model.Fen, len(wide)-1), make([]int, len(wide)-1)
	for m, look := range wide[1:] {
		whole, less := d.under(look, &now.Amounts), d.under(look, &then.Amounts)
		saved[m], lost[m] = whole.Cost-less.Cost, whole.Filled-less.Filled
	}
	c.SavedRange, c.LostRange = spanOf(c.Saved, saved), spanOf(c.Lost, lost)
	return c, nil
}
