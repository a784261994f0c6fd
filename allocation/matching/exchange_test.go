package matching

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Where everybody has a post, block exchange by depth-first search and
// teacher-optimal exchange by pointers, two programs that share nothing, agree.
func TestTwoWaysToTheTeacherOptimalExchange(t *testing.T) {
	moved := 0
	forRandom(t, 8000, shape{applicants: 9, schools: 4, capacity: 3, everybodyPresent: true}, func(t *testing.T, _ *Market, p *Problem) {
		m := TeacherOptimalExchange(p, nil)
		if diff := cmp.Diff(BlockExchange(p, p.Present(), nil), m); diff != "" {
			t.Error(diff)
		}
		count(&moved, !slices.Equal(m, p.Present()))
	})
	if moved < 500 {
		t.Errorf("people moved on %d markets only", moved)
	}
}

// With one place at each school, no matching that leaves every school as well off
// and no applicant worse off is better for the applicants.
func TestTeacherOptimalExchangeIsEfficientAmongFairOnes(t *testing.T) {
	moved := 0
	forRandom(t, 2000, shape{applicants: 5, schools: 1, onePlace: true, everybodyPresent: true, complete: true}, func(t *testing.T, _ *Market, p *Problem) {
		m := TeacherOptimalExchange(p, nil)
		count(&moved, !slices.Equal(m, p.Present()))
		everyMatching(p, func(other Matching) {
			if len(SchoolsWorseOff(p, other)) == 0 && dominates(p, other, m) {
				t.Errorf("%v is better for applicants than %v, and no school loses", other, m)
			}
		})
	})
	if moved < 200 {
		t.Errorf("people moved on %d markets only", moved)
	}
}

// If schools rank their own staff last, everybody may have every seat, and the
// exchange is top trading cycles; if first, nobody may have any, and all stay.
func TestTeacherOptimalExchangeBetweenItsExtremes(t *testing.T) {
	x := shape{applicants: 6, schools: 1, onePlace: true, everybodyPresent: true}
	forRandom(t, 1000, x, func(t *testing.T, m *Market, _ *Problem) {
		for _, own := range []int64{-100, 100} {
			for j := range m.Schools {
				for k, c := range m.Schools[j].Ranking {
					if slices.ContainsFunc(m.Applicants, func(a Applicant) bool { return a.ID == c.Applicant && a.Present == m.Schools[j].ID }) {
						m.Schools[j].Ranking[k].Points = own
					}
				}
			}
			p, err := NewProblem(m, Lottery{})
			if err != nil {
				t.Fatal(err)
			}
			want := p.Present()
			if own < 0 {
				want = TopTradingCycles(Protect(p), nil)
			}
			if diff := cmp.Diff(want, TeacherOptimalExchange(p, nil)); diff != "" {
				t.Errorf("own staff at %d points: %s", own, diff)
			}
		}
	})
}

func TestTeacherOptimalExchangeByHand(t *testing.T) {
	market := func(capacity int, newcomer bool) *Market {
		m := &Market{
			Applicants: []Applicant{
				{ID: "an", List: []string{"town"}, Present: "hill"},
				{ID: "bo", List: []string{"hill"}, Present: "town"},
				{ID: "chen", List: []string{"lake"}, Present: "hill"},
			},
			Schools: []School{
				{ID: "town", Capacity: 1, Ranking: InOrder("an", "bo")},
				{ID: "hill", Capacity: 2, Ranking: InOrder("bo", "an", "du", "chen")},
				{ID: "lake", Capacity: capacity, Ranking: InOrder("chen")},
			},
		}
		m.Applicants = append(m.Applicants, Applicant{ID: "du"})
		if newcomer {
			m.Applicants[3].List = []string{"hill"}
		}
		return m
	}
	for _, c := range []struct {
		reason   string
		capacity int
		newcomer bool
		want     string
	}{
		{"an and bo swap: each is wanted more than the one who leaves. chen may not go to the empty place at lake: hill would lose one",
			1, false, "town hill hill -"},
		{"du, without a post, outranks chen at hill, so chen may go to lake and du comes: nobody loses", 1, true, "town hill lake hill"},
		{"without the empty place chen stays, and du gets nothing", 0, true, "town hill hill -"},
	} {
		p, err := NewProblem(market(c.capacity, c.newcomer), Lottery{})
		if err != nil {
			t.Fatal(err)
		}
		for name, m := range map[string]Matching{"to-be": TeacherOptimalExchange(p, nil), "block exchange": BlockExchange(p, p.Present(), nil)} {
			if got := schoolsOf(p, m); got != c.want {
				t.Errorf("%s: %s gives %s, want %s", name, c.reason, got, c.want)
			}
		}
	}
}

