package model

import "time"

// Options says how to plan. It is plain data whose zero value works, and it is
// saved with the plan.
type Options struct {
	TimeLimit time.Duration `json:"time_limit,omitempty"` // nanoseconds; 0: none
	Gap       float64       `json:"gap,omitempty"`        // relative gap accepted on the last level: the cost, or with a seed the lottery; 0: proven optimal
	Seed      uint64        `json:"seed,omitempty"`       // 0: ties by id; else a lottery with this seed among equal plans
	Workers   int           `json:"workers,omitempty"`    // 0: one for each processor; never changes the plan
	Weights   Weights       `json:"weights,omitzero"`     // of the objective; zero values: as in the rules
	Pins      []Pin         `json:"pins,omitempty"`       // people who must have a post
	Bans      []Pin         `json:"bans,omitempty"`       // people who must not have a post
}

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
