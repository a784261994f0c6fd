package native_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/allocation/solver"
	"github.com/xianguan/xianguan/allocation/solver/native"
)

// Two teachers (nodes 0 and 1) and two posts (2 and 3). First as few as possible stay without a post, then the
// least is travelled.
func ExampleSolver() {
	p := &solver.Programme{
		Supply: []int64{1, 1, 0, 0, -2},
		Tail:   []int32{0, 0, 1, 0, 1, 2, 3},
		Head:   []int32{2, 3, 2, 4, 4, 4, 4},
		Upper:  []int64{1, 1, 1, 1, 1, 1, 1},
		Levels: []solver.Level{
			{Name: "unplaced", Cost: []int64{0, 0, 0, 1, 1, 0, 0}},
			{Name: "km", Cost: []int64{2, 9, 3, 0, 0, 0, 0}},
		},
	}
	s, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, level := range s.Levels {
		fmt.Println(level.Name, level.Objective, "proven:", level.Proven)
	}
	fmt.Println("flow", s.Flow, "stop:", s.Stop, "verified:", solver.Verify(p, s) == nil)
	// Output:
	// unplaced 0 proven: true
	// km 12 proven: true
	// flow [0 1 1 0 0 1 1] stop: optimal verified: true
}

// Three teachers for two posts of one place each. The nodes of the error say who is in each other's way: teachers 0
// and 1, both of whom can only fill post 3.
func ExampleSolver_infeasible() {
	p := &solver.Programme{
		Supply: []int64{1, 1, 1, 0, 0, -3},
		Tail:   []int32{0, 1, 2, 2, 3, 4},
		Head:   []int32{3, 3, 3, 4, 5, 5},
		Upper:  []int64{1, 1, 1, 1, 1, 1},
		Levels: []solver.Level{{Name: "none"}},
	}
	_, err := native.Solver{}.Solve(context.Background(), p, solver.Options{})
	var infeasible *solver.InfeasibleError
	if errors.As(err, &infeasible) {
		fmt.Println(err)
		fmt.Println("nodes", infeasible.Nodes, "verified:", infeasible.Verify(p) == nil)
	}
	// Output:
	// solver: no feasible flow: 3 nodes supply 2 but the arcs out of them carry at most 1, 1 too few
	// nodes [0 1 3] verified: true
}
