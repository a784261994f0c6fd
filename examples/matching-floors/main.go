// Command matching-floors places ten recruits of whom most want the town, where the
// schools in the hills must get four: by closing places elsewhere beforehand, and by
// deferred acceptance with a floor on the region, which closes no more than it must.
package main

import (
	"errors"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	var recruits []string
	market := &matching.Market{}
	for i := range 10 {
		id := fmt.Sprintf("R%d", i)
		recruits = append(recruits, id)
		list := []string{"town", "mill", "hill", "lake"}
		if i%3 == 1 {
			list = []string{"lake", "hill", "town", "mill"}
		}
		market.Applicants = append(market.Applicants, matching.Applicant{ID: id, List: list})
	}
	for _, id := range []string{"town", "mill", "hill", "lake"} {
		market.Schools = append(market.Schools, matching.School{ID: id, Capacity: 6, Ranking: matching.InOrder(recruits...)})
	}
	market.Schools[0].Target = 6 // the town's places go before turns among schools
	market.Regions = []matching.Region{{ID: "hills", Schools: []string{"hill", "lake"}, Floor: 4}}

	show := func(name string, run func(*matching.Problem) (matching.Matching, error)) {
		problem, err := matching.NewProblem(market, matching.Lottery{})
		if err != nil {
			log.Fatal(err)
		}
		result, err := run(problem)
		var infeasible *matching.InfeasibleError
		if errors.As(err, &infeasible) {
			fmt.Printf("%-23s %v\n", name, err)
			return
		}
		count := map[string]int{}
		for _, pair := range problem.Pairs(result) {
			count[pair.School]++
		}
		fmt.Printf("%-23s town %d, mill %d, hill %d, lake %d; bounds missed %d, envy %d, mean choice %.1f\n", name, count["town"], count["mill"], count["hill"], count["lake"],
			len(matching.Breaches(problem, result)), len(matching.JustifiedEnvy(problem, result)), matching.RankDistribution(problem, result).Mean)
	}
	plain := func(p *matching.Problem) (matching.Matching, error) {
		return matching.DeferredAcceptance(p, nil), nil
	}
	flexible := func(p *matching.Problem) (matching.Matching, error) {
		return matching.FlexibleDeferredAcceptance(p, nil)
	}
	show("no floor", plain)
	show("floor of 4 in the hills", flexible)
	market.Schools[0].Capacity, market.Schools[0].Target, market.Schools[1].Capacity = 3, 0, 3
	show("town and mill cut to 3", plain)
	market.Regions[0].Floor = 11
	show("floor of 11", flexible)
}
