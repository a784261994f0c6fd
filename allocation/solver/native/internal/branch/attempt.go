package branch

import (
	"container/heap"
	"math"

	"github.com/xianguan/xianguan/allocation/solver"
)

// proofShare is how many times the pivots that it took to come within the gap a level may take from there to a proof. A county of 5,000 teachers
// whose shortage takes one and a half times as long to prove then has a far better bound at the level after it.
const proofShare = 2

// In a large programme proofFirst is what the first level may take at least, and proofLater what a later one may: each unit of a shortage that is not proven costs the level
// of the soft rules some thousand units of its bound, and its relaxation has no solution near it then. A later level is mostly followed by the last, which needs no more than a gap.
const (
	proofFirst = 250_000
	proofLater = 10_000
	nodeWork   = 100 // pivots that take as long as all else at a node
)

// large reports whether the programme has so many arcs that an attempt which takes long is better given up, and that any solution is looked for first.
func (s *search) large() bool { return s.sizes.Ascent < math.MaxInt }

// attempt searches for solutions below the cutoff in the leaves that the levels before have left, nil for the whole
// face. It returns a bound, and whether the level has come to its end: with an optimum, within the gap, or stopped.
func (s *search) attempt(leaves []*node, gap float64) (bound int64, ended bool) {
	copy(s.baseLower, s.problem.lower)
	copy(s.baseUpper, s.problem.upper)
	s.open, s.leaves, s.entered = nil, nil, nil
	s.tightenBase()
	if leaves == nil {
		if rest := s.compact(); rest != nil {
			return s.goOver(rest)
		}
		leaves = []*node{nil}
	}
	if !s.installed {
		s.relaxWhole()
		if s.dual != nil && s.w.stopped == 0 {
			s.reach, s.gaveUp = 0, true // the ascent has ended far from the relaxation, from which a narrow cutoff leaves few arcs again
			return s.rootBound, false
		}
		s.tightenBase()
	}
	for _, leaf := range leaves {
		heap.Push(&s.open, s.revisit(leaf))
	}
	s.visited = 0
	defer func() { s.other = nil }()
	var at dives
	begun := s.lp.Pivots
	for {
		if s.w.stopped != 0 {
			return max(min(s.least(&at), s.best()), s.rootBound, s.floor), true
		}
		goingDown := at[0] != nil
		s.fill(&at)
		if at == (dives{}) {
			return s.value, s.incumbent != nil && s.value < s.cutoff
		}
		bound = max(s.least(&at), s.floor)
		if s.settledFor(bound, gap) {
			s.leaveAll(&at)
			return bound, true
		}
		if s.large() && !goingDown && s.ceiling < math.MaxInt64 && s.lp.Pivots-begun >= s.allowance && s.reachedAt < 0 {
			s.gaveUp = true
			return bound, false
		}
		s.w.report(solver.Progress{Level: s.level, Pivots: s.lp.Pivots, Objective: s.value + s.constantOf(s.level), Bound: bound + s.constantOf(s.level)})
		s.advance(&at)
	}
}

// fill gives each seat without a node the next one.
func (s *search) fill(at *dives) {
	for i := range at {
		for at[i] == nil && len(s.open) > 0 && (i == 0 || s.other != nil) {
			n := s.next()
			if n.bound >= s.best() {
				s.leave(n)
				continue
			}
			at[i] = n
		}
	}
}

// least is the least bound of all nodes that are not done.
func (s *search) least(at *dives) int64 {
	least := int64(math.MaxInt64)
	for _, n := range at {
		if n != nil {
			least = min(least, n.bound)
		}
	}
	if len(s.open) > 0 {
		least = min(least, s.open[0].bound)
	}
	return least
}

// leaveAll keeps all nodes that are not done, as far as they may hold something as good as the incumbent.
func (s *search) leaveAll(at *dives) {
	for _, n := range at {
		if n != nil {
			s.leave(n)
		}
	}
	for _, n := range s.open {
		s.leave(n)
	}
}

