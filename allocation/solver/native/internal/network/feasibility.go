package network

import (
	"github.com/xianguan/xianguan/allocation/solver"
)

// findFlow is phase 0: it minimises the flow on artificial arcs until there is none. Only an arc root → node costs,
// one a unit, and all else is free: what enters the root leaves it, so the sum over these arcs is the whole supply
// that has no place yet. There is no large cost that has to be guessed: blend mostly leaves nothing to do here, but
// feasible or not is decided here alone.
//
// Afterwards artificial arcs may remain in the tree without flow. As the tree is strongly feasible they all lead to
// the root, none leads back, and the root itself has no demand: they can never carry flow again.
func (s *Simplex) findFlow(w *watch) error {
	for i := range s.arcs {
		s.arcs[i].cost = 0
	}
	s.setPotentials(1)
	for unmet := s.unmet(); unmet > 0; {
		if stop := w.check(s, -1); stop != 0 {
			return &solver.StoppedError{Stop: stop, Unmet: unmet, Cause: w.cause()}
		}
		enter, rc := s.price()
		if enter < 0 {
			return s.infeasible()
		}
		unmet += rc * s.pivot(enter, s.upper[enter], 0, rc)
		s.pivots++
	}
	s.feasible = true
	return nil
}

// unmet is the flow on artificial arcs out of the root.
func (s *Simplex) unmet() int64 {
	sum := int64(0)
	for v := range s.nodes[:s.root] {
		if n := &s.nodes[v]; n.arc == deficitArc {
			sum += n.up
		}
	}
	return sum
}

// infeasible gathers the witness. The nodes that still hold supply back, and all that can be reached from them over
// residual arcs, form a set whose leaving arcs are full and whose entering arcs are empty. No node with an unmet
// demand is among them, or the flow could be improved. So the set supplies more than its leaving arcs can carry, by
// what is held back (Ford and Fulkerson 1956).
func (s *Simplex) infeasible() error {
	p := s.programme
	reached := s.reachable()
	e := &solver.InfeasibleError{}
	for v, b := range p.Supply {
		if reached[v] {
			e.Nodes = append(e.Nodes, int32(v))
			e.Supply += b
		}
	}
	for a, u := range p.Upper {
		if reached[p.Tail[a]] && !reached[p.Head[a]] {
			e.Capacity += u
		}
	}
	e.Unmet = e.Supply - e.Capacity
	return e
}

// reachable marks the nodes that the held-back supply could still flow to.
func (s *Simplex) reachable() []bool {
	// Residual arcs by tail, as one list with an index (compressed rows). A tree arc may have room both ways.
	n := int(s.root)
	first := make([]int32, n+2)
	each := func(visit func(from, to int32)) {
		for pos, a := range s.arcs {
			switch int32(pos) {
			case s.nodes[a.from].arc:
				s.eachRoom(a.from, visit)
			case s.nodes[a.to].arc:
				s.eachRoom(a.to, visit)
			default:
				visit(a.from, a.to)
			}
		}
	}
	each(func(from, _ int32) { first[from+2]++ })
	for v := range n {
		first[v+2] += first[v+1]
	}
	heads := make([]int32, first[n+1])
	each(func(from, to int32) {
		heads[first[from+1]] = to
		first[from+1]++
	})

	reached := make([]bool, n)
	var queue []int32
	reach := func(v int32) {
		if !reached[v] {
			reached[v] = true
			queue = append(queue, v)
		}
	}
	for v := range int32(n) {
		if s.nodes[v].arc == surplusArc && s.nodes[v].down > 0 {
			reach(v)
		}
	}
	for len(queue) > 0 {
		v := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, to := range heads[first[v]:first[v+1]] {
			reach(to)
		}
	}
	return reached
}

// eachRoom visits the directions in which the tree arc above v has room: always upwards, as the tree is strongly
// feasible.
func (s *Simplex) eachRoom(v int32, visit func(from, to int32)) {
	n := &s.nodes[v]
	visit(v, n.parent)
	if n.down > 0 {
		visit(n.parent, v)
	}
}
