package check

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// demand fills in need, periods and teaching. It takes time linear in schools ×
// curriculum lines.
func (f *facts) demand() {
	language := make(map[model.SubjectID]model.Language, len(f.Subjects))
	for _, s := range f.Subjects {
		language[s.ID] = s.Language
	}
	lines := map[int][]model.CurriculumLine{} // by grade
	for _, line := range f.Curriculum {
		lines[line.Grade] = append(lines[line.Grade], line)
	}
	approved := len(f.Posts) > 0
	for i := range f.Schools {
		s := &f.Schools[i]
		quota := f.teachingQuota(s)
		for _, stage := range model.Stages() {
			periods := f.stagePeriods(s, stage, lines, language)
			for subject, p := range periods {
				f.periods[model.PostID{School: s.ID, Stage: stage, Subject: subject}] = p
			}
			if !approved {
				f.derivePosts(s, stage, quota[stage], periods)
			}
			if !approved || s.Quota > 0 {
				f.teaching[s.ID] += quota[stage]
			}
		}
	}
	for _, p := range f.Posts {
		if p.Need > 0 {
			f.need[p.PostID] += p.Need
		}
		if s := f.school[p.School]; s != nil && s.Quota == 0 {
			f.teaching[p.School] += p.Need
		}
	}
}

// classes is K of one grade: as they are now, or more where the cap asks for it.
func (f *facts) classes(g model.Grade) int {
	if g.Pupils == 0 {
		return 0
	}
	stage := model.StageOf(g.Grade)
	return max(g.Classes, ceilDiv(g.Pupils, f.Rules.ClassCap.At(stage)))
}

// stagePeriods is P_j in tenths: K · weekly periods over the grades of a stage,
// in subjects of every language and of the school's own.
func (f *facts) stagePeriods(s *model.School, stage model.Stage, lines map[int][]model.CurriculumLine,
	language map[model.SubjectID]model.Language) map[model.SubjectID]int {
	periods := map[model.SubjectID]int{}
	for _, g := range s.Grades {
		if model.StageOf(g.Grade) != stage {
			continue
		}
		classes := f.classes(g)
		for _, line := range lines[g.Grade] {
			if own := language[line.Subject]; own != "" && own != s.Language {
				continue
			}
			if p := classes * int(line.Periods); p > 0 {
				periods[line.Subject] += p
			}
		}
	}
	return periods
}

// teachingQuota is T_g by stage. The staff S_g follow from the pupils, or are
// the school's share of a staffing quota, and some of them do not teach. Where
// the quota is derived, a small stage has a floor by classes (班师比).
func (f *facts) teachingQuota(s *model.School) map[model.Stage]int {
	stages := model.Stages()
	staff := make([]int, len(stages))
	for i, stage := range stages {
		staff[i] = ceilDiv(10*s.Pupils(stage), int(f.Rules.PupilsPerStaff.At(stage)))
	}
	if s.Quota > 0 {
		if lowest := slices.IndexFunc(stages, s.HasStage); s.Pupils(0) == 0 && lowest >= 0 {
			staff[lowest] = 1 // without pupils it has the whole quota
		}
		staff = apportion(s.Quota, staff)
	}
	quota := make(map[model.Stage]int, len(stages))
	for i, stage := range stages {
		quota[stage] = staff[i] - int(f.Rules.NonTeachingShare.At(stage).Of(int64(staff[i])))
		if s.Quota > 0 || s.Pupils(stage) >= f.Rules.SmallSchoolPupils {
			continue
		}
		classes := 0
		for _, g := range s.Grades {
			if model.StageOf(g.Grade) == stage {
				classes += f.classes(g)
			}
		}
		quota[stage] = max(quota[stage], ceilDiv(classes*int(f.Rules.TeachersPerClass), 10))
	}
	return quota
}

// derivePosts gives the N_g whole posts of a stage to its subjects.
func (f *facts) derivePosts(s *model.School, stage model.Stage, quota int, periods map[model.SubjectID]int) {
	subjects := make([]model.SubjectID, 0, len(periods))
	for subject := range periods {
		subjects = append(subjects, subject)
	}
	slices.Sort(subjects)
	weights, total := make([]int, len(subjects)), 0
	for i, subject := range subjects {
		weights[i] = periods[subject]
		total += weights[i]
	}
	whole := min(quota, ceilDiv(total, int(f.Rules.TeacherLoad.At(stage))))
	for i, need := range apportion(whole, weights) {
		if need > 0 {
			f.need[model.PostID{School: s.ID, Stage: stage, Subject: subjects[i]}] = need
		}
	}
}

// apportion divides a whole number in proportion to weights ≥ 0 by largest
// remainder (Hamilton's method); ties go to the earlier weight. It gives zeros
// where all weights are 0.
func apportion(whole int, weights []int) []int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	parts := make([]int, len(weights))
	if sum == 0 {
		return parts
	}
	rest, order := whole, make([]int, len(weights))
	for i, w := range weights {
		parts[i] = whole * w / sum
		rest -= parts[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(whole*weights[b]%sum, whole*weights[a]%sum)
	})
	for _, i := range order[:rest] {
		parts[i]++
	}
	return parts
}
