package sharing

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// ClassLesson is the weekly periods of a subject in one class: Periods = Presence + Network + Missing.
type ClassLesson struct {
	model.PostID
	Grade    int          `json:"grade"`
	Class    int          `json:"class"` // of the grade, from 1
	Periods  model.Tenths `json:"periods"`
	Presence model.Tenths `json:"presence"` // by people of the school and by visitors
	Network  model.Tenths `json:"network"`
	Missing  model.Tenths `json:"missing"`
}

// Classes deals the lessons of a result out to the classes of each school, in order of school, stage, subject, grade and class. Which class goes short is the
// school's to decide, for whoever may teach the stage may teach any class of it; here each period that is missing goes to the class that lacks the smallest
// share so far, the highest grade first, and then those over the network in the same way, for the youngest need presence most. c must be the county
// of the result.
func Classes(c *model.County, r *Result) []ClassLesson {
	asked := classLessons(c)
	var all []ClassLesson
	for i := range r.Lessons {
		l := &r.Lessons[i]
		classes := asked[l.PostID]
		deal(classes, l.Missing, func(x *ClassLesson) *model.Tenths { return &x.Missing })
		deal(classes, l.Network, func(x *ClassLesson) *model.Tenths { return &x.Network })
		for k := range classes {
			classes[k].Presence = classes[k].Periods - classes[k].Missing - classes[k].Network
		}
		all = append(all, classes...)
	}
	return all
}

// classLessons lists what each class asks for, by lesson.
func classLessons(c *model.County) map[model.PostID][]ClassLesson {
	periods := map[model.SubjectID]map[int]model.Tenths{}
	for _, line := range c.Curriculum {
		if periods[line.Subject] == nil {
			periods[line.Subject] = map[int]model.Tenths{}
		}
		periods[line.Subject][line.Grade] = line.Periods
	}
	all := map[model.PostID][]ClassLesson{}
	for i, school := range allocation.Demand(c).Schools {
		for _, stage := range school.Stages {
			add := func(subject model.SubjectID, of func(grade int) model.Tenths) {
				id := model.PostID{School: school.School, Stage: stage.Stage, Subject: subject}
				for _, g := range stage.Grades {
					for class := 1; class <= g.Classes && of(g.Grade) > 0; class++ {
						all[id] = append(all[id], ClassLesson{PostID: id, Grade: g.Grade, Class: class, Periods: of(g.Grade)})
					}
				}
			}
			for _, subject := range stage.Subjects {
				add(subject.Subject, func(grade int) model.Tenths { return periods[subject.Subject][grade] })
			}
			add(AfterSchool, func(int) model.Tenths { return c.Schools[i].AfterSchoolPeriods(stage.Stage, &c.Rules) })
		}
	}
	return all
}

// deal gives an amount out by whole periods, and what is left of one at the end. It takes O(periods · classes).
func deal(classes []ClassLesson, amount model.Tenths, at func(*ClassLesson) *model.Tenths) {
	order := make([]*ClassLesson, len(classes))
	for i := range classes {
		order[i] = &classes[i]
	}
	lacks := func(x *ClassLesson) int64 { return int64(x.Missing + x.Network) }
	for amount > 0 {
		next := slices.MinFunc(order, func(a, b *ClassLesson) int {
			if aFull, bFull := lacks(a) >= int64(a.Periods), lacks(b) >= int64(b.Periods); aFull != bFull {
				return map[bool]int{true: 1, false: -1}[aFull]
			}
			return cmp.Or(cmp.Compare(lacks(a)*int64(b.Periods), lacks(b)*int64(a.Periods)), cmp.Compare(b.Grade, a.Grade), cmp.Compare(b.Class, a.Class))
		})
		give := min(amount, 10, next.Periods-model.Tenths(lacks(next)))
		if give <= 0 {
			return // more than the classes ask for: the lesson is not one of the county's
		}
		*at(next) += give
		amount -= give
	}
}

// short keeps the classes that miss periods.
func short(classes []ClassLesson) []ClassLesson {
	return slices.DeleteFunc(classes, func(x ClassLesson) bool { return x.Missing == 0 })
}
