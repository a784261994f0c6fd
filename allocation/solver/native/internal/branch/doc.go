// Package branch solves programmes with side rows and columns to proven optimality, by branch and bound over the
// linear relaxation of package embedded, with every bound proven in integers by package lagrange.
//
// # Levels
//
// The levels are solved one after the other. When level k ends with z, its optimum or within the gap of it, it is held in two ways. Let L be
// the Lagrangian of the root and rc its reduced costs. Every solution with c_k·x ≤ z keeps |rc_j|·t_j ≤ z − L for the
// distance t_j of any variable, or row activity, from its cheaper bound; so bounds move inwards, and where L = z all
// variables of nonzero reduced cost are fixed, which is the optimal face of a network. What that leaves open, the row
// c_k·x ≤ z closes.
//
// # Opening
//
// The network alone is solved first. Where its optimum breaks a hard row, as a tight budget, that row is priced into the
// costs of the first level, and the multiplier that maximises the Lagrangian is found by a secant search over warm
// networks (file multiplier.go). That gives a bound as good as the relaxation of that one row, an incumbent within about one
// cycle of it, and reduced costs that settle arcs. What is left becomes a programme of its own (file reduction.go), and
// the basis of its relaxation starts at the tree of the network and the price of the row.
//
// The relaxation of the first level starts from the tree of the network that is optimal at its very costs (file start.go).
//
// # Ascent
//
// In a large programme the prices of all rows are found at once, by the volume algorithm over warm networks (files ascent.go,
// ascent_summit.go). That comes as near to the bound of the relaxation as a few units in some hundred networks, long before a simplex with the rows
// beside it would; the flow at the last prices, with a few arcs shut, is an incumbent (file repair.go); and a relaxation starts from a basis
// that is crashed at the prices. The first relaxation then is that of the smaller programme that the first attempt goes over to.
// Until there is a solution, the youngest node is taken first. An attempt that takes long gives way to one whose cutoff is no further above the bound than the gap
// that is asked for: few arcs are left below it, nearly all of what it looks through is soon empty, and whatever it finds ends the level. What such attempts have proven is the
// bound of those after them. An incumbent a few gaps above the bound is proven by one attempt below it; the shortage is given pivots enough to be proven
// to the unit, as whatever slack it leaves the relaxation of the next level spends. Where the ascent has ended far from the relaxation, it goes on from the prices that the relaxation of a smaller
// programme has; or, where no attempt has got that far, the whole is relaxed after all.
//
// # Cuts
//
// Rows with the same people in them, as housing, leavers and indicators, make odd cycles, on which the relaxation puts
// everybody by halves; and a budget or a level held by a row mixes two plans in a proportion that meets it to the unit.
// Branching changes little there for long. So at a root, at what the level before has left, and where a branch has only moved halves about, Gomory's
// mixed-integer cuts are taken from rows of the tableau (files cuts.go, tableau.go). Their multipliers come from floats, are rounded
// to integers, and everything after is exact (package rounding), so a cut is as good as a row of the programme. It holds below the node
// whose bounds it rests on, where its row has a bound; elsewhere the row has none.
//
// # Branching
//
// The fraction of a relaxed solution sits in a few sums more than in single arcs: a tight budget makes the number
// of filled posts of a hardship tier fractional. So a node is split by a disjunction on a sum where there is one:
// first on integer columns and on sums, which are rows that do nothing but define a column; then on single arcs that
// cost something at the level; then on the activity of a row, whose values are multiples of the greatest common divisor
// of its coefficients, and on classes: the arcs that have the same coefficient in a row (general disjunctions: Ryan and
// Foster 1981; Owen and Mehrotra, Experimental results on using general disjunctions in branch-and-bound, 2001).
// Pseudo-costs choose among those of a kind, and among kinds that have had their turn: where shortfalls can be moved about
// at no cost, a single arc gains more. Last come other arcs. A row that a free column always mends is left out of a level.
//
// # Search
//
// An attempt looks only below a cutoff near to the bound, which settles most arcs; where nothing is there, the bound rises to
// the cutoff, and the next attempt looks four times as far. When few arcs are left, the search goes over to a programme of
// them alone (file compaction.go). Nodes are taken by best bound (Land and Doig 1960), ties by age, but of two
// children the likelier is followed at once, since its basis is warm; the other keeps a copy of the basis, with all that the simplex
// goes on from, so that it starts with the one bound broken that its branch has moved.
//
// After some nodes two are relaxed at the same time, some pivots of each in turn, each in a linear programme of its own and each on its own way down (file pair.go). What comes of
// them is taken in their order, so the tree does not depend on processors or on luck.
//
// The next level starts where the last one ended: nodes that may hold a solution as good as the optimum are kept as leaves,
// and their branches hold for the next level too. So what was proven about sums is not proven again.
// Where that level is proven and leaves are not too many, each is relaxed in place of the whole face (file leaves.go): within
// it the levels before leave nothing to spend, so its relaxation is smaller and nearly integral.
//
// What solutions below a cutoff can have is drawn in at the multipliers of the last few bases of a relaxation, not of the last alone: each settles other arcs.
//
// Relaxations have a trace of the later levels in their costs. Where the level's own costs may cut a node off and these do
// not, it is relaxed once more without the trace.
//
// A node is cut off by an exact bound, by an exact proof that it is empty (a Lagrangian above zero at zero costs), or
// when every variable is fixed and the values break a row. Should the floats fail at a node, it is split all the
// same, so the search is exact and finite whatever the floats do. Every incumbent is checked in integers.
package branch
