// Package embedded solves the linear programme of a network with side rows and columns, by a dual simplex on a
// partitioned basis. It works in floats and only proposes: whoever uses it proves its bounds in integers.
//
// # The programme
//
// Minimise c·x over arcs, columns and the activities s of rows, all between finite bounds, subject to
//
//	out(v) − in(v) = b_v for every node,   Σ_j a_rj x_j − s_r = 0 for every active row.
//
// Only rows that were violated once are active. As every variable is boxed, any basis can be made dual feasible by
// putting each nonbasic variable at the bound that its reduced cost asks for. So one algorithm serves a change of
// costs, of bounds and of rows alike: a dual simplex from the basis at hand.
//
// # The partitioned basis
//
// A basis of n conservation rows and m active rows is split into a spanning tree of n arcs (with artificial arcs of
// capacity 0 to a root) and m further variables, the complement. Eliminating the tree leaves the m×m working matrix
// Q, in which the column of a complement arc is the sum of the row coefficients round the cycle that it closes.
// W = Q⁻¹ is kept dense. Everything else is a walk over the tree:
//
//	prices   y = c̄W with c̄ the cost round each cycle; then potentials down the tree at costs c − yA
//	columns  the change of the complement is −Wg with g the row coefficients round the entering cycle; the tree
//	         follows from conservation, from the leaves upwards
//
// A row of W is the row of the basis inverse that belongs to its variable, restricted to the side rows. So a change
// of basis is one elimination step on W, wherever the leaving variable sits; and exchanging a tree arc with a
// complement arc whose cycle it lies on replaces one row of W and nothing else.
//
// # A pivot
//
// Of a county most rows have no price in a pivot, most of those that have one have a single coefficient, and a cycle passes few nodes. So a pivot goes over the rows
// with a price, not over the rows of every arc (file row.go); the distances beyond bounds are kept by node, and gauged anew only where a flow has changed; and the
// preorder of the tree moves by the subtree that is grafted (file tree.go).
//
// # Sources
//
// J. L. Kennington and R. V. Helgason, Algorithms for Network Programming, 1980, ch. 7. F. Glover and D. Klingman,
// The simplex SON algorithm for LP/embedded network problems, Mathematical Programming Study 15 (1981). R. D.
// McBride, Solving embedded generalized network problems, EJOR 21 (1985). A. Koberstein, The dual simplex method:
// techniques for a fast and stable implementation, 2005, for the ratio test that flips bounds (Maros 2003) and for shifts of costs.
package embedded
