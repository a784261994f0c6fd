package horizon

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// service is a year's service of everybody and what ends with it.
type service struct {
	county *model.County // of the year
	day    model.Date    // first day of the next
	count  *Headcount
}

// serve gives the people a year after a plan who have not retired. O(people).
func (s *service) serve(p *model.Plan) []model.Teacher {
	assignments := make(map[model.TeacherID]*model.Assignment, len(p.Assignments))
	for i := range p.Assignments {
		assignments[p.Assignments[i].Teacher] = &p.Assignments[i]
	}
	rural := make(map[model.SchoolID]bool, len(s.county.Schools))
	for i := range s.county.Schools {
		rural[s.county.Schools[i].ID] = s.county.Schools[i].Rural
	}
	next := make([]model.Teacher, 0, len(s.county.Teachers))
	for i := range s.county.Teachers {
		t := s.county.Teachers[i]
		if t.RetiresOn(&s.county.Rules) <= s.day {
			s.count.Retired++
			continue
		}
		if a := assignments[t.ID]; a != nil && a.Ground != model.GroundAway {
			served(&t, a, s.county.Date, rural[a.To.School])
		}
		s.lapse(&t)
		next = append(next, t)
	}
	return next
}

// served is a year of service where a plan has somebody who is at work. Without a post nothing counts. A wish to move was made from where one was, so a
// move on any ground ends it.
func served(t *model.Teacher, a *model.Assignment, began model.Date, rural bool) {
	if a.To.IsZero() {
		return
	}
	onExchange := t.OnExchange(began) && a.To.School == t.WorkingSchool
	if rural {
		t.RuralYears++
	}
	t.Teaches, t.TeachesStage = a.To.Subject, a.To.Stage
	if a.Moved() {
		t.Volunteer, t.Preferences = false, nil
	}
	if onExchange { // the personnel school stays, and its clock goes on
		t.YearsHere++
		return
	}
	t.WorkingSchool, t.ExchangeEnds = "", 0
	if a.To.School == t.School {
		t.YearsHere++
		return
	}
	t.School, t.Pool, t.YearsHere = a.To.School, model.PoolNone, 1
	t.PrincipalSince = 0 // who goes as a teacher leads the school no more; principals rotate by a plan of their own
}

// lapse ends what ends by the day: exchanges bring people back, terms are over, leave is over, a maternity exemption ends with the year.
func (s *service) lapse(t *model.Teacher) {
	if t.WorkingSchool != "" && t.ExchangeEnds <= s.day {
		t.WorkingSchool, t.ExchangeEnds, t.Teaches, t.TeachesStage = "", 0, "", 0
		s.count.Returned++
	}
	if t.Duty != model.DutyActive && t.DutyUntil != 0 && t.DutyUntil <= s.day {
		t.Duty, t.DutyUntil = model.DutyActive, 0
	}
	if slices.Contains(t.Exemptions, model.ExemptionMaternity) {
		t.Exemptions = slices.DeleteFunc(slices.Clone(t.Exemptions), func(e model.Exemption) bool { return e == model.ExemptionMaternity })
		if len(t.Exemptions) == 0 {
			t.Exemptions = nil
		}
	}
}

// endTerms ends service terms by the day. Of special posts a share stays on, who is drawn by lot; the others leave.
func (s *service) endTerms(people []model.Teacher, o *Outlook) []model.Teacher {
	var ending []model.TeacherID
	for i := range people {
		if t := &people[i]; t.Term == model.TermSpecialPost && t.TermEnds != 0 && t.TermEnds <= s.day {
			ending = append(ending, t.ID)
		}
	}
	gone := map[model.TeacherID]bool{}
	if o.Conversion != nil {
		for _, id := range draw(ending, Percent(model.Whole)-*o.Conversion, o.Seed, s.day, "conversion") {
			gone[id] = true
		}
	}
	s.count.Ended, s.count.Converted = len(gone), len(ending)-len(gone)
	people = slices.DeleteFunc(people, func(t model.Teacher) bool { return gone[t.ID] })
	for i := range people {
		if t := &people[i]; t.Term != model.TermNone && t.TermEnds != 0 && t.TermEnds <= s.day {
			t.Term, t.TermEnds = model.TermNone, 0
		}
	}
	return people
}

// leave takes out the share of each group of age that leaves. Who serves a term is bound and stays.
func (s *service) leave(people []model.Teacher, o *Outlook) []model.Teacher {
	groups := make([][]model.TeacherID, len(o.Attrition))
	for i := range people {
		t := &people[i]
		if t.Term != model.TermNone {
			continue
		}
		age := s.day.YearsSince(t.Born)
		if g := slices.IndexFunc(o.Attrition, func(a Attrition) bool { return a.Under == 0 || age < a.Under }); g >= 0 {
			groups[g] = append(groups[g], t.ID)
		}
	}
	gone := map[model.TeacherID]bool{}
	for g, ids := range groups {
		for _, id := range draw(ids, o.Attrition[g].Share, o.Seed, s.day, "attrition") {
			gone[id] = true
		}
	}
	s.count.Left += len(gone)
	return slices.DeleteFunc(people, func(t model.Teacher) bool { return gone[t.ID] })
}

// unpair takes out partners who are no longer there.
func unpair(people []model.Teacher) {
	here := make(map[model.TeacherID]bool, len(people))
	for i := range people {
		here[people[i].ID] = true
	}
	for i := range people {
		if p := people[i].Partner; p != "" && !here[p] {
			people[i].Partner = ""
		}
	}
}
