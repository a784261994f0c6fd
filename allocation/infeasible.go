package allocation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/model"
)

// InfeasibleError says that no plan obeys every rule: which rules are in conflict over
// whom, and the ways out. With the rules that are always hard a county has a plan, since
// everybody may stay; pins, bans and hard rules that cut across can leave none.
type InfeasibleError struct {
	// Conflicts has at least one, and no two share a member; each on its own rules out every plan.
	Conflicts []Conflict `json:"conflicts"`
	// Relaxations is the menu of ways out, the easiest to change first.
	Relaxations []Relaxation `json:"relaxations"`
	// MoreConflicts and MoreRelaxations say that there are others, or that time ran out
	// before it was known that there are none.
	MoreConflicts   bool `json:"more_conflicts"`
	MoreRelaxations bool `json:"more_relaxations"`
}

// Conflict is rules that can't all be kept, and the people and posts concerned.
type Conflict struct {
	Rules []model.RuleID `json:"rules"`
	// Members are what can be changed of it: pins, bans and conditions of hard rules. The
	// rules that are always hard stand behind them.
	Members []Member `json:"members"`
	// Irreducible is true where it is proven that without any one member the others can be kept.
	Irreducible bool `json:"irreducible"`
	// Teachers, in order, are more than the places open to them in Posts. Both are empty
	// where the conflict is not one of people and places alone.
	Teachers []model.TeacherID `json:"teachers,omitempty"`
	Posts    []model.PostID    `json:"posts,omitempty"`
	Reason   string            `json:"reason"` // one sentence
}

// Member is one thing that a county can change: a pin, a ban, or one condition of a
// hard rule that cuts across the network.
type Member struct {
	Rule    model.RuleID    `json:"rule"`
	Teacher model.TeacherID `json:"teacher,omitempty"` // pinned, banned, or of a couple
	Post    model.PostID    `json:"post,omitzero"`     // of a pin or ban
	School  model.SchoolID  `json:"school,omitempty"`  // of a condition; "" is the county
	Stage   model.Stage     `json:"stage,omitempty"`   // of a condition; 0 is every stage
	Asks    Amount          `json:"asks,omitzero"`     // of a condition
}

// Amount is what a condition asks.
type Amount struct {
	AtLeast bool  `json:"at_least"` // otherwise at most
	Value   int64 `json:"value"`
	Unit    Unit  `json:"unit"`
}

// Unit says what an amount counts.
type Unit string

const (
	UnitPeople Unit = "people"
	UnitFen    Unit = "fen"   // a month
	UnitShare  Unit = "share" // basis points
)

// String writes an amount as in "at most 1,200.00 yuan a month".
func (a Amount) String() string {
	if a.AtLeast {
		return "at least " + a.amount(a.Value)
	}
	return "at most " + a.amount(a.Value)
}

// amount writes a value with its unit.
func (a Amount) amount(value int64) string {
	switch {
	case a.Unit == UnitFen:
		return grouped(model.Fen(value).String()) + " yuan a month"
	case a.Unit == UnitShare:
		return model.Share(value).String()
	case value == 1:
		return "1 person"
	}
	return grouped(fmt.Sprint(value)) + " people"
}

// grouped puts a comma after every three digits of the whole part of a number.
func grouped(number string) string {
	whole, fraction, cut := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if cut {
		return whole + "." + fraction
	}
	return whole
}

// String names the member, as in "the pin of T1 to S2/primary/music" or "rule outflow at
// school S7 (at most 3 people)".
func (m Member) String() string {
	switch m.Rule {
	case model.RulePin:
		return fmt.Sprintf("the pin of %s to %s", m.Teacher, m.Post)
	case model.RuleBan:
		return fmt.Sprintf("the ban of %s from %s", m.Teacher, m.Post)
	case model.RulePartners:
		return fmt.Sprintf("%s for the couple of %s", m.where(), m.Teacher)
	}
	return fmt.Sprintf("%s (%s)", m.where(), m.Asks)
}

// where names the rule, school and stage of a condition.
func (m Member) where() string {
	text := "rule " + string(m.Rule)
	if m.School != "" {
		text += fmt.Sprintf(" at school %s", m.School)
	}
	if m.Stage != 0 {
		text += fmt.Sprintf(" (%s)", m.Stage)
	}
	return text
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
			member := Member{Rule: model.RulePin, Teacher: pin.Teacher, Post: n.posts[p].id}
			found = append(found, forbiddenPin(member, rule))
		}
	}
	if len(found) > 0 {
		return &InfeasibleError{Conflicts: found}
	}
	return nil
}

// forbiddenPin words the conflict of a pin with a rule that excludes the pair.
func forbiddenPin(pin Member, rule model.RuleID) Conflict {
	return Conflict{
		Rules: []model.RuleID{model.RulePin, rule}, Members: []Member{pin},
		Teachers: []model.TeacherID{pin.Teacher}, Posts: []model.PostID{pin.Post},
		Reason: fmt.Sprintf("%s is pinned to %s, which rule %q forbids (%s)", pin.Teacher, pin.Post, rule, sentence(rule)),
	}
}

// crowded words a set of nodes whose people outnumber the places that are open
// to them: Hall's condition, violated.
func (n *instance) crowded(g *programme, nodes []int32) Conflict {
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
	return conflict
}

// crossed names every hard rule that cuts across the network, and pins and bans: together
// with the others they leave no plan.
func (n *instance) crossed() Conflict {
	conflict := Conflict{}
	for _, rule := range n.inForce() {
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
	return conflict
}

// together words members that can't all be kept.
func together(members []Member) Conflict {
	conflict := Conflict{Members: members}
	for _, m := range members {
		conflict.Rules = append(conflict.Rules, m.Rule)
	}
	order := append(model.CrossRules(), model.RulePin, model.RuleBan)
	slices.SortFunc(conflict.Rules, func(a, b model.RuleID) int { return slices.Index(order, a) - slices.Index(order, b) })
	conflict.Rules = slices.Compact(conflict.Rules)
	verb := "these can't all be kept: "
	if len(members) == 1 {
		verb = "this can't be kept: "
	}
	conflict.Reason = verb + list(members, 12)
	return conflict
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
