package allocation

import "github.com/xianguan/xianguan/model"

var ruleHousing = Rule{
	ID:            model.RuleHousing,
	Sentence:      "People who live beyond commuting range of a rural school need a place in its transitional housing.",
	Chinese:       "超出通勤距离到乡村学校任教的教师须有周转房。",
	Mathematics:   "Σ_{t lives beyond range of s, p in s} x_tp − y ≤ max(places of s, present such people of s)",
	Source:        "Fuxin section 3(3): transitional housing (周转房)",
	ChineseSource: "阜政办发〔2020〕21号三（三）：周转房",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Housing },
	sums: func(n *instance, _ *pairs) sums {
		residents := make([]int64, len(n.schools))
		for t := range n.people {
			if s := n.people[t].school; s >= 0 && n.boards(int32(t), s) {
				residents[s]++
			}
		}
		return sums{
			groups: n.groupBySchool(false, func(s int32) int64 { return max(int64(n.schools[s].Housing), residents[s]) }),
			count: func(into []entry, t, p int32) []entry {
				if s := n.posts[p].school; n.boards(t, s) {
					return append(into, entry{s, 1})
				}
				return into
			},
		}
	},
}

// boards reports whether teacher t would need a place to live at a rural school.
// Who has no known home does not.
func (n *instance) boards(t, s int32) bool {
	road := n.people[t].road
	return n.schools[s].Rural && road != nil && road[s] > n.county.Rules.CommuteRange
}
