package allocation

import (
	"context"
	"fmt"
	"slices"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/model"
)

// Replan plans a county again after an event, such as a teacher who left, a class more or a mistake
// put right, and changes as little of a published plan as it can: the short form of
// [Planner.Replan]. Nil options are the zero options.
func Replan(ctx context.Context, c *model.County, published *model.Plan, o *model.Options) (*model.Plan, *Changes, error) {
	var planner Planner
	if o != nil {
		planner.Options = *o
	}
	return planner.Replan(ctx, c, published)
}

// Replan plans the county as it is now with Options.Keep holding the published posts, and says who
// keeps them, who does not, and why each change is needed. Keep.First and Keep.PerChange of the
// options choose what a change counts for; Keep.Posts must be empty, as they come from the published plan.
//
// Ids match people and posts; the county may differ in anything else. Seed and weights that the options leave zero
// are those of the published plan, whose pins and bans are kept too, but for teachers whom the options pin
// themselves and for what no longer means anything, which Changes.Dropped lists.
//
// Errors are those of [Solve]. It takes one solve, and O(county) for each chain of changes.
func (planner *Planner) Replan(ctx context.Context, c *model.County, published *model.Plan) (*model.Plan, *Changes, error) {
	return planner.replan(ctx, c, published, nil)
}

// replan is Replan with some people apart, whose changes don't count and are the event itself.
func (planner *Planner) replan(ctx context.Context, c *model.County, published *model.Plan, apart []model.TeacherID) (*model.Plan, *Changes, error) {
	if err := c.Validate(); err != nil {
		return nil, nil, err
	}
	options := planner.Options
	if options.Keep != nil && len(options.Keep.Posts) > 0 {
		return nil, nil, &model.FieldError{Table: "options", Index: -1, Field: "keep.posts",
			Value: fmt.Sprintf("%d people", len(options.Keep.Posts)), Want: "none: they come from the published plan"}
	}
	dropped := inherit(newInstance(c, &model.Options{}), &options, &published.Options)
	posts, own := setApart(publishedPosts(published), apart)
	plan, changes, err := planner.nearest(ctx, c, posts, own, options)
	if err != nil {
		return nil, nil, err
	}
	changes.SameCounty, changes.Dropped = published.CountyHash == plan.CountyHash, dropped
	for i := range changes.Levels {
		for _, level := range published.Levels {
			if level.Name == changes.Levels[i].Name {
				changes.Levels[i].Published = &level.Objective
			}
		}
	}
	away := map[model.TeacherID]bool{}
	for i := range published.Assignments {
		away[published.Assignments[i].Teacher] = published.Assignments[i].Ground == model.GroundAway
	}
	for i := range changes.New {
		if m := &changes.New[i]; away[m.Teacher] {
			m.Reason = ChangeReturned
		}
	}
	return plan, changes, nil
}

// nearest plans with few changes to some posts. The people apart had posts too, but may change.
func (planner *Planner) nearest(ctx context.Context, c *model.County, posts, apart []model.Pin, options model.Options) (*model.Plan, *Changes, error) {
	keep := model.Keep{}
	if options.Keep != nil {
		keep = *options.Keep
	}
	keep.Posts, options.Keep = posts, &keep
	again := *planner
	again.Options = options
	plan, err := again.Solve(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	return plan, newChanges(c, &options, plan, apart), nil
}

// publishedPosts gives the post of everybody whom a plan plans.
func publishedPosts(p *model.Plan) []model.Pin {
	var posts []model.Pin
	for i := range p.Assignments {
		if a := &p.Assignments[i]; a.Ground != model.GroundAway {
			posts = append(posts, model.Pin{Teacher: a.Teacher, Post: a.To})
		}
	}
	return posts
}

// DroppedPin is a pin or a ban of the published plan that means nothing any more.
type DroppedPin struct {
	model.Pin
	Ban  bool         `json:"ban,omitempty"`
	Rule model.RuleID `json:"rule,omitempty"` // that forbids the pinned post now; "": the teacher or the post is not planned now
}

// inherit lets options take over from those of a published plan what they leave zero, and gives what of
// that means nothing any more.
func inherit(n *instance, o, published *model.Options) (dropped []DroppedPin) {
	if o.Seed == 0 {
		o.Seed = published.Seed
	}
	if o.Weights.TierStep == nil {
		o.Weights.TierStep = published.Weights.TierStep
	}
	if o.Weights.School == nil {
		o.Weights.School = published.Weights.School
	}
	if o.Weights.Subject == nil {
		o.Weights.Subject = published.Weights.Subject
	}
	own := lo.SliceToMap(o.Pins, func(p model.Pin) (model.TeacherID, bool) { return p.Teacher, true })
	o.Pins, o.Bans = slices.Clone(o.Pins), slices.Clone(o.Bans)
	for _, pin := range published.Pins {
		if own[pin.Teacher] {
			continue
		}
		if meaningless, rule := n.meaningless(pin); meaningless {
			dropped = append(dropped, DroppedPin{Pin: pin, Rule: rule})
			continue
		}
		o.Pins = append(o.Pins, pin)
	}
	for _, ban := range published.Bans {
		if meaningless, rule := n.meaningless(ban); meaningless && rule == "" {
			dropped = append(dropped, DroppedPin{Pin: ban, Ban: true})
			continue
		}
		if !slices.Contains(o.Bans, ban) {
			o.Bans = append(o.Bans, ban)
		}
	}
	return dropped
}

// meaningless reports whether a pin names a teacher or a post that is not planned, or a post
// that a rule forbids, which it then gives.
func (n *instance) meaningless(pin model.Pin) (bool, model.RuleID) {
	t, found := n.byTeacher[pin.Teacher]
	if !found || t < 0 {
		return true, ""
	}
	if pin.Post.IsZero() {
		return n.people[t].present < 0, ""
	}
	p, found := n.byPost[pin.Post]
	if !found {
		return true, ""
	}
	rule := n.forbidden(t, p)
	return rule != "", rule
}
