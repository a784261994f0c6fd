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
	county, err := synthetic.Generate(synthetic.Options{Teachers: 300, Landscape: synthetic.Mountain, Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	weighs := subsidy.SyntheticModel() // made up; Fit.Model gives one that is estimated
	designer, err := subsidy.NewDesigner(county, weighs, subsidy.DesignOptions{Step: 10_000})
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	design, err := designer.LeastCost(ctx, 270, 0)
	if err != nil {
		log.Fatal(err)
	}
	answers, err := designer.Answers(ctx, subsidy.Question{Amounts: design.Amounts, Plausible: weighs.Plausible(40, 1)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("synthetic county: %d of %d places filled\n", design.Filled, design.Need)
	for _, group := range answers.Arrivals.Groups { // no group has fewer than five people
		fmt.Printf("%d come to tiers %v: %v\n", group.People, group.Tiers, group.From)
	}
}
