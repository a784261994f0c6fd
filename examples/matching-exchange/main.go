// Command matching-exchange lets teachers exchange posts in three ways: by top
// trading cycles, where nobody loses; by cycles and chains, where empty posts fill as
// well; and by teacher-optimal exchange, where no school loses either.
package main

import (
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	market := &matching.Market{
		Applicants: []matching.Applicant{
			{ID: "an", Present: "hill", List: []string{"town"}},
			{ID: "bo", Present: "town", List: []string{"hill"}},
			{ID: "chen", Present: "hill", List: []string{"lake", "town"}},
			{ID: "du", Present: "lake", List: []string{"hill"}},
		},
		Schools: []matching.School{
			{ID: "town", Capacity: 1, Ranking: matching.InOrder("chen", "an", "bo")},
			{ID: "hill", Capacity: 2, Ranking: matching.InOrder("bo", "an", "chen", "du")},
			{ID: "lake", Capacity: 2, Ranking: matching.InOrder("chen", "du")},
		},
	}
	problem, err := matching.NewProblem(market, matching.Lottery{Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	show := func(name string, result matching.Matching) {
		fmt.Printf("%-18s", name)
		for _, pair := range problem.Pairs(result) {
			fmt.Printf(" %s %s", pair.Applicant, pair.School)
		}
		fmt.Print("; schools that lose:")
		for _, s := range matching.SchoolsWorseOff(problem, result) {
			fmt.Print(" ", problem.School(s))
		}
		fmt.Println()
	}
	show("now", problem.Present())
	show("trading cycles", matching.TopTradingCycles(matching.Protect(problem), nil))
	show("cycles and chains", matching.TopTradingCyclesAndChains(problem, matching.ChainRule{}, nil))
	trace := &matching.Trace{}
	show("teacher-optimal", matching.TeacherOptimalExchange(problem, trace))
	for _, step := range trace.Steps {
		fmt.Println(problem.Sentence(step))
	}
}
