package subsidy

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

// come is n people who come to a school of a tier from a home.
func come(n int, tier model.Tier, school model.SchoolID, home Home) []arrival {
	return slices.Repeat([]arrival{{tier, school, home}}, n)
}

func TestArrivals(t *testing.T) {
	school := func(id model.SchoolID, tier model.Tier) Home { return Home{Kind: HomeSchool, School: id, Tier: tier} }
	township := func(id model.TownshipID) Home { return Home{Kind: HomeTownship, Township: id} }
	counted := func(h Home, n int) Home { h.People = n; return h }
	elsewhere := func(n int) Home { return Home{Kind: HomeElsewhere, People: n} }
	for _, test := range []struct {
		reason string
		all    [][]arrival
		want   Arrivals
	}{
		{"nobody", nil, Arrivals{}},
		{"of four people it is not told where they come from", [][]arrival{come(4, 1, "A", township("X"))}, Arrivals{4, []ArrivalGroup{{Tier: 1}}}},
		{"of five it is", [][]arrival{come(5, 1, "A", township("X"))},
			Arrivals{5, []ArrivalGroup{{1, "A", 5, []Home{counted(township("X"), 5)}}}}},
		{"homes too small are told of by tier and pool, or not at all",
			[][]arrival{come(3, 2, "A", school("T1", 0)), come(3, 2, "B", school("T2", 0)), come(3, 2, "B", township("X")), come(1, 2, "A", township("Y")), come(1, 2, "A", Home{Kind: HomePool})},
			Arrivals{11, []ArrivalGroup{{2, "A", 5, []Home{elsewhere(5)}}, {2, "B", 6, []Home{elsewhere(6)}}}}},
		{"small schools of a tier are told of together",
			[][]arrival{come(9, 1, "B", township("X")), come(3, 1, "A", township("X")), come(2, 1, "C", township("X"))},
			Arrivals{14, []ArrivalGroup{{1, "B", 9, []Home{counted(township("X"), 9)}}, {1, "", 5, []Home{counted(township("X"), 5)}}}}},
		{"small tiers are not, or the amounts of each would tell them apart",
			[][]arrival{come(2, 1, "A", township("X")), come(6, 2, "B", township("X")), come(4, 3, "C", township("X"))},
			Arrivals{12, []ArrivalGroup{{Tier: 1}, {2, "B", 6, []Home{counted(township("X"), 6)}}, {Tier: 3}}}},
		{"a small home hides the smallest beside it",
			[][]arrival{come(6, 1, "A", township("X")), come(8, 1, "A", school("T", 0)), come(3, 1, "A", township("Y"))},
			Arrivals{17, []ArrivalGroup{{1, "A", 17, []Home{elsewhere(9), counted(school("T", 0), 8)}}}}},
		{"small schools of a tier make a home together",
			[][]arrival{come(3, 1, "A", school("T1", 0)), come(3, 1, "A", school("T2", 0)), come(5, 1, "A", township("X"))},
			Arrivals{11, []ArrivalGroup{{1, "A", 11, []Home{{Kind: HomeTier, People: 6}, counted(township("X"), 5)}}}}},
	} {
		got := newArrivals(slices.Concat(test.all...))
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// Whoever comes, everybody is in one group, and in one home of it where there are five; no home has fewer, and one told by itself has
// the people that a plain count gives it.
func TestArrivalsHideSmallCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []arrival
		for range rapid.IntRange(0, 60).Draw(t, "people") {
			k := rapid.IntRange(0, 3).Draw(t, "tier")
			a := arrival{tier: model.Tier(k), school: model.SchoolID(fmt.Sprint("S", k, rapid.IntRange(0, 2).Draw(t, "school")))}
			from := rapid.IntRange(0, 3).Draw(t, "home")
			a.home = []Home{{Kind: HomePool}, {Kind: HomeTownship, Township: "X"}, {Kind: HomeTownship, Township: "Y"}, {Kind: HomeSchool, School: "T", Tier: 1}}[from]
			all = append(all, a)
		}
		got := newArrivals(all)
		sum := 0
		for _, g := range got.Groups {
			sum += g.People
			from := 0
			for _, h := range g.From {
				from += h.People
				count := 0
				for _, a := range all {
					if a.school == g.School && a.home == (Home{Kind: h.Kind, School: h.School, Township: h.Township, Tier: h.Tier}) {
						count++
					}
				}
				if h.People < LeastCell || g.School != "" && (h.Kind == HomeSchool || h.Kind == HomeTownship) && h.People != count {
					t.Fatalf("%d from %+v, counted %d", h.People, h, count)
				}
			}
			hidden := g.People == 0 && g.School == "" && g.From == nil
			if hidden {
				small := 0
				for _, a := range all {
					if a.tier == g.Tier && !slices.ContainsFunc(got.Groups, func(o ArrivalGroup) bool { return o.School == a.school }) {
						small++
					}
				}
				if sum += small; small == 0 || small >= LeastCell {
					t.Fatalf("%d are hidden", small)
				}
			}
			if from != g.People || !hidden && g.People < LeastCell {
				t.Fatalf("%+v has %d from somewhere", g, from)
			}
		}
		if sum != got.People || sum != len(all) {
			t.Fatalf("groups have %d of %d", sum, got.People)
		}
	})
}

// Those who come are those that the outcome counts as come or moved, but for moves within a school.
func TestAnswersCountArrivals(t *testing.T) {
	told := 0
	for seed := range uint64(6) {
		d := lively(t, 150, seed+1, [model.MaxTier + 1]model.Share{})
		a := d.Grid.Amounts(d.Grid.highest())
		answers, err := d.Answers(t.Context(), Question{Amounts: a})
		if err != nil {
			t.Fatal(err)
		}
		s := d.response.newPlacing()
		d.response.answer(&a, &a, s)
		want := 0
		for person, p := range s.at {
			if p >= 0 && string(d.Supply.Posts[p].PostID.School) != string(d.Supply.People[person].CurrentSchool(d.County.Date)) {
				want++
			}
		}
		if got := answers.Arrivals; got.People != want {
			t.Errorf("seed %d: %+v, want %d people", seed+1, got, want)
		}
		told += answers.Arrivals.People
		if o := d.At(a); want > o.Came+o.Moved || want < o.Came {
			t.Errorf("seed %d: %d arrive, %d came and %d moved", seed+1, want, o.Came, o.Moved)
		}
	}
	if told < 20 {
		t.Errorf("%d people told of: too few to mean anything", told)
	}
}
