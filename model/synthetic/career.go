package synthetic

import (
	"time"

	"github.com/xianguan/xianguan/model"
)

// life is what the draws of one person share.
type life struct {
	age     int
	service int // completed years as a teacher
	woman   bool
}

// career draws age, degree, years, title and backbone level, consistent with one
// another: service begins at 19 to 24, and no years are longer than the service.
func (d *drawing) career(t *model.Teacher, s *model.School, dice dice) life {
	p := &d.p
	bands, backbone := p.RuralAges, p.RuralBackbone
	if !s.Rural {
		bands, backbone = p.TownAges, p.TownBackbone
	}
	l := life{woman: dice.hit(p.Women)}
	if !d.serveTerm(t, s, &l, dice) {
		l.age = drawAge(bands, dice)
		l.service = max(0, l.age-dice.between(22, 24))
		if l.age >= 48 { // secondary normal schools sent out teachers at 19
			l.service += dice.between(0, 3)
		}
		for t.YearsHere < l.service && !dice.hit(p.Turnover) {
			t.YearsHere++
		}
		t.YearsHere = min(t.YearsHere, l.service)
		t.RuralYears = ruralYears(s, t.YearsHere, l.service, dice)
	}
	if p.DelayedRetirement && l.woman && l.age >= 55 {
		l.woman = false // she would have retired; the post is a man's
	}
	t.Born = d.born(l.age, dice)
	if p.DelayedRetirement {
		t.Retires = retirement(t.Born, l.woman)
	}
	t.Degree = degree(l.age, !s.Rural, dice)
	t.Title = d.title(l.service, dice)
	if l.service >= 5 {
		t.Backbone = backbone.draw(dice)
	}
	return l
}

// serveTerm makes a teacher of a rural school a special-post (特岗) or directed
// (定向) teacher inside the term, with the chances of the profile.
func (d *drawing) serveTerm(t *model.Teacher, s *model.School, l *life, dice dice) bool {
	years := d.Rules.SpecialPostYears
	switch {
	case !s.Rural:
		return false
	case dice.hit(d.p.SpecialPost) && years > 0:
		t.Term = model.TermSpecialPost
	case dice.hit(d.p.Directed) && d.Rules.DirectedYears > 0:
		t.Term, years = model.TermDirected, d.Rules.DirectedYears
	default:
		return false
	}
	l.service = dice.between(0, years-1)
	l.age = 22 + l.service + dice.between(0, 2)
	t.YearsHere, t.RuralYears = l.service, l.service
	t.TermEnds = dayBefore(d.Date.AddYears(years - l.service))
	return true
}

// ruralYears counts the years here, at a rural school, and some of the years
// before.
func ruralYears(s *model.School, here, service int, dice dice) int {
	before := service - here
	switch {
	case s.Rural:
		return here + dice.between(0, before)
	case before > 0 && dice.hit(4500):
		return dice.between(1, min(before, 8))
	}
	return 0
}

func drawAge(bands []AgeBand, dice dice) int {
	if len(bands) == 0 {
		return 40
	}
	weights := make([]int, len(bands))
	for i, b := range bands {
		weights[i] = b.Weight
	}
	band := bands[dice.weighted(weights)]
	return dice.between(band.From, band.To)
}

// born draws a day of birth that gives the age on the day of the plan.
func (d *drawing) born(age int, dice dice) model.Date {
	month, day := time.Month(dice.between(1, 12)), dice.between(1, 28)
	born := model.NewDate(d.Date.Year()-age, month, day)
	if born%10000 > d.Date%10000 { // the birthday is still to come this year
		born = born.AddYears(-1)
	}
	return born
}

// retirement is the day of retirement under the decision of 13 September 2024 on
// the gradual rise of the statutory age (关于实施渐进式延迟法定退休年龄的决定): from January
// 2025 on, men of 60 and women of 55 (the age of women in professional posts)
// retire one month later for every four months, at most 36 months later.
func retirement(born model.Date, woman bool) model.Date {
	age := 60
	if woman {
		age = 55
	}
	months := (born.Year()+age-2025)*12 + int(born.Month()) - 1 // from January 2025 to the birthday
	delay := 0
	if months >= 0 {
		delay = min(36, months/4+1)
	}
	at := (born.Year()+age)*12 + int(born.Month()) - 1 + delay
	return model.NewDate(at/12, time.Month(at%12+1), born.Day())
}

// degree draws the highest degree: the younger, the higher.
func degree(age int, town bool, dice dice) model.Degree {
	weights := []int{25, 45, 30, 0} // secondary, college, bachelor, master
	switch {
	case age < 35:
		weights = []int{0, 15, 81, 4}
	case age < 50:
		weights = []int{2, 36, 61, 1}
	}
	if town {
		weights[1] /= 2
		weights[3] *= 2
	}
	return model.Degree(dice.weighted(weights))
}

func (d *drawing) title(service int, dice dice) model.Title {
	title := model.TitleNone
	for i := len(d.p.Titles) - 1; i >= 0; i-- {
		if band := &d.p.Titles[i]; band.FromYears <= service {
			return model.Title(dice.weighted(band.Weights[:]))
		}
	}
	return title
}

func (b BackboneShares) draw(dice dice) model.Backbone {
	none := model.Whole - b.School - b.County - b.City - b.Province
	return model.Backbone(dice.weighted([]int{int(none), int(b.School), int(b.County), int(b.City), int(b.Province)}))
}

// points are the points (积分) of the hiring rounds: 1 a year of service and 1 a
// rural year, 0 to 25 for the title, 0 to 15 for the backbone level, and 0 to
// 10 for honours. Counties publish tables of this kind; the figures are assumed.
func points(t *model.Teacher, service int, dice dice) int {
	title := [...]int{0, 2, 5, 10, 18, 25}[t.Title]
	backbone := 3 * int(t.Backbone)
	honours := min(dice.between(0, 10), service)
	return service + t.RuralYears + title + backbone + honours
}

// dayBefore is the day before a date.
func dayBefore(d model.Date) model.Date {
	return model.NewDate(time.Date(d.Year(), d.Month(), d.Day()-1, 0, 0, 0, 0, time.UTC).Date())
}
