package check

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// places checks what posts and schools can hold.
//
//	need   Σ_t x_tp ≤ d_p + max(0, inc_p − d_p), and no newcomer where d_p = 0
//	quota  Σ_{t, p in s} x_tp ≤ max(T_s, inc_s)
//
// A post that the county does not have is a post without need.
func (a *audit) places() {
	for i := range a.seats {
		s := &a.seats[i]
		if s.to.IsZero() || s.to == a.present[s.teacher] {
			continue
		}
		if !a.holds(model.RuleNeed, a.need[s.to] > 0) {
			a.faultSeat(model.RuleNeed, s, "newcomers only where there is a need", "a need of 0")
		}
	}
	for _, post := range a.posts {
		need, incumbents, filled := a.need[post], a.incumbents[post], a.filled[post]
		most := need + max(0, incumbents-need)
		if !a.holds(model.RuleNeed, filled <= most) {
			a.fault(Violation{Rule: model.RuleNeed, Post: post,
				Want: fmt.Sprintf("at most %d people (need %d, incumbents %d)", most, need, incumbents), Got: fmt.Sprint(filled)})
		}
	}
	for i := range a.Schools {
		id := a.Schools[i].ID
		quota, holders, staff := a.teaching[id], a.holders[id], a.staff[id]
		if !a.holds(model.RuleQuota, staff <= max(quota, holders)) {
			a.fault(Violation{Rule: model.RuleQuota, School: id,
				Want: fmt.Sprintf("at most %d people (teaching quota %d, incumbents %d)", max(quota, holders), quota, holders), Got: fmt.Sprint(staff)})
		}
	}
}

// pins checks that everybody pinned has the post: the present one where the pin
// names none. A pin of somebody who is not planned, or to the present post of
// somebody without one, can't be kept.
func (a *audit) pins() {
	for _, pin := range a.options.Pins {
		i, known := a.teacher[pin.Teacher]
		var want, got model.PostID
		if known && !a.away[i] {
			if want = pin.Post; want.IsZero() {
				want = a.present[i]
			}
		}
		if known && a.first[i] >= 0 {
			got = a.seats[a.first[i]].to
		}
		if a.holds(model.RulePin, got == want && !want.IsZero()) {
			continue
		}
		v := Violation{Rule: model.RulePin, Teacher: pin.Teacher, Post: pin.Post,
			Want: fmt.Sprintf("post %s, as pinned", want), Got: fmt.Sprintf("post %s", got)}
		if want.IsZero() {
			v.Want, v.Got = "a pin of a planned teacher to a post", "a pin that can't be kept"
		}
		a.fault(v)
	}
}

// bans checks that nobody has a post from which they are banned, and that every
// ban names a teacher of the county and a post.
func (a *audit) bans() {
	banned := make(map[model.Pin]bool, len(a.options.Bans))
	for _, ban := range a.options.Bans {
		_, known := a.teacher[ban.Teacher]
		banned[ban] = known && !ban.Post.IsZero()
		if !a.holds(model.RuleBan, banned[ban]) {
			a.fault(Violation{Rule: model.RuleBan, Teacher: ban.Teacher, Post: ban.Post,
				Want: "a ban of a teacher of the county from a post", Got: "a ban that means nothing"})
		}
	}
	for i := range a.seats {
		s := &a.seats[i]
		if banned[model.Pin{Teacher: a.Teachers[s.teacher].ID, Post: s.to}] {
			a.faultSeat(model.RuleBan, s, "another post, as the options ban this one", "the banned post")
		}
	}
}
