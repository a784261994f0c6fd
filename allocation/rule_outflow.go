package allocation

import "github.com/xianguan/xianguan/model"

var ruleOutflow = Rule{
	ID:            model.RuleOutflow,
	Sentence:      "At most a share of a school's people leaves it in one year.",
	Chinese:       "学校每年调出教师不超过一定比例。",
	Mathematics:   "people of s who end at another school − y ≤ ⌊share · inc_s⌋",
	Source:        "practice",
	ChineseSource: "惯例",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Outflow },
	sums: func(n *instance, _ *pairs) sums {
		share := n.county.Rules.OutflowShare
		return sums{
			groups: n.groupBySchool(false, func(s int32) int64 { return share.Of(int64(n.schools[s].incumbents)) }),
			count: func(into []entry, t, p int32) []entry {
				if from := n.people[t].school; from >= 0 && from != n.posts[p].school {
					return append(into, entry{from, 1})
				}
				return into
			},
		}
	},
}
