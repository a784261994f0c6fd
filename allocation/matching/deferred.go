package matching

// DeferredAcceptance is deferred acceptance with applicants proposing.
//
// Round by round, everybody who is not held asks the next school on the list; a
// school holds the best of those who asked so far, up to its capacity, and
// refuses the others. It stops when nobody is left to ask. Where a school caps classes, it
// holds the best of those who asked that leave no class above its cap: who would bring a class
// above it is held only in the place of somebody of that class.
//
// Guarantees: stable (no justified envy and no waste, with respect to the strict
// rankings); every applicant gets the best school of any stable matching;
// strategy-proof for applicants, not for schools. It is not efficient for
// applicants, and does not protect present posts: Protect does. With class caps all of this
// stays, stable then meaning that nobody is envied and nothing wasted but where a cap stands in
// the way: the choices of a school are those of a greedy algorithm on a matroid, hence substitutable.
//
// Gale and Shapley, American Mathematical Monthly 69 (1962) 9–15; strategy-proofness:
// Dubins and Freedman (1981), Roth, Mathematics of Operations Research 7 (1982)
// 617–628; ties: Abdulkadiroğlu, Pathak and Roth, American Economic Review 99 (2009); caps on
// classes ("controlled choice"): Abdulkadiroğlu and Sönmez, American Economic Review 93 (2003),
// Abdulkadiroğlu, International Journal of Game Theory 33 (2005) 535–549.
// Time O(E (log q + classes)) for E list entries and capacity q, memory O(E).
func DeferredAcceptance(p *Problem, trace *Trace) Matching {
	everybody := make([]int32, len(p.applicants))
	for t := range everybody {
		everybody[t] = int32(t)
	}
	m := p.empty()
	p.deferred(m, everybody, newHeaps(p, p.capacity, p.classes), trace)
	return m
}

// deferred runs deferred acceptance for some of the applicants on the places of heaps that
// are empty, and writes their schools into m. It uses up the slice proposers.
func (p *Problem) deferred(m Matching, proposers []int32, held *heaps, trace *Trace) {
	next := make([]int32, len(p.applicants)) // the edge to ask along next
	copy(next, p.listStart)
	again := make([]int32, 0, len(proposers))
	for round := int32(1); len(proposers) > 0; round++ {
		again = again[:0]
		for _, t := range proposers {
			if next[t] == p.listStart[t+1] {
				trace.add(Step{Round: round, Event: Unplaced, Applicant: t, School: None, Other: None})
				continue
			}
			e := next[t]
			next[t]++
			s, rank := p.edgeSchool[e], p.edgeRank[e]
			out := held.offer(t, s, rank)
			if out != None {
				loser := p.order[p.orderStart[s]+out]
				again = append(again, loser)
				m[loser] = None
			}
			if out != rank {
				m[t] = s
			}
			if trace != nil {
				p.traceOffer(trace, held, round, t, s, rank, out)
			}
		}
		proposers, again = again, proposers
	}
}

func (p *Problem) traceOffer(trace *Trace, held *heaps, round, t, s, rank, out int32) {
	asked := Step{Round: round, Event: Held, Applicant: t, School: s, Choice: p.choice(t, s), Rank: rank + 1, Other: None}
	if out != rank {
		trace.add(asked)
		if out != None {
			loser := p.order[p.orderStart[s]+out]
			trace.add(Step{Round: round, Event: Bumped, Applicant: loser, School: s, Choice: p.choice(loser, s), Rank: out + 1, Other: t, OtherRank: rank + 1})
		}
		return
	}
	asked.Event = Refused
	if worst := held.inTheWay(t, s); worst != None {
		asked.Other, asked.OtherRank = p.order[p.orderStart[s]+worst], worst+1
	}
	trace.add(asked)
}
