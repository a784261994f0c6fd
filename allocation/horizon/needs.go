package horizon

import (
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Need is how many people of a subject and stage to recruit by a stream, and when they have to start.
type Need struct {
	Stage   model.Stage     `json:"stage"`
	Subject model.SubjectID `json:"subject"`
	Stream  Stream          `json:"stream"`
	Start   int             `json:"start"` // the year in which to recruit, or to start training
	Work    int             `json:"work"`  // the summer in which they take up work
	Count   int             `json:"count"`
}

// needs says whom to recruit and whom to start training now. Short in year k of a subject are its vacancies under the plans, less who has been asked for to come by then. What is short before
// somebody who starts training now could work has to be recruited in the summer before, by special posts at rural schools and by open recruitment at the
// others. What is short in the year in which training ends is to be trained from now on. Beyond the years of the plans, vacancies follow from the need
// and from who is left of the people of the last plan.
func (x *planning) needs(w *course, years []Year) ([]Need, error) {
	training := x.options.Outlook.training()
	short, err := x.shortages(w, years, training)
	if err != nil {
		return nil, err
	}
	first := w.counties[0]
	var list []Need
	for _, stage := range model.Stages() {
		for i := range first.Subjects {
			k := kind{stage, first.Subjects[i].ID}
			asked := gap{}
			for y := 1; y <= training; y++ {
				s := short[y][k]
				town, rural := max(0, s.town-asked.town), max(0, s.rural-asked.rural)
				asked.town, asked.rural = asked.town+town, asked.rural+rural
				work := first.Date.Year() + y
				add := func(stream Stream, start, count int) {
					if count > 0 {
						list = append(list, Need{stage, k.subject, stream, start, work, count})
					}
				}
				if y == training {
					add(Directed, first.Date.Year(), town+rural)
					continue
				}
				add(Open, work-1, town)
				add(SpecialPost, work-1, rural)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Need) int { return a.Start - b.Start })
	return list, nil
}

// gap is how many posts of a subject are vacant, at rural schools and at the others.
type gap struct{ town, rural int }

// shortages gives the vacancies of each year up to the last one asked for.
func (x *planning) shortages(w *course, years []Year, last int) ([]map[kind]gap, error) {
	var all []map[kind]gap
	for k := range years {
		all = append(all, map[kind]gap{})
		for _, s := range years[k].Subjects {
			all[k][kind{s.Stage, s.Subject}] = gap{s.Short - s.Rural, s.Rural}
		}
	}
	c, p := w.counties[len(years)-1], w.plans[len(years)-1]
	planned, before := all[len(years)-1], balances(c, p)
	for k := len(years); k <= last; k++ {
		next, _, err := Next(c, p, &x.options.Outlook, k-1)
		if err != nil {
			return nil, &Error{c.Date.AddYears(1), err}
		}
		c, p = next, unmoved(next)
		all = append(all, map[kind]gap{})
		for id, now := range balances(c, p) {
			// Of those who are missing in the balance more than under the last plan, rural schools lack theirs.
			all[k][id] = gap{max(0, planned[id].town+now.town-before[id].town), max(0, planned[id].rural+now.rural-before[id].rural)}
		}
	}
	return all, nil
}

// balances gives the posts needed less the people in them, by subject, at rural schools and at the others.
func balances(c *model.County, p *model.Plan) map[kind]gap {
	rural := map[model.SchoolID]bool{}
	for i := range c.Schools {
		rural[c.Schools[i].ID] = c.Schools[i].Rural
	}
	all := map[kind]gap{}
	add := func(id model.PostID, n int) {
		g := all[kind{id.Stage, id.Subject}]
		if rural[id.School] {
			g.rural += n
		} else {
			g.town += n
		}
		all[kind{id.Stage, id.Subject}] = g
	}
	for _, post := range allocation.Demand(c).Posts {
		add(post.PostID, post.Need)
	}
	for _, to := range seats(p) {
		if !to.IsZero() {
			add(to, -1)
		}
	}
	return all
}
