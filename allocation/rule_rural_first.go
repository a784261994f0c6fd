package allocation

import "github.com/xianguan/xianguan/model"

var ruleRuralFirst = Rule{
	ID:            model.RuleRuralFirst,
	Sentence:      "Recruits and new special posts go to rural schools.",
	Chinese:       "新招聘教师和特岗教师安排到乡村学校。",
	Mathematics:   "Σ_{t is new, p not in a rural school} x_tp − y ≤ 0",
	Source:        "special-post plan (特岗计划); Fuxin section 3(3)",
	ChineseSource: "特岗计划；阜政办发〔2020〕21号三（三）",
	setting:       func(r *model.Rules) model.RuleSetting { return r.RuralFirst },
	sums: func(n *instance, _ *pairs) sums {
		return sums{
			groups: []group{{school: -1, bound: 0, unit: 1}},
			count: func(into []entry, t, p int32) []entry {
				if n.people[t].isNew() && !n.schools[n.posts[p].school].Rural {
					return append(into, entry{countyGroup, 1})
				}
				return into
			},
		}
	},
}

// isNew reports whether the teacher is a recruit, or has a special post to begin.
func (t *person) isNew() bool {
	return t.school < 0 && (t.Pool == model.PoolRecruit || t.Term == model.TermSpecialPost)
}
