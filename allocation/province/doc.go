// Package province shares one budget of hardship subsidies and one quota of special-post places (特岗名额) among counties.
//
// # The problem
//
// County c answers with a plan x_c ∈ X_c, all lawful plans of package allocation. Each plan costs s(x) fen a month in hardship subsidies of everybody and
// uses r(x) places. With the levels f_1, f_2, … of a plan (shortage, unplaced, soft, cost), each summed over the counties, the province wants
//
//	lexmin (Σ_c f_1(x_c), Σ_c f_2(x_c), …)   subject to   Σ_c s(x_c) ≤ B,   Σ_c r(x_c) ≤ R,   x_c ∈ X_c.
//
// What a place is: the province grants counties places for recruits of the special-post plan, of any stage and subject. A county applies for as many of a
// stage and subject as its rural schools have open in it as things stand, at most MostPlaces in all; the applicants are anonymous recruits, made as those of a
// scenario are. They serve at rural schools (rule special_posts, hard in every county of a province), cost subsidies like everybody, and who gets no post was
// never hired, which is nobody left without one.
//
// A county with a budget of its own (subsidy.budget, or MostBudget of the province's file) keeps to both.
//
// # The decomposition
//
// Level k is minimised over what the levels before, if proven, allow: Σ f_j ≤ V_j for j < k. With a price for each of these rows, λ for a fen, μ for a place,
// π_j for a unit of level j, all ≥ 0, the counties come apart (Dantzig and Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960):
//
//	L(λ, μ, π) = Σ_c min_{x ∈ X_c} [f_k(x) + λ s(x) + μ r(x) + Σ_j π_j f_j(x)] − λ B − μ R − Σ_j π_j V_j
//
// is below the optimum, whatever the prices. Each county's minimum is one minimum-cost flow (allocation.Proposer). The master chooses among the proposals so far, first
// as a linear programme, whose duals are the next prices, until no county has a cheaper proposal. Its value is then the greatest L, the convexified optimum, and what is left is
// the duality gap of integers: by Shapley and Folkman at most about one step of a county for each row, whatever the number of counties.
//
// Floats stand in the master alone. Prices are rounded to whole numbers over a power of two, the counties answer in integers, and L is summed exactly and
// rounded up, since the levels are integers. So the bound holds whatever the master did.
//
// # The choice
//
// One proposal of each county is chosen by dynamic programming over the counties: labels (fen, places, levels), dominated ones dropped, and those too whose reduced cost,
// r_c(x) = priced cost − county's minimum, sums to more than the gap, since Σ_c r_c ≤ upper − L in every plan as good as the upper one. Then counties propose
// again near their shares: with what is unspent on top, one step less, and with what others would free. What is best so far is kept.
//
// # What is proven
//
// Level k is proven where its bound meets its value. The joint optimum's first level lies in [bound, objective], always; so does that of the first level that
// is not proven, as all before are optimal. Levels after it are as good as the shares allow and have no bound: they are conditional.
//
// # The value of a yuan
//
// At the posted price μ of a place, E_c(b) is the lower convex hull of (s(x), f_1(x) + μ r(x)) over X_c. Its slopes to the right and to the left of the share are what a yuan more would save in
// the county and what a yuan less would cost it: the range in which its value lies, one number unless the share is a corner. Each slope is found by Newton steps: the price at which
// two known proposals tie is posted, until nothing cheaper is proposed (Eisner and Severance, Mathematical techniques for efficient record segmentation, Journal of the ACM 23, 1976). The value of a place is found in the
// same way at the posted price of a fen.
package province