// An empty seat belongs to the person without a post whom its school ranks best,
// and is given for what that person wants: so bo or chen gets the seat at hill that an
// leaves for lake, though hill ranks both alike in being ahead of an.
func TestEmptySeatsBelongToTheBestRanked(t *testing.T) {
	for _, c := range []struct{ lake, want []string }{
		{[]string{"an", "bo", "chen"}, []string{"lake", "hill", ""}},
		{[]string{"chen", "an", "bo"}, []string{"lake", "", "hill"}},
	} {
		p, err := NewProblem(&Market{
			Applicants: []Applicant{{ID: "an", List: []string{"lake"}, Present: "hill"}, {ID: "bo", List: []string{"hill"}}, {ID: "chen", List: []string{"hill"}}},
			Schools: []School{
				{ID: "hill", Capacity: 1, Ranking: InOrder("bo", "chen", "an")},
				{ID: "lake", Capacity: 1, Ranking: InOrder(c.lake...)},
			},
		}, Lottery{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range TeacherOptimalExchange(p, nil) {
			got = append(got, p.School(s))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("lake ranks %v: %s", c.lake, diff)
		}
	}
}

// Block exchange may start from any matching, and never makes anybody worse off
// than there.
func TestBlockExchangeFromAnyMatching(t *testing.T) {
	changed := 0
	forRandom(t, 2000, shape{applicants: 6, schools: 4, capacity: 2, present: true}, func(t *testing.T, _ *Market, p *Problem) {
		from := SerialDictatorship(p, nil, nil)
		from[0] = None
		m := BlockExchange(p, from, nil)
		count(&changed, !slices.Equal(m, from))
		if dominates(p, from, m) || TwoSidedExchange(p, m) != nil {
			t.Errorf("from %v to %v", from, m)
		}
		for i := range m {
			if wantedness(p, int32(i), m[i]) > wantedness(p, int32(i), from[i]) {
				t.Errorf("%s is worse off", p.Applicant(int32(i)))
			}
		}
	})
	if changed == 0 {
		t.Error("nothing was ever exchanged")
	}
}

// The four chain rules on one market. The seats: home belongs to an, barn to bo,
// and mill is empty. Nobody wants to trade: an wants mill, bo wants mill before
// home, chen has no post and wants home.
func TestChainRules(t *testing.T) {
	everybody := InOrder("an", "bo", "chen")
	p, err := NewProblem(&Market{
		Applicants: []Applicant{
			{ID: "an", List: []string{"mill"}, Present: "home"},
			{ID: "bo", List: []string{"mill", "home"}, Present: "barn"},
			{ID: "chen", List: []string{"home"}},
		},
		Schools: []School{
			{ID: "home", Capacity: 1, Ranking: everybody},
			{ID: "barn", Capacity: 1, Ranking: everybody},
			{ID: "mill", Capacity: 1, Ranking: everybody},
		},
	}, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	order := func(ids ...string) []int32 {
		o, err := p.Order(ids...)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, c := range []struct {
		reason string
		rule   ChainRule
		want   string
	}{
		{"bo first: takes mill; an stays, chen gets nothing since an is at home", ChainRule{Order: order("bo", "an", "chen")}, "home mill -"},
		{"an first: takes mill, home stays open, bo is next", ChainRule{Order: order("an", "bo", "chen")}, "mill home -"},
		{"an first, and the home left behind is closed: bo stays", ChainRule{Order: order("an", "bo", "chen"), Close: true}, "mill barn -"},
		{"chen first: the chain chen to home, an to mill", ChainRule{Order: order("chen", "bo", "an")}, "mill barn home"},
		{"the longest chain is chen's, whoever is first", ChainRule{Order: order("bo", "an", "chen"), Longest: true}, "mill barn home"},
	} {
		m := TopTradingCyclesAndChains(p, c.rule, nil)
		if got := schoolsOf(p, m); got != c.want {
			t.Errorf("%s: got %s, want %s", c.reason, got, c.want)
		}
	}
}

// Every chain rule leaves nobody below the present post, and those that keep seats
// open are efficient.
func TestEveryChainRule(t *testing.T) {
	forRandom(t, 2000, shape{applicants: 6, schools: 4, capacity: 3, present: true}, func(t *testing.T, _ *Market, p *Problem) {
		for _, rule := range []ChainRule{{}, {Longest: true}, {Close: true}, {Longest: true, Close: true}} {
			m := TopTradingCyclesAndChains(p, rule, nil)
			if found := append(Breaches(p, m), breachesOfPeople(p, m)...); len(found) > 0 {
				t.Errorf("%+v: %+v", rule, found)
			}
			if x := ParetoImprovement(p, m); x != nil && !rule.Close {
				t.Errorf("%+v: %+v improves %v", rule, x, m)
			}
		}
	})
}

func breachesOfPeople(p *Problem, m Matching) []Breach {
	var found []Breach
	for _, t := range WorseOff(p, m) {
		found = append(found, Breach{Applicant: t, School: m[t], What: "worse off"})
	}
	return found
}
