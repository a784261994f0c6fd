package network

import (
	"math"
	"math/bits"

	"github.com/xianguan/xianguan/allocation/solver"
)

// solveLevels takes the levels in turn. Between them the tree stays, and arcs of nonzero reduced cost leave the
// list that is priced, so that a later level moves on the optimal face of those before it; the solver package says
// why.
func (s *Simplex) solveLevels(w *watch) *solver.Solution {
	p := s.programme
	sol := &solver.Solution{
		Levels:     make([]solver.LevelResult, len(p.Levels)),
		Potentials: make([][]int64, len(p.Levels)),
		Stats:      solver.Stats{Nodes: len(p.Supply), Arcs: len(p.Tail), PreparationPivots: s.pivots},
	}
	var stop solver.StopReason
	begun := 0
	for ; begun < len(p.Levels) && stop == 0; begun++ {
		stop = s.solveLevel(sol, begun, w)
	}
	sol.Stats.Pivots = s.pivots
	sol.Flow = s.flow()
	sol.Fixed = append([]uint8(nil), s.fixed...)
	if stop != 0 {
		s.certifyTrivially(sol, begun-1)
		for k := begun; k < len(p.Levels); k++ {
			sol.Levels[k] = solver.LevelResult{Objective: p.Objective(k, sol.Flow, nil), Bound: math.MinInt64}
			s.certifyTrivially(sol, k)
		}
	}
	conclude(p, sol, stop)
	return sol
}

// solveLevel solves level k on the face of the levels before, and fixes its own face if it is not the last. It
// returns 0 when the level is proven and otherwise why it stopped.
func (s *Simplex) solveLevel(sol *solver.Solution, k int, w *watch) solver.StopReason {
	if s.programme.Levels[k].Cost == nil {
		return 0 // zero everywhere: any flow is optimal
	}
	r := &sol.Levels[k]
	before := s.pivots
	s.install(k)
	stop := s.minimise(k, w)
	r.Pivots = s.pivots - before
	r.Objective, r.Bound = s.objective, s.bound()
	sol.Potentials[k] = s.potentials()
	if r.Objective > r.Bound {
		return stop
	}
	if k < len(sol.Levels)-1 {
		s.fix(k)
	}
	return 0
}

// conclude says of each level what follows from the objectives and the bounds.
func conclude(p *solver.Programme, sol *solver.Solution, stop solver.StopReason) {
	conditional := false
	for k := range sol.Levels {
		r := &sol.Levels[k]
		r.Name = p.Levels[k].Name
		r.Gap = p.Levels[k].Gap(r.Objective, r.Bound)
		r.Proven = r.Objective == r.Bound
		r.Certified = true
		r.Conditional = conditional
		conditional = conditional || !r.Proven
	}
	sol.Stop = stop
	if !conditional {
		sol.Stop = solver.StopOptimal
	}
}

// certifyTrivially puts zero potentials in the place of those of level k where their bound is higher. A bound taken
// far from the optimum can be far below the sum of all negative costs.
func (s *Simplex) certifyTrivially(sol *solver.Solution, k int) {
	if bound := s.trivialBound(k, sol.Flow); bound > sol.Levels[k].Bound {
		sol.Levels[k].Bound = bound
		sol.Potentials[k] = nil
	}
}

// trivialBound is the Lagrangian of zero potentials at level k on the present face.
func (s *Simplex) trivialBound(k int, flow []int64) int64 {
	p := s.programme
	bound := int64(0)
	for a, c := range p.Levels[k].Cost {
		if s.fixed[a] > 0 {
			bound += c * flow[a]
		} else {
			bound += min(0, c) * p.Upper[a]
		}
	}
	return bound
}

// install puts the costs of level k on all arcs and the potentials and the objective on the tree.
func (s *Simplex) install(k int) {
	cost := s.programme.Levels[k].Cost
	s.objective = 0
	for pos := range s.arcs {
		if id := s.ids[pos]; id >= 0 {
			s.arcs[pos].cost = cost[id]
		} else {
			s.arcs[pos].cost = -cost[^id]
			s.objective += cost[^id] * s.upper[pos]
		}
	}
	for v := range s.nodes[:s.root] {
		if n := &s.nodes[v]; n.arc >= 0 {
			s.objective += s.arcs[n.arc].cost * s.carried(int32(v))
		}
	}
	s.setPotentials(0)
}

// carried is the flow on the tree arc above v in the direction in which the arc is stored.
func (s *Simplex) carried(v int32) int64 {
	n := &s.nodes[v]
	if s.arcs[n.arc].from == v {
		return n.down
	}
	return n.up
}

