package horizon

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// Outlook is what is expected of the years. The zero value expects nothing but time.
type Outlook struct {
	Births int         `json:"births"`  // change of grade 1 from year to year, in basis points: -500 is 5 % fewer
	Lost   model.Share `json:"lost"`    // of each cohort that leaves the county's schools in a year
	ToTown model.Share `json:"to_town"` // of the pupils of rural schools that move to town in a year
	// Years are scenarios, the first for the second year: recruits, leavers, closures, enrolment, rules. There may be fewer than years.
	Years []scenario.Scenario `json:"years,omitempty"`
}

// Year is one year of a horizon.
type Year struct {
	Date       model.Date          `json:"date"`
	Pupils     int                 `json:"pupils"`
	Classes    int                 `json:"classes"`
	Indicators scenario.Indicators `json:"indicators"`
	Subjects   []Staffing          `json:"subjects"`  // in the order of the county's subjects
	Headcount  Headcount           `json:"headcount"` // to the next year; in the last its After is Before
	County     *model.County       `json:"-"`
	Plan       *model.Plan         `json:"-"`
}

// Staffing is one subject in one year: Short is what to recruit or train for, and Retiring who will be missed a year later.
type Staffing struct {
	Subject  model.SubjectID `json:"subject"`
	Need     int             `json:"need"`
	Filled   int             `json:"filled"`
	Short    int             `json:"short"`
	Retiring int             `json:"retiring"` // of those in its posts, within the next year
}

// Error says which year has no plan.
type Error struct {
	Year model.Date
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("the year from %s: %v", e.Year, e.Err) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Project plans a county for so many years, one after the other, with the same options each year. Nil outlooks and options are the zero ones. The error is an *[Error] of
// those of [allocation.Solve] and [scenario.Apply], or a *[model.FieldError].
func Project(ctx context.Context, c *model.County, years int, o *Outlook, options *model.Options) ([]Year, error) {
	if o == nil {
		o = &Outlook{}
	}
	if err := o.validate(years); err != nil {
		return nil, err
	}
	var all []Year
	for k := range years {
		p, err := allocation.Solve(ctx, c, options)
		if err != nil {
			return nil, &Error{c.Date, err}
		}
		all = append(all, newYear(c, p))
		if k == years-1 {
			break
		}
		next, count, err := Next(c, p, o, k)
		if err != nil {
			return nil, &Error{c.Date.AddYears(1), err}
		}
		all[k].Headcount = count
		c = next
	}
	return all, nil
}

func (o *Outlook) validate(years int) error {
	for _, f := range []struct {
		name             string
		value, low, high int
	}{{"years", years, 1, 20}, {"births", o.Births, -5000, 10_000}, {"lost", int(o.Lost), 0, 5000}, {"to_town", int(o.ToTown), 0, 5000}} {
		if f.value < f.low || f.value > f.high {
			return &model.FieldError{Table: "horizon", Index: -1, Field: f.name, Value: fmt.Sprint(f.value), Want: fmt.Sprintf("a whole number from %d to %d", f.low, f.high)}
		}
	}
	return nil
}

// Next gives the county a year after a plan, with the scenario of the year, of which the first is 0, and accounts for everybody. It takes O(county) time.
func Next(c *model.County, p *model.Plan, o *Outlook, year int) (*model.County, Headcount, error) {
	next := *c
	next.Date = c.Date.AddYears(1)
	next.Schools = moveUp(c.Schools, o)
	count := Headcount{Before: len(c.Teachers)}
	next.Teachers, count.Retired = serve(c, p, next.Date)
	stayed := len(next.Teachers)
	if year < len(o.Years) {
		changed, err := scenario.Apply(&next, &o.Years[year])
		if err != nil {
			return nil, count, err
		}
		known := make(map[model.TeacherID]bool, len(next.Teachers))
		for i := range next.Teachers {
			known[next.Teachers[i].ID] = true
		}
		for i := range changed.Teachers {
			if !known[changed.Teachers[i].ID] {
				count.Recruited++
			}
		}
		count.Left = stayed + count.Recruited - len(changed.Teachers)
		next = *changed
	}
	count.After = len(next.Teachers)
	if err := next.Validate(); err != nil {
		return nil, count, err
	}
	return &next, count, nil
}

func newYear(c *model.County, p *model.Plan) Year {
	y := Year{Date: c.Date, Indicators: scenario.Measure(c, p), Headcount: Headcount{Before: len(c.Teachers), After: len(c.Teachers)}, County: c, Plan: p}
	for i := range c.Schools {
		y.Pupils += c.Schools[i].Pupils(0)
	}
	for _, school := range allocation.Demand(c).Schools {
		for _, stage := range school.Stages {
			y.Classes += stage.Classes
		}
	}
	retires := map[model.TeacherID]bool{}
	for i := range c.Teachers {
		retires[c.Teachers[i].ID] = c.Teachers[i].RetiresOn(&c.Rules) <= c.Date.AddYears(1)
	}
	place := map[model.SubjectID]int{}
	for i := range c.Subjects {
		place[c.Subjects[i].ID] = i
		y.Subjects = append(y.Subjects, Staffing{Subject: c.Subjects[i].ID})
	}
	for i := range p.Posts {
		post, s := &p.Posts[i], &y.Subjects[place[p.Posts[i].Subject]]
		s.Need += post.Need
		s.Filled += min(post.Need, post.Filled)
		s.Short += post.Short()
	}
	for i := range p.Assignments {
		if a := &p.Assignments[i]; !a.To.IsZero() && retires[a.Teacher] {
			y.Subjects[place[a.To.Subject]].Retiring++
		}
	}
	return y
}
