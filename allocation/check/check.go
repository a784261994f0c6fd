package check

import (
	"maps"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// Plan verifies a plan against the county it was made for. The county must be
// valid (model.County.Validate); the plan may hold anything. It takes time and
// memory linear in the sizes of both, save for sorting the posts, the shortage
// (one step a vacancy) and the subsidy schedule (one step a line and teacher).
func Plan(c *model.County, p *model.Plan) *Report {
	a := newAudit(newFacts(c), &p.Options)
	for i := range p.Assignments {
		given := &p.Assignments[i]
		a.seat(given.Teacher, given.To, given)
	}
	a.hardRules()
	found := a.evaluate()
	a.record(p, found)
	return &Report{Rules: a.rules(), Levels: compare(found.levels, p.Levels), Ledger: found.ledger, Cost: found.cost}
}

// Appraisal is what a bare mapping of teachers to posts amounts to.
type Appraisal struct {
	Levels     []int64           // in the order of the objective
	Conditions []model.Condition // of the rules that cut across the network
	Violations []Violation
	Rules      []RuleStatus // every rule, with its violations
	Ledger     model.Ledger
	Cost       model.Cost // a month
}

// Evaluator appraises many mappings of one county. It may be used by several
// goroutines at once.
type Evaluator struct {
	facts   *facts
	options model.Options
}

// NewEvaluator prepares a valid county, in time linear in its size.
func NewEvaluator(c *model.County, o model.Options) *Evaluator {
	return &Evaluator{newFacts(c), o}
}

// Appraise recomputes the objective of a bare mapping, level by level in the
// order of the objective, and every rule about people and places. Of the rule
// record only one part applies: every id in the mapping must be known. Teachers
// that the mapping leaves out, or gives the zero post, have no post. The grounds
// are the ones that the order of choice gives.
func (e *Evaluator) Appraise(to map[model.TeacherID]model.PostID) Appraisal {
	a := newAudit(e.facts, &e.options)
	for i := range a.Teachers {
		a.seat(a.Teachers[i].ID, to[a.Teachers[i].ID], nil)
	}
	for _, id := range slices.Sorted(maps.Keys(to)) {
		if _, found := a.teacher[id]; !found {
			a.seat(id, to[id], nil)
		}
	}
	a.hardRules()
	found := a.evaluate()
	appraisal := Appraisal{Conditions: a.conditions, Rules: a.rules(), Ledger: found.ledger, Cost: found.cost}
	for _, level := range found.levels {
		appraisal.Levels = append(appraisal.Levels, level.value)
	}
	appraisal.Violations = (&Report{Rules: appraisal.Rules}).Violations()
	return appraisal
}

// Evaluate appraises one mapping of a valid county; see [Evaluator.Appraise].
func Evaluate(c *model.County, o model.Options, to map[model.TeacherID]model.PostID) (levels []int64, violations []Violation) {
	appraisal := NewEvaluator(c, o).Appraise(to)
	return appraisal.Levels, appraisal.Violations
}

// seat is one line of a plan: x_tp = 1 for a post, or no post.
type seat struct {
	teacher int // place in County.Teachers
	to      model.PostID
	ground  model.Ground      // as the order of choice gives it
	given   *model.Assignment // as the plan states it; nil for a bare mapping
}

// audit is one verification under way.
type audit struct {
	*facts
	options *model.Options
	status  map[model.RuleID]*RuleStatus

	seats  []seat                 // of known teachers, in the order of the plan
	first  []int                  // by teacher: the first seat, -1 without
	repeat []int                  // seats of teachers who have one already
	filled map[model.PostID]int   // Σ_t x_tp
	staff  map[model.SchoolID]int // Σ_{t, p in s} x_tp

	conditions []model.Condition // of the rules that cut across the network
}

func newAudit(f *facts, o *model.Options) *audit {
	a := &audit{facts: f, options: o,
		status: map[model.RuleID]*RuleStatus{},
		seats:  make([]seat, 0, len(f.Teachers)),
		first:  make([]int, len(f.Teachers)),
		filled: map[model.PostID]int{},
		staff:  make(map[model.SchoolID]int, len(f.Schools)),
	}
	for _, rule := range allRules() {
		a.status[rule] = &RuleStatus{Rule: rule}
	}
	for i := range a.first {
		a.first[i] = -1
	}
	return a
}

// seat takes in one line of the plan. Somebody whom the county does not know
// takes no part in anything further.
func (a *audit) seat(id model.TeacherID, to model.PostID, given *model.Assignment) {
	i, known := a.teacher[id]
	if !a.holds(model.RuleRecord, known) {
		a.fault(Violation{Rule: model.RuleRecord, Teacher: id, Want: "a teacher of the county", Got: "an unknown id"})
		return
	}
	if a.first[i] < 0 {
		a.first[i] = len(a.seats)
	} else {
		a.repeat = append(a.repeat, len(a.seats))
	}
	a.seats = append(a.seats, seat{i, to, a.ground(i, to), given})
	if !to.IsZero() {
		a.filled[to]++
		a.staff[to.School]++
	}
}

// holds counts that a rule was applied once and passes the outcome on.
func (a *audit) holds(rule model.RuleID, ok bool) bool {
	a.status[rule].Checked++
	return ok
}

func (a *audit) fault(v Violation) {
	status := a.status[v.Rule]
	status.Violations = append(status.Violations, v)
}

// faultSeat reports a rule broken by one seat.
func (a *audit) faultSeat(rule model.RuleID, s *seat, want, got string) {
	a.fault(Violation{Rule: rule, Teacher: a.Teachers[s.teacher].ID, Post: s.to, Want: want, Got: got})
}

func (a *audit) hardRules() {
	a.presence()
	for i := range a.seats {
		if s := &a.seats[i]; !s.to.IsZero() {
			a.qualified(s)
			a.moved(s)
		}
	}
	a.stated()
	a.terms()
	a.places()
	a.pins()
	a.bans()
	a.crossing()
}

// allRules lists every rule in the order of reports.
func allRules() []model.RuleID { return append(model.HardRules(), model.CrossRules()...) }

// rules gives the status of every rule in order.
func (a *audit) rules() []RuleStatus {
	var list []RuleStatus
	for _, rule := range allRules() {
		list = append(list, *a.status[rule])
	}
	return list
}

// compare holds what the plan claims of each level against the recomputed one.
func compare(levels []level, claims []model.PlanLevel) []LevelStatus {
	var list []LevelStatus
	for _, level := range levels {
		status := LevelStatus{Name: level.name, Recomputed: level.value}
		for _, claim := range claims {
			if claim.Name == level.name {
				status.Claimed, status.Bound, status.Proven = claim.Objective, claim.Bound, claim.Proven
			}
		}
		list = append(list, status)
	}
	return list
}
