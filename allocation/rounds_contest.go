package allocation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/matching"
)

// contest is one round in which people apply for posts. People are those of the
// instance; a post is a school in the terms of package matching.
type contest struct {
	round  Round
	people []int32   // who take part, in order
	lists  [][]int32 // posts that each asks for, most wanted first, without the post that is held
	places []int     // open to newcomers, of each post of the instance
	titles []titlePlaces
}

// ranking is one post of a contest: who asked for it, best first.
type ranking struct {
	post   int32
	places int  // as in contest
	of     int  // people
	hired  int  // newcomers
	free   bool // a place was left
	cutOff CutOff
}

// run holds a contest by deferred acceptance, the posts that are held safe, moves people to what
// they win, and gives the round with its decisions. O(E log n) for E applications.
func (h *hiring) run(c contest) (RoundStep, []RoundDecision, error) {
	market, rankings := h.market(&c)
	problem, err := matching.NewProblem(market, matching.Lottery{Seed: h.options.Seed})
	if err != nil {
		return RoundStep{}, nil, fmt.Errorf("allocation: round %s: %w", c.round, err)
	}
	result := matching.DeferredAcceptance(matching.Protect(problem), nil)
	asked, rank := h.settle(&c, problem, rankings, result)
	decisions := make([]RoundDecision, len(c.people))
	for i, t := range c.people {
		var r *ranking
		if asked[i] >= 0 {
			r = rankingOf(rankings, asked[i])
		}
		s := result[i]
		decisions[i] = h.decision(&c, i, r, rank[i], s != matching.None && rankings[s].post != h.to[t])
	}
	step := RoundStep{Round: c.round, Market: market}
	for i, t := range c.people {
		if s := result[i]; s != matching.None {
			h.to[t] = rankings[s].post
		}
	}
	for _, r := range rankings {
		step.Hired += r.hired
		step.Posts = append(step.Posts, RoundPost{PostID: h.n.posts[r.post].id, Places: r.places, Ranked: r.of, Hired: r.hired, CutOff: r.cutOff})
	}
	step.Ledger = h.n.roundLedger(h.to)
	return step, decisions, nil
}

// market states a contest in the terms of package matching. Its schools are the posts that
// somebody asks for or holds, in order; its applicants are the people of the contest.
func (h *hiring) market(c *contest) (*matching.Market, []ranking) {
	n := h.n
	ranked := make([][]matching.Candidate, len(n.posts))
	holders := make([]int, len(n.posts))
	market := &matching.Market{Applicants: make([]matching.Applicant, len(c.people))}
	for i, t := range c.people {
		candidate := matching.Candidate{Applicant: string(n.people[t].ID), Points: int64(h.points[t])}
		a := matching.Applicant{ID: candidate.Applicant, List: []string{}, Class: c.class(n.people[t].Title)}
		for _, p := range c.lists[i] {
			a.List = append(a.List, n.posts[p].id.String())
			ranked[p] = append(ranked[p], candidate)
		}
		if p := h.to[t]; p >= 0 {
			a.Present = n.posts[p].id.String()
			ranked[p] = append(ranked[p], candidate)
			holders[p]++
		}
		market.Applicants[i] = a
	}
	var rankings []ranking
	for p := range n.posts {
		if len(ranked[p]) == 0 {
			continue
		}
		market.Schools = append(market.Schools, matching.School{ID: n.posts[p].id.String(), Capacity: c.places[p] + holders[p], Ranking: ranked[p],
			ClassCaps: c.classCaps(int32(p))})
		rankings = append(rankings, ranking{post: int32(p), places: c.places[p], of: len(ranked[p])})
	}
	return market, rankings
}

// settle gives the post whose ranking concerns each person, -1 for none: the one that is won, else
// the most wanted. It also gives the person's place in that ranking, and counts the newcomers that
// each post hired and finds the last of them.
func (h *hiring) settle(c *contest, problem *matching.Problem, rankings []ranking, result matching.Matching) (asked []int32, rank []int) {
	asked, rank = make([]int32, len(c.people)), make([]int, len(c.people))
	for i, t := range c.people {
		asked[i] = -1
		if s := result[i]; s != matching.None && rankings[s].post != h.to[t] {
			asked[i] = rankings[s].post
		} else if len(c.lists[i]) > 0 {
			asked[i] = c.lists[i][0]
		}
	}
	people := make([]int, len(rankings))
	for _, s := range result {
		if s != matching.None {
			people[s]++
		}
	}
	for s := range rankings {
		r := &rankings[s]
		r.free = people[s] < problem.Capacity(int32(s))
		for place, i := range problem.Ranking(int32(s)) {
			t := c.people[i]
			if asked[i] == r.post {
				rank[i] = place + 1
			}
			if result[i] == int32(s) && h.to[t] != r.post {
				r.hired++
				r.cutOff = CutOff{Points: h.points[t], Rank: place + 1}
			}
		}
	}
	return asked, rank
}

// decision words what a contest decided on its i-th person, before the person moves. r is the ranking
// that concerns the person, nil for none.
func (h *hiring) decision(c *contest, i int, r *ranking, rank int, won bool) RoundDecision {
	t := c.people[i]
	d := RoundDecision{Round: c.round, Teacher: h.n.people[t].ID, Points: h.points[t], Reason: ReasonNoPost}
	if h.to[t] >= 0 {
		d.From = h.n.posts[h.to[t]].id
		d.To = d.From
	}
	if r == nil {
		return d
	}
	d.Asked, d.Choice, d.Rank, d.Of, d.CutOff = h.n.posts[r.post].id, 1+slices.Index(c.lists[i], r.post), rank, r.of, r.cutOff
	switch {
	case won:
		d.To, d.Reason = d.Asked, ReasonRanked
	case r.free || (r.hired > 0 && rank < r.cutOff.Rank): // only a title quota stands in the way
		d.Reason = ReasonTitles
	case r.hired == 0:
		d.Reason = ReasonNoPlace
	default:
		d.Reason = ReasonOutranked
	}
	return d
}

// rankingOf finds the ranking of a post; rankings are in order of post.
func rankingOf(rankings []ranking, p int32) *ranking {
	i, found := slices.BinarySearchFunc(rankings, p, func(r ranking, p int32) int { return cmp.Compare(r.post, p) })
	if !found {
		panic("allocation: a post that somebody asked for has no ranking")
	}
	return &rankings[i]
}
