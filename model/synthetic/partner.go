package synthetic

import "github.com/xianguan/xianguan/model"

// pairUp gives each rural school a partner (对口支援): the nearest strong school that
// teaches its lowest stage, ties by the order of the schools. It takes O(rural schools ·
// strong schools) time.
func pairUp(schools []model.School) {
	var strong []int
	for i := range schools {
		if schools[i].Strong {
			strong = append(strong, i)
		}
	}
	for i := range schools {
		s := &schools[i]
		if !s.Rural || len(s.Grades) == 0 {
			continue
		}
		stage := model.StageOf(s.Grades[0].Grade)
		near := nearest(len(strong), 1, func(k int) int64 {
			if !schools[strong[k]].HasStage(stage) {
				return -1
			}
			return int64(model.Distance(s.Position, schools[strong[k]].Position))
		})
		if len(near) > 0 {
			s.Partner = schools[strong[near[0]]].ID
		}
	}
}
