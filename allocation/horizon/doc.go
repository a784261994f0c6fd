// Package horizon plans a county for several years together.
//
// One year's optimum can eat the next: who is due for rotation moves to where the vacancy is now and can't be asked again for years; a recruit takes a post that
// falls away; the only music teacher without a post is spent on a school whose own comes back from leave. So the years are planned
// together, and it is said how far from the best plan of the years the result can be.
//
// # What the years bring
//
// The county of year k+1 follows from that of year k and its plan ([Next]); an [Outlook] says what comes from outside.
//
//   - Pupils. In a school that has grade g and g+1 the pupils of g are those of g+1 a year later, less the share that is lost. Where a school ends below a grade, its
//     pupils go on to the schools that begin with that grade, in proportion to their pupils in it, by largest remainder, so that nobody is lost to rounding. Grade 1
//     changes with births. A share of the pupils of rural schools goes to schools in town, likewise.
//   - Service. Who stays serves one year more; who moves has one year at the new school, and the personnel relation goes along; a year in a rural school is rural
//     service; a year of leave, of secondment or without a post counts as none. An exchange that ends brings its teacher back. A wish to move ends with any move.
//   - Terms. A special post (特岗) ends after Rules.SpecialPostYears, a term after directed training (定向培养) after Rules.DirectedYears, counted from the
//     summer of recruitment; none is begun anew by a move. Of the special posts that end, the share of the outlook stays on; the others leave.
//   - Leaving. Who has reached the day of retirement goes. Of each group by age a share leaves besides: ⌊n · share⌋, and one more by lot, so that over the years as
//     many go as expected. Who that is, a lot decides that depends on the seed, the year and the id alone: explicit people, not
//     fractions. Nobody within a service term leaves so.
//   - Coming. Recruits come in the summer that the outlook names, by stream, into the pool.
//   - Titles. Where the outlook says so, free title posts are filled each summer.
//   - Schools. Subsidies, closures, rules and enrolment change by the scenario of a year; housing is added when it is ready.
//
// Everybody of a year is there a year later, or is counted among those who left, and nobody is there who was not or did not come: [Headcount].
//
// Nothing of an outlook depends on plans. So who is in the county's service in a year, and what its schools need, is the same whatever was planned before; plans of the
// years differ only in who is where. A plan of the years knows the outlook, the lots of who leaves included, as plans of single years do not: it is the best
// answer to one future, not to all.
//
// # The joint objective
//
// Each level of a year's objective is summed over the years, and the sums are minimised one after the other:
//
//	lexmin ( Σ_k shortage_k, Σ_k unplaced_k, Σ_k soft_k, Σ_k cost_k )
//
// A vacancy in a later year counts as much as one in the first. The rules of a year bind as they bind a year by itself: every year's plan passes package check. The lottery of
// a seed decides within its year alone.
//
// # What ties the years together
//
// A history of a person says which post they have in each year. Who is not due, has not asked and has a post has one history. The others may move, once: a move ends a
// wish, fills the place in the pool, and begins the clock of rotation anew. Only who would be due again within the years, or may move within the school while the clock
// goes on, or would be touched by the closure of a school, may move more often; they are called free.
//
// # A bound for every plan of the years
//
// Relaxed, each year is a minimum-cost flow: people, by year, to the posts that any history allows them, at the least that any history makes them cost; a post holds its
// need, or as many people as it could hold a year before, less those who had no other post and are gone, and those who come back; rules that cut across the network are left
// out. Any plan of the years gives a flow in each year that costs no more at any level. So Σ_k of the optima is a bound, in lexicographic order, since addition keeps
// that order; and Σ_k of what a level is at least by itself is a bound of that level whatever the others are.
//
// That bound lets everybody be in two places in two years. With prices π_pk on the posts the years are held together by histories instead:
//
//	L(π) = Σ_k min_n ( shortage_k(n) + Σ_p π_pk n_pk ) − Σ_t max_h Σ_k π_{h(k) k}  ≤  shortage of any plan of the years
//
// The first part falls apart into schools, the second into people. π starts from what a post is worth in its year by itself, which gives at least the bound above, and
// follows deflected subgradients. L is worked out in whole numbers; there is no tolerance in it. A free person takes the best post of each year by itself.
//
// # Plans
//
// Small counties are searched through ([Exhaustive]): each assignment of each year that the bound of the years after it does not rule out. On others ([LookAhead]) a year is planned
// after the other, with a price on each pair at the first level: what the best history from that post on is worth by π, beside the best of staying. As π gets better, so
// do the prices, and the best of all ways through the years stays; the first is that of plans made one year at a time, so the result is never worse.
//
// A year that differs from its plan by itself is written as a plan with pins: everybody who has a choice is pinned to what the years ask for. So `xianguan verify` works on every
// year, and [Year.Alone] shows what the year gives up for the later ones.
//
// # Whom to recruit and whom to train
//
// What is short in a year before somebody who starts training now could work is to be recruited in the summer before; what is short when training ends is to be trained
// from now on ([Need]).
package horizon
