package horizon

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Headcount accounts for everybody from one year to the next: After = Before − Retired − Left + Recruited.
type Headcount struct {
	Before    int `json:"before"`
	Retired   int `json:"retired"`
	Left      int `json:"left"`      // by the scenario of the year
	Recruited int `json:"recruited"` // by the scenario of the year
	After     int `json:"after"`
}

// serve gives the people a year after a plan, and how many have retired.
func serve(c *model.County, p *model.Plan, day model.Date) (next []model.Teacher, retired int) {
	assignments := make(map[model.TeacherID]*model.Assignment, len(p.Assignments))
	for i := range p.Assignments {
		assignments[p.Assignments[i].Teacher] = &p.Assignments[i]
	}
	rural := make(map[model.SchoolID]bool, len(c.Schools))
	for i := range c.Schools {
		rural[c.Schools[i].ID] = c.Schools[i].Rural
	}
	gone := map[model.TeacherID]bool{}
	for i := range c.Teachers {
		t := c.Teachers[i]
		if t.RetiresOn(&c.Rules) <= day {
			gone[t.ID] = true
			retired++
			continue
		}
		if a := assignments[t.ID]; a != nil && a.Ground != model.GroundAway {
			year(&t, a, c.Date, rural[a.To.School])
		}
		lapse(&t, day)
		next = append(next, t)
	}
	for i := range next {
		if gone[next[i].Partner] {
			next[i].Partner = ""
		}
	}
	return next, retired
}

// year is a year of service where the plan has somebody.
func year(t *model.Teacher, a *model.Assignment, began model.Date, rural bool) {
	if a.To.IsZero() { // waits another year
		return
	}
	if rural {
		t.RuralYears++
	}
	t.Teaches, t.TeachesStage = a.To.Subject, a.To.Stage
	if t.OnExchange(began) && a.To.School == t.WorkingSchool { // the personnel school stays, and its clock goes on
		t.YearsHere++
		return
	}
	t.WorkingSchool, t.ExchangeEnds = "", 0
	if a.To.School == t.School {
		t.YearsHere++
		return
	}
	t.School, t.Pool, t.YearsHere = a.To.School, model.PoolNone, 1
	if a.Ground == model.GroundVolunteer {
		t.Volunteer, t.Preferences = false, nil
	}
	if at := slices.Index(t.Preferences, t.School); at >= 0 {
		t.Preferences = slices.Delete(slices.Clone(t.Preferences), at, at+1)
		if len(t.Preferences) == 0 {
			t.Preferences = nil
		}
	}
}

// lapse ends what ends by a day.
func lapse(t *model.Teacher, day model.Date) {
	if t.WorkingSchool != "" && t.ExchangeEnds <= day {
		t.WorkingSchool, t.ExchangeEnds, t.Teaches, t.TeachesStage = "", 0, "", 0
	}
	if t.Term != model.TermNone && t.TermEnds != 0 && t.TermEnds <= day {
		t.Term, t.TermEnds = model.TermNone, 0
	}
	if t.Duty != model.DutyActive && t.DutyUntil != 0 && t.DutyUntil <= day {
		t.Duty, t.DutyUntil = model.DutyActive, 0
	}
	if slices.Contains(t.Exemptions, model.ExemptionMaternity) {
		t.Exemptions = slices.DeleteFunc(slices.Clone(t.Exemptions), func(e model.Exemption) bool { return e == model.ExemptionMaternity })
		if len(t.Exemptions) == 0 {
			t.Exemptions = nil
		}
	}
}
