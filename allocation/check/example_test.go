package check_test

import (
	"context"
	"fmt"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// A plan is verified, then somebody writes a kinder figure into it.
func ExamplePlan() {
	county := check.GoodCounty()
	plan, err := allocation.Solve(context.Background(), county, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("every rule holds:", check.Plan(county, plan).OK())

	plan.Ledger.Unplaced = 7
	report := check.Plan(county, plan)
	for _, status := range report.Rules {
		if len(status.Violations) > 0 {
			fmt.Println("broken:", status.Rule)
		}
	}
	// Output:
	// every rule holds: true
	// broken: record
}

// Evaluate weighs a bare mapping: whom to put where.
func ExampleEvaluate() {
	county := check.GoodCounty()
	post := model.PostID{School: "A", Stage: model.StagePrimary, Subject: "music"}
	levels, violations := check.Evaluate(county, model.Options{}, map[model.TeacherID]model.PostID{"T04": post})
	fmt.Println(len(levels), "levels, of which unplaced is", levels[1])
	fmt.Println(violations[0])
	// Output:
	// 4 levels, of which unplaced is 14
	// rule hold, teacher T01: want a post, as the teacher holds A/primary/mathematics, got none
}
