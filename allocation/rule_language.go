package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

var ruleLanguage = Rule{
	ID:            model.RuleLanguage,
	Sentence:      "A newcomer speaks the school's language of instruction.",
	Chinese:       "新到岗教师须掌握学校的教学语言。",
	Mathematics:   "x_tp = 1, p ≠ p0 ⇒ the school's language, if it has one, is among t's",
	Source:        "county practice: Mongolian-medium posts",
	ChineseSource: "本县惯例：蒙古语授课岗位",
	forbids: func(n *instance, t *person, p *post) bool {
		language := n.schools[p.school].Language
		return language != "" && !slices.Contains(t.Languages, language)
	},
}
