package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

var ruleStage = Rule{
	ID:            model.RuleStage,
	Sentence:      "A newcomer is qualified for the stage of the post.",
	Chinese:       "新到岗教师须具备相应学段资格。",
	Mathematics:   "x_tp = 1, p ≠ p0 ⇒ stage(p) ∈ stages of t",
	Source:        "Teachers Law (教师法), qualification of teachers",
	ChineseSource: "《教师法》：教师资格",
	forbids: func(n *instance, t *person, p *post) bool {
		return !slices.Contains(t.Stages, p.id.Stage)
	},
}
