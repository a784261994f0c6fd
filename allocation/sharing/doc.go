// Package sharing covers the periods of small schools that whole posts leave open: by visiting teachers (走教) and by lessons over a network
// (同步课堂、专递课堂), on top of a plan.
//
// A plan gives people whole posts. A school of 40 pupils needs a fraction of a music teacher, so periods stay open beside teachers with time to
// spare. With P_j the weekly periods of lesson j (one subject in one stage of one school), L_t the load of teacher t without what is released for outreach,
// mentoring and training posts (送教下乡、导师团队、跟岗), which covers no periods, x_tj the periods that t
// teaches of j in presence, n_j those over the network and m_j those that are missing,
//
//	Σ_t x_tj + n_j + m_j = P_j                      every lesson
//	Σ_j x_tj ≤ L_t                                  every teacher
//	Σ_{j on r} x_trj ≤ (D + 1 − |r|) · d_tr         t goes on the round r on d_tr whole days, of at most D periods each
//	Σ_r d_tr ≤ days,  Σ_r len_r · d_tr ≤ w          days away and metres a week
//	|∪ {r : d_tr > 0}| ≤ schools
//	Σ_j n_j ≤ K · Σ_{h a host} (P_h − n_h − m_h)    for each stage and subject: a lesson given at a host, a school in town or a strong one, is joined by at most K classes
//
// x_tj exists where t may teach the subject and the stage and, away from the own school, the school's language, and where the road
// there is within reach. A day goes on one round r: to one school and back, or, where the options let it, on a tour of two or three schools that is no longer than there
// and back to the farthest school within reach, with a period lost on each road between, so every day is feasible; of the tours the 30 shortest
// of a teacher are looked at. In whole counties tours gain little, since time to spare is what is scarce there and not days. The objective is lexicographic: fewest missing
// periods, then fewest over the network, since presence counts for more, then fewest metres. Periods are exact, in tenths.
//
// After-school service (课后服务) is part of the load: a lesson of its own for each stage of a school, which anybody with a post there may give, nobody from
// elsewhere, and never over the network. What of it is not given is a level right after the missing periods, so lessons go first. Demand does not count
// it, since posts follow the staffing standard; what it takes shows here.
//
// What is missing is dealt out to classes ([Classes]), so that the full curriculum (开齐开足) is held class by class, and is answered by the cheapest set of
// remedies ([Remedy]): a further class or host over the network, a further visitor, a part of a post.
//
// It is a second stage: who works where is the plan's, and stays. What that loses is that a teacher could have been posted so that more can be
// shared; the gap of this stage is within it. TestLossOfTwoStages measures it where every lawful plan can be tried: next to nothing against the other plans
// of the same shortage, and some 10 % of the missing periods against all lawful plans, which leave more whole posts empty. Visits go only to lessons that the own people of the school leave short in one best
// covering of all schools by themselves. Both are stated with every result.
package sharing
