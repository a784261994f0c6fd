package check

import (
	"errors"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// SuccessionError says what of a person a year later does not follow from the year and its plan.
type SuccessionError struct {
	Teacher model.TeacherID // "" is the county
	Field   string
	Want    string
	Got     string
}

func (e *SuccessionError) Error() string {
	return fmt.Sprintf("teacher %s: %s a year later: want %s, got %s", e.Teacher, e.Field, e.Want, e.Got)
}

// Succession says who of a county is no longer there a year later, and who is new.
type Succession struct {
	Retired []model.TeacherID // by the day of retirement
	Gone    []model.TeacherID // the others who are no longer there
	Came    []model.TeacherID
}

// Follows verifies that a county is what a year and its plan make of another, from the two and the plan alone: everybody is accounted for, and every clock and term of
// everybody goes on, ends or begins anew for its reason.
//
//	personnel school  that of the post; where an exchange runs and the post is at the working school, as before
//	years here        1 where the personnel school changed, else one more for a year in a post, else as before
//	rural years       one more for a year in a post at a rural school, else as before
//	exchange          over when it has ended by the day, or another post was given
//	term              over when it has ended by the day, else as before: no move begins it anew
//	leave             over when it has ended by the day, else as before
//	wish to move      over after any move, else as before
//	present post      the post of the plan, until an exchange ends
//
// Who is new waits in the pool as a recruit. A title rises by a class at most, and nothing else about a person changes, but for what schools that close do to
// their people, who are held to nothing but being there. The faults are joined *[SuccessionError]. It takes time linear in the counties.
func Follows(c *model.County, p *model.Plan, next *model.County) (Succession, error) {
	s := &succession{now: c, next: next, open: map[model.SchoolID]bool{}, rural: map[model.SchoolID]bool{}}
	if day := c.Date.AddYears(1); next.Date != day {
		s.fault("", "date", day, next.Date)
	}
	for i := range c.Schools {
		s.rural[c.Schools[i].ID] = c.Schools[i].Rural
	}
	for i := range next.Schools {
		s.open[next.Schools[i].ID] = true
	}
	later := make(map[model.TeacherID]*model.Teacher, len(next.Teachers))
	for i := range next.Teachers {
		t := &next.Teachers[i]
		if later[t.ID] != nil {
			s.fault(t.ID, "id", "each once", "twice")
		}
		later[t.ID] = t
	}
	posts := make(map[model.TeacherID]*model.Assignment, len(p.Assignments))
	for i := range p.Assignments {
		posts[p.Assignments[i].Teacher] = &p.Assignments[i]
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		s.person(t, posts[t.ID], later[t.ID])
		delete(later, t.ID)
	}
	for i := range next.Teachers {
		if t := &next.Teachers[i]; later[t.ID] != nil {
			s.Came = append(s.Came, t.ID)
			if t.Pool != model.PoolRecruit || t.YearsHere != 0 || t.RuralYears != 0 {
				s.fault(t.ID, "place", "in the pool as a recruit without years", fmt.Sprintf("school %q, %d years here, %d rural", t.School, t.YearsHere, t.RuralYears))
			}
		}
	}
	return s.Succession, errors.Join(s.faults...)
}

type succession struct {
	Succession
	now, next   *model.County
	open, rural map[model.SchoolID]bool // schools a year later; of the year
	faults      []error
}

func (s *succession) fault(id model.TeacherID, field string, want, got any) {
	s.faults = append(s.faults, &SuccessionError{id, field, fmt.Sprint(want), fmt.Sprint(got)})
}

// same holds a field to what it should be.
func same[T comparable](s *succession, id model.TeacherID, field string, want, got T) {
	if want != got {
		s.fault(id, field, want, got)
	}
}

// person holds somebody a year later, or nobody, to the year.
func (s *succession) person(t *model.Teacher, a *model.Assignment, later *model.Teacher) {
	retires := t.Retires
	if retires == 0 {
		retires = t.Born.AddYears(s.now.Rules.RetirementAge)
	}
	switch {
	case retires <= s.next.Date:
		s.Retired = append(s.Retired, t.ID)
		if later != nil {
			s.fault(t.ID, "retirement", "gone by "+retires.String(), "still there")
		}
		return
	case later == nil:
		s.Gone = append(s.Gone, t.ID)
		return
	case a == nil:
		s.fault(t.ID, "plan", "an assignment", "none")
		return
	}
	s.unchanged(t, later)
	s.terms(t, later)
	if t.School != "" && !s.open[t.School] || !a.To.IsZero() && !s.open[a.To.School] || t.WorkingSchool != "" && !s.open[t.WorkingSchool] {
		return // a school closed
	}
	s.clocks(t, a, later)
}

// unchanged holds what a year does not change.
func (s *succession) unchanged(t, later *model.Teacher) {
	for _, f := range []struct {
		field      string
		then, lies any
	}{{"born", t.Born, later.Born}, {"retires", t.Retires, later.Retires}, {"main subject", t.Main, later.Main}, {"second subjects", t.Second, later.Second}, {"stages", t.Stages, later.Stages},
		{"degree", t.Degree, later.Degree}, {"backbone", t.Backbone, later.Backbone}, {"languages", t.Languages, later.Languages}, {"home", t.Home, later.Home}, {"points", t.Points, later.Points},
		{"release", t.Release, later.Release}} {
		if want, got := fmt.Sprint(f.then), fmt.Sprint(f.lies); want != got {
			s.fault(t.ID, f.field, want, got)
		}
	}
	if later.Title < t.Title || later.Title > t.Title && later.Title.Class() > t.Title.Class()+1 {
		s.fault(t.ID, "title", t.Title.String()+" or one class more", later.Title)
	}
	exemptions := slices.DeleteFunc(slices.Clone(t.Exemptions), func(e model.Exemption) bool { return e == model.ExemptionMaternity })
	if !slices.Equal(exemptions, later.Exemptions) {
		s.fault(t.ID, "exemptions", exemptions, later.Exemptions)
	}
}

// terms holds service terms and leave: they end on their day and at no other time.
func (s *succession) terms(t, later *model.Teacher) {
	term, ends := t.Term, t.TermEnds
	if ends != 0 && ends <= s.next.Date {
		term, ends = model.TermNone, 0
	}
	same(s, t.ID, "term", term, later.Term)
	same(s, t.ID, "end of the term", ends, later.TermEnds)
	duty, until := t.Duty, t.DutyUntil
	if until != 0 && until <= s.next.Date {
		duty, until = model.DutyActive, 0
	}
	same(s, t.ID, "duty", duty, later.Duty)
	same(s, t.ID, "end of leave", until, later.DutyUntil)
}

// clocks holds where somebody is and for how long.
func (s *succession) clocks(t *model.Teacher, a *model.Assignment, later *model.Teacher) {
	away := t.Duty != model.DutyActive && (t.DutyUntil == 0 || t.DutyUntil > s.now.Date)
	works := !away && !a.To.IsZero()
	exchanged := t.WorkingSchool != "" && t.ExchangeEnds > s.now.Date && (!works || a.To.School == t.WorkingSchool)
	school, pool, years, rural, principal := t.School, t.Pool, t.YearsHere, t.RuralYears, t.PrincipalSince
	working, ends := t.WorkingSchool, t.ExchangeEnds
	if works {
		years++
		if s.rural[a.To.School] {
			rural++
		}
		if !exchanged {
			working, ends = "", 0
			if a.To.School != school {
				school, pool, years, principal = a.To.School, model.PoolNone, 1, 0
			}
		}
	}
	if ends <= s.next.Date {
		working, ends = "", 0
	}
	same(s, t.ID, "school", school, later.School)
	same(s, t.ID, "pool", pool, later.Pool)
	same(s, t.ID, "years here", years, later.YearsHere)
	same(s, t.ID, "rural years", rural, later.RuralYears)
	same(s, t.ID, "principal since", principal, later.PrincipalSince)
	same(s, t.ID, "working school", working, later.WorkingSchool)
	same(s, t.ID, "end of the exchange", ends, later.ExchangeEnds)
	wish, list := t.Volunteer, t.Preferences
	if works && a.To != a.From {
		wish, list = false, nil
	}
	same(s, t.ID, "wish to move", wish, later.Volunteer)
	if !slices.Equal(list, later.Preferences) {
		s.fault(t.ID, "preferences", list, later.Preferences)
	}
	if works && (working != "" || t.WorkingSchool == "" || !exchanged) {
		same(s, t.ID, "subject", a.To.Subject, later.Teaches)
		same(s, t.ID, "stage", a.To.Stage, later.TeachesStage)
	}
}
