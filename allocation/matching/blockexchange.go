package matching

import "slices"

// Exchange is a cycle or a chain of moves: each of the people goes to the school
// beside it, into the seat of the next one. In a cycle the last takes the seat of
// the first. In a chain the last takes an empty seat, and the first leaves one
// empty, or had none.
type Exchange struct {
	Chain      bool
	Applicants []int32
	To         []int32 // parallel: the school that each goes to
}

// BlockExchange improves a matching by exchanges that both sides want until there
// are none left (BE).
//
// An exchange is a cycle in which everybody strictly prefers the new school, and
// every school ranks the person who comes above the one whose seat it is. A person
// without a post may start a chain that ends at an empty seat; nobody else may,
// since the school left behind would fall below what it has.
//
// Guarantees, against the matching it starts from, which is a feasible one such as
// p.Present(): no applicant is worse off; every school keeps its number of people
// and replaces each who leaves by somebody it ranks higher; and no exchange that
// both sides want is left. On one-place schools no other matching is better in
// both efficiency and fairness. Strategy-proofness depends on which exchange comes
// first and is not claimed; TeacherOptimalExchange has it.
//
// Combe, Tercieux and Terrier, Review of Economic Studies 89 (2022) 3154–3222; chains
// from people without a post and to empty seats are our extension. Exchanges are
// found by depth-first search, most wanted schools first, so the result is
// deterministic, and where everybody has a post and from is the present matching it
// is that of TeacherOptimalExchange: who can't reach a cycle never will, and without
// them the first cycle found is a top trading cycle. Time O(E + n log n) for each exchange.
func BlockExchange(p *Problem, from Matching, trace *Trace) Matching {
	return exchangeAll(p, from, TwoSidedExchange, trace)
}

// exchangeAll carries out exchanges until there are none left.
func exchangeAll(p *Problem, from Matching, find func(*Problem, Matching) *Exchange, trace *Trace) Matching {
	m := slices.Clone(from)
	for round := int32(1); ; round++ {
		x := find(p, m)
		if x == nil {
			return m
		}
		x.apply(p, m, round, trace)
	}
}

// apply carries the exchange out.
func (x *Exchange) apply(p *Problem, m Matching, round int32, trace *Trace) {
	for i := 0; trace != nil && i < len(x.Applicants); i++ {
		t, s := x.Applicants[i], x.To[i]
		step := Step{Round: round, Event: Traded, Applicant: t, School: s, Choice: p.choice(t, s), Rank: p.rankOf(t, s) + 1, Other: None}
		if next := i + 1; next < len(x.Applicants) || !x.Chain {
			step.Other = x.Applicants[next%len(x.Applicants)]
			step.OtherRank = p.rankOf(step.Other, s) + 1
		}
		trace.add(step)
	}
	for i, t := range x.Applicants {
		m[t] = x.To[i]
	}
}

// TwoSidedExchange finds an exchange that improves on a matching for both sides,
// as BlockExchange defines it, or nil if there is none. O(E + n log n).
//
// The search graph has an applicant for each person, a slot for each held seat and
// one pool. The slots of a school form a path from its best to its worst ranked
// holder; an applicant points to the first slot of worse rank at each school that
// is strictly preferred, a slot to its holder and to the next slot. The last slot
// of a school with an empty seat, and an applicant who finds no slot there, point
// to the pool; the pool points to everybody without a post. So the edges are O(E),
// and cycles are the exchanges.
func TwoSidedExchange(p *Problem, m Matching) *Exchange {
	g := newExchangeGraph(p, m)
	nodes := g.findCycle()
	if nodes == nil {
		return nil
	}
	return g.exchange(nodes)
}

type exchangeGraph struct {
	p        *Problem
	m        Matching
	start    []int32 // slots of a school
	holder   []int32 // of a slot
	rank     []int32 // of a slot's holder
	school   []int32 // of a slot
	end      []int32 // of an applicant: end of the edges strictly preferred to m
	unplaced []int32
	empty    []bool  // of a school: it has an empty seat
	limit    []int32 // of a school: up to which rank every seat is open, and beyond it none; nil in a two-sided search
	edge     []int32
	state    []uint8 // of a node: 0 new, 1 on the path, 2 done
}

