package matching

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// forCapped calls f with random markets of three classes of people, of which schools cap some.
func forCapped(t *testing.T, count int, x shape, f func(t *testing.T, m *Market, p *Problem)) {
	t.Helper()
	for seed := range uint64(count) {
		r := rand.New(rand.NewPCG(seed, 5))
		m := randomMarket(r, x)
		class, present := map[string]string{}, map[[2]string]int{}
		for i := range m.Applicants {
			a := &m.Applicants[i]
			a.Class = []string{"", "first", "senior"}[r.IntN(3)]
			class[a.Class] = a.ID
			present[[2]string{a.Present, a.Class}]++
		}
		for j := range m.Schools {
			s := &m.Schools[j]
			s.ClassCaps = map[string]int{}
			for name := range class {
				if name != "" || r.IntN(4) == 0 { // junior people are seldom capped
					s.ClassCaps[name] = present[[2]string{s.ID, name}] + r.IntN(2)
				}
			}
		}
		p, err := NewProblem(m, Lottery{Seed: seed})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		f(t, m, p)
		if t.Failed() {
			t.Fatalf("seed %d: market %+v", seed, *m)
		}
	}
}

// keepsCaps decides from the market whether a matching keeps the class caps.
func keepsCaps(m *Market, x Matching) bool {
	for j, s := range m.Schools {
		for name, most := range s.ClassCaps {
			people := 0
			for i, at := range x {
				if at == int32(j) && m.Applicants[i].Class == name {
					people++
				}
			}
			if people > most {
				return false
			}
		}
	}
	return true
}

// stableWithCaps decides stability from the definition: nobody could join a school, alone or in the place of
// somebody of worse rank, so that it keeps its capacity and its caps.
func stableWithCaps(m *Market, p *Problem, x Matching) bool {
	for i := range x {
		t := int32(i)
		for _, s := range p.list(t) {
			if wantedness(p, t, s) >= wantedness(p, t, x[t]) {
				continue
			}
			for other := range int32(len(x)) {
				after := slices.Clone(x)
				after[t] = s
				if other != t {
					if x[other] != s || slices.Index(p.Ranking(s), other) < slices.Index(p.Ranking(s), t) {
						continue
					}
					after[other] = None
				}
				if int(p.filled(after)[s]) <= p.Capacity(s) && keepsCaps(m, after) {
					return false
				}
			}
		}
	}
	return true
}

// With class caps, deferred acceptance gives everybody the best school of any stable matching; the certificates
// agree with the definitions on every matching; and caps change many results.
func TestClassCapsAgainstEveryMatching(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	bound, several := 0, 0
	check := func(t *testing.T, m *Market, p *Problem) {
		var stable []Matching
		everyMatching(p, func(x Matching) {
			keeps := keepsCaps(m, x)
			if (len(Breaches(p, x)) == 0) != keeps {
				t.Errorf("Breaches of %v are %+v, caps kept: %v", x, Breaches(p, x), keeps)
			}
			if !keeps {
				return
			}
			is := stableWithCaps(m, p, x)
			if found := BlockingPairs(p, x); (len(found) == 0) != is {
				t.Errorf("blocking pairs of %v are %+v, stable: %v", x, found, is)
			}
			if diff := cmp.Diff(places(BlockingPairs(p, x)), union(JustifiedEnvy(p, x), Waste(p, x))); diff != "" {
				t.Errorf("blocking pairs of %v are not envy and waste: %s", x, diff)
			}
			if is {
				stable = append(stable, slices.Clone(x))
			}
		})
		got := DeferredAcceptance(p, nil)
		best, _ := extremes(p, stable)
		if diff := cmp.Diff(best, got); diff != "" {
			t.Errorf("not the best of %d stable matchings: %s", len(stable), diff)
		}
		free := *p
		free.classes = nil
		count(&bound, !slices.Equal(got, DeferredAcceptance(&free, nil)))
		count(&several, len(stable) > 1)
	}
	forCapped(t, 1500, shape{applicants: 5, schools: 3, capacity: 3}, check)
	forCapped(t, 2000, shape{applicants: 5, schools: 5, onePlace: true, complete: true}, check)
	if bound < 500 || several < 50 {
		t.Errorf("caps changed %d results only, and %d markets have several stable matchings", bound, several)
	}
}

