package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

var ruleQualification = Rule{
	ID:            model.RuleQualification,
	Sentence:      "A newcomer is qualified in the subject of the post.",
	Chinese:       "新到岗教师须具备任教学科资格。",
	Mathematics:   "x_tp = 1, p ≠ p0 ⇒ subject(p) ∈ {main} ∪ second subjects of t",
	Source:        "Teachers Law (教师法), qualification of teachers",
	ChineseSource: "《教师法》：教师资格",
	forbids: func(n *instance, t *person, p *post) bool {
		return t.Main != p.id.Subject && !slices.Contains(t.Second, p.id.Subject)
	},
}
