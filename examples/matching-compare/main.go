// Command matching-compare runs every mechanism on one small market and counts what
// each of them gives up.
package main

import (
	"cmp"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	everybody := matching.InOrder("an", "bo", "chen", "du", "er", "fang")
	market := &matching.Market{
		Applicants: []matching.Applicant{
			{ID: "an", Present: "hill", List: []string{"town"}},
			{ID: "bo", Present: "town", List: []string{"lake", "hill"}},
			{ID: "chen", Present: "lake", List: []string{"town", "hill"}},
			{ID: "du", List: []string{"town", "lake", "hill", "mill"}},
			{ID: "er", List: []string{"town", "hill", "lake", "mill"}},
			{ID: "fang", List: []string{"lake", "town", "hill", "mill"}},
		},
		Schools: []matching.School{
			{ID: "town", Capacity: 1, Ranking: matching.InOrder("er", "an", "chen", "du", "bo", "fang")},
			{ID: "lake", Capacity: 1, Ranking: matching.InOrder("an", "fang", "bo", "er", "du", "chen")},
			{ID: "hill", Capacity: 2, Ranking: matching.InOrder("bo", "chen", "du", "fang", "er", "an")},
			{ID: "mill", Capacity: 2, Ranking: everybody},
		},
	}
	problem, err := matching.NewProblem(market, matching.Lottery{Seed: 7})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("mechanism       an   bo   chen du   er   fang  blocking improvable worse-off schools-lose")
	for _, mechanism := range matching.Mechanisms() {
		result, err := mechanism.Run(problem, matching.Options{}, nil)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%-14s", mechanism.Name)
		for _, pair := range problem.Pairs(result) {
			fmt.Printf(" %-4s", cmp.Or(pair.School, "-"))
		}
		fmt.Printf("%9d %10v %9d %12d\n", len(matching.BlockingPairs(problem, result)), matching.ParetoImprovement(problem, result) != nil,
			len(matching.WorseOff(problem, result)), len(matching.SchoolsWorseOff(problem, result)))
	}
}
