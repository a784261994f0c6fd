package allocation

import "github.com/xianguan/xianguan/model"

// People count by their personnel school, so that an exchange from the partner that still
// runs counts as the support that it is. Hard, the rule asks for what the partner may not have:
// everybody staying need not obey it.
var ruleSupport = Rule{
	ID:            model.RuleSupport,
	Sentence:      "Each rural school that has a partner school has some teachers of it.",
	Chinese:       "每所有对口支援学校的乡村学校须有一定数量支援学校的教师任教。",
	Mathematics:   "Σ_{t of the partner of s, p in s} x_tp + y ≥ n, for each rural school s with a partner",
	Source:        "Fuxin section 3(2): school groups and paired support (集团化、对口支援)",
	ChineseSource: "阜政办发〔2020〕21号三（二）：集团化、对口支援",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Support },
	sums: func(n *instance, _ *pairs) sums {
		var s sums
		place := make([]int32, len(n.schools)) // of the group, from 1
		for i := range n.schools {
			if school := &n.schools[i]; school.Rural && school.Partner != "" {
				s.groups = append(s.groups, group{school: int32(i), floor: true, bound: int64(n.county.Rules.SupportTeachers), unit: 1})
				place[i] = int32(len(s.groups))
			}
		}
		s.count = func(into []entry, t, p int32) []entry {
			at := n.posts[p].school
			if place[at] > 0 && n.people[t].School == n.schools[at].Partner {
				return append(into, entry{place[at] - 1, 1})
			}
			return into
		}
		return s
	},
}
