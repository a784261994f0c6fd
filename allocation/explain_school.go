package allocation

import (
	"context"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// SchoolReasons says why a school is staffed as the plan says.
type SchoolReasons struct {
	School model.SchoolID `json:"school"`
	Need   int            `json:"need"`
	Filled int            `json:"filled"` // of the need
	People int            `json:"people"`
	Room   int            `json:"room"` // people that the quota still allows
	Came   []Displacement `json:"came,omitempty"`
	Left   []Displacement `json:"left,omitempty"`
	Empty  []EmptyPost    `json:"empty,omitempty"` // in order of post
}

// EmptyPost is a post with a vacancy in the plan and why it has one.
type EmptyPost struct {
	Post   model.PostID `json:"post"`
	Need   int          `json:"need"`
	Vacant int          `json:"vacant"`
	Reason EmptyReason  `json:"reason"`
	// Qualified is how many people who are not in the post are so by subject, stage and language, or hold it now; of these, Eligible are forbidden it by no
	// rule, and Excluded counts the others by the first rule that forbids it.
	Qualified int          `json:"qualified"`
	Eligible  int          `json:"eligible"`
	Excluded  []RuleCount  `json:"excluded,omitempty"`
	Cheapest  *Alternative `json:"cheapest,omitempty"` // what one place more would cost; nil with rules that cut across the network
}

// RuleCount is how many people a rule excludes.
type RuleCount struct {
	Rule   model.RuleID `json:"rule"`
	People int          `json:"people"`
}

// EmptyReason is why a place stays empty.
type EmptyReason string

const (
	EmptyUnqualified EmptyReason = "unqualified" // nobody else is qualified for it
	EmptyForbidden   EmptyReason = "forbidden"   // rules keep everybody who is qualified from it
	EmptyQuota       EmptyReason = "quota"       // the school has as many people as its quota allows
	EmptyElsewhere   EmptyReason = "elsewhere"   // who could have it is better used elsewhere
	EmptyAcross      EmptyReason = "across"      // rules across schools, or better use elsewhere: ask WhyNot of a candidate
)

// School says why a school is staffed as the plan says: who came and left, and why each empty post is empty. The error is
// a *model.UnknownWordError. It takes one shortest-path search for each post with a vacancy.
func (e *Explainer) School(_ context.Context, id model.SchoolID) (*SchoolReasons, error) {
	n := e.g.instance
	s, known := n.bySchool[id]
	if !known {
		return nil, &model.UnknownWordError{What: "school", Word: string(id), Known: texts(sortedKeys(n.bySchool))}
	}
	reasons := &SchoolReasons{School: id, Need: n.schools[s].need}
	in := make([]int, len(n.posts))
	for t, p := range e.to {
		if p >= 0 {
			in[p]++
		}
		from, to := n.people[t].school, int32(-1)
		if p >= 0 {
			to = n.posts[p].school
		}
		change := Displacement{Teacher: n.people[t].ID, From: e.postID(n.people[t].present), To: e.postID(p)}
		if from != to && to == s {
			reasons.Came = append(reasons.Came, change)
		} else if from != to && from == s {
			reasons.Left = append(reasons.Left, change)
		}
	}
	for p := range n.posts {
		if n.posts[p].school == s {
			reasons.People += in[p]
			reasons.Filled += min(in[p], n.posts[p].need)
		}
	}
	reasons.Room = max(n.schools[s].teachingQuota, n.schools[s].incumbents) - reasons.People
	for p := range n.posts {
		if n.posts[p].school == s && in[p] < n.posts[p].need {
			reasons.Empty = append(reasons.Empty, e.empty(int32(p), n.posts[p].need-in[p], reasons.Room))
		}
	}
	return reasons, nil
}

// empty says why a post has a vacancy.
func (e *Explainer) empty(p int32, vacant, room int) EmptyPost {
	n := e.g.instance
	post := &n.posts[p]
	why := EmptyPost{Post: post.id, Need: post.need, Vacant: vacant}
	excluded := map[model.RuleID]int{}
	for t := range n.people {
		person := &n.people[t]
		if e.to[t] == p || person.present != p && (ruleQualification.forbids(n, person, post) || ruleStage.forbids(n, person, post) || ruleLanguage.forbids(n, person, post)) {
			continue
		}
		why.Qualified++
		if rule := n.forbidden(int32(t), p); rule != "" {
			excluded[rule]++
		} else {
			why.Eligible++
		}
	}
	for _, rule := range sortedKeys(excluded) {
		why.Excluded = append(why.Excluded, RuleCount{rule, excluded[rule]})
	}
	slices.SortStableFunc(why.Excluded, func(a, b RuleCount) int { return b.People - a.People })
	switch {
	case why.Qualified == 0:
		why.Reason = EmptyUnqualified
	case why.Eligible == 0:
		why.Reason = EmptyForbidden
	case room <= 0:
		why.Reason = EmptyQuota
	case e.residual == nil:
		why.Reason = EmptyAcross
	default:
		why.Reason = EmptyElsewhere
	}
	if e.residual != nil {
		if best := e.rank(e.candidates(p), 1); len(best) > 0 {
			why.Cheapest = &best[0]
		}
	}
	return why
}
