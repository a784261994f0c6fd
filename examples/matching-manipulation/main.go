// Command matching-manipulation lets each teacher try every list that could be handed in.
// Under the Boston mechanism one of them gains by a false list; under deferred acceptance
// nobody does.
package main

import (
	"fmt"
	"log"
	"slices"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	truth := []matching.Applicant{
		{ID: "an", List: []string{"town", "hill", "lake"}},
		{ID: "bo", List: []string{"town", "hill", "lake"}},
		{ID: "chen", List: []string{"hill", "town", "lake"}},
	}
	compare("boston", truth, matching.Boston)
	compare("deferred acceptance", truth, matching.DeferredAcceptance)
}

type mechanism func(*matching.Problem, *matching.Trace) matching.Matching

// compare prints what each teacher gets with the true list, and the lists that get more.
func compare(name string, truth []matching.Applicant, run mechanism) {
	fmt.Println(name)
	for i, teacher := range truth {
		wishes := append(slices.Clone(teacher.List), "") // no post comes last
		honest := outcome(truth, i, run)
		fmt.Printf("  %s tells the truth %v and gets %s\n", teacher.ID, teacher.List, honest)
		all, gains := lists(teacher.List), 0
		for _, list := range all {
			reported := slices.Clone(truth)
			reported[i].List = list
			if got := outcome(reported, i, run); slices.Index(wishes, got) < slices.Index(wishes, honest) {
				gains++
				fmt.Printf("    %v gets %s\n", list, got)
			}
		}
		fmt.Printf("    %d of %d lists get more\n", gains, len(all))
	}
}

// outcome is the school that teacher i gets when these lists are handed in, or "".
func outcome(reported []matching.Applicant, i int, run mechanism) string {
	problem, err := matching.NewProblem(&matching.Market{Applicants: reported, Schools: []matching.School{
		{ID: "town", Capacity: 1, Ranking: matching.InOrder("an", "bo", "chen")},
		{ID: "hill", Capacity: 1, Ranking: matching.InOrder("bo", "an", "chen")},
		{ID: "lake", Capacity: 1, Ranking: matching.InOrder("an", "bo", "chen")},
	}}, matching.Lottery{})
	if err != nil {
		log.Fatal(err)
	}
	return problem.Pairs(run(problem, nil))[i].School
}

// lists is every list of some, all or none of the schools, in every order.
func lists(schools []string) [][]string {
	all := [][]string{nil}
	for i, first := range schools {
		for _, rest := range lists(slices.Concat(schools[:i], schools[i+1:])) {
			all = append(all, append([]string{first}, rest...))
		}
	}
	return all
}
