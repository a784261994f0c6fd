package matching

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// worked is a market with its answers. lists and rankings are "name: a b c", best
// first.
type worked struct {
	source   string
	lists    string
	rankings string // "school capacity: a b c"
	stable   []string
	answers  map[string]string // mechanism: school of each applicant, in order, "-" for none
}

var workedExamples = []worked{
	{
		source: "Gale and Shapley 1962, example 1: three stable matchings; the page was seen in quotation",
		lists: `α: A B C
			β: B C A
			γ: C A B`,
		rankings: `A 1: β γ α
			B 1: γ α β
			C 1: α β γ`,
		stable:  []string{"A B C", "B C A", "C A B"},
		answers: map[string]string{"da": "A B C", "da-school": "C A B"},
	},
	{
		source: "Gale and Shapley 1962, example 2: one stable matching, in which nobody has a first choice; seen in a lecture's reprint",
		lists: `α: A B C D
			β: A D C B
			γ: B A C D
			δ: D B C A`,
		rankings: `A 1: δ γ α β
			B 1: β δ α γ
			C 1: δ α β γ
			D 1: γ β α δ`,
		stable:  []string{"C D A B"},
		answers: map[string]string{"da": "C D A B", "da-school": "C D A B"},
	},
	{
		source: "After Roth 1982 and Abdulkadiroğlu and Sönmez 2003, example 1, from general knowledge: the only stable matching " +
			"is not efficient. Stability is derived by enumeration; i1 and i2 would rather trade, which top trading cycles does",
		lists: `i1: s2 s1 s3
			i2: s1 s2 s3
			i3: s1 s2 s3`,
		rankings: `s1 1: i1 i3 i2
			s2 1: i2 i1 i3
			s3 1: i2 i1 i3`,
		stable:  []string{"s1 s2 s3"},
		answers: map[string]string{"da": "s1 s2 s3", "ttc": "s2 s1 s3", "boston": "s2 s3 s1"},
	},
	{
		source: "After Abdulkadiroğlu and Sönmez 2003, the example of top trading cycles, from general knowledge; derived: round 1: " +
			"i1 takes s2 through i3, i3 takes s3 through i5, i5 takes s1 through i1; i6 takes s4. Round 2: s1 has one place and " +
			"points to i2, who wants it. Round 3: s1 is full; i4 wants s3, which points to i7, who wants s2, which points to i4: " +
			"they trade. Round 4: s2 is full too, and i8 takes s4",
		lists: `i1: s2 s1 s3 s4
			i2: s1 s2 s3 s4
			i3: s3 s2 s1 s4
			i4: s3 s4 s1 s2
			i5: s1 s3 s4 s2
			i6: s4 s1 s2 s3
			i7: s1 s2 s3 s4
			i8: s1 s2 s4 s3`,
		rankings: `s1 2: i1 i2 i3 i4 i5 i6 i7 i8
			s2 2: i3 i5 i4 i8 i7 i2 i1 i6
			s3 3: i5 i3 i1 i7 i2 i8 i6 i4
			s4 3: i6 i8 i7 i4 i2 i3 i5 i1`,
		answers: map[string]string{"ttc": "s2 s1 s3 s3 s1 s4 s2 s4"},
	},
	{
		source: "After Roth 1985, Journal of Economic Theory 36, from general knowledge: a college with two places gets its third and " +
			"fourth of four in the only stable matching, though colleges propose. Derived by enumeration",
		lists: `s1: C3 C1 C2
			s2: C2 C1 C3
			s3: C1 C3 C2
			s4: C1 C2 C3`,
		rankings: `C1 2: s1 s2 s3 s4
			C2 1: s1 s2 s3 s4
			C3 1: s3 s1 s2 s4`,
		stable:  []string{"C3 C2 C1 C1"},
		answers: map[string]string{"da": "C3 C2 C1 C1", "da-school": "C3 C2 C1 C1"},
	},
	{
		source: "Ours: a rural school with two places is filled the same in every stable matching. North and South have two " +
			"stable matchings for an and bo; Rural is wanted by chen alone, and gets chen alone in both",
		lists: `an: North South Rural
			bo: South North Rural
			chen: North Rural`,
		rankings: `North 1: bo an chen
			South 1: an bo
			Rural 2: an bo chen`,
		stable:  []string{"North South Rural", "South North Rural"},
		answers: map[string]string{"da": "North South Rural", "da-school": "South North Rural"},
	},
	{
		source: "Ours: naming a safe school first pays under Boston. chen is first at South, and loses it to bo by naming North " +
			"first: bo takes South for good in round 1",
		lists: `an: North
			bo: South
			chen: North South`,
		rankings: `North 1: an bo chen
			South 1: chen bo an`,
		answers: map[string]string{"boston": "North South -", "da": "North - South"},
	},
}

