package subsidy

import (
	"errors"
	"math"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// When everything that is seen weighs a million times as much, chance decides nothing but ties, such as those
// between two posts of one school: the design is the deterministic one.
func TestChanceVanishes(t *testing.T) {
	for seed := range uint64(4) {
		d := lively(t, 100, seed+1, [model.MaxTier + 1]model.Share{})
		certain := *d.Model
		for k := range certain.Mean {
			certain.Mean[k] *= 1e6
		}
		same, err := NewDesigner(d.County, &certain, d.options)
		if err != nil {
			t.Fatal(err)
		}
		budget := d.At(d.Grid.Amounts(d.Grid.lowest())).Cost * 3 / 2
		want, err := d.MostFilled(t.Context(), budget)
		if err != nil {
			t.Fatal(err)
		}
		got, err := same.MostFilledByChance(t.Context(), budget, ChanceOptions{Scenarios: 2, Replications: 2, Evaluate: 3})
		if err != nil {
			t.Fatal(err)
		}
		ties := func(got float64, want int64) bool { return math.Abs(got-float64(want)) > 0.03*float64(want) }
		if got.Amounts != want.Amounts || ties(got.Weight.Mean, want.Weight) || ties(got.Cost.Mean, int64(want.Cost)) {
			t.Errorf("seed %d: %v, weight %v, cost %v; want %v, %d, %s", seed+1, got.Amounts, got.Weight, got.Cost, want.Amounts, want.Weight, want.Cost)
		}
	}
}

// On one sample the search finds what enumeration finds, for a target, a budget and a priced sum, and its
// bounds are those values.
func TestSampleSearchEqualsEnumeration(t *testing.T) {
	for seed := range uint64(6) {
		d := lively(t, 60, seed+1, [model.MaxTier + 1]model.Share{})
		responses, err := d.lottery(seed).scenarios(t.Context(), streamSearch, 5)
		if err != nil {
			t.Fatal(err)
		}
		s := newSearch(t.Context(), d)
		s.responses = responses
		low, high := s.look(d.Grid.lowest(), s.rooms[0]), s.look(d.Grid.highest(), s.rooms[0])
		goals := []*goal{{fill: (low.fill + high.fill) / 2}, {budget: (low.cost + high.cost) / 2, most: true}, {price: 50_000}, {price: 500_000}, {price: 5_000_000}}
		s.goals = goals
		all := newSearch(t.Context(), d)
		all.responses = responses
		for _, g := range goals {
			all.goals = append(all.goals, &goal{fill: g.fill, budget: g.budget, most: g.most, price: g.price})
		}
		d.Grid.each(1, func(levels []int) bool {
			all.take(all.look(levels, all.rooms[0]))
			return true
		})
		if err := s.run(); err != nil {
			t.Fatal(err)
		}
		for i, g := range goals {
			want := all.goals[i].best
			if g.best.fill != want.fill && !(g.price > 0) || g.price == 0 && !g.most && g.best.cost != want.cost || g.open {
				t.Errorf("seed %d, goal %d: fill %d at %s, open %v; want %d at %s", seed+1, i, g.best.fill, g.best.cost, g.open, want.fill, want.cost)
			}
			if g.price > 0 && (g.sum(g.best) != g.sum(want) || g.bound != g.sum(want)) {
				t.Errorf("seed %d, price %d: sum %d, bound %d; want %d", seed+1, g.price, g.sum(g.best), g.bound, g.sum(want))
			}
		}
	}
}

// No schedule of a box has a lesser priced sum than the box is bounded by.
func TestPricedBound(t *testing.T) {
	boxes, tight := 0, 0
	for seed := range uint64(6) {
		d := lively(t, 60, seed+1, [model.MaxTier + 1]model.Share{})
		responses, err := d.lottery(seed).scenarios(t.Context(), streamSearch, 2)
		if err != nil {
			t.Fatal(err)
		}
		s := newSearch(t.Context(), d)
		s.responses = responses
		queue := []*box{{low: d.Grid.lowest(), high: d.Grid.highest()}}
		for len(queue) > 0 {
			b := queue[0]
			queue = queue[1:]
			if err := s.bound([]*box{b}); err != nil {
				t.Fatal(err)
			}
			if b.fill == 0 {
				continue // one schedule
			}
			boxes++
			queue = append(queue, s.halves(b)...)
			for _, price := range []int64{1000, 100_000, 300_000, 3_000_000} {
				g := &goal{price: price}
				bound, _ := g.value(b)
				d.Grid.each(1, func(levels []int) bool {
					if within(b.low, levels) && within(levels, b.high) {
						sum := g.sum(s.look(levels, s.rooms[0]))
						if sum < bound {
							t.Errorf("seed %d, price %d, box %v to %v: %v has %d, below the bound %d", seed+1, price, b.low, b.high, levels, sum, bound)
						}
						if float64(sum-bound) < 0.05*math.Abs(float64(sum)) {
							tight++
						}
					}
					return !t.Failed()
				})
			}
		}
	}
	t.Logf("%d boxes; the bound came within 5 %% of a schedule %d times", boxes, tight)
}

// Common random numbers make the difference between two schedules much surer than fresh draws do.
func TestCommonRandomNumbers(t *testing.T) {
	d := lively(t, 100, 3, [model.MaxTier + 1]model.Share{})
	l := d.lottery(1)
	least, next := d.Grid.Amounts(d.Grid.lowest()), d.Grid.lowest()
	next[0]++
	d.Grid.raise(next)
	const n = 400
	common, err := l.evaluate(t.Context(), []Amounts{least, d.Grid.Amounts(next)}, streamFinal, n)
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := l.evaluate(t.Context(), []Amounts{least}, streamSelect, n)
	if err != nil {
		t.Fatal(err)
	}
	difference := func(a, b []sample) Estimated {
		values := make([]float64, n)
		for i := range values {
			values[i] = float64(a[i].fill - b[i].fill)
		}
		return estimated(values)
	}
	paired, apart := difference(common[1], common[0]), difference(common[1], fresh[0])
	ratio := math.Pow(apart.Deviation/paired.Deviation, 2)
	t.Logf("variance of the difference in fill: %.1f times less with common random numbers", ratio)
	if ratio < 2 {
		t.Errorf("variance ratio %.2f: want 2 or more", ratio)
	}
}

// Draws are standard Gumbel: choices among the alternatives have the logit's shares.
func TestScenariosAreLogit(t *testing.T) {
	d := lively(t, 60, 2, [model.MaxTier + 1]model.Share{})
	l := d.lottery(7)
	none := Amounts{}
	var counts, p []float64
	const n = 4000
	person := 0
	alternatives := l.all[l.first[person]:l.first[person+1]]
	counts = make([]float64, len(alternatives))
	schedule := d.Grid.Last.Schedule(d.County.Subsidy)
	priced := d.Supply.Alternatives(nil, person, schedule)
	p = d.Model.Mean.Probabilities(p, priced)
	for number := range uint64(n) {
		r := l.scenario(streamFinal, number, none, d.Grid.Last)
		who := &r.person[person]
		best, worth := len(alternatives)-1, who.outside
		at := func(post int32, v model.Fen) {
			tier := r.post[post].tier
			if v += d.Grid.Last[tier]; v > worth {
				for i := range alternatives {
					if alternatives[i].Post == post {
						best, worth = i, v
					}
				}
			}
		}
		if who.home >= 0 {
			at(who.home, who.stay)
		}
		for post := range r.post {
			for _, o := range r.offers[r.first[post*groups]:r.first[(post+1)*groups]] {
				if int(o.person) == person && int32(post) != who.home {
					at(int32(post), who.outside-model.Fen(o.least))
				}
			}
		}
		counts[best]++
	}
	chi := 0.0
	for i := range counts {
		chi += (counts[i] - n*p[i]) * (counts[i] - n*p[i]) / (n * p[i])
	}
	if limit := float64(len(counts)) + 5*math.Sqrt(2*float64(len(counts))); chi > limit {
		t.Errorf("chi square %.1f for %d alternatives: want at most %.1f\n%v\n%v", chi, len(counts), limit, counts, p)
	}
}

// Intervals hold the true expectation and bounds the true optimum as often as they say. The truth is
// that of a sample far larger.
func TestChanceCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	d := lively(t, 60, 4, [model.MaxTier + 1]model.Share{})
	var all []Amounts
	d.Grid.each(1, func(levels []int) bool {
		all = append(all, d.Grid.Amounts(levels))
		return true
	})
	big, err := d.ByChance(t.Context(), all, ChanceOptions{Seed: 999, Evaluate: 4000})
	if err != nil {
		t.Fatal(err)
	}
	truth := map[Amounts]ChanceOutcome{}
	budget := model.Fen((big[0].Cost.Mean + big[len(big)-1].Cost.Mean) / 2)
	best := 0.0
	for _, o := range big {
		truth[o.Amounts] = o
		if o.Cost.Mean <= float64(budget) {
			best = max(best, o.Weight.Mean)
		}
	}
	const runs = 60
	weight, cost, bounded, met, worst := 0, 0, 0, 0, 0.0
	for seed := range uint64(runs) {
		got, err := d.MostFilledByChance(t.Context(), budget, ChanceOptions{Seed: seed, Scenarios: 8, Replications: 5, Evaluate: 60})
		if err != nil {
			t.Fatal(err)
		}
		exact := truth[got.Amounts]
		if got.Weight.Interval.Holds(exact.Weight.Mean) {
			weight++
		}
		if got.Cost.Interval.Holds(exact.Cost.Mean) {
			cost++
		}
		if got.Limit >= best {
			bounded++
		}
		if got.Met {
			met++
		}
		worst = max(worst, best-exact.Weight.Mean)
	}
	t.Logf("of %d: fill in its interval %d, cost %d, bound holds %d, budget met %d; the worst design fills %.0f less than the best %.0f", runs, weight, cost, bounded, met, worst, best)
	if weight < 51 || cost < 51 || bounded < 55 { // three deviations below 95 %
		t.Error("intervals or bounds hold less often than 95 in 100")
	}
}