// setPotentials makes the reduced cost of every tree arc zero, down from the root, which has potential zero. Flow
// on an artificial arc root → node costs deficit a unit.
func (s *Simplex) setPotentials(deficit int64) {
	s.potential[s.root] = 0
	for v := s.nodes[s.root].next; v != s.root; v = s.nodes[v].next {
		n := &s.nodes[v]
		above := s.potential[n.parent]
		switch {
		case n.arc == surplusArc:
			s.potential[v] = above
		case n.arc == deficitArc:
			s.potential[v] = above - deficit
		case s.arcs[n.arc].from == v:
			s.potential[v] = above + s.arcs[n.arc].cost
		default:
			s.potential[v] = above - s.arcs[n.arc].cost
		}
	}
}

// potentials copies them with that of the root taken as zero.
func (s *Simplex) potentials() []int64 {
	out := make([]int64, s.root)
	for v := range out {
		out[v] = s.potential[v] - s.potential[s.root]
	}
	return out
}

// minimise pivots until the tree is optimal for the installed costs, in which case it returns 0, or until it is
// told to stop. The last level may also stop at the gap; the others take no longer to prove than to bound.
func (s *Simplex) minimise(k int, w *watch) solver.StopReason {
	gap, level, levels := 0.0, &s.programme.Levels[k], len(s.programme.Levels)
	if k == levels-1 {
		gap = w.options.GapAt(k, levels)
	}
	// A bound costs a pass over the arcs, so it is taken about as often as pricing has made one or two.
	every := int64(max(minBlock, s.open/s.block))
	for n := int64(1); ; n++ {
		if stop := w.check(s, k); stop != 0 {
			return stop
		}
		enter, rc := s.price()
		if enter < 0 {
			return 0
		}
		s.objective += rc * s.pivot(enter, s.upper[enter], 0, rc)
		s.pivots++
		if gap > 0 && n%every == 0 && level.Gap(s.objective, s.bound()) <= gap {
			return solver.StopGap
		}
	}
}

// bound is the Lagrangian of the potentials as they are, on the present face. The objective exceeds it by what
// complementary slackness lacks: −Σ rc·u over the residual arcs of negative reduced cost. Far from the optimum it
// may not fit and is then MinInt64.
func (s *Simplex) bound() int64 {
	var hi, lo, carry uint64
	for pos := range s.open {
		a := &s.arcs[pos]
		if rc := a.cost - s.potential[a.from] + s.potential[a.to]; rc < 0 {
			h, l := bits.Mul64(uint64(-rc), uint64(s.upper[pos]))
			lo, carry = bits.Add64(lo, l, 0)
			hi += h + carry
		}
	}
	if hi > 0 || lo > solver.MaxTotal {
		return math.MinInt64
	}
	return s.objective - int64(lo)
}

// fix moves the arcs of nonzero reduced cost behind the open ones and keeps the order among those. All are out of
// the tree, and as that is optimal, positive means nonzero for a residual arc.
func (s *Simplex) fix(k int) {
	open := 0
	for pos := range s.open {
		a := &s.arcs[pos]
		if a.cost-s.potential[a.from]+s.potential[a.to] > 0 {
			id := s.ids[pos]
			s.fixed[max(id, ^id)] = uint8(k + 1)
			continue
		}
		s.swap(pos, open)
		open++
	}
	s.setOpen(open)
}

// swap exchanges two positions. The arc at i may be in the tree; the one at j, if another, is not.
func (s *Simplex) swap(i, j int) {
	if i == j {
		return
	}
	a := &s.arcs[i]
	switch int32(i) {
	case s.nodes[a.from].arc:
		s.nodes[a.from].arc = int32(j)
	case s.nodes[a.to].arc:
		s.nodes[a.to].arc = int32(j)
	}
	s.arcs[i], s.arcs[j] = s.arcs[j], s.arcs[i]
	s.upper[i], s.upper[j] = s.upper[j], s.upper[i]
	s.ids[i], s.ids[j] = s.ids[j], s.ids[i]
}

// flow reads the flow of every arc of the programme.
func (s *Simplex) flow() []int64 {
	f := make([]int64, len(s.programme.Tail))
	for pos, id := range s.ids {
		if id < 0 {
			f[^id] = s.upper[pos]
		}
	}
	for v := range s.nodes[:s.root] {
		n := &s.nodes[v]
		if n.arc < 0 {
			continue
		}
		if id := s.ids[n.arc]; id >= 0 {
			f[id] = s.carried(int32(v))
		} else {
			f[^id] = s.upper[n.arc] - s.carried(int32(v))
		}
	}
	return f
}
