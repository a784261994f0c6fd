package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleExemption = Rule{
	ID:            model.RuleExemption,
	Sentence:      "The exempt and those near retirement are not moved against their will.",
	Chinese:       "孕哺期、重病及临近退休教师不作强制交流。",
	Mathematics:   "ground rotation ⇒ t is not exempt and not near retirement",
	Source:        "practice",
	ChineseSource: "惯例",
	forbids: func(n *instance, t *person, p *post) bool {
		return t.exempt && n.ground(t, p) == model.GroundRotation
	},
}
