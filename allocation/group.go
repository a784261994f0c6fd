package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// sums is what a rule that cuts across the network asks in one programme: conditions
// on sums over pairs of teachers and posts.
type sums struct {
	groups []group

	// count appends what teacher t in post p counts for, each group at most once.
	count func(into []entry, t, p int32) []entry
	// without appends what teacher t counts for who ends without a post; nil: nothing.
	without func(into []entry, t int32) []entry
	// show gives what a report shows, as one sum for the county, in place of the
	// groups; nil: the groups themselves.
	show func(to []int32) (asked, got int64)
}

// entry is what one teacher in one post counts for in one group.
type entry struct {
	group int32
	count int64
}

// group is one condition of a rule: a sum with a floor or a ceiling.
//
//	floor    Σ count · x + unit · y ≥ bound
//	ceiling  Σ count · x − unit · y ≤ bound
//
// y ≥ 0 is the shortfall: 0 where the rule is hard.
type group struct {
	school  int32           // -1: the county
	stage   model.Stage     // 0: every stage
	teacher model.TeacherID // of a couple, one of the two; "": no couple
	floor   bool
	bound   int64
	unit    int64 // of the shortfall: 1 person, unless the sum is scaled

	// of is how many people a ceiling is about who should not be counted. Above 0, a
	// report shows those who are not: at least of − bound of them.
	of int64
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

// groupBySchool gives a group for each school, in the order of the county's schools, so
// that the place of the school is the place of the group.
func (n *instance) groupBySchool(floor bool, bound func(s int32) int64) []group {
	groups := make([]group, len(n.schools))
	for s := range groups {
		groups[s] = group{school: int32(s), floor: floor, bound: bound(int32(s)), unit: 1}
	}
	return groups
}

// askedRule is a rule that cuts across the network and is not off, with its sums in
// one programme.
type askedRule struct {
	*Rule
	model.RuleSetting
	sums
}

// inForce lists the rules that cut across the network and are neither off nor lifted.
func (n *instance) inForce() []*Rule {
	var rules []*Rule
	for i := range crossRules {
		if crossRules[i].setting(&n.county.Rules).Force != model.ForceOff && !slices.Contains(n.lifted, crossRules[i].ID) {
			rules = append(rules, &crossRules[i])
		}
	}
	return rules
}

// conditions says what every rule that cuts across the network asks and gets, in
// the order of the rules, then of their groups. Floors of 0, which nothing can break, are
// left out.
func (g *programme) conditions(to []int32) []model.Condition {
	var all []model.Condition
	for i := range g.asked {
		rule := &g.asked[i]
		sums := rule.values(to)
		if rule.show != nil {
			all = append(all, rule.shown(to, sums))
			continue
		}
		for k := range rule.groups {
			c := &rule.groups[k]
			if c.floor && c.bound <= 0 {
				continue
			}
			condition := model.Condition{Rule: rule.ID, Stage: c.stage, Asked: c.bound, Got: sums[k], Short: c.shortfall(sums[k])}
			if c.of > 0 {
				condition.Asked, condition.Got = c.of-c.bound, c.of-sums[k]
			}
			if c.school >= 0 {
				condition.School = g.instance.schools[c.school].ID
			}
			all = append(all, rule.price(condition))
		}
	}
	return all
}

// values gives the sum of each group.
func (rule *askedRule) values(to []int32) []int64 {
	sums := make([]int64, len(rule.groups))
	var counted []entry
	for t, p := range to {
		counted = counted[:0]
		switch {
		case p >= 0:
			counted = rule.count(counted, int32(t), p)
		case rule.without != nil:
			counted = rule.without(counted, int32(t))
		}
		for _, c := range counted {
			sums[c.group] += c.count
		}
	}
	return sums
}

// shown is the one condition of a rule that shows its groups as a sum for the county.
func (rule *askedRule) shown(to []int32, sums []int64) model.Condition {
	condition := model.Condition{Rule: rule.ID}
	condition.Asked, condition.Got = rule.show(to)
	for k := range rule.groups {
		condition.Short += rule.groups[k].shortfall(sums[k])
	}
	return rule.price(condition)
}

// price adds the soft points of a condition.
func (rule *askedRule) price(c model.Condition) model.Condition {
	if rule.Force == model.ForceSoft {
		c.Points = int64(rule.Weight) * c.Short
	}
	return c
}
