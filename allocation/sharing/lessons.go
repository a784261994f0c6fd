package sharing

import (
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Lesson is what one subject asks of one stage of a school in a week.
type Lesson struct {
	model.PostID
	Periods model.Tenths // of all classes
	Classes int          // that have the subject
}

// lessons lists what the schools ask for, in order of [model.PostID].
func lessons(c *model.County) []Lesson {
	periods := map[model.SubjectID]map[int]bool{} // grades that have the subject
	for _, line := range c.Curriculum {
		if periods[line.Subject] == nil {
			periods[line.Subject] = map[int]bool{}
		}
		periods[line.Subject][line.Grade] = line.Periods > 0
	}
	var all []Lesson
	for _, school := range allocation.Demand(c).Schools {
		for _, stage := range school.Stages {
			for _, subject := range stage.Subjects {
				classes := 0
				for _, g := range stage.Grades {
					if periods[subject.Subject][g.Grade] {
						classes += g.Classes
					}
				}
				all = append(all, Lesson{model.PostID{School: school.School, Stage: stage.Stage, Subject: subject.Subject}, subject.Periods, classes})
			}
		}
	}
	slices.SortFunc(all, func(a, b Lesson) int { return a.PostID.Compare(b.PostID) })
	return all
}

// teacher is somebody with a post, and what may be taught.
type teacher struct {
	*model.Teacher
	post model.PostID
	load model.Tenths // periods of a full week
}

// teachers lists who has a post in the plan, in order of id.
func teachers(c *model.County, p *model.Plan) []teacher {
	byID := make(map[model.TeacherID]*model.Teacher, len(c.Teachers))
	for i := range c.Teachers {
		byID[c.Teachers[i].ID] = &c.Teachers[i]
	}
	var all []teacher
	for i := range p.Assignments {
		a := &p.Assignments[i]
		if t := byID[a.Teacher]; t != nil && !a.To.IsZero() && a.Ground != model.GroundAway {
			all = append(all, teacher{t, a.To, c.Rules.TeacherLoad.At(a.To.Stage)})
		}
	}
	return all
}

// mayTeach reports whether the teacher may teach a subject in a stage: the post that the plan gives, or the main and the further subjects in the
// stages qualified for (教师资格).
func (t *teacher) mayTeach(stage model.Stage, subject model.SubjectID) bool {
	if stage == t.post.Stage && subject == t.post.Subject {
		return true
	}
	return slices.Contains(t.Stages, stage) && (subject == t.Main || slices.Contains(t.Second, subject))
}
