package matching

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// naiveStable decides stability from the definition, with nothing of the package
// but the problem's numbers.
func naiveStable(p *Problem, m Matching) bool {
	for t := range m {
		for _, s := range p.list(int32(t)) {
			if wantedness(p, int32(t), s) >= wantedness(p, int32(t), m[t]) {
				continue
			}
			people := 0
			for other, at := range m {
				if at != s {
					continue
				}
				people++
				if slices.Index(p.Ranking(s), int32(other)) > slices.Index(p.Ranking(s), int32(t)) {
					return false
				}
			}
			if people < p.Capacity(s) {
				return false
			}
		}
	}
	return true
}

// Deferred acceptance gives every applicant the best stable school if applicants
// propose, the worst if schools do; the stable matchings form a lattice; every one
// of them places the same people and fills the same number of places, and a school
// that has places left has the same people in all (rural hospitals theorem: Roth
// 1984, 1986; Gale and Sotomayor 1985).
func TestDeferredAcceptanceAgainstEveryStableMatching(t *testing.T) {
	several := 0
	check := func(t *testing.T, _ *Market, p *Problem) {
		var stable []Matching
		everyMatching(p, func(m Matching) {
			if naiveStable(p, m) {
				stable = append(stable, slices.Clone(m))
			}
		})
		if len(stable) > 1 {
			several++
		}
		listed, err := StableMatchings(p, 1<<20)
		if err != nil || len(listed) != len(stable) {
			t.Errorf("StableMatchings gives %d (%v), want %d", len(listed), err, len(stable))
		}
		best, worst := extremes(p, stable)
		if diff := cmp.Diff(best, DeferredAcceptance(p, nil)); diff != "" {
			t.Errorf("applicants propose: %s", diff)
		}
		if diff := cmp.Diff(worst, SchoolDeferredAcceptance(p, nil)); diff != "" {
			t.Errorf("schools propose: %s", diff)
		}
		for _, a := range stable {
			ruralHospitals(t, p, stable[0], a)
			for _, b := range stable {
				join, meet := extremes(p, []Matching{a, b})
				if !naiveStable(p, join) || !naiveStable(p, meet) {
					t.Errorf("no lattice: %v and %v", a, b)
				}
			}
		}
	}
	forRandom(t, 2000, shape{applicants: 5, schools: 3, capacity: 2}, check)
	forRandom(t, 1500, shape{applicants: 5, schools: 5, onePlace: true, complete: true}, check)
	if several < 100 {
		t.Errorf("only %d markets with several stable matchings", several)
	}
}

// extremes gives everybody the best, and the worst, school of some matchings.
func extremes(p *Problem, matchings []Matching) (best, worst Matching) {
	best, worst = slices.Clone(matchings[0]), slices.Clone(matchings[0])
	for _, m := range matchings {
		for i, s := range m {
			if wantedness(p, int32(i), s) < wantedness(p, int32(i), best[i]) {
				best[i] = s
			}
			if wantedness(p, int32(i), s) > wantedness(p, int32(i), worst[i]) {
				worst[i] = s
			}
		}
	}
	return best, worst
}

func ruralHospitals(t *testing.T, p *Problem, a, b Matching) {
	t.Helper()
	filled := p.filled(a)
	if !slices.Equal(filled, p.filled(b)) {
		t.Errorf("stable matchings %v and %v fill different numbers of places", a, b)
	}
	for i := range a {
		if (a[i] == None) != (b[i] == None) {
			t.Errorf("%s has a place in one stable matching alone", p.Applicant(int32(i)))
		}
		if s := a[i]; s != None && b[i] != s && filled[s] < p.capacity[s] {
			t.Errorf("%s is not full, and has other people in another stable matching", p.School(s))
		}
	}
}

// The theorem on markets too large to enumerate, between the two extreme matchings.
func TestRuralHospitalsOnLargerMarkets(t *testing.T) {
	different := 0
	forRandom(t, 1000, shape{applicants: 40, schools: 12, capacity: 5}, func(t *testing.T, _ *Market, p *Problem) {
		a, b := DeferredAcceptance(p, nil), SchoolDeferredAcceptance(p, nil)
		if !slices.Equal(a, b) {
			different++
		}
		ruralHospitals(t, p, a, b)
	})
	if different < 30 {
		t.Errorf("only %d markets where the two differ", different)
	}
}

// The order of the market's rows is no part of it: proposals in any order come to
// the same end.
func TestDeferredAcceptanceDoesNotDependOnRows(t *testing.T) {
	forRandom(t, 500, shape{applicants: 8, schools: 4, capacity: 2}, func(t *testing.T, m *Market, p *Problem) {
		turned := *m
		turned.Applicants = slices.Clone(m.Applicants)
		slices.Reverse(turned.Applicants)
		q, err := NewProblem(&turned, p.lottery)
		if err != nil {
			t.Fatal(err)
		}
		a, b := DeferredAcceptance(p, nil), DeferredAcceptance(q, nil)
		slices.Reverse(b)
		if !slices.Equal(a, b) {
			t.Errorf("%v and %v", a, b)
		}
	})
}

