// Command matching-cycles trades posts by top trading cycles and by cycles and chains, and
// shows who trades with whom. Deferred acceptance leaves no justified envy on this market,
// but a swap that two teachers want. Trading makes the swap, and leaves a justified envy.
package main

import (
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	market := &matching.Market{
		Applicants: []matching.Applicant{
			{ID: "an", Present: "town", List: []string{"hill"}},
			{ID: "bo", Present: "hill", List: []string{"town"}},
			{ID: "chen", Present: "mill", List: []string{"lake"}},
			{ID: "du", List: []string{"town", "mill"}},
		},
		Schools: []matching.School{
			{ID: "town", Capacity: 1, Ranking: matching.InOrder("an", "du", "bo")},
			{ID: "hill", Capacity: 1, Ranking: matching.InOrder("bo", "an")},
			{ID: "mill", Capacity: 1, Ranking: matching.InOrder("chen", "du")},
			{ID: "lake", Capacity: 1, Ranking: matching.InOrder("du", "chen")}, // empty now; not on the list of du
		},
	}
	problem, err := matching.NewProblem(market, matching.Lottery{})
	if err != nil {
		log.Fatal(err)
	}
	show := func(name string, run func(*matching.Trace) matching.Matching) {
		trace := &matching.Trace{}
		result := run(trace)
		fmt.Printf("%s:", name)
		for _, pair := range problem.Pairs(result) {
			fmt.Printf(" %s %s", pair.Applicant, pair.School)
		}
		fmt.Println()
		for _, step := range trace.Steps {
			if step.Event == matching.Traded || step.Event == matching.Placed {
				fmt.Println("  ", problem.Sentence(step))
			}
		}
		fmt.Println("   efficient:", matching.ParetoImprovement(problem, result) == nil)
		for _, b := range matching.JustifiedEnvy(problem, result) {
			fmt.Printf("   envy: %s (place %d) would rather be at %s, where %s (place %d) is\n",
				problem.Applicant(b.Applicant), b.Rank, problem.School(b.School), problem.Applicant(b.Instead), b.InsteadRank)
		}
	}
	safe := matching.Protect(problem) // nobody can lose the present post
	show("deferred acceptance", func(t *matching.Trace) matching.Matching { return matching.DeferredAcceptance(safe, t) })
	show("top trading cycles", func(t *matching.Trace) matching.Matching { return matching.TopTradingCycles(safe, t) })
	show("cycles and chains", func(t *matching.Trace) matching.Matching {
		return matching.TopTradingCyclesAndChains(problem, matching.ChainRule{Longest: true}, t)
	})
}
