package horizon

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// Headcount accounts for everybody from one year to the next:
//
//	After = Before − Retired − Ended − Left + Open + Special + Directed + Others
type Headcount struct {
	Before   int `json:"before"`
	Retired  int `json:"retired"`
	Ended    int `json:"ended"`        // special posts whose term ended and who did not stay on
	Left     int `json:"left"`         // by attrition, or by the scenario of the year
	Open     int `json:"open"`         // recruited (公开招聘)
	Special  int `json:"special_post"` // recruited (特岗)
	Directed int `json:"directed"`     // graduated (定向培养)
	Others   int `json:"others"`       // recruited by the scenario of the year
	After    int `json:"after"`

	Converted int `json:"converted"` // special posts whose term ended and who stayed on
	Returned  int `json:"returned"`  // from an exchange that ended
	Promoted  int `json:"promoted"`
}

// Came is how many people are new.
func (h *Headcount) Came() int { return h.Open + h.Special + h.Directed + h.Others }

// Gone is how many people are no longer there.
func (h *Headcount) Gone() int { return h.Retired + h.Ended + h.Left }

// Next gives the county a year after a plan, and accounts for everybody. step is 0 from the first year to the second. Steps in order: pupils move up; people serve
// their year; who has reached the day of retirement goes; terms, exchanges and leave end; people leave; the scenario of the year is
// applied; housing is built and classes are formed; recruits come; free title posts are filled. The errors are those of [scenario.Apply] and [model.County.Validate]. It takes
// O(n log n) time in the size of the county.
func Next(c *model.County, p *model.Plan, o *Outlook, step int) (*model.County, Headcount, error) {
	next, count := *c, Headcount{Before: len(c.Teachers)}
	next.Date = c.Date.AddYears(1)
	next.Schools = moveUp(c.Schools, &o.Cohorts, step)
	s := &service{county: c, day: next.Date, count: &count}
	next.Teachers = s.serve(p)
	next.Teachers = s.endTerms(next.Teachers, o)
	next.Teachers = s.leave(next.Teachers, o)
	unpair(next.Teachers)
	if step < len(o.Years) {
		if err := o.apply(&next, step, &count); err != nil {
			return nil, count, err
		}
	}
	for _, h := range o.Housing {
		if h.Year == next.Date.Year() {
			if at := slices.IndexFunc(next.Schools, func(s model.School) bool { return s.ID == h.School }); at >= 0 {
				next.Schools[at].Housing += h.Places
			}
		}
	}
	form(&next)
	recruits, came := o.intake(&next)
	next.Teachers = append(next.Teachers, recruits...)
	count.Open, count.Special, count.Directed = came[Open], came[SpecialPost], came[Directed]
	if len(recruits) > 0 {
		next.Origin.Assumed = assume(next.Origin.Assumed, recruitsAssumed)
	}
	if o.Promote {
		count.Promoted = promote(&next)
	}
	count.After = len(next.Teachers)
	if err := next.Validate(); err != nil {
		return nil, count, err
	}
	return &next, count, nil
}

// form forms the classes of a year: as few as the class cap allows.
func form(c *model.County) {
	for s := range c.Schools {
		for i := range c.Schools[s].Grades {
			if g := &c.Schools[s].Grades[i]; g.Classes == 0 && g.Pupils > 0 {
				limit := c.Rules.ClassCap.At(model.StageOf(g.Grade))
				g.Classes = (g.Pupils + limit - 1) / limit
			}
		}
	}
}

const recruitsAssumed = "Recruits of the years ahead are made up: synthetic bachelors of 22."

// assume adds an assumption once.
func assume(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(slices.Clone(list), text)
}

// apply changes a county by the scenario of a year. The made-up people of a scenario get ids of the year, so that nobody takes the id of one who has left.
func (o *Outlook) apply(c *model.County, step int, count *Headcount) error {
	changed, err := scenario.Apply(c, &o.Years[step])
	if err != nil {
		return err
	}
	known := make(map[model.TeacherID]bool, len(c.Teachers))
	for i := range c.Teachers {
		known[c.Teachers[i].ID] = true
	}
	for i := range changed.Teachers {
		if t := &changed.Teachers[i]; !known[t.ID] {
			t.ID = model.TeacherID(fmt.Sprintf("%s-%d", t.ID, c.Date.Year()))
			count.Others++
		}
	}
	count.Left += len(c.Teachers) + count.Others - len(changed.Teachers)
	*c = *changed
	return nil
}
