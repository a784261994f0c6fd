package allocation

import "github.com/xianguan/xianguan/model"

var ruleIndicatorBackbone = Rule{
	ID:            model.RuleIndicatorBackbone,
	Sentence:      "Each stage of a school has a backbone teacher of county level or higher for each 100 pupils.",
	Chinese:       "每百名学生拥有县级以上骨干教师数1人以上。",
	Mathematics:   "Σ_{t of county level or higher, p in s and g} x_tp + y ≥ ⌈figure · pupils_sg / 100⌉; hard: at most those there now",
	Source:        "教督〔2017〕6号, balanced quality (优质均衡)",
	ChineseSource: "教督〔2017〕6号，优质均衡",
	setting:       func(r *model.Rules) model.RuleSetting { return r.IndicatorBackbone },
	sums: func(n *instance, _ *pairs) sums {
		return n.indicator(n.county.Rules.IndicatorBackbone, &n.county.Rules.BackbonePer100, func(t *person, _ *post) bool {
			return t.Backbone >= model.BackboneCounty
		})
	},
}
