package letter

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// Options says how a plan is published.
type Options struct {
	Day    model.Date               // of publication
	Until  model.Date               // the last day to object
	Issuer Term                     // who signs; empty: the county's education bureau
	Rounds *allocation.RoundsResult // the hiring rounds that the plan comes from, for points and cut-offs; nil: there were none
	People []model.Person           // names: the letters become the named copy
	Only   []model.TeacherID        // letters for these teachers and their schools alone, as after an amendment; nil: for all
	Before *model.Plan              // the plan published before, where this one amends it
}

// Term is a text in both languages.
type Term struct{ Zh, En string }

// Publication is a plan in the words in which it is published.
type Publication struct {
	Posting  Posting
	Teachers []Letter // in order of id, without those who are away
	Schools  []Letter // in order of the county's schools
	Named    bool     // with names: not for the public
}

// Letter is one letter, in both languages.
type Letter struct {
	ID     string // of the teacher or the school
	Zh, En Text
}

// Text is a letter in one language.
type Text struct {
	Language, Issuer, Title, Number string
	To                              string
	Opening                         []string // paragraphs
	Facts                           []Fact
	Tables                          []Table
	Sections                        []Section
	Objection                       []string
	Signed                          []string
	Note                            string // that people are synthetic, or that names are in it
}

// Fact is a figure with its name.
type Fact struct{ Name, Value string }

// Table is a table with a title.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// Section is a heading with lines below it.
type Section struct {
	Heading string
	Lines   []string
}

// New words a plan of a county for publication. Questions go to one explainer, by several goroutines, so 1,500 letters take some seconds; the
// texts don't depend on how many there are. Errors: those of [allocation.NewExplainer] and of the policy pack.
func New(ctx context.Context, c *model.County, plan *model.Plan, o Options) (*Publication, error) {
	w, err := newWriter(ctx, c, plan, o)
	if err != nil {
		return nil, err
	}
	p := &Publication{Posting: w.posting(), Named: len(o.People) > 0}
	teachers := lo.Filter(plan.Assignments, func(a model.Assignment, _ int) bool { return a.Ground != model.GroundAway && w.concerns(a.Teacher) })
	p.Teachers = make([]Letter, len(teachers))
	schools := lo.Filter(c.Schools, func(s model.School, _ int) bool { return w.concernsSchool(s.ID) })
	p.Schools = make([]Letter, len(schools))
	err = forAll(len(teachers)+len(schools), func(i int) (err error) {
		if i < len(teachers) {
			p.Teachers[i], err = w.teacher(ctx, &teachers[i])
		} else {
			p.Schools[i-len(teachers)], err = w.school(ctx, &schools[i-len(teachers)])
		}
		return err
	})
	return p, err
}

