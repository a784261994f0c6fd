// Package check verifies a plan from the county and the plan alone.
//
// It recomputes every hard rule, every level of the objective and every figure
// of the record. It imports package model and no solver: it is a second writing
// of the mathematics in the documentation of package allocation, in the plainest
// form, so that a fault in one of the two shows as a disagreement.
//
//	report := check.Plan(county, plan)
//	if err := report.Err(); err != nil {
//		// every violation, each with its rule, its teacher, post or school
//	}
//
// What it can't recompute is the bound of a level: that no better plan exists
// is the solver's claim. The claims are held to one another: the bound is not
// above the objective, the gap follows from both, a level is proven exactly
// where they meet, and a plan stopped as optimal is proven at every level.
//
// # Readings
//
// Where the text leaves room, this is how the package reads it:
//
//   - Whoever is away keeps the present post on record, and is held to no rule but away.
//   - A pin names a planned teacher, and a ban a post; what names nobody or nothing breaks its rule.
//   - A post that rounds to need 0, or is approved with need 0, is a post only when somebody planned holds it.
//   - How second subjects spread over posts is free within bounds: no post carries more than its
//     time to spare, and of no subject is more carried than its own posts leave over.
package check
