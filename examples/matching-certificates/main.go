// Command matching-certificates checks a matching that was made by hand, then makes every
// change that somebody wants and nobody suffers from, and checks again.
package main

import (
	"cmp"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	market := &matching.Market{
		Applicants: []matching.Applicant{
			{ID: "an", List: []string{"town", "hill"}},
			{ID: "bo", List: []string{"hill", "town"}},
			{ID: "chen", List: []string{"town", "lake"}},
			{ID: "du", List: []string{"lake"}},
		},
		Schools: []matching.School{
			{ID: "town", Capacity: 1, Ranking: matching.InOrder("chen", "an", "bo")},
			{ID: "hill", Capacity: 1, Ranking: matching.InOrder("bo", "an")},
			{ID: "lake", Capacity: 2, Ranking: matching.InOrder("chen", "du")},
		},
	}
	problem, err := matching.NewProblem(market, matching.Lottery{})
	if err != nil {
		log.Fatal(err)
	}
	result, err := problem.Match(map[string]string{"an": "hill", "bo": "town", "chen": "lake"})
	if err != nil {
		log.Fatal(err)
	}
	show(problem, result)
	for x := matching.ParetoImprovement(problem, result); x != nil; x = matching.ParetoImprovement(problem, result) {
		fmt.Print("Pareto improvement:")
		for i, t := range x.Applicants {
			fmt.Printf(" %s to %s", problem.Applicant(t), problem.School(x.To[i]))
			result[t] = x.To[i]
		}
		fmt.Println()
	}
	show(problem, result)
}

// show prints the certificates of a matching. Envy and waste are together the blocking pairs.
func show(problem *matching.Problem, result matching.Matching) {
	for _, pair := range problem.Pairs(result) {
		fmt.Printf("%s: %s; ", pair.Applicant, cmp.Or(pair.School, "no post"))
	}
	fmt.Printf("breaches %d, blocking pairs %d\n", len(matching.Breaches(problem, result)), len(matching.BlockingPairs(problem, result)))
	for _, b := range matching.JustifiedEnvy(problem, result) {
		fmt.Printf("  envy: %s (place %d) would rather be at %s, where %s (place %d) is\n",
			problem.Applicant(b.Applicant), b.Rank, problem.School(b.School), problem.Applicant(b.Instead), b.InsteadRank)
	}
	for _, b := range matching.Waste(problem, result) {
		fmt.Printf("  waste: %s would rather be at %s, where a place is free\n", problem.Applicant(b.Applicant), problem.School(b.School))
	}
	ranks := matching.RankDistribution(problem, result)
	for k, people := range ranks.Choice {
		fmt.Printf("  choice %d: %d people\n", k+1, people)
	}
	fmt.Printf("  no post: %d; mean choice %.2f\n", ranks.Unplaced, ranks.Mean)
}
