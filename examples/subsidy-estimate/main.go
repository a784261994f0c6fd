// Command subsidy-estimate finds out from past choices what teachers weigh, and what each thing is worth in subsidy. The choices are made
// up from known coefficients, so the estimate can be held against them.
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
	county, err := synthetic.Generate(synthetic.Options{Teachers: 400, Landscape: synthetic.Mountain, Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	truth := subsidy.SyntheticModel()
	supply := subsidy.NewSupply(county, subsidy.OfferedVacant)
	history := subsidy.Simulate(truth, supply, subsidy.SimulateOptions{Years: 4, Seed: 1}) // a county reads its own: subsidy.ReadHistory
	fit, err := subsidy.Estimate(ctx, history.Data, subsidy.Options{})
	if err != nil {
		log.Fatal(err) // says which columns to drop, or that money is not identified
	}
	weighs, err := fit.Model(subsidy.Observe(history.Data), "made-up choices", history.Synthetic)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d synthetic choices of %d people, McFadden's R2 %.2f\n", fit.Choices, fit.People, fit.McFadden())
	for _, c := range fit.Coefficients[:4] {
		a, err := subsidy.ParseAttribute(c.Name)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %.2f, true %.2f, within the interval: %v\n", a.English(), weighs.Mean[a], truth.Mean[a], c.RobustInterval().Holds(truth.Mean[a]))
	}
	worth, err := fit.Willingness()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("a kilometre more takes %.0f to %.0f yuan a month\n", worth[0].Sandwich.Low, worth[0].Sandwich.High)
	fmt.Printf("the data cover %s to %s yuan: beyond them an answer is a guess\n", weighs.Observed.Least, weighs.Observed.Greatest)
}
