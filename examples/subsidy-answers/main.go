// Command subsidy-answers asks about the subsidies of a synthetic county what an official would ask.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model/synthetic"
)

func main() {
	county, err := synthetic.Generate(synthetic.Options{Teachers: 600, Landscape: synthetic.Mountain, Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	weighs := subsidy.SyntheticModel() // made up; Fit.Model gives one that is estimated
	designer, err := subsidy.NewDesigner(county, weighs, subsidy.DesignOptions{Step: 10_000})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	design, err := designer.LeastCost(ctx, 538, 0)
	if err != nil {
		log.Fatal(err)
	}
	answers, err := designer.Answers(ctx, subsidy.Question{Amounts: design.Amounts, Plausible: weighs.Plausible(40, 1)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("synthetic county: %d of %d places filled\n", design.Filled, design.Need)
	fmt.Printf("a place more: %s to %s yuan a month\n", answers.Extra.PerPlace[0], answers.Extra.PerPlace[1])
	fmt.Printf("%v off every amount saves %s yuan a month and fills %d places fewer\n", answers.Cut.Off, answers.Cut.Saved, answers.Cut.Lost)
	for _, school := range answers.Schools[:4] { // of those with an empty place
		if school.Obstacle != "" {
			fmt.Printf("%s, tier %d: no money helps (%s)\n", school.School, school.Tier, school.Obstacle)
			continue
		}
		fmt.Printf("%s, tier %d: a place more for %s yuan a month on top, %s to %s\n", school.School, school.Tier, school.Supplement, school.Range[0], school.Range[1])
	}
	if answers.Uses == nil {
		log.Fatal("the schedule fills no place more than last year's")
	}
	for _, use := range answers.Uses.Other {
		fmt.Printf("%s is better value below %s yuan a month for each of %d\n", use.Kind, use.Worth[0], use.Units)
	}
	for _, group := range answers.Arrivals.Groups { // of fewer than five people nothing is told
		if group.People > 0 {
			fmt.Printf("%d come to tier %d: %v\n", group.People, group.Tier, group.From)
		}
	}
}
