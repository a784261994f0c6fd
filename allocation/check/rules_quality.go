package check

import "github.com/xianguan/xianguan/model"

// The rules that cut across the network on who teaches at a school: floors of people of a
// kind.

// experience asks each school for ⌈share · need⌉ people with a title of the first class
// or higher, or for as many as it has now.
func (a *audit) experience() []model.Condition {
	return a.keeping(a.Rules.ExperienceMin, func(t *model.Teacher) bool { return t.Title >= model.TitleFirst })
}

// backboneFloor asks the same in backbone teachers of any level.
func (a *audit) backboneFloor() []model.Condition {
	return a.keeping(a.Rules.BackboneMin, func(t *model.Teacher) bool { return t.Backbone != model.BackboneNone })
}

func (a *audit) keeping(share model.Share, kind func(*model.Teacher) bool) []model.Condition {
	need, now, then := map[model.SchoolID]int{}, map[model.SchoolID]int64{}, map[model.SchoolID]int64{}
	for post, d := range a.need {
		need[post.School] += d
	}
	for i := range a.Teachers {
		if !a.away[i] && kind(&a.Teachers[i]) {
			now[a.present[i].School]++
		}
	}
	for i := range a.seats {
		if s := &a.seats[i]; !a.away[s.teacher] && kind(&a.Teachers[s.teacher]) {
			then[s.to.School]++
		}
	}
	var list []model.Condition
	for i := range a.Schools {
		id := a.Schools[i].ID
		if asked := min(shareUp(share, need[id]), now[id]); asked > 0 {
			list = append(list, floor(id, asked, then[id]))
		}
	}
	return list
}

// titlesSenior counts people with the title senior or professor against senior posts.
func (a *audit) titlesSenior() []model.Condition {
	return a.titles(func(s *model.School) *int { return s.SeniorPosts }, a.Rules.SeniorShare,
		func(t model.Title) bool { return t == model.TitleSenior || t == model.TitleProfessor })
}

// titlesMiddle counts people with the title first against middle posts.
func (a *audit) titlesMiddle() []model.Condition {
	return a.titles(func(s *model.School) *int { return s.MiddlePosts }, a.Rules.MiddleShare,
		func(t model.Title) bool { return t == model.TitleFirst })
}

// titles allows a school as many people of some titles as it has posts for, or as many as it has now. The posts
// are the school's own number, or a share of the need of each stage, rounded down in all; no stage with
// need may lack a share.
func (a *audit) titles(own func(*model.School) *int, share model.ByStage[model.Share], of func(model.Title) bool) []model.Condition {
	need := map[model.SchoolID]map[model.Stage]int{}
	for post, d := range a.need {
		if need[post.School] == nil {
			need[post.School] = map[model.Stage]int{}
		}
		need[post.School][post.Stage] += d
	}
	now, then := map[model.SchoolID]int64{}, map[model.SchoolID]int64{}
	for i := range a.Teachers {
		if !a.away[i] && of(a.Teachers[i].Title) {
			now[a.present[i].School]++
		}
	}
	for i := range a.seats {
		if s := &a.seats[i]; !a.away[s.teacher] && of(a.Teachers[s.teacher].Title) {
			then[s.to.School]++
		}
	}
	var list []model.Condition
	for i := range a.Schools {
		s := &a.Schools[i]
		posts, known := int64(0), len(need[s.ID]) > 0
		for stage, d := range need[s.ID] {
			posts += int64(share.At(stage)) * int64(d)
			known = known && share.At(stage) > 0
		}
		posts /= int64(model.Whole)
		if given := own(s); given != nil {
			posts, known = int64(*given), true
		}
		if known {
			list = append(list, ceiling(s.ID, max(posts, now[s.ID]), then[s.ID]))
		}
	}
	return list
}

// indicatorDegree counts people above the degree that the Teachers Law asks for: secondary
// normal school in primary, junior college in junior, a bachelor's degree in senior.
func (a *audit) indicatorDegree() []model.Condition {
	return a.indicator(a.Rules.IndicatorDegree, a.Rules.AboveDegreePer100, func(t *model.Teacher, post model.PostID) bool {
		switch post.Stage {
		case model.StagePrimary:
			return t.Degree >= model.DegreeCollege
		case model.StageJunior:
			return t.Degree >= model.DegreeBachelor
		}
		return t.Degree >= model.DegreeMaster
	})
}

// indicatorBackbone counts backbone teachers of county level or higher.
func (a *audit) indicatorBackbone() []model.Condition {
	return a.indicator(a.Rules.IndicatorBackbone, a.Rules.BackbonePer100, func(t *model.Teacher, _ model.PostID) bool {
		return t.Backbone >= model.BackboneCounty
	})
}

// indicatorArts counts people in posts of PE, music and fine art.
func (a *audit) indicatorArts() []model.Condition {
	arts := map[model.SubjectID]bool{}
	for _, s := range a.Subjects {
		arts[s.ID] = s.Arts
	}
	return a.indicator(a.Rules.IndicatorArts, a.Rules.ArtsPer100, func(_ *model.Teacher, post model.PostID) bool { return arts[post.Subject] })
}

// indicator asks each stage of each school that is not too small for ⌈figure · pupils /
// 100⌉ people of a kind, the figure in hundredths; hard, for no more than are there now.
func (a *audit) indicator(setting model.RuleSetting, figure model.ByStage[int], kind func(*model.Teacher, model.PostID) bool) []model.Condition {
	type place struct {
		school model.SchoolID
		stage  model.Stage
	}
	now, then := map[place]int64{}, map[place]int64{}
	for i := range a.Teachers {
		if p0 := a.present[i]; !a.away[i] && !p0.IsZero() && kind(&a.Teachers[i], p0) {
			now[place{p0.School, p0.Stage}]++
		}
	}
	for i := range a.seats {
		if s := &a.seats[i]; !a.away[s.teacher] && !s.to.IsZero() && kind(&a.Teachers[s.teacher], s.to) {
			then[place{s.to.School, s.to.Stage}]++
		}
	}
	var list []model.Condition
	for i := range a.Schools {
		s := &a.Schools[i]
		for _, stage := range model.Stages() {
			at := place{s.ID, stage}
			asked := int64(ceilDiv(figure.At(stage)*s.Pupils(stage), 10_000))
			if setting.Force == model.ForceHard {
				asked = min(asked, now[at])
			}
			if asked > 0 && s.Pupils(0) >= a.Rules.IndicatorPupils {
				condition := floor(s.ID, asked, then[at])
				condition.Stage = stage
				list = append(list, condition)
			}
		}
	}
	return list
}
