package allocation

import (
	"context"
	"errors"
	"slices"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// Evaluation is what a plan made by hand amounts to.
type Evaluation struct {
	County     model.CountyID     `json:"county"`
	Origin     model.Origin       `json:"origin,omitzero"`
	Lawful     bool               `json:"lawful"`   // no rule is broken
	Listed     int                `json:"listed"`   // people whom the list names
	Unlisted   int                `json:"unlisted"` // planned people whom it does not: they keep the present post, or have none
	Rules      []check.RuleStatus `json:"rules"`    // every rule with its violations, as the checker finds them
	Conditions []model.Condition  `json:"conditions,omitempty"`
	Soft       []SoftPoints       `json:"soft,omitempty"` // the soft level by rule, without those that cost nothing
	Ledger     model.Ledger       `json:"ledger"`
	Cost       model.Cost         `json:"cost"` // a month
	Levels     []LevelDistance    `json:"levels"`

	// Plan is the plan made by hand in the form of one that was solved, so that the two can be compared: a post that the county does not have is
	// none, and who is away has none. Its bounds are those of the optimum where that was asked for, else the values.
	Plan        *model.Plan      `json:"-"`
	Optimum     *model.Plan      `json:"-"`                    // nil where it was not asked for, or no plan obeys every rule
	Nearest     *Changes         `json:"nearest,omitempty"`    // where a rule is broken: the fewest changes that mend it
	NearestPlan *model.Plan      `json:"-"`                    // with these changes
	Impossible  *InfeasibleError `json:"impossible,omitempty"` // no plan at all obeys every rule
}

// SoftPoints is what one rule, or one part of the objective, costs at the soft level.
type SoftPoints struct {
	Part   string `json:"part"` // a rule, "compelled" (rotation moves) or "off_subject" (people outside their main subject)
	Points int64  `json:"points"`
}

// LevelDistance is one level of the objective beside the best there is. Levels come one after the other: at the first that
// differs, a lawful plan is worse by the distance, and the levels after it are compared with plans that are better before.
type LevelDistance struct {
	Name    string `json:"name"`
	Value   int64  `json:"value"`
	Best    *int64 `json:"best,omitempty"`  // of the optimal plan
	Bound   *int64 `json:"bound,omitempty"` // no plan that is as good as Best before has less; Best where it is proven
	Decides bool   `json:"decides"`         // the first level that differs
}

// Distance is how far the level is from the best: exact where both ends are equal. It can be below 0
// after the level that decides, and where a rule is broken.
func (d *LevelDistance) Distance() (least, most int64, known bool) {
	if d.Best == nil {
		return 0, 0, false
	}
	return d.Value - *d.Best, d.Value - *d.Bound, true
}

// Evaluate measures a plan made by hand: its cost by level and rule, where it breaks a rule, how far each level is from the
// optimum, and where it breaks rules, the fewest changes that make it lawful. Nil options are the zero options.
//
// An assignment with the zero post leaves the teacher without one. Planned people whom the list leaves out keep
// the present post; those of the pool have none. The ids must be the county's, each teacher listed once; everything else that is wrong is a violation.
// Errors: those of [Solve] for bad input; that no plan obeys every rule is a finding, not an error.
func Evaluate(ctx context.Context, c *model.County, assignments []model.Pin, o *model.Options) (*Evaluation, error) {
	var planner Planner
	if o != nil {
		planner.Options = *o
	}
	return planner.Evaluate(ctx, c, assignments, true)
}

// Evaluate measures a plan made by hand; see the function [Evaluate]. Without optimum nothing is solved, and there is neither a
// distance nor a nearest plan: it then takes time linear in the county.
func (planner *Planner) Evaluate(ctx context.Context, c *model.County, assignments []model.Pin, optimum bool) (*Evaluation, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	n := newInstance(c, &planner.Options)
	if err := errors.Join(validateOptions(n, &planner.Options), n.validateAssignments(assignments)); err != nil {
		return nil, err
	}
	posts, listed := n.complete(assignments)
	e := n.appraise(posts)
	e.Listed, e.Unlisted = listed, len(n.people)-listed
	if !optimum {
		return e, nil
	}
	plan, err := planner.Solve(ctx, c)
	if errors.As(err, &e.Impossible) {
		return e, nil
	}
	if err != nil {
		return nil, err
	}
	e.Optimum = plan
	e.measure(plan)
	if e.Lawful {
		return e, nil
	}
	options := planner.Options
	options.Keep = &model.Keep{First: true}
	e.NearestPlan, e.Nearest, err = planner.nearest(ctx, c, posts, nil, options)
	if err != nil {
		return nil, err
	}
	e.Nearest.SameCounty = true
	return e, nil
}

// validateAssignments reports every id that the county does not know, and everybody listed twice.
func (n *instance) validateAssignments(list []model.Pin) error {
	var faults []error
	seen := map[model.TeacherID]int{}
	for i, a := range list {
		fault := func(field, value, want string) {
			faults = append(faults, &model.FieldError{Table: "assignments", Index: i, ID: string(a.Teacher), Field: field, Value: value, Want: want, Clash: seen[a.Teacher]})
		}
		if _, found := n.byTeacher[a.Teacher]; !found {
			fault("teacher", string(a.Teacher), "a teacher of the county"+didYouMean(a.Teacher, sortedKeys(n.byTeacher)))
		} else if seen[a.Teacher] > 0 {
			fault("teacher", string(a.Teacher), "each teacher once")
		}
		seen[a.Teacher] = i + 1
		if a.Post.IsZero() {
			continue
		}
		if _, found := n.bySchool[a.Post.School]; !found {
			fault("school", string(a.Post.School), "a school of the county"+didYouMean(a.Post.School, sortedKeys(n.bySchool)))
		}
		if !n.subjects[a.Post.Subject] {
			fault("subject", string(a.Post.Subject), "a subject of the curriculum"+didYouMean(a.Post.Subject, sortedKeys(n.subjects)))
		}
	}
	return errors.Join(faults...)
}

// complete adds to a list the people whom it leaves out, where they are now, takes out who is away and has no post, and counts the planned
// people whom it has.
func (n *instance) complete(list []model.Pin) (posts []model.Pin, listed int) {
	posts = slices.DeleteFunc(slices.Clone(list), func(a model.Pin) bool { return n.byTeacher[a.Teacher] < 0 && a.Post.IsZero() })
	has := map[model.TeacherID]bool{}
	for _, a := range list {
		has[a.Teacher] = true
		if n.byTeacher[a.Teacher] >= 0 {
			listed++
		}
	}
	for i := range n.people {
		if person := &n.people[i]; !has[person.ID] {
			pin := model.Pin{Teacher: person.ID}
			if person.present >= 0 {
				pin.Post = n.posts[person.present].id
			}
			posts = append(posts, pin)
		}
	}
	return posts, listed
}

// appraise has the checker work out what everybody's post amounts to.
func (n *instance) appraise(posts []model.Pin) *Evaluation {
	to := make(map[model.TeacherID]model.PostID, len(posts))
	for _, a := range posts {
		to[a.Teacher] = a.Post
	}
	found := check.NewEvaluator(n.county, *n.options).Appraise(to)
	e := &Evaluation{County: n.county.ID, Origin: n.county.Origin, Lawful: len(found.Violations) == 0, Rules: found.Rules,
		Conditions: found.Conditions, Ledger: found.Ledger, Cost: found.Cost}
	soft := int64(0)
	for k, level := range levelOrder(n.options) {
		e.Levels = append(e.Levels, LevelDistance{Name: levelNames[level], Value: found.Levels[k]})
		if level == levelSoft {
			soft = found.Levels[k]
		}
	}
	e.Soft = n.softPoints(to, found.Conditions, soft)
	e.Plan = n.byHand(to, e)
	return e
}

// byHand gives who has which post as a plan.
func (n *instance) byHand(posts map[model.TeacherID]model.PostID, e *Evaluation) *model.Plan {
	c := n.county
	places := make(map[model.PostID]int32, len(n.posts))
	for p := range n.posts {
		places[n.posts[p].id] = int32(p)
	}
	to := make([]int32, len(n.people))
	for t := range to {
		to[t] = -1
		if p, found := places[posts[n.people[t].ID]]; found {
			to[t] = p
		}
	}
	plan := &model.Plan{Format: model.Format, Software: Software, County: c.ID, CountyName: c.Name, CountyHash: c.Hash(), Date: c.Date, Origin: c.Origin,
		Policy: c.Policy, Options: *n.options, Backend: "by hand", Cost: e.Cost, Conditions: e.Conditions, Assignments: n.assignments(to), Posts: n.plannedPosts(to)}
	plan.Ledger = n.ledger(plan)
	for _, d := range e.Levels {
		plan.Levels = append(plan.Levels, model.PlanLevel{Name: d.Name, Objective: d.Value, Bound: d.Value})
	}
	return plan
}

// softPoints divides the soft level: rules by their conditions, people outside their main subject, and what is left, which
// is for moves that are compelled.
func (n *instance) softPoints(to map[model.TeacherID]model.PostID, conditions []model.Condition, soft int64) (parts []SoftPoints) {
	byRule, off := map[model.RuleID]int64{}, int64(0)
	for _, c := range conditions {
		byRule[c.Rule] += c.Points
		soft -= c.Points
	}
	for i := range n.county.Teachers {
		t := &n.county.Teachers[i]
		if p := to[t.ID]; !p.IsZero() && p.Subject != t.Main {
			off += int64(n.county.Rules.OffSubjectWeight)
		}
	}
	add := func(part string, points int64) {
		if points != 0 {
			parts = append(parts, SoftPoints{part, points})
		}
	}
	add("compelled", soft-off)
	add("off_subject", off)
	for _, rule := range model.CrossRules() {
		add(string(rule), byRule[rule])
	}
	return parts
}

// measure puts the optimum beside each level.
func (e *Evaluation) measure(best *model.Plan) {
	decided := false
	for k := range e.Levels {
		d, level := &e.Levels[k], &best.Levels[k]
		d.Best, d.Bound = &level.Objective, &level.Bound
		e.Plan.Levels[k].Bound = min(level.Bound, d.Value)
		e.Plan.Levels[k].Gap = solver.RelativeGap(d.Value, e.Plan.Levels[k].Bound)
		d.Decides = !decided && d.Value != level.Objective
		decided = decided || d.Decides
	}
}
