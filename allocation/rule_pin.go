package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var rulePin = Rule{
	ID:            model.RulePin,
	Sentence:      "Who is pinned to a post has it.",
	Chinese:       "指定岗位的教师须在该岗位。",
	Mathematics:   "x_tp = 1 for each pin (t, p)",
	Source:        "the county's own decision",
	ChineseSource: "本县决定",
}
