package principals

import (
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// FaultError says what is wrong with a result.
type FaultError struct {
	What, Have, Wants string
}

func (e *FaultError) Error() string {
	return fmt.Sprintf("principals: %s: %s, want %s", e.What, e.Have, e.Wants)
}

// Verify holds a result against the county from the start: who may lead which school, each school led once, who is due, and every level. It shares no
// code with the assignment. The error joins *[FaultError].
func Verify(c *model.County, r *Result) error {
	v := &verifier{county: c, result: r, schools: map[model.SchoolID]*model.School{}, moves: map[model.TeacherID]Move{}, led: map[model.SchoolID]bool{}, have: map[string]int64{}}
	for i := range c.Schools {
		v.schools[c.Schools[i].ID] = &c.Schools[i]
	}
	for _, m := range r.Moves {
		if _, twice := v.moves[m.Teacher]; twice {
			v.fault("move of "+string(m.Teacher), "twice", "once")
		}
		v.moves[m.Teacher] = m
	}
	for i := range c.Teachers {
		if t := &c.Teachers[i]; t.PrincipalSince != 0 && t.School != "" && t.RetiresOn(&c.Rules) > c.Date {
			v.principal(t)
		}
	}
	for id := range v.moves {
		v.fault("move of "+string(id), "moved", "a principal")
	}
	v.sums()
	return errors.Join(v.faults...)
}

type verifier struct {
	county     *model.County
	result     *Result
	schools    map[model.SchoolID]*model.School
	moves      map[model.TeacherID]Move // not seen yet
	led        map[model.SchoolID]bool
	have       map[string]int64 // levels
	heads, due int
	faults     []error
}

func (v *verifier) fault(what, have, wants string) {
	v.faults = append(v.faults, &FaultError{what, have, wants})
}

// principal holds one principal's place.
func (v *verifier) principal(t *model.Teacher) {
	c, o := v.county, &v.result.Options
	years := c.Date.YearsSince(t.PrincipalSince)
	bound := len(t.Exemptions) > 0 || t.Duty != model.DutyActive && (t.DutyUntil == 0 || t.DutyUntil > c.Date) || t.TermEnds > c.Date ||
		t.WorkingSchool != "" && t.ExchangeEnds > c.Date || t.RetiresOn(&c.Rules) <= c.Date.AddYears(c.Rules.NearRetirementYears)
	due := !bound && years >= 2*o.TermYears
	v.heads++
	if due {
		v.due++
	}
	school := t.School
	m, moved := v.moves[t.ID]
	delete(v.moves, t.ID)
	switch {
	case !moved && due:
		v.have["overdue"]++
	case !moved:
	case v.schools[m.To] == nil || m.From != t.School || m.To == t.School || m.Years != years || m.Due != due || m.Since != t.PrincipalSince:
		v.fault("move of "+string(t.ID), fmt.Sprintf("%s to %s after %d years, due %v", m.From, m.To, m.Years, m.Due), fmt.Sprintf("from %s to another school after %d, due %v", t.School, years, due))
	case bound || !due && (!o.MakeWay || years < o.TermYears):
		v.fault("move of "+string(t.ID), "moved", "somebody who may be")
	default:
		school = m.To
		v.move(t, m)
	}
	if v.led[school] {
		v.fault("school "+string(school), "two principals", "one")
	}
	v.led[school] = true
}

// move holds a move against the school that it goes to.
func (v *verifier) move(t *model.Teacher, m Move) {
	from, to := v.schools[m.From], v.schools[m.To]
	qualified, speaks := false, to.Language == ""
	for _, stage := range t.Stages {
		qualified = qualified || to.HasStage(stage)
	}
	for _, language := range t.Languages {
		speaks = speaks || language == to.Language
	}
	road := model.Metres(v.county.Rules.RoadFactor.Of(int64(model.Distance(from.Position, to.Position))))
	down := (from.Town || from.Strong) && (to.Rural || to.Weak)
	if !qualified || !speaks || road == 0 || road > v.result.Options.Reach || m.Metres != road || m.Down != down {
		v.fault("move of "+string(t.ID), fmt.Sprintf("to %s, %s", m.To, m.Metres), "a school of a stage and language of the principal's within reach, the distance and the direction as they are")
	}
	v.have["metres"] += int64(road)
	if !m.Due {
		v.have["early"]++
	}
	if (from.Town || from.Strong) && !down {
		v.have["upward"]++
	}
}

// sums holds the counts and the levels.
func (v *verifier) sums() {
	r, headless := v.result, len(v.county.Schools)-len(v.led)
	if int64(len(r.Overdue)) != v.have["overdue"] || r.Due != v.due || r.Principals != v.heads || len(r.Headless) != headless {
		v.fault("the count", fmt.Sprintf("%d principals, %d due, %d overdue, %d schools without", r.Principals, r.Due, len(r.Overdue), len(r.Headless)),
			fmt.Sprintf("%d, %d, %d, %d", v.heads, v.due, v.have["overdue"], headless))
	}
	for k, name := range levelNames {
		if k >= len(r.Levels) || r.Levels[k] != (Level{name, v.have[name]}) {
			v.fault("level "+name, "another value", fmt.Sprint(v.have[name]))
		}
	}
}
