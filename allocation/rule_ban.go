package allocation

import (
	"github.com/xianguan/xianguan/model"
)

var ruleBan = Rule{
	ID:            model.RuleBan,
	Sentence:      "Who is barred from a post does not have it.",
	Chinese:       "被排除的岗位不得安排。",
	Mathematics:   "x_tp = 0 for each ban (t, p)",
	Source:        "the county's own decision",
	ChineseSource: "本县决定",
}