func newExchangeGraph(p *Problem, m Matching) *exchangeGraph {
	g := &exchangeGraph{p: p, m: m, end: make([]int32, len(m)), empty: make([]bool, len(p.schools))}
	g.start, g.holder, g.rank = p.holders(m)
	g.school = make([]int32, len(g.holder))
	for s := range p.schools {
		for i := g.start[s]; i < g.start[s+1]; i++ {
			g.school[i] = int32(s)
		}
		g.empty[s] = g.start[s+1]-g.start[s] < p.capacity[s]
	}
	for t, s := range m {
		g.end[t] = p.wanted(int32(t), s)
		if s == None {
			g.unplaced = append(g.unplaced, int32(t))
		}
	}
	nodes := len(m) + len(g.holder) + 1
	g.state, g.edge = make([]uint8, nodes), make([]int32, nodes)
	return g
}

// Nodes: applicants, then slots, then the pool.
func (g *exchangeGraph) slotNode(i int32) int32 { return int32(len(g.m)) + i }
func (g *exchangeGraph) pool() int32            { return int32(len(g.m) + len(g.holder)) }

// successor is the next node that a node points to, or None when all are seen.
func (g *exchangeGraph) successor(node int32) int32 {
	k := g.edge[node]
	g.edge[node]++
	switch n := int32(len(g.m)); {
	case node < n:
		for e := g.p.listStart[node] + k; e < g.end[node]; e++ {
			g.edge[node] = e - g.p.listStart[node] + 1
			if to := g.seat(e); to != None {
				return to
			}
		}
	case node == g.pool():
		if int(k) < len(g.unplaced) {
			return g.unplaced[k]
		}
	case k == 0:
		return g.holder[node-n]
	case k == 1:
		i := node - n
		if s := g.school[i]; i+1 < g.start[s+1] {
			return node + 1
		} else if g.empty[s] {
			return g.pool()
		}
	}
	return None
}

// seat is where an edge of the lists leads: the first slot of worse rank, the pool
// for an empty seat, or None.
func (g *exchangeGraph) seat(e int32) int32 {
	s, rank := g.p.edgeSchool[e], g.p.edgeRank[e]
	from, to := g.start[s], g.start[s+1]
	if g.limit != nil {
		rank = -1 // before every slot
		if g.p.edgeRank[e] > g.limit[s] {
			return None
		}
	}
	if i, _ := slices.BinarySearch(g.rank[from:to], rank); from+int32(i) < to {
		return g.slotNode(from + int32(i))
	}
	if g.empty[s] {
		return g.pool()
	}
	return None
}

// findCycle is a cycle of the graph by depth-first search, or nil.
func (g *exchangeGraph) findCycle() []int32 {
	var path []int32
	for t := range int32(len(g.m)) {
		if g.state[t] != 0 {
			continue
		}
		path = append(path[:0], t)
		g.state[t] = 1
		for len(path) > 0 {
			node := path[len(path)-1]
			to := g.successor(node)
			switch {
			case to == None:
				g.state[node] = 2
				path = path[:len(path)-1]
			case g.state[to] == 0:
				g.state[to] = 1
				path = append(path, to)
			case g.state[to] == 1:
				return path[slices.Index(path, to):]
			}
		}
	}
	return nil
}

// exchange reads the people and their schools off a cycle. A chain starts after
// the pool.
func (g *exchangeGraph) exchange(nodes []int32) *Exchange {
	x := &Exchange{}
	first := 0
	if i := slices.Index(nodes, g.pool()); i >= 0 {
		x.Chain, first = true, i+1
	} else {
		for nodes[first] >= int32(len(g.m)) {
			first++
		}
	}
	for k := range nodes {
		t := nodes[(first+k)%len(nodes)]
		if t < int32(len(g.m)) {
			x.Applicants = append(x.Applicants, t)
			x.To = append(x.To, g.p.edgeSchool[g.p.listStart[t]+g.edge[t]-1])
		}
	}
	return x
}
