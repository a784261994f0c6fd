package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// ground gives the ground on which teacher t may take post p, in the order of
// choice of the package comment; GroundNone where there is none. It asks only
// who the teacher is: the rules on distance, exemption and term come on top.
func (n *instance) ground(t *person, p *post) model.Ground {
	switch {
	case t.present >= 0 && n.posts[t.present].id == p.id:
		return model.GroundStay
	case t.Pool == model.PoolRecruit:
		return model.GroundRecruit
	case t.Volunteer && (len(t.Preferences) == 0 || slices.Contains(t.Preferences, p.id.School)):
		return model.GroundVolunteer
	case t.Pool == model.PoolUnplaced:
		return model.GroundUnplaced
	case t.school != p.school && t.YearsHere >= n.county.Rules.RotationYears:
		return model.GroundRotation
	}
	return model.GroundNone
}
