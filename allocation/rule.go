package allocation

import (
	"cmp"
	"maps"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Rule states one rule. Each stands in a file of its own, rule_NAME.go.
type Rule struct {
	ID          model.RuleID
	Sentence    string // what it asks, in English
	Chinese     string // the same in Chinese
	Mathematics string // with the symbols of the package comment
	Source      string // article of the policy, or "practice"

	// setting says whether a rule that cuts across the network is off, soft or
	// hard; nil for a rule that is always hard.
	setting func(*model.Rules) model.RuleSetting

	// groups gives the conditions of such a rule, one for each school or one for
	// the county; member the group in which it counts teacher t in post p, and how
	// much, or none; show what a report shows of the county's sum in place of it.
	groups func(n *instance) []group
	member func(n *instance, t, p int32) (place int, count int64)
	show   func(n *instance, to []int32) (asked, got int64)

	// forbids reports whether the rule excludes that teacher t takes post p,
	// which is not the present one. It is nil for a rule that binds sums of
	// people, which the network holds by capacities.
	forbids func(n *instance, t *person, p *post) bool
}

// Rules lists the rules of a plan: first those that are always hard, in the order in
// which a pair of a teacher and a post is tried against them, then those that cut
// across the network.
func Rules() []Rule {
	return []Rule{ruleOnePost, ruleHold, ruleAway, ruleTerm, ruleQualification, ruleStage, ruleLanguage,
		ruleNeed, ruleQuota, ruleExemption, ruleDistance, ruleGround, rulePin, ruleBan,
		ruleExchange, ruleBackbone, ruleHousing, ruleOutflow, ruleRuralFirst, ruleExperience, ruleBudget}
}

// crossRules are the rules that cut across the network.
var crossRules = slices.DeleteFunc(Rules(), func(r Rule) bool { return r.groups == nil })

// pairRules are the rules that exclude single pairs.
var pairRules = slices.DeleteFunc(Rules(), func(r Rule) bool { return r.forbids == nil })

// forbidden gives the first rule that keeps teacher t from post p, or "" where
// the pair exists. The present post is always open unless an option closes it.
func (n *instance) forbidden(t, p int32) model.RuleID {
	person, post := &n.people[t], &n.posts[p]
	if person.present != p {
		for i := range pairRules {
			if pairRules[i].forbids(n, person, post) {
				return pairRules[i].ID
			}
		}
	}
	if pinned, ok := n.pins[t]; ok && pinned != p {
		return model.RulePin
	}
	if len(n.bans) > 0 && n.bans[[2]int32{t, p}] {
		return model.RuleBan
	}
	return ""
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
