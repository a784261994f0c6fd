package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleDistance = Rule{
	ID:            model.RuleDistance,
	Sentence:      "Nobody is moved further than the greatest forced distance unasked.",
	Chinese:       "非自愿调动不超过规定距离。",
	Mathematics:   "ground rotation or unplaced ⇒ road distance from home ≤ greatest forced distance",
	Source:        "practice",
	ChineseSource: "惯例",
	forbids: func(n *instance, t *person, p *post) bool {
		switch n.ground(t, p) {
		case model.GroundRotation, model.GroundUnplaced:
			return t.road != nil && t.road[p.school] > n.county.Rules.ForcedDistance
		}
		return false
	},
}
