package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleAway = Rule{
	ID:            model.RuleAway,
	Sentence:      "Who is on leave, seconded or retired is not planned.",
	Chinese:       "请假、借调、退休人员不参加统筹。",
	Mathematics:   "Σ_p x_tp = 0 for whoever is away",
	Source:        "practice",
	ChineseSource: "惯例",
}
