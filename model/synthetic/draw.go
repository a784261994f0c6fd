package synthetic

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// DrawTeachers draws the teachers of schools: inPost gives the number of people
// whose personnel school each school is. Schools that it leaves out have none, and
// neither has a school without pupils or periods. The subjects of a school's posts
// follow its classes and the curriculum; who holds them follows the profile. The
// ids of teachers are the school's id, a hyphen and a number from 1; they come in
// the order of the schools.
//
// The county needs its date, rules, schools, subjects and curriculum, and has
// townships or not: without them nobody has a home. It is not changed, and its
// own teachers are not looked at. The same arguments give the same teachers, and
// another school's headcount changes none of them but their partners.
//
// It takes time linear in the people, and in places times schools for what is near.
func DrawTeachers(c *model.County, inPost map[model.SchoolID]int, p Profile, seed uint64) []model.Teacher {
	d := newDrawing(c, p, seed)
	total := 0
	for _, n := range inPost {
		total += n
	}
	teachers := make([]model.Teacher, 0, total)
	for i := range c.Schools {
		s := &c.Schools[i]
		if inPost[s.ID] == 0 {
			continue
		}
		for k, held := range d.holders(s, inPost[s.ID]) {
			teachers = append(teachers, d.teacher(s, held, model.TeacherID(fmt.Sprintf("%s-%02d", s.ID, k+1))))
		}
	}
	d.couples(teachers)
	return teachers
}

// drawing draws the people of one county.
type drawing struct {
	*model.County
	p        Profile
	seed     uint64
	syllabus *syllabus
	near     *nearby
	subjects [model.StageSenior + 1]*stageSubjects
	tongues  []model.Language // of the schools that have one
}

// stageSubjects are the subjects of one stage and how common they are.
type stageSubjects struct {
	all     []model.SubjectID
	common  []model.SubjectID // neither short nor taught off-subject: what the others' main subjects are
	weights []int             // of common
}

func newDrawing(c *model.County, p Profile, seed uint64) *drawing {
	d := &drawing{County: c, p: p, seed: seed, syllabus: newSyllabus(c), near: newNearby(c)}
	spoken := map[model.Language]bool{}
	for i := range c.Schools {
		if l := c.Schools[i].Language; l != "" && !spoken[l] {
			spoken[l], d.tongues = true, append(d.tongues, l)
		}
	}
	for _, stage := range model.Stages() {
		d.subjects[stage] = d.stage(stage)
	}
	return d
}

// stage lists the subjects of a stage that need no language of their own.
func (d *drawing) stage(stage model.Stage) *stageSubjects {
	list := &stageSubjects{}
	bySubject, _ := d.syllabus.weekly("", func(int) int { return 1 }, stage)
	for i, periods := range bySubject {
		if periods == 0 {
			continue
		}
		id := d.syllabus.subjects[i].ID
		list.all = append(list.all, id)
		if d.p.Short[id] == 0 && d.p.Off[id] == 0 {
			list.common = append(list.common, id)
			list.weights = append(list.weights, int(periods))
		}
	}
	return list
}

// holders spreads n people over the posts of a school by largest remainder: in
// proportion to the periods, less in short subjects, each within a tenth.
func (d *drawing) holders(s *model.School, n int) []post {
	dice := stream(d.seed, "holders", string(s.ID))
	posts := d.syllabus.posts(s)
	weights := make([]int64, len(posts))
	for i, p := range posts {
		weights[i] = p.periods * int64(model.Whole-d.p.Short[p.subject]) * int64(dice.between(900, 1100))
	}
	held := make([]post, 0, n)
	for i, count := range apportion(n, weights) {
		for range count {
			held = append(held, posts[i])
		}
	}
	return held
}

// teacher draws one person who holds a post of a school.
func (d *drawing) teacher(s *model.School, held post, id model.TeacherID) model.Teacher {
	dice := stream(d.seed, "teacher", string(id))
	t := model.Teacher{ID: id, School: s.ID}
	d.qualify(&t, s, held, dice)
	life := d.career(&t, s, dice)
	t.Home = d.home(s, dice)
	d.duties(&t, s, life, dice)
	d.wishes(&t, s, dice)
	t.Points = points(&t, life.service, dice)
	return t
}

// qualify draws the subjects, stages and languages of the holder of a post.
func (d *drawing) qualify(t *model.Teacher, s *model.School, held post, dice dice) {
	t.Main = held.subject
	subjects := d.subjects[held.stage]
	if dice.hit(d.p.Off[held.subject]) && len(subjects.common) > 0 {
		t.Main = subjects.common[dice.weighted(subjects.weights)]
		if t.Teaches = held.subject; dice.hit(5000) {
			t.Second = append(t.Second, held.subject)
		}
	}
	seconds := d.p.Second
	if s.Pupils(held.stage) < d.Rules.SmallSchoolPupils {
		seconds += seconds / 2
	}
	if dice.hit(seconds) {
		addSecond(t, pick(dice, subjects.all))
		if dice.hit(d.p.Third) {
			addSecond(t, pick(dice, subjects.all))
		}
	}
	t.Stages = []model.Stage{held.stage}
	if held.stage > model.StagePrimary && dice.hit(d.p.BothStages) {
		t.Stages = []model.Stage{held.stage - 1, held.stage}
	}
	if t.CurrentPost(s).Stage != held.stage {
		t.TeachesStage = held.stage
	}
	switch {
	case s.Language != "" && (!slices.Contains(subjects.all, held.subject) || dice.hit(d.p.Speakers)):
		t.Languages = []model.Language{s.Language}
	case s.Language == "" && len(d.tongues) > 0 && dice.hit(d.p.Elsewhere):
		t.Languages = []model.Language{pick(dice, d.tongues)}
	}
}

// addSecond adds a further subject, unless the teacher has it.
func addSecond(t *model.Teacher, subject model.SubjectID) {
	if subject != t.Main && !slices.Contains(t.Second, subject) {
		t.Second = append(t.Second, subject)
	}
}
