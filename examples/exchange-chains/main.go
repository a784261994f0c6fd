// Command exchange-chains finds swaps and chains on a county of five schools, without limits
// and with chains of at most two people, and shows each as a chain of people.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model/table"
)

func main() {
	county, err := table.Read("county")
	if err != nil {
		log.Fatal(err)
	}
	for _, longest := range []int{0, 2} { // 0: no limit
		exchange, err := allocation.Exchange(context.Background(), county, &allocation.ExchangeOptions{LongestChain: longest})
		if err != nil {
			log.Fatal(err)
		}
		share := exchange.Shares[0]
		fmt.Printf("longest chain %d: %d of %d exchanged, %s yuan a month\n", longest, share.Got, share.Asked, exchange.Cost.Total())
		for _, chain := range exchange.Chains {
			show(chain)
		}
	}
}

// show writes each person with the school that they leave, before the person whose place they take.
func show(chain allocation.ExchangeChain) {
	last := len(chain.Moves) - 1
	fmt.Print(" ")
	for i := range chain.Moves {
		m := chain.Moves[last-i] // moves are listed from the place that is filled first
		fmt.Printf(" %s (%s, %s) →", m.Teacher, m.From.School, m.Ground)
	}
	if chain.Cycle {
		fmt.Println(" back to", chain.Moves[last].Teacher)
	} else {
		fmt.Println(" a vacancy at", chain.Moves[0].To.School)
	}
}
