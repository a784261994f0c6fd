package record

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/model"
)

// Case is an appeal and what came of it.
type Case struct {
	Appeal   appeal.Appeal    `json:"appeal"`
	Decision *appeal.Decision `json:"decision,omitempty"` // nil: open
	Amended  bool             `json:"amended,omitempty"`  // its remedy is in the plan
}

// State is where a season stands.
type State struct {
	Inputs       Inputs
	County       *model.County // with the corrections so far
	Plan         *model.Plan   // nil before there is one
	PlanObject   Object        // the plan's
	Before       *model.Plan   // the plan that the last amendment mended; nil without any
	Publications []Publication
	Cases        []Case
	Amendments   []Amended
	Finals       []Final

	unpublished bool // the plan was made or mended, and not posted since
}

// StepError says that a step of the lifecycle does not come now.
type StepError struct {
	Step Kind
	Want string
}

func (e *StepError) Error() string { return fmt.Sprintf("record: %s: want %s", e.Step, e.Want) }

// Until is the last day on which one may object; zero before anything was published.
func (s *State) Until() model.Date {
	if len(s.Publications) == 0 {
		return 0
	}
	return s.Publications[len(s.Publications)-1].Until
}

// Unpublished reports whether the plan was made or mended and not posted since.
func (s *State) Unpublished() bool { return s.unpublished }

// IsFinal reports whether a teacher's post is final.
func (s *State) IsFinal(id model.TeacherID) bool {
	return slices.ContainsFunc(s.Finals, func(f Final) bool { return len(f.Teachers) == 0 || slices.Contains(f.Teachers, id) })
}

// AllFinal reports whether everybody's post is.
func (s *State) AllFinal() bool {
	return slices.ContainsFunc(s.Finals, func(f Final) bool { return len(f.Teachers) == 0 })
}

// finalPeople lists everybody of the plan whose post is final.
func (s *State) finalPeople() (all []model.TeacherID) {
	for i := range s.Plan.Assignments {
		if a := &s.Plan.Assignments[i]; a.Ground != model.GroundAway && s.IsFinal(a.Teacher) {
			all = append(all, a.Teacher)
		}
	}
	return all
}

// Pending lists the appeals that were upheld and are not in the plan yet, in their order.
func (s *State) Pending() (list []appeal.Upheld) {
	for _, c := range s.Cases {
		if c.Decision != nil && c.Decision.Upheld && !c.Amended {
			list = append(list, appeal.Upheld{Appeal: c.Appeal, Decision: *c.Decision})
		}
	}
	return list
}

// postOf gives the post of a teacher in the plan.
func (s *State) postOf(id model.TeacherID) model.PostID {
	for i := range s.Plan.Assignments {
		if s.Plan.Assignments[i].Teacher == id {
			return s.Plan.Assignments[i].To
		}
	}
	return model.PostID{}
}

// may reports whether a step comes now; the error is a *[StepError].
func (s *State) may(step Kind) error {
	want := ""
	switch {
	case step == KindInputs && s.County != nil:
		want = "one season a record: it has its inputs"
	case step != KindInputs && s.County == nil:
		want = "the inputs first"
	case step == KindPlan && s.Plan != nil:
		want = "one plan: amend it"
	case step != KindInputs && step != KindPlan && s.Plan == nil:
		want = "a plan first"
	case step == KindPublication && !s.unpublished:
		want = "a plan that was not published yet"
	case (step == KindAppeal || step == KindDecision || step == KindAmendment || step == KindFinal) && len(s.Publications) == 0:
		want = "the plan to be published first"
	case step != KindInputs && step != KindPlan && s.AllFinal():
		want = "a season that is not over: every post is final"
	case step == KindAmendment && len(s.Pending()) == 0:
		want = "an appeal that was upheld and is not in the plan yet"
	}
	if want != "" {
		return &StepError{step, want}
	}
	return nil
}

