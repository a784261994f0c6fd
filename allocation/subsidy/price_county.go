package subsidy

import (
	"context"
	"errors"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// CountyPrices are the market-clearing amounts of a county's posts, beside the least schedule that is tied to
// tiers. An amount below 0 is that of a post so well liked that its people would pay to keep it: no
// county takes their money, so points (积分) ration such posts, and only differences between posts matter there.
type CountyPrices struct {
	Options PriceOptions `json:"options"`
	Need    int          `json:"need"`
	Before  int          `json:"before"` // filled of the need now
	Filled  int          `json:"filled"` // in the optimal assignment
	Left    int          `json:"left"`   // who had a post and has none
	Came    int          `json:"came"`   // from the pool
	Moved   int          `json:"moved"`  // between posts
	// Surplus is what the optimal assignment is worth a month, to the people beyond their outside options and to the county.
	Surplus model.Fen `json:"surplus"`
	// Low and High are what the amounts above 0 of the lowest and of the highest equilibrium pay out a month in places of need.
	Low   model.Fen   `json:"low"`
	High  model.Fen   `json:"high"`
	Tiers []TierPrice `json:"tiers"` // with posts of need, ascending
	Posts []PostPrice `json:"posts"` // with need, in the supply's order
	Tied  *TiedPrices `json:"tied"`
}

// PostPrice is the interval of a post's equilibrium amounts. A post with an empty place is at what a place is
// worth, at both ends: no less amount that the county would pay fills it.
type PostPrice struct {
	model.PostID
	Tier   model.Tier `json:"tier"`
	Need   int        `json:"need"`
	Before int        `json:"before"`
	Filled int        `json:"filled"`
	Now    model.Fen  `json:"now"` // the tier's amount this year
	Low    model.Fen  `json:"low"`
	High   model.Fen  `json:"high"`
}

// TierPrice sums up the posts of a tier. Medians are over places of need, the lower where there are two.
type TierPrice struct {
	Tier    model.Tier   `json:"tier"`
	Posts   int          `json:"posts"`
	Need    int          `json:"need"`
	Before  int          `json:"before"`
	Filled  int          `json:"filled"`
	Now     model.Fen    `json:"now"`
	Worth   model.Fen    `json:"worth"`
	Lowest  [3]model.Fen `json:"lowest"`  // least, median and greatest of the lowest equilibrium
	Highest [3]model.Fen `json:"highest"` // of the highest
}

// TiedPrices is a schedule by tier set beside the market. It is no equilibrium: its posts pay alike where
// the market would not, and what that leaves is counted.
type TiedPrices struct {
	*Design
	Reached bool      `json:"reached"` // fills as much as the market; otherwise the most that the grid can
	Envious int       `json:"envious"` // people who would rather have another post, or none
	Gain    model.Fen `json:"gain"`    // that they miss together, a month
	Median  model.Fen `json:"median"`  // of what one of them misses
	// Shortfall is from what people and county have together to what these amounts prove to be the most, a month; see DualityGap.
	Shortfall model.Fen `json:"shortfall"`
}

// Prices finds the lowest and the highest equilibrium amounts of every post of the county, and the least-cost
// schedule of the designer's grid that fills as many places of need, with the envy that remains in it.
//
// The error is a *DesignError or *NoMoneyError, or the context's. It takes the time of NewCountyMarket, the
// function Prices and one LeastCost.
func (d *Designer) Prices(ctx context.Context, o PriceOptions) (*CountyPrices, error) {
	if err := o.fill(d.County.Subsidy); err != nil {
		return nil, err
	}
	market, err := NewCountyMarket(d.Supply, d.Model, o)
	if err != nil {
		return nil, err
	}
	e, err := Prices(ctx, &market.Market)
	if err != nil {
		return nil, err
	}
	c := market.summary(e)
	c.Options = o
	c.Tied, err = d.tied(ctx, market, c.Filled)
	return c, err
}

// summary counts an equilibrium by post and tier.
func (m *CountyMarket) summary(e *Equilibrium) *CountyPrices {
	c := &CountyPrices{Surplus: e.Surplus}
	for _, outside := range m.Outside {
		c.Surplus -= outside
	}
	filled := make([]int, len(m.Of))
	for t, p := range e.At {
		home, now := m.Supply.People[t].Present, int32(-1)
		if p >= 0 {
			filled[p]++
			now = m.Of[p]
		}
		switch {
		case now < 0 && home >= 0:
			c.Left++
		case now >= 0 && home < 0:
			c.Came++
		case now != home:
			c.Moved++
		}
	}
	last := BaseAmounts(m.Supply.County.Subsidy)
	for p, of := range m.Of {
		if m.Above[p] {
			continue
		}
		post := &m.Supply.Posts[of]
		price := PostPrice{PostID: post.PostID, Tier: post.Tier, Need: post.Need, Before: min(post.Incumbent, post.Need), Filled: filled[p],
			Now: last[post.Tier], Low: e.Low[p], High: e.High[p]}
		c.Posts = append(c.Posts, price)
		c.Need += price.Need
		c.Before += price.Before
		c.Filled += price.Filled
		c.Low += model.Fen(price.Filled) * max(0, price.Low)
		c.High += model.Fen(price.Filled) * max(0, price.High)
	}
	c.Tiers = m.tiers(c.Posts)
	return c
}

// tiers sums posts up.
func (m *CountyMarket) tiers(posts []PostPrice) (tiers []TierPrice) {
	for k := model.Tier(0); k <= model.MaxTier; k++ {
		tier := TierPrice{Tier: k}
		var low, high []model.Fen
		for i := range posts {
			if p := &posts[i]; p.Tier == k {
				tier.Posts++
				tier.Need += p.Need
				tier.Before += p.Before
				tier.Filled += p.Filled
				tier.Now = p.Now
				low = append(low, slices.Repeat([]model.Fen{p.Low}, p.Need)...)
				high = append(high, slices.Repeat([]model.Fen{p.High}, p.Need)...)
			}
		}
		if tier.Posts > 0 {
			tier.Worth = m.worthOf(k)
			tier.Lowest, tier.Highest = spread(low), spread(high)
			tiers = append(tiers, tier)
		}
	}
	return tiers
}

// worthOf is what a place of need of a tier is worth.
func (m *CountyMarket) worthOf(k model.Tier) model.Fen {
	for p, of := range m.Of {
		if !m.Above[p] && m.Supply.Posts[of].Tier == k {
			return m.Worth[p]
		}
	}
	return 0
}

// spread gives the least, the lower median and the greatest of amounts, which it sorts.
func spread(amounts []model.Fen) [3]model.Fen {
	slices.Sort(amounts)
	return [3]model.Fen{amounts[0], amounts[(len(amounts)-1)/2], amounts[len(amounts)-1]}
}

// tied finds the schedule by tier that fills as many people of the need, and its envy. Where no schedule of the grid
// does, it is the one that fills most, at least cost.
func (d *Designer) tied(ctx context.Context, m *CountyMarket, people int) (*TiedPrices, error) {
	t := &TiedPrices{Reached: true}
	most := d.At(d.Grid.Amounts(d.Grid.highest())).Filled
	if people > most {
		t.Reached, people = false, most
	}
	var err error
	t.Design, err = d.LeastCost(ctx, max(1, people), 0)
	var unreachable *UnreachableError
	if errors.As(err, &unreachable) { // the greatest amounts fill most only where no tier draws from another
		t.Reached = false
		t.Design, err = d.LeastCost(ctx, max(1, unreachable.Nearest.Filled), 0)
	}
	if err != nil {
		return nil, err
	}
	s := d.response.newPlacing()
	d.response.answer(&t.Amounts, &t.Amounts, s)
	at, amounts := m.Seated(s.at), m.ByTier(t.Amounts)
	var gains []model.Fen
	for _, envy := range Envies(&m.Market, at, amounts) {
		gains = append(gains, envy.Gain)
		t.Gain += envy.Gain
	}
	if t.Envious = len(gains); t.Envious > 0 {
		t.Median = spread(gains)[1]
	}
	t.Shortfall = DualityGap(&m.Market, at, amounts)
	return t, nil
}

// PriceRange is what the market fills, and what the lowest equilibrium pays out, over plausible models: 2.5 % of these are
// left out at each end. It takes the time of a market and its Prices for each model.
func (d *Designer) PriceRange(ctx context.Context, o PriceOptions, plausible Plausible) (r Range, err error) {
	var filled []int
	var cost []model.Fen
	for _, m := range append([]*Model{d.Model}, plausible.Models...) {
		market, err := NewCountyMarket(d.Supply, m, o)
		if err != nil {
			return r, err
		}
		e, err := Prices(ctx, &market.Market)
		if err != nil {
			return r, err
		}
		c := market.summary(e)
		filled, cost = append(filled, c.Filled), append(cost, c.Low)
	}
	return Range{spanOf(filled[0], filled[1:]), spanOf(cost[0], cost[1:])}, nil
}
