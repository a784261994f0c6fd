package subsidy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Support is the least amounts at which nobody who has a post would rather be elsewhere.
type Support struct {
	Amount  []model.Fen `json:"amount"`  // by post
	Waiting []Envy      `json:"waiting"` // people without a post who would take one at these amounts: floors make queues
}

// UnsupportableError says that no amounts keep everybody where they are: the people of the cycle,
// each of whom would take the post of the next, would gain by it together whatever the posts
// pay, since each post loses one of them and gains one.
type UnsupportableError struct {
	People []int32
	Posts  []int32 // of each of People
	Gain   model.Fen
}

func (e *UnsupportableError) Error() string {
	var round strings.Builder
	for i, t := range e.People {
		fmt.Fprintf(&round, "person %d has post %d, ", t, e.Posts[i])
	}
	return fmt.Sprintf("subsidy: no amounts support the assignment: %seach would take the next one's post, and together they would gain %s yuan a month",
		round.String(), e.Gain)
}

// Supporting gives the least amounts, none below its floor, at which everybody who has a
// post would rather have it than another or none:
//
//	s_p ≥ floor_p,   s_p ≥ o_t − v_tp,   s_p ≥ s_q + v_tq − v_tp   for t at p and each post q of t.
//
// These are longest paths over the posts, so the least amounts are least at every post at
// once. The posts' side has no say here: amounts may pass the worth of a place, which is how the
// price of a plan is shown that a county has decided for other reasons. Where floors
// hold an amount above what the market would pay, people without a post may wait for it; they are
// listed.
//
// The error is an *UnsupportableError where the conditions form a cycle of positive length, which is
// where the same posts could be filled by the same people to their greater joint liking, or a
// *MarketError. O(posts · pairs) at worst, in practice a few rounds over the pairs.
func Supporting(m *Market, at []int32, floor []model.Fen) (*Support, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	s := &supporting{market: m, at: at, amount: slices.Clone(floor), own: make([]model.Fen, len(at)),
		cause: make([]int32, len(floor)), drawn: make([]int32, len(floor)), wanted: make([][]int32, len(floor)), queued: make([]bool, len(floor))}
	for p := range s.cause {
		s.cause[p] = -1
	}
	for t, p := range at {
		if p < 0 {
			continue
		}
		value, may := m.value(t, p)
		if !may {
			return nil, &MarketError{"At", t, fmt.Sprint(p), "a post that the person may take"}
		}
		s.own[t] = value
		s.amount[p] = max(s.amount[p], m.Outside[t]-value)
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			if q := m.Post[i]; q != p {
				s.wanted[q] = append(s.wanted[q], int32(t), int32(i))
			}
		}
	}
	if err := s.raise(); err != nil {
		return nil, err
	}
	support := &Support{Amount: s.amount}
	for _, envy := range Envies(m, at, s.amount) {
		if at[envy.Person] < 0 {
			support.Waiting = append(support.Waiting, envy)
		}
	}
	return support, nil
}

// supporting raises amounts until nobody with a post envies.
type supporting struct {
	market *Market
	at     []int32
	amount []model.Fen
	own    []model.Fen // by person: the value of the post they have
	cause  []int32     // by post: the person there for whom it was raised last, −1 for none
	drawn  []int32     // by post: the post that person would else have gone to
	wanted [][]int32   // by post: people elsewhere who may take it, each with the place of the pair
	queued []bool
}

// raise is Bellman and Ford's method in rounds: each passes on the posts that the last one raised.
// Amounts rise for ever exactly if the causes come to form a circle, which is looked for after each round.
func (s *supporting) raise() error {
	now := make([]int32, 0, len(s.amount))
	for p := range s.amount {
		now = append(now, int32(p))
	}
	for len(now) > 0 {
		var next []int32
		for _, q := range now {
			s.queued[q] = false
			for i := 0; i < len(s.wanted[q]); i += 2 {
				t := s.wanted[q][i]
				p := s.at[t]
				if asked := s.amount[q] + s.market.Value[s.wanted[q][i+1]] - s.own[t]; asked > s.amount[p] {
					s.amount[p], s.cause[p], s.drawn[p] = asked, t, q
					if !s.queued[p] {
						s.queued[p] = true
						next = append(next, p)
					}
				}
			}
		}
		if err := s.circle(); err != nil {
			return err
		}
		now = next
	}
	return nil
}

// circle looks for posts each of which was raised for the sake of the next.
func (s *supporting) circle() error {
	seen := make([]int32, len(s.amount)) // the walk that came here first, from 1
	for first := range s.amount {
		p := int32(first)
		for seen[p] == 0 && s.cause[p] >= 0 {
			seen[p] = int32(first) + 1
			p = s.drawn[p]
		}
		if s.cause[p] < 0 || seen[p] != int32(first)+1 {
			continue
		}
		found := &UnsupportableError{}
		for q := p; len(found.Posts) == 0 || q != p; q = s.drawn[q] {
			found.People, found.Posts = append(found.People, s.cause[q]), append(found.Posts, q)
			better, _ := s.market.value(int(s.cause[q]), s.drawn[q])
			found.Gain += better - s.own[s.cause[q]]
		}
		return found
	}
	return nil
}
