package subsidy

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// UseKind is a use of money other than higher subsidies.
type UseKind string

const (
	UseHousing      UseKind = "housing"       // transitional housing (周转房) at schools that have none
	UseDirected     UseKind = "directed"      // directed training (定向培养) for places that stay empty
	UseSpecialPosts UseKind = "special_posts" // special posts (特岗) for places that stay empty
)

// Costs are what other uses of money cost a month for each unit, where a county knows: a place in housing, a person trained or on a special post,
// beyond the subsidies that they draw. 0: unknown.
type Costs struct {
	Housing      model.Fen `json:"housing,omitzero"`
	Directed     model.Fen `json:"directed,omitzero"`
	SpecialPosts model.Fen `json:"special_posts,omitzero"`
}

// Uses sets beside a schedule what else its money could do at last year's amounts.
type Uses struct {
	Money  model.Fen `json:"money"`  // that the schedule costs above last year's, a month
	Places int       `json:"places"` // that it fills more
	Other  []Use     `json:"other,omitempty"`
}

// Use is another use of money that fills as many places as a schedule, or the most that it can. It is as good value
// as the schedule where each of its units costs
//
//	worth = (money · places of the use / places of the schedule − subsidies) / units
//
// a month, and better where a unit costs less.
type Use struct {
	Kind      UseKind   `json:"kind"`
	Places    int       `json:"places"`    // of need, filled more than at last year's amounts
	Most      int       `json:"most"`      // that it could fill
	Units     int       `json:"units"`     // places in housing, or people
	Subsidies model.Fen `json:"subsidies"` // that it adds to last year's, a month; may be below 0
	// Worth of a unit: least and greatest, with the designer's model and plausible ones in which schedule and use both fill a place more.
	Worth [2]model.Fen `json:"worth"`
	Open  bool         `json:"open"` // in some plausible model one of them fills none
	Years int          `json:"years,omitempty"`
	Cost  model.Fen    `json:"cost,omitempty"`  // of a unit, declared
	Fills int          `json:"fills,omitempty"` // with as much money as the schedule, at that cost
}

// spending is a use of money carried on: so many units fill so many places more, and add so much to the subsidies.
type spending struct {
	places, units int
	subsidies     model.Fen
}

// uses compares a schedule with other uses of its money; nil where it fills no place more than last year's. See outlooks for
// wide. It takes two answers a school for each model.
func (d *Designer) uses(now *Outcome, wide []outlook, costs Costs) *Uses {
	last := d.At(d.Grid.Last)
	u := &Uses{Money: now.Cost - last.Cost, Places: now.Filled - last.Filled}
	if u.Places <= 0 || u.Money <= 0 {
		return nil
	}
	kinds := []Use{{Kind: UseHousing, Cost: costs.Housing}, {Kind: UseDirected, Years: d.County.Rules.DirectedYears, Cost: costs.Directed},
		{Kind: UseSpecialPosts, Years: d.County.Rules.SpecialPostYears, Cost: costs.SpecialPosts}}
	worths := make([][]model.Fen, len(kinds))
	for m, look := range wide {
		r := look.response
		s := r.newPlacing()
		r.answer(&d.Grid.Last, &d.Grid.Last, s)
		before := d.outcome(r, &d.Grid.Last, s)
		recruits := d.recruiting(r, s)
		paths := [][]spending{d.housing(look, &before), recruits, recruits}
		r.answer(&now.Amounts, &now.Amounts, s)
		after := d.outcome(r, &now.Amounts, s)
		money, places := after.Cost-before.Cost, after.Filled-before.Filled
		for k := range kinds {
			to := upTo(paths[k], places)
			if to == nil || places <= 0 {
				kinds[k].Open = true
				continue
			}
			worths[k] = append(worths[k], (money*model.Fen(to.places)/model.Fen(places)-to.subsidies)/model.Fen(to.units))
			if m == 0 {
				kinds[k].take(paths[k], to, money)
			}
		}
	}
	for k := range kinds {
		if kinds[k].Units > 0 { // else the designer's model itself has none
			kinds[k].Worth = [2]model.Fen{slices.Min(worths[k]), slices.Max(worths[k])}
			u.Other = append(u.Other, kinds[k])
		}
	}
	return u
}

