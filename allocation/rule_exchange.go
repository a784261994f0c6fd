package allocation

import "github.com/xianguan/xianguan/model"

var ruleExchange = Rule{
	ID:          model.RuleExchange,
	Sentence:    "Of the teachers eligible for exchange, a share is exchanged each year from town and strong to rural and weak schools.",
	Chinese:     "符合交流条件的教师每年须有一定比例由城镇、优质学校交流到乡村、薄弱学校。",
	Mathematics: "|X_s| + y ≥ ⌈share · |E_s|⌉, for each school or for the county",
	Source:      "教师〔2014〕4号: at least 10 % of the eligible",
	setting:     func(r *model.Rules) model.RuleSetting { return r.Exchange },
	groups: func(n *instance) []group {
		share := n.county.Rules.ExchangeShare
		eligible := n.eligibleBySchool()
		if n.county.Rules.ExchangeScope == model.ScopeSchool {
			return n.groupBySchool(true, func(s int32) int64 { return ceilShare(share, eligible[s]) })
		}
		total := int64(0)
		for _, e := range eligible {
			total += e
		}
		return []group{{school: -1, floor: true, bound: ceilShare(share, total), unit: 1}}
	},
	member: func(n *instance, t, p int32) (int, int64) {
		if !n.exchanged(t, p) {
			return none, 0
		}
		if n.county.Rules.ExchangeScope == model.ScopeSchool {
			return int(n.people[t].school), 1
		}
		return countyGroup, 1
	},
}

// eligibleBySchool counts E_s: people of a town or strong school who may be moved
// for rotation.
func (n *instance) eligibleBySchool() []int64 {
	eligible := make([]int64, len(n.schools))
	for i := range n.people {
		t := &n.people[i]
		if t.school >= 0 && n.schools[t.school].gives() && t.YearsHere >= n.county.Rules.RotationYears && !t.exempt && !t.bound {
			eligible[t.school]++
		}
	}
	return eligible
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
