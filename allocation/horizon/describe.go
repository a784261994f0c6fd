package horizon

import (
	"context"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/allocation/supervision"
	"github.com/xianguan/xianguan/model"
)

// Staffing is one subject of a stage in one year.
type Staffing struct {
	Stage    model.Stage     `json:"stage"`
	Subject  model.SubjectID `json:"subject"`
	Need     int             `json:"need"`
	Filled   int             `json:"filled"`
	Short    int             `json:"short"`
	Rural    int             `json:"short_rural"` // of the short, at rural schools
	Retiring int             `json:"retiring"`    // of those in its posts, within the next year
}

// describe fills in the years of a horizon.
func (x *planning) describe(ctx context.Context, h *Horizon, w *course) error {
	amounts, err := x.options.Outlook.spending()
	if err != nil {
		return err
	}
	for k, c := range w.counties {
		y := newYear(c, w.plans[k])
		if k < len(w.counts) {
			y.Headcount = w.counts[k]
		}
		alone, err := x.alone(ctx, k, c)
		if err != nil {
			return &Error{c.Date, err}
		}
		y.Alone = joint(alone)
		h.Years = append(h.Years, y)
	}
	spend(h.Years, amounts)
	if err := x.inspect(ctx, h.Years); err != nil {
		return err
	}
	h.Needs, err = x.needs(w, h.Years)
	return err
}

// inspect holds each year against the articles of the policy: class size, full curriculum, exchange and backbone shares, balanced quality, spending.
func (x *planning) inspect(ctx context.Context, years []Year) error {
	for k := range years {
		y := &years[k]
		var in supervision.Inputs
		if s := &y.Spending; k > 0 && s.Total > 0 {
			before := &years[k-1].Spending
			in.Spending, in.PerPupil = []model.Fen{before.Total, s.Total}, []model.Fen{before.PerPupil, s.PerPupil}
		}
		if list := x.options.Outlook.Retention; k < len(list) {
			share := model.Share(list[k])
			in.Retention = &share
		}
		var shared *sharing.Result
		if x.options.Sharing {
			var err error
			if shared, err = sharing.Share(ctx, y.County, y.Plan, &sharing.Options{Proof: 1}); err != nil {
				return &Error{y.Date, err}
			}
		}
		y.Findings = supervision.Inspect(y.County, y.Plan, shared, in).Findings
	}
	return nil
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
	y.Subjects = staffing(c, p)
	return y
}

// staffing counts posts and people by stage and subject; what has neither is left out.
func staffing(c *model.County, p *model.Plan) []Staffing {
	retires, rural := map[model.TeacherID]bool{}, map[model.SchoolID]bool{}
	for i := range c.Teachers {
		retires[c.Teachers[i].ID] = c.Teachers[i].RetiresOn(&c.Rules) <= c.Date.AddYears(1)
	}
	for i := range c.Schools {
		rural[c.Schools[i].ID] = c.Schools[i].Rural
	}
	all := map[kind]*Staffing{}
	at := func(id model.PostID) *Staffing {
		k := kind{id.Stage, id.Subject}
		if all[k] == nil {
			all[k] = &Staffing{Stage: k.stage, Subject: k.subject}
		}
		return all[k]
	}
	for i := range p.Posts {
		post := &p.Posts[i]
		s := at(post.PostID)
		s.Need += post.Need
		s.Filled += min(post.Need, post.Filled)
		s.Short += post.Short()
		if rural[post.School] {
			s.Rural += post.Short()
		}
	}
	for i := range p.Assignments {
		if a := &p.Assignments[i]; a.Ground != model.GroundAway && !a.To.IsZero() && retires[a.Teacher] {
			at(a.To).Retiring++
		}
	}
	var list []Staffing
	for _, stage := range model.Stages() {
		for i := range c.Subjects {
			if s := all[kind{stage, c.Subjects[i].ID}]; s != nil {
				list = append(list, *s)
			}
		}
	}
	return list
}

// kind is what people are trained for.
type kind struct {
	stage   model.Stage
	subject model.SubjectID
}
