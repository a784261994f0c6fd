package allocation

import "github.com/xianguan/xianguan/model"

// vacancyCost is what the i-th vacancy of a need of d people costs, in shortage
// points: ⌊(2i−1) w / d⌋ with a weight in basis points. It never falls with i, so
// the sum over vacancies is convex; unrounded it is w i² / d. The sum for a need left wholly
// empty is w · d: as much for each person in a small school as in a large one.
func vacancyCost(i, d int, weight int64) int64 { return int64(2*i-1) * weight / int64(d) }

// postWeight is W_p: heavier with the hardship tier and the subject's weight.
func (n *instance) postWeight(p *post) int64 {
	subject := model.Whole
	if w, set := n.options.Weights.Subject[p.id.Subject]; set {
		subject = w
	}
	return subject.Of(n.tierWeight(&n.schools[p.school]))
}

// schoolWeight is V_s, the weight of a school's sum beside its posts.
func (n *instance) schoolWeight(s *school) int64 {
	share := n.county.Rules.SchoolWeight
	if n.options.Weights.School != nil {
		share = *n.options.Weights.School
	}
	return share.Of(n.tierWeight(s))
}

func (n *instance) tierWeight(s *school) int64 {
	step := n.county.Rules.TierWeightStep
	if n.options.Weights.TierStep != nil {
		step = *n.options.Weights.TierStep
	}
	return int64(model.Whole) + int64(step)*int64(s.Tier)
}
