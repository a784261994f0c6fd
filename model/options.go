package model

import "time"

// Options says how to plan. It is plain data whose zero value works, and it is
// saved with the plan.
type Options struct {
	TimeLimit time.Duration `json:"time_limit,omitempty"` // nanoseconds; 0: none
	Gap       float64       `json:"gap,omitempty"`        // relative gap accepted at every level; the next one may then cost no more at it than what was found; 0: proven optimal
	Seed      uint64        `json:"seed,omitempty"`       // 0: ties by id; else a lottery with this seed among equal plans
	Workers   int           `json:"workers,omitempty"`    // 0: one for each processor; never changes the plan
	Weights   Weights       `json:"weights,omitzero"`     // of the objective; zero values: as in the rules
	Pins      []Pin         `json:"pins,omitempty"`       // people who must have a post
	Bans      []Pin         `json:"bans,omitempty"`       // people who must not have a post
	Keep      *Keep         `json:"keep,omitempty"`       // what was published, to change little of; nil: nothing was
}

// Keep asks a plan to change little of what was published. A change is a person whose post
// is not the published one. Who was not published, or is not planned now, is no change, nor is
// who was published in a post that nobody needs or holds any more. Who may not have
// the published post any more is a change in every plan.
//
// The changes are a level of the objective of their own: after shortage and unplaced, so that an event is
// answered as well as the county can, and before soft rules and cost, so that nobody who has read
// the published list is moved to save points or money.
type Keep struct {
	Posts     []Pin `json:"posts,omitempty"`      // the post published for each teacher; the zero post is none. Ids that the county does not know are left out
	First     bool  `json:"first,omitempty"`      // the changes come before all other levels: the lawful plan nearest to the published one
	PerChange Fen   `json:"per_change,omitempty"` // instead of a level, each change costs so much a month at the cost level
}

// Level reports whether the changes are a level of the objective.
func (k *Keep) Level() bool { return k != nil && k.PerChange == 0 }

// Weights changes the weights of the objective for one plan.
type Weights struct {
	TierStep *Share              `json:"tier_step,omitempty"` // instead of Rules.TierWeightStep
	School   *Share              `json:"school,omitempty"`    // instead of Rules.SchoolWeight
	Subject  map[SubjectID]Share `json:"subject,omitempty"`   // of a shortage in the subject; 100 % where not named
}

// Pin names a teacher and a post. In Options.Pins, the zero post means that the
// teacher keeps the present one.
type Pin struct {
	Teacher TeacherID `json:"teacher"`
	Post    PostID    `json:"post,omitzero"`
}
