package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleOnePost = Rule{
	ID:            model.RuleOnePost,
	Sentence:      "Each teacher has at most one post.",
	Chinese:       "每名教师至多任一个岗位。",
	Mathematics:   "Σ_p x_tp ≤ 1",
	Source:        "教师〔2014〕4号; one person, one post (一人一岗)",
	ChineseSource: "教师〔2014〕4号；一人一岗",
}
