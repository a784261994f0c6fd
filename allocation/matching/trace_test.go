package matching

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Recording changes nothing; what is recorded ends where the matching is, and says
// the truth about ranks.
func TestTraceAgreesWithTheResult(t *testing.T) {
	for _, mechanism := range Mechanisms() {
		if mechanism.Name == "rank" {
			continue // no proposals
		}
		t.Run(mechanism.Name, func(t *testing.T) {
			x := shape{applicants: 6, schools: 4, capacity: 2, present: true}
			forRandom(t, 1000, x, func(t *testing.T, _ *Market, p *Problem) {
				trace := &Trace{}
				m, err := mechanism.Run(p, Options{}, trace)
				if err != nil {
					t.Fatal(err)
				}
				silent, err := mechanism.Run(p, Options{}, nil)
				if err != nil || !slices.Equal(m, silent) {
					t.Errorf("with a trace %v, without %v (%v)", m, silent, err)
				}
				replayed := p.empty()
				if mechanism.Name == "block-exchange" || mechanism.Name == "1s-be" {
					replayed = p.Present() // it records moves only
				}
				for _, s := range trace.Steps {
					replay(t, mechanism, p, replayed, s)
				}
				if diff := cmp.Diff(m, replayed); diff != "" {
					t.Errorf("the trace ends elsewhere: %s", diff)
				}
			})
		})
	}
}

func replay(t *testing.T, mechanism Mechanism, p *Problem, m Matching, s Step) {
	t.Helper()
	if mechanism.Name == "da-present" || mechanism.Name == "ttc-present" {
		p = Protect(p)
	}
	switch s.Event {
	case Held, Placed, Traded:
		m[s.Applicant] = s.School
	case Bumped, Withdrew:
		m[s.Applicant] = None
	}
	if s.School == None {
		return
	}
	if s.Choice != p.choice(s.Applicant, s.School) || s.Rank != p.rankOf(s.Applicant, s.School)+1 {
		t.Errorf("%+v: choice %d, rank %d", s, p.choice(s.Applicant, s.School), p.rankOf(s.Applicant, s.School)+1)
	}
	if (s.Event == Refused || s.Event == Bumped) && s.Other != None {
		if s.OtherRank >= s.Rank && mechanism.Name != "boston" {
			t.Errorf("%+v: refused in favour of a worse rank", s)
		}
		for i, at := range m { // m is what the steps so far came to
			if mechanism.Name == "boston" && at == s.School && p.rankOf(int32(i), at)+1 > s.OtherRank {
				t.Errorf("%+v: %s is there too, with a worse rank", s, p.Applicant(int32(i)))
			}
		}
		if s.OtherRank != p.rankOf(s.Other, s.School)+1 {
			t.Errorf("%+v: the other's rank is %d", s, p.rankOf(s.Other, s.School)+1)
		}
	}
}

// The story of one person, as it is shown to her.
func TestTraceTellsOnePersonsStory(t *testing.T) {
	p, err := NewProblem(&Market{
		Applicants: []Applicant{{ID: "an", List: []string{"north", "south"}}, {ID: "bo", List: []string{"north"}}, {ID: "chen", List: []string{"south"}}},
		Schools: []School{
			{ID: "north", Capacity: 1, Ranking: InOrder("bo", "an")},
			{ID: "south", Capacity: 1, Ranking: InOrder("chen", "an")},
		},
	}, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	trace := &Trace{}
	DeferredAcceptance(p, trace)
	var got []string
	for _, s := range trace.About(p.FindApplicant("an")) {
		got = append(got, p.Sentence(s))
	}
	want := []string{
		"round 1: an is held by north, choice 1, place 2 in its ranking",
		"round 1: an loses the place held at north, choice 1, place 2 in its ranking, in favour of bo (place 1)",
		"round 2: an is refused by south, choice 2, place 2 in its ranking, in favour of chen (place 1)",
		"round 3: an has come to the end of the list and has no post",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSentences(t *testing.T) {
	p, err := NewProblem(validMarket(), Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		step Step
		want string
	}{
		{Step{Round: 2, Event: Declined, Applicant: 0, School: 1, Choice: 2, Rank: 1, Other: None}, "round 2: an declines south, choice 2, place 1 in its ranking"},
		{Step{Round: 1, Event: Placed, Applicant: 0, School: 1, Rank: 1, Other: 0, OtherRank: 1}, "round 1: an is placed at south, place 1 in its ranking"},
		{Step{Round: 3, Event: Traded, Applicant: 1, School: 1, Choice: 1, Rank: 2, Other: 0, OtherRank: 1},
			"round 3: bo gets south by exchange, choice 1, place 2 in its ranking, with the claim of an (place 1)"},
		{Step{Round: 3, Event: Traded, Applicant: 1, School: 1, Choice: 1, Rank: 2, Other: 2},
			"round 3: bo gets south by exchange, choice 1, place 2 in its ranking, with the claim of chen"},
		{Step{Round: 9, Event: Withdrew, Applicant: 2, School: 1, Rank: 3, Other: None}, "round 9: chen withdraws from south, place 3 in its ranking"},
		{Step{Round: 4, Event: Refused, Applicant: 1, School: 0, Choice: 1, Rank: 1, Other: None}, "round 4: bo is refused by north, choice 1, place 1 in its ranking"},
	} {
		if got := p.Sentence(c.step); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestErrorsInWords(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&InfeasibleError{Least: 3, Most: 2}, "matching: floors can't be met in the whole market: they ask for 3 people, at most 2 can be placed there"},
		{&SearchLimitError{Combinations: 1e9, Limit: 200_000}, "matching: 1e+09 combinations of choices are more than the limit of 200000"},
		{&NoStableError{Proven: true}, "matching: no stable matching exists with these couples; every matching was looked at"},
		{&NoStableError{Attempts: 8, Blocks: make([]Block, 2)},
			"matching: no stable matching was found in 8 attempts, which does not prove that none exists; the closest has 2 blocking coalitions"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
