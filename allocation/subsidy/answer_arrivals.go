package subsidy

import (
	"cmp"
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

// LeastCell is the least number of people of a group that is told of.
const LeastCell = 5

// Arrivals are people who come to schools that are not their present ones. The groups have nobody in common and
// everybody in one of them, and so have the homes of a group: what is hidden can't be had as a difference of what is told here. An [Outcome] beside it
// tells what each tier fills, and can give the number who come to a small tier away.
type Arrivals struct {
	People int            `json:"people"` // 0 where hidden
	Hidden bool           `json:"hidden"` // 1 to 4 people come: nothing is told
	Groups []ArrivalGroup `json:"groups,omitempty"`
}

// ArrivalGroup is the people who come to one school, or to all schools of some tiers that are not told of by themselves.
type ArrivalGroup struct {
	Tiers  []model.Tier   `json:"tiers"`            // ascending
	School model.SchoolID `json:"school,omitempty"` // "": several
	People int            `json:"people"`
	From   []Home         `json:"from"` // the most people first
}

// HomeKind says how finely the place where people come from is told.
type HomeKind string

const (
	HomeSchool    HomeKind = "school"    // the present school
	HomeTownship  HomeKind = "township"  // of the home of somebody from the pool
	HomeTier      HomeKind = "tier"      // the other schools of a tier
	HomePool      HomeKind = "pool"      // the pool, from other townships or unknown ones
	HomeElsewhere HomeKind = "elsewhere" // whatever is too small to be told
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

// newArrivals groups people so that no group and no home of a group has fewer than LeastCell: a school by itself where it can be,
// else the other schools of its tier together, else those of several tiers. Where what is left over is still too small, the
// smallest of the groups beside it joins. It takes O(n log n) time.
func newArrivals(all []arrival) Arrivals {
	if len(all) < LeastCell {
		return Arrivals{Hidden: len(all) > 0}
	}
	var groups []arrivalPeople
	var rest arrivalPeople // of tiers too small to be told
	for tier := model.Tier(0); tier <= model.MaxTier; tier++ {
		schools, others := tierArrivals(all, tier)
		if n := len(others.people); n > 0 && n < LeastCell && len(schools) > 0 {
			schools, others = joinSmallest(schools, others)
		}
		groups = append(groups, schools...)
		switch n := len(others.people); {
		case n >= LeastCell:
			groups = append(groups, others)
		case n > 0:
			rest = rest.with(others)
		}
	}
	if n := len(rest.people); n > 0 && n < LeastCell {
		groups, rest = joinSmallest(groups, rest)
	}
	if len(rest.people) > 0 {
		groups = append(groups, rest)
	}
	out := Arrivals{People: len(all)}
	for _, g := range groups {
		out.Groups = append(out.Groups, ArrivalGroup{Tiers: g.tiers, School: g.school, People: len(g.people), From: homes(g.people)})
	}
	slices.SortStableFunc(out.Groups, func(a, b ArrivalGroup) int { return slices.Compare(a.Tiers, b.Tiers) })
	return out
}

// arrivalPeople are the people of a group to be.
type arrivalPeople struct {
	tiers  []model.Tier
	school model.SchoolID // "": several
	people []arrival
}

// with joins two groups; schools are told of no more.
func (g arrivalPeople) with(other arrivalPeople) arrivalPeople {
	tiers := append(slices.Clone(g.tiers), other.tiers...)
	slices.Sort(tiers)
	return arrivalPeople{tiers: slices.Compact(tiers), people: append(slices.Clone(g.people), other.people...)}
}

// tierArrivals splits those who come to a tier into schools that can be told of, by id, and the others.
func tierArrivals(all []arrival, tier model.Tier) (schools []arrivalPeople, others arrivalPeople) {
	bySchool := map[model.SchoolID][]arrival{}
	var ids []model.SchoolID
	for _, a := range all {
		if a.tier == tier {
			if bySchool[a.school] == nil {
				ids = append(ids, a.school)
			}
			bySchool[a.school] = append(bySchool[a.school], a)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		g := arrivalPeople{[]model.Tier{tier}, id, bySchool[id]}
		if len(g.people) >= LeastCell {
			schools = append(schools, g)
		} else {
			others = others.with(g)
		}
	}
	return schools, others
}

// joinSmallest takes the smallest group, the first of equals, out of all and into rest.
func joinSmallest(all []arrivalPeople, rest arrivalPeople) ([]arrivalPeople, arrivalPeople) {
	least := 0
	for i := range all {
		if len(all[i].people) < len(all[least].people) {
			least = i
		}
	}
	rest = rest.with(all[least])
	return slices.Delete(all, least, least+1), rest
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
