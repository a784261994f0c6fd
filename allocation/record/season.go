package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// Season runs the lifecycle of one plan on a record. Each step is appended durably before it returns; a step that fails appends nothing.
// A Season is for one goroutine; another writer of the same store makes the next step fail with a *[ConflictError].
type Season struct {
	State
	chain chain
	now   func() time.Time
}

// Open reads the record in a store and goes on where it ends; an empty store is a new season. now tells the time of entries; nil is
// time.Now. The error is a *[Fault] where the record is broken. It takes time linear in the record.
func Open(ctx context.Context, store Store, now func() time.Time) (*Season, error) {
	if now == nil {
		now = time.Now
	}
	s := &Season{chain: chain{store: store}, now: now}
	for {
		e, more, err := s.chain.next(ctx)
		if err != nil || !more {
			return s, err
		}
		if err := s.take(ctx, &s.chain, e); err != nil {
			return nil, err
		}
	}
}

// Length is how many entries the record has, and Head the hash of the last one, which says which record it is: who has it
// elsewhere, as in print, knows whether the record was cut off or written anew.
func (s *Season) Length() int { return s.chain.length }

// Head is the SHA-256 of the last entry; "" without any.
func (s *Season) Head() string { return s.chain.head }

// Begin records a county and a plan of it, with its certificate and what the independent checker finds; a record that a writer was stopped in
// after the inputs goes on where they are of the same county. The error is a
// check.Error where the plan breaks a rule; those of [allocation.Certify]; those of the store. The certificate takes a solve from the plan.
func (s *Season) Begin(ctx context.Context, c *model.County, plan *model.Plan, day model.Date) error {
	begun := s.County != nil && s.Plan == nil && s.Inputs.CountyHash == c.Hash()
	if err := s.may(KindInputs); err != nil && !begun {
		return err
	}
	if err := c.Validate(); err != nil {
		return err
	}
	planned, err := s.planned(ctx, c, plan, day)
	if err != nil {
		return err
	}
	if !begun {
		if err := s.inputs(ctx, c); err != nil {
			return err
		}
	}
	if err := s.chain.append(ctx, KindPlan, s.now(), planned); err != nil {
		return err
	}
	s.Plan, s.PlanObject, s.unpublished = plan, planned.Plan, true
	return nil
}

// inputs records a county and its policy pack.
func (s *Season) inputs(ctx context.Context, c *model.County) error {
	pack, err := policy.Load(c.Policy)
	if err != nil {
		return err
	}
	in := Inputs{County: c.ID, CountyHash: c.Hash(), Synthetic: c.Origin.Synthetic, Policy: c.Policy}
	if in.Data, err = s.chain.put(ctx, c); err != nil {
		return err
	}
	if in.Pack, err = s.chain.put(ctx, pack); err != nil {
		return err
	}
	if err := s.chain.append(ctx, KindInputs, s.now(), &in); err != nil {
		return err
	}
	s.Inputs, s.County = in, c
	return nil
}

// Holds reports whether a plan is the one on record, byte for byte.
func (s *Season) Holds(plan *model.Plan) bool {
	content, err := objectBytes(plan)
	return err == nil && SealOf(content) == s.PlanObject.Seal
}

// planned keeps a plan with its certificate.
func (s *Season) planned(ctx context.Context, c *model.County, plan *model.Plan, day model.Date) (*Planned, error) {
	verdict := check.Plan(c, plan)
	if err := verdict.Err(); err != nil {
		return nil, err
	}
	certificate, err := allocation.Certify(ctx, c, plan)
	if err != nil {
		return nil, err
	}
	p := &Planned{Day: day, CountyHash: plan.CountyHash, Software: plan.Software, Backend: plan.Backend, Seed: plan.Options.Seed, Stop: plan.Stop,
		Levels: plan.Levels, Checks: checksOf(verdict)}
	if p.Plan, err = s.chain.put(ctx, plan); err != nil {
		return nil, err
	}
	p.Certificate, err = s.chain.put(ctx, certificate)
	return p, err
}

// Publish records that the plan was posted, as files, and until when one may object.
func (s *Season) Publish(ctx context.Context, p Publication) error {
	if err := s.may(KindPublication); err != nil {
		return err
	}
	if !p.Day.Valid() || !p.Until.Valid() || p.Until < p.Day {
		return &model.FieldError{Table: "publication", Index: -1, Field: "until", Value: p.Until.String(), Want: "a day from " + p.Day.String() + ", when the plan is published"}
	}
	if err := s.chain.append(ctx, KindPublication, s.now(), &p); err != nil {
		return err
	}
	s.Publications, s.unpublished = append(s.Publications, p), false
	return nil
}