// Nobody gains by any other list, and where present posts are safe nobody is below them.
func TestClassCapsAreStrategyProof(t *testing.T) {
	protected := func(p *Problem) Matching { return DeferredAcceptance(Protect(p), nil) }
	plain := func(p *Problem) Matching { return DeferredAcceptance(p, nil) }
	for name, run := range map[string]func(*Problem) Matching{"da": plain, "da-present": protected} {
		forCapped(t, 500, shape{applicants: 4, schools: 3, capacity: 2, present: name == "da-present"}, func(t *testing.T, m *Market, p *Problem) {
			honest := run(p)
			if worse := WorseOff(p, honest); name == "da-present" && len(worse) > 0 {
				t.Errorf("%s: worse off: %v", name, worse)
			}
			if found := Breaches(p, honest); len(found) > 0 {
				t.Errorf("%s: %+v", name, found)
			}
			for i := range m.Applicants {
				misreports(t, m, p.lottery, i, func(lie *Problem) {
					if got := run(lie); wantedness(p, int32(i), got[i]) < wantedness(p, int32(i), honest[i]) {
						t.Errorf("%s: %s gains by another list", name, p.Applicant(int32(i)))
					}
				})
			}
		})
	}
}

// Ours: one senior post of two. an and bo are senior and ranked first, but only an fits; chen is hired past bo, who
// stands against an alone, and is told so.
func TestClassCapByHand(t *testing.T) {
	p, err := NewProblem(&Market{
		Applicants: []Applicant{{ID: "an", Class: "senior", List: []string{"hill"}}, {ID: "bo", Class: "senior", List: []string{"hill", "lake"}}, {ID: "chen", List: []string{"hill"}}},
		Schools: []School{{ID: "hill", Capacity: 2, Ranking: InOrder("an", "bo", "chen"), ClassCaps: map[string]int{"senior": 1}},
			{ID: "lake", Capacity: 1, Ranking: InOrder("bo"), ClassCaps: map[string]int{"senior": 0}}},
	}, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	trace := &Trace{}
	m := DeferredAcceptance(p, trace)
	if got := schoolsOf(p, m); got != "hill - hill" {
		t.Errorf("got %s", got)
	}
	var told []string
	for _, step := range trace.About(1) {
		told = append(told, p.Sentence(step))
	}
	want := []string{"round 1: bo is refused by hill, choice 1, place 2 in its ranking, in favour of an (place 1)",
		"round 2: bo is refused by lake, choice 2, place 1 in its ranking", "round 3: bo has come to the end of the list and has no post"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

// A mechanism that does not know of class caps says so instead of breaking them.
func TestMechanismsWithoutClassCapsRefuse(t *testing.T) {
	capped := validMarket()
	capped.Regions, capped.Couples = nil, nil
	capped.Applicants[0].Class = "senior"
	capped.Schools[1].ClassCaps = map[string]int{"senior": 1}
	p, err := NewProblem(capped, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, m := range Mechanisms() {
		result, err := m.Run(p, Options{}, nil)
		var fault *Error
		switch {
		case err == nil && len(Breaches(p, result)) == 0:
			ran++
		case !errors.As(err, &fault) || fault.Value != m.Name || result != nil:
			t.Errorf("%s: %v, %v", m.Name, result, err)
		}
	}
	if ran != 2 {
		t.Errorf("%d mechanisms know of class caps, want 2", ran)
	}
	for _, c := range []struct {
		reason string
		caps   map[string]int
		want   Error
	}{
		{"a class that nobody has", map[string]int{"senoir": 1}, Error{"school", 1, "south", "class_caps", "senoir", `the id of a class that some applicant has; did you mean "senior"?`}},
		{"a negative cap", map[string]int{"senior": -1}, Error{"school", 1, "south", "class_caps.senior", "-1", "0 or more"}},
		{"more people present than the cap", map[string]int{"senior": 0}, Error{"school", 1, "south", "class_caps.senior", "0", "1 or more, the number of people of the class present"}},
	} {
		capped.Schools[1].ClassCaps = c.caps
		_, err := NewProblem(capped, Lottery{})
		var got *Error
		if !errors.As(err, &got) {
			t.Errorf("%s: %v, want an *Error", c.reason, err)
			continue
		}
		if diff := cmp.Diff(c.want, *got); diff != "" {
			t.Errorf("%s: %s", c.reason, diff)
		}
	}
}

// Caps on more classes than places cost memory in proportion to the rankings, not to schools times places.
func TestClassCapsKeepMemoryLinear(t *testing.T) {
	m := largeMarket(2000, 100, 5, false)
	for i := range m.Applicants {
		m.Applicants[i].Class = fmt.Sprint(i % 7)
	}
	entries := 0
	for j := range m.Schools {
		m.Schools[j].Capacity, m.Schools[j].ClassCaps = 1_000_000, map[string]int{"3": 1_000_000}
		entries += len(m.Schools[j].Ranking)
	}
	p, err := NewProblem(m, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(newHeaps(p, p.capacity, p.classes).ranks); got > entries {
		t.Errorf("%d ranks kept for %d entries of rankings", got, entries)
	}
}
