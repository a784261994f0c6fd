package allocation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// Answers by search, for counties with rules that cut across the network.

// solved is what a variant of the plan's programme comes to.
type solved struct {
	to     []int32           // post of each person, −1 for none
	levels []model.PlanLevel // those of the plan
}

// variant is the plan's programme with capacities and rows of its own.
func (e *Explainer) variant() *programme {
	g, p := *e.g, *e.g.Programme
	p.Start, p.StartColumns = nil, nil
	p.Upper, p.Rows = slices.Clone(p.Upper), slices.Clip(p.Rows)
	g.Programme = &p
	return &g
}

// search solves a variant within the limits; nil where nothing obeys every rule.
func (e *Explainer) search(ctx context.Context, g *programme) (*solved, error) {
	solution, err := native.Solver{}.Solve(ctx, g.Programme, solver.Options{TimeLimit: e.options.TimeLimit, Gap: e.options.Gap})
	var infeasible *solver.InfeasibleError
	if errors.As(err, &infeasible) {
		return nil, nil
	}
	if err != nil {
		return nil, g.instance.explain(g, err)
	}
	if err := solver.Verify(g.Programme, solution); err != nil {
		return nil, fmt.Errorf("allocation: an answer fails its proof: %w", err)
	}
	to := g.assignment(solution.Flow)
	return &solved{to, g.levels(solution, to)[:len(e.g.Levels)]}, nil
}

// force leaves a teacher no post but one.
func (g *programme) force(t, p int32) {
	first := g.pairArc[t]
	for i, q := range g.pairs.of(int(t)) {
		if q != p {
			g.Upper[first+int32(i)] = 0
		}
	}
	if g.mayBeOut(t) {
		g.Upper[first+int32(len(g.pairs.of(int(t))))] = 0
	}
}

// forced solves the programme with a teacher in a post.
func (e *Explainer) forced(ctx context.Context, t, p int32) (*solved, error) {
	g := e.variant()
	g.force(t, p)
	return e.search(ctx, g)
}

// stayClose adds a last level to a variant: people whose post is another one than in the plan. Of the plans that are as good, some
// change hundreds for nothing, and this one changes the fewest.
func (e *Explainer) stayClose(g *programme) {
	cost := make([]int64, len(g.Tail))
	for t := range e.to {
		first, pairs := g.pairArc[t], g.pairs.of(t)
		for i, p := range pairs {
			if p != e.to[t] {
				cost[first+int32(i)] = 1
			}
		}
		if g.mayBeOut(int32(t)) && e.to[t] >= 0 {
			cost[first+int32(len(pairs))] = 1
		}
	}
	g.Levels = append(slices.Clip(g.Levels), solver.Level{Name: "displaced", Cost: cost})
	g.Columns = slices.Clone(g.Columns)
	for i := range g.Columns {
		if column := &g.Columns[i]; column.Cost != nil {
			column.Cost = append(slices.Clip(column.Cost), 0)
		}
	}
}

// displaced lists who has another post than in the plan: first whom leads names, each followed by those who give way to the one before.
func (e *Explainer) displaced(to []int32, leads func(Displacement) bool) []Displacement {
	var left, all []Displacement
	for t := range to {
		if to[t] != e.to[t] {
			left = append(left, Displacement{e.g.instance.people[t].ID, e.postID(e.to[t]), e.postID(to[t])})
		}
	}
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(d Displacement) bool {
			return len(all) > 0 && !d.From.IsZero() && d.From == all[len(all)-1].To
		})
		if next < 0 {
			next = max(0, slices.IndexFunc(left, leads))
		}
		all, left = append(all, left[next]), slices.Delete(left, next, next+1)
	}
	return all
}

// placeMoreAgain finds what one place more of a post costs, by a search of a variant with a row that asks for it.
func (e *Explainer) placeMoreAgain(ctx context.Context, g *programme, p int32, in int) (*PlaceMore, error) {
	row := solver.Row{Name: "one place more", Lower: int64(in) + 1, Upper: solver.NoUpper}
	for a := g.needArc[p]; a < g.needEnd(p); a++ {
		row.Arc, row.ArcCoef = append(row.Arc, a), append(row.ArcCoef, 1)
	}
	g.Rows = append(g.Rows, row)
	e.stayClose(g)
	best, err := e.search(ctx, g)
	if best == nil || err != nil {
		return nil, err
	}
	post := e.postID(p)
	return &PlaceMore{Extra: e.against(best.levels), Changes: e.displaced(best.to, func(d Displacement) bool { return d.To == post })}, nil
}

