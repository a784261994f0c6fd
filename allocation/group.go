package allocation

import "github.com/xianguan/xianguan/model"

// group is one condition of a rule that cuts across the network: a sum over pairs
// of teachers and posts, with a floor or a ceiling.
//
//	floor    Σ count · x + unit · y ≥ bound
//	ceiling  Σ count · x − unit · y ≤ bound
//
// y ≥ 0 is the shortfall: 0 where the rule is hard.
type group struct {
	school int32 // -1: the county
	floor  bool
	bound  int64
	unit   int64 // of the shortfall: 1 person, unless the sum is scaled
}

// shortfall is the least y for a sum.
func (c *group) shortfall(sum int64) int64 {
	lack := sum - c.bound
	if c.floor {
		lack = -lack
	}
	if lack <= 0 {
		return 0
	}
	return (lack + c.unit - 1) / c.unit
}

// countyGroup is the group of a rule that has one for the county.
const countyGroup = 0

// none is the group of a pair that a rule does not count.
const none = -1

// groupBySchool gives a group for each school, in the order of the county's schools, so
// that the place of the school is the place of the group.
func (n *instance) groupBySchool(floor bool, bound func(s int32) int64) []group {
	groups := make([]group, len(n.schools))
	for s := range groups {
		groups[s] = group{school: int32(s), floor: floor, bound: bound(int32(s)), unit: 1}
	}
	return groups
}

// active lists the rules that cut across the network and are not off.
func (n *instance) active() []*Rule {
	var rules []*Rule
	for i := range crossRules {
		if crossRules[i].setting(&n.county.Rules).Force != model.ForceOff {
			rules = append(rules, &crossRules[i])
		}
	}
	return rules
}

// conditions says what every rule that cuts across the network asks and gets, in
// the order of the rules, then of the schools. Groups that nothing can break are
// left out: floors of 0.
func (n *instance) conditions(to []int32) []model.Condition {
	var all []model.Condition
	for _, rule := range n.active() {
		setting := rule.setting(&n.county.Rules)
		groups := rule.groups(n)
		sums := make([]int64, len(groups))
		for t, p := range to {
			if p < 0 {
				continue
			}
			if place, count := rule.member(n, int32(t), p); place != none {
				sums[place] += count
			}
		}
		for i, c := range groups {
			if c.floor && c.bound <= 0 && rule.show == nil {
				continue
			}
			condition := model.Condition{Rule: rule.ID, Asked: c.bound, Got: sums[i], Short: c.shortfall(sums[i])}
			if rule.show != nil {
				condition.Asked, condition.Got = rule.show(n, to)
			}
			if c.school >= 0 {
				condition.School = n.schools[c.school].ID
			}
			if setting.Force == model.ForceSoft {
				condition.Points = int64(setting.Weight) * condition.Short
			}
			all = append(all, condition)
		}
	}
	return all
}
