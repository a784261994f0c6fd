package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// The present post of who was exchanged is at the personnel school from the day on which
// the exchange ends, whatever the rule says: nobody needs a ground to return. What the rule
// adds is that no other ground, rotation or an open wish to move, puts somebody back at the
// working school at once. Who names the working school among the preferences asks to stay there.
var ruleReturn = Rule{
	ID:            model.RuleReturn,
	Sentence:      "Who was exchanged returns to the personnel school when the exchange has ended, unless they ask for the working school by name.",
	Chinese:       "交流期满的教师返回人事关系所在学校，本人点名申请留任交流学校的除外。",
	Mathematics:   "Σ_{t whose exchange has ended, p in t's working school} x_tp − y ≤ 0",
	Source:        "教师〔2014〕4号: exchange for a term; practice",
	ChineseSource: "教师〔2014〕4号：交流有期限；惯例",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Return },
	sums: func(n *instance, _ *pairs) sums {
		ended := int64(0)
		for i := range n.people {
			if n.returns(&n.people[i]) {
				ended++
			}
		}
		if ended == 0 {
			return sums{count: func(into []entry, _, _ int32) []entry { return into }}
		}
		return sums{
			groups: []group{{school: -1, unit: 1, of: ended}},
			count: func(into []entry, t, p int32) []entry {
				if n.kept(&n.people[t], &n.posts[p]) {
					return append(into, entry{countyGroup, 1})
				}
				return into
			},
		}
	},
	forbids: (*instance).kept,
}

// returns reports whether the teacher's exchange has ended and the teacher does not ask
// for the working school by name.
func (n *instance) returns(t *person) bool {
	return t.WorkingSchool != "" && !t.OnExchange(n.county.Date) &&
		!(t.Volunteer && slices.Contains(t.Preferences, t.WorkingSchool))
}

// kept reports whether a post would keep somebody at the working school who is to return.
func (n *instance) kept(t *person, p *post) bool {
	return t.WorkingSchool == p.id.School && n.returns(t)
}
