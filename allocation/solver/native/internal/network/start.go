package network

// adopt makes a feasible flow the flow of the tree. The tree is a star of empty artificial arcs to begin with. Arcs
// at a bound stay out of the tree; one strictly between its bounds enters with the room it has both ways. It then
// takes the place of an artificial arc, which joins two parts of the network, or it closes a cycle of arcs that all
// have flow. Flow is pushed round that cycle in the direction that is cheaper at the first level where the two
// differ, until an arc reaches a bound. So the flow adopted is never worse than the one given, and it is the same
// unless it had such a cycle. The rule for the leaving arc is that of every pivot, so the tree is strongly
// feasible; each part of it hangs on the root by one empty artificial arc.
func (s *Simplex) adopt(flow []int64) {
	var between []int32
	for pos, id := range s.ids {
		switch f := flow[id]; {
		case f == s.upper[pos]:
			s.turn(int32(pos))
		case f > 0:
			between = append(between, int32(pos))
		}
	}
	for _, pos := range between {
		back := flow[s.ids[pos]]
		forward := s.upper[pos] - back
		if s.costRound(pos) > 0 {
			s.turn(pos)
			forward, back = back, forward
		}
		s.pivot(pos, forward, back, 0)
	}
}

// costRound is the cost of the cycle that the arc closes, at the first level where it is not zero.
func (s *Simplex) costRound(pos int32) int64 {
	from, to := s.arcs[pos].from, s.arcs[pos].to
	for k := range s.programme.Levels {
		cost := s.programme.Levels[k].Cost
		if cost == nil {
			continue
		}
		sum := cost[s.ids[pos]]
		for i, j := from, to; i != j; {
			if s.nodes[i].size < s.nodes[j].size {
				sum -= s.costUp(i, cost)
				i = s.nodes[i].parent
			} else {
				sum += s.costUp(j, cost)
				j = s.nodes[j].parent
			}
		}
		if sum != 0 {
			return sum
		}
	}
	return 0
}

// costUp is the cost of a unit sent up the tree arc above v.
func (s *Simplex) costUp(v int32, cost []int64) int64 {
	pos := s.nodes[v].arc
	if pos < 0 {
		return 0
	}
	id := s.ids[pos]
	c := cost[max(id, ^id)]
	if (id < 0) != (s.arcs[pos].from != v) {
		return -c
	}
	return c
}
