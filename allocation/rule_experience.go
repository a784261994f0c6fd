package allocation

import "github.com/xianguan/xianguan/model"

var ruleExperience = Rule{
	ID:          model.RuleExperience,
	Sentence:    "Every school keeps a share of experienced teachers, or as many as it has.",
	Chinese:     "各校须保有一定比例的一级及以上职称教师，不足者不再减少。",
	Mathematics: "people of s with a title of the first class or higher + y ≥ min(⌈share · D_s⌉, present such people of s)",
	Source:      "practice; balanced quality (优质均衡), 教督〔2017〕6号",
	setting:     func(r *model.Rules) model.RuleSetting { return r.Experience },
	groups: func(n *instance) []group {
		present := make([]int64, len(n.schools))
		for i := range n.people {
			if t := &n.people[i]; t.school >= 0 && t.experienced() {
				present[t.school]++
			}
		}
		share := n.county.Rules.ExperienceMin
		return n.groupBySchool(true, func(s int32) int64 { return min(ceilShare(share, int64(n.schools[s].need)), present[s]) })
	},
	member: func(n *instance, t, p int32) (int, int64) {
		if n.people[t].experienced() {
			return int(n.posts[p].school), 1
		}
		return none, 0
	},
}

// experienced reports whether the teacher has a title of the first class (一级) or higher.
func (t *person) experienced() bool { return t.Title >= model.TitleFirst }
