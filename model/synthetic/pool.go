package synthetic

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// DrawPool draws the county's pool: recruits, who are young, with short
// subjects drawn twice as often, and people left without a post after hiring, who are
// of the common subjects and live in a town. Their ids are R and U with a
// number. The preconditions are those of DrawTeachers.
func DrawPool(c *model.County, recruits, unplaced int, p Profile, seed uint64) []model.Teacher {
	if recruits+unplaced == 0 || len(c.Schools) == 0 {
		return nil
	}
	d := newDrawing(c, p, seed)
	kinds, weights := d.countyNeed()
	pool := make([]model.Teacher, 0, recruits+unplaced)
	for k := range recruits {
		dice := stream(seed, "recruit", fmt.Sprint(k+1))
		t := d.poolTeacher(kinds[dice.weighted(weights)], dice)
		t.ID, t.Pool = model.TeacherID(fmt.Sprintf("R%03d", k+1)), model.PoolRecruit
		age := dice.between(22, 28)
		t.Born, t.Degree = d.born(age, dice), degree(age, true, dice)
		if dice.hit(2*p.Directed) && c.Rules.DirectedYears > 0 {
			t.Term, t.TermEnds = model.TermDirected, dayBefore(c.Date.AddYears(c.Rules.DirectedYears))
		}
		t.Points = dice.between(0, 5)
		pool = append(pool, t)
	}
	for k := range unplaced {
		dice := stream(seed, "unplaced", fmt.Sprint(k+1))
		t := d.poolTeacher(d.surplus(kinds, weights, dice), dice)
		t.ID, t.Pool = model.TeacherID(fmt.Sprintf("U%03d", k+1)), model.PoolUnplaced
		d.unplacedCareer(&t, dice)
		pool = append(pool, t)
	}
	return pool
}

// countyNeed sums the estimated need by stage and subject; short subjects count
// double, as recruitment looks for them.
func (d *drawing) countyNeed() (kinds []post, weights []int) {
	place := map[post]int{}
	for i := range d.Schools {
		for _, held := range d.syllabus.posts(&d.Schools[i]) {
			kind := post{stage: held.stage, subject: held.subject}
			at, known := place[kind]
			if !known {
				at = len(kinds)
				place[kind] = at
				kinds, weights = append(kinds, kind), append(weights, 0)
			}
			weights[at] += held.need
			if d.p.Short[held.subject] > 0 {
				weights[at] += held.need
			}
		}
	}
	return kinds, weights
}

// surplus draws a stage by need and one of its common subjects.
func (d *drawing) surplus(kinds []post, weights []int, dice dice) post {
	kind := kinds[dice.weighted(weights)]
	if subjects := d.subjects[kind.stage]; len(subjects.common) > 0 {
		kind.subject = subjects.common[dice.weighted(subjects.weights)]
	}
	return kind
}

// poolTeacher draws the qualification and the home of one person of the pool.
// One in ten recruits has no home on record.
func (d *drawing) poolTeacher(kind post, dice dice) model.Teacher {
	t := model.Teacher{Main: kind.subject, Stages: []model.Stage{kind.stage}}
	if dice.hit(d.p.Second) {
		addSecond(&t, pick(dice, d.subjects[kind.stage].all))
	}
	if len(d.Townships) > 0 && !dice.hit(1000) {
		t.Home = pick(dice, d.Townships).ID
	}
	for _, subject := range d.Subjects {
		if subject.ID == kind.subject && subject.Language != "" {
			t.Languages = []model.Language{subject.Language}
		}
	}
	return t
}

// unplacedCareer draws the career of somebody left over at a town school.
func (d *drawing) unplacedCareer(t *model.Teacher, dice dice) {
	town := &model.School{Town: true}
	l := d.career(t, town, dice)
	t.YearsHere = 0
	if len(d.near.towns) > 0 {
		t.Home = d.Townships[pick(dice, d.near.towns)].ID
	}
	t.Points = points(t, l.service, dice) / 2 // who was left over had fewer
}
