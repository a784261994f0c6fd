package horizon

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// recruitAge is how old recruits are taken to be.
const recruitAge = 22

// intake gives the people who come in the year of a county, made up: bachelors of 22, ids of the stream's letter, the year and a number.
func (o *Outlook) intake(c *model.County) (people []model.Teacher, byStream map[Stream]int) {
	taken := map[model.TeacherID]bool{}
	for i := range c.Teachers {
		taken[c.Teachers[i].ID] = true
	}
	byStream = map[Stream]int{}
	number := map[Stream]int{}
	for _, r := range o.Recruits {
		if r.Year != c.Date.Year() {
			continue
		}
		for range r.Count {
			t := o.recruit(c, &r)
			for taken[t.ID] || t.ID == "" {
				number[r.Stream]++
				t.ID = model.TeacherID(fmt.Sprintf("%c%d-%04d", r.Stream[0]-'a'+'A', r.Year, number[r.Stream]))
			}
			taken[t.ID] = true
			people = append(people, t)
			byStream[r.Stream]++
		}
	}
	return people, byStream
}

func (o *Outlook) recruit(c *model.County, r *Intake) model.Teacher {
	t := model.Teacher{Pool: model.PoolRecruit, Stages: []model.Stage{r.Stage}, Main: r.Subject, Degree: model.DegreeBachelor, Born: c.Date.AddYears(-recruitAge), Home: r.Home}
	switch r.Stream {
	case SpecialPost:
		t.Term, t.TermEnds = model.TermSpecialPost, c.Date.AddYears(c.Rules.SpecialPostYears)
	case Directed:
		t.Term, t.TermEnds = model.TermDirected, c.Date.AddYears(c.Rules.DirectedYears)
	}
	at := slices.IndexFunc(c.Subjects, func(s model.Subject) bool { return s.ID == r.Subject })
	if language := c.Subjects[at].Language; language != "" {
		t.Languages = []model.Language{language}
	}
	return t
}