// The number of workers changes no byte, and what can't be reached says what is nearest.
func TestChanceWorkers(t *testing.T) {
	var first *ChanceDesign
	for _, workers := range []int{1, 3} {
		d := lively(t, 100, 3, [model.MaxTier + 1]model.Share{})
		d.options.Workers = workers
		got, err := d.LeastCostByChance(t.Context(), d.response.need*3/4, 0, ChanceOptions{Scenarios: 4, Replications: 2, Evaluate: 10, Nodes: 50})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		if diff := gocmp.Diff(first, got); diff != "" {
			t.Errorf("%d workers (-want +got):\n%s", workers, diff)
		}
	}
	d := lively(t, 100, 3, [model.MaxTier + 1]model.Share{})
	var unreachable *UnreachableError
	if _, err := d.LeastCostByChance(t.Context(), d.response.need, 0, ChanceOptions{}); !errors.As(err, &unreachable) || unreachable.Nearest.Filled == 0 {
		t.Errorf("all people: error %v, want an UnreachableError", err)
	}
	if _, err := d.MostFilledByChance(t.Context(), 1, ChanceOptions{}); !errors.As(err, &unreachable) || unreachable.Binds[0] != LimitBudget {
		t.Errorf("a fen: error %v, want an UnreachableError", err)
	}
	var bad *DesignError
	if _, err := d.MostFilledByChance(t.Context(), 1000, ChanceOptions{Replications: 1}); !errors.As(err, &bad) || bad.Field != "replications" {
		t.Errorf("one replication: error %v, want a DesignError", err)
	}
}
