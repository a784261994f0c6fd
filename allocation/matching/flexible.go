package matching

import "slices"

// FlexibleDeferredAcceptance is deferred acceptance with floors and caps on
// schools and on regions that nest.
//
// Applicants ask as in deferred acceptance. In each round the schools choose
// together among those whom they hold and those who ask: in the order of the
// market's schools, each takes its best until it has its target; then, in turn,
// each takes one more, round and round. A school is passed over when it is full,
// when it has nobody left to take, or when one more would make a floor or cap
// unattainable (see Region; the test is exact). Who is not taken is refused.
//
// The choice is the greedy one on a matroid whose elements are the places of the
// schools in the serving order, so more people asking never helps those who were
// refused (substitutes) nor lowers the number taken. Hence the guarantees:
// strategy-proof for applicants; no justified envy within a school; a place that
// somebody wants stays free only where one person more there, beside all who are
// placed, would make a bound unattainable; caps always hold. Floors hold if every applicant lists every school;
// otherwise nobody is forced, and Breaches names the floors that are missed. Not
// efficient and not stable in the plain sense: with floors nothing is.
//
// With floors on schools alone it is extended-seat deferred acceptance (ESDA) of
// Fragiadakis, Iwasaki, Troyan, Ueda and Yokoo, ACM Transactions on Economics and
// Computation 4 (2016) 6; with caps on disjoint regions it follows the flexible
// deferred acceptance of Kamada and Kojima, American Economic Review 105 (2015)
// 67–99; floors on nested regions follow Goto, Iwasaki, Kawasaki, Kurata, Yasuda and
// Yokoo, Artificial Intelligence 235 (2016) 40–57, and Goto, Kojima, Kurata, Tamura
// and Yokoo, American Economic Journal: Microeconomics 9 (2017) 226–262.
//
// The error is *InfeasibleError where the bounds contradict each other or ask for
// more people than there are applicants. Each round costs O(n log n + places times
// depth of regions), and there are at most as many rounds as list entries.
func FlexibleDeferredAcceptance(p *Problem, trace *Trace) (Matching, error) {
	empty, err := newBounds(p)
	if err != nil {
		return nil, err
	}
	c := &jointChoice{p: p, bounds: empty.clone(), empty: empty, pool: make([][]int32, len(p.schools))}
	m := p.empty()
	next := slices.Clone(p.listStart[:len(p.applicants)])
	asking := make([]int32, len(p.applicants))
	for t := range asking {
		asking[t] = int32(t)
	}
	for round := int32(1); len(asking) > 0; round++ {
		for _, t := range asking {
			if next[t] == p.listStart[t+1] {
				trace.add(Step{Round: round, Event: Unplaced, Applicant: t, School: None, Other: None})
				continue
			}
			e := next[t]
			next[t]++
			c.pool[p.edgeSchool[e]] = append(c.pool[p.edgeSchool[e]], p.edgeRank[e])
		}
		c.choose()
		asking = asking[:0]
		for s := range c.pool {
			asking = c.settle(int32(s), m, asking, round, trace)
		}
		slices.Sort(asking)
	}
	return m, nil
}

// jointChoice is the choice of all schools together.
type jointChoice struct {
	p             *Problem
	bounds, empty *bounds
	pool          [][]int32 // of a school: the ranks of those who are held or ask
}

// choose fills bounds.count with how many each school takes: always the best of
// its pool. A school passed over once is passed over for good, since adding people
// elsewhere never makes room.
func (c *jointChoice) choose() {
	c.bounds.reset(c.empty)
	open := make([]int32, 0, len(c.pool))
	for s := range c.pool {
		if len(c.pool[s]) == 0 {
			continue
		}
		slices.Sort(c.pool[s])
		open = append(open, int32(s))
		for c.bounds.count[s] < c.p.target[s] && c.more(int32(s)) {
		}
	}
	for len(open) > 0 {
		kept := open[:0]
		for _, s := range open {
			if c.more(s) {
				kept = append(kept, s)
			}
		}
		open = kept
	}
}

// more lets a school take one more of its pool, if it may.
func (c *jointChoice) more(s int32) bool {
	return int(c.bounds.count[s]) < len(c.pool[s]) && c.bounds.place(s)
}

// settle writes a school's choice into m and adds those whom it refuses to asking.
func (c *jointChoice) settle(s int32, m Matching, asking []int32, round int32, trace *Trace) []int32 {
	pool, taken := c.pool[s], c.bounds.count[s]
	from := c.p.orderStart[s]
	for _, rank := range pool[:taken] {
		t := c.p.order[from+rank]
		if m[t] != s {
			m[t] = s
			if trace != nil {
				trace.add(Step{Round: round, Event: Held, Applicant: t, School: s, Choice: c.p.choice(t, s), Rank: rank + 1, Other: None})
			}
		}
	}
	for _, rank := range pool[taken:] {
		t := c.p.order[from+rank]
		event := Refused
		if m[t] == s {
			m[t], event = None, Bumped
		}
		asking = append(asking, t)
		if trace != nil {
			step := Step{Round: round, Event: event, Applicant: t, School: s, Choice: c.p.choice(t, s), Rank: rank + 1, Other: None}
			if taken > 0 {
				step.Other, step.OtherRank = c.p.order[from+pool[taken-1]], pool[taken-1]+1
			}
			trace.add(step)
		}
	}
	c.pool[s] = pool[:taken]
	return asking
}
