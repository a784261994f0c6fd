package allocation

import (
	"slices"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// Changes is what a plan changes of a published one, and why.
type Changes struct {
	SameCounty bool              `json:"same_county"`       // nothing of the county's data has changed since
	Broken     []check.Violation `json:"broken,omitempty"`  // what the published posts break in the county as it is now
	Levels     []LevelChange     `json:"levels"`            // most important first
	Count      int               `json:"changes"`           // people who count as changes, of those in Changed
	Kept       []model.TeacherID `json:"kept"`              // have the published post, or none as published; in order
	Changed    []PersonChange    `json:"changed,omitempty"` // by chain, each in its order
	New        []PersonChange    `json:"new,omitempty"`     // planned now, but not published; in order of id
	Left       []PersonChange    `json:"left,omitempty"`    // published, but not planned now; in order of id
	Chains     []ChangeChain     `json:"chains,omitempty"`
	Dropped    []DroppedPin      `json:"dropped,omitempty"` // pins and bans of the published plan that mean nothing any more
}

// LevelChange is one level of the objective before and after.
type LevelChange struct {
	Name      string          `json:"name"`
	Published *int64          `json:"published,omitempty"` // as the published plan states it, of the county as it was then; nil: it does not
	Unmended  int64           `json:"unmended"`            // of the published posts in the county as it is now; they may break rules
	After     model.PlanLevel `json:"after"`
}

// ChangeReason says why somebody does not keep a published post.
type ChangeReason string

const (
	ChangeForbidden ChangeReason = "forbidden" // PersonChange.Rule keeps this teacher from the published post now
	ChangeGone      ChangeReason = "gone"      // nobody needs or holds the published post any more; no change that counts
	ChangeCrowded   ChangeReason = "crowded"   // more people were published in the post or the school than it may have now
	ChangeFills     ChangeReason = "fills"     // takes the place that PersonChange.By leaves
	ChangeDisplaced ChangeReason = "displaced" // PersonChange.By takes the published place
	ChangeNeed      ChangeReason = "need"      // fills a vacancy, which nobody leaves
	ChangeBetter    ChangeReason = "better"    // none of these: the chain makes a rule hold or a level better, as its ChangeChain says
	ChangeAppeal    ChangeReason = "appeal"    // the case was decided anew after an appeal; no change that counts
	ChangeNew       ChangeReason = "new"       // was not published
	ChangeReturned  ChangeReason = "returned"  // was on leave, seconded or retired, and is planned now
	ChangeLeft      ChangeReason = "left"      // is no teacher of the county any more
	ChangeAway      ChangeReason = "away"      // is on leave, seconded or retired now
)

// PersonChange is one person whose post is not the published one.
type PersonChange struct {
	Teacher   model.TeacherID `json:"teacher"`
	Published model.PostID    `json:"published,omitzero"`
	To        model.PostID    `json:"to,omitzero"`
	Ground    model.Ground    `json:"ground"` // on which the teacher has the post, seen from the present one
	Reason    ChangeReason    `json:"reason"`
	Rule      model.RuleID    `json:"rule,omitempty"`  // of ChangeForbidden
	By        model.TeacherID `json:"by,omitempty"`    // of ChangeFills and ChangeDisplaced
	Chain     int             `json:"chain,omitempty"` // number in Changes.Chains, from 1; 0: in none
}

// ChangeChain is people of whom each takes the place that the next one leaves. Some of them are the event
// itself: they left, are new, or may not have the published post. The others change on their account.
type ChangeChain struct {
	People []model.TeacherID `json:"people"`
	Cycle  bool              `json:"cycle,omitempty"` // the last one takes the place of the first
	// Why the others change: what would be if they kept the published posts. All is zero where the
	// chain is the event alone.
	Breaks *check.Violation `json:"breaks,omitempty"` // a rule that would be broken
	Level  string           `json:"level,omitempty"`  // else the first level that would be worse
	Worse  int64            `json:"worse,omitempty"`  // by how much
}

// revision is a plan beside the posts that were published.
type revision struct {
	*instance
	plan      *model.Plan
	published map[model.TeacherID]model.PostID
	apart     map[model.TeacherID]bool // of these, people whose change is the event itself
	evaluator *check.Evaluator
	found     Changes
	moves     []movement
}

// newChanges compares a plan with the posts published in its options, which must be those it was made with, and with those of people apart.
func newChanges(c *model.County, o *model.Options, plan *model.Plan, apart []model.Pin) *Changes {
	x := revision{instance: newInstance(c, o), plan: plan, published: map[model.TeacherID]model.PostID{}, apart: map[model.TeacherID]bool{},
		evaluator: check.NewEvaluator(c, *o)}
	x.setPins()
	for _, pin := range apart {
		x.published[pin.Teacher], x.apart[pin.Teacher] = pin.Post, true
	}
	for _, pin := range o.Keep.Posts {
		x.published[pin.Teacher] = pin.Post
	}
	x.sort()
	x.link()
	x.crowd()
	x.follow()
	x.unmended()
	for i := range x.found.Chains {
		x.justify(&x.found.Chains[i])
	}
	return &x.found
}

// sort tells who keeps the published post, and lists everybody else as a movement.
func (x *revision) sort() {
	known := map[model.TeacherID]bool{}
	for i := range x.plan.Assignments {
		a := &x.plan.Assignments[i]
		known[a.Teacher] = true
		published, was := x.published[a.Teacher]
		t := x.byTeacher[a.Teacher]
		m := movement{change: PersonChange{Teacher: a.Teacher, Published: published, To: a.To, Ground: a.Ground},
			from: x.place(published), to: x.place(a.To), event: true, next: none, prev: none}
		switch {
		case t < 0 && was:
			m.change.Reason = ChangeAway
		case t < 0:
			continue
		case !was:
			m.change.Reason = ChangeNew
		case a.To == published:
			x.found.Kept = append(x.found.Kept, a.Teacher)
			continue
		case x.apart[a.Teacher]:
			m.change.Reason = ChangeAppeal
		default:
			m.change.Reason, m.change.Rule = x.barred(t, &m)
			m.event = m.change.Reason != ""
		}
		if t >= 0 && x.changes(t, m.to) {
			x.found.Count++
		}
		x.moves = append(x.moves, m)
	}
	for _, id := range sortedKeys(x.published) {
		if !known[id] {
			x.moves = append(x.moves, movement{change: PersonChange{Teacher: id, Published: x.published[id], Ground: model.GroundAway, Reason: ChangeLeft},
				from: x.place(x.published[id]), to: none, event: true, next: none, prev: none})
		}
	}
}

// place is the place of a post, or none.
func (x *revision) place(id model.PostID) int32 {
	if p, found := x.byPost[id]; found {
		return p
	}
	return none
}

// barred says why teacher t can't have the published post, with the rule; "" where it is open to t.
func (x *revision) barred(t int32, m *movement) (ChangeReason, model.RuleID) {
	if m.change.Published.IsZero() {
		if x.mayBeOut(t) {
			return "", ""
		}
		if _, pinned := x.pins[t]; pinned {
			return ChangeForbidden, model.RulePin
		}
		return ChangeForbidden, model.RuleHold
	}
	if m.from == none {
		return ChangeGone, ""
	}
	if rule := x.forbidden(t, m.from); rule != "" {
		return ChangeForbidden, rule
	}
	if p := &x.posts[m.from]; p.need == 0 && x.people[t].present != m.from {
		return ChangeForbidden, model.RuleNeed // a newcomer where nobody is needed
	}
	return "", ""
}

// unmended appraises the published posts in the county as it is now. Who was not published is where
// the county has them.
func (x *revision) unmended() {
	to := x.seats()
	for i := range x.plan.Assignments {
		a := &x.plan.Assignments[i]
		if a.Ground == model.GroundAway {
			continue
		}
		if published, was := x.published[a.Teacher]; was {
			to[a.Teacher] = published
		} else {
			to[a.Teacher] = a.From
		}
	}
	appraisal := x.evaluator.Appraise(to)
	x.found.Broken = appraisal.Violations
	for k, level := range x.plan.Levels {
		x.found.Levels = append(x.found.Levels, LevelChange{Name: level.Name, Unmended: appraisal.Levels[k], After: level})
	}
}

// seats gives the post of everybody in the plan.
func (x *revision) seats() map[model.TeacherID]model.PostID {
	to := make(map[model.TeacherID]model.PostID, len(x.plan.Assignments))
	for i := range x.plan.Assignments {
		to[x.plan.Assignments[i].Teacher] = x.plan.Assignments[i].To
	}
	return to
}

// justify puts the people of a chain who are not the event itself back to their published posts and
// says what that breaks or makes worse. Since the plan changes no more than it must, something does.
func (x *revision) justify(chain *ChangeChain) {
	to := x.seats()
	alone := true
	for i := range x.moves {
		if m := &x.moves[i]; !m.event && slices.Contains(chain.People, m.change.Teacher) {
			to[m.change.Teacher], alone = m.change.Published, false
		}
	}
	if alone {
		return
	}
	appraisal := x.evaluator.Appraise(to)
	if len(appraisal.Violations) > 0 {
		chain.Breaks = &appraisal.Violations[0]
		return
	}
	for k, level := range x.plan.Levels {
		if worse := appraisal.Levels[k] - level.Objective; worse != 0 {
			if worse > 0 {
				chain.Level, chain.Worse = level.Name, worse
			}
			return
		}
	}
}
