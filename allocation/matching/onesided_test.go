package matching

import (
	"slices"
	"testing"
)

// blockingSet is the blocking pairs of a matching, by the definition.
func blockingSet(p *Problem, m Matching) map[[2]int32]bool {
	set := map[[2]int32]bool{}
	for _, pair := range places(BlockingPairs(p, m)) {
		set[pair] = true
	}
	return set
}

func subset(a, b map[[2]int32]bool) bool {
	for pair := range a {
		if !b[pair] {
			return false
		}
	}
	return true
}

// Nobody is worse off, no school has fewer people, and no pair blocks that did not block before; more people
// move than by exchanges that schools want as well.
func TestOneSidedExchangeAddsNoComplaint(t *testing.T) {
	oneSided, twoSided := 0, 0
	forRandom(t, 6000, shape{applicants: 9, schools: 4, capacity: 3, present: true}, func(t *testing.T, _ *Market, p *Problem) {
		present := p.Present()
		m := OneSidedBlockExchange(p, present, nil)
		if !subset(blockingSet(p, m), blockingSet(p, present)) {
			t.Errorf("%v has a blocking pair that %v has not", m, present)
		}
		if found := append(Breaches(p, m), breachesOfPeople(p, m)...); len(found) > 0 {
			t.Errorf("%+v", found)
		}
		for s, n := range p.filled(present) {
			if p.filled(m)[s] < n {
				t.Errorf("%s has fewer people", p.School(int32(s)))
			}
		}
		other := BlockExchange(p, present, nil)
		for i := range m {
			count(&oneSided, m[i] != present[i])
			count(&twoSided, other[i] != present[i])
		}
	})
	if oneSided <= twoSided*11/10 {
		t.Errorf("%d people move, %d by exchanges that both sides want", oneSided, twoSided)
	}
}

// With one place at each school and a post for everybody, no matching is better for applicants whose blocking pairs are
// among those of the result.
func TestOneSidedExchangeIsMaximal(t *testing.T) {
	moved, lost := 0, 0
	forRandom(t, 2000, shape{applicants: 5, schools: 1, onePlace: true, everybodyPresent: true, complete: true}, func(t *testing.T, _ *Market, p *Problem) {
		m := OneSidedBlockExchange(p, p.Present(), nil)
		count(&moved, !slices.Equal(m, p.Present()))
		count(&lost, len(SchoolsWorseOff(p, m)) > 0)
		own := blockingSet(p, m)
		everyMatching(p, func(other Matching) {
			if dominates(p, other, m) && subset(blockingSet(p, other), own) {
				t.Errorf("%v is better for applicants than %v and blocked by no other pair", other, m)
			}
		})
	})
	if moved < 500 || lost < 50 {
		t.Errorf("people moved on %d markets, and a school lost on %d", moved, lost)
	}
}

// Ours: an and bo wish each other's post, and each school ranks its own person first, so both schools would lose. Nobody
// else wants either place: they may trade. If chen, ranked behind bo but above an at south, wants south as well, an is
// not first of those who don't block it, and they may not.
func TestOneSidedExchangeByHand(t *testing.T) {
	for _, c := range []struct {
		chen []string
		want string
	}{{nil, "south north east"}, {[]string{"south"}, "north south east"}} {
		p, err := NewProblem(&Market{
			Applicants: []Applicant{{ID: "an", Present: "north", List: []string{"south"}}, {ID: "bo", Present: "south", List: []string{"north"}},
				{ID: "chen", Present: "east", List: c.chen}},
			Schools: []School{{ID: "north", Capacity: 1, Ranking: InOrder("an", "bo", "chen")}, {ID: "south", Capacity: 1, Ranking: InOrder("bo", "chen", "an")},
				{ID: "east", Capacity: 1, Ranking: InOrder("chen")}},
		}, Lottery{})
		if err != nil {
			t.Fatal(err)
		}
		if got := schoolsOf(p, OneSidedBlockExchange(p, p.Present(), nil)); got != c.want {
			t.Errorf("chen wants %v: got %s, want %s", c.chen, got, c.want)
		}
		if got := schoolsOf(p, BlockExchange(p, p.Present(), nil)); got != "north south east" {
			t.Errorf("with both sides' consent: got %s", got)
		}
	}
}
