package horizon

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// promote fills the free title posts of each school that has a quota (职称结构比例), senior posts first, from its own people of the class below: most rural
// years first, as the policy favours rural service (Fuxin, section 3(3)), then points, then the elder, then by id. Who was not evaluated as qualified, where that is on record, waits. It
// gives how many were promoted.
func promote(c *model.County) int {
	promoted := 0
	for _, step := range []struct {
		class    model.TitleClass
		from, to model.Title
	}{{model.TitleClassSenior, model.TitleFirst, model.TitleSenior}, {model.TitleClassMiddle, model.TitleSecond, model.TitleFirst}} {
		free := map[model.SchoolID]int{}
		for s, quota := range allocation.TitleQuotas(c, step.class) {
			if quota != allocation.NoTitleQuota {
				free[c.Schools[s].ID] = quota
			}
		}
		var waiting []*model.Teacher
		for i := range c.Teachers {
			t := &c.Teachers[i]
			if t.Title.Class() == step.class {
				free[t.School]--
			}
			if t.Title == step.from && (t.Evaluation == model.EvaluationNone || t.Evaluation >= model.EvaluationQualified) {
				waiting = append(waiting, t)
			}
		}
		slices.SortFunc(waiting, func(a, b *model.Teacher) int {
			return cmp.Or(cmp.Compare(b.RuralYears, a.RuralYears), cmp.Compare(b.Points, a.Points), cmp.Compare(a.Born, b.Born), cmp.Compare(a.ID, b.ID))
		})
		for _, t := range waiting {
			if free[t.School] > 0 {
				free[t.School]--
				t.Title = step.to
				promoted++
			}
		}
	}
	return promoted
}
