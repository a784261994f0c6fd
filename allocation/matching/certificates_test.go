package matching

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every certificate agrees with its definition on every matching of tiny markets,
// good and bad.
func TestCertificatesAgainstTheirDefinitions(t *testing.T) {
	x := shape{applicants: 4, schools: 3, capacity: 2, present: true}
	improvable, exchangeable, clean := 0, 0, 0
	forRandom(t, 1000, x, func(t *testing.T, _ *Market, p *Problem) {
		everyMatching(p, func(m Matching) {
			if stable := len(BlockingPairs(p, m)) == 0; stable != naiveStable(p, m) {
				t.Errorf("BlockingPairs says stable %v of %v", stable, m)
			}
			if diff := cmp.Diff(places(BlockingPairs(p, m)), union(JustifiedEnvy(p, m), Waste(p, m))); diff != "" {
				t.Errorf("blocking pairs of %v are not envy and waste: %s", m, diff)
			}
			dominated, exchange := false, false
			everyMatching(p, func(other Matching) {
				if movesOffList(p, m, other) {
					return // back to the present post: WorseOff's business
				}
				dominated = dominated || dominates(p, other, m)
				exchange = exchange || isTwoSided(p, m, other)
			})
			improvement := ParetoImprovement(p, m)
			if (improvement != nil) != dominated {
				t.Errorf("ParetoImprovement of %v is %+v, dominated %v", m, improvement, dominated)
			}
			if improvement != nil && !dominates(p, carriedOut(p, m, improvement), m) {
				t.Errorf("%+v does not improve %v", improvement, m)
			}
			two := TwoSidedExchange(p, m)
			if (two != nil) != exchange {
				t.Errorf("TwoSidedExchange of %v is %+v, want one: %v", m, two, exchange)
			}
			if two != nil && !isTwoSided(p, m, carriedOut(p, m, two)) {
				t.Errorf("%+v does not improve %v for both sides", two, m)
			}
			count(&improvable, dominated)
			count(&exchangeable, exchange)
			count(&clean, !dominated)
		})
	})
	if improvable < 1000 || exchangeable < 1000 || clean < 1000 {
		t.Errorf("too few cases: %d improvable, %d exchangeable, %d efficient", improvable, exchangeable, clean)
	}
}

func movesOffList(p *Problem, m, other Matching) bool {
	for i, s := range other {
		if s != m[i] && s != None && p.edge(int32(i), s) == None {
			return true
		}
	}
	return false
}

