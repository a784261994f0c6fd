package matching

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// naiveCoupleStable decides stability with couples from the definition, by carrying
// each change out.
func naiveCoupleStable(p *Problem, m Matching) bool {
	inCouple := map[int32]bool{}
	for _, c := range p.couples {
		inCouple[c.member[0]], inCouple[c.member[1]] = true, true
		for _, o := range c.options {
			if o.school == [2]int32{m[c.member[0]], m[c.member[1]]} {
				break
			}
			if takes(p, m, c.member[:], o.school[:]) {
				return false
			}
		}
	}
	for i := range m {
		if inCouple[int32(i)] {
			continue
		}
		for _, s := range p.list(int32(i)) {
			if s == m[i] {
				break
			}
			if takes(p, m, []int32{int32(i)}, []int32{s}) {
				return false
			}
		}
	}
	return true
}

// takes reports whether the schools would take some people: whether each is among
// the best of all who are there when the people are where they want to be.
func takes(p *Problem, m Matching, who, to []int32) bool {
	after := slices.Clone(m)
	for k, t := range who {
		after[t] = to[k]
	}
	for k, t := range who {
		if to[k] == None {
			continue
		}
		better := 0
		for _, other := range p.Ranking(to[k]) {
			if other == t {
				break
			}
			if after[other] == to[k] {
				better++
			}
		}
		if better >= p.Capacity(to[k]) {
			return false
		}
	}
	return true
}

func TestCouplesAgainstEveryMatching(t *testing.T) {
	found, none, proven := 0, 0, 0
	for _, couples := range []int{1, 2} {
		x := shape{applicants: 6, schools: 3, capacity: 2, couples: couples}
		forRandom(t, 1500, x, func(t *testing.T, _ *Market, p *Problem) {
			stable, err := StableMatchings(p, 1_000_000)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range stable {
				if !naiveCoupleStable(p, m) {
					t.Errorf("%v is not stable", m)
				}
			}
			m, err := WithCouples(p, nil)
			if err == nil {
				found++
				if !slices.ContainsFunc(stable, func(s Matching) bool { return slices.Equal(s, m) }) {
					t.Errorf("%v is not among the stable matchings %v", m, stable)
				}
				return
			}
			var missing *NoStableError
			if !errors.As(err, &missing) {
				t.Fatal(err)
			}
			none++
			count(&proven, missing.Proven)
			if len(stable) > 0 {
				t.Errorf("none found, but %v is stable", stable[0])
			}
			if len(missing.Blocks) == 0 || naiveCoupleStable(p, missing.Closest) {
				t.Errorf("the closest matching %v is stable", missing.Closest)
			}
		})
	}
	if found < 1500 || none < 5 || proven != none {
		t.Errorf("too few cases: %d found, %d without, %d of them proven", found, none, proven)
	}
}

