package allocation

import "github.com/xianguan/xianguan/model"

var ruleOutflow = Rule{
	ID:          model.RuleOutflow,
	Sentence:    "At most a share of a school's people leaves it in one year.",
	Chinese:     "学校每年调出教师不超过一定比例。",
	Mathematics: "people of s who end at another school − y ≤ ⌊share · inc_s⌋",
	Source:      "practice",
	setting:     func(r *model.Rules) model.RuleSetting { return r.Outflow },
	groups: func(n *instance) []group {
		share := n.county.Rules.OutflowShare
		return n.groupBySchool(false, func(s int32) int64 { return share.Of(int64(n.schools[s].incumbents)) })
	},
	member: func(n *instance, t, p int32) (int, int64) {
		if from := n.people[t].school; from >= 0 && from != n.posts[p].school {
			return int(from), 1
		}
		return none, 0
	},
}
