// Command subsidy-price finds the amounts at which a synthetic county's labour market clears, and what a schedule tied to tiers loses.
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
	prices, err := designer.Prices(context.Background(), subsidy.PriceOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("synthetic county: %d of %d places filled, %d now\n", prices.Filled, prices.Need, prices.Before)
	for _, t := range prices.Tiers {
		fmt.Printf("tier %d pays %s; the median place clears at %s to %s\n", t.Tier, t.Now, t.Lowest[1], t.Highest[1])
	}
	tied := prices.Tied
	fmt.Printf("tied to tiers: %d filled for %s yuan a month, %d people would rather be elsewhere\n", tied.Filled, tied.Cost, tied.Envious)
}
