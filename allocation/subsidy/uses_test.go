package subsidy

import (
	"slices"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// Housing fills what a county fills whose schools have it, and its units are those who would live there.
func TestHousingIsACountyWithHousing(t *testing.T) {
	steps := 0
	for seed := range uint64(6) {
		d := lively(t, 150, seed+1, [model.MaxTier + 1]model.Share{})
		d = unhoused(t, d)
		wide, err := d.outlooks(t.Context(), Plausible{})
		if err != nil {
			t.Fatal(err)
		}
		before := d.At(d.Grid.Last)
		for _, step := range d.housing(wide[0], &before) {
			found := false
			for _, o := range housed(t, d, before) {
				found = found || o == step
			}
			if !found {
				t.Errorf("seed %d: no set of schools that help most has %+v", seed+1, step)
			}
			steps++
		}
	}
	if steps < 4 {
		t.Errorf("%d steps: too few to mean anything", steps)
	}
}

// unhoused is the same county without any housing, where more people live too far to commute and care for it.
func unhoused(t *testing.T, d *Designer) *Designer {
	t.Helper()
	county := *d.County
	county.Schools = slices.Clone(d.County.Schools)
	for i := range county.Schools {
		county.Schools[i].Housing = 0
	}
	county.Rules.CommuteRange = 4000
	m := *d.Model
	m.Mean[AttributeHousing] *= 8
	d, err := NewDesigner(&county, &m, d.options)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// housed restates the ways of spending on housing with counties whose schools have it.
func housed(t *testing.T, d *Designer, before Outcome) (path []spending) {
	t.Helper()
	with := func(schools ...int) (spending, *Designer) {
		county := *d.County
		county.Schools = slices.Clone(d.County.Schools)
		for _, i := range schools {
			county.Schools[i].Housing = 1000
		}
		other, err := NewDesigner(&county, d.Model, d.options)
		if err != nil {
			t.Fatal(err)
		}
		o := other.At(d.Grid.Last)
		s := other.response.newPlacing()
		other.response.answer(&d.Grid.Last, &d.Grid.Last, s)
		got := spending{places: o.Filled - before.Filled, subsidies: o.Cost - before.Cost}
		for person, p := range s.at {
			if p < 0 {
				continue
			}
			school := int(d.Supply.Posts[p].School)
			if slices.Contains(schools, school) && d.Supply.Road(&d.Supply.People[person], int32(school)) > d.County.Rules.CommuteRange {
				got.units++
			}
		}
		return got, other
	}
	type single struct {
		school int
		spending
	}
	var help []single
	for i := range d.County.Schools {
		if d.County.Schools[i].Housing == 0 {
			if s, _ := with(i); s.places > 0 && s.units > 0 {
				help = append(help, single{i, s})
			}
		}
	}
	slices.SortStableFunc(help, func(a, b single) int { return b.places*a.units - a.places*b.units })
	var schools []int
	for _, h := range help {
		schools = append(schools, h.school)
		s, _ := with(schools...)
		path = append(path, s)
	}
	return path
}

// At its worth a use costs for each place what the schedule costs; with that cost declared it fills as many places with the money.
func TestUsesAtTheirWorth(t *testing.T) {
	seen := map[UseKind]int{}
	for seed := range uint64(12) {
		d := lively(t, 150, seed+1, [model.MaxTier + 1]model.Share{})
		if seed%2 == 1 {
			d = unhoused(t, d)
		}
		a := d.Grid.Amounts(d.Grid.highest())
		plausible := d.Model.Plausible(4, seed)
		answers, err := d.Answers(t.Context(), Question{Amounts: a, Plausible: plausible})
		if err != nil {
			t.Fatal(err)
		}
		last, now := d.At(d.Grid.Last), d.At(a)
		u := answers.Uses
		if (u != nil) != (now.Filled > last.Filled && now.Cost > last.Cost) {
			t.Fatalf("seed %d: uses %v, fills %d and %d", seed+1, u, last.Filled, now.Filled)
		}
		if u == nil {
			continue
		}
		if u.Money != now.Cost-last.Cost || u.Places != now.Filled-last.Filled {
			t.Errorf("seed %d: %+v", seed+1, u)
		}
		for _, use := range u.Other {
			seen[use.Kind]++
			own := (u.Money*model.Fen(use.Places)/model.Fen(u.Places) - use.Subsidies) / model.Fen(use.Units)
			if own < use.Worth[0] || own > use.Worth[1] || use.Most < use.Places || use.Places < min(u.Places, use.Most) {
				t.Errorf("seed %d: %+v, worth %s to the designer's model", seed+1, use, own)
			}
			if own < 1 || use.Places != u.Places {
				continue
			}
			costs := map[UseKind]Costs{UseHousing: {Housing: own}, UseDirected: {Directed: own}, UseSpecialPosts: {SpecialPosts: own}}[use.Kind]
			again, err := d.Answers(t.Context(), Question{a, plausible, costs})
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(again.Uses.Other, func(o Use) bool { return o.Kind == use.Kind })
			if got := again.Uses.Other[at]; got.Fills < use.Places || got.Cost != own {
				t.Errorf("seed %d: at its worth %+v fills %d", seed+1, got, got.Fills)
			}
		}
	}
	for _, kind := range []UseKind{UseHousing, UseDirected, UseSpecialPosts} {
		if seen[kind] < 3 {
			t.Errorf("%s: seen %d times, too few to mean anything", kind, seen[kind])
		}
	}
}
