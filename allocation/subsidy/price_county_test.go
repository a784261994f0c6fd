package subsidy

import (
	"slices"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// The amounts are equilibria by the certificates, which share nothing with what finds them, and
// the ends of their intervals: one fen beyond is an equilibrium no more.
func TestCountyPricesPassCertificates(t *testing.T) {
	filled, empty, above := 0, 0, 0
	for seed := range uint64(12) {
		d := smallDesigner(t, 40+10*int(seed), seed, 1)
		market, err := NewCountyMarket(d.Supply, d.Model, PriceOptions{})
		if err != nil {
			t.Fatal(err)
		}
		e, err := Prices(t.Context(), &market.Market)
		if err != nil {
			t.Fatal(err)
		}
		sound := func(amount []model.Fen) bool {
			return len(Envies(&market.Market, e.At, amount)) == 0 && len(Slackness(&market.Market, e.At, amount)) == 0
		}
		for _, amount := range [][]model.Fen{e.Low, e.High} {
			if !sound(amount) {
				t.Errorf("seed %d: no equilibrium: %v %v", seed, Envies(&market.Market, e.At, amount), Slackness(&market.Market, e.At, amount))
			}
			if gap := DualityGap(&market.Market, e.At, amount); gap != 0 {
				t.Errorf("seed %d: duality gap %s", seed, gap)
			}
		}
		people := make([]int, len(market.Places))
		for person, p := range e.At {
			if p >= 0 {
				people[p]++
				if market.Above[p] {
					above++
					if market.Of[p] != d.Supply.People[person].Present {
						t.Errorf("seed %d: person %d is above need in a post of others", seed, person)
					}
				}
			}
		}
		for p := range market.Places {
			if people[p] == 0 {
				empty++
				continue // nobody notices what an empty post pays
			}
			filled++
			low, high := slices.Clone(e.Low), slices.Clone(e.High)
			low[p]--
			high[p]++
			if sound(low) || sound(high) {
				t.Errorf("seed %d: post %d: %s to %s is not the whole interval", seed, p, e.Low[p], e.High[p])
			}
		}
	}
	if filled < 100 || empty == 0 || above == 0 {
		t.Errorf("%d posts filled, %d empty, %d people above need: too few to mean anything", filled, empty, above)
	}
}

// The summary agrees with the answer of people to a schedule where both look at the same thing.
func TestCountyPrices(t *testing.T) {
	for seed := range uint64(6) {
		d := smallDesigner(t, 120, seed, 1)
		c, err := d.Prices(t.Context(), PriceOptions{})
		if err != nil {
			t.Fatal(err)
		}
		last := d.At(d.Grid.Last)
		if c.Need != last.Need || c.Tied.Need != last.Need {
			t.Errorf("seed %d: need %d, of the schedule %d, want %d", seed, c.Need, c.Tied.Need, last.Need)
		}
		need, before := 0, 0
		for i, tier := range c.Tiers {
			need += tier.Need
			before += tier.Before
			if i > 0 && c.Tied.Amounts[tier.Tier] <= c.Tied.Amounts[c.Tiers[i-1].Tier] {
				t.Errorf("seed %d: tier %d is tied to no more than the tier before", seed, tier.Tier)
			}
			if tier.Lowest[0] > tier.Lowest[1] || tier.Lowest[1] > tier.Lowest[2] || tier.Highest[2] > tier.Worth {
				t.Errorf("seed %d: tier %d: %v to %v, worth %s", seed, tier.Tier, tier.Lowest, tier.Highest, tier.Worth)
			}
		}
		if need != c.Need || before != c.Before {
			t.Errorf("seed %d: tiers have need %d and %d filled, the county %d and %d", seed, need, before, c.Need, c.Before)
		}
		for _, p := range c.Posts {
			if p.Low > p.High || (p.Filled < p.Need && p.Low != p.Now+DefaultRaise) {
				t.Errorf("seed %d: %v: %s to %s with %d of %d filled", seed, p.PostID, p.Low, p.High, p.Filled, p.Need)
			}
		}
		if c.Tied.Reached != (c.Tied.Filled >= c.Filled) || c.Tied.Shortfall < c.Tied.Gain {
			t.Errorf("seed %d: tied schedule: filled %d of %d, reached %v, gap %s below the gain %s of the envious",
				seed, c.Tied.Filled, c.Filled, c.Tied.Reached, c.Tied.Shortfall, c.Tied.Gain)
		}
	}
}

// One village post and one teacher of the pool: the lowest amount is what makes the post as good as none,
// the highest what a place is worth, to the fen.
func TestCountyPriceByHand(t *testing.T) {
	d := smallDesigner(t, 60, 3, 1)
	market, err := NewCountyMarket(d.Supply, d.Model, PriceOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for person := range d.Supply.People {
		first, end := market.Start[person], market.Start[person+1]
		if d.Supply.People[person].Present >= 0 || first == end {
			continue
		}
		value, outside := market.Value[first], market.Outside[person]
		p := market.Post[first]
		worth := max(market.Worth[p], outside-value+1)
		alone := &Market{Outside: []model.Fen{outside}, Places: []int{1}, Worth: []model.Fen{worth}, Start: []int32{0, 1}, Post: []int32{0}, Value: []model.Fen{value}}
		e, err := Prices(t.Context(), alone)
		if err != nil {
			t.Fatal(err)
		}
		if e.Low[0] != outside-value || e.High[0] != worth {
			t.Errorf("person %d: %s to %s, want %s to %s", person, e.Low[0], e.High[0], outside-value, worth)
		}
		return
	}
	t.Fatal("nobody in the pool")
}

func TestPriceOptionsRefused(t *testing.T) {
	d := smallDesigner(t, 40, 1, 1)
	for _, worth := range []model.Fen{-1, 100*DefaultRaise + 1} {
		o := PriceOptions{}
		o.Worth[2] = worth
		if _, err := d.Prices(t.Context(), o); err == nil {
			t.Errorf("worth %s: no error", worth)
		}
	}
}

func BenchmarkCountyPrices(b *testing.B) {
	county, err := synthetic.Generate(synthetic.Options{Teachers: 5000, Landscape: synthetic.Mountain, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	supply := NewSupply(county, OfferedAll)
	for b.Loop() {
		market, err := NewCountyMarket(supply, SyntheticModel(), PriceOptions{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Prices(b.Context(), &market.Market); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(market.Post)), "pairs")
	}
}
