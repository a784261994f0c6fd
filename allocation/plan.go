package allocation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// Software names the program and its version in plans.
const Software = "xianguan 0.1.0"

// plan turns a solution into a plan. Every figure is worked out again from who
// has which post; a solver that claims another objective is a bug of ours. hash is that of the county.
func (g *programme) plan(solution *solver.Solution, backend, hash string) *model.Plan {
	n := g.instance
	c := n.county
	to := g.assignment(solution.Flow)
	plan := &model.Plan{
		Format: model.Format, Software: Software, County: c.ID, CountyName: c.Name, CountyHash: hash,
		Date: c.Date, Origin: c.Origin, Policy: c.Policy, Options: *n.options,
		Backend: backend, Stop: stopReasons[solution.Stop],
	}
	plan.Assignments = n.assignments(to)
	for i := range plan.Assignments {
		plan.Cost = plan.Cost.Add(plan.Assignments[i].Cost)
	}
	plan.Conditions = g.conditions(to)
	plan.Posts = n.plannedPosts(to)
	plan.Ledger = n.ledger(plan)
	plan.Levels = g.levels(solution, to)
	return plan
}

// assignments says what happens to everybody, in order of teacher id.
func (n *instance) assignments(to []int32) []model.Assignment {
	all := make([]model.Assignment, 0, len(n.people)+len(n.away))
	for t := range n.people {
		person := &n.people[t]
		a := model.Assignment{Teacher: person.ID, Ground: model.GroundNone}
		if person.present >= 0 {
			a.From = n.posts[person.present].id
		}
		if p := to[t]; p >= 0 {
			a.To, a.Ground, a.Cost = n.posts[p].id, n.ground(person, &n.posts[p]), n.cost(person, p)
		}
		all = append(all, a)
	}
	for _, i := range n.away {
		t := &n.county.Teachers[i]
		a := model.Assignment{Teacher: t.ID, Ground: model.GroundAway}
		if id := t.CurrentSchool(n.county.Date); id != "" {
			a.From = t.CurrentPost(n.schools[n.bySchool[id]].School)
		}
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b model.Assignment) int { return cmp.Compare(a.Teacher, b.Teacher) })
	return all
}

func (n *instance) plannedPosts(to []int32) []model.PlannedPost {
	second := make(map[model.PostID][]model.SubjectPeriods)
	for _, d := range n.demands.Posts {
		second[d.PostID] = d.Second
	}
	posts := make([]model.PlannedPost, len(n.posts))
	for p := range n.posts {
		post := &n.posts[p]
		posts[p] = model.PlannedPost{PostID: post.id, Need: post.need, Incumbent: post.incumbents, Second: second[post.id]}
	}
	for _, p := range to {
		if p >= 0 {
			posts[p].Filled++
		}
	}
	return posts
}

func (n *instance) ledger(plan *model.Plan) model.Ledger {
	l := model.Ledger{People: len(plan.Assignments), Away: len(n.away)}
	for i := range plan.Assignments {
		a := &plan.Assignments[i]
		if a.Ground == model.GroundNone {
			l.Unplaced++
		}
		if a.Moved() {
			l.Moved++
		}
	}
	for i := range plan.Posts {
		p := &plan.Posts[i]
		l.Posted += p.Filled
		l.Need += p.Need
		l.Short += p.Short()
		l.Over += p.Over()
	}
	l.Filled = l.Posted - l.Over
	return l
}

// levels gives what is known of each level, in the terms of the county.
func (g *programme) levels(solution *solver.Solution, to []int32) []model.PlanLevel {
	levels := make([]model.PlanLevel, len(solution.Levels))
	conditional := false
	for k, objective := range g.objective(to) {
		result := &solution.Levels[k]
		bound := result.Bound + g.Levels[k].Constant
		if result.Proven && bound != objective {
			panic(fmt.Sprintf("allocation: level %s is proven at %d but the plan has %d", g.Levels[k].Name, bound, objective))
		}
		bound = min(bound, objective)
		levels[k] = model.PlanLevel{Name: g.Levels[k].Name, Objective: objective, Bound: bound,
			Gap: solver.RelativeGap(objective, bound), Proven: bound == objective, Conditional: conditional, Certified: result.Certified}
		conditional = conditional || !levels[k].Proven
	}
	return levels
}

// objective works out every level from who has which post. Filling the need of a
// post comes before standing above it, and shortfalls are as small as they can be, so
// an unfinished flow may cost more than the plan that is read from it, never less.
func (g *programme) objective(to []int32) []int64 {
	flow := g.flow(to)
	columns := g.shortfalls(flow)
	levels := make([]int64, len(g.Levels))
	for k := range levels {
		levels[k] = g.Objective(k, flow, columns) + g.Levels[k].Constant
	}
	return levels
}