// next takes the node to go on with from the open ones: that of the best bound. In a large programme without a solution it is the youngest, as what
// has come to nothing at the end of a long way down mostly needs another end, not another beginning.
func (s *search) next() *node {
	if !s.large() || s.incumbent != nil {
		return heap.Pop(&s.open).(*node)
	}
	youngest := 0
	for i, n := range s.open {
		if n.id > s.open[youngest].id {
			youngest = i
		}
	}
	return heap.Remove(&s.open, youngest).(*node)
}

// goOver solves a smaller programme instead. What it returns is what attempt does.
func (s *search) goOver(rest *levels) (bound int64, ended bool) {
	feasible := rest.solve()
	s.emptyAtRoot, s.gaveUp = rest.emptyAtRoot, rest.gaveUp
	s.effort = rest.pivots + rest.lp.Pivots
	s.lp.Pivots += s.effort
	if rest.dual != nil {
		s.restPrice = rest.dual.price
	}
	switch {
	case !feasible || rest.incumbent == nil:
	case s.gaveUp && s.w.stopped == 0:
		s.accept(rest.reduction.restore(rest.incumbent)) // and goes on with an attempt that looks less far
	default:
		s.rest = rest
	}
	bound = s.cutoff
	below := plus(rest.results[s.level].Bound, rest.reduction.constant[s.level])
	if s.w.stopped != 0 {
		if feasible {
			bound = min(bound, max(s.rootBound, below))
		}
		return min(bound, s.best()), true
	}
	if s.gaveUp || s.rest != nil {
		return min(bound, below), !s.gaveUp
	}
	return s.value, s.incumbent != nil && s.value < s.cutoff
}

// install puts the costs of the level into the linear programme. The basis at hand was made for others: it is the tree of an ascent, whose
// prices go with it; or was made for a row priced by the opening, or for the level before, which now stands in a row of its own. That row enters the basis at
// the price that the level before had in units of this one, so that the basis stays nearly dual feasible. The basis
// that a tree ends at may be some ten times as many pivots away as that of its root.
func (s *search) install() {
	s.installed = true
	before := s.weights
	if before != nil && 0 < before[s.level] && before[s.level] < 1 && s.rooted != nil {
		s.lp.SetBasis(s.rooted) // its costs had a trace of this level, which no branch has taken it away from
	}
	s.blend = s.blended(s.level)
	s.lp.SetCost(s.blend)
	s.setBounds(s.baseLower, s.baseUpper)
	switch {
	case s.dual != nil:
		s.lp.Crash(s.dual.price, s.dual.wanted, s.w.stop)
	case s.opened != nil:
		s.lp.Price(s.opened.row, s.opened.value)
		s.opened = nil
	case before != nil && before[s.level] > 0:
		for k, weight := range before[:s.level] {
			if weight == 1 {
				s.lp.Price(s.levelRow(k)-s.structural, -1/before[s.level])
			}
		}
	}
}

// leave keeps a node that may hold something as good as the incumbent.
func (s *search) leave(n *node) {
	if !s.last && s.incumbent != nil && n.bound <= s.value {
		s.leaves = append(s.leaves, n)
	}
}

// settledFor reports whether a level may end at a bound: once it is proven, or within the gap, where others follow for long enough. A level that is
// proven leaves less to those after it, which then mostly take less time than the rest of its proof did.
func (s *search) settledFor(bound int64, gap float64) bool {
	if !s.closed(bound, gap) {
		return false
	}
	if s.reachedAt < 0 {
		s.reachedAt = s.work()
	}
	more := proofShare * (s.reachedAt - s.begun)
	switch { // as the attempts before may have done most of the work
	case s.large() && s.level == 0:
		more = max(more, proofFirst)
	case s.large():
		more = proofLater
	}
	return s.last || bound >= s.value || s.work()-s.reachedAt >= more
}

// work is what the level has taken so far, in pivots: in a large programme a node costs some even if its relaxation takes none.
func (s *search) work() int64 {
	if !s.large() {
		return s.lp.Pivots
	}
	return s.lp.Pivots + nodeWork*s.nodesMade
}

// closed reports whether the incumbent is within the gap of a bound.
func (s *search) closed(bound int64, gap float64) bool {
	return s.incumbent != nil && (bound >= s.value || s.Levels[s.level].Gap(s.value, bound) <= gap)
}
