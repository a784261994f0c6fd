package allocation

import "github.com/xianguan/xianguan/model"

// Who teaches PE or art as a second subject beside a post of another subject does not count.
var ruleIndicatorArts = Rule{
	ID:            model.RuleIndicatorArts,
	Sentence:      "Each stage of a school has 0.9 teachers of PE and art for each 100 pupils.",
	Chinese:       "每百名学生拥有体育、艺术专任教师数0.9人以上。",
	Mathematics:   "Σ_{p of PE, music or fine art in s and g} x_tp + y ≥ ⌈figure · pupils_sg / 100⌉; hard: at most those there now",
	Source:        "教督〔2017〕6号, balanced quality (优质均衡)",
	ChineseSource: "教督〔2017〕6号，优质均衡",
	setting:       func(r *model.Rules) model.RuleSetting { return r.IndicatorArts },
	sums: func(n *instance, _ *pairs) sums {
		arts := map[model.SubjectID]bool{}
		for _, s := range n.county.Subjects {
			arts[s.ID] = s.Arts
		}
		return n.indicator(n.county.Rules.IndicatorArts, &n.county.Rules.ArtsPer100, func(_ *person, p *post) bool {
			return arts[p.id.Subject]
		})
	},
}
