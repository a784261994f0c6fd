// Command subsidy-design chooses hardship subsidies for a synthetic county: with people who answer money as a model says, and with
// people who answer by chance.
package main

import (
	"context"
	"errors"
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
	last := designer.At(designer.Grid.Last)
	fmt.Printf("synthetic county, last year's amounts: %d of %d filled for %s yuan a month\n", last.Filled, last.Need, last.Cost)

	design, err := designer.MostFilled(ctx, last.Cost*11/10)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("a tenth more money: %d filled for %s, proven %v\n", design.Filled, design.Cost, design.Proven)

	_, err = designer.LeastCost(ctx, last.Need, 0)
	var unreachable *subsidy.UnreachableError
	if errors.As(err, &unreachable) {
		fmt.Printf("everything filled: not reachable, the nearest is %d; what binds: %s\n", unreachable.Nearest.Filled, unreachable.Binds[0].English())
	}

	chance, err := designer.MostFilledByChance(ctx, last.Cost*12/10, subsidy.ChanceOptions{Scenarios: 4, Replications: 3, Evaluate: 100, Nodes: 20, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("by chance, a fifth more: %.0f to %.0f filled in the mean, over the budget in %.0f%% of years\n",
		chance.Filled.Interval.Low, chance.Filled.Interval.High, 100*chance.OverBudget)
}
