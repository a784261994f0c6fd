package network

import "github.com/xianguan/xianguan/allocation/solver"

// dominance is the weight of a unit of a level in the blend, in units of the largest cost that the later levels
// have together.
const dominance = 2

// blend brings the tree close to the lexicographic optimum before any level is solved, by pivoting on one cost in
// which each level outweighs those behind it and flow on artificial arcs outweighs them all.
//
// A level alone often costs nothing on most arcs. Its pivots then choose among ties, blindly, and the next level
// undoes what they did. In the blend a later level breaks the ties of an earlier one, which takes several times
// fewer pivots. Were the weights so large that W·rc_k could never be made up by the reduced costs of the levels
// behind, a tree optimal for the blend would be optimal for every level on the face of those before: rc_k ≥ 0
// everywhere, rc_{k+1} ≥ 0 wherever rc_k = 0, and so on. Such weights would be huge. These are not, so the blend
// proves nothing and nothing relies on it; phase 0 and the levels follow, exactly, and mostly find next to nothing
// to do.
//
// Levels at the end that do not fit with their weights within solver.MaxTotal stay out of the blend.
func (s *Simplex) blend(w *watch) {
	weights, deficit := s.weights()
	if s.feasible && len(weights) <= 1 {
		return // the first level does the same
	}
	for pos, id := range s.ids {
		a := max(id, ^id)
		sum := int64(0)
		for k, weight := range weights {
			if cost := s.programme.Levels[k].Cost; cost != nil {
				sum += weight * cost[a]
			}
		}
		if id < 0 {
			sum = -sum
		}
		s.arcs[pos].cost = sum
	}
	s.setPotentials(deficit)
	for w.check(s, -1) == 0 {
		enter, rc := s.price()
		if enter < 0 {
			break
		}
		s.pivot(enter, s.upper[enter], 0, rc)
		s.pivots++
	}
	s.feasible = s.feasible || s.unmet() == 0
}

// weights returns those of as many levels as fit, and that of a unit on an artificial arc out of the root. They are
// such that the potentials of every tree stay within solver.MaxTotal.
func (s *Simplex) weights() (weights []int64, deficit int64) {
	p := s.programme
	largest := make([]int64, len(p.Levels))
	for k, level := range p.Levels {
		for _, c := range level.Cost {
			largest[k] = max(largest[k], c, -c)
		}
	}
	limit := solver.MaxTotal / int64(len(p.Supply)+1)
	for count := len(largest); count > 0; count-- {
		if weights, deficit, ok := weigh(largest[:count], limit); ok {
			return weights, deficit
		}
	}
	return nil, 1
}

// weigh gives weights to levels by their largest costs, the last level first. It reports whether a blended cost
// stays within limit.
func weigh(largest []int64, limit int64) (weights []int64, deficit int64, ok bool) {
	weights = make([]int64, len(largest))
	size := int64(0) // of the costs blended so far, at most limit
	for k := len(largest) - 1; k >= 0; k-- {
		weights[k] = 1 + dominance*size
		if largest[k] > (limit-size)/weights[k] {
			return nil, 0, false
		}
		size += weights[k] * largest[k]
	}
	deficit = 1 + dominance*size
	return weights, deficit, deficit <= limit-size
}
