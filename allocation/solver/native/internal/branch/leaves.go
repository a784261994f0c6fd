package branch

import (
	"math"
	"slices"
)

const (
	fewLeaves  = 8   // as many are all relaxed to the end
	mostLeaves = 100 // as many are relaxed one by one, at most, in place of the whole face
)

// relaxLeaves relaxes what the levels before have left, leaf by leaf, in place of the whole face. A leaf of a proven level has no slack at that level: the costs
// that settled it fix most arcs, and what remains is mostly integral. The face has fractional solutions that cost less at the levels before than any plan does, and
// spends the difference on this one; to relax it takes several times as long, and says less. Where there are many, the first is relaxed to its end, and each other one
// until it is known to be worse than the best by more than the reach of an attempt. All are kept with their bounds and bases.
func (s *search) relaxLeaves() {
	s.install()
	leaves, kept, least := s.leaves, []*node(nil), int64(math.MaxInt64)
	for _, leaf := range leaves {
		n := &node{parent: leaf, variable: unbranched, bound: s.rootBound, whole: true}
		if !s.enter(n) {
			continue
		}
		state := s.relaxLeaf(n)
		if state == stopped {
			s.cutoff, s.leaves = math.MaxInt64, leaves
			return
		}
		if state == empty && n.bound < s.best() {
			continue
		}
		if n.bound < least {
			least = n.bound
			if len(leaves) > fewLeaves {
				s.cutoff = plus(least, s.shortReach(least))
			}
			s.rooted = n.basis
		}
		kept = append(kept, n)
	}
	s.cutoff = math.MaxInt64
	for _, n := range kept {
		if s.enter(n) {
			n.drawn = s.tighten(n.at, s.lower, s.upper, nil)
		}
	}
	s.leaves = slices.DeleteFunc(kept, func(n *node) bool { return n.bound > s.value })
	s.rootBound = max(s.rootBound, min(least, s.value))
	if len(s.leaves) == 1 && s.rootBound < s.value {
		s.takeOver(s.leaves[0])
	}
}

// relaxLeaf relaxes a leaf, and keeps where it ends. What the relaxation draws in holds below the cutoff under way alone, and is not kept.
func (s *search) relaxLeaf(n *node) state {
	state := s.relax(n)
	n.drawn = nil
	if state == solved {
		if _, _, found := s.fractional(); !found {
			s.offer()
		}
	}
	if state != stopped {
		n.basis, n.at = s.lp.Basis(), multipliers{slices.Clone(s.potential), slices.Clone(s.price)}
	}
	return state
}

// takeOver makes the only leaf the whole face.
func (s *search) takeOver(leaf *node) {
	s.confine(leaf)
	copy(s.baseLower, s.problem.lower)
	copy(s.baseUpper, s.problem.upper)
	s.leaves = nil
	s.lp.SetBasis(leaf.basis)
	s.relaxRoot()
}

// confine takes what holds for the only leaf that a search has left for the whole face.
func (s *search) confine(leaf *node) {
	lower, upper := s.problem.lower, s.problem.upper
	s.entered = nil
	s.enter(leaf)
	for j := range lower {
		lower[j], upper[j] = max(lower[j], s.lower[j]), min(upper[j], s.upper[j])
	}
	s.entered = nil
}

// revisit makes a node of a leaf for an attempt. Where the leaf has been relaxed at this level, it starts at that basis, and within what solutions below the cutoff can have at those
// multipliers: they fix far more arcs than those of the whole face do.
func (s *search) revisit(leaf *node) *node {
	s.nodesMade++
	n := &node{parent: leaf, variable: unbranched, bound: s.rootBound, id: s.nodesMade}
	if leaf == nil || leaf.at.potential == nil {
		return n
	}
	n.bound, n.basis = max(n.bound, leaf.bound), leaf.basis
	if best := s.best(); n.bound < best && best < math.MaxInt64 && s.enter(n) {
		n.drawn = s.tightenAtAll(leaf.at, s.lower, s.upper)
	}
	s.entered = nil
	return n
}
