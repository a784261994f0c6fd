// Command evaluate measures a plan made by hand, which sends an exempt teacher to a village: where it breaks a
// rule, how far it is from the optimum, and the fewest changes that mend it.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model/table"
)

func main() {
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		log.Fatal(err)
	}
	assignments, err := table.ReadAssignments("assignments.csv", county)
	if err != nil {
		log.Fatal(err) // names every bad cell
	}
	evaluation, err := allocation.Evaluate(context.Background(), county, assignments, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, rule := range evaluation.Rules {
		for _, violation := range rule.Violations {
			fmt.Println(violation)
		}
	}
	for _, level := range evaluation.Levels {
		least, _, _ := level.Distance()
		fmt.Println(level.Name, level.Value, "distance", least)
	}
	for _, m := range evaluation.Nearest.Changed {
		fmt.Println("to be lawful:", m.Teacher, m.Published, "=>", m.To)
	}
}
