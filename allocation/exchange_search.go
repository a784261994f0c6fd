package allocation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/model"
)

// found is an exchange as a solver found it.
type found struct {
	solution *solver.Solution
	flow     []int64
	taken    []step // in order of arc
}

// search solves the programme. Where chains of any length stand beside cycles by position, the copy that holds the
// chains may hold cycles too. Those that meet no chain and are not allowed by themselves are cut off by rows, and the
// programme is solved again: for the posts S of such a cycle and each move a of it,
//
//	f_a ≤ Σ flow that enters S,
//
// since whatever a chain passes is entered from outside (generalised subtour elimination: Anderson, Ashlagi, Gamarnik and
// Roth, "Finding long chains in kidney exchange using the traveling salesman problem", PNAS 112, 2015). There are
// finitely many such sets, and the bounds of a programme that lacks some rows hold all the same.
func (g *exchangeProgramme) search(ctx context.Context, backend solver.Backend, o solver.Options) (*found, error) {
	began, limit := time.Now(), o.TimeLimit
	for {
		if limit > 0 {
			o.TimeLimit = max(1, limit-time.Since(began))
		}
		solution, err := backend.Solve(ctx, g.Programme, o)
		if err != nil {
			return nil, g.explain(err)
		}
		if err := solver.Verify(g.Programme, solution); err != nil { // no solver is believed, ours included
			return nil, fmt.Errorf("allocation: the solution of backend %s fails its proof: %w", backend.Name(), err)
		}
		f := g.read(solution)
		loose := g.loose(f)
		switch {
		case len(loose) == 0:
			return f, nil
		case solution.Stop == solver.StopTime || solution.Stop == solver.StopCancelled:
			return g.without(f, loose)
		}
		for _, cycle := range loose {
			g.cutOff(cycle)
		}
	}
}

// read takes the moves from a flow.
func (g *exchangeProgramme) read(solution *solver.Solution) *found {
	f := &found{solution: solution, flow: solution.Flow}
	for a, s := range g.steps {
		if s.move >= 0 && f.flow[a] > 0 {
			f.taken = append(f.taken, s)
		}
	}
	return f
}

// inFree lists the moves in the copy without positions, in order.
func (f *found) inFree() []int32 {
	var moves []int32
	for _, s := range f.taken {
		if s.place == 0 {
			moves = append(moves, s.move)
		}
	}
	slices.Sort(moves)
	return moves
}

// loose finds the sets of moves, connected by posts, that meet no chain and are not cycles that the limit
// allows.
func (g *exchangeProgramme) loose(f *found) [][]int32 {
	if g.chains != formSeparate {
		return nil
	}
	var all [][]int32
	for _, moves := range g.x.components(f.inFree()) {
		if !slices.ContainsFunc(moves, func(m int32) bool { return g.beginning(f.flow, g.x.moves[m].to) > 0 }) && !g.x.splits(moves) {
			all = append(all, moves)
		}
	}
	return all
}

// beginning is how many chains begin at a post of the copy without positions.
func (g *exchangeProgramme) beginning(flow []int64, p int32) int64 {
	if g.beginArc == nil || g.beginArc[p] < 0 {
		return 0
	}
	return flow[g.beginArc[p]]
}

// ending is how many chains end at a post of the copy without positions.
func (g *exchangeProgramme) ending(flow []int64, p int32) int64 {
	if g.endArc == nil || g.endArc[p] < 0 {
		return 0
	}
	return flow[g.endArc[p]]
}

// cutOff adds the rows against a loose set of moves.
func (g *exchangeProgramme) cutOff(cycle []int32) {
	inside := map[int32]bool{} // S
	for _, m := range cycle {
		inside[g.x.moves[m].to] = true
	}
	arcs := g.moveArcs()
	free := func(m int32) int32 {
		for _, a := range arcs[m] {
			if g.steps[a].place == 0 {
				return a
			}
		}
		panic("allocation: every move is in the copy without positions")
	}
	var entering []int32
	for m := range g.x.moves {
		if move := &g.x.moves[m]; inside[move.from] && !inside[move.to] {
			entering = append(entering, free(int32(m)))
		}
	}
	for p := range int32(len(g.beginArc)) {
		if inside[p] && g.beginArc[p] >= 0 {
			entering = append(entering, g.beginArc[p])
		}
	}
	coefficients := slices.Repeat([]int64{-1}, len(entering))
	for _, m := range cycle {
		g.Rows = append(g.Rows, solver.Row{Name: fmt.Sprintf("met by a chain %d", m), Lower: solver.NoLower, Upper: 0,
			Arc: append([]int32{free(m)}, entering...), ArcCoef: append([]int64{1}, coefficients...)})
	}
}

