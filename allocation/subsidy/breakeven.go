package subsidy

import (
	"context"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// BreakEvenLimit is the greatest supplement that is tried, a month.
const BreakEvenLimit = 20 * DefaultRaise

// breakEvenModels is over how many plausible models at most the range of a supplement is taken: each asks for a search of its
// own at every school.
const breakEvenModels = 10

// BreakEven is the least supplement on top of a schedule, paid to everybody at one school and nowhere else, with which the
// school fills one place of its need more than without. It is a multiple of the design's step.
type BreakEven struct {
	School model.SchoolID `json:"school"`
	Tier   model.Tier     `json:"tier"`
	Need   int            `json:"need"`
	Filled int            `json:"filled"` // without a supplement
	// Supplement is what the designer's model says; 0 with an Obstacle.
	Supplement model.Fen `json:"supplement"`
	Cost       model.Fen `json:"cost"` // that all subsidies of the county rise by, a month
	Obstacle   Obstacle  `json:"obstacle,omitempty"`
	// Range is from the least to the greatest supplement of the designer's and plausible models; one that fills the school without any counts as 0.
	Range [2]model.Fen `json:"range"`
	Open  bool         `json:"open"`  // with some plausible model no supplement up to BreakEvenLimit does it
	Never bool         `json:"never"` // with none, and Range is 0
}

// Obstacle is why no supplement fills a place more.
type Obstacle string

const (
	ObstacleUnqualified Obstacle = "unqualified" // nobody beyond those at the school is qualified for its empty places
	ObstacleBound       Obstacle = "bound"       // who is qualified must stay where they are: a service term or an exchange runs
	ObstacleNeeded      Obstacle = "needed"      // who would come fills a place elsewhere that counts for as much
	ObstacleLimit       Obstacle = "limit"       // nobody would come for BreakEvenLimit
)

// raise is a supplement and what it costs; noPrice where there is none.
type raise struct{ supplement, cost model.Fen }

// breakEvens finds the break-even of each school of which a place stays empty at amounts. See outlooks for wide. It takes for each school with an empty place and each
// model about log2(BreakEvenLimit / step) answers.
func (d *Designer) breakEvens(ctx context.Context, a *Amounts, wide []outlook) ([]BreakEven, error) {
	wide = wide[:min(len(wide), 1+breakEvenModels)]
	own := wide[0].response
	now := own.newPlacing()
	own.answer(a, a, now)
	var all []BreakEven
	var schools []int32
	for school := range d.County.Schools {
		b := BreakEven{School: d.County.Schools[school].ID, Tier: d.County.Schools[school].Tier}
		for p := range d.Supply.Posts {
			if int(d.Supply.Posts[p].School) == school {
				b.Need += d.Supply.Posts[p].Need
			}
		}
		if b.Filled, _ = own.filledAt(int32(school), now); b.Filled < b.Need {
			all, schools = append(all, b), append(schools, int32(school))
		}
	}
	raises := make([][]raise, len(wide)) // by model, then by school
	err := d.each(ctx, len(wide), func(m int) {
		raises[m] = d.raises(ctx, wide[m].response, a, schools)
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].sum(raises, i)
		if all[i].Obstacle != "" {
			all[i].Obstacle = d.obstacle(own, a, schools[i])
		}
	}
	return all, nil
}

// sum takes the figures of school i from those of all models, the designer's own first.
func (b *BreakEven) sum(raises [][]raise, i int) {
	if own := raises[0][i]; own.supplement == noPrice {
		b.Obstacle = ObstacleLimit // or another, which the caller finds out
	} else {
		b.Supplement, b.Cost = own.supplement, own.cost
	}
	var found []model.Fen
	for m := range raises {
		if x := raises[m][i].supplement; x == noPrice {
			b.Open = true
		} else {
			found = append(found, x)
		}
	}
	if b.Never = len(found) == 0; !b.Never {
		b.Range = [2]model.Fen{slices.Min(found), slices.Max(found)}
	}
}

// raises finds the break-evens of schools under one model, by bisection. More money at one school never fills fewer of its places: what
// is accepted there grows, and what its people accept elsewhere shrinks.
func (d *Designer) raises(ctx context.Context, r *response, a *Amounts, schools []int32) []raise {
	all := make([]raise, len(schools))
	s, at := newSupplement(r), r.newPlacing()
	r.answer(a, a, at)
	before := r.payroll(a, at)
	for i, school := range schools {
		if ctx.Err() != nil {
			return all
		}
		r.answer(a, a, at)
		base, _ := r.filledAt(school, at)
		if base == d.needOf(school) {
			continue
		}
		paid := func(x model.Fen) (fills bool, cost model.Fen) {
			s.reset()
			s.give(school, func(int32) model.Fen { return x })
			s.answer(a, a, at)
			filled, people := s.filledAt(school, at)
			return filled > base, s.payroll(a, at) + x*model.Fen(people) - before
		}
		step := d.options.Step
		low, high := model.Fen(0), max(1, BreakEvenLimit/step)
		if fills, _ := paid(high * step); !fills {
			all[i] = raise{noPrice, 0}
			continue
		}
		for high-low > 1 {
			middle := low + (high-low)/2
			if fills, _ := paid(middle * step); fills {
				high = middle
			} else {
				low = middle
			}
		}
		_, cost := paid(high * step)
		all[i] = raise{high * step, cost}
	}
	return all
}

// needOf is how many people a school needs.
func (d *Designer) needOf(school int32) int {
	need := 0
	for p := range d.Supply.Posts {
		if d.Supply.Posts[p].School == school {
			need += d.Supply.Posts[p].Need
		}
	}
	return need
}

// obstacle says why BreakEvenLimit fills no place more of a school.
func (d *Designer) obstacle(r *response, a *Amounts, school int32) Obstacle {
	s, at := newSupplement(r), r.newPlacing()
	s.give(school, func(int32) model.Fen { return BreakEvenLimit })
	s.answer(a, a, at)
	qualified, free := false, false
	for p := range s.post {
		if d.Supply.Posts[p].School != school || at.people[p] >= s.post[p].need {
			continue
		}
		for t := range d.Supply.People {
			who := &d.Supply.People[t]
			if at.at[t] >= 0 && d.Supply.Posts[at.at[t]].School == school || !d.Supply.qualified(who, int32(p)) {
				continue
			}
			qualified = true
			free = free || !who.Bound
		}
		for group := range groups {
			gap := model.Fen(never)
			if group < groupPool {
				gap = a[s.post[p].tier] - a[group]
			}
			for _, o := range s.segment(int32(p), group) {
				if c := at.at[o.person]; c >= 0 && d.Supply.Posts[c].School != school && model.Fen(o.above) < gap && model.Fen(o.least) <= a[s.post[p].tier] {
					return ObstacleNeeded
				}
			}
		}
	}
	switch {
	case !qualified:
		return ObstacleUnqualified
	case !free:
		return ObstacleBound
	}
	return ObstacleLimit
}

// qualified reports whether a teacher could teach a post by subject, stage and language, bound elsewhere or not.
func (s *Supply) qualified(t *Teacher, p int32) bool {
	post := &s.Posts[p]
	return slices.Contains(t.Stages, post.Stage) && (t.Main == post.Subject || slices.Contains(t.Second, post.Subject)) && s.speaks(t, post.School)
}
