package allocation

import "github.com/xianguan/xianguan/model"

// Who serves at a school that is not rural already is bound there by the rule term, so
// hard the rule allows as many as there are.
var ruleSpecialPosts = Rule{
	ID:            model.RuleSpecialPosts,
	Sentence:      "Special posts serve their term at rural schools.",
	Chinese:       "特岗教师服务期内在乡村学校任教。",
	Mathematics:   "Σ_{t within the term of a special post, p not in a rural school} x_tp − y ≤ hard: such people now; soft: 0",
	Source:        "教师〔2006〕2号: special-post plan (特岗计划)",
	ChineseSource: "教师〔2006〕2号：特岗计划",
	setting:       func(r *model.Rules) model.RuleSetting { return r.SpecialPosts },
	sums: func(n *instance, _ *pairs) sums {
		outside := int64(0)
		for i := range n.people {
			if t := &n.people[i]; n.onSpecialPost(t) && t.school >= 0 && !n.schools[t.school].Rural {
				outside++
			}
		}
		if n.county.Rules.SpecialPosts.Force == model.ForceSoft {
			outside = 0
		}
		return sums{
			groups: []group{{school: -1, bound: outside, unit: 1}},
			count: func(into []entry, t, p int32) []entry {
				if n.misplaces(&n.people[t], &n.posts[p]) {
					return append(into, entry{countyGroup, 1})
				}
				return into
			},
		}
	},
	forbids: (*instance).misplaces,
}

// onSpecialPost reports whether the teacher's term of a special post (特岗) runs.
func (n *instance) onSpecialPost(t *person) bool {
	return t.Term == model.TermSpecialPost && t.TermEnds > n.county.Date
}

// misplaces reports whether a post would put a special post at a school that is not rural.
func (n *instance) misplaces(t *person, p *post) bool {
	return n.onSpecialPost(t) && !n.schools[p.school].Rural
}
