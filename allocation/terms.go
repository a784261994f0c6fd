package allocation

import (
	"context"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Terms is a county as the optimization sees it, in plain data: who may have which post, what each pair counts for, and what each vacancy costs. Rules that
// cut across the network are not in it. It is for those who state a problem of their own on top of a plan, as package horizon does.
type Terms struct {
	Posts   []PostTerms   // in order of PostID
	Schools []PlaceTerms  // as in the county
	People  []PersonTerms // who can be planned, in order of id
}

// PlaceTerms are the need of a school or a post and how many people it can hold.
type PlaceTerms struct {
	Need     int
	Capacity int     // d_p + o_p of a post; max(T_s, inc_s) of a school
	Vacancy  []int64 // shortage points of the 1st, 2nd, … vacancy, rising, one for each of Need
}

// PostTerms is a post.
type PostTerms struct {
	ID     model.PostID
	School int // place in Schools
	PlaceTerms
}

// PersonTerms is somebody who can be planned.
type PersonTerms struct {
	ID       model.TeacherID
	Present  int  // place of the present post in Posts; -1 for none
	MayBeOut bool // may end without a post
	Choices  []Choice
}

// Choice is a post that somebody may have, the present one among them.
type Choice struct {
	Post   int // place in Posts; they rise
	Ground model.Ground
	Soft   int64 // points
	Cost   model.Cost
}

// State gives the terms of a county. Nil options are the zero options. Errors are those of [Solve] for bad input. It takes O(pairs) time and memory.
func State(c *model.County, o *model.Options) (*Terms, error) {
	if o == nil {
		o = &model.Options{}
	}
	g, err := state(c, o)
	if err != nil {
		return nil, err
	}
	n, terms := g.instance, &Terms{}
	for p := range n.posts {
		post := &n.posts[p]
		terms.Posts = append(terms.Posts, PostTerms{post.id, int(post.school), placeTerms(post.need, post.capacity(), n.postWeight(post))})
	}
	for s := range n.schools {
		school := &n.schools[s]
		terms.Schools = append(terms.Schools, placeTerms(school.need, max(school.teachingQuota, school.incumbents), n.schoolWeight(school)))
	}
	for t := range n.people {
		person := &n.people[t]
		of := PersonTerms{ID: person.ID, Present: int(person.present), MayBeOut: n.mayBeOut(int32(t))}
		for _, p := range g.pairs.of(t) {
			post := &n.posts[p]
			ground := n.ground(person, post)
			of.Choices = append(of.Choices, Choice{int(p), ground, n.soft(person, post, ground), n.cost(person, p)})
		}
		terms.People = append(terms.People, of)
	}
	return terms, nil
}

func placeTerms(need, capacity int, weight int64) PlaceTerms {
	place := PlaceTerms{Need: need, Capacity: capacity}
	for i := 1; i <= need; i++ {
		place.Vacancy = append(place.Vacancy, vacancyCost(i, need, weight))
	}
	return place
}

// Price is what it is worth at the first level of the objective that a teacher has a post, or with the zero post ends without one: points beside those of the objective, below 0 to favour it.
type Price struct {
	Teacher model.TeacherID
	Post    model.PostID
	Points  int64
}

// AssignPriced gives who would have which post if some pairs had a price at the first level. It is no plan, whose objective knows no such prices, but a proposal:
// pin it and [Solve], or measure it with [Evaluate]. Prices of pairs that no rule allows are left out. Errors are those of [Solve].
func AssignPriced(ctx context.Context, c *model.County, o *model.Options, prices []Price) ([]model.Pin, error) {
	if o == nil {
		o = &model.Options{}
	}
	g, err := state(c, o)
	if err != nil {
		return nil, err
	}
	g.priceAll(prices)
	solution, err := native.Solver{}.Solve(ctx, g.Programme, solver.Options{TimeLimit: o.TimeLimit})
	if err != nil {
		return nil, g.instance.explain(g, err)
	}
	if err := solver.Verify(g.Programme, solution); err != nil {
		return nil, fmt.Errorf("allocation: the answer to prices fails its proof: %w", err)
	}
	var pins []model.Pin
	for t, p := range g.assignment(solution.Flow) {
		pin := model.Pin{Teacher: g.instance.people[t].ID}
		if p >= 0 {
			pin.Post = g.instance.posts[p].id
		}
		pins = append(pins, pin)
	}
	return pins, nil
}

// priceAll adds prices to the arcs of their pairs.
func (g *programme) priceAll(prices []Price) {
	first := &g.Levels[0]
	for _, price := range prices {
		t, known := g.instance.byTeacher[price.Teacher]
		if !known || t < 0 {
			continue
		}
		pairs := g.pairs.of(int(t))
		place, exists := len(pairs), g.mayBeOut(t) // the arc of ending without a post follows the pairs
		if !price.Post.IsZero() {
			var p int32
			if p, exists = g.instance.byPost[price.Post]; exists {
				place, exists = slices.BinarySearch(pairs, p)
			}
		}
		if exists {
			first.Cost[g.pairArc[t]+int32(place)] += price.Points
		}
	}
}
