package allocation_test

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func ExampleSolve() {
	county, err := table.Read("../testdata/tiny")
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := allocation.Solve(context.Background(), county, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range plan.Assignments {
		if a.Moved() {
			fmt.Println(a.Teacher, a.From, "=>", a.To, a.Ground)
		}
	}
	// Output:
	// T2 S1/primary/chinese => S4/primary/chinese rotation
	// T5 - => S3/primary/mathematics recruit
	// T6 - => S2/primary/chinese unplaced
}

func ExampleDemand() {
	county, err := table.Read("../testdata/tiny")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range allocation.Demand(county).Differences() {
		fmt.Printf("%v: approved %d, derived %d\n", d.PostID, d.Need, d.Derived)
	}
	// Output:
	// S1/primary/chinese: approved 1, derived 3
	// S1/primary/mathematics: approved 1, derived 2
	// S2/primary/chinese: approved 1, derived 2
	// S2/primary/mathematics: approved 0, derived 1
	// S3/primary/chinese: approved 0, derived 2
	// S4/primary/chinese: approved 1, derived 2
	// S4/primary/mathematics: approved 0, derived 1
	// S4/primary/music: approved 1, derived 0
}

// A pin that a rule forbids leaves no plan; the error says which rule.
func ExampleInfeasibleError() {
	county, err := table.Read("../testdata/tiny")
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = allocation.Solve(context.Background(), county, &model.Options{Pins: []model.Pin{{
		Teacher: "T4", Post: model.PostID{School: "S3", Stage: model.StagePrimary, Subject: "mathematics"}}}})
	fmt.Println(err)
	// Output:
	// allocation: no plan obeys every rule: T4 is pinned to S3/primary/mathematics, which rule "exemption" forbids (The exempt and those near retirement are not moved against their will.)
}
