package matching

import (
	"fmt"
	"slices"
)

// Block is a single person or a couple who, with the schools named, would rather
// change: To is parallel to Applicants, None for a member who would have none.
type Block struct {
	Applicants []int32
	To         []int32
}

// Blocks is every coalition that blocks a matching in a market with couples; it is
// stable if and only if there are none. For a market without couples they are the
// BlockingPairs. O(E + n log n) for single people, O(q) a pair for couples.
//
// A single person blocks with a preferred school that has a free place or somebody
// of worse rank. A couple blocks with a preferred pair of schools if each of them
// would take those of the couple who would be there: if they are among the best q,
// q its capacity, of the people there, the couple's members where they would be
// and not where they are. A couple that holds a pair that is not on its list, or
// none, prefers every pair of the list; a member of a couple is never a single
// person. Individual rationality is no part of it.
func Blocks(p *Problem, m Matching) []Block {
	var found []Block
	coupleOf := p.coupleOf()
	for _, b := range p.blocking(m, true, true) {
		if coupleOf[b.Applicant] == None {
			found = append(found, Block{Applicants: []int32{b.Applicant}, To: []int32{b.School}})
		}
	}
	if len(p.couples) == 0 {
		return found
	}
	start, _, all := p.holders(m)
	ranks := make([][]int32, len(p.schools))
	for s := range ranks {
		ranks[s] = all[start[s]:start[s+1]]
	}
	for i := range p.couples {
		c := &p.couples[i]
		for _, o := range c.options[:c.better(m)] {
			if c.accepted(p, m, ranks, o) {
				found = append(found, Block{Applicants: c.member[:], To: slices.Clone(o.school[:])})
			}
		}
	}
	return found
}

// better is the number of pairs that a couple prefers to what it has.
func (c *couple) better(m Matching) int {
	if i := c.place(m); i != None {
		return int(i)
	}
	return len(c.options)
}

// accepted reports whether the schools of a pair would take the couple. ranks are
// those held by each school, best first.
func (c *couple) accepted(p *Problem, m Matching, ranks [][]int32, o pairOption) bool {
	for side, s := range o.school {
		if s == None {
			continue
		}
		before := ahead(ranks[s], o.rank[side])
		for member, t := range c.member {
			if m[t] == s && p.rankOf(t, s) < o.rank[side] {
				before-- // the couple's members count where they would be, not where they are
			}
			if o.school[member] == s && o.rank[member] < o.rank[side] {
				before++
			}
		}
		if before >= int(p.capacity[s]) {
			return false
		}
	}
	return true
}

// ahead counts the ranks, best first, that are better than one.
func ahead(ranks []int32, rank int32) int {
	n, _ := slices.BinarySearch(ranks, rank)
	return n
}

// SearchLimitError says that an exhaustive search would be too long.
type SearchLimitError struct {
	Combinations float64 // of choices, about
	Limit        int
}

func (e *SearchLimitError) Error() string {
	return fmt.Sprintf("matching: %.3g combinations of choices are more than the limit of %d", e.Combinations, e.Limit)
}

// StableMatchings is every stable matching, couples or not, by looking at every
// feasible matching in which single people hold schools of their lists and couples
// pairs of theirs, or nothing. It is for small markets: *SearchLimitError if the
// choices combine to more than limit. Their order is that of the lists: the first
// applicant's most wanted school first.
func StableMatchings(p *Problem, limit int) ([]Matching, error) {
	x := &stableSearch{p: p, m: p.empty(), left: slices.Clone(p.capacity)}
	combinations := 1.0
	for t, c := range p.coupleOf() {
		if c == None {
			x.agents = append(x.agents, int32(t))
			combinations *= float64(len(p.list(int32(t))) + 1)
		}
	}
	for c := range p.couples {
		x.agents = append(x.agents, int32(len(p.applicants)+c))
		combinations *= float64(len(p.couples[c].options) + 1)
	}
	if combinations > float64(limit) {
		return nil, &SearchLimitError{Combinations: combinations, Limit: limit}
	}
	x.visit(0)
	return x.stable, nil
}

type stableSearch struct {
	p      *Problem
	m      Matching
	left   []int32 // places
	agents []int32 // single applicants, then couples
	stable []Matching
}

func (x *stableSearch) visit(depth int) {
	if depth == len(x.agents) {
		if len(Blocks(x.p, x.m)) == 0 {
			x.stable = append(x.stable, slices.Clone(x.m))
		}
		return
	}
	n := int32(len(x.p.applicants))
	if t := x.agents[depth]; t < n {
		for _, s := range x.p.list(t) {
			x.try(depth, []int32{t}, []int32{s})
		}
	} else {
		c := &x.p.couples[t-n]
		for _, o := range c.options {
			x.try(depth, c.member[:], o.school[:])
		}
	}
	x.visit(depth + 1)
}

// try visits what is below with some people at some schools, if there is room.
func (x *stableSearch) try(depth int, who, to []int32) {
	room := true
	for i, t := range who {
		if x.m[t] = to[i]; to[i] != None {
			x.left[to[i]]--
			room = room && x.left[to[i]] >= 0
		}
	}
	if room {
		x.visit(depth + 1)
	}
	for i, t := range who {
		if x.m[t] = None; to[i] != None {
			x.left[to[i]]++
		}
	}
}