// without undoes the loose moves of an exchange whose time ran out; if that breaks a row, nobody moves.
func (g *exchangeProgramme) without(f *found, loose [][]int32) (*found, error) {
	undone := map[int32]bool{}
	for _, m := range slices.Concat(loose...) {
		undone[m] = true
	}
	cut := &found{solution: f.solution, flow: slices.Clone(f.flow)}
	for a, s := range g.steps {
		switch {
		case s.move < 0 || f.flow[a] == 0:
		case s.place == 0 && undone[s.move]:
			cut.flow[a] = 0
			for _, b := range g.out[g.x.moves[s.move].person] {
				if g.Tail[b] == g.Head[a] { // the arc from the person's own node
					cut.flow[b] = 0
				}
			}
		default:
			cut.taken = append(cut.taken, s)
		}
	}
	if solver.CheckAnswer(g.Programme, cut.flow, g.columns(cut.flow)) == nil {
		return cut, nil
	}
	if g.Start != nil {
		return &found{solution: f.solution, flow: g.Start}, nil
	}
	return nil, &StoppedError{Stop: stopReasons[f.solution.Stop], Cause: errLongCycles}
}

var errLongCycles = errors.New("what was found has cycles that are too long")

// explain turns an error about the network into one about the county.
func (g *exchangeProgramme) explain(err error) error {
	var stopped *solver.StoppedError
	if errors.As(err, &stopped) {
		return &StoppedError{Stop: stopReasons[stopped.Stop], Cause: stopped.Cause}
	}
	var infeasible *solver.InfeasibleError
	if errors.As(err, &infeasible) {
		return g.noExchange()
	}
	return fmt.Errorf("allocation: %w", err)
}

// impossible reports what no move can mend: conditions of hard rules, each of which is a conflict by itself, and people who
// must move but can't.
func (g *exchangeProgramme) impossible() error {
	if len(g.broken) > 0 {
		e := &InfeasibleError{}
		for i := range g.broken {
			conflict := unkept(g.broken[i : i+1])
			conflict.Irreducible = len(g.x.n.pins)+len(g.x.n.bans) == 0
			e.Conflicts = append(e.Conflicts, conflict)
		}
		return e
	}
	for t := range g.x.n.people {
		if g.x.must(t) && len(g.out[t]) == 0 {
			return g.noExchange()
		}
	}
	return nil
}

// noExchange names what together leaves no exchange: the hard conditions that do not hold if everybody stays,
// pins and bans.
func (g *exchangeProgramme) noExchange() error {
	n := g.x.n
	var members []Member
	for i := range g.asked {
		rule := &g.asked[i]
		for k := range rule.groups {
			if rule.Force == model.ForceHard && rule.groups[k].shortfall(g.stay[i][k]) > 0 {
				members = append(members, n.condition(rule, &rule.groups[k]))
			}
		}
	}
	for _, pin := range n.options.Pins {
		members = append(members, Member{Rule: model.RulePin, Teacher: pin.Teacher, Post: n.posts[n.pins[n.byTeacher[pin.Teacher]]].id})
	}
	for _, ban := range n.options.Bans {
		members = append(members, Member{Rule: model.RuleBan, Teacher: ban.Teacher, Post: ban.Post})
	}
	return &InfeasibleError{Conflicts: []Conflict{unkept(members)}}
}

// unkept words members that no exchange keeps together.
func unkept(members []Member) Conflict {
	conflict := together(members)
	conflict.Reason = "no exchange in which nobody is worse off keeps " + list(members, 12)
	return conflict
}

// condition names one condition of a rule.
func (n *instance) condition(rule *askedRule, c *group) Member {
	m := Member{Rule: rule.ID, Teacher: c.teacher, Stage: c.stage, Asks: n.asks(rule.ID, c, 0)}
	if c.school >= 0 && c.teacher == "" {
		m.School = n.schools[c.school].ID
	}
	return m
}
