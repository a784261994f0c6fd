package subsidy

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// PriceOptions says what a county would pay at most. It is plain data whose zero value works.
type PriceOptions struct {
	// Worth is the most, a month, that the county would pay for somebody in a place of need, by tier. All 0: what the
	// tier has now and 1,000 yuan more, which is also the most that a design raises it by.
	Worth Amounts `json:"worth"`
}

// CountyMarket is a county as an assignment market, beside which it says what is what. Each post of
// the county is up to two posts of the market:
//
//   - its places of need, each worth what the options say, which everybody qualified may take;
//   - its places above need, which are worth nothing to the county and are only for those who
//     hold the post now, since nobody is sent away from a post for want of need.
//
// The value of a post is what respond appraises it at, with the steps for years of service that the
// county pays beside the amount.
type CountyMarket struct {
	Market
	Supply *Supply
	Of     []int32 // by post of the market: the post in Supply.Posts
	Above  []bool  // by post of the market: these are the places above need

	need, above []int32 // by post of the supply: the posts of the market, −1 for none
}

// NewCountyMarket states a county's labour market for an acceptance model at its mean taste. The error is a
// *NoMoneyError where money does not attract, or a *DesignError. Time and memory are linear in the alternatives
// of all people.
func NewCountyMarket(s *Supply, m *Model, o PriceOptions) (*CountyMarket, error) {
	beta := m.Mean[AttributeSubsidy]
	if !(beta > 0) {
		return nil, &NoMoneyError{Absent: beta == 0, Value: beta}
	}
	last := s.County.Subsidy
	if err := o.fill(last); err != nil {
		return nil, err
	}
	market := &CountyMarket{Supply: s}
	market.addPosts(o.Worth)
	market.Start = append(market.Start, 0)
	var alternatives []Alternative
	for t := range s.People {
		who := &s.People[t]
		alternatives = s.Alternatives(alternatives[:0], t, nil)
		for i := range alternatives {
			a := &alternatives[i]
			value := money(m.Mean.Base(&a.Values), float64(FenPerUnit)/beta)
			if a.Post < 0 {
				market.Outside = append(market.Outside, value)
				continue
			}
			value += last.Monthly(a.Tier, who.RuralYears) - last.Monthly(a.Tier, 0)
			if need := market.need[a.Post]; need >= 0 {
				market.Post, market.Value = append(market.Post, need), append(market.Value, value)
			}
			if above := market.above[a.Post]; above >= 0 && a.Post == who.Present {
				market.Post, market.Value = append(market.Post, above), append(market.Value, value)
			}
		}
		market.Start = append(market.Start, int32(len(market.Post)))
	}
	return market, nil
}

// fill sets the default worth and checks it.
func (o *PriceOptions) fill(last model.SubsidySchedule) error {
	if o.Worth == (Amounts{}) {
		o.Worth = BaseAmounts(last)
		for k := range o.Worth {
			o.Worth[k] += DefaultRaise
		}
	}
	for k, worth := range o.Worth {
		if worth < 0 || worth > 100*DefaultRaise {
			return &DesignError{"worth", fmt.Sprintf("%s for tier %d", worth, k), "0 or more, at most " + (100 * DefaultRaise).String()}
		}
	}
	return nil
}

// addPosts lays out the posts, in the order of the supply.
func (m *CountyMarket) addPosts(worth Amounts) {
	add := func(p, places int, worth model.Fen, above bool) int32 {
		if places < 1 {
			return -1
		}
		m.Places, m.Worth = append(m.Places, places), append(m.Worth, worth)
		m.Of, m.Above = append(m.Of, int32(p)), append(m.Above, above)
		return int32(len(m.Of) - 1)
	}
	for p := range m.Supply.Posts {
		post := &m.Supply.Posts[p]
		m.need = append(m.need, add(p, post.Need, worth[post.Tier], false))
		m.above = append(m.above, add(p, post.Incumbent-post.Need, 0, true))
	}
}

// Seated translates where people are, by post of the supply, into posts of the market: those above
// need are people who were there before, the first by id. O(people).
func (m *CountyMarket) Seated(at []int32) []int32 {
	spare := make([]int, len(m.Supply.Posts))
	for p := range spare {
		spare[p] = -m.Supply.Posts[p].Need
	}
	for _, p := range at {
		if p >= 0 {
			spare[p]++
		}
	}
	seated := make([]int32, len(at))
	for t, p := range at {
		switch {
		case p < 0:
			seated[t] = -1
		case spare[p] > 0 && m.Supply.People[t].Present == p:
			spare[p]--
			seated[t] = m.above[p]
		default:
			seated[t] = m.need[p]
		}
	}
	return seated
}

// ByTier gives the amount of each post of the market when every post of a tier pays the same.
func (m *CountyMarket) ByTier(a Amounts) []model.Fen {
	amounts := make([]model.Fen, len(m.Of))
	for p, of := range m.Of {
		amounts[p] = a[m.Supply.Posts[of].Tier]
	}
	return amounts
}
