package matching

import "fmt"

// Applicants is the number of applicants.
func (p *Problem) Applicants() int { return len(p.applicants) }

// Schools is the number of schools.
func (p *Problem) Schools() int { return len(p.schools) }

// Applicant is the id of an applicant, "" for None.
func (p *Problem) Applicant(t int32) string {
	if t == None {
		return ""
	}
	return p.applicants[t]
}

// School is the id of a school, "" for None.
func (p *Problem) School(s int32) string {
	if s == None {
		return ""
	}
	return p.schools[s]
}

// Capacity is the number of places of a school.
func (p *Problem) Capacity(s int32) int { return int(p.capacity[s]) }

// FindApplicant is the number of an applicant, or None.
func (p *Problem) FindApplicant(id string) int32 { return find(p.byApplicant, id) }

// FindSchool is the number of a school, or None.
func (p *Problem) FindSchool(id string) int32 { return find(p.bySchool, id) }

func find(known map[string]int32, id string) int32 {
	if i, found := known[id]; found {
		return i
	}
	return None
}

// Points is what a school gives to the applicant in a place of its ranking, from 1.
func (p *Problem) Points(s, place int32) int64 { return p.orderPoints[p.orderStart[s]+place-1] }

// Ranking is the strict ranking of a school, best first, ties broken.
func (p *Problem) Ranking(s int32) []int32 {
	return append([]int32(nil), p.ranking(s)...)
}

// Order turns ids into an order for SerialDictatorship and its like. It must name
// every applicant once; otherwise the error is an *Error.
func (p *Problem) Order(ids ...string) ([]int32, error) {
	var f faults
	order := make([]int32, 0, len(ids))
	seen := make([]bool, len(p.applicants))
	for i, id := range ids {
		t := p.FindApplicant(id)
		switch {
		case t == None:
			f.unknown("order", i, "", "applicant", id, "an applicant", p.applicants)
		case seen[t]:
			f.add("order", i, "", "applicant", id, "each applicant once")
		default:
			seen[t] = true
			order = append(order, t)
		}
	}
	if len(f.list) == 0 && len(order) < len(p.applicants) {
		for t, found := range seen {
			if !found {
				f.add("order", len(ids), "", "applicant", "", fmt.Sprintf("%q too: an order names every applicant", p.applicants[t]))
			}
		}
	}
	return order, f.err()
}

func (p *Problem) ranking(s int32) []int32 { return p.order[p.orderStart[s]:p.orderStart[s+1]] }

func (p *Problem) list(t int32) []int32 { return p.edgeSchool[p.listStart[t]:p.listStart[t+1]] }

func (p *Problem) staffOf(s int32) []int32 { return p.staff[p.staffStart[s]:p.staffStart[s+1]] }

// edge is the edge from an applicant to a school on the list, or None. O(list).
func (p *Problem) edge(t, s int32) int32 {
	for e := p.listStart[t]; e < p.listStart[t+1]; e++ {
		if p.edgeSchool[e] == s {
			return e
		}
	}
	return None
}

// rankOf is the rank of an applicant at a school: O(list) for a school on the
// list or the present one, otherwise O(ranking); None for who is not eligible.
func (p *Problem) rankOf(t, s int32) int32 {
	if p.present[t] == s {
		return p.presentRank[t]
	}
	if e := p.edge(t, s); e != None {
		return p.edgeRank[e]
	}
	for rank, other := range p.ranking(s) {
		if other == t {
			return int32(rank)
		}
	}
	return None
}

// wanted is the end of the edges that applicant t strictly prefers to school s.
// Being at the present school is better than what the list names after it, and
// worse than all that the list names if it leaves it out. Having no school is
// worse than every one on the list.
func (p *Problem) wanted(t, s int32) int32 {
	if s != None {
		for e := p.listStart[t]; e < p.listStart[t+1]; e++ {
			if p.edgeSchool[e] == s {
				return e
			}
		}
	}
	return p.listStart[t+1]
}
