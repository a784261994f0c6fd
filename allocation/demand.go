package allocation

import (
	"maps"
	"slices"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/model"
)

// Demands is how many people a county's schools ask for, with its working.
type Demands struct {
	Posts   []PostDemand   `json:"posts"`   // in order of PostID: needed, or approved, or both
	Schools []SchoolDemand `json:"schools"` // in order of the county's schools
}

// PostDemand is the need of one post.
type PostDemand struct {
	model.PostID
	Need    int                    `json:"need"`             // people: what the plan uses
	Derived int                    `json:"derived"`          // people: from pupils and curriculum
	Second  []model.SubjectPeriods `json:"second,omitempty"` // taught beside the subject, all its people together
}

// SchoolDemand is the working for one school.
type SchoolDemand struct {
	School        model.SchoolID `json:"school"`
	Stages        []StageDemand  `json:"stages"`
	TeachingQuota int            `json:"teaching_quota"` // people: T_s of the package comment
	Approved      bool           `json:"approved"`       // the county has approved posts, which replace the derived ones
}

// StageDemand is the working for one stage of a school. Periods and loads are a
// week's.
type StageDemand struct {
	Stage          model.Stage     `json:"stage"`
	Grades         []GradeDemand   `json:"grades"`
	Subjects       []SubjectDemand `json:"subjects"` // in order of subject id
	Pupils         int             `json:"pupils"`
	Classes        int             `json:"classes"`
	Periods        model.Tenths    `json:"periods"`
	Load           model.Tenths    `json:"load"`             // of a full post
	StaffByPupils  int             `json:"staff_by_pupils"`  // ⌈pupils / pupils per staff⌉
	Staff          int             `json:"staff"`            // the stage's part of the staffing quota, or by pupils
	NonTeaching    int             `json:"non_teaching"`     // of the staff
	ByClass        int             `json:"by_class"`         // least teachers of a small school; 0 where it does not apply
	TeachingQuota  int             `json:"teaching_quota"`   // teachers
	PostsByPeriods int             `json:"posts_by_periods"` // ⌈periods / load⌉
	Posts          int             `json:"posts"`            // whole posts: the smaller of the two
	Uncovered      model.Tenths    `json:"uncovered"`        // periods that no post has time for: the quota is too small
	Spare          model.Tenths    `json:"spare"`            // periods below a full load: part-time work
}

// GradeDemand is the classes of one grade.
type GradeDemand struct {
	Grade      int `json:"grade"`
	Pupils     int `json:"pupils"`
	ClassesNow int `json:"classes_now"` // 0: not given
	Classes    int `json:"classes"`     // at the class cap
}

// SubjectDemand is the whole posts of one subject and what is left over.
type SubjectDemand struct {
	Subject  model.SubjectID        `json:"subject"`
	Periods  model.Tenths           `json:"periods"`
	Posts    int                    `json:"posts"`            // derived
	Need     int                    `json:"need"`             // as approved, or else derived
	Residual model.Tenths           `json:"residual"`         // above 0: left to posts of other subjects; below 0: time to spare
	Second   []model.SubjectPeriods `json:"second,omitempty"` // of other subjects, taught in the time to spare
}

// Demand derives the posts of every school of a valid county; the package
// comment has the mathematics. Where a school has approved posts and no staffing
// quota, the approved posts are its teaching quota. It takes O(schools · grades · subjects) time and
// never changes the county.
func Demand(c *model.County) *Demands {
	periods := periodTable(c)
	approved, total := map[model.PostID]int{}, map[model.SchoolID]int{}
	for _, post := range c.Posts {
		approved[post.PostID] = post.Need
		total[post.School] += post.Need
	}
	need := map[model.PostID]PostDemand{}
	for id, n := range approved {
		need[id] = PostDemand{PostID: id, Need: n}
	}
	demands := &Demands{Schools: make([]SchoolDemand, len(c.Schools))}
	for i := range c.Schools {
		working := SchoolDemand{School: c.Schools[i].ID, Approved: len(approved) > 0}
		working.derive(c, &c.Schools[i], periods)
		working.approve(approved)
		if working.Approved && c.Schools[i].Quota == 0 {
			working.TeachingQuota = total[working.School]
		}
		for k := range working.Stages {
			d := &working.Stages[k]
			bundle(d)
			for _, s := range d.Subjects {
				id := model.PostID{School: working.School, Stage: d.Stage, Subject: s.Subject}
				if s.Posts > 0 || s.Need > 0 {
					need[id] = PostDemand{PostID: id, Need: s.Need, Derived: s.Posts, Second: s.Second}
				}
			}
		}
		demands.Schools[i] = working
	}
	for _, id := range slices.SortedFunc(maps.Keys(need), model.PostID.Compare) {
		demands.Posts = append(demands.Posts, need[id])
	}
	return demands
}

