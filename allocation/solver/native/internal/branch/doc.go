// Package branch solves programmes with side rows and columns to proven optimality, by branch and bound over the
// linear relaxation of package embedded, with every bound proven in integers by package lagrange.
//
// # Levels
//
// The levels are solved one after the other. When level k is proven with optimum z, it is held in two ways. Let L be
// the Lagrangian of the root and rc its reduced costs. Every solution with c_k·x ≤ z keeps |rc_j|·t_j ≤ z − L for the
// distance t_j of any variable, or row activity, from its cheaper bound; so bounds move inwards, and where L = z all
// variables of nonzero reduced cost are fixed, which is the optimal face of a network. What that leaves open, the row
// c_k·x ≤ z closes.
//
// # Branching
//
// The fraction of a relaxed solution sits in a few sums more than in single arcs: a tight budget makes the number
// of filled posts of a hardship tier fractional. So a node is split by a disjunction on a sum where there is one:
// first on integer columns, then on the activity of a row, whose values are multiples of the greatest common divisor
// of its coefficients, and on aggregates: the arcs that have the same coefficient in a row make a row of their own,
// open until a branch bounds it (general disjunctions: Ryan and Foster 1981; Owen and Mehrotra, Experimental results
// on using general disjunctions in branch-and-bound, 2001). Last come single arcs. Below such branches the network is
// mostly integral by itself.
//
// # Search
//
// Nodes are taken by best bound (Land and Doig 1960), ties by age, but of two children the likelier is followed at
// once, since its basis is warm. Incumbents come from relaxed solutions that are integral and from dives, which round
// a sum or the arcs nearest to one, solve again, and take back what went wrong. Every incumbent is checked in
// integers against the programme.
//
// A node is cut off by an exact bound, by an exact proof that it is empty (a Lagrangian above zero at zero costs), or
// when every variable is fixed and the values break a row. Should the floats fail at a node, it is split all the
// same, so the search is exact and finite whatever the floats do.
package branch
