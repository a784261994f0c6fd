package horizon

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
	"github.com/xianguan/xianguan/model"
)

// jointLevels are the levels of the joint objective, the most important first.
var jointLevels = []string{model.LevelShortage, model.LevelUnplaced, model.LevelSoft, model.LevelCost}

// network is the relaxation of a year as a minimum-cost flow: person → post by one arc for each option, then as in package allocation.
type network struct {
	*solver.Programme
	year     *relaxedYear
	constant int64 // of the shortage: every post empty
}

// network states the flow. The arc of an option has its place.
func (y *relaxedYear) network() *network {
	n := &network{Programme: &solver.Programme{}, year: y}
	for _, name := range jointLevels {
		n.Levels = append(n.Levels, solver.Level{Name: name})
	}
	people, posts, schools := int32(len(y.person)), int32(len(y.posts)), int32(len(y.schools))
	need, staff, sink := people+posts, people+posts+schools, people+posts+2*schools
	n.Supply = make([]int64, sink+1)
	n.Supply[sink] = -int64(people)
	for i := range people {
		n.Supply[i] = 1
		for o := y.start[i]; o < y.start[i+1]; o++ {
			x := &y.options[o]
			head := sink
			if x.post >= 0 {
				head = people + x.post
			}
			n.arc(i, head, 1, 0)
			for level, c := range x.costs {
				n.Levels[1+level].Cost[o] = c
			}
		}
	}
	for p := range y.posts {
		post := &y.posts[p]
		n.vacancies(people+int32(p), need+int32(post.school), post.Vacancy)
		if over := post.Capacity - post.Need; over > 0 {
			n.arc(people+int32(p), staff+int32(post.school), int64(over), 0)
		}
	}
	for s := range y.schools {
		n.vacancies(need+int32(s), staff+int32(s), y.schools[s].Vacancy)
		n.arc(staff+int32(s), sink, int64(y.schools[s].Capacity), 0)
	}
	return n
}

func (n *network) arc(tail, head int32, upper, shortage int64) {
	n.Tail, n.Head, n.Upper = append(n.Tail, tail), append(n.Head, head), append(n.Upper, upper)
	n.Levels[0].Cost = append(n.Levels[0].Cost, shortage)
	for k := 1; k < len(n.Levels); k++ {
		n.Levels[k].Cost = append(n.Levels[k].Cost, 0)
	}
}

// vacancies adds an arc for each vacancy that may be filled, the dearest first.
func (n *network) vacancies(tail, head int32, vacancy []int64) {
	for i := len(vacancy) - 1; i >= 0; i-- {
		n.constant += vacancy[i]
		if last := len(n.Tail) - 1; i < len(vacancy)-1 && vacancy[i] == vacancy[i+1] {
			n.Upper[last]++
			continue
		}
		n.arc(tail, head, 1, -vacancy[i])
	}
}

// solve minimises the given levels, one after the other. It gives what each is at least, and optimal potentials of the first by node.
func (n *network) solve(ctx context.Context, levels []int) (least, potentials []int64, err error) {
	p := *n.Programme
	p.Levels = nil
	for _, level := range levels {
		p.Levels = append(p.Levels, n.Levels[level])
	}
	solution, err := native.Solver{}.Solve(ctx, &p, solver.Options{})
	if err != nil {
		return nil, nil, fmt.Errorf("horizon: %w", err)
	}
	if err := solver.Verify(&p, solution); err != nil {
		return nil, nil, fmt.Errorf("horizon: the solver's answer fails its proof: %w", err)
	}
	for k, level := range levels {
		bound := solution.Levels[k].Bound
		if level == 0 {
			bound += n.constant
		}
		least = append(least, bound)
	}
	return least, solution.Potentials[0], nil
}

// worth reads from potentials what one person more is worth at each post: what the way from it to the sink saves.
func (n *network) worth(potentials []int64) []int64 {
	worth := make([]int64, len(n.year.posts))
	if potentials == nil {
		return worth
	}
	first, sink := len(n.year.person), len(n.Supply)-1
	for p := range worth {
		worth[p] = potentials[sink] - potentials[first+p]
	}
	return worth
}
