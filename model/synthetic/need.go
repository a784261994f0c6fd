package synthetic

import (
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// syllabus is the curriculum of a county, ready for estimates of need.
//
// The estimate follows the formula of package allocation, which this package
// may not import: the posts of a stage are its weekly periods by the load of a
// post, rounded up and cut at the teaching quota, and go to the subjects by
// largest remainder. It is the yardstick of the calibration alone. A plan
// derives its own demand.
type syllabus struct {
	rules    *model.Rules
	subjects []model.Subject // in order of id
	periods  [13][]int64     // grade, then place in subjects: tenths of a period a week
}

func newSyllabus(c *model.County) *syllabus {
	y := &syllabus{rules: &c.Rules, subjects: slices.Clone(c.Subjects)}
	slices.SortFunc(y.subjects, func(a, b model.Subject) int { return strings.Compare(string(a.ID), string(b.ID)) })
	place := map[model.SubjectID]int{}
	for i, subject := range y.subjects {
		place[subject.ID] = i
	}
	for grade := range y.periods {
		y.periods[grade] = make([]int64, len(y.subjects))
	}
	for _, line := range c.Curriculum {
		y.periods[line.Grade][place[line.Subject]] += int64(line.Periods)
	}
	return y
}

// weekly sums the periods of a class in each subject over the grades, each times
// its number of classes, for a school of the given language.
func (y *syllabus) weekly(language model.Language, classes func(grade int) int, stage model.Stage) (bySubject []int64, total int64) {
	bySubject = make([]int64, len(y.subjects))
	for grade := 1; grade <= 12; grade++ {
		count := int64(classes(grade))
		if count == 0 || model.StageOf(grade) != stage {
			continue
		}
		for i, subject := range y.subjects {
			if subject.Language == "" || subject.Language == language {
				bySubject[i] += count * y.periods[grade][i]
				total += count * y.periods[grade][i]
			}
		}
	}
	return bySubject, total
}

// fullPosts is the number of posts that the periods of a stage fill.
func (y *syllabus) fullPosts(periods int64, stage model.Stage) int {
	return ceil(int(periods), int(y.rules.TeacherLoad.At(stage)))
}

// post is the estimated need of one stage and subject of a school.
type post struct {
	stage   model.Stage
	subject model.SubjectID
	need    int
	periods int64 // tenths a week
}

// posts estimates the posts of a school, in order of stage and subject, those
// without a whole post included.
func (y *syllabus) posts(s *model.School) []post {
	var list []post
	quota := y.teachingQuota(s)
	for _, stage := range model.Stages() {
		bySubject, total := y.weekly(s.Language, func(grade int) int { return y.classes(s, grade) }, stage)
		if total == 0 {
			continue
		}
		need := apportion(min(quota[stage], y.fullPosts(total, stage)), bySubject)
		for i, periods := range bySubject {
			if periods > 0 {
				list = append(list, post{stage, y.subjects[i].ID, need[i], periods})
			}
		}
	}
	return list
}

// need sums the estimated posts of a school.
func (y *syllabus) need(s *model.School) int {
	total := 0
	for _, p := range y.posts(s) {
		total += p.need
	}
	return total
}

// classes is the number of classes of a grade under the class cap.
func (y *syllabus) classes(s *model.School, grade int) int {
	for _, g := range s.Grades {
		if g.Grade == grade && g.Pupils > 0 {
			return max(g.Classes, ceil(g.Pupils, y.rules.ClassCap.At(model.StageOf(grade))))
		}
	}
	return 0
}

// teachingQuota divides the staff of a school over its stages and takes off who
// does not teach.
func (y *syllabus) teachingQuota(s *model.School) (quota [model.StageSenior + 1]int) {
	staff := make([]int64, len(quota))
	for _, stage := range model.Stages() {
		staff[stage] = int64(ceil(10*s.Pupils(stage), int(y.rules.PupilsPerStaff.At(stage))))
	}
	if s.Quota > 0 {
		for stage, n := range apportion(s.Quota, staff) {
			staff[stage] = int64(n)
		}
	}
	for _, stage := range model.Stages() {
		rules := y.rules
		share := rules.NonTeachingShare.At(stage)
		quota[stage] = int(staff[stage] - share.Of(staff[stage]))
		if pupils := s.Pupils(stage); s.Quota == 0 && pupils > 0 && pupils < rules.SmallSchoolPupils {
			classes := 0
			for _, g := range s.Grades {
				if model.StageOf(g.Grade) == stage {
					classes += y.classes(s, g.Grade)
				}
			}
			quota[stage] = max(quota[stage], ceil(classes*int(rules.TeachersPerClass), 10))
		}
	}
	return quota
}

// ceil is n / d, rounded up.
func ceil(n, d int) int { return (n + d - 1) / d }
