// Command rounds-hiring runs the three hiring rounds (县管校聘竞聘) on a county: in school, across schools, and the
// adjustment by the county. It prints the ledger after each round and why people are where they are.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

func main() {
	county := village()
	result, err := allocation.Rounds(context.Background(), county, allocation.RoundsOptions{
		Seed:   2026,                      // published before the rounds
		Refuse: []model.TeacherID{"ding"}, // will not be placed by the county
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, step := range result.Steps {
		l := step.Ledger
		fmt.Printf("%-10s  %d people = %d posted + %d surplus, %d posts = %d filled + %d open\n", step.Round, l.People, l.Posted, l.Surplus, l.Posts, l.Filled, l.Open)
	}
	for _, d := range result.Decisions {
		fmt.Printf("%-10s  %-4s  %2d points  %-9s  %s -> %s\n", d.Round, d.Teacher, d.Points, d.Reason, d.From, d.To)
	}
}

// village has a town school with two posts of Chinese for three people, and a village school with one.
func village() *model.County {
	pack, err := policy.Load("national")
	if err != nil {
		log.Fatal(err)
	}
	chinese := func(school model.SchoolID, need int) model.ApprovedPost {
		return model.ApprovedPost{PostID: model.PostID{School: school, Stage: model.StagePrimary, Subject: "chinese"}, Need: need}
	}
	teacher := func(id model.TeacherID, school model.SchoolID, years int, e model.Evaluation) model.Teacher {
		t := model.Teacher{ID: id, School: school, Stages: []model.Stage{model.StagePrimary}, Main: "chinese", Degree: model.DegreeBachelor,
			Title: model.TitleSecond, Born: 19850301, YearsHere: years, Evaluation: e}
		if school == "" {
			t.Pool = model.PoolUnplaced
		}
		return t
	}
	grades := []model.Grade{{Grade: 1, Pupils: 30}}
	return &model.County{
		Format: model.Format, ID: "example", Name: "示例县", Date: model.NewDate(2026, 9, 1), Policy: "national", Rules: pack.Rules(),
		Origin:     model.Origin{Synthetic: true, Assumed: []string{"All people are made up."}},
		Subjects:   []model.Subject{{ID: "chinese", Name: "语文"}},
		Curriculum: []model.CurriculumLine{{Subject: "chinese", Grade: 1, Periods: 80}},
		Schools:    []model.School{{ID: "town", Name: "镇小", Town: true, Grades: grades}, {ID: "hill", Name: "山小", Rural: true, Grades: grades}},
		Posts:      []model.ApprovedPost{chinese("town", 2), chinese("hill", 1)},
		Teachers: []model.Teacher{teacher("an", "town", 10, model.EvaluationQualified), teacher("bo", "town", 4, model.EvaluationExcellent),
			teacher("chen", "town", 5, model.EvaluationBasic), teacher("ding", "", 0, model.EvaluationQualified)},
	}
}
