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

	ChineseSource string // the same in Chinese

	// setting says whether a rule that cuts across the network is off, soft or
	// hard; nil for a rule that is always hard.
	setting func(*model.Rules) model.RuleSetting

	// sums states what such a rule asks of sums of people. It may look at the
	// pairs, but what it asks must not depend on them.
	sums func(n *instance, q *pairs) sums

	// forbids reports whether the rule excludes that teacher t takes post p,
	// which is not the present one. It is nil for a rule that binds sums of
	// people, which the network holds by capacities. With a setting it counts only
	// where the rule is hard.
	forbids func(n *instance, t *person, p *post) bool
}

// Rules lists the rules of a plan: first those that are always hard, in the order in
// which a pair of a teacher and a post is tried against them, then those that cut
// across the network.
func Rules() []Rule {
	return []Rule{ruleOnePost, ruleHold, ruleAway, ruleTerm, ruleQualification, ruleStage, ruleLanguage,
		ruleNeed, ruleQuota, ruleExemption, ruleDistance, ruleGround, rulePin, ruleBan,
		ruleExchange, ruleBackbone, ruleRotation, ruleReturn, ruleSupport, rulePartners, ruleHousing, ruleOutflow,
		ruleRuralFirst, ruleSpecialPosts, ruleExperience, ruleBackboneFloor, ruleTitlesSenior, ruleTitlesMiddle,
		ruleIndicatorDegree, ruleIndicatorBackbone, ruleIndicatorArts, ruleBudget}
}

var allRules = Rules()

// crossRules are the rules that cut across the network.
var crossRules = slices.DeleteFunc(Rules(), func(r Rule) bool { return r.sums == nil })

// pairRules gives the rules that exclude single pairs: those that are always hard, and
// those that are hard by their setting.
func pairRules(r *model.Rules) []*Rule {
	var rules []*Rule
	for i := range allRules {
		rule := &allRules[i]
		if rule.forbids != nil && (rule.setting == nil || rule.setting(r).Force == model.ForceHard) {
			rules = append(rules, rule)
		}
	}
	return rules
}

// forbidden gives the first rule that keeps teacher t from post p, or "" where
// the pair exists. The present post is always open unless an option closes it.
func (n *instance) forbidden(t, p int32) model.RuleID {
	person, post := &n.people[t], &n.posts[p]
	if person.present != p {
		for _, rule := range n.pairRules {
			if rule.forbids(n, person, post) {
				return rule.ID
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
