// Command matching-couples places a married couple who want two posts near each other
// or none, where that works and where nothing is stable.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/matching"
)

func main() {
	for _, lake := range [][]string{{"bob", "sun"}, {"sun", "bob"}} {
		problem, err := matching.NewProblem(&matching.Market{
			Applicants: []matching.Applicant{{ID: "ann"}, {ID: "bob"}, {ID: "sun", List: []string{"hill", "lake"}}},
			Schools: []matching.School{
				{ID: "hill", Capacity: 1, Ranking: matching.InOrder("ann", "sun")},
				{ID: "lake", Capacity: 1, Ranking: matching.InOrder(lake...)},
			},
			Couples: []matching.Couple{{First: "ann", Second: "bob", List: [][2]string{{"hill", "lake"}}}},
		}, matching.Lottery{})
		if err != nil {
			log.Fatal(err)
		}
		result, err := matching.WithCouples(problem, nil)
		var none *matching.NoStableError
		if errors.As(err, &none) {
			fmt.Println("proven:", none.Proven, "-", err)
			for _, b := range none.Blocks {
				for i, t := range b.Applicants {
					fmt.Println("  in the closest matching,", problem.Applicant(t), "would rather be at", problem.School(b.To[i]))
				}
			}
			continue
		}
		for _, pair := range problem.Pairs(result) {
			fmt.Println(pair.Applicant, "=>", cmp.Or(pair.School, "no post"))
		}
	}
}
