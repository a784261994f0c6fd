package allocation

import "github.com/xianguan/xianguan/model"

var ruleBudget = Rule{
	ID:          model.RuleBudget,
	Sentence:    "The hardship subsidies of the county stay within its budget.",
	Chinese:     "全县差别化补贴总额不超过预算。",
	Mathematics: "Σ subsidy_tp x_tp ≤ budget",
	Source:      "the county's budget; Fuxin section 3(3)",
	setting: func(r *model.Rules) model.RuleSetting {
		if r.SubsidyBudget == 0 {
			return model.RuleSetting{}
		}
		return model.RuleSetting{Force: model.ForceHard}
	},
	groups: func(n *instance) []group {
		return []group{{school: -1, bound: int64(n.county.Rules.SubsidyBudget), unit: 1}}
	},
	member: func(n *instance, t, p int32) (int, int64) {
		tier := n.schools[n.posts[p].school].Tier
		return countyGroup, int64(n.county.Subsidy.Monthly(tier, n.people[t].RuralYears))
	},
}
