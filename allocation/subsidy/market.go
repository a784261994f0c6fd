package subsidy

import (
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// Market is an assignment market (Shapley and Shubik 1971; with several places in a post
// Kelso and Crawford 1982): people who take one post each or none, posts with places, and
// money that passes from post to person. It knows numbers only. Person t may take the posts
// Post[Start[t]:Start[t+1]], which ascend, and values them, without any subsidy, at Value
// beside them; none at all is worth Outside[t]. Worth is the most that a post would pay for
// somebody in one of its places. All money is fen a month.
type Market struct {
	Outside []model.Fen `json:"outside"` // by person
	Places  []int       `json:"places"`  // by post, at least 1
	Worth   []model.Fen `json:"worth"`   // by post
	Start   []int32     `json:"start"`   // by person, and the end
	Post    []int32     `json:"post"`
	Value   []model.Fen `json:"value"` // beside Post
}

// MostMoney bounds every amount of a Market: a hundred million yuan a month.
const MostMoney = model.Fen(1e10)

// MarketError says which number of a market is wrong and what would be right.
type MarketError struct {
	Field string // as in Market
	Index int    // −1 when the field as a whole is wrong
	Value string
	Want  string
}

func (e *MarketError) Error() string {
	if e.Index < 0 {
		return fmt.Sprintf("subsidy: market %s is %s: want %s", e.Field, e.Value, e.Want)
	}
	return fmt.Sprintf("subsidy: market %s[%d] is %s: want %s", e.Field, e.Index, e.Value, e.Want)
}

// Validate reports the first number that is wrong, as a *MarketError. It takes time linear
// in the market.
func (m *Market) Validate() error {
	people, posts := len(m.Outside), len(m.Places)
	switch {
	case len(m.Worth) != posts:
		return &MarketError{"Worth", -1, fmt.Sprint(len(m.Worth), " long"), fmt.Sprint(posts, ", one a post")}
	case len(m.Start) != people+1:
		return &MarketError{"Start", -1, fmt.Sprint(len(m.Start), " long"), fmt.Sprint(people+1, ", one a person and the end")}
	case m.Start[0] != 0 || int(m.Start[people]) != len(m.Post):
		return &MarketError{"Start", -1, fmt.Sprintf("from %d to %d", m.Start[0], m.Start[people]), fmt.Sprint("from 0 to ", len(m.Post))}
	case len(m.Value) != len(m.Post):
		return &MarketError{"Value", -1, fmt.Sprint(len(m.Value), " long"), fmt.Sprint(len(m.Post), ", as Post")}
	}
	for p, places := range m.Places {
		if places < 1 {
			return &MarketError{"Places", p, fmt.Sprint(places), "1 or more"}
		}
	}
	for t := range people {
		if m.Start[t+1] < m.Start[t] || int(m.Start[t+1]) > len(m.Post) {
			return &MarketError{"Start", t + 1, fmt.Sprint(m.Start[t+1]), fmt.Sprintf("%d to %d", m.Start[t], len(m.Post))}
		}
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			if m.Post[i] < 0 || int(m.Post[i]) >= posts || (i > m.Start[t] && m.Post[i] <= m.Post[i-1]) {
				return &MarketError{"Post", int(i), fmt.Sprint(m.Post[i]), fmt.Sprintf("posts below %d, ascending for each person", posts)}
			}
		}
	}
	for field, amounts := range map[string][]model.Fen{"Outside": m.Outside, "Worth": m.Worth, "Value": m.Value} {
		for i, a := range amounts {
			if a < -MostMoney || a > MostMoney {
				return &MarketError{field, i, a.String(), "at most " + MostMoney.String() + " either way"}
			}
		}
	}
	return nil
}

// programme states the market's optimal assignment as a minimum-cost flow,
//
//	person ─ −(value + worth) ─▶ post ─ places ─▶ sink,   person ─ −outside ─▶ sink.
func (m *Market) programme() *solver.Programme {
	people, posts := len(m.Outside), len(m.Places)
	sink := int32(people + posts)
	g := &solver.Programme{Supply: make([]int64, sink+1), Levels: []solver.Level{{Name: "surplus"}}}
	cost := &g.Levels[0].Cost
	arc := func(tail, head int32, upper int64, c model.Fen) {
		g.Tail, g.Head, g.Upper = append(g.Tail, tail), append(g.Head, head), append(g.Upper, upper)
		*cost = append(*cost, int64(c))
	}
	for t := range people {
		g.Supply[t] = 1
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			p := m.Post[i]
			arc(int32(t), int32(people)+p, 1, -m.Value[i]-m.Worth[p])
		}
	}
	for t := range people {
		arc(int32(t), sink, 1, -m.Outside[t])
	}
	for p, places := range m.Places {
		arc(int32(people+p), sink, int64(places), 0)
	}
	g.Supply[sink] = -int64(people)
	return g
}