// against holds levels against those of the plan. No plan with something forced is better than the bound of all plans, at the first level at which it can differ.
func (e *Explainer) against(levels []model.PlanLevel) (all []Extra) {
	equal := true // so far
	for k, level := range levels {
		now := e.plan.Levels[k]
		x := Extra{level.Name, level.Bound - now.Objective, level.Objective - now.Bound}
		if equal {
			x.Low = max(x.Low, now.Bound-now.Objective)
		}
		equal = equal && x.Low == 0 && x.High == 0
		all = append(all, x)
	}
	return all
}

// timeUp reports whether a search ended by its time limit before it knew any plan.
func timeUp(err error) bool {
	var stopped *StoppedError
	return errors.As(err, &stopped) && stopped.Stop == model.StopTime
}

// alternatives finds what each of some pairs would cost, by a search for each, several at once. They are in order of cost; pairs that no plan has are left out, and
// so are those, counted as unsettled, for which the time limit came before any plan.
func (e *Explainer) alternatives(ctx context.Context, pairs []ranked) (all []Alternative, unsettled int, err error) {
	workers := e.options.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	found, failed := make([]*solved, len(pairs)), make([]error, len(pairs))
	next := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range next {
				found[i], failed[i] = e.forced(ctx, pairs[i].t, pairs[i].p)
			}
		})
	}
	for i := range pairs {
		next <- i
	}
	close(next)
	group.Wait()
	for i, err := range failed {
		if timeUp(err) {
			failed[i] = nil
			unsettled++
		}
	}
	if err := errors.Join(failed...); err != nil {
		return nil, 0, err
	}
	for i, best := range found {
		if best != nil {
			all = append(all, Alternative{e.g.instance.people[pairs[i].t].ID, e.postID(pairs[i].p), e.against(best.levels)})
		}
	}
	slices.SortStableFunc(all, func(a, b Alternative) int { return slices.CompareFunc(a.Extra, b.Extra, compareExtra) })
	return all, unsettled, nil
}

func compareExtra(a, b Extra) int {
	return cmp.Or(cmp.Compare(a.High, b.High), cmp.Compare(a.Low, b.Low))
}

// everyRule stands for all rules that cut across the network.
const everyRule model.RuleID = ""

// acrossOrElsewhere finds out whether a rule across schools keeps a post empty: whether a best plan without the rule fills more of it. The budget is tried first, the others
// in order, and last all of them together.
func (e *Explainer) acrossOrElsewhere(ctx context.Context, why *EmptyPost, p int32, in []int) error {
	why.Reason = EmptyElsewhere
	tried := []model.RuleID{everyRule}
	for i := range e.g.asked {
		if rule := e.g.asked[i].ID; rule == model.RuleBudget {
			tried = slices.Insert(tried, 0, rule)
		} else {
			tried = slices.Insert(tried, len(tried)-1, rule)
		}
	}
	for _, rule := range tried {
		without, err := e.without(ctx, rule)
		switch {
		case err != nil:
			return err
		case without == nil:
			why.Reason = EmptyUnsettled
		case without[p] > in[p]:
			if why.Reason, why.Rule = EmptyAcross, rule; rule == model.RuleBudget {
				why.Reason = EmptyBudget
			}
			return nil
		}
	}
	return nil
}

// lift states the programme without some of the rules that cut across the network.
func (e *Explainer) lift(rules ...model.RuleID) *programme {
	n := *e.g.instance
	n.lifted = rules
	return newProgramme(&n, e.g.pairs)
}

// without counts the people in each post of a best plan without a rule; nil where none was proven best within the limits. What was found is kept.
func (e *Explainer) without(ctx context.Context, rule model.RuleID) ([]int, error) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if in, known := e.lifted[rule]; known {
		return in, nil
	}
	lifted := []model.RuleID{rule}
	if rule == everyRule {
		lifted = model.CrossRules()
	}
	g := e.lift(lifted...)
	g.Start = g.flow(e.to) // which obeys the other rules
	g.StartColumns = g.shortfalls(g.Start)
	best, err := e.search(ctx, g)
	if err != nil {
		return nil, err
	}
	var in []int
	if !slices.ContainsFunc(best.levels, func(l model.PlanLevel) bool { return !l.Proven }) {
		in = make([]int, len(g.instance.posts))
		for _, p := range best.to {
			if p >= 0 {
				in[p]++
			}
		}
	}
	if e.lifted == nil {
		e.lifted = map[model.RuleID][]int{}
	}
	e.lifted[rule] = in
	return in, nil
}