// Blocks and the search agree with the definition on every matching.
func TestBlocksAgainstTheDefinition(t *testing.T) {
	stable, unstable := 0, 0
	forRandom(t, 400, shape{applicants: 4, schools: 3, capacity: 2, couples: 1}, func(t *testing.T, _ *Market, p *Problem) {
		listed, err := StableMatchings(p, 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		everyCoupleMatching(p, func(m Matching) {
			is := naiveCoupleStable(p, m)
			count(&want, is)
			count(&stable, is)
			count(&unstable, !is)
			if got := len(Blocks(p, m)) == 0; got != is {
				t.Errorf("Blocks says %v of %v", got, m)
			}
		})
		if len(listed) != want {
			t.Errorf("%d stable matchings, want %d", len(listed), want)
		}
	})
	if stable < 300 || unstable < 1000 {
		t.Errorf("too few cases: %d stable, %d not", stable, unstable)
	}
}

// everyCoupleMatching calls f with every feasible matching that gives single people
// schools of their lists and couples pairs of theirs.
func everyCoupleMatching(p *Problem, f func(Matching)) {
	m := p.empty()
	member := map[int32]bool{}
	for _, c := range p.couples {
		member[c.member[0]], member[c.member[1]] = true, true
	}
	var couples func(i int)
	var single func(t int32)
	single = func(t int32) {
		if int(t) == len(m) {
			couples(0)
			return
		}
		single(t + 1)
		if member[t] {
			return
		}
		for _, s := range p.list(t) {
			m[t] = s
			single(t + 1)
		}
		m[t] = None
	}
	couples = func(i int) {
		if i == len(p.couples) {
			for s, n := range p.filled(m) {
				if n > p.capacity[s] {
					return
				}
			}
			f(m)
			return
		}
		couples(i + 1)
		c := p.couples[i].member
		for _, o := range p.couples[i].options {
			m[c[0]], m[c[1]] = o.school[0], o.school[1]
			couples(i + 1)
		}
		m[c[0]], m[c[1]] = None, None
	}
	single(0)
}

func TestWithoutCouplesItIsDeferredAcceptance(t *testing.T) {
	forRandom(t, 1000, shape{applicants: 8, schools: 4, capacity: 2}, func(t *testing.T, _ *Market, p *Problem) {
		m, err := WithCouples(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(DeferredAcceptance(p, nil), m); diff != "" {
			t.Error(diff)
		}
	})
}

// A couple is judged by its own list: the choice, the mean and who is worse off are those of the pair.
func TestCouplesAreJudgedByTheirList(t *testing.T) {
	everybody := []Candidate{{"ann", 3}, {"bob", 2}, {"sun", 1}}
	market := &Market{
		Applicants: []Applicant{{ID: "ann", Present: "hill"}, {ID: "bob", Present: "lake"}, {ID: "sun", List: []string{"lake"}}},
		Schools:    []School{{ID: "hill", Capacity: 3, Ranking: everybody}, {ID: "lake", Capacity: 3, Ranking: everybody}, {ID: "isle", Capacity: 3, Ranking: everybody}},
		Couples:    []Couple{{First: "ann", Second: "bob", List: [][2]string{{"lake", "lake"}, {"hill", "lake"}, {"isle", "isle"}, {"isle", ""}}}},
	}
	p, err := NewProblem(market, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		reason   string
		result   map[string]string
		worseOff []int32
		ranks    Ranks
	}{
		{"the first pair", map[string]string{"ann": "lake", "bob": "lake", "sun": "lake"}, nil, Ranks{Choice: []int{3}, Mean: 1}},
		{"the present pair", map[string]string{"ann": "hill", "bob": "lake"}, nil, Ranks{Choice: []int{0, 2}, Unplaced: 1, Mean: 2}},
		{"a pair under the present one", map[string]string{"ann": "isle", "bob": "isle"}, []int32{0, 1}, Ranks{Choice: []int{0, 0, 2}, Unplaced: 1, Mean: 3}},
		{"one member alone, as listed", map[string]string{"ann": "isle"}, []int32{0, 1}, Ranks{Choice: []int{0, 0, 0, 1}, Unplaced: 2, Mean: 4}},
		{"a pair off the list; ann keeps her post", map[string]string{"ann": "hill", "bob": "isle"}, []int32{0, 1}, Ranks{Stayed: 1, OffList: 1, Unplaced: 1}},
		{"nothing for a couple with posts", map[string]string{"sun": "lake"}, []int32{0, 1}, Ranks{Choice: []int{1}, Unplaced: 2, Mean: 1}},
	} {
		m, err := p.Match(c.result)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.worseOff, WorseOff(p, m)); diff != "" {
			t.Errorf("%s: worse off: %s", c.reason, diff)
		}
		if diff := cmp.Diff(c.ranks, RankDistribution(p, m)); diff != "" {
			t.Errorf("%s: ranks: %s", c.reason, diff)
		}
	}
}

// Ours, after Roth 1984: hill ranks ann before sun, lake ranks sun before bob, one
// place each. The couple ann and bob wants hill and lake together; sun wants hill,
// then lake. If the couple has its pair, sun and lake block. If sun has lake, hill is
// free and sun blocks with it. If sun has hill, lake is free and ann outranks sun, so
// the couple blocks. If sun has neither, sun blocks with a free school.
func TestNoStableMatchingWithACouple(t *testing.T) {
	p, err := NewProblem(&Market{
		Applicants: []Applicant{{ID: "ann"}, {ID: "bob"}, {ID: "sun", List: []string{"hill", "lake"}}},
		Schools: []School{
			{ID: "hill", Capacity: 1, Ranking: InOrder("ann", "sun")},
			{ID: "lake", Capacity: 1, Ranking: InOrder("sun", "bob")},
		},
		Couples: []Couple{{First: "ann", Second: "bob", List: [][2]string{{"hill", "lake"}}}},
	}, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	trace := &Trace{}
	_, err = WithCouples(p, trace)
	var missing *NoStableError
	if !errors.As(err, &missing) || !missing.Proven || len(missing.Blocks) == 0 {
		t.Errorf("got %v, want a proof that there is none", err)
	}
	if len(trace.Steps) != 0 {
		t.Errorf("the trace of failed attempts is left: %+v", trace.Steps)
	}
}

// A couple that withdraws leaves a place that must be offered again. ann and bob take
// A and B, and xu loses A. Then cai and dong take C and D; yu goes from C to B, which
// refuses bob; ann withdraws from A, and xu has A again.
func TestAWithdrawnPlaceIsOfferedAgain(t *testing.T) {
	p, err := NewProblem(&Market{
		Applicants: []Applicant{{ID: "ann"}, {ID: "bob"}, {ID: "cai"}, {ID: "dong"}, {ID: "xu", List: []string{"A"}}, {ID: "yu", List: []string{"C", "B"}}},
		Schools: []School{
			{ID: "A", Capacity: 1, Ranking: InOrder("ann", "xu")},
			{ID: "B", Capacity: 1, Ranking: InOrder("yu", "bob")},
			{ID: "C", Capacity: 1, Ranking: InOrder("cai", "yu")},
			{ID: "D", Capacity: 1, Ranking: InOrder("dong")},
		},
		Couples: []Couple{{First: "ann", Second: "bob", List: [][2]string{{"A", "B"}}}, {First: "cai", Second: "dong", List: [][2]string{{"C", "D"}}}},
	}, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	trace := &Trace{}
	d := newCoupleDesk(p, trace)
	if !d.run(coupleOrder(p, 0)) {
		t.Error("the first attempt did not come to an end")
	}
	if got, want := schoolsOf(p, d.matching), "- - C D A B"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !slices.ContainsFunc(trace.Steps, func(s Step) bool { return s.Event == Withdrew && p.Applicant(s.Applicant) == "ann" }) {
		t.Errorf("ann's withdrawal is not recorded: %+v", trace.Steps)
	}
}

func TestStableMatchingsRefusesLargeMarkets(t *testing.T) {
	forRandom(t, 1, shape{applicants: 1, schools: 1, capacity: 1}, func(t *testing.T, _ *Market, p *Problem) {
		var limit *SearchLimitError
		if _, err := StableMatchings(p, 0); !errors.As(err, &limit) {
			t.Errorf("got %v, want *SearchLimitError", err)
		}
	})
}

// Markets too large to look at exhaustively, with couples who want anything: what
// comes out is stable, and mostly something does.
func TestManyCouples(t *testing.T) {
	found := 0
	forRandom(t, 40, shape{applicants: 120, schools: 12, capacity: 12, couples: 4}, func(t *testing.T, _ *Market, p *Problem) {
		m, err := WithCouples(p, nil)
		if err == nil {
			found++
			if !naiveCoupleStable(p, m) {
				t.Errorf("not stable: %v", m)
			}
		}
	})
	if found < 30 {
		t.Errorf("found a stable matching on %d of 40 markets only", found)
	}
}
