package allocation

import (
	"cmp"
	"context"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// EmptyPost is a post with a vacancy in the plan and why it has one.
type EmptyPost struct {
	Post   model.PostID `json:"post"`
	Need   int          `json:"need"`
	Vacant int          `json:"vacant"`
	Reason EmptyReason  `json:"reason"`
	Rule   model.RuleID `json:"rule,omitempty"` // with EmptyBudget and EmptyAcross: a rule without which the best plan fills more of it, where one alone does
	// Qualified is how many people who are not in the post are so by subject, stage and language, or hold it now; of these, Eligible are forbidden it by no
	// rule, and Excluded counts the others by the first rule that forbids it.
	Qualified int         `json:"qualified"`
	Eligible  int         `json:"eligible"`
	Excluded  []RuleCount `json:"excluded,omitempty"`
	// Distant is how many of those who are excluded nothing but the greatest distance keeps from it.
	Distant int `json:"distant,omitempty"`
	// More is what one place more would cost; nil where no plan fills it, or where the time limit came before any plan: then Unsettled.
	More      *PlaceMore `json:"more,omitempty"`
	Unsettled bool       `json:"unsettled,omitempty"`
}

// RuleCount is how many people a rule excludes.
type RuleCount struct {
	Rule   model.RuleID `json:"rule"`
	People int          `json:"people"`
}

// PlaceMore is the best plan that fills one place more of a post, against the plan.
type PlaceMore struct {
	Extra   []Extra        `json:"extra"`   // by level, the most important first
	Changes []Displacement `json:"changes"` // who comes to the post first; then as in WhyNot
}

// EmptyReason is why a place stays empty.
type EmptyReason string

const (
	EmptyUnqualified EmptyReason = "unqualified" // nobody else is qualified for it
	EmptyReach       EmptyReason = "reach"       // of those qualified the rules let nobody have it, and some only because it is too far
	EmptyForbidden   EmptyReason = "forbidden"   // rules keep everybody who is qualified from it
	EmptyQuota       EmptyReason = "quota"       // with one person more than its quota the school would fill it, and the plan would be better
	EmptyBudget      EmptyReason = "budget"      // without the subsidy budget the best plan fills more of it, or any does where none can with it
	EmptyAcross      EmptyReason = "across"      // without another rule across schools, or without all of them, the best plan fills more of it, or any does where none can with them
	EmptyElsewhere   EmptyReason = "elsewhere"   // who could have it is better used elsewhere
	EmptyUnsettled   EmptyReason = "unsettled"   // which of the last three it is was not proven within the limits
)

// empty says why a post has a vacancy, with the people in each post and the room that the school's quota leaves.
func (e *Explainer) empty(ctx context.Context, p int32, in []int, room int) (*EmptyPost, error) {
	post := &e.g.instance.posts[p]
	why := &EmptyPost{Post: post.id, Need: post.need, Vacant: post.need - in[p]}
	e.countQualified(why, p)
	switch {
	case why.Qualified == 0:
		why.Reason = EmptyUnqualified
	case why.Eligible == 0 && why.Distant > 0:
		why.Reason = EmptyReach
	case why.Eligible == 0:
		why.Reason = EmptyForbidden
	case e.residual != nil:
		why.Reason = EmptyElsewhere
		if e.quotaBinds(p) {
			why.Reason = EmptyQuota
		}
	default:
		if err := e.reasonAgain(ctx, why, p, in, room); err != nil {
			return nil, err
		}
	}
	if e.residual != nil {
		why.More = e.placeMore(p)
		return why, nil
	}
	var err error
	if why.More, err = e.placeMoreAgain(ctx, e.variant(), p, in[p]); timeUp(err) {
		why.Unsettled, err = true, nil
	}
	if err == nil && why.More == nil && !why.Unsettled && why.Reason == EmptyElsewhere {
		err = e.barred(ctx, why, p, in[p])
	}
	return why, err
}

// reasonAgain finds the reason by searches, where somebody could have the post.
func (e *Explainer) reasonAgain(ctx context.Context, why *EmptyPost, p int32, in []int, room int) error {
	if room <= 0 {
		g := e.variant()
		g.Upper[g.capArc[g.instance.posts[p].school]]++
		more, err := e.placeMoreAgain(ctx, g, p, in[p])
		if err != nil && !timeUp(err) {
			return err
		}
		if more != nil && slices.CompareFunc(more.Extra, make([]Extra, len(more.Extra)), func(x, zero Extra) int { return cmp.Compare(x.High, zero.High) }) < 0 {
			why.Reason = EmptyQuota
			return nil
		}
	}
	return e.acrossOrElsewhere(ctx, why, p, in)
}

// barred finds the reason where rules across schools leave no plan that fills one place more.
func (e *Explainer) barred(ctx context.Context, why *EmptyPost, p int32, in int) error {
	why.Reason = EmptyAcross
	more, err := e.placeMoreAgain(ctx, e.lift(model.RuleBudget), p, in)
	if more != nil {
		why.Reason, why.Rule = EmptyBudget, model.RuleBudget
	}
	if timeUp(err) {
		return nil
	}
	return err
}

// countQualified counts who is qualified for a post and what keeps them from it.
func (e *Explainer) countQualified(why *EmptyPost, p int32) {
	n := e.g.instance
	post := &n.posts[p]
	excluded := map[model.RuleID]int{}
	for t := range n.people {
		person := &n.people[t]
		if e.to[t] == p || person.present != p && (ruleQualification.forbids(n, person, post) || ruleStage.forbids(n, person, post) || ruleLanguage.forbids(n, person, post)) {
			continue
		}
		why.Qualified++
		rule := n.forbidden(int32(t), p)
		if rule == "" {
			why.Eligible++
			continue
		}
		excluded[rule]++
		if all := n.forbids(int32(t), p); len(all) == 1 && rule == model.RuleDistance {
			why.Distant++
		}
	}
	for _, rule := range sortedKeys(excluded) {
		why.Excluded = append(why.Excluded, RuleCount{rule, excluded[rule]})
	}
	slices.SortStableFunc(why.Excluded, func(a, b RuleCount) int { return b.People - a.People })
}

// openNeed is the arc that the next person of a post's need takes, and all arcs of the need. A flow of one unit more through the need, which is a convex cost,
// is the cheapest one that leaves these arcs, and comes back to the post without them.
func (e *Explainer) openNeed(p int32) (next int32, need span) {
	need = span{e.g.needArc[p], e.g.needEnd(p)}
	next = need.from
	for e.residual.flow[next] == e.g.Upper[next] {
		next++
	}
	return next, need
}

// placeMore finds what one place more of a post costs where no rule cuts across the network; nil where nobody can make room.
func (e *Explainer) placeMore(p int32) *PlaceMore {
	r := e.residual
	next, need := e.openNeed(p)
	onwards := r.search(e.g.Head[next], false, need)
	v := e.g.postNode(p)
	if !onwards.known[v] {
		return nil
	}
	extra, _ := e.extra(r.cost(next).plus(r.length(onwards, v)))
	changes := e.changes(r.path(onwards, v), -1)
	slices.Reverse(changes) // the path ends with who comes
	return &PlaceMore{extra, changes}
}

// quotaBinds reports whether one person more in the school than its quota allows would let a place of the post be filled and better the plan, where no rule
// cuts across the network.
func (e *Explainer) quotaBinds(p int32) bool {
	r := e.residual
	next, need := e.openNeed(p)
	people := e.g.peopleNode(e.g.instance.posts[p].school)
	onwards := r.search(e.g.Head[next], false, need)
	home := r.search(e.g.sink(), false, need)
	if v := e.g.postNode(p); onwards.known[people] && home.known[v] {
		cost := r.cost(next).plus(r.length(onwards, people)).plus(r.length(home, v))
		cost[solveLevels] = 0 // a count of people, which is no cost
		return cost.compare(&extent{}) < 0
	}
	return false
}
