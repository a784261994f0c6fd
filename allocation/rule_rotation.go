package allocation

import "github.com/xianguan/xianguan/model"

// The condition stands for each school, since a school is who can let its people go; the
// shortfall of the county is the same sum either way. Who is due and has nowhere to go, for
// want of an open post within the forced distance, stays and counts as short: a bureau has
// to see it.
var ruleRotation = Rule{
	ID:            model.RuleRotation,
	Sentence:      "Who is due for rotation at a town or strong school moves to another school.",
	Chinese:       "城镇、优质学校任教满规定年限的教师须轮岗到其他学校。",
	Mathematics:   "Σ_{t due in s, p in s} x_tp − y ≤ 0, for each town or strong school, or for every school",
	Source:        "教师〔2014〕4号: exchange when the years at one school are complete; provincial rules",
	ChineseSource: "教师〔2014〕4号：同校任教满年限应交流；省级规定",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Rotation },
	sums: func(n *instance, _ *pairs) sums {
		due := make([]int64, len(n.schools))
		for t := range n.people {
			if n.shouldRotate(int32(t)) {
				due[n.people[t].school]++
			}
		}
		var s sums
		place := make([]int32, len(n.schools))
		for i, of := range due {
			if of > 0 {
				place[i] = int32(len(s.groups))
				s.groups = append(s.groups, group{school: int32(i), unit: 1, of: of})
			}
		}
		s.count = func(into []entry, t, p int32) []entry {
			if from := n.people[t].school; n.shouldRotate(t) && n.posts[p].school == from {
				return append(into, entry{place[from], 1})
			}
			return into
		}
		return s
	},
}

// shouldRotate reports whether the rule asks teacher t to move on.
func (n *instance) shouldRotate(t int32) bool {
	p := &n.people[t]
	return n.due(p) && (n.county.Rules.RotationFrom == model.RotationFromAll || n.schools[p.school].gives())
}
