package matching

// TopTradingCycles is the top trading cycles mechanism for schools with places.
//
// Every applicant points to the best school on the list that still has a place,
// every school to the best of its ranking who is still there, wanted or not. Who
// is in a cycle gets the school pointed at, and leaves with one place of it. Who
// has come to the end of the list leaves with none.
//
// Guarantees: efficient for applicants; strategy-proof for applicants; not
// stable (somebody may envy a person of worse rank, who got in by trading). An
// applicant among the first q in the ranking of a school on the list, q its
// capacity, gets that school or a better one; so on Protect(p) nobody is below the
// present post.
//
// Shapley and Scarf, Journal of Mathematical Economics 1 (1974) 23–37, where the
// method is credited to David Gale; Abdulkadiroğlu and Sönmez, American Economic
// Review 93 (2003) 729–747. Time and memory O(E + R) for E list entries and R
// entries of rankings: pointers only move on.
func TopTradingCycles(p *Problem, trace *Trace) Matching {
	w := newCycleWalk(p, trace)
	for t := range p.applicants {
		if !w.gone[t] {
			w.path.follow(int32(t), w)
		}
	}
	return w.matching
}

// cycleWalk follows pointers from applicant to applicant, and closes each cycle
// that it comes upon. The result does not depend on where it starts, since a cycle
// stays a cycle until it is closed.
type cycleWalk struct {
	p        *Problem
	trace    *Trace
	matching Matching
	left     []int32 // places
	next     []int32 // of an applicant: the edge pointed along
	best     []int32 // of a school: place in its ranking pointed at
	gone     []bool
	path     path
	cycles   int32
}

func newCycleWalk(p *Problem, trace *Trace) *cycleWalk {
	n := len(p.applicants)
	w := &cycleWalk{p: p, trace: trace, matching: p.empty(), left: make([]int32, len(p.schools)), next: make([]int32, n),
		best: make([]int32, len(p.schools)), gone: make([]bool, n), path: newPath(n)}
	copy(w.left, p.capacity)
	copy(w.next, p.listStart)
	copy(w.best, p.orderStart)
	return w
}

// unplace takes out an applicant for whom nothing is left.
func (w *cycleWalk) unplace(t int32) {
	w.cycles++
	w.trace.add(Step{Round: w.cycles, Event: Unplaced, Applicant: t, School: None, Other: None})
	w.gone[t] = true
}

// point moves the pointers of an applicant and of the school pointed at on to
// what is left, and gives the person whom that school points to. Somebody is
// always left in its ranking: the applicant.
func (w *cycleWalk) point(t int32) (owner int32) {
	p := w.p
	for ; w.next[t] < p.listStart[t+1]; w.next[t]++ {
		s := p.edgeSchool[w.next[t]]
		if w.left[s] == 0 {
			continue
		}
		for w.gone[p.order[w.best[s]]] {
			w.best[s]++
		}
		return p.order[w.best[s]]
	}
	return None
}

// close gives everybody on the path from a place on the school pointed at.
func (w *cycleWalk) close(from int32) {
	p := w.p
	w.cycles++
	cycle := w.path.nodes[from:]
	for i, t := range cycle {
		e := w.next[t]
		s := p.edgeSchool[e]
		w.matching[t], w.gone[t] = s, true
		w.left[s]--
		if w.trace != nil {
			owner := cycle[(i+1)%len(cycle)]
			event := Traded
			if owner == t {
				event = Placed
			}
			w.trace.add(Step{Round: w.cycles, Event: event, Applicant: t, School: s, Choice: e - p.listStart[t] + 1,
				Rank: p.edgeRank[e] + 1, Other: owner, OtherRank: w.best[s] - p.orderStart[s] + 1})
		}
	}
	w.path.cut(from)
}
