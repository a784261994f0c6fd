// Command matching-classcaps caps the senior teachers of a school (职称结构比例): deferred acceptance
// refuses the one too many, takes a junior of worse rank, and says why. A mechanism that
// can't hold caps gives an error.
package main

import (
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	both := []string{"town", "hill"}
	market := &matching.Market{
		Applicants: []matching.Applicant{
			{ID: "an", Class: "senior", List: both},
			{ID: "bo", Class: "senior", List: both},
			{ID: "chen", Class: "junior", List: both},
			{ID: "du", Class: "junior", List: both},
		},
		Schools: []matching.School{
			{ID: "town", Capacity: 2, Ranking: matching.InOrder("an", "bo", "chen", "du")},
			{ID: "hill", Capacity: 2, Ranking: matching.InOrder("an", "bo", "chen", "du")},
		},
	}
	free, _ := place("no cap", market)
	market.Schools[0].ClassCaps = map[string]int{"senior": 1}
	capped, result := place("one senior at town", market)

	fmt.Println("envy within the caps:", len(matching.JustifiedEnvy(capped, result)))
	for _, b := range matching.JustifiedEnvy(free, result) {
		fmt.Printf("envy without them: %s (place %d) would rather be at %s, where %s (place %d) is\n",
			free.Applicant(b.Applicant), b.Rank, free.School(b.School), free.Applicant(b.Instead), b.InsteadRank)
	}
	boston, err := matching.ByName("boston")
	if err != nil {
		log.Fatal(err)
	}
	_, err = boston.Run(capped, matching.Options{}, nil)
	fmt.Println(err)
}

// place runs deferred acceptance and prints the result and what bo is told.
func place(name string, market *matching.Market) (*matching.Problem, matching.Matching) {
	problem, err := matching.NewProblem(market, matching.Lottery{})
	if err != nil {
		log.Fatal(err)
	}
	trace := &matching.Trace{}
	result := matching.DeferredAcceptance(problem, trace)
	fmt.Printf("%s:", name)
	for _, pair := range problem.Pairs(result) {
		fmt.Printf(" %s %s", pair.Applicant, pair.School)
	}
	fmt.Println()
	for _, step := range trace.About(problem.FindApplicant("bo")) {
		fmt.Println("  ", problem.Sentence(step))
	}
	return problem, result
}