func places(pairs []BlockingPair) [][2]int32 {
	var found [][2]int32
	for _, b := range pairs {
		found = append(found, [2]int32{b.Applicant, b.School})
	}
	slices.SortFunc(found, func(a, b [2]int32) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(found)
}

func union(envy, waste []BlockingPair) [][2]int32 { return places(slices.Concat(envy, waste)) }

func count(n *int, yes bool) {
	if yes {
		*n++
	}
}

func carriedOut(p *Problem, m Matching, x *Exchange) Matching {
	after := slices.Clone(m)
	x.apply(p, after, 1, nil)
	return after
}

// isTwoSided reports whether after is m after exchanges that both sides want:
// everybody who moves is better off, and at each school everybody who leaves is
// replaced by somebody of better rank.
func isTwoSided(p *Problem, m, after Matching) bool {
	moved := false
	for s := range int32(p.Schools()) {
		var leave, come []int
		for rank, t := range p.Ranking(s) {
			if m[t] == s && after[t] != s {
				leave = append(leave, rank)
			}
			if m[t] != s && after[t] == s {
				come = append(come, rank)
			}
		}
		if len(come) < len(leave) {
			return false
		}
		for k := range leave {
			if come[k] > leave[k] {
				return false
			}
		}
	}
	for i := range m {
		if m[i] != after[i] {
			moved = true
			if wantedness(p, int32(i), after[i]) >= wantedness(p, int32(i), m[i]) {
				return false
			}
		}
	}
	return moved
}

// village is a market in which each certificate below can be broken by one change.
func village(t *testing.T) *Problem {
	t.Helper()
	p, err := NewProblem(&Market{
		Applicants: []Applicant{
			{ID: "an", List: []string{"north", "south"}, Present: "south"},
			{ID: "bo", List: []string{"south", "north"}, Present: "north"},
			{ID: "chen", List: []string{"north", "east", "south"}},
			{ID: "du", List: []string{"east"}},
		},
		Schools: []School{
			{ID: "north", Capacity: 1, Ranking: InOrder("an", "chen", "bo")},
			{ID: "south", Capacity: 1, Ranking: InOrder("bo", "an", "chen")},
			{ID: "east", Capacity: 2, Floor: 1, Ranking: InOrder("chen", "du")},
		},
		Regions: []Region{{ID: "valley", Schools: []string{"north", "south"}, Floor: 2, Cap: 2}},
	}, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCertificatesFindWhatIsPlanted(t *testing.T) {
	p := village(t)
	good := map[string]string{"an": "north", "bo": "south", "chen": "east", "du": "east"}
	for _, c := range []struct {
		reason string
		change map[string]string
		found  func(Matching) int // how many violations
		want   int
	}{
		{"nothing planted: no blocking pair", nil, func(m Matching) int { return len(BlockingPairs(p, m)) }, 0},
		{"nothing planted: no improvement", nil, func(m Matching) int { return exchanges(ParetoImprovement(p, m)) }, 0},
		{"nothing planted: no two-sided exchange", nil, func(m Matching) int { return exchanges(TwoSidedExchange(p, m)) }, 0},
		{"nothing planted: nobody worse off", nil, func(m Matching) int { return len(WorseOff(p, m)) + len(SchoolsWorseOff(p, m)) }, 0},
		{"nothing planted: no breach", nil, func(m Matching) int { return len(Breaches(p, m)) }, 0},
		{"an and bo swapped back: each envies nobody of worse rank but wants the other's place",
			map[string]string{"an": "south", "bo": "north"}, func(m Matching) int { return len(JustifiedEnvy(p, m)) }, 3},
		{"the swap that helps both teachers and both schools is there",
			map[string]string{"an": "south", "bo": "north"}, func(m Matching) int { return exchanges(TwoSidedExchange(p, m)) }, 2},
		{"the same swap is a Pareto improvement",
			map[string]string{"an": "south", "bo": "north"}, func(m Matching) int { return exchanges(ParetoImprovement(p, m)) }, 2},
		{"du is left out though east has a free place", map[string]string{"du": ""}, func(m Matching) int { return len(Waste(p, m)) }, 1},
		{"a free place is an improvement, a chain of one", map[string]string{"du": ""}, func(m Matching) int { return exchanges(ParetoImprovement(p, m)) }, 1},
		{"an loses the post", map[string]string{"an": ""}, func(m Matching) int { return len(WorseOff(p, m)) }, 1},
		{"du is sent to a school off the list", map[string]string{"du": "south", "bo": ""}, func(m Matching) int { return len(WorseOff(p, m)) }, 2},
		{"chen outranks neither bo nor an at south: the school falls below what it has",
			map[string]string{"chen": "south", "bo": "north", "an": ""}, func(m Matching) int { return len(SchoolsWorseOff(p, m)) }, 1},
		{"south is left empty: below what it has", map[string]string{"bo": ""}, func(m Matching) int { return len(SchoolsWorseOff(p, m)) }, 1},
		{"two people for the one place of north; south empty, so the valley still has two",
			map[string]string{"bo": "north"}, func(m Matching) int { return len(Breaches(p, m)) }, 1},
		{"du is not eligible at south, and the valley has three, over its cap, south two, over its places",
			map[string]string{"du": "south"}, func(m Matching) int { return len(Breaches(p, m)) }, 3},
		{"east is below its floor", map[string]string{"chen": "", "du": ""}, func(m Matching) int { return len(Breaches(p, m)) }, 1},
		{"the valley is below its floor", map[string]string{"bo": ""}, func(m Matching) int { return len(Breaches(p, m)) }, 1},
	} {
		result := map[string]string{}
		for id, s := range good {
			result[id] = s
		}
		for id, s := range c.change {
			result[id] = s
		}
		m, err := p.Match(result)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.found(m); got != c.want {
			t.Errorf("%s: found %d, want %d", c.reason, got, c.want)
		}
	}
}

func exchanges(x *Exchange) int {
	if x == nil {
		return 0
	}
	return len(x.Applicants)
}

func TestBlockingPairNamesThePlaceAndTheRanks(t *testing.T) {
	p := village(t)
	m, err := p.Match(map[string]string{"an": "south", "bo": "north", "chen": "east", "du": "east"})
	if err != nil {
		t.Fatal(err)
	}
	want := []BlockingPair{
		{Applicant: 0, School: 0, Choice: 1, Rank: 1, Instead: 1, InsteadRank: 3},
		{Applicant: 1, School: 1, Choice: 1, Rank: 1, Instead: 0, InsteadRank: 2},
		{Applicant: 2, School: 0, Choice: 1, Rank: 2, Instead: 1, InsteadRank: 3},
	}
	if diff := cmp.Diff(want, BlockingPairs(p, m)); diff != "" {
		t.Error(diff)
	}
}

func TestRankDistribution(t *testing.T) {
	p := village(t)
	for _, c := range []struct {
		reason string
		result map[string]string
		want   Ranks
	}{
		{"first, first, second, first", map[string]string{"an": "north", "bo": "south", "chen": "east", "du": "east"},
			Ranks{Choice: []int{3, 1}, Mean: 1.25}},
		{"du at a school off the list, chen nowhere", map[string]string{"an": "south", "bo": "north", "du": "north"},
			Ranks{Choice: []int{0, 2}, OffList: 1, Unplaced: 1, Mean: 2}},
	} {
		m, err := p.Match(c.result)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, RankDistribution(p, m)); diff != "" {
			t.Errorf("%s: %s", c.reason, diff)
		}
	}
}

// A false price or a worse matching is no proof.
func TestPricesProveOnlyTheMinimum(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	refused := 0
	forRandom(t, 500, shape{applicants: 6, schools: 4, capacity: 2}, func(t *testing.T, _ *Market, p *Problem) {
		best := MinimumTotalRank(p)
		everyMatching(p, func(m Matching) {
			other := &RankMinimal{Matching: m, Prices: best.Prices}
			u, total := 0, int64(0)
			for i, s := range m {
				if s == None {
					u++
				} else {
					total += int64(p.choice(int32(i), s))
				}
			}
			if optimal := u == best.Unplaced && total == best.TotalRank; other.ProvesMinimum(p) != optimal {
				t.Errorf("prices %v prove %v: %v, optimal %v", best.Prices, m, !optimal, optimal)
			}
		})
		prices := slices.Clone(best.Prices)
		prices[r.IntN(len(prices))] -= 1 + int64(r.IntN(3))
		if slices.Min(prices) < 0 {
			refused++
			if (&RankMinimal{Matching: best.Matching, Prices: prices}).ProvesMinimum(p) {
				t.Errorf("negative prices %v prove something", prices)
			}
		}
	})
	if refused == 0 {
		t.Error("no price was made negative")
	}
}
