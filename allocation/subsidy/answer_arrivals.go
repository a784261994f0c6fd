package subsidy

import (
	"cmp"
	"maps"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// arrivals lists who is at a school that is not their present one. A move between posts of a school is none.
func (d *Designer) arrivals(s *placing) Arrivals {
	var all []arrival
	for t, p := range s.at {
		home := d.response.person[t].home
		if p < 0 || home >= 0 && d.Supply.Posts[home].School == d.Supply.Posts[p].School {
			continue
		}
		to := &d.Supply.Posts[p]
		a := arrival{tier: to.Tier, school: to.PostID.School}
		if home >= 0 {
			from := &d.Supply.Posts[home]
			a.home = Home{Kind: HomeSchool, School: from.PostID.School, Tier: from.Tier}
		} else if township := d.Supply.People[t].Home; township != "" {
			a.home = Home{Kind: HomeTownship, Township: township}
		} else {
			a.home = Home{Kind: HomePool}
		}
		all = append(all, a)
	}
	return newArrivals(all)
}

// LeastCell is the least number of people of whom it is told where they come from.
const LeastCell = 5

// Arrivals are people who come to schools that are not their present ones. Of groups and homes of
// fewer than LeastCell people nothing is told. How many come to a tier can be had from an [Outcome], for posts are published; where they come from can't: the groups have
// nobody in common, and everybody of a group is in one of its homes.
type Arrivals struct {
	People int            `json:"people"`
	Groups []ArrivalGroup `json:"groups,omitempty"`
}

// ArrivalGroup is the people who come to one school, or to the other schools of a tier.
type ArrivalGroup struct {
	Tier   model.Tier     `json:"tier"`
	School model.SchoolID `json:"school,omitempty"` // "": several
	People int            `json:"people,omitempty"` // 0: fewer than LeastCell
	From   []Home         `json:"from,omitempty"`   // the most people first
}

// HomeKind says how finely the place where people come from is told.
type HomeKind string

const (
	HomeSchool    HomeKind = "school"    // the present school
	HomeTownship  HomeKind = "township"  // of the home of somebody from the pool
	HomeTier      HomeKind = "tier"      // the other schools of a tier
	HomePool      HomeKind = "pool"      // the pool, from other townships or unknown ones
	HomeElsewhere HomeKind = "elsewhere" // several places, the smallest of them too small to be told of
)

// Home is where people come from, as finely as can be told.
type Home struct {
	Kind     HomeKind         `json:"kind"`
	School   model.SchoolID   `json:"school,omitempty"`
	Township model.TownshipID `json:"township,omitempty"`
	Tier     model.Tier       `json:"tier,omitempty"` // of a school or a tier
	People   int              `json:"people"`
}

// arrival is one person who comes to a school.
type arrival struct {
	tier   model.Tier // of the school
	school model.SchoolID
	home   Home // as fine as it is known, without People
}

// newArrivals groups people: schools to which LeastCell come or more by themselves, in order of tier and id, and after them the other schools
// of the tier. It takes O(n log n) time.
func newArrivals(all []arrival) Arrivals {
	out := Arrivals{People: len(all)}
	for tier := model.Tier(0); tier <= model.MaxTier; tier++ {
		bySchool := map[model.SchoolID][]arrival{}
		for _, a := range all {
			if a.tier == tier {
				bySchool[a.school] = append(bySchool[a.school], a)
			}
		}
		var others []arrival
		for _, school := range slices.Sorted(maps.Keys(bySchool)) {
			if people := bySchool[school]; len(people) >= LeastCell {
				out.Groups = append(out.Groups, ArrivalGroup{tier, school, len(people), homes(people)})
			} else {
				others = append(others, people...)
			}
		}
		switch n := len(others); {
		case n >= LeastCell:
			out.Groups = append(out.Groups, ArrivalGroup{tier, "", n, homes(others)})
		case n > 0:
			out.Groups = append(out.Groups, ArrivalGroup{Tier: tier})
		}
	}
	return out
}

// homes tells where LeastCell people or more come from: each school or township by itself where it can be, else the other schools of
// its tier or the rest of the pool, else elsewhere, which the smallest of the others joins where it is too small.
func homes(people []arrival) []Home {
	cells := map[Home]int{}
	for _, a := range people {
		cells[a.home]++
	}
	for _, kind := range [][]HomeKind{{HomeSchool, HomeTownship}, {HomeTier, HomePool}} {
		for cell, n := range cells {
			if slices.Contains(kind, cell.Kind) && n < LeastCell {
				delete(cells, cell)
				cells[cell.coarser()] += n
			}
		}
	}
	var told []Home
	for cell, n := range cells {
		cell.People = n
		told = append(told, cell)
	}
	slices.SortFunc(told, Home.compare)
	if last := len(told) - 1; last > 0 && told[last].People < LeastCell { // no cell but elsewhere is so small
		told[last-1] = Home{Kind: HomeElsewhere, People: told[last].People + told[last-1].People}
		told = told[:last]
	}
	slices.SortFunc(told, Home.compare)
	return told
}

// coarser is the group that a home too small to be told of is part of.
func (h Home) coarser() Home {
	switch h.Kind {
	case HomeSchool:
		return Home{Kind: HomeTier, Tier: h.Tier}
	case HomeTownship:
		return Home{Kind: HomePool}
	}
	return Home{Kind: HomeElsewhere}
}

// compare orders homes: the most people first, then by kind, tier and id.
func (h Home) compare(other Home) int {
	return cmp.Or(cmp.Compare(other.People, h.People), cmp.Compare(h.Kind, other.Kind), cmp.Compare(h.Tier, other.Tier),
		cmp.Compare(h.School, other.School), cmp.Compare(h.Township, other.Township))
}
