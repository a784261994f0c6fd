package branch

import (
	"math"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
)

// nearShare is the first reach of a cutoff above the bound, as a share of the bound. The gap that integers leave is mostly
// smaller than the gap to the first incumbent by far.
const nearShare = 2e-5

// attemptPivots are those after which the first attempt in a large programme that has not come within the gap gives way to the next, which may take twice as many.
const attemptPivots = 12_000

// soonPivots are those below which an attempt in a large programme was soon empty.
const soonPivots = 4_000

// sameReach is how many attempts may be empty in a row before the next one reaches further.
const sameReach = 3

// reachShare is the share of the arcs that the first attempt in a large programme is made with.
const reachShare = 0.2

// directShare is how many times the gap an incumbent is above the bound, from which on an attempt looks for all that is better, as each narrower one
// before it would take nearly as long.
const directShare = 4

// raise sets the cutoff of the next attempt: a little above the bound, or the floor where that is proven, and at most a sixteenth of the way to the
// incumbent, then four times as far each time. An attempt looks only for solutions below it, which leaves few arcs, and so
// finds the optimum soon or proves that there is none below: then the bound is the cutoff.
func (s *search) raise(gap float64) {
	from := max(s.rootBound, s.floor)
	near := s.shortReach(from)
	switch {
	case s.dual != nil:
		s.near = max(1, int64(max(gap, nearShare)*math.Abs(float64(from+s.Levels[s.level].Constant))))
		s.reach = s.nextReach()
	case s.reach > 0:
		s.reach *= 4
	case s.incumbent != nil:
		s.reach = max(1, min(near, (s.value-from)/16))
	default:
		s.reach = near
	}
	s.cutoff = s.cutoffFrom(from)
}

// shortReach is the first reach above a bound.
func (s *search) shortReach(bound int64) int64 {
	return max(1, int64(nearShare*math.Abs(float64(bound+s.constantOf(s.level)))))
}

// cutoffFrom is the cutoff of an attempt from a bound on, MaxInt64 for none but the incumbent.
func (s *search) cutoffFrom(bound int64) int64 {
	cutoff := bound + s.reach
	if s.reach > solver.MaxTotal/8 || bound < -solver.MaxTotal {
		return math.MaxInt64
	}
	if s.incumbent == nil {
		return cutoff
	}
	if s.near > 0 && s.value-bound > directShare*s.near {
		return min(cutoff, s.value-s.near) // once nothing is below that, the incumbent is within the gap
	}
	if s.near > 0 || cutoff >= s.value {
		return math.MaxInt64
	}
	return cutoff
}

// nextReach is how far above the bound an attempt after an ascent looks. Below a narrow cutoff few arcs are left, so it is proven that nothing is there, or what is
// there is found, before an attempt with a wider one has come to the end of a way down. So after one that took long, or was given up, the next reaches no
// further than the gap: whatever is found there ends the level. After one that was soon empty, or after several, it reaches twice as far.
func (s *search) nextReach() int64 {
	s.same++
	switch {
	case s.reach == 0:
		s.same = 0
		return max(s.near, s.within(reachShare)) // at the prices of the relaxation more arcs than that may cost nothing
	case s.reach > s.near && (s.tooWide || s.effort >= attemptPivots):
		s.same = 0
		return s.near
	case s.effort < soonPivots || s.same >= sameReach:
		s.same = 0
		return 2 * s.reach
	}
	return s.reach
}

// patience is the number of pivots after which an attempt that has not come within the gap is given up. One that reaches no further than the gap, or below no cutoff, never is.
func (s *search) patience() int64 {
	if s.ceiling == math.MaxInt64 && (s.reach <= s.near || s.cutoff == math.MaxInt64) {
		return math.MaxInt64
	}
	return s.allowance
}

// within is a distance from the bound of the root within which a share of the arcs that are not fixed is left.
func (s *search) within(share float64) int64 {
	lower, upper := s.problem.lower, s.problem.upper
	s.model.Bound(&s.certificate, s.problem.cost[s.level], lower, upper, s.rootPotential, s.rootPrice)
	var distances []int64
	for a := range s.arcs {
		if lower[a] < upper[a] {
			rc := s.certificate.Reduced[a] >> s.certificate.Scale
			distances = append(distances, max(rc, -rc))
		}
	}
	slices.Sort(distances)
	return max(1, distances[int(share*float64(len(distances)))])
}

// farBelow reports whether the ascent in a larger programme has ended so far below the relaxation that an attempt from the prices of this one is the better.
func (s *search) farBelow() bool {
	return s.dual != nil && s.floor < s.relaxedBound && s.relaxedBound < s.ceiling && s.relaxedBound-s.floor > (s.ceiling-s.floor)/2
}
