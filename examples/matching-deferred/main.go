// Command matching-deferred runs deferred acceptance twice on one market, with teachers
// proposing and with schools proposing. Both results are stable; every teacher likes the
// first at least as well, every school the second. It shows one teacher the steps of both.
package main

import (
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
			{ID: "du", List: []string{"lake", "hill"}},
		},
		Schools: []matching.School{
			{ID: "town", Capacity: 1, Ranking: matching.InOrder("bo", "an", "chen")},
			{ID: "hill", Capacity: 1, Ranking: matching.InOrder("an", "bo", "du")},
			{ID: "lake", Capacity: 1, Ranking: matching.InOrder("chen", "du")},
		},
	}
	problem, err := matching.NewProblem(market, matching.Lottery{})
	if err != nil {
		log.Fatal(err)
	}
	show := func(name string, run func(*matching.Problem, *matching.Trace) matching.Matching) {
		trace := &matching.Trace{}
		result := run(problem, trace)
		fmt.Printf("%s propose; blocking pairs %d\n", name, len(matching.BlockingPairs(problem, result)))
		for _, pair := range problem.Pairs(result) {
			if pair.School == "" {
				fmt.Printf("  %-4s => no post\n", pair.Applicant)
				continue
			}
			fmt.Printf("  %-4s => %s, choice %d of the teacher, place %d at the school\n", pair.Applicant, pair.School, pair.Choice, pair.Rank)
		}
		fmt.Println("  what an is told:")
		for _, step := range trace.About(problem.FindApplicant("an")) {
			fmt.Println("   ", problem.Sentence(step))
		}
	}
	show("teachers", matching.DeferredAcceptance)
	show("schools", matching.SchoolDeferredAcceptance)
	stable, err := matching.StableMatchings(problem, 1000)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("stable matchings in all:", len(stable))
}
