// Package solver states a lexicographic minimum-cost flow as plain numbers, says what a solution of it must prove,
// and checks that proof. It knows nothing of teachers and schools. Backends that solve a programme are in its
// sub-packages; [github.com/xianguan/xianguan/allocation/solver/native] is the one in pure Go.
//
// # The programme
//
// Given a directed multigraph with nodes v, arcs a = (tail, head), supplies b, capacities u and cost vectors c⁰,
// c¹, …, cᴷ, find f that minimises c⁰·f; among all such f, minimises c¹·f; and so on, subject to
//
//	out(v) − in(v) = b_v   for every node v,
//	0 ≤ f_a ≤ u_a          for every arc a.
//
// All data are integers. The constraint matrix is totally unimodular, so the best flow may be taken integer and
// nothing here is ever rounded (Ahuja, Magnanti and Orlin, Network Flows, 1993, theorem 11.5).
//
// # Duality, and the sign convention
//
// Price the conservation rows with potentials π. For any π at all, the Lagrangian
//
//	L(π) = Σ_v π_v b_v + Σ_a min(0, rc_a)·u_a,   rc_a = c_a − π_tail + π_head,
//
// is a lower bound on c·f. So π_v is the price of one more unit that enters at v, and rc_a is what one unit on the
// arc costs beyond the difference in price of its ends. The bound is reached exactly when the complementary
// slackness conditions hold:
//
//	rc_a > 0 only if f_a = 0,   rc_a < 0 only if f_a = u_a.
//
// # Holding a level
//
// Let π be optimal potentials of level k. From c·f = L(π) + Σ_{rc>0} rc·f + Σ_{rc<0} |rc|·(u − f), in which no term
// is negative, a feasible f is optimal for level k if and only if every arc with rc > 0 is empty and every arc with
// rc < 0 is full. So the optima of level k are the feasible flows of the same network with those arcs fixed at
// their bounds: the optimal face is again a network, and the next level is once more a minimum-cost flow, on fewer
// free arcs. No row "cost of level k ≤ optimum" is added and no large weight is used.
//
// # What a solution proves
//
// A [Solution] has for each level the potentials, and for each arc the level that fixed it. [Verify] recomputes
// everything from these in exact arithmetic. A level is Proven when its bound equals its objective. A level that
// was stopped early keeps its flow; the levels after it are evaluated on that flow, their bounds hold on the face
// of the levels proven before, and they are called Conditional. A programme without a feasible flow gives an
// [InfeasibleError], whose node set is a proof by the theorem of Gale and Hoffman that anyone can check by adding
// up.
//
// # A gap
//
// With [Options.Gap] a level may end before it is proven, once (z + k − β)/|z + k| is at most the gap, for an objective z, its bound β
// and the constant k of the level. The level is then held by the row c·f ≤ z in the place of its face. Nothing is lost on the way: a
// bound of a later level holds for every flow that costs at most z, whatever the optimum is, and a later level may
// still end with a flow that costs less. Without rows a level takes no longer to prove than to bound, so the network
// simplex proves all but the last.
package solver
