// Command embed is the shortest useful program with Xianguan: read a county,
// plan it, check the plan, say who moves.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model/table"
)

func main() {
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		log.Fatal(err) // names every bad cell: file, row, column, value, what would be right
	}
	plan, err := allocation.Solve(context.Background(), county, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(plan.Stop, "plan; every rule holds:", check.Plan(county, plan).OK())
	for _, a := range plan.Assignments {
		if a.Moved() {
			fmt.Println(a.Teacher, "=>", a.To, a.Ground, a.Cost.Total(), "yuan a month")
		}
	}
}
