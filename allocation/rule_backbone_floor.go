package allocation

import "github.com/xianguan/xianguan/model"

var ruleBackboneFloor = Rule{
	ID:            model.RuleBackboneFloor,
	Sentence:      "Every school keeps a share of backbone teachers, or as many as it has.",
	Chinese:       "各校须保有一定比例的骨干教师，不足者不再减少。",
	Mathematics:   "backbone teachers of s + y ≥ min(⌈share · D_s⌉, present backbone teachers of s)",
	Source:        "practice; balanced quality (优质均衡), 教督〔2017〕6号",
	ChineseSource: "惯例；优质均衡，教督〔2017〕6号",
	setting:       func(r *model.Rules) model.RuleSetting { return r.BackboneFloor },
	sums: func(n *instance, _ *pairs) sums {
		return n.keep(n.county.Rules.BackboneMin, func(t *person) bool { return t.Backbone != model.BackboneNone })
	},
}
