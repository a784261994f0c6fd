// Package allocation plans a county: rules, then a numeric programme, then a
// solution, then a plan.
//
// # Demand
//
// The posts of a school follow from its pupils, one stage g at a time, in exact
// integers (periods, ratios and loads are in tenths).
//
//   - Classes of a grade: K = max(classes now, ⌈pupils / class cap⌉), 0 without pupils.
//   - Periods of subject j: P_j = Σ over grades K · weekly periods, over the
//     subjects of every language and of the school's own. P = Σ_j P_j.
//   - Staff by pupils: S_g = ⌈10 · pupils / pupils per staff⌉. Where the school has
//     a staffing quota (编制), it is divided over the stages in proportion to S_g by
//     largest remainder (ties: the lower stage; without pupils: the lowest stage has all)
//     and takes the place of S_g.
//   - Teaching quota: T_g = S_g − ⌊S_g · non-teaching share⌋. Where the quota is
//     derived and the stage has fewer pupils than a small school, T_g is at least
//     ⌈K · teachers per class⌉ over all its classes (班师比).
//   - Whole posts: N_g = min(T_g, ⌈P / load⌉), given to the subjects by largest
//     remainder of N_g · P_j / P (Hamilton's method; ties by subject id). With n_j posts,
//     subject j has P_j − n_j · load periods left over, which posts with time to spare teach
//     as a second subject (兼教, 包班). What none has time for is shown as uncovered.
//
// Approved posts (核定岗位), where the county has them, take the place of all
// derived posts. The teaching quota of a school is T_s = Σ_g T_g; where the county
// has approved posts and the school no staffing quota, it is the sum of the school's
// approved posts, 0 if it has none.
//
// # Posts and people
//
// A teacher is away who is on leave, seconded or retired on the day of the plan;
// all others are planned. The present post is at the working school while an
// exchange runs, else at the personnel school (model.Teacher.CurrentPost). inc_p
// and inc_s count the planned holders of a post and of a school. Posts are those
// with a need above 0 and those that somebody planned holds. Who is away keeps a
// present post on record, but is no incumbent.
//
// # Hard rules
//
// With x_tp = 1 when teacher t has post p, d_p its need, and p0(t) the present post:
//
//	one-post       Σ_p x_tp ≤ 1
//	hold           Σ_p x_tp = 1 for whoever is planned and has a present post
//	away           Σ_p x_tp = 0 for whoever is away
//	qualification  x_tp = 1, p ≠ p0  ⇒  subject(p) ∈ {main} ∪ second subjects of t
//	stage          x_tp = 1, p ≠ p0  ⇒  stage(p) ∈ stages of t
//	language       x_tp = 1, p ≠ p0  ⇒  the school's language, if it has one, is among t's
//	need           Σ_t x_tp ≤ d_p + max(0, inc_p − d_p), and no newcomer where d_p = 0
//	quota          Σ_{t, p in s} x_tp ≤ max(T_s, inc_s)
//	ground         x_tp = 1, p ≠ p0  ⇒  t has a ground for p
//	distance       ground rotation or unplaced ⇒ road distance from home ≤ greatest forced distance
//	exemption      ground rotation ⇒ t is not exempt and not near retirement
//	term           a running service term or exchange, with a present post ⇒ p = p0
//	pin, ban       as the options say
//
// The grounds, in this order of choice:
//
//	stay       p = p0
//	recruit    no school, newly recruited
//	volunteer  asked to move, and the list of preferences is empty or names the school of p
//	unplaced   no school, left without a post after hiring
//	rotation   another school, and years at this school ≥ the years after which rotation is due
//
// Nobody else is moved: the pair does not exist. Home is the home township; where
// it or its position is unknown, the present school, and for the pool without a home,
// nothing is known and distance does not bind. Road distance is ⌊great circle · road factor⌋.
// A term or an exchange runs when it ends after the day of the plan. Near
// retirement is who retires on or before that day plus the years of the rule.
// A newcomer may take the place of somebody who leaves an overstaffed post, since
// the post then has no more people than before.
//
// # Rules that cut across the network
//
// Each is off, soft or hard (Rules.Exchange and its like). Hard, it holds. Soft, every unit
// of its shortfall y ≥ 0 costs the rule's weight at the soft level; y is as small as the condition allows.
// A soft rule whose shortfall is a plain sum of people is a cost of their arcs and leaves the network pure.
//
//	exchange     |X_s| + y ≥ ⌈share · |E_s|⌉. E_s: the planned people of a town or strong school s who are due for
//	             rotation, not exempt, not near retirement and not bound by a term or an exchange. X_s: the planned people of
//	             s, volunteers and rotated, whom the plan moves to another school that is rural or weak.
//	             Scope school: for each such school; scope county: for their sum.
//	backbone     10000 (|B| + y) ≥ share · |X|, B: the backbone teachers (of any level) of X, the exchanged of the county
//	rotation     people of s who are due as in E_s and end at s − y ≤ 0, for each town or strong school, or for every
//	             school (Rules.RotationFrom). Who is due and has nowhere to go counts as short.
//	return       people whose exchange has ended and who end at the working school − y ≤ 0; who volunteers and lists
//	             that school is left out
//	support      people of s whose personnel school is the partner of s + y ≥ n, for each rural school with a partner; an
//	             exchange from the partner that runs is support
//	partners     Σ_{p in s} x_ap ≤ Σ_{p near s} x_bp + [b without a post] + y_s, for each couple a, b of planned people and each
//	             school s. Near: the same school or township, or road distance ≤ the limit, 0 where a place is unknown. Hard,
//	             the limit of a couple is at least their present distance: who is together stays together, who is apart gets no
//	             farther apart
//	housing      Σ_{t lives beyond the commuting range of s, p in s} x_tp − y ≤ max(places of s, present such people of s),
//	             for each rural school; who has no known home lives within range
//	outflow      people of s who end at another school − y ≤ ⌊share · inc_s⌋, for each school with people
//	rural_first  recruits, and special posts without a present post, who get a post at a school that is not rural − y ≤ 0
//	special_posts  special posts within their term at a school that is not rural − y ≤ 0; hard: ≤ such people now
//	experience   people of s with a title of the first class or higher + y ≥ min(⌈share · D_s⌉, present such people of s), for
//	             each school with need: where they are few, they get no fewer
//	backbone_floor  the same in backbone teachers of any level
//	titles_senior   people of s with a senior title or above − y ≤ max(Q_s, present such people of s), for each school with a quota
//	             (职称结构比例): Q_s is its own number of senior posts, or else ⌊Σ_g share_g · D_sg⌋ if every stage with
//	             need has a share. An excess may shrink, never grow
//	titles_middle   the same in people of the first class and middle posts
//	indicator.*  people of a kind in posts of s and stage g + y ≥ ⌈figure · pupils_sg / 100⌉, hard: at most as many as there are
//	             now; for each school that is not smaller than Rules.IndicatorPupils. Kinds: above the required degree (college in
//	             primary, bachelor in junior, master in senior), backbone of county level or higher, in a post of PE or art
//	budget       Σ subsidy of everybody ≤ the county's budget; always hard, where it is given
//
// # Objective
//
// The levels are minimised one after the other, each exactly (lexicographic):
//
//	shortage  Σ_p Σ_{i=1..u_p} ⌊(2i−1) W_p / d_p⌋ + Σ_s Σ_{i=1..U_s} ⌊(2i−1) V_s / D_s⌋
//	unplaced  planned teachers without a post
//	changes   people whose post is not the published one, only with Options.Keep
//	soft      Σ over rotation moves (compelled + claim_point · points + claim_year · rural years)
//	          + Σ over people who teach outside their main subject off_subject
//	          + Σ over soft rules weight · shortfall
//	cost      Σ subsidy + travel + preference + move, in fen a month
//	lottery   Σ FNV-1a(seed, teacher, post) mod 1024, only with a seed: a published draw among equal plans
//
// u_p = max(0, d_p − Σ_t x_tp) is the shortage of a post, U_s and D_s the sums of u_p
// and d_p over a school, W_p = ⌊(10000 + tier step · tier) · subject weight / 10000⌋ and
// V_s = ⌊(10000 + tier step · tier) · school weight / 10000⌋ in basis points. Up to rounding the first
// sum is Σ W_p u_p² / d_p: convex, so the first post filled is worth most, and free of
// size, so that a school with one music teacher missing of one counts for as much a person as
// a school with ten missing of ten. An empty school is never the price of a full one.
//
// Who is compelled to move follows points and rural years (soft), never money (cost): the
// soft level is settled before money is looked at.
//
// The cost of teacher t in post p of school s, each part in fen a month:
//
//	subsidy     the schedule at the tier of s and t's rural years
//	travel      ⌊2 · d · trips · fare / 1000⌋, with d the road distance from home in metres, the fare in fen a
//	            kilometre; trips = commute days within commuting range, else boarding trips. Where home is
//	            unknown it is the present school, and for the pool the county seat.
//	preference  0 without a list, and for staying without having volunteered; else rank r of the list (from 0):
//	            r · step; not on the list: the unlisted loss
//	move        the cost of a move, where the school changes and there was one
//
// # Few changes
//
// With Options.Keep, p*(t) is the published post of teacher t, or none. Let K be the planned people with a p* that is none or still a
// post. The changes are Σ_{t in K} [t does not end at p*], a cost of single arcs, so that the network stays what it is. They
// are compared with what was published, while a move and its ground are compared with the present post: nobody is moved at will
// to keep to a published plan, and who may not have p* any more is a change in every plan. Three places are open to them:
//
//	after unplaced  the default. An event is answered as well as the county can: no post stays empty and nobody is left
//	                without one to spare a change. Nobody is changed for the sake of soft points or money.
//	first           before every other level: the lawful plan nearest to the published one, whatever stays empty
//	priced          no level; each change costs PerChange fen a month at the cost level
//
// [Replan] plans so after an event and says why each change is needed; [Evaluate] measures a plan made by hand.
//
// # Why not
//
// What a pair (t, p) that the plan does not have would cost is the optimum with x_tp = 1 minus the optimum. Without rules that cut across the
// network that is the cost of arc t → p and of the shortest path from p back to t in the residual network of the plan, in vectors over the
// levels; the people on the path are those who give way, each to the next. One search from a post ranks everybody who could have it, one
// to a teacher every post. [Explainer] holds what that needs; with rules across schools it plans again.
// One place more of post p, which has a vacancy, costs the next arc of its need and the shortest path from where the arc ends back to p that uses no arc of
// that need. With rules across schools it is the best plan with the row Σ_t x_tp ≥ filled + 1; and such a rule is the reason of a vacancy where
// the best plan without it fills more of the post.
//
// # The network
//
// Without rules that cut across it, all of this is one minimum-cost flow, so its linear programme has integer optima: teacher →
// post (capacity 1) → the school's filled need, by one arc for each vacancy, of rising cost as more stay empty
// → the school's people, again by one arc for each → sink with capacity max(T_s, inc_s). Overstaffing passes from the post
// to the school's people beside the need. Package allocation/solver states the flow, allocation/solver/native solves it.
//
// # No plan: conflicts and ways out
//
// Pins, bans and hard rules that cut across can leave no plan. Let M be these members, each condition of a school apart; the
// rules that are always hard stand behind them. A conflict is a set C ⊆ M that can't be kept together while C∖{m} can, for
// each m (QuickXplain: Junker 2004). A way out is a set R ⊆ M such that M∖R can be kept, least by inclusion, so it meets
// every conflict (Reiter 1987); ways out come from an elastic programme that prices shortfalls by severity, each
// found one being forbidden to the next. Of each the change is the least that suffices, the most severe rule first, and
// its price is the plan that the county then has.
package allocation