// mayAppeal holds an appeal to the season.
func (s *State) mayAppeal(a *appeal.Appeal) error {
	if err := errors.Join(s.may(KindAppeal), a.Validate(s.County)); err != nil {
		return err
	}
	if want := fmt.Sprintf("A%03d", len(s.Cases)+1); a.ID != want {
		return &model.FieldError{Table: "appeals", Index: -1, Field: "id", Value: a.ID, Want: want + ", the next"}
	}
	if first := s.Publications[0].Day; a.Day < first {
		return &model.FieldError{Table: "appeals", Index: -1, ID: a.ID, Field: "day", Value: a.Day.String(), Want: "not before " + first.String() + ", when the plan was published"}
	}
	if late := a.Day > s.Until(); late && !a.Late {
		return &appeal.LateError{ID: a.ID, Day: a.Day, Until: s.Until()}
	} else if !late && a.Late {
		return &model.FieldError{Table: "appeals", Index: -1, ID: a.ID, Field: "late", Value: "true", Want: "false: it is in time"}
	}
	return nil
}

// mayDecide holds a decision to the season, and its remedy to the county; it gives the place of the case.
func (s *State) mayDecide(d *appeal.Decision) (int, error) {
	if err := s.may(KindDecision); err != nil {
		return 0, err
	}
	at := slices.IndexFunc(s.Cases, func(c Case) bool { return c.Appeal.ID == d.Appeal })
	if at < 0 {
		known := make([]string, len(s.Cases))
		for i := range s.Cases {
			known[i] = s.Cases[i].Appeal.ID
		}
		return 0, &model.UnknownWordError{What: "appeal", Word: d.Appeal, Known: known}
	}
	a := &s.Cases[at].Appeal
	if s.Cases[at].Decision != nil {
		return 0, &StepError{KindDecision, "an appeal that is open: " + d.Appeal + " is decided"}
	}
	if err := d.Validate(a); err != nil {
		return 0, err
	}
	if !d.Upheld {
		return at, nil
	}
	for _, id := range append(a.Concerns(), d.Concerns()...) {
		if s.IsFinal(id) {
			return 0, &appeal.FinalError{Teacher: id, Post: s.postOf(id)}
		}
	}
	// The corrections before it may be what makes it fit, so they come first.
	var all []appeal.Correction
	for i := range s.Cases {
		if c := &s.Cases[i]; c.Decision != nil && !c.Amended {
			all = append(all, c.Decision.Corrections...)
		}
	}
	_, _, err := appeal.Correct(s.County, append(all, d.Corrections...))
	return at, err
}

// mayFinish holds a finalization to the season.
func (s *State) mayFinish(f *Final) error {
	if err := s.may(KindFinal); err != nil {
		return err
	}
	fault := func(field, value, want string) error {
		return &model.FieldError{Table: "final", Index: -1, Field: field, Value: value, Want: want}
	}
	concerned := func(ids []model.TeacherID) bool {
		return len(f.Teachers) == 0 || slices.ContainsFunc(ids, func(id model.TeacherID) bool { return slices.Contains(f.Teachers, id) })
	}
	for _, id := range f.Teachers {
		if !slices.ContainsFunc(s.Plan.Assignments, func(a model.Assignment) bool { return a.Teacher == id }) {
			return fault("teachers", string(id), "a teacher of the plan")
		}
		if s.IsFinal(id) {
			return fault("teachers", string(id), "a teacher whose post is not final yet")
		}
	}
	for _, c := range s.Cases {
		ids := c.Appeal.Concerns()
		if c.Decision == nil && (concerned(ids) || len(ids) == 0) {
			return &StepError{KindFinal, "every appeal decided: " + c.Appeal.ID + " is open"}
		}
		if c.Decision != nil && c.Decision.Upheld && !c.Amended && concerned(append(ids, c.Decision.Concerns()...)) {
			return &StepError{KindFinal, "the plan amended first: " + c.Appeal.ID + " was upheld"}
		}
	}
	switch {
	case f.Approver == "":
		return fault("approver", "", "who approves")
	case !f.Day.Valid() || f.Day <= s.Until():
		return fault("day", f.Day.String(), "a day after "+s.Until().String()+", the last on which one may object")
	case f.Plan != s.PlanObject.SHA256:
		return fault("plan", f.Plan, s.PlanObject.SHA256+", the plan as it stands")
	case s.unpublished && s.touchedUnpublished():
		return &StepError{KindFinal, "the amendment published first: it touches people who have not read it"}
	}
	return nil
}

