package allocation

import "github.com/xianguan/xianguan/model"

var ruleBudget = Rule{
	ID:            model.RuleBudget,
	Sentence:      "The hardship subsidies of the county stay within its budget.",
	Chinese:       "全县差别化补贴总额不超过预算。",
	Mathematics:   "Σ subsidy_tp x_tp ≤ budget",
	Source:        "the county's budget; Fuxin section 3(3)",
	ChineseSource: "本县预算；阜政办发〔2020〕21号三（三）",
	setting: func(r *model.Rules) model.RuleSetting {
		if r.SubsidyBudget == 0 {
			return model.RuleSetting{}
		}
		return model.RuleSetting{Force: model.ForceHard}
	},
	sums: func(n *instance, _ *pairs) sums {
		return sums{
			groups: []group{{school: -1, bound: int64(n.county.Rules.SubsidyBudget), unit: 1}},
			count: func(into []entry, t, p int32) []entry {
				tier := n.schools[n.posts[p].school].Tier
				if monthly := n.county.Subsidy.Monthly(tier, n.people[t].RuralYears); monthly > 0 {
					return append(into, entry{countyGroup, int64(monthly)})
				}
				return into
			},
		}
	},
}