func parseLines(text string) (names []string, values [][]string) {
	for _, line := range strings.Split(text, "\n") {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		names, values = append(names, name), append(values, strings.Fields(rest))
	}
	return names, values
}

func (w worked) problem(t *testing.T) *Problem {
	t.Helper()
	m := &Market{}
	names, values := parseLines(w.lists)
	for i, name := range names {
		m.Applicants = append(m.Applicants, Applicant{ID: name, List: values[i]})
	}
	names, values = parseLines(w.rankings)
	for i, name := range names {
		id, capacity, _ := strings.Cut(name, " ")
		m.Schools = append(m.Schools, School{ID: id, Capacity: int(capacity[0] - '0'), Ranking: InOrder(values[i]...)})
	}
	p, err := NewProblem(m, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func schoolsOf(p *Problem, m Matching) string {
	var ids []string
	for _, s := range m {
		if s == None {
			ids = append(ids, "-")
		} else {
			ids = append(ids, p.School(s))
		}
	}
	return strings.Join(ids, " ")
}

func TestWorkedExamples(t *testing.T) {
	for _, w := range workedExamples {
		p := w.problem(t)
		if w.stable != nil {
			matchings, err := StableMatchings(p, 1_000_000)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, m := range matchings {
				if !naiveStable(p, m) {
					t.Errorf("%s: %s is not stable", w.source, schoolsOf(p, m))
				}
				got = append(got, schoolsOf(p, m))
			}
			if diff := cmp.Diff(w.stable, got); diff != "" {
				t.Errorf("%s: stable matchings: %s", w.source, diff)
			}
		}
		for name, want := range w.answers {
			mechanism, err := ByName(name)
			if err != nil {
				t.Fatal(err)
			}
			m, err := mechanism.Run(p, Options{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := schoolsOf(p, m); got != want {
				t.Errorf("%s: %s gives %s, want %s", w.source, name, got, want)
			}
		}
	}
}

// In example 2 of Gale and Shapley nobody of either side has a first choice.
func TestGaleShapleyExampleWithoutFirstChoices(t *testing.T) {
	p := workedExamples[1].problem(t)
	for _, pair := range p.Pairs(DeferredAcceptance(p, nil)) {
		if pair.Choice == 1 || pair.Rank == 1 {
			t.Errorf("%+v", pair)
		}
	}
}

// The example of Roth 1985, continued: the college does better by hiding its second
// and third, so no stable mechanism is strategy-proof for colleges with many places.
func TestCollegeGainsByHidingPeople(t *testing.T) {
	w := workedExamples[4]
	w.rankings = strings.Replace(w.rankings, "C1 2: s1 s2 s3 s4", "C1 2: s1 s4", 1)
	w.lists = `s1: C3 C1 C2
		s2: C2 C3
		s3: C3 C2
		s4: C1 C2 C3`
	p := w.problem(t)
	if got, want := schoolsOf(p, SchoolDeferredAcceptance(p, nil)), "C1 C2 C3 C1"; got != want {
		t.Errorf("got %s, want %s: s1 and s4 are better for C1 than s3 and s4", got, want)
	}
}

func TestTopTradingCyclesExampleByItsDefinition(t *testing.T) {
	p := workedExamples[3].problem(t)
	if diff := cmp.Diff(naiveTTC(p), TopTradingCycles(p, nil)); diff != "" {
		t.Error(diff)
	}
}

// Ours, of the kind of Shapley and Scarf 1974. a and b wish each other's house, so
// they trade (cycle 1); c wishes a's, but has only d's to get, and d wishes c's
// among what is left: they trade; e wants nothing better than the own house that is
// left. Any other result lets a and b, or c and d, do better by themselves.
func TestHouseMarket(t *testing.T) {
	market := &Market{}
	for _, line := range []string{"a: B C", "b: A", "c: A D", "d: A B C E", "e: A C"} {
		name, list, _ := strings.Cut(line, ": ")
		house := strings.ToUpper(name)
		market.Applicants = append(market.Applicants, Applicant{ID: name, List: strings.Fields(list), Present: house})
		market.Schools = append(market.Schools, School{ID: house, Capacity: 1, Ranking: InOrder("e", "d", "c", "b", "a")})
	}
	p, err := NewProblem(market, Lottery{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "B A D C E"
	for name, m := range map[string]Matching{
		"cycles": TopTradingCycles(Protect(p), nil), "cycles and chains": TopTradingCyclesAndChains(p, ChainRule{}, nil),
	} {
		if got := schoolsOf(p, m); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
		if !inStrictCore(p, m) {
			t.Errorf("%s: %s is not in the core", name, schoolsOf(p, m))
		}
	}
}
