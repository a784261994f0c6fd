package allocation

import (
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// Stated makes a plan of who has which post as it is stated, without a search: what is proven of it is that no level is below 0. Who is not named has no post.
// stop says why there was no search. The error joins *model.FieldError for a county or posts that are not valid, or says which rule the posts
// break. It takes the time and memory of stating the programme.
func Stated(c *model.County, posts []model.Pin, stop model.StopReason) (*model.Plan, error) {
	g, err := state(c, &model.Options{})
	if err != nil {
		return nil, err
	}
	n := g.instance
	to := make([]int32, len(n.people))
	for t := range to {
		to[t] = -1
	}
	for i, pin := range posts {
		if faults := n.validatePin(i, "posts", pin); len(faults) > 0 {
			return nil, faults[0]
		}
		to[n.byTeacher[pin.Teacher]] = n.byPost[pin.Post]
	}
	for t, p := range to {
		if p < 0 {
			if !g.mayBeOut(int32(t)) {
				return nil, &model.FieldError{Table: "posts", Index: -1, ID: string(n.people[t].ID), Field: "post", Want: "a post: nobody is displaced"}
			}
			continue
		}
		if rule := n.forbidden(int32(t), p); rule != "" {
			return nil, &model.FieldError{Table: "posts", Index: -1, ID: string(n.people[t].ID), Field: "post", Value: n.posts[p].id.String(), Want: fmt.Sprintf("a post that rule %s allows", rule)}
		}
	}
	flow := g.flow(to)
	solution := &solver.Solution{Flow: flow, Columns: g.shortfalls(flow), Stop: solver.StopCancelled}
	if err := solver.CheckAnswer(g.Programme, solution.Flow, solution.Columns); err != nil {
		return nil, fmt.Errorf("allocation: the posts break a rule: %w", err)
	}
	for k := range g.Levels {
		solution.Levels = append(solution.Levels, solver.LevelResult{Name: g.Levels[k].Name, Bound: -g.Levels[k].Constant})
	}
	plan := g.plan(solution, "none", c.Hash())
	plan.Stop = stop
	return plan, nil
}
