package subsidy

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// The certificates below read a market, an assignment and amounts, and share nothing with
// what finds them: an auditor can check an equilibrium by them, or by hand.

// Envy is a person who would rather have another post, or none, at the amounts given.
type Envy struct {
	Person int32     `json:"person"`
	Post   int32     `json:"post"` // −1: would rather have none
	Gain   model.Fen `json:"gain"` // a month, above what the person has
}

// Envies lists everybody who would rather be elsewhere, in order of person, each with what
// they would like most (the first post where several are equal). An assignment is free of envy
// if there is nobody. O(pairs).
func Envies(m *Market, at []int32, amount []model.Fen) []Envy {
	var all []Envy
	for t := range at {
		best, most := int32(-1), m.Outside[t]
		own := m.Outside[t]
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			p := m.Post[i]
			have := m.Value[i] + amount[p]
			if p == at[t] {
				own = have
			}
			if have > most {
				best, most = p, have
			}
		}
		if most > own {
			all = append(all, Envy{int32(t), best, most - own})
		}
	}
	return all
}

// Breach is one way in which an assignment with amounts is no equilibrium.
type Breach struct {
	Person int32 // −1: none
	Post   int32 // −1: none
	What   string
}

func (b Breach) String() string {
	return fmt.Sprintf("person %d, post %d: %s", b.Person, b.Post, b.What)
}

// Slackness lists where complementary slackness fails on the side of the posts: somebody in a post
// that is not theirs to take, more people than places, an amount above the worth of a
// place that somebody has, and an empty place whose post would gladly pay more. With Envies it is
// the whole of the definition of an equilibrium. O(pairs).
func Slackness(m *Market, at []int32, amount []model.Fen) []Breach {
	var all []Breach
	people := make([]int, len(m.Places))
	for t, p := range at {
		if p < 0 {
			continue
		}
		people[p]++
		allowed := false
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			allowed = allowed || m.Post[i] == p
		}
		if !allowed {
			all = append(all, Breach{int32(t), p, "may not take the post"})
		}
	}
	for p, places := range m.Places {
		switch {
		case people[p] > places:
			all = append(all, Breach{-1, int32(p), fmt.Sprintf("%d people in %d places", people[p], places)})
		case people[p] > 0 && amount[p] > m.Worth[p]:
			all = append(all, Breach{-1, int32(p), fmt.Sprintf("pays %s, a place is worth %s", amount[p], m.Worth[p])})
		case people[p] < places && amount[p] < m.Worth[p]:
			all = append(all, Breach{-1, int32(p), fmt.Sprintf("has an empty place, pays %s and would pay %s", amount[p], m.Worth[p])})
		}
	}
	return all
}

// DualityGap is how far the assignment stays below the bound that the amounts prove: no
// assignment has more than Σ_t max(o_t, max_p v_tp + s_p) + Σ_p d_p · max(0, w_p − s_p). It is 0 exactly
// for an optimal assignment with equilibrium amounts, and never negative for a
// feasible one. O(pairs).
func DualityGap(m *Market, at []int32, amount []model.Fen) model.Fen {
	gap := model.Fen(0)
	for t, p := range at {
		best, own := m.Outside[t], m.Outside[t]
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			best = max(best, m.Value[i]+amount[m.Post[i]])
			if m.Post[i] == p {
				own = m.Value[i] + m.Worth[p]
			}
		}
		gap += best - own
	}
	for p, places := range m.Places {
		gap += model.Fen(places) * max(0, m.Worth[p]-amount[p])
	}
	return gap
}
