// Command subsidy-frontier traces what each further filled post of a synthetic county costs in hardship subsidies.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/subsidy"
	"github.com/xianguan/xianguan/model/synthetic"
)

func main() {
	ctx := context.Background()
	county, err := synthetic.Generate(synthetic.Options{Teachers: 300, Landscape: synthetic.Mountain, Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	weighs := subsidy.SyntheticModel() // made up; Fit.Model gives one that is estimated
	weighs.Mean[subsidy.AttributeSubsidy] *= 2
	designer, err := subsidy.NewDesigner(county, weighs, subsidy.DesignOptions{Step: 10_000})
	if err != nil {
		log.Fatal(err)
	}
	front, err := designer.Frontier(ctx, subsidy.FrontierOptions{Points: 6})
	if err != nil {
		log.Fatal(err)
	}
	var amounts []subsidy.Amounts
	for _, p := range front.Points {
		amounts = append(amounts, p.Amounts)
	}
	plausible := weighs.Plausible(40, 1)
	ranges, err := designer.Ranges(ctx, amounts, plausible)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("synthetic county; ranges over", plausible.Basis)
	for i, p := range front.Points {
		fmt.Printf("%d filled (%d to %d) for %s yuan a month, proven %v; one more costs %s to %s\n",
			p.Filled, ranges[i].Filled[0], ranges[i].Filled[1], p.Cost, p.Proven, p.Yuan.Low, p.Yuan.High)
	}
}
