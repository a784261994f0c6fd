package matching

import "slices"

// Boston is the Boston mechanism (immediate acceptance).
//
// In round k everybody without a place asks the k-th school on the list, also a
// full one; each school takes the best of those who ask, for good, while it has
// places.
//
// Guarantees: efficient for applicants, if the lists are true. It is neither
// stable nor strategy-proof: who names a popular school first may lose the second
// one as well, so it pays to name a safe school first. It is here to be compared.
//
// Abdulkadiroğlu and Sönmez, American Economic Review 93 (2003) 729–747. Time
// O(E log E), memory O(E).
func Boston(p *Problem, trace *Trace) Matching {
	m := p.empty()
	left := make([]int32, len(p.schools))
	copy(left, p.capacity)
	last := make([]int32, len(p.schools)) // worst rank taken so far, or None
	for s := range last {
		last[s] = None
	}
	waiting := make([]int32, len(p.applicants))
	for t := range waiting {
		waiting[t] = int32(t)
	}
	type asking struct{ s, rank, t, e int32 }
	var asked []asking
	for round := int32(0); len(waiting) > 0; round++ {
		asked = asked[:0]
		for _, t := range waiting {
			e := p.listStart[t] + round
			if e == p.listStart[t+1] {
				trace.add(Step{Round: round + 1, Event: Unplaced, Applicant: t, School: None, Other: None})
				continue
			}
			asked = append(asked, asking{p.edgeSchool[e], p.edgeRank[e], t, e})
		}
		slices.SortFunc(asked, func(a, b asking) int {
			return compare2(a.s, b.s, a.rank, b.rank)
		})
		waiting = waiting[:0]
		for _, a := range asked {
			step := Step{Round: round + 1, Event: Placed, Applicant: a.t, School: a.s, Choice: round + 1, Rank: a.rank + 1, Other: None}
			if left[a.s] > 0 {
				left[a.s]--
				m[a.t], last[a.s] = a.s, max(last[a.s], a.rank)
				trace.add(step)
				continue
			}
			waiting = append(waiting, a.t)
			step.Event = Refused
			if worst := last[a.s]; worst != None {
				step.Other, step.OtherRank = p.order[p.orderStart[a.s]+worst], worst+1
			}
			trace.add(step)
		}
	}
	return m
}

// compare2 compares by the first pair of numbers, then by the second.
func compare2(a1, b1, a2, b2 int32) int {
	if a1 != b1 {
		return int(a1) - int(b1)
	}
	return int(a2) - int(b2)
}
