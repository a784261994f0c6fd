package synthetic

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// home draws the home township of a teacher of a school: the school's own, for
// rural teachers also the nearest town, else one of the townships around.
func (d *drawing) home(s *model.School, dice dice) model.TownshipID {
	here, found := d.near.township[s.Township]
	if !found {
		return ""
	}
	at := d.Townships[here].Position
	chance := model.Share(dice.IntN(int(model.Whole)))
	if chance < d.p.HomeHere || (!s.Rural && chance < d.p.HomeHere+d.p.HomeTown) {
		return s.Township
	}
	if town, any := d.near.town(at); any && chance < d.p.HomeHere+d.p.HomeTown {
		return d.Townships[town].ID
	}
	if around := d.near.around(at); len(around) > 0 {
		return d.Townships[pick(dice, around)].ID
	}
	return s.Township
}

// duties draws exemptions, leave and secondment, and exchange between schools.
func (d *drawing) duties(t *model.Teacher, s *model.School, l life, dice dice) {
	p := &d.p
	if l.woman && l.age >= 23 && l.age <= 40 && dice.hit(p.Maternity) {
		t.Exemptions = append(t.Exemptions, model.ExemptionMaternity)
	}
	if dice.hit(p.Illness) {
		t.Exemptions = append(t.Exemptions, model.ExemptionIllness)
	}
	chance := model.Share(dice.IntN(int(model.Whole)))
	switch {
	case t.Term != model.TermNone:
	case chance < p.Leave:
		t.Duty = model.DutyLeave
		t.DutyUntil = d.Date.AddYears(1)
		if dice.hit(5000) { // half a year
			t.DutyUntil = model.NewDate(d.Date.Year()+1, 3, 1)
		}
	case chance < p.Leave+p.Seconded:
		if t.Duty = model.DutySeconded; dice.hit(5000) {
			t.DutyUntil = d.Date.AddYears(dice.between(1, 2))
		}
	case s.Town && l.service >= 3:
		d.exchange(t, s, dice)
	}
}

// exchange sends a teacher of a town school to a rural school near by, for one
// year or two that still run, or back from one that has just ended.
func (d *drawing) exchange(t *model.Teacher, s *model.School, dice dice) {
	chance := model.Share(dice.IntN(int(model.Whole)))
	if chance >= d.p.Exchange+d.p.ExchangeEnded {
		return
	}
	question := schoolQuestion{at: s.Position, stage: t.CurrentPost(s).Stage, rural: true}
	schools := d.near.schoolsFor(question)
	if len(schools) == 0 {
		return
	}
	t.WorkingSchool = d.Schools[pick(dice, schools)].ID
	t.ExchangeEnds = dayBefore(d.Date)
	if chance < d.p.Exchange {
		t.ExchangeEnds = dayBefore(d.Date.AddYears(dice.between(1, 2)))
	}
}

// wishes draws who asks to move, and where to: two to five schools of the stage
// near home, mostly the nearer and easier ones first. Half of the volunteers
// from town ask for rural schools, since titles ask for rural service.
func (d *drawing) wishes(t *model.Teacher, s *model.School, dice dice) {
	bound := t.Term != model.TermNone || t.Duty != model.DutyActive || t.OnExchange(d.Date)
	if !dice.hit(d.p.Volunteers) || bound {
		return
	}
	t.Volunteer = true
	if dice.hit(d.p.OpenVolunteers) {
		return
	}
	question := schoolQuestion{at: s.Position, stage: t.CurrentPost(s).Stage}
	if home, found := d.near.township[t.Home]; found {
		question.at = d.Townships[home].Position
	}
	question.rural = s.Town && dice.hit(5000)
	t.Preferences = d.ranked(d.near.schoolsFor(question), s.ID, dice)
}

// ranked draws two to five of the schools, without the teacher's own.
func (d *drawing) ranked(schools []int, own model.SchoolID, dice dice) []model.SchoolID {
	type choice struct{ school, dislike int }
	choices := make([]choice, 0, len(schools))
	for rank, i := range schools {
		if d.Schools[i].ID != own {
			choices = append(choices, choice{i, 10*rank + 8*int(d.Schools[i].Tier) + dice.IntN(60)})
		}
	}
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(a.dislike, b.dislike) })
	var list []model.SchoolID
	for _, c := range choices[:min(len(choices), dice.between(2, 5))] {
		list = append(list, d.Schools[c.school].ID)
	}
	return list
}

// couples pairs people of one home township at random. Of an odd number, one
// stays single.
func (d *drawing) couples(teachers []model.Teacher) {
	type single struct {
		teacher int
		lot     uint64
	}
	singles := map[model.TownshipID][]single{}
	for i := range teachers {
		t := &teachers[i]
		dice := stream(d.seed, "partner", string(t.ID))
		if t.Home != "" && t.Born.AddYears(25) <= d.Date && dice.hit(d.p.Partners) {
			singles[t.Home] = append(singles[t.Home], single{i, dice.Uint64()})
		}
	}
	for _, list := range singles { // in any order: the townships do not touch each other
		slices.SortFunc(list, func(a, b single) int {
			return cmp.Or(cmp.Compare(a.lot, b.lot), cmp.Compare(a.teacher, b.teacher))
		})
		for k := 0; k+1 < len(list); k += 2 {
			one, other := &teachers[list[k].teacher], &teachers[list[k+1].teacher]
			one.Partner, other.Partner = other.ID, one.ID
		}
	}
}