// approve puts the posts that the county has approved (核定岗位) in the place of
// the derived ones.
func (w *SchoolDemand) approve(approved map[model.PostID]int) {
	for k := range w.Stages {
		for j := range w.Stages[k].Subjects {
			s := &w.Stages[k].Subjects[j]
			s.Need = s.Posts
			if w.Approved {
				s.Need = approved[model.PostID{School: w.School, Stage: w.Stages[k].Stage, Subject: s.Subject}]
			}
		}
	}
}

// Differences gives the posts whose approved need differs from the derived one,
// in order. It is empty where the county has no approved posts.
func (d *Demands) Differences() []PostDemand {
	return lo.Filter(d.Posts, func(p PostDemand, _ int) bool { return p.Need != p.Derived })
}

// School gives the working of one school, or false.
func (d *Demands) School(id model.SchoolID) (SchoolDemand, bool) {
	return lo.Find(d.Schools, func(s SchoolDemand) bool { return s.School == id })
}

// subjectPeriods is the weekly periods of one subject by grade (index 1 to 12).
type subjectPeriods struct {
	subject  model.SubjectID
	language model.Language
	byGrade  [13]model.Tenths
}

// periodTable gives the curriculum by subject, in order of subject id.
func periodTable(c *model.County) []subjectPeriods {
	table := make([]subjectPeriods, len(c.Subjects))
	place := make(map[model.SubjectID]int, len(c.Subjects))
	for i, s := range c.Subjects {
		table[i] = subjectPeriods{subject: s.ID, language: s.Language}
	}
	slices.SortFunc(table, func(a, b subjectPeriods) int { return compareText(a.subject, b.subject) })
	for i := range table {
		place[table[i].subject] = i
	}
	for _, line := range c.Curriculum {
		table[place[line.Subject]].byGrade[line.Grade] = line.Periods
	}
	return table
}

// derive works out the stages of a school and their whole posts.
func (w *SchoolDemand) derive(c *model.County, school *model.School, periods []subjectPeriods) {
	for _, stage := range model.Stages() {
		if school.HasStage(stage) {
			w.Stages = append(w.Stages, stageClasses(&c.Rules, school, stage, periods))
		}
	}
	staff(&c.Rules, school, w.Stages)
	for i := range w.Stages {
		w.Stages[i].apportion()
		w.TeachingQuota += w.Stages[i].TeachingQuota
	}
}

// stageClasses counts the pupils, the classes and the periods of a stage.
func stageClasses(rules *model.Rules, school *model.School, stage model.Stage, periods []subjectPeriods) StageDemand {
	d := StageDemand{Stage: stage, Load: rules.TeacherLoad.At(stage)}
	for _, g := range school.Grades {
		if model.StageOf(g.Grade) != stage {
			continue
		}
		classes := 0
		if g.Pupils > 0 {
			classes = max(g.Classes, ceilDiv(g.Pupils, rules.ClassCap.At(stage)))
		}
		d.Grades = append(d.Grades, GradeDemand{g.Grade, g.Pupils, g.Classes, classes})
		d.Pupils += g.Pupils
		d.Classes += classes
	}
	for _, row := range periods {
		if row.language != "" && row.language != school.Language {
			continue
		}
		subject := SubjectDemand{Subject: row.subject}
		for _, g := range d.Grades {
			subject.Periods += model.Tenths(g.Classes) * row.byGrade[g.Grade]
		}
		if subject.Periods > 0 {
			d.Subjects = append(d.Subjects, subject)
			d.Periods += subject.Periods
		}
	}
	return d
}

// staff sets the staff and the teaching quota of each stage of one school.
func staff(rules *model.Rules, school *model.School, stages []StageDemand) {
	byPupils := make([]int, len(stages))
	for i := range stages {
		d := &stages[i]
		d.StaffByPupils = ceilDiv(10*d.Pupils, int(rules.PupilsPerStaff.At(d.Stage)))
		byPupils[i] = d.StaffByPupils
	}
	parts := byPupils
	if school.Quota > 0 {
		parts = apportion(school.Quota, byPupils)
	}
	for i := range stages {
		d := &stages[i]
		d.Staff = parts[i]
		d.NonTeaching = int(rules.NonTeachingShare.At(d.Stage).Of(int64(d.Staff)))
		d.TeachingQuota = d.Staff - d.NonTeaching
		if school.Quota == 0 && d.Pupils < rules.SmallSchoolPupils {
			d.ByClass = ceilDiv(d.Classes*int(rules.TeachersPerClass), 10)
			d.TeachingQuota = max(d.TeachingQuota, d.ByClass)
		}
		d.PostsByPeriods = ceilDiv(int(d.Periods), int(d.Load))
		d.Posts = min(d.TeachingQuota, d.PostsByPeriods)
	}
}
