package matching

// OneSidedBlockExchange improves a matching by exchanges that people want and that give nobody a new reason to
// complain, until there are none left (1S-BE).
//
// An exchange is as in BlockExchange, but at a school every seat is open to those who block it anyway, since they outrank
// somebody there or a place is free, and to the first of those who want it and don't block it. So schools may
// lose in rank, never in number.
//
// Guarantees, against the matching it starts from, such as p.Present(): no applicant is worse off; no school has
// fewer people; and every blocking pair blocked before. For let (t, s) block after an exchange. t wanted s before, too. If
// s had a free place, or t outranks the worst of those who were there, (t, s) blocked before. If not, t outranks a newcomer who
// did not block s, since all others there have a better rank than that worst one; but that newcomer was first of those who
// don't block, t among them. On one-place schools where everybody has a post, no matching whose blocking
// pairs are among those of the result is better for applicants; the tests hold this against every matching. More people move
// than under BlockExchange. Not strategy-proof: no mechanism of the class is.
//
// Combe, Tercieux and Terrier, Review of Economic Studies 89 (2022) 3154–3222; that the class exists and holds no
// strategy-proof mechanism is stated in the authors' summaries of the paper, the rule for seats is from general knowledge of
// it, and what it guarantees is derived here. The idea is that of stable improvement cycles: Erdil and Ergin, American Economic
// Review 98 (2008) 669–689. Schools with many places and chains are our extension. Time O(E + n log n) for each exchange.
func OneSidedBlockExchange(p *Problem, from Matching, trace *Trace) Matching {
	return exchangeAll(p, from, OneSidedExchange, trace)
}

// OneSidedExchange finds an exchange that improves on a matching for people as OneSidedBlockExchange defines
// it, or nil if there is none. O(E + n log n).
func OneSidedExchange(p *Problem, m Matching) *Exchange {
	g := newExchangeGraph(p, m)
	g.limit = make([]int32, len(p.schools))
	for s := range g.limit {
		g.limit[s] = notEligible
	}
	for t := range m {
		for e := p.listStart[t]; e < g.end[t]; e++ {
			s := p.edgeSchool[e]
			if end := g.start[s+1]; !g.empty[s] && (end == g.start[s] || p.edgeRank[e] > g.rank[end-1]) {
				g.limit[s] = min(g.limit[s], p.edgeRank[e])
			}
		}
	}
	nodes := g.findCycle()
	if nodes == nil {
		return nil
	}
	return g.exchange(nodes)
}
