package allocation

import (
	"fmt"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// forbids lists every rule that keeps teacher t from post p by itself, in the order in which they are tried.
func (n *instance) forbids(t, p int32) []Forbidden {
	person, post := &n.people[t], &n.posts[p]
	var all []Forbidden
	if person.present != p {
		for _, rule := range n.pairRules {
			if rule.forbids(n, person, post) {
				all = append(all, Forbidden{rule.ID, n.figure(rule.ID, person, post)})
			}
		}
	}
	if pinned, ok := n.pins[t]; ok && pinned != p {
		all = append(all, Forbidden{model.RulePin, "pinned to " + n.posts[pinned].id.String()})
	}
	if n.bans[[2]int32{t, p}] {
		all = append(all, Forbidden{Rule: model.RuleBan})
	}
	return all
}

// figure gives what decides that a rule forbids a pair; "" where the rule says it all, or where it is private.
func (n *instance) figure(rule model.RuleID, t *person, p *post) string {
	rules := &n.county.Rules
	switch rule {
	case model.RuleDistance:
		return fmt.Sprintf("%.1f km from home, at most %.1f km", float64(t.road[p.school])/1000, float64(rules.ForcedDistance)/1000)
	case model.RuleQualification:
		return fmt.Sprintf("teaches %s, not %s", strings.Join(texts(append([]model.SubjectID{t.Main}, t.Second...)), ", "), p.id.Subject)
	case model.RuleStage:
		var stages []string
		for _, stage := range t.Stages {
			stages = append(stages, stage.String())
		}
		return fmt.Sprintf("qualified for %s, not %s", strings.Join(stages, ", "), p.id.Stage)
	case model.RuleLanguage:
		return fmt.Sprintf("the school teaches in %s", n.schools[p.school].Language)
	case model.RuleTerm:
		if until := max(t.TermEnds, t.ExchangeEnds); until > n.county.Date {
			return "until " + until.String()
		}
	case model.RuleGround:
		return fmt.Sprintf("did not ask for it; %d years at the school, rotation is due after %d", t.YearsHere, rules.RotationYears)
	case model.RuleNeed:
		return fmt.Sprintf("no need; %d hold the post", p.incumbents)
	}
	return ""
}
