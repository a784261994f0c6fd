package appeal

import (
	"context"
	"fmt"
	"slices"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Upheld is an appeal with the decision that upheld it.
type Upheld struct {
	Appeal   Appeal
	Decision Decision
}

// Amendment is a plan mended after appeals, and what it changes.
type Amendment struct {
	County  *model.County       `json:"-"` // with the corrections
	Plan    *model.Plan         `json:"-"`
	Changes *allocation.Changes `json:"-"`

	Appeals    []string                  `json:"appeals"` // that were upheld, in the given order
	Applied    []Applied                 `json:"corrections,omitempty"`
	Appellants []model.TeacherID         `json:"appellants"`        // whom they are by or about, in order
	Own        []allocation.PersonChange `json:"own,omitempty"`     // of these, who has another post now
	Touched    []allocation.PersonChange `json:"touched,omitempty"` // everybody else who does not keep the published post, with the reason
	Others     int64                     `json:"others"`            // people beyond the appellants who change, of those who could keep their post
	Least      int64                     `json:"least"`             // no lawful plan changes fewer
	Proven     bool                      `json:"proven"`            // Others = Least
}

// FinalError says that a post that has taken effect would change.
type FinalError struct {
	Teacher model.TeacherID
	Post    model.PostID // that is final
	To      model.PostID // instead; zero where none is named
}

func (e *FinalError) Error() string {
	text := fmt.Sprintf("the post of %s, %s, is final and does not change", e.Teacher, e.Post)
	if !e.To.IsZero() {
		text += fmt.Sprintf("; it would become %s", e.To)
	}
	return text
}

// Amend makes the corrections of appeals that were upheld, in the given order, and mends the published plan with the fewest people touched
// beyond the appellants, as the package comment says. final are the people whose posts are final: they keep them.
//
// Options of the planner add to those of the published plan, whose pins a ban of a decision takes back. Errors: those of [Correct]; *[FinalError]; those of
// [allocation.Solve], such as *allocation.InfeasibleError where remedies and rules leave no plan.
func Amend(ctx context.Context, planner allocation.Planner, c *model.County, published *model.Plan, list []Upheld, final []model.TeacherID) (*Amendment, error) {
	m := &Amendment{}
	posts := postsOf(published)
	options := &planner.Options
	options.Pins, options.Bans = slices.Clone(options.Pins), slices.Clone(options.Bans)
	var corrections []Correction
	for _, x := range list {
		m.Appeals = append(m.Appeals, x.Appeal.ID)
		m.Appellants = append(append(m.Appellants, x.Appeal.Concerns()...), x.Decision.Concerns()...)
		corrections = append(corrections, x.Decision.Corrections...)
		for _, pin := range x.Decision.Pins { // the last word counts
			options.Pins = append(lo.Reject(options.Pins, func(p model.Pin, _ int) bool { return p.Teacher == pin.Teacher }), pin)
		}
		options.Bans = append(options.Bans, x.Decision.Bans...)
	}
	slices.Sort(m.Appellants)
	m.Appellants = slices.Compact(m.Appellants)
	for _, id := range final {
		if slices.Contains(m.Appellants, id) {
			return nil, &FinalError{Teacher: id, Post: posts[id]}
		}
		if !posts[id].IsZero() {
			options.Pins = append(options.Pins, model.Pin{Teacher: id, Post: posts[id]})
		}
	}
	var err error
	if m.County, m.Applied, err = Correct(c, corrections); err != nil {
		return nil, err
	}
	if m.Plan, m.Changes, err = planner.Amend(ctx, m.County, withoutBanned(published, options.Bans), m.Appellants); err != nil {
		return nil, err
	}
	m.sort()
	after := postsOf(m.Plan)
	for _, id := range final {
		if after[id] != posts[id] {
			return nil, &FinalError{id, posts[id], after[id]}
		}
	}
	return m, nil
}

// sort tells the appellants' own changes from those of others.
func (m *Amendment) sort() {
	for _, change := range slices.Concat(m.Changes.Changed, m.Changes.New, m.Changes.Left) {
		if slices.Contains(m.Appellants, change.Teacher) {
			m.Own = append(m.Own, change)
		} else {
			m.Touched = append(m.Touched, change)
		}
	}
	for _, level := range m.Plan.Levels {
		if level.Name == model.LevelChanges {
			m.Others, m.Least, m.Proven = level.Objective, level.Bound, level.Proven && !level.Conditional
		}
	}
}

// withoutBanned gives a plan without the pins that a ban of now takes back.
func withoutBanned(p *model.Plan, bans []model.Pin) *model.Plan {
	copied := *p
	present := map[model.TeacherID]model.PostID{}
	for i := range p.Assignments {
		present[p.Assignments[i].Teacher] = p.Assignments[i].From
	}
	copied.Options.Pins = lo.Reject(p.Options.Pins, func(pin model.Pin, _ int) bool {
		if pin.Post.IsZero() {
			pin.Post = present[pin.Teacher]
		}
		return slices.Contains(bans, pin)
	})
	return &copied
}

// postsOf gives the post of everybody in a plan.
func postsOf(p *model.Plan) map[model.TeacherID]model.PostID {
	return lo.SliceToMap(p.Assignments, func(a model.Assignment) (model.TeacherID, model.PostID) { return a.Teacher, a.To })
}