// forAll does n things by several goroutines, and gives the error of the first that fails, in order.
func forAll(n int, do func(int) error) error {
	errors := make([]error, n)
	next := make(chan int)
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := range next {
				errors[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	group.Wait()
	for _, err := range errors {
		if err != nil {
			return err
		}
	}
	return nil
}

// writer knows what letters are written from.
type writer struct {
	c         *model.County
	plan      *model.Plan
	o         Options
	pack      *policy.Pack
	explainer *allocation.Explainer
	rules     map[model.RuleID]allocation.Rule
	teachers  map[model.TeacherID]*model.Teacher
	schools   map[model.SchoolID]*model.School
	subjects  map[model.SubjectID]model.Subject
	posts     map[model.PostID]*model.PlannedPost
	names     map[model.TeacherID]string
	decisions map[model.TeacherID]allocation.RoundDecision // the last one with a ranking
	asked     map[asking]allocation.RoundDecision          // in vain, in the rounds
	before    map[model.TeacherID]model.PostID             // as published before an amendment
	arrivals  map[model.PostID][]arrival
}

// asking is somebody who asked for a post.
type asking struct {
	teacher model.TeacherID
	post    model.PostID
}

func newWriter(ctx context.Context, c *model.County, plan *model.Plan, o Options) (*writer, error) {
	w := &writer{c: c, plan: plan, o: o, teachers: map[model.TeacherID]*model.Teacher{}, schools: map[model.SchoolID]*model.School{},
		subjects: map[model.SubjectID]model.Subject{}, posts: map[model.PostID]*model.PlannedPost{}, names: map[model.TeacherID]string{},
		decisions: map[model.TeacherID]allocation.RoundDecision{}, asked: map[asking]allocation.RoundDecision{}, before: map[model.TeacherID]model.PostID{}}
	var err error
	if w.pack, err = policy.Load(c.Policy); err != nil {
		return nil, err
	}
	if w.explainer, err = allocation.NewExplainer(ctx, c, plan, nil); err != nil {
		return nil, err
	}
	if w.o.Issuer == (Term{}) {
		w.o.Issuer = Term{c.Name + "教育局", lo.CoalesceOrEmpty(c.NameEn, c.Name) + " Education Bureau"}
	}
	w.rules = lo.SliceToMap(allocation.Rules(), func(r allocation.Rule) (model.RuleID, allocation.Rule) { return r.ID, r })
	for i := range c.Teachers {
		w.teachers[c.Teachers[i].ID] = &c.Teachers[i]
	}
	for i := range c.Schools {
		w.schools[c.Schools[i].ID] = &c.Schools[i]
	}
	for _, s := range c.Subjects {
		w.subjects[s.ID] = s
	}
	for i := range plan.Posts {
		w.posts[plan.Posts[i].PostID] = &plan.Posts[i]
	}
	for _, p := range o.People {
		w.names[p.Teacher] = p.Name
	}
	if o.Rounds != nil {
		for _, d := range o.Rounds.Decisions {
			if d.Rank > 0 {
				w.decisions[d.Teacher] = d
			}
			if d.Rank > 0 && d.To != d.Asked {
				w.asked[asking{d.Teacher, d.Asked}] = d
			}
		}
	}
	if o.Before != nil {
		for i := range o.Before.Assignments {
			w.before[o.Before.Assignments[i].Teacher] = o.Before.Assignments[i].To
		}
	}
	w.arrivals = w.arrive()
	return w, nil
}

// concerns reports whether a teacher gets a letter.
func (w *writer) concerns(id model.TeacherID) bool {
	return w.o.Only == nil || lo.Contains(w.o.Only, id)
}

// concernsSchool reports whether a school gets a letter: one that somebody of those comes to or leaves.
func (w *writer) concernsSchool(id model.SchoolID) bool {
	if w.o.Only == nil {
		return true
	}
	for i := range w.plan.Assignments {
		a := &w.plan.Assignments[i]
		if w.concerns(a.Teacher) && (a.To.School == id || a.From.School == id || w.before[a.Teacher].School == id) {
			return true
		}
	}
	return false
}

// post names a post: the school, and what is taught there.
func (w *writer) post(p model.PostID) Term {
	if p.IsZero() {
		return Term{"无", "none"}
	}
	name := string(p.School)
	if s := w.schools[p.School]; s != nil {
		name = s.Name
	}
	local := w.local(p)
	return Term{name + "（" + local.Zh + "）", name + ", " + local.En}
}

// local names a post within its school: the stage is said in Chinese only where the school has several.
func (w *writer) local(p model.PostID) Term {
	subject, stage := w.subjects[p.Subject], ""
	if s := w.schools[p.School]; s == nil || lo.CountBy(model.Stages(), s.HasStage) > 1 {
		stage = p.Stage.Chinese()
	}
	return Term{stage + subject.Name, p.Stage.String() + " " + lo.CoalesceOrEmpty(subject.NameEn, string(p.Subject))}
}

// person names a teacher: by id, in the named copy by name as well.
func (w *writer) person(id model.TeacherID) Term {
	if name := w.names[id]; name != "" {
		return Term{name + "（" + string(id) + "）", name + " (" + string(id) + ")"}
	}
	return Term{string(id), string(id)}
}

// day writes a day out.
func day(d model.Date) Term {
	return Term{fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day()), fmt.Sprintf("%d %s %d", d.Day(), d.Month(), d.Year())}
}

// schoolYear names the school year that is planned.
func (w *writer) schoolYear() Term {
	y := w.c.Date.Year()
	return Term{fmt.Sprintf("%d—%d学年", y, y+1), fmt.Sprintf("the school year %d/%02d", y, (y+1)%100)}
}

// frame fills in what every letter has: its head, how to object, who signs.
func (w *writer) frame(kind string, id string, title Term) (zh, en Text) {
	number := fmt.Sprintf("%s-%d-%s-%s", w.c.ID, w.c.Date.Year(), kind, id)
	until, on := day(w.o.Until), day(w.o.Day)
	zh = Text{Language: "zh-CN", Issuer: w.o.Issuer.Zh, Title: title.Zh, Number: "编号：" + number, Signed: []string{w.o.Issuer.Zh, on.Zh}, Objection: []string{
		fmt.Sprintf("如对本安排有异议，请于%s前（含当日）向%s书面提出，写明申诉事项、理由，并附证明材料。逾期提出的，不影响本安排的执行。", until.Zh, w.o.Issuer.Zh),
		"申诉成立的，依法更正有关信息并重新安排；与申诉无关的教师原则上不作变动。"}}
	en = Text{Language: "en", Issuer: w.o.Issuer.En, Title: title.En, Number: "No. " + number, Signed: []string{w.o.Issuer.En, on.En}, Objection: []string{
		fmt.Sprintf("If you object, write to the %s by %s (that day included), and say what you object to and why, with evidence. An objection that comes later does not hold up this decision.", w.o.Issuer.En, until.En),
		"Where an objection is upheld, the data are put right and the post is decided anew; others keep their posts wherever that is possible."}}
	if w.c.Origin.Synthetic {
		zh.Note, en.Note = "人员为合成数据，并非真人。", "Synthetic people: nobody in this data exists."
	}
	if len(w.o.People) > 0 {
		zh.Note, en.Note = zh.Note+"含姓名，仅供本人及主管部门使用，不得公开。", en.Note+" With names: for the reader and the office alone."
	}
	return zh, en
}
