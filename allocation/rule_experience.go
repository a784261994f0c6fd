package allocation

import "github.com/xianguan/xianguan/model"

var ruleExperience = Rule{
	ID:            model.RuleExperience,
	Sentence:      "Every school keeps a share of experienced teachers, or as many as it has.",
	Chinese:       "各校须保有一定比例的一级及以上职称教师，不足者不再减少。",
	Mathematics:   "people of s with a title of the first class or higher + y ≥ min(⌈share · D_s⌉, present such people of s)",
	Source:        "practice; balanced quality (优质均衡), 教督〔2017〕6号",
	ChineseSource: "惯例；优质均衡，教督〔2017〕6号",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Experience },
	sums: func(n *instance, _ *pairs) sums {
		return n.keep(n.county.Rules.ExperienceMin, (*person).experienced)
	},
}

// keep asks each school for a share of its need in people of a kind, or for as many as
// it has: where they are few, they get no fewer.
func (n *instance) keep(share model.Share, kind func(*person) bool) sums {
	present := make([]int64, len(n.schools))
	for i := range n.people {
		if t := &n.people[i]; t.school >= 0 && kind(t) {
			present[t.school]++
		}
	}
	return sums{
		groups: n.groupBySchool(true, func(s int32) int64 { return min(ceilShare(share, int64(n.schools[s].need)), present[s]) }),
		count: func(into []entry, t, p int32) []entry {
			if kind(&n.people[t]) {
				return append(into, entry{n.posts[p].school, 1})
			}
			return into
		},
	}
}

// experienced reports whether the teacher has a title of the first class (一级) or higher.
func (t *person) experienced() bool { return t.Title >= model.TitleFirst }
