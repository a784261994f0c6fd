package check

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// The rules that cut across the network on where people serve: rotation, return, support,
// couples and special posts.

// people counts the seats with a post that a condition is about, those of people who are
// away aside.
func (a *audit) people(about func(t *model.Teacher, i int, to model.PostID) bool) int64 {
	count := int64(0)
	for i := range a.seats {
		s := &a.seats[i]
		if !s.to.IsZero() && !a.away[s.teacher] && about(&a.Teachers[s.teacher], s.teacher, s.to) {
			count++
		}
	}
	return count
}

// rotation asks that all who are due at a town or strong school, or at any, leave it.
func (a *audit) rotation() []model.Condition {
	due, stay := map[model.SchoolID]int64{}, map[model.SchoolID]int64{}
	for i := range a.Teachers {
		if school := a.mustRotate(i); school != "" {
			due[school]++
		}
	}
	for i := range a.seats {
		s := &a.seats[i]
		if school := a.mustRotate(s.teacher); school != "" && s.to.School == school {
			stay[school]++
		}
	}
	var list []model.Condition
	for i := range a.Schools {
		if id := a.Schools[i].ID; due[id] > 0 {
			list = append(list, floor(id, due[id], due[id]-stay[id]))
		}
	}
	return list
}

// mustRotate gives the present school of a teacher whom the rule rotation asks to leave
// it, "" for everybody else.
func (a *audit) mustRotate(i int) model.SchoolID {
	t, school := &a.Teachers[i], a.school[a.present[i].School]
	if school == nil || a.away[i] || t.YearsHere < a.Rules.RotationYears || a.protected(t) || a.bound(t) {
		return ""
	}
	if a.Rules.RotationFrom == model.RotationFromTown && !school.Town && !school.Strong {
		return ""
	}
	return school.ID
}

// returning asks that nobody whose exchange has ended has a post at the working school.
// Who volunteers and lists that school may.
func (a *audit) returning() []model.Condition {
	ended := func(t *model.Teacher, i int) bool {
		byName := t.Volunteer && slices.Contains(t.Preferences, t.WorkingSchool)
		return !a.away[i] && t.WorkingSchool != "" && t.ExchangeEnds <= a.Date && !byName
	}
	back := int64(0)
	for i := range a.Teachers {
		if ended(&a.Teachers[i], i) {
			back++
		}
	}
	if back == 0 {
		return nil
	}
	kept := a.people(func(t *model.Teacher, i int, to model.PostID) bool {
		return ended(t, i) && to.School == t.WorkingSchool
	})
	return []model.Condition{floor("", back, back-kept)}
}

// support asks each rural school with a partner for so many people whose personnel school
// the partner is.
func (a *audit) support() []model.Condition {
	var list []model.Condition
	asked := int64(a.Rules.SupportTeachers)
	if asked == 0 {
		return nil
	}
	from := map[[2]model.SchoolID]int64{} // personnel school, school in the plan
	a.people(func(t *model.Teacher, _ int, to model.PostID) bool {
		from[[2]model.SchoolID{t.School, to.School}]++
		return false
	})
	for i := range a.Schools {
		if s := &a.Schools[i]; s.Rural && s.Partner != "" {
			list = append(list, floor(s.ID, asked, from[[2]model.SchoolID{s.Partner, s.ID}]))
		}
	}
	return list
}

// partners asks that no couple is put apart; one without a post is apart from nobody.
func (a *audit) partners() []model.Condition {
	couples, together := int64(0), int64(0)
	for i := range a.Teachers {
		j, known := a.teacher[a.Teachers[i].Partner]
		if !known || a.Teachers[j].ID < a.Teachers[i].ID || a.away[i] || a.away[j] {
			continue
		}
		couples++
		one, other := a.schoolIn(i), a.schoolIn(j)
		if one == nil || other == nil || a.together(one, other, a.allowed(i, j)) {
			together++
		}
	}
	return []model.Condition{floor("", couples, together)}
}

// schoolIn is where the plan puts a teacher, nil for nowhere.
func (a *audit) schoolIn(i int) *model.School {
	if a.first[i] < 0 {
		return nil
	}
	return a.school[a.seats[a.first[i]].to.School]
}

// allowed is how far apart a couple may be: the distance of the rules, and where the rule is
// hard, the present distance if that is more.
func (a *audit) allowed(i, j int) model.Metres {
	limit := a.Rules.PartnersDistance
	one, other := a.school[a.present[i].School], a.school[a.present[j].School]
	if a.Rules.Partners.Force == model.ForceHard && one != nil && other != nil {
		limit = max(limit, a.road(one.Position, other.ID))
	}
	return limit
}

// together reports whether two schools are one, stand in one township, or are within reach.
func (a *audit) together(one, other *model.School, limit model.Metres) bool {
	if one.ID == other.ID || (one.Township != "" && one.Township == other.Township) {
		return true
	}
	return a.road(one.Position, other.ID) <= limit
}

// specialPosts counts special posts within their term at schools that are not rural; hard,
// those who are there now are allowed.
func (a *audit) specialPosts() []model.Condition {
	outside := func(t *model.Teacher, school *model.School) bool {
		return t.Term == model.TermSpecialPost && t.TermEnds > a.Date && school != nil && !school.Rural
	}
	now := int64(0)
	for i := range a.Teachers {
		if !a.away[i] && a.Rules.SpecialPosts.Force == model.ForceHard && outside(&a.Teachers[i], a.school[a.present[i].School]) {
			now++
		}
	}
	then := a.people(func(t *model.Teacher, _ int, to model.PostID) bool { return outside(t, a.school[to.School]) })
	return []model.Condition{ceiling("", now, then)}
}
