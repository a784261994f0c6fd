// Package appeal is what happens between the publication of a plan (公示) and its taking effect: people and schools object (申诉), each
// objection is decided, and one that is upheld becomes typed corrections of the county's data, pins or bans, from which the plan is
// mended with the fewest people touched.
//
// Everything is plain data. An [Appeal] says who objects, against what, on which ground, by which evidence and on which day; a [Decision] says what came of
// it. Nobody edits tables by hand: [Correct] applies corrections by code and validates the county that results.
//
// # The people touched
//
// Let c be the county with all corrections that were upheld, in the order of their appeals, y the published posts, and A the
// appellants: the people whom an upheld appeal is by or about. [Amend] solves
//
//	lexmin ( |{t ∉ A : x_t ≠ y_t}|, shortage, unplaced, soft, cost )
//
// over the plans x that are lawful in c and keep every pin and ban of before and of the decisions. An appellant's case is decided
// anew, as everybody's was, on the data that are now right; nobody else is moved unless no lawful plan leaves them alone. The first level comes before all
// others, so its bound is unconditional: it is a level of the network (a pair that is not the published one costs 1), and its
// bound is proven by potentials that satisfy complementary slackness, checked in exact integers, or with rules across
// schools by branch and bound. Objective = bound says that no lawful plan touches fewer.
//
// Decisions in another order may name other appellants and corrections, so the figure is of the given order.
package appeal
