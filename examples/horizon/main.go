// Command horizon plans two years together and shows why: the only music teacher without a post is wanted by the village school this year, and
// by the hill school, which is harder to fill, from next year on. One year at a time spends the teacher on the village; the years together have the teacher wait.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/xianguan/xianguan/allocation/horizon"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

func main() {
	result, err := horizon.Plan(context.Background(), valley(), horizon.Options{Years: 3})
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range result.Levels[:2] {
		fmt.Printf("%s: %d together, %d one year at a time, proven: %v\n", l.Name, l.Objective, *l.Alone, l.Proven)
	}
	for _, y := range result.Years {
		for _, a := range y.Plan.Assignments {
			fmt.Println(y.Date.Year(), a.Teacher, a.Ground, a.To)
		}
		for _, s := range y.Subjects {
			fmt.Printf("     %s: %d short of %d, %d retire within the year\n", s.Subject, s.Short, s.Need, s.Retiring)
		}
	}
	for _, n := range result.Needs {
		fmt.Printf("%s of %s: %d, start in %d, work in %d\n", n.Stream, n.Subject, n.Count, n.Start, n.Work)
	}
}

// valley has a village school without a music teacher, and a hill school whose own retires next summer.
func valley() *model.County {
	pack, err := policy.Load("national")
	if err != nil {
		log.Fatal(err)
	}
	music := func(school model.SchoolID) model.PostID {
		return model.PostID{School: school, Stage: model.StagePrimary, Subject: "music"}
	}
	teacher := func(id model.TeacherID, born model.Date) model.Teacher {
		return model.Teacher{ID: id, Stages: []model.Stage{model.StagePrimary}, Main: "music", Degree: model.DegreeBachelor, Born: born, Title: model.TitleSecond}
	}
	county := &model.County{
		Format: model.Format, ID: "example", Name: "示例县", Date: model.NewDate(2026, 9, 1), Policy: "national", Rules: pack.Rules(),
		Origin:     model.Origin{Synthetic: true, Assumed: []string{"All people are made up."}},
		Subjects:   []model.Subject{{ID: "music", Name: "音乐"}},
		Curriculum: []model.CurriculumLine{{Subject: "music", Grade: 1, Periods: 20}},
		Schools: []model.School{
			{ID: "hill", Name: "山小", Rural: true, Tier: 6, Grades: []model.Grade{{Grade: 1, Pupils: 30}}},
			{ID: "village", Name: "村小", Rural: true, Tier: 1, Grades: []model.Grade{{Grade: 1, Pupils: 30}}},
		},
		Subsidy: model.SubsidySchedule{{Tier: 1, Monthly: 30000}, {Tier: 6, Monthly: 90000}},
		Posts:   []model.ApprovedPost{{PostID: music("hill"), Need: 1}, {PostID: music("village"), Need: 1}},
	}
	an, bo := teacher("an", 19670301), teacher("bo", 19950301)
	an.School, an.YearsHere, an.Retires = "hill", 20, 20270301
	bo.Pool = model.PoolUnplaced
	county.Teachers = []model.Teacher{an, bo}
	return county
}
