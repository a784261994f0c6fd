package allocation

import (
	"fmt"
	"strings"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/model"
)

// InfeasibleError says that no plan obeys every rule, and which rules are in
// conflict over whom. With the rules that are always hard a county has a plan, since
// everybody may stay; pins, bans and hard rules that cut across can leave none.
type InfeasibleError struct {
	Conflicts []Conflict // at least one; each on its own rules out every plan
}

// Conflict is rules that can't all be kept, and the people and posts concerned.
type Conflict struct {
	Rules    []model.RuleID
	Teachers []model.TeacherID // in order
	Posts    []model.PostID    // in order
	Reason   string            // one sentence
}

func (e *InfeasibleError) Error() string {
	reasons := lo.Map(e.Conflicts, func(c Conflict, _ int) string { return c.Reason })
	return "allocation: no plan obeys every rule: " + strings.Join(reasons, "; ")
}

// conflicts finds the pins that a rule forbids. It needs no search.
func (n *instance) conflicts() error {
	var found []Conflict
	for _, pin := range n.options.Pins {
		t := n.byTeacher[pin.Teacher]
		p := n.pins[t]
		if rule := n.forbidden(t, p); rule != "" {
			id := n.posts[p].id
			found = append(found, Conflict{
				Rules: []model.RuleID{model.RulePin, rule}, Teachers: []model.TeacherID{pin.Teacher}, Posts: []model.PostID{id},
				Reason: fmt.Sprintf("%s is pinned to %s, which rule %q forbids (%s)", pin.Teacher, id, rule, sentence(rule)),
			})
		}
	}
	if len(found) > 0 {
		return &InfeasibleError{found}
	}
	return nil
}

// crowded words a set of nodes whose people outnumber the places that are open
// to them: Hall's condition, violated.
func (n *instance) crowded(g *programme, nodes []int32) error {
	conflict := Conflict{Rules: []model.RuleID{model.RuleNeed, model.RuleQuota, model.RuleHold}}
	pinned, banned := false, false
	for _, v := range nodes {
		switch {
		case int(v) < len(n.people):
			conflict.Teachers = append(conflict.Teachers, n.people[v].ID)
			if _, ok := n.pins[v]; ok {
				pinned = true
			}
			for pair := range n.bans {
				banned = banned || pair[0] == v
			}
		case v < g.needNode(0):
			conflict.Posts = append(conflict.Posts, n.posts[v-g.postNode(0)].id)
		}
	}
	if pinned {
		conflict.Rules = append(conflict.Rules, model.RulePin)
	}
	if banned {
		conflict.Rules = append(conflict.Rules, model.RuleBan)
	}
	conflict.Reason = fmt.Sprintf("the %d teachers %s can't all be placed: the posts open to them have fewer places (%s)",
		len(conflict.Teachers), list(conflict.Teachers, 8), list(conflict.Posts, 4))
	if len(conflict.Posts) == 0 {
		conflict.Reason = fmt.Sprintf("no post is open to %s", list(conflict.Teachers, 8))
	}
	return &InfeasibleError{[]Conflict{conflict}}
}

// crossed names the hard rules that cut across the network: together with the
// others they leave no plan.
func (n *instance) crossed() error {
	conflict := Conflict{}
	for _, rule := range n.active() {
		if rule.setting(&n.county.Rules).Force == model.ForceHard {
			conflict.Rules = append(conflict.Rules, rule.ID)
		}
	}
	if len(n.pins) > 0 {
		conflict.Rules = append(conflict.Rules, model.RulePin)
	}
	if len(n.bans) > 0 {
		conflict.Rules = append(conflict.Rules, model.RuleBan)
	}
	conflict.Reason = fmt.Sprintf("no plan obeys all of the hard rules %s", list(conflict.Rules, len(conflict.Rules)))
	return &InfeasibleError{[]Conflict{conflict}}
}

func sentence(id model.RuleID) string {
	rule, _ := lo.Find(Rules(), func(r Rule) bool { return r.ID == id })
	return rule.Sentence
}

// list joins at most limit items and counts the rest.
func list[T any](items []T, limit int) string {
	texts := []string{}
	for i, item := range items {
		if i == limit {
			texts = append(texts, fmt.Sprintf("and %d more", len(items)-limit))
			break
		}
		texts = append(texts, fmt.Sprint(item))
	}
	return strings.Join(texts, ", ")
}
