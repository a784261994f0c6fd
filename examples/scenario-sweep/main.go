// Command scenario-sweep plans a county under a few scenarios, side by side.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model/table"
)

func main() {
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.Open("scenarios.yaml")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	set, err := scenario.ReadFile(file, "scenarios.yaml")
	if err != nil {
		log.Fatal(err) // line, column and what was meant
	}
	all, err := set.Expand()
	if err != nil {
		log.Fatal(err)
	}
	var tasks []scenario.Task
	for _, s := range all {
		tasks = append(tasks, scenario.Task{County: county, Scenario: s})
	}
	local := scenario.Local{} // with a Folder, what was done before is not done again
	results, err := local.Run(context.Background(), tasks)
	if err != nil {
		log.Fatal(err)
	}
	gate, err := scenario.ParseGate("vacant <= 0")
	if err != nil {
		log.Fatal(err)
	}
	for _, r := range results {
		kept, vacant := gate.Holds(&r.Indicators)
		fmt.Printf("%s: %s vacant (gate kept: %v), %s yuan a month, proven %v\n", r.Scenario.Name, vacant, kept, r.Indicators.Cost, r.Indicators.Proven)
	}
	front, err := scenario.Front(results, []string{"vacant", "cost"})
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range front {
		fmt.Println("nothing betters:", results[i].Scenario.Name)
	}
}
