package allocation

import "github.com/xianguan/xianguan/model"

var ruleIndicatorDegree = Rule{
	ID:            model.RuleIndicatorDegree,
	Sentence:      "Each stage of a school has teachers above the required degree, 4.2 (primary) or 5.3 (junior) for each 100 pupils.",
	Chinese:       "每百名学生拥有高于规定学历教师数：小学4.2人以上，初中5.3人以上。",
	Mathematics:   "Σ_{t above the degree of g, p in s and g} x_tp + y ≥ ⌈figure · pupils_sg / 100⌉; hard: at most those there now",
	Source:        "教督〔2017〕6号, balanced quality (优质均衡)",
	ChineseSource: "教督〔2017〕6号，优质均衡",
	setting:       func(r *model.Rules) model.RuleSetting { return r.IndicatorDegree },
	sums: func(n *instance, _ *pairs) sums {
		return n.indicator(n.county.Rules.IndicatorDegree, &n.county.Rules.AboveDegreePer100, func(t *person, p *post) bool {
			return t.Degree > model.RequiredDegree(p.id.Stage)
		})
	},
}
