package allocation

import "github.com/xianguan/xianguan/model"

var ruleBackbone = Rule{
	ID:            model.RuleBackbone,
	Sentence:      "Of the teachers exchanged, a share is backbone teachers.",
	Chinese:       "交流教师中骨干教师须达到一定比例。",
	Mathematics:   "10000 (|B| + y) ≥ share · |X|",
	Source:        "教师〔2014〕4号: at least 20 % of the exchanged",
	ChineseSource: "教师〔2014〕4号：骨干教师不低于交流总数的20%",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Backbone },
	sums: func(n *instance, _ *pairs) sums {
		share := n.county.Rules.BackboneShare
		return sums{
			groups: []group{{school: -1, floor: true, bound: 0, unit: int64(model.Whole)}},
			count: func(into []entry, t, p int32) []entry {
				if !n.exchanged(t, p) {
					return into
				}
				count := -int64(share)
				if n.people[t].Backbone != model.BackboneNone {
					count += int64(model.Whole)
				}
				return append(into, entry{countyGroup, count})
			},
			show: func(to []int32) (asked, got int64) {
				exchanged := int64(0)
				for t, p := range to {
					if p >= 0 && n.exchanged(int32(t), p) {
						exchanged++
						if n.people[t].Backbone != model.BackboneNone {
							got++
						}
					}
				}
				return ceilShare(share, exchanged), got
			},
		}
	},
}
