package allocation

import "github.com/xianguan/xianguan/model"

var ruleBackbone = Rule{
	ID:          model.RuleBackbone,
	Sentence:    "Of the teachers exchanged, a share is backbone teachers.",
	Chinese:     "交流教师中骨干教师须达到一定比例。",
	Mathematics: "10000 (|B| + y) ≥ share · |X|",
	Source:      "教师〔2014〕4号: at least 20 % of the exchanged",
	setting:     func(r *model.Rules) model.RuleSetting { return r.Backbone },
	groups: func(n *instance) []group {
		return []group{{school: -1, floor: true, bound: 0, unit: int64(model.Whole)}}
	},
	member: func(n *instance, t, p int32) (int, int64) {
		if !n.exchanged(t, p) {
			return none, 0
		}
		count := -int64(n.county.Rules.BackboneShare)
		if n.people[t].Backbone != model.BackboneNone {
			count += int64(model.Whole)
		}
		return countyGroup, count
	},
	show: func(n *instance, to []int32) (asked, got int64) {
		exchanged := int64(0)
		for t, p := range to {
			if p >= 0 && n.exchanged(int32(t), p) {
				exchanged++
				if n.people[t].Backbone != model.BackboneNone {
					got++
				}
			}
		}
		return ceilShare(n.county.Rules.BackboneShare, exchanged), got
	},
}
