package synthetic

import "github.com/xianguan/xianguan/model"

// dutyAssumption says what drawDuties makes up.
const dutyAssumption = "Principals are the longest-serving people with a title of each school, since a made-up day; three in ten backbone teachers give two periods a week to outreach or mentoring, " +
	"one teacher in fifty four to a training post; every class has one period a week of after-school service by teachers."

// drawDuties gives the schools principals, some people release time, and the classes after-school service. Each draw has dice of its own, so that all else stays as it is.
func drawDuties(c *model.County, seed uint64) {
	head := map[model.SchoolID]*model.Teacher{}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		dice := stream(seed, "duties", string(t.ID))
		if t.School == "" || t.Away(c.Date, &c.Rules) {
			continue
		}
		switch {
		case t.Backbone >= model.BackboneCounty && dice.IntN(10) < 3:
			if dice.IntN(2) == 0 {
				t.Release.Outreach = 20
			} else {
				t.Release.Mentoring = 20
			}
		case dice.IntN(50) == 0:
			t.Release.Training = 40
		}
		if best := head[t.School]; !t.OnExchange(c.Date) && t.Title >= model.TitleSecond && (best == nil || t.YearsHere > best.YearsHere) {
			head[t.School] = t
		}
	}
	for i := range c.Schools {
		s := &c.Schools[i]
		if t := head[s.ID]; t != nil {
			dice := stream(seed, "principal", string(s.ID))
			t.PrincipalSince = c.Date.AddYears(-dice.IntN(min(t.YearsHere, 14) + 1))
		}
		periods := model.Tenths(10)
		s.AfterSchool = &periods
	}
	c.Origin.Assumed = append(c.Origin.Assumed, dutyAssumption)
}