// touchedUnpublished reports whether the last amendment, which was not published, touches anybody.
func (s *State) touchedUnpublished() bool {
	if len(s.Amendments) == 0 {
		return false
	}
	last := &s.Amendments[len(s.Amendments)-1]
	return len(last.Own)+len(last.Touched) > 0
}

// take moves the state on by an entry. Errors are faults of the record.
func (s *State) take(ctx context.Context, c *chain, e *Entry) error {
	var err error
	switch e.Kind {
	case KindInputs:
		if err = s.read(e, &s.Inputs); err == nil {
			s.County = &model.County{}
			err = c.value(ctx, e.Number, "data", s.Inputs.Data, s.County)
		}
	case KindPlan:
		var p Planned
		if err = s.read(e, &p); err == nil {
			s.Plan, s.PlanObject, s.unpublished = &model.Plan{}, p.Plan, true
			err = c.value(ctx, e.Number, "plan", p.Plan, s.Plan)
		}
	case KindPublication:
		var p Publication
		if err = s.read(e, &p); err == nil {
			s.Publications, s.unpublished = append(s.Publications, p), false
		}
	case KindAppeal:
		var a appeal.Appeal
		if err = s.read(e, &a); err == nil {
			err = s.mayAppeal(&a)
			s.Cases = append(s.Cases, Case{Appeal: a})
		}
	case KindDecision:
		var d appeal.Decision
		if err = s.read(e, &d); err == nil {
			var at int
			if at, err = s.mayDecide(&d); err == nil {
				s.Cases[at].Decision = &d
			}
		}
	case KindAmendment:
		err = s.amended(ctx, c, e)
	case KindFinal:
		var f Final
		if err = s.read(e, &f); err == nil {
			err = s.mayFinish(&f)
			s.Finals = append(s.Finals, f)
		}
	}
	var fault *Fault
	if err == nil || errors.As(err, &fault) {
		return err
	}
	want := "what such an entry may say"
	var step *StepError
	if errors.As(err, &step) {
		want = "a step that comes now"
	}
	return c.faultAt(e.Number, string(e.Kind), err.Error(), want)
}

// amended takes in an amendment.
func (s *State) amended(ctx context.Context, c *chain, e *Entry) error {
	var a Amended
	if err := s.read(e, &a); err != nil {
		return err
	}
	for i := range s.Cases {
		if slices.Contains(a.Appeals, s.Cases[i].Appeal.ID) {
			s.Cases[i].Amended = true
		}
	}
	s.Before = s.Plan
	s.County, s.Plan, s.PlanObject, s.unpublished = &model.County{}, &model.Plan{}, a.Plan, true
	s.Amendments = append(s.Amendments, a)
	if err := c.value(ctx, e.Number, "data", a.Data, s.County); err != nil {
		return err
	}
	return c.value(ctx, e.Number, "plan", a.Plan, s.Plan)
}

// read reads the body of an entry whose step comes now.
func (s *State) read(e *Entry, into any) error {
	if err := s.may(e.Kind); err != nil {
		return err
	}
	return strictly(e.Body, into)
}

// value reads an object into a value.
func (c *chain) value(ctx context.Context, number int, field string, o Object, into any) error {
	content, err := c.object(ctx, number, field, o)
	if err != nil {
		return err
	}
	if err := strictly(content, into); err != nil {
		return c.faultAt(number, field, err.Error(), "an object of this kind")
	}
	return nil
}

// faultAt makes a fault of an entry.
func (c *chain) faultAt(number int, field, got, want string) *Fault {
	f := &Fault{Entry: number, Offset: -1, Field: field, Got: got, Want: want}
	if p, ok := c.store.(Placer); ok {
		f.File = p.EntryFile(number)
	}
	return f
}
