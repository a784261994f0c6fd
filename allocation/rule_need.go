package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleNeed = Rule{
	ID:            model.RuleNeed,
	Sentence:      "Newcomers go only where there is need, and overstaffing never grows.",
	Chinese:       "只向缺岗学科派人，超员只减不增。",
	Mathematics:   "Σ_t x_tp ≤ d_p + max(0, inc_p − d_p), and no newcomer where d_p = 0",
	Source:        "practice; full curriculum (开齐课程开足课时), Fuxin section 3(4)",
	ChineseSource: "惯例；开齐课程开足课时，阜政办发〔2020〕21号三（四）",
	forbids: func(n *instance, t *person, p *post) bool {
		return p.need == 0
	},
}
