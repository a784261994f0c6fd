// Command rounds-titles gives a school a quota of senior posts (职称结构比例) and shows what it does to the hiring across
// schools: a person of higher points is not hired where the class is full, and is told so.
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
	for _, senior := range []int{2, 1} {
		fmt.Printf("senior posts at hill: %d\n", senior)
		county := village()
		county.Schools[0].SeniorPosts = &senior
		result, err := allocation.Rounds(context.Background(), county, allocation.RoundsOptions{})
		if err != nil {
			log.Fatal(err)
		}
		for _, d := range result.Decisions {
			if d.Round == allocation.RoundCounty {
				fmt.Printf("  %-4s  %2d points  %-9s  %s\n", d.Teacher, d.Points, d.Reason, d.To)
			}
		}
		l := result.Steps[len(result.Steps)-1].Ledger.Senior
		fmt.Printf("  senior posts: %d = %d filled + %d open, %d people too many\n", l.Posts, l.Filled, l.Open, l.Over)
	}
}

// village has one school with two vacancies and three people without a post, the two of most points with senior titles.
func village() *model.County {
	pack, err := policy.Load("national")
	if err != nil {
		log.Fatal(err)
	}
	county := &model.County{
		Format: model.Format, ID: "example", Name: "示例县", Date: model.NewDate(2026, 9, 1), Policy: "national", Rules: pack.Rules(),
		Origin:     model.Origin{Synthetic: true, Assumed: []string{"All people are made up."}},
		Subjects:   []model.Subject{{ID: "chinese", Name: "语文"}},
		Curriculum: []model.CurriculumLine{{Subject: "chinese", Grade: 1, Periods: 80}},
		Schools:    []model.School{{ID: "hill", Name: "山小", Rural: true, Grades: []model.Grade{{Grade: 1, Pupils: 30}}}},
		Posts:      []model.ApprovedPost{{PostID: model.PostID{School: "hill", Stage: model.StagePrimary, Subject: "chinese"}, Need: 2}},
	}
	for _, t := range []struct {
		id     model.TeacherID
		title  model.Title
		points int
	}{{"an", model.TitleSenior, 60}, {"bo", model.TitleProfessor, 50}, {"chen", model.TitleSecond, 20}} {
		county.Teachers = append(county.Teachers, model.Teacher{ID: t.id, Pool: model.PoolUnplaced, Stages: []model.Stage{model.StagePrimary},
			Main: "chinese", Degree: model.DegreeBachelor, Born: 19750301, Title: t.title, Points: t.points})
	}
	return county
}
