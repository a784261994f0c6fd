package matching_test

import (
	"errors"
	"fmt"

	"github.com/xianguan/xianguan/allocation/matching"
)

// Three teachers, two schools with one place each. At North an and bo have the same
// points, so the lottery decides; who asks why is shown the steps.
func ExampleDeferredAcceptance() {
	market := &matching.Market{
		Applicants: []matching.Applicant{
			{ID: "an", List: []string{"North", "South"}},
			{ID: "bo", List: []string{"North", "South"}},
			{ID: "chen", List: []string{"South", "North"}},
		},
		Schools: []matching.School{
			{ID: "North", Capacity: 1, Ranking: []matching.Candidate{
				{Applicant: "an", Points: 80}, {Applicant: "bo", Points: 80}, {Applicant: "chen", Points: 60}}},
			{ID: "South", Capacity: 1, Ranking: matching.InOrder("chen", "an", "bo")},
		},
	}
	problem, err := matching.NewProblem(market, matching.Lottery{Seed: 2026})
	if err != nil {
		fmt.Println(err)
		return
	}
	trace := &matching.Trace{}
	result := matching.DeferredAcceptance(problem, trace)
	for _, pair := range problem.Pairs(result) {
		fmt.Printf("%s: %s (choice %d, place %d)\n", pair.Applicant, pair.School, pair.Choice, pair.Rank)
	}
	for _, step := range trace.About(problem.FindApplicant("bo")) {
		fmt.Println(problem.Sentence(step))
	}
	fmt.Println("pairs that would rather have each other:", len(matching.BlockingPairs(problem, result)))
	// Output:
	// an: North (choice 1, place 1)
	// bo:  (choice 0, place 0)
	// chen: South (choice 1, place 1)
	// round 1: bo is refused by North, choice 1, place 2 in its ranking, in favour of an (place 1)
	// round 2: bo is refused by South, choice 2, place 3 in its ranking, in favour of chen (place 1)
	// round 3: bo has come to the end of the list and has no post
	// pairs that would rather have each other: 0
}

// A fault of the data is named with its place and what would be right.
func ExampleNewProblem() {
	_, err := matching.NewProblem(&matching.Market{
		Applicants: []matching.Applicant{{ID: "an", List: []string{"Nroth"}}},
		Schools:    []matching.School{{ID: "North", Capacity: 1, Ranking: matching.InOrder("an")}},
	}, matching.Lottery{})
	var fault *matching.Error
	fmt.Println(errors.As(err, &fault), fault)
	// Output: true matching: applicant 0 "an": list[0] is "Nroth": want the id of a school; did you mean "North"?
}

// A result from elsewhere is checked without running anything.
func ExampleProblem_Match() {
	problem, err := matching.NewProblem(&matching.Market{
		Applicants: []matching.Applicant{{ID: "an", List: []string{"North", "South"}}, {ID: "bo", List: []string{"South", "North"}}},
		Schools: []matching.School{
			{ID: "North", Capacity: 1, Ranking: matching.InOrder("an", "bo")},
			{ID: "South", Capacity: 1, Ranking: matching.InOrder("bo", "an")},
		},
	}, matching.Lottery{})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := problem.Match(map[string]string{"an": "South", "bo": "North"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range matching.JustifiedEnvy(problem, result) {
		fmt.Printf("%s would rather be at %s, ahead of %s\n", problem.Applicant(b.Applicant), problem.School(b.School), problem.Applicant(b.Instead))
	}
	trade := matching.ParetoImprovement(problem, result)
	for i, t := range trade.Applicants {
		fmt.Println("trade:", problem.Applicant(t), "to", problem.School(trade.To[i]))
	}
	// Output:
	// an would rather be at North, ahead of bo
	// bo would rather be at South, ahead of an
	// trade: bo to South
	// trade: an to North
}

// The lottery number of a person can be recomputed from the published seed.
func ExampleLottery_Number() {
	fmt.Printf("%016x\n", matching.Lottery{Seed: 2026}.Number("", "T1"))
	// Output: a38ab20f11b50bb2
}
