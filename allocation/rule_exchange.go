package allocation

import "github.com/xianguan/xianguan/model"

var ruleExchange = Rule{
	ID:            model.RuleExchange,
	Sentence:      "Of the teachers eligible for exchange, a share is exchanged each year from town and strong to rural and weak schools.",
	Chinese:       "符合交流条件的教师每年须有一定比例由城镇、优质学校交流到乡村、薄弱学校。",
	Mathematics:   "|X_s| + y ≥ ⌈share · |E_s|⌉, for each school or for the county",
	Source:        "教师〔2014〕4号: at least 10 % of the eligible",
	ChineseSource: "教师〔2014〕4号：不低于符合条件教师的10%",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Exchange },
	sums: func(n *instance, _ *pairs) sums {
		rules := &n.county.Rules
		bySchool := rules.ExchangeScope == model.ScopeSchool
		eligible, total := make([]int64, len(n.schools)), int64(0)
		for t := range n.people {
			if p := &n.people[t]; n.due(p) && n.schools[p.school].gives() {
				eligible[p.school]++
				total++
			}
		}
		s := sums{groups: []group{{school: -1, floor: true, bound: ceilShare(rules.ExchangeShare, total), unit: 1}}}
		if bySchool {
			s.groups = n.groupBySchool(true, func(s int32) int64 { return ceilShare(rules.ExchangeShare, eligible[s]) })
		}
		s.count = func(into []entry, t, p int32) []entry {
			switch {
			case !n.exchanged(t, p):
				return into
			case bySchool:
				return append(into, entry{n.people[t].school, 1})
			}
			return append(into, entry{countyGroup, 1})
		}
		return s
	},
}

// due reports whether the teacher may be moved for rotation (到期轮岗): long enough at
// the present school, not exempt, not near retirement, and not bound.
func (n *instance) due(t *person) bool {
	return t.school >= 0 && t.YearsHere >= n.county.Rules.RotationYears && !t.exempt && !t.bound
}

// gives reports whether people who leave the school can count as exchanged.
func (s *school) gives() bool { return s.Town || s.Strong }

// takes reports whether people who come to the school can count as exchanged.
func (s *school) takes() bool { return s.Rural || s.Weak }

// exchanged reports whether teacher t in post p counts as exchanged (交流): moved to
// another school, from a town or strong one to a rural or weak one. Placing surplus and recruits
// does not count: they have no present school.
func (n *instance) exchanged(t, p int32) bool {
	from, to := n.people[t].school, n.posts[p].school
	return from >= 0 && from != to && n.schools[from].gives() && n.schools[to].takes()
}

// ceilShare is ⌈share · n⌉.
func ceilShare(share model.Share, n int64) int64 {
	return (int64(share)*n + int64(model.Whole) - 1) / int64(model.Whole)
}
