package matching

import "slices"

// Protect is the same problem with the present posts made safe: each school ranks
// the people who are there before all others (both groups in the order of its
// ranking), and each of them has the present school at the end of the list in
// place of what stood after it.
//
// Deferred acceptance on the result is the modified deferred acceptance (DA*) of
// Compte and Jehiel (2008) and Pereyra, Games and Economic Behavior 80 (2013)
// 100–114: strategy-proof, nobody is below the present post, and no envy but of
// people who stay. Top trading cycles on it is individually rational too, and on a
// market where everybody has the only place of a school it is the market of
// Shapley and Scarf (1974).
// Time and memory O(E).
func Protect(p *Problem) *Problem {
	q := *p
	q.order, q.orderPoints = slices.Clone(p.order), slices.Clone(p.orderPoints)
	for s := range p.schools {
		from := p.orderStart[s]
		put := from
		place := func(staff bool) {
			for k := from; k < p.orderStart[s+1]; k++ {
				if t := p.order[k]; (p.present[t] == int32(s)) == staff {
					q.order[put], q.orderPoints[put] = t, p.orderPoints[k]
					put++
				}
			}
		}
		place(true)
		place(false)
	}
	q.listStart = make([]int32, len(p.applicants)+1)
	q.edgeSchool = make([]int32, 0, len(p.edgeSchool)+len(p.staff))
	for t, present := range p.present {
		q.edgeSchool = append(q.edgeSchool, p.edgeSchool[p.listStart[t]:p.wanted(int32(t), present)]...)
		if present != None {
			q.edgeSchool = append(q.edgeSchool, present)
		}
		q.listStart[t+1] = int32(len(q.edgeSchool))
	}
	var f faults
	q.link(&f)
	if err := f.err(); err != nil {
		panic(err) // the lists are parts of valid ones
	}
	q.relinkCouples()
	return &q
}

// relinkCouples looks the ranks of the couples' pairs up in the new rankings.
func (p *Problem) relinkCouples() {
	couples := slices.Clone(p.couples)
	for i, c := range couples {
		couples[i].options = slices.Clone(c.options)
		for j, o := range c.options {
			for side, s := range o.school {
				if s != None {
					couples[i].options[j].rank[side] = p.rankOf(c.member[side], s)
				}
			}
		}
	}
	p.couples = couples
}
