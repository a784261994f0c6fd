package check

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// presence checks who must have a post and who must not.
//
//	one-post  Σ_p x_tp ≤ 1, and exactly one line for each teacher
//	hold      Σ_p x_tp = 1 for whoever is planned and has a present post
//	away      Σ_p x_tp = 0 for whoever is on leave, seconded or retired
func (a *audit) presence() {
	for _, place := range a.repeat {
		a.faultSeat(model.RuleOnePost, &a.seats[place], "one assignment for the teacher", "a further one")
	}
	for i := range a.Teachers {
		id, place := a.Teachers[i].ID, a.first[i]
		if !a.holds(model.RuleOnePost, place >= 0) {
			a.fault(Violation{Rule: model.RuleOnePost, Teacher: id, Want: "one assignment for the teacher", Got: "none"})
		}
		posted := place >= 0 && !a.seats[place].to.IsZero()
		if a.away[i] {
			if !a.holds(model.RuleAway, !posted) {
				a.faultSeat(model.RuleAway, &a.seats[place], "no post for who is on leave, seconded or retired", "a post")
			}
			continue
		}
		if p0 := a.present[i]; !p0.IsZero() && !a.holds(model.RuleHold, posted) {
			a.fault(Violation{Rule: model.RuleHold, Teacher: id, Want: fmt.Sprintf("a post, as the teacher holds %s", p0), Got: "none"})
		}
	}
}

// qualified checks a seat with a post, where it is not the present one.
//
//	qualification  subject(p) ∈ {main} ∪ second subjects of t
//	stage          stage(p) ∈ stages of t
//	language       the school's language, if it has one, is among t's
func (a *audit) qualified(s *seat) {
	t := &a.Teachers[s.teacher]
	if s.to == a.present[s.teacher] {
		return
	}
	if !a.holds(model.RuleQualification, s.to.Subject == t.Main || slices.Contains(t.Second, s.to.Subject)) {
		a.faultSeat(model.RuleQualification, s, fmt.Sprintf("one of the subjects %v", append([]model.SubjectID{t.Main}, t.Second...)), string(s.to.Subject))
	}
	if !a.holds(model.RuleStage, slices.Contains(t.Stages, s.to.Stage)) {
		a.faultSeat(model.RuleStage, s, fmt.Sprintf("one of the stages %v", t.Stages), s.to.Stage.String())
	}
	school := a.school[s.to.School]
	if school == nil || school.Language == "" {
		return
	}
	if !a.holds(model.RuleLanguage, slices.Contains(t.Languages, school.Language)) {
		a.faultSeat(model.RuleLanguage, s, fmt.Sprintf("a teacher who can teach in %q", school.Language), fmt.Sprintf("languages %q", t.Languages))
	}
}

// moved checks a seat with a post, where it is not the present one.
//
//	ground     t has a ground for p
//	distance   ground rotation or unplaced ⇒ road distance from home ≤ greatest forced distance
//	exemption  ground rotation ⇒ t is not exempt and not near retirement
//
// Where nothing is known of a home, distance does not bind.
func (a *audit) moved(s *seat) {
	if s.ground == model.GroundStay || s.ground == model.GroundAway {
		return
	}
	if !a.holds(model.RuleGround, s.ground != model.GroundNone) {
		a.faultSeat(model.RuleGround, s, "a ground for the move", "none that applies")
	}
	forced := s.ground == model.GroundRotation || s.ground == model.GroundUnplaced
	if home, known := a.home(s.teacher); forced && known {
		d, greatest := a.road(home, s.to.School), a.Rules.ForcedDistance
		if !a.holds(model.RuleDistance, d <= greatest) {
			a.faultSeat(model.RuleDistance, s, fmt.Sprintf("at most %d m by road from home", greatest), fmt.Sprintf("%d m", d))
		}
	}
	if s.ground == model.GroundRotation && !a.holds(model.RuleExemption, !a.protected(&a.Teachers[s.teacher])) {
		a.faultSeat(model.RuleExemption, s, "no rotation of who is exempt or near retirement", "a rotation")
	}
}

// stated checks that the ground in each assignment is the one that the order of
// choice gives.
func (a *audit) stated() {
	for i := range a.seats {
		s := &a.seats[i]
		if s.given != nil && !a.holds(model.RuleGround, s.given.Ground == s.ground) {
			a.faultSeat(model.RuleGround, s, fmt.Sprintf("the stated ground %s", s.ground), s.given.Ground.String())
		}
	}
}

// terms checks that a running service term or exchange keeps the present post.
//
//	term  a running service term or exchange, with a present post ⇒ p = p0
//
// Who has no post at all breaks the rule hold, not this one.
func (a *audit) terms() {
	for i := range a.seats {
		s := &a.seats[i]
		p0 := a.present[s.teacher]
		if s.to.IsZero() || p0.IsZero() || a.away[s.teacher] || !a.bound(&a.Teachers[s.teacher]) {
			continue
		}
		if !a.holds(model.RuleTerm, s.to == p0) {
			a.faultSeat(model.RuleTerm, s, fmt.Sprintf("the present post %s until the term or exchange ends", p0), "another post")
		}
	}
}
