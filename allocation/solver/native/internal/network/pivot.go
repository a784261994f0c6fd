package network

import "math"

// pivot sends what it can round the cycle that the residual arc at position enter closes, and changes the tree. The
// arc has room forward in its own direction and room back against it (0 unless a start leaves it between its
// bounds), and the reduced cost rc. It returns the amount sent, 0 at a degenerate pivot. It allocates nothing and
// takes time in the length of the cycle and the size of the subtree that moves, or of the rest of the tree if that
// is smaller.
func (s *Simplex) pivot(enter int32, forward, back, rc int64) int64 {
	nodes := s.nodes
	from, to := s.arcs[enter].from, s.arcs[enter].to

	// The cycle runs from → to, up to the apex, and down again to from. Both ends climb, the one with the smaller
	// subtree first, as that cannot be an ancestor of the other. Going round from the apex one passes the from side
	// downwards, the arc, and the to side upwards; of equal blocks the last counts, so the from side takes the
	// first it meets while climbing and the to side takes the last.
	fromRoom, toRoom := int64(math.MaxInt64), int64(math.MaxInt64)
	fromBlock, toBlock := int32(-1), int32(-1)
	i, j := from, to
	for i != j {
		if nodes[i].size < nodes[j].size {
			if nodes[i].down < fromRoom {
				fromRoom, fromBlock = nodes[i].down, i
			}
			i = nodes[i].parent
		} else {
			if nodes[j].up <= toRoom {
				toRoom, toBlock = nodes[j].up, j
			}
			j = nodes[j].parent
		}
	}
	apex := i

	delta, leave := forward, int32(-1)
	if fromRoom < delta {
		delta, leave = fromRoom, fromBlock
	}
	onToSide := toRoom <= delta
	if onToSide {
		delta, leave = toRoom, toBlock
	}
	if delta > 0 {
		for i := from; i != apex; i = nodes[i].parent {
			nodes[i].up += delta
			nodes[i].down -= delta
		}
		for j := to; j != apex; j = nodes[j].parent {
			nodes[j].up -= delta
			nodes[j].down += delta
		}
	}
	switch {
	case leave < 0: // the arc itself blocks: it goes from one bound to the other
		s.turn(enter)
	case onToSide: // the subtree that is cut off holds to, and the arc comes into it from its new parent
		s.release(leave, false)
		s.graft(leave, to, from, apex, branch{enter, back + delta, forward - delta}, -rc)
	default:
		s.release(leave, true)
		s.graft(leave, from, to, apex, branch{enter, forward - delta, back + delta}, rc)
	}
	return delta
}

// release leaves the tree arc above v, which is at a bound, as a residual arc in the direction that has room:
// upwards or downwards. An artificial arc is simply forgotten.
func (s *Simplex) release(v int32, upwards bool) {
	pos := s.nodes[v].arc
	if pos >= 0 && (s.arcs[pos].from == v) != upwards {
		s.turn(pos)
	}
}
