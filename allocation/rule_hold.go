package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleHold = Rule{
	ID:            model.RuleHold,
	Sentence:      "Nobody who holds a post is left without one.",
	Chinese:       "在岗教师不得被置于无岗状态。",
	Mathematics:   "Σ_p x_tp = 1 for whoever has a present post",
	Source:        "practice: placing surplus people never displaces an incumbent",
	ChineseSource: "惯例：安置富余人员不挤占在岗教师",
}