// Appeal records an objection and gives its id. The error joins *model.FieldError; it is an *appeal.LateError for one that came in after the last
// day and is not marked late.
func (s *Season) Appeal(ctx context.Context, a appeal.Appeal) (id string, err error) {
	a.ID = fmt.Sprintf("A%03d", len(s.Cases)+1)
	if err := s.mayAppeal(&a); err != nil {
		return "", err
	}
	if err := s.chain.append(ctx, KindAppeal, s.now(), &a); err != nil {
		return "", err
	}
	s.Cases = append(s.Cases, Case{Appeal: a})
	return a.ID, nil
}

// Decide records what came of an appeal. Corrections are tried out on the county, with those of earlier decisions that are not in the plan yet; pins and bans are
// tried by Amend. Errors: *model.FieldError, *model.UnknownWordError, *appeal.FinalError, *StepError.
func (s *Season) Decide(ctx context.Context, d appeal.Decision) error {
	at, err := s.mayDecide(&d)
	if err != nil {
		return err
	}
	if err := s.chain.append(ctx, KindDecision, s.now(), &d); err != nil {
		return err
	}
	s.Cases[at].Decision = &d
	return nil
}

// AmendOptions says how a plan is mended. The zero value works.
type AmendOptions struct {
	Day     model.Date
	Fill    bool // fewest others touched only once no more posts can be filled and nobody more be placed
	Planner allocation.Planner
}

// Amend mends the plan by all appeals that were upheld since the last one, in their order; see [appeal.Amend], whose errors it gives.
func (s *Season) Amend(ctx context.Context, o AmendOptions) (*appeal.Amendment, error) {
	m, err := s.Propose(ctx, o)
	if err != nil {
		return nil, err
	}
	planned, err := s.planned(ctx, m.County, m.Plan, o.Day)
	if err != nil {
		return nil, err
	}
	a := Amended{Day: o.Day, Appeals: m.Appeals, Applied: m.Applied, Appellants: m.Appellants, Own: m.Own, Touched: m.Touched,
		Others: m.Others, Least: m.Least, Proven: m.Proven, Fill: o.Fill, Planned: *planned}
	a.Planned.Day = 0
	if a.Data, err = s.chain.put(ctx, m.County); err != nil {
		return nil, err
	}
	if err := s.chain.append(ctx, KindAmendment, s.now(), &a); err != nil {
		return nil, err
	}
	for i := range s.Cases {
		s.Cases[i].Amended = s.Cases[i].Amended || slices.Contains(a.Appeals, s.Cases[i].Appeal.ID)
	}
	s.Before = s.Plan
	s.County, s.Plan, s.PlanObject, s.unpublished = m.County, m.Plan, a.Plan, true
	s.Amendments = append(s.Amendments, a)
	return m, nil
}

// Propose gives the amendment that Amend would record, and records nothing.
func (s *Season) Propose(ctx context.Context, o AmendOptions) (*appeal.Amendment, error) {
	if err := s.may(KindAmendment); err != nil {
		return nil, err
	}
	return s.amend(ctx, o)
}

// amend works an amendment out of the state.
func (s *State) amend(ctx context.Context, o AmendOptions) (*appeal.Amendment, error) {
	if o.Fill {
		o.Planner.Options.Keep = &model.Keep{}
	}
	return appeal.Amend(ctx, o.Planner, s.County, s.Plan, s.Pending(), s.finalPeople())
}

// Finalize records that posts take effect: of the people given, or of everybody.
func (s *Season) Finalize(ctx context.Context, f Final) error {
	f.Plan = s.PlanObject.SHA256
	if err := s.mayFinish(&f); err != nil {
		return err
	}
	if err := s.chain.append(ctx, KindFinal, s.now(), &f); err != nil {
		return err
	}
	s.Finals = append(s.Finals, f)
	return nil
}

// IsFault reports whether an error says that a record is broken, and gives the fault.
func IsFault(err error) (*Fault, bool) {
	var fault *Fault
	ok := errors.As(err, &fault)
	return fault, ok
}