// naiveTTC is the mechanism as Abdulkadiroğlu and Sönmez (2003) state it, round by
// round, all cycles of a round at once.
func naiveTTC(p *Problem) Matching {
	m, gone := p.empty(), make([]bool, p.Applicants())
	left := slices.Clone(p.capacity)
	for {
		top := make([]int32, p.Applicants()) // school pointed at
		rest := 0
		for i := range top {
			top[i] = None
			for _, s := range p.list(int32(i)) {
				if top[i] == None && left[s] > 0 {
					top[i] = s
				}
			}
			gone[i] = gone[i] || top[i] == None
			if !gone[i] {
				rest++
			}
		}
		if rest == 0 {
			return m
		}
		owner := func(i int) int {
			for _, o := range p.Ranking(top[i]) {
				if !gone[o] {
					return int(o)
				}
			}
			panic("nobody left in a ranking that somebody left points at")
		}
		var cycle []int
		for i := range gone {
			if gone[i] {
				continue
			}
			at := i
			for range gone {
				at = owner(at)
				if at == i {
					cycle = append(cycle, i)
					break
				}
			}
		}
		for _, i := range cycle {
			m[i] = top[i]
			left[top[i]]--
			gone[i] = true
		}
	}
}

func TestTopTradingCyclesAgainstItsDefinition(t *testing.T) {
	forRandom(t, 3000, shape{applicants: 7, schools: 4, capacity: 3}, func(t *testing.T, _ *Market, p *Problem) {
		if diff := cmp.Diff(naiveTTC(p), TopTradingCycles(p, nil)); diff != "" {
			t.Error(diff)
		}
	})
}

// If all schools have one ranking, top trading cycles is serial dictatorship in its
// order, and so is deferred acceptance.
func TestOneCommonRankingIsSerialDictatorship(t *testing.T) {
	forRandom(t, 2000, shape{applicants: 8, schools: 4, capacity: 2, complete: true}, func(t *testing.T, m *Market, _ *Problem) {
		for j := range m.Schools {
			m.Schools[j].Ranking = m.Schools[0].Ranking
		}
		for i := range m.Applicants { // short lists too
			m.Applicants[i].List = m.Applicants[i].List[:i%(len(m.Applicants[i].List)+1)]
		}
		p, err := NewProblem(m, Lottery{Seed: 5})
		if err != nil {
			t.Fatal(err)
		}
		want := SerialDictatorship(p, p.Ranking(0), nil)
		for _, got := range []Matching{TopTradingCycles(p, nil), DeferredAcceptance(p, nil)} {
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
	})
}

// In a market of Shapley and Scarf, where everybody owns the only place of a school,
// the result is the one matching of the strict core: no group can do better for one
// of its members, and worse for none, with its own places.
func TestHouseMarketIsInTheCore(t *testing.T) {
	forRandom(t, 1500, shape{applicants: 4, onePlace: true, everybodyPresent: true, schools: 1, complete: true}, func(t *testing.T, _ *Market, p *Problem) {
		m := TopTradingCycles(Protect(p), nil)
		if diff := cmp.Diff(m, TopTradingCyclesAndChains(p, ChainRule{}, nil)); diff != "" {
			t.Errorf("cycles and chains differ on a market without free places: %s", diff)
		}
		core := 0
		everyMatching(p, func(other Matching) {
			if !slices.Contains(other, None) && inStrictCore(p, other) {
				core++
				if !slices.Equal(other, m) {
					t.Errorf("%v is in the core, not %v", other, m)
				}
			}
		})
		if core != 1 {
			t.Errorf("%d matchings in the strict core", core)
		}
	})
}

func inStrictCore(p *Problem, m Matching) bool {
	blocked := false
	everyMatching(p, func(other Matching) {
		if slices.Contains(other, None) {
			return
		}
		for group := 1; group < 1<<len(m); group++ {
			inside, better, worse := true, false, false
			for i := range m {
				if group&(1<<i) == 0 {
					continue
				}
				owner := slices.Index(p.present, other[i])
				inside = inside && group&(1<<owner) != 0
				a, b := wantedness(p, int32(i), other[i]), wantedness(p, int32(i), m[i])
				better, worse = better || a < b, worse || a > b
			}
			blocked = blocked || (inside && better && !worse)
		}
	})
	return !blocked
}

func TestMinimumTotalRankAgainstEveryMatching(t *testing.T) {
	forRandom(t, 3000, shape{applicants: 6, schools: 4, capacity: 2}, func(t *testing.T, _ *Market, p *Problem) {
		got := MinimumTotalRank(p)
		unplaced, total := p.Applicants()+1, int64(0)
		everyMatching(p, func(m Matching) {
			u, r := 0, int64(0)
			for i, s := range m {
				if s == None {
					u++
				} else {
					r += int64(p.choice(int32(i), s))
				}
			}
			if u < unplaced || (u == unplaced && r < total) {
				unplaced, total = u, r
			}
		})
		if got.Unplaced != unplaced || got.TotalRank != total {
			t.Errorf("%d unplaced and total rank %d, want %d and %d", got.Unplaced, got.TotalRank, unplaced, total)
		}
		if !got.ProvesMinimum(p) {
			t.Errorf("prices %v do not prove %v", got.Prices, got.Matching)
		}
	})
}
