package matching

// SerialDictatorship lets the applicants choose one after another, each the best
// school on the list that still has a place. A nil order is the lottery's, which
// makes it random serial dictatorship; Problem.Order makes one from ids. Rankings
// decide only who is eligible.
//
// Guarantees: efficient and strategy-proof for applicants; stable if all schools
// rank by the order (Svensson, Social Choice and Welfare 16 (1999) 557–567;
// Abdulkadiroğlu and Sönmez, Econometrica 66 (1998) 689–701). Time O(E).
func SerialDictatorship(p *Problem, order []int32, trace *Trace) Matching {
	if order == nil {
		order = p.LotteryOrder()
	}
	m := p.empty()
	left := make([]int32, len(p.schools))
	copy(left, p.capacity)
	for turn, t := range order {
		m[t] = p.choose(t, left, int32(turn+1), trace)
	}
	return m
}

// choose takes the best place that is left for an applicant.
func (p *Problem) choose(t int32, left []int32, turn int32, trace *Trace) int32 {
	for e := p.listStart[t]; e < p.listStart[t+1]; e++ {
		s := p.edgeSchool[e]
		step := Step{Round: turn, Event: Placed, Applicant: t, School: s, Choice: e - p.listStart[t] + 1, Rank: p.edgeRank[e] + 1, Other: None}
		if left[s] > 0 {
			left[s]--
			trace.add(step)
			return s
		}
		step.Event = Refused
		trace.add(step)
	}
	trace.add(Step{Round: turn, Event: Unplaced, Applicant: t, School: None, Other: None})
	return None
}
