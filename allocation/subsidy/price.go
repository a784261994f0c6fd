package subsidy

import (
	"context"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Equilibrium is an optimal assignment of a market with the amounts that make it one.
// With v_tp the value of post p to person t, o_t that of none, w_p the worth of a place and
// d_p the places, amounts s are an equilibrium for an assignment if
//
//	nobody would rather be elsewhere:  v_tp + s_p is greatest at t's own post, and ≥ o_t
//	no post would rather do otherwise: s_p ≤ w_p, and s_p = w_p where a place is empty
//
// The assignments that have such amounts are those of greatest Σ (v_tp + w_p) + Σ o_t, and the
// amounts that support one of them support all (Shapley and Shubik 1971). For
// each post they fill the interval from Low to High; Low and High are themselves
// equilibria: the best for the posts and the best for the people.
type Equilibrium struct {
	At      []int32     `json:"at"`   // by person: a post, −1 for none
	Low     []model.Fen `json:"low"`  // by post
	High    []model.Fen `json:"high"` // by post
	Surplus model.Fen   `json:"surplus"`
}

// Prices finds an optimal assignment of a market and the lowest and highest equilibrium
// amounts, exactly.
//
// With r_p = w_p − s_p what a place keeps and u_t what a person has, equilibria are the optimal
// duals of the assignment: u_t + r_p ≥ v_tp + w_p, with equality where t has p; r ≥ 0; and so on.
// Put u out and what is left are differences, r_p ≤ r_q + ℓ_qp, one for each pair that t at p does
// not have: shortest paths from a ground node of r = 0 give the highest r, shortest paths to it the
// lowest. The network simplex's own potentials are some r in between, so all lengths are ≥ 0
// when reduced by them, and Dijkstra's method serves.
//
// The error is a *MarketError, or the context's. It takes the time of one minimum-cost flow
// and O(pairs · log posts).
//
// Shapley and Shubik, "The assignment game I: the core", International Journal of Game Theory 1
// (1971); Kelso and Crawford, "Job matching, coalition formation, and gross substitutes",
// Econometrica 50 (1982); Demange, Gale and Sotomayor, "Multi-item auctions", Journal of Political Economy 94 (1986).
func Prices(ctx context.Context, m *Market) (*Equilibrium, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	solution, err := (native.Solver{}).Solve(ctx, m.programme(), solver.Options{})
	if err != nil {
		return nil, err
	}
	if solution.Stop != solver.StopOptimal {
		return nil, context.Cause(ctx)
	}
	e := &Equilibrium{At: m.assigned(solution.Flow), Surplus: model.Fen(-solution.Levels[0].Objective)}
	net := m.differences(e.At)
	inside := m.kept(solution.Potentials[0])
	high := net.shortest(inside)
	low := net.reversed().shortest(negated(inside))
	e.Low, e.High = make([]model.Fen, len(m.Places)), make([]model.Fen, len(m.Places))
	for p := range m.Places {
		e.Low[p], e.High[p] = m.Worth[p]-model.Fen(high[p]), m.Worth[p]+model.Fen(low[p])
	}
	return e, nil
}

// assigned reads each person's post from the flow, whose arcs of pairs come first.
func (m *Market) assigned(flow []int64) []int32 {
	at := make([]int32, len(m.Outside))
	for t := range at {
		at[t] = -1
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			if flow[i] > 0 {
				at[t] = m.Post[i]
			}
		}
	}
	return at
}

// kept gives r, by post and then 0 for the ground, from potentials of the flow. Those of a post that
// nobody has may lie below the ground's: its places are empty and keep nothing.
func (m *Market) kept(potentials []int64) []int64 {
	r := make([]int64, len(m.Places)+1)
	if potentials == nil {
		return r
	}
	people := len(m.Outside)
	for p := range m.Places {
		r[p] = max(0, potentials[people+p]-potentials[people+len(m.Places)])
	}
	return r
}

func negated(values []int64) []int64 {
	out := make([]int64, len(values))
	for i, v := range values {
		out[i] = -v
	}
	return out
}

// differences lists what the equilibrium conditions say about r once u is put out, for an optimal
// assignment. The ground is the node after the posts. With g = v + w:
//
//	t at p, q another post of t   r_p ≤ r_q + g_tp − g_tq
//	t at p                        r_p ≤ 0 + g_tp − o_t
//	t without a post, q of t      0 ≤ r_q + o_t − g_tq
//	an empty place at p           r_p ≤ 0
//	every post                    0 ≤ r_p
func (m *Market) differences(at []int32) *differences {
	ground := int32(len(m.Places))
	net := &differences{nodes: ground + 1}
	people := make([]int, len(m.Places))
	for t, p := range at {
		own := int64(m.Outside[t])
		if p >= 0 {
			people[p]++
			value, _ := m.value(t, p)
			own = int64(value + m.Worth[p])
			net.add(ground, p, own-int64(m.Outside[t]))
		}
		for i := m.Start[t]; i < m.Start[t+1]; i++ {
			q := m.Post[i]
			switch other := int64(m.Value[i] + m.Worth[q]); {
			case p < 0:
				net.add(q, ground, own-other)
			case q != p:
				net.add(q, p, own-other)
			}
		}
	}
	for p, places := range m.Places {
		if people[p] < places {
			net.add(ground, int32(p), 0)
		}
		net.add(int32(p), ground, 0)
	}
	return net
}

// value is what a post is worth to a person who may take it.
func (m *Market) value(t int, p int32) (value model.Fen, may bool) {
	for i := m.Start[t]; i < m.Start[t+1]; i++ {
		if m.Post[i] == p {
			return m.Value[i], true
		}
	}
	return 0, false
}
