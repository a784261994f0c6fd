package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleGround = Rule{
	ID:            model.RuleGround,
	Sentence:      "Nobody is moved at will: every move has a ground.",
	Chinese:       "调动须有依据，不得任意调动。",
	Mathematics:   "x_tp = 1, p ≠ p0 ⇒ t has a ground for p",
	Source:        "教师〔2014〕4号: rotation is due after years at one school",
	ChineseSource: "教师〔2014〕4号：同校任教满规定年限应交流",
	forbids: func(n *instance, t *person, p *post) bool {
		return n.ground(t, p) == model.GroundNone
	},
}
