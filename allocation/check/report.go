package check

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Report is what the verifier found.
type Report struct {
	Rules  []RuleStatus  `json:"rules"`  // every hard rule, in the order of model.HardRules
	Levels []LevelStatus `json:"levels"` // every level of the objective, most important first
	Ledger model.Ledger  `json:"ledger"` // recomputed
	Cost   model.Cost    `json:"cost"`   // recomputed, a month
}

// RuleStatus says how often a rule applied and where it is broken.
type RuleStatus struct {
	Rule       model.RuleID `json:"rule"`
	Checked    int          `json:"checked"`         // people, posts, schools, moves or figures it was applied to
	Short      int64        `json:"short,omitempty"` // of a soft rule: the shortfall that the plan accepts
	Violations []Violation  `json:"violations,omitempty"`
}

// LevelStatus holds the figures of one level against the recomputed objective.
type LevelStatus struct {
	Name       string `json:"name"`
	Claimed    int64  `json:"claimed"`    // objective on the plan; 0 where the plan lacks the level
	Recomputed int64  `json:"recomputed"` // objective from county and assignments
	Bound      int64  `json:"bound"`      // as claimed; it can't be recomputed without solving
	Proven     bool   `json:"proven"`     // as claimed
}

// Violation is one rule broken in one place. The fields that do not apply are
// zero. It never names the cause of an exemption.
type Violation struct {
	Rule    model.RuleID    `json:"rule"`
	Teacher model.TeacherID `json:"teacher,omitempty"`
	Post    model.PostID    `json:"post,omitzero"`
	School  model.SchoolID  `json:"school,omitempty"`
	Want    string          `json:"want"` // what would be right
	Got     string          `json:"got"`  // what the plan has
}

// Error gives one sentence, such as "rule need, post S1/primary/music: want at
// most 3 people, got 4".
func (v Violation) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "rule %s", v.Rule)
	if v.Teacher != "" {
		fmt.Fprintf(&text, ", teacher %s", v.Teacher)
	}
	if !v.Post.IsZero() {
		fmt.Fprintf(&text, ", post %s", v.Post)
	}
	if v.School != "" {
		fmt.Fprintf(&text, ", school %s", v.School)
	}
	fmt.Fprintf(&text, ": want %s, got %s", v.Want, v.Got)
	return text.String()
}

// OK reports whether every rule holds.
func (r *Report) OK() bool {
	for i := range r.Rules {
		if len(r.Rules[i].Violations) > 0 {
			return false
		}
	}
	return true
}

// Violations gives all violations in the order of the rules.
func (r *Report) Violations() []Violation {
	var all []Violation
	for i := range r.Rules {
		all = append(all, r.Rules[i].Violations...)
	}
	return all
}

// Err joins all violations, each a [Violation], or is nil when every rule holds.
func (r *Report) Err() error {
	var faults []error
	for _, v := range r.Violations() {
		faults = append(faults, v)
	}
	return errors.Join(faults...)
}
