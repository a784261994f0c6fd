package sharing

import (
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// AfterSchool stands in the place of a subject for after-school service (课后服务). Everybody with a post at the school may give it, nobody from elsewhere,
// and it does not come over the network.
const AfterSchool model.SubjectID = "after-school"

// Lesson is what one subject asks of one stage of a school in a week.
type Lesson struct {
	model.PostID
	Periods model.Tenths `json:"periods"` // of all classes
	Classes int          `json:"classes"` // that have the subject
	// Service says that it is after-school service, which no curriculum asks for: lessons come first.
	Service bool `json:"service,omitempty"`
}

// lessons lists what the schools ask for, in order of [model.PostID]: the curriculum of every class, and after-school service where there is any.
func lessons(c *model.County) []Lesson {
	periods := map[model.SubjectID]map[int]bool{} // grades that have the subject
	for _, line := range c.Curriculum {
		if periods[line.Subject] == nil {
			periods[line.Subject] = map[int]bool{}
		}
		periods[line.Subject][line.Grade] = line.Periods > 0
	}
	var all []Lesson
	for i, school := range allocation.Demand(c).Schools {
		for _, stage := range school.Stages {
			if service := c.Schools[i].AfterSchoolPeriods(stage.Stage, &c.Rules); service > 0 && stage.Classes > 0 {
				all = append(all, Lesson{model.PostID{School: school.School, Stage: stage.Stage, Subject: AfterSchool}, service * model.Tenths(stage.Classes), stage.Classes, true})
			}
			for _, subject := range stage.Subjects {
				classes := 0
				for _, g := range stage.Grades {
					if periods[subject.Subject][g.Grade] {
						classes += g.Classes
					}
				}
				all = append(all, Lesson{model.PostID{School: school.School, Stage: stage.Stage, Subject: subject.Subject}, subject.Periods, classes, false})
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
	load model.Tenths // periods of a week: a full load without what is released
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
			all = append(all, teacher{t, a.To, max(0, c.Rules.TeacherLoad.At(a.To.Stage)-t.Release.Sum())})
		}
	}
	return all
}

// mayGive reports whether the teacher may give a lesson of the own school.
func (t *teacher) mayGive(l *Lesson) bool { return l.Service || t.mayTeach(l.Stage, l.Subject) }

// mayTeach reports whether the teacher may teach a subject in a stage: the post that the plan gives, or the main and the further subjects in the
// stages qualified for (教师资格).
func (t *teacher) mayTeach(stage model.Stage, subject model.SubjectID) bool {
	if stage == t.post.Stage && subject == t.post.Subject {
		return true
	}
	return slices.Contains(t.Stages, stage) && (subject == t.Main || slices.Contains(t.Second, subject))
}
