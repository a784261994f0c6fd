package allocation

import (
	"context"
	"fmt"
	"sync"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Explainer answers why a plan is as it is, by what it would cost to have it otherwise. Make it with [NewExplainer]. Several goroutines
// may ask at once.
//
// Without rules that cut across the network every answer is exact and takes one shortest path or two: see residual. With such rules
// each figure takes a search of its own, which the options of NewExplainer and the context limit; it then is an interval
// where the search was stopped.
type Explainer struct {
	county   *model.County
	plan     *model.Plan
	options  model.Options
	g        *programme
	to       []int32   // post of each person in the plan, −1 for none
	residual *residual // nil with rules that cut across the network

	mutex  sync.Mutex
	lifted map[model.RuleID][]int // by a rule across the network: people in each post of a best plan without it
}

// NotOptimalError says that a plan can be bettered, so that no figure says why it is as it is. Plan again without a limit, or evaluate it.
type NotOptimalError struct {
	Level      string // the first that can be bettered
	Plan, Best int64
}

func (e *NotOptimalError) Error() string {
	return fmt.Sprintf("allocation: the plan is not optimal: its %s is %d, and %d can be had; plan again without a limit", e.Level, e.Plan, e.Best)
}

// NewExplainer prepares questions about a plan of a county, which may have been read from a file. Of the options only the limits count (time limit, gap and
// workers, of each search); everything else is as the plan was made. Nil options have no limit.
//
// Errors: *model.FieldError where the plan is of other data or breaks a rule; *[NotOptimalError] where it can be bettered and no rule cuts
// across the network; errors of [Solve]. It takes the time to prove again that the plan is optimal, which is well under that of Solve, and for
// each pair of the network 16 bytes beyond Solve's.
func NewExplainer(ctx context.Context, c *model.County, plan *model.Plan, limits *model.Options) (*Explainer, error) {
	e := &Explainer{county: c, plan: plan, options: *unlimited(plan)}
	if limits != nil {
		e.options.TimeLimit, e.options.Gap, e.options.Workers = limits.TimeLimit, limits.Gap, limits.Workers
	}
	var err error
	if e.g, e.to, err = reopened(c, plan, &e.options); err != nil {
		return nil, err
	}
	flow := e.g.flow(e.to)
	columns := e.g.shortfalls(flow)
	if err := solver.CheckAnswer(e.g.Programme, flow, columns); err != nil {
		return nil, &model.FieldError{Table: "plan", Index: -1, Field: "assignments", Value: "a plan that breaks a rule", Want: "a plan that `xianguan verify` accepts"}
	}
	if !e.g.Pure() {
		return e, nil
	}
	e.g.Start, e.g.StartColumns = flow, columns
	solution, err := native.Solver{}.Solve(ctx, e.g.Programme, solver.Options{})
	if err != nil {
		return nil, e.g.instance.explain(e.g, err)
	}
	for k := range solution.Levels {
		best := solution.Levels[k]
		if own := e.g.Objective(k, flow, columns); !best.Proven {
			return nil, &StoppedError{Stop: stopReasons[solution.Stop], Cause: context.Cause(ctx)}
		} else if own != best.Objective {
			constant := e.g.Levels[k].Constant
			return nil, &NotOptimalError{best.Name, own + constant, best.Objective + constant}
		}
	}
	e.residual = newResidual(e.g.Programme, flow, solution.Potentials)
	return e, nil
}

// placedBy reads where a plan puts everybody.
func (n *instance) placedBy(plan *model.Plan) ([]int32, error) {
	to := make([]int32, len(n.people))
	for t := range to {
		to[t] = -1
	}
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		t, known := n.byTeacher[a.Teacher]
		if !known {
			return nil, &model.FieldError{Table: "plan", Index: i, Field: "teacher", Value: string(a.Teacher), Want: "a teacher of the county" + didYouMean(a.Teacher, sortedKeys(n.byTeacher))}
		}
		if a.To.IsZero() {
			continue
		}
		p, known := n.byPost[a.To]
		if !known || t < 0 || !n.has(t, p) {
			return nil, &model.FieldError{Table: "plan", Index: i, Field: "to", Value: a.To.String(), Want: "a post that the rules allow to teacher " + string(a.Teacher)}
		}
		to[t] = p
	}
	for t := range to {
		if to[t] < 0 && n.people[t].present >= 0 {
			return nil, &model.FieldError{Table: "plan", Index: -1, Field: "assignments", Value: string(n.people[t].ID), Want: "a post for everybody who has one now"}
		}
	}
	return to, nil
}

// has reports whether a pair is one of the network's.
func (n *instance) has(t, p int32) bool {
	person := &n.people[t]
	return (person.present == p || n.posts[p].need > 0 && n.movable(person)) && n.forbidden(t, p) == ""
}

// person finds a teacher by id; the error says who was meant.
func (e *Explainer) person(id model.TeacherID) (int32, error) {
	n := e.g.instance
	t, known := n.byTeacher[id]
	if !known {
		return 0, &model.UnknownWordError{What: "teacher", Word: string(id), Known: texts(sortedKeys(n.byTeacher))}
	}
	return t, nil
}

// post finds a post by id; the error says which was meant.
func (e *Explainer) post(id model.PostID) (int32, error) {
	n := e.g.instance
	p, known := n.byPost[id]
	if !known {
		var all []string
		for i := range n.posts {
			all = append(all, n.posts[i].id.String())
		}
		return 0, &model.UnknownWordError{What: "post", Word: id.String(), Known: all}
	}
	return p, nil
}

func texts[T ~string](ids []T) []string {
	all := make([]string, len(ids))
	for i := range ids {
		all[i] = string(ids[i])
	}
	return all
}
