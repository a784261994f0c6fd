package matching

import "slices"

// ParetoImprovement is an exchange that makes all its people better off and nobody
// worse off, whatever the rankings say, or nil: then the matching is efficient for
// applicants. Only moves to schools on the lists count, not those back to a present
// post that a list leaves out: see WorseOff. O(E + n).
//
// Since preferences are strict, every improvement falls apart into cycles of
// people who each take the place of the next, and chains that end at a free place.
// The last step of a chain is an improvement by itself, so a free place that
// somebody wants is the one kind, and a cycle among people with full schools the
// other.
func ParetoImprovement(p *Problem, m Matching) *Exchange {
	filled := p.filled(m)
	for t, s := range m {
		for e, end := p.listStart[t], p.wanted(int32(t), s); e < end; e++ {
			if to := p.edgeSchool[e]; filled[to] < p.capacity[to] {
				return &Exchange{Chain: true, Applicants: []int32{int32(t)}, To: []int32{to}}
			}
		}
	}
	return p.wishCycle(m)
}

// wishCycle is a cycle of people who each want the school of the next one. It
// searches the graph of schools, with an edge from the school of t to every school
// that t prefers: a cycle of schools gives a cycle of people, one at each school.
func (p *Problem) wishCycle(m Matching) *Exchange {
	g := &wishGraph{p: p, wanted: make([]int32, len(m))}
	g.start, g.people, _ = p.holders(m)
	for t, s := range m {
		g.wanted[t] = p.wanted(int32(t), s)
	}
	const unseen, open, done = 0, 1, 2
	state := make([]uint8, len(p.schools))
	g.who = slices.Clone(g.start)
	g.edge = make([]int32, len(p.schools))
	var path []int32
	for root := range int32(len(p.schools)) {
		if state[root] != unseen {
			continue
		}
		state[root] = open
		for path = append(path, root); len(path) > 0; {
			s := path[len(path)-1]
			to := g.next(s)
			switch {
			case to == None:
				state[s] = done
				path = path[:len(path)-1]
			case state[to] == unseen:
				state[to] = open
				path = append(path, to)
			case state[to] == open:
				return g.exchange(path[slices.Index(path, to):])
			}
		}
	}
	return nil
}

// wishGraph walks through the wishes of the people at each school, once.
type wishGraph struct {
	p             *Problem
	start, people []int32
	wanted        []int32 // of an applicant: end of the edges strictly preferred
	who           []int32 // of a school: place among people of the one looked at
	edge          []int32 // of a school: how many edges of that person were looked at
}

// next is the next school that somebody at school s prefers, or None.
func (g *wishGraph) next(s int32) int32 {
	for ; g.who[s] < g.start[s+1]; g.who[s], g.edge[s] = g.who[s]+1, 0 {
		t := g.people[g.who[s]]
		if e := g.p.listStart[t] + g.edge[s]; e < g.wanted[t] {
			g.edge[s]++
			return g.p.edgeSchool[e]
		}
	}
	return None
}

// exchange is the wishes looked at last by the schools of a cycle.
func (g *wishGraph) exchange(cycle []int32) *Exchange {
	x := &Exchange{}
	for _, s := range cycle {
		t := g.people[g.who[s]]
		x.Applicants = append(x.Applicants, t)
		x.To = append(x.To, g.p.edgeSchool[g.p.listStart[t]+g.edge[s]-1])
	}
	return x
}