// take notes the way of the designer's model.
func (u *Use) take(path []spending, to *spending, money model.Fen) {
	u.Places, u.Units, u.Subsidies = to.places, to.units, to.subsidies
	for _, s := range path {
		u.Most = max(u.Most, s.places)
		if u.Cost > 0 && u.Cost*model.Fen(s.units)+s.subsidies <= money {
			u.Fills = max(u.Fills, s.places)
		}
	}
}

// upTo is the first spending that fills so many places, or else the one that fills most; nil where none fills any.
func upTo(path []spending, places int) *spending {
	var best *spending
	for i := range path {
		if path[i].places > 0 && (best == nil || path[i].places > best.places) {
			if best = &path[i]; best.places >= places {
				break
			}
		}
	}
	return best
}

// housing gives one school after the other that has none enough transitional housing for all its people who live beyond
// commuting range. The schools that alone fill the most places for each place in housing come first: a rule of thumb, no
// optimum.
func (d *Designer) housing(look outlook, before *Outcome) []spending {
	worth := money(look.taste[AttributeHousing], float64(FenPerUnit)/look.taste[AttributeSubsidy])
	if worth <= 0 {
		return nil
	}
	last := &d.Grid.Last
	s, at := newSupplement(look.response), look.newPlacing()
	house := func(school int32) {
		s.give(school, func(t int32) model.Fen {
			if d.boards(t, school) {
				return worth
			}
			return 0
		})
	}
	type candidate struct {
		school        int32
		places, units int
	}
	var candidates []candidate
	for i := range d.County.Schools {
		school := int32(i)
		if d.County.Schools[i].Housing > 0 || d.needOf(school) == 0 {
			continue
		}
		s.reset()
		house(school)
		s.answer(last, last, at)
		o := d.outcome(&s.response, last, at)
		if c := (candidate{school, o.Filled - before.Filled, d.boarders(at, school)}); c.places > 0 && c.units > 0 {
			candidates = append(candidates, c)
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.places*a.units, a.places*b.units) })
	s.reset()
	var path []spending
	for i, c := range candidates {
		house(c.school)
		s.answer(last, last, at)
		o := d.outcome(&s.response, last, at)
		step := spending{places: o.Filled - before.Filled, subsidies: o.Cost - before.Cost}
		for _, housed := range candidates[:i+1] {
			step.units += d.boarders(at, housed.school)
		}
		path = append(path, step)
	}
	return path
}

// boards reports whether a person lives beyond commuting range of a school.
func (d *Designer) boards(t, school int32) bool {
	return d.Supply.Road(&d.Supply.People[t], school) > d.County.Rules.CommuteRange
}

// boarders counts the people of a school who live beyond commuting range.
func (d *Designer) boarders(s *placing, school int32) int {
	n := 0
	for t, p := range s.at {
		if p >= 0 && d.Supply.Posts[p].School == school && d.boards(int32(t), school) {
			n++
		}
	}
	return n
}

// recruiting fills the places of rural schools that stay empty with people who have agreed to serve there, the hardest tier first. They draw the
// amount of the tier without years of service.
func (d *Designer) recruiting(r *response, s *placing) []spending {
	var empty [model.MaxTier + 1]int
	for p := range r.post {
		if d.County.Schools[d.Supply.Posts[p].School].Rural {
			empty[r.post[p].tier] += int(max(0, r.post[p].need-s.people[p]))
		}
	}
	var path []spending
	now := spending{}
	for k := len(empty) - 1; k >= 0; k-- {
		for range empty[k] {
			now = spending{now.places + 1, now.units + 1, now.subsidies + d.Grid.Last[k]}
			path = append(path, now)
		}
	}
	return path
}
