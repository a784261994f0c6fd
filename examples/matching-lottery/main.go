// Command matching-lottery hires five teachers who tie on points, and shows one of
// them how the lottery and the proposals went.
package main

import (
	"cmp"
	"fmt"
	"log"
	"strings"

	"github.com/xianguan/xianguan/allocation/matching"
)

const market = `{
	"applicants": [
		{"id": "an", "list": ["town", "hill"]},
		{"id": "bo", "list": ["town", "hill"]},
		{"id": "chen", "list": ["town", "hill"]},
		{"id": "du", "list": ["hill", "town"]},
		{"id": "er", "list": ["town"]}
	],
	"schools": [
		{"id": "town", "capacity": 2, "ranking": [
			{"applicant": "an", "points": 70}, {"applicant": "bo", "points": 70}, {"applicant": "chen", "points": 70},
			{"applicant": "du", "points": 90}, {"applicant": "er", "points": 70}]},
		{"id": "hill", "capacity": 2, "ranking": [
			{"applicant": "an", "points": 50}, {"applicant": "bo", "points": 60}, {"applicant": "chen", "points": 50}, {"applicant": "du", "points": 50}]}
	]
}`

func main() {
	m, err := matching.Read(strings.NewReader(market))
	if err != nil {
		log.Fatal(err)
	}
	lottery := matching.Lottery{Seed: 20260815} // published before anybody applies
	problem, err := matching.NewProblem(m, lottery)
	if err != nil {
		log.Fatal(err)
	}
	town := problem.FindSchool("town")
	for place, t := range problem.Ranking(town) {
		id := problem.Applicant(t)
		fmt.Printf("town %d. %-4s %d points, lottery %016x\n", place+1, id, problem.Points(town, int32(place+1)), lottery.Number("town", id))
	}
	trace := &matching.Trace{}
	result := matching.DeferredAcceptance(problem, trace)
	for _, pair := range problem.Pairs(result) {
		fmt.Println(pair.Applicant, "=>", cmp.Or(pair.School, "no post"))
	}
	for _, step := range trace.About(problem.FindApplicant("chen")) {
		fmt.Println(problem.Sentence(step))
	}
}
