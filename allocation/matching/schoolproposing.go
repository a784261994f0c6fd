package matching

// SchoolDeferredAcceptance is deferred acceptance with schools proposing.
//
// Round by round, each school with free places offers them to the next people of
// its ranking; an applicant keeps the best offer and declines the others, also
// those of schools that are not on the list.
//
// Guarantees: stable; every applicant gets the worst school of any stable
// matching, every school its best people among stable matchings. Not
// strategy-proof for applicants; for schools only where each has one place.
//
// Gale and Shapley (1962); Roth and Sotomayor, Two-Sided Matching (1990), chapters
// 2 and 5. Time and memory O(R) for R entries of all rankings.
func SchoolDeferredAcceptance(p *Problem, trace *Trace) Matching {
	m := p.empty()
	holds := make([]int32, len(p.applicants)) // edge of the offer kept, or None
	for t := range holds {
		holds[t] = None
	}
	next := make([]int32, len(p.schools))
	copy(next, p.orderStart)
	free := make([]int32, len(p.schools))
	copy(free, p.capacity)
	active, again := make([]int32, 0, len(p.schools)), make([]int32, 0, len(p.schools))
	waiting := make([]bool, len(p.schools))
	for s := range p.schools {
		active, waiting[s] = append(active, int32(s)), true
	}
	for round := int32(1); len(active) > 0; round++ {
		again = again[:0]
		for _, s := range active {
			waiting[s] = false
			for free[s] > 0 && next[s] < p.orderStart[s+1] {
				k := next[s]
				next[s]++
				t, e := p.order[k], p.orderEdge[k]
				if e == None {
					continue // the applicant does not want the school
				}
				before := holds[t]
				kept := before == None || e < before
				if trace != nil {
					p.traceSchoolOffer(trace, round, t, s, k, e, before, kept)
				}
				if !kept {
					continue
				}
				holds[t], m[t] = e, s
				free[s]--
				if before == None {
					continue
				}
				loser := p.edgeSchool[before]
				free[loser]++
				if !waiting[loser] {
					again, waiting[loser] = append(again, loser), true
				}
			}
		}
		active, again = again, active
	}
	return m
}

func (p *Problem) traceSchoolOffer(trace *Trace, round, t, s, k, e, before int32, kept bool) {
	step := Step{Round: round, Event: Declined, Applicant: t, School: s, Choice: e - p.listStart[t] + 1, Rank: k - p.orderStart[s] + 1, Other: None}
	if kept {
		step.Event = Held
		if before != None {
			trace.add(Step{Round: round, Event: Declined, Applicant: t, School: p.edgeSchool[before],
				Choice: before - p.listStart[t] + 1, Rank: p.edgeRank[before] + 1, Other: None})
		}
	}
	trace.add(step)
}
