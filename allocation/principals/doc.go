// Package principals rotates the principals of schools (校长交流): who has served two terms at one school goes to another.
//
// Principals as well as teachers are exchanged: 教师〔2014〕4号 has those who have led one school for two terms move on. How long a term is differs by county
// (three to six years), and is the policy key principal.term_years. With H the principals at work, S the schools, x_hs = 1 where h leads s,
//
//	Σ_s x_hs = 1   every h
//	Σ_h x_hs ≤ 1   every s
//
// x_hs exists at h's own school, and elsewhere where h is qualified for a stage of s, speaks its language of instruction, the road from the own school is within reach
// and h may be moved: due, or, where it is allowed, after a term to make way. Lexicographically: fewest principals who are due and stay; fewest
// who move without being due; fewest who leave a town or strong school for one that is neither rural nor weak; fewest metres. It is an assignment, solved as a minimum-cost flow, so
// the optimum is proven at every level. The number of schools without a principal is the same whatever is chosen.
//
// Who is exempt, near retirement, in a service term, on exchange, on leave or seconded stays, and is not counted as due. Deputies (副校长) are not in the data. A principal who moves takes the
// personnel with: [Apply] gives the county on which the teachers are then planned.
package principals
