package letter

import (
	"context"
	"fmt"
	"strconv"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// school writes the letter to a school.
func (w *writer) school(ctx context.Context, s *model.School) (Letter, error) {
	reasons, err := w.explainer.School(ctx, s.ID)
	if err != nil {
		return Letter{}, err
	}
	zh, en := w.frame("S", string(s.ID), Term{"学校教师配置通知书", "Notice of staffing"})
	zh.To, en.To = s.Name+"：", "To "+s.Name
	year := w.schoolYear()
	zh.Opening = []string{fmt.Sprintf("按照本县“县管校聘”工作安排，经全县统筹，你校%s核定教师岗位%d个，已配%d个；调入%d人，调出%d人。", year.Zh, reasons.Need, reasons.Filled, len(reasons.Came), len(reasons.Left))}
	en.Opening = []string{fmt.Sprintf("For %s your school has posts for %d people; filled: %d, coming: %d, leaving: %d.", year.En, reasons.Need, reasons.Filled, len(reasons.Came), len(reasons.Left))}
	zh.Facts = []Fact{{"适用规则", "按班额、课时和编制核定岗位；城镇与乡村统筹，先补缺岗"}, {"规则出处", w.demandSource().Zh}, {"编制内还可进人", strconv.Itoa(max(0, reasons.Room)) + "人"}}
	en.Facts = []Fact{{"Rule", "posts from classes, periods and quota; vacancies first"}, {"Source", w.demandSource().En}, {"Room in the quota", strconv.Itoa(max(0, reasons.Room))}}
	posts := [2]Table{{Caption: "岗位配置", Head: []string{"岗位", "核定", "原有", "现有", "空缺"}}, {Caption: "Posts", Head: []string{"post", "need", "before", "now", "vacant"}}}
	for i := range w.plan.Posts {
		if p := &w.plan.Posts[i]; p.School == s.ID {
			figures := []string{strconv.Itoa(p.Need), strconv.Itoa(p.Incumbent), strconv.Itoa(p.Filled), strconv.Itoa(p.Short())}
			posts[0].Rows = append(posts[0].Rows, append([]string{w.local(p.PostID).Zh}, figures...))
			posts[1].Rows = append(posts[1].Rows, append([]string{w.local(p.PostID).En}, figures...))
		}
	}
	zh.Tables, en.Tables = []Table{posts[0]}, []Table{posts[1]}
	w.moves(&zh, &en, reasons)
	for _, x := range reasons.Empty {
		why := emptyTerms[x.Reason]
		name := w.local(x.Post)
		if len(zh.Sections) == 0 {
			zh.Sections, en.Sections = []Section{{Heading: "空缺原因及补足条件"}}, []Section{{Heading: "Why posts are vacant, and what would fill them"}}
		}
		zh.Sections[0].Lines = append(zh.Sections[0].Lines, fmt.Sprintf("%s，缺%d人：%s。", name.Zh, x.Vacant, why.Zh))
		en.Sections[0].Lines = append(en.Sections[0].Lines, fmt.Sprintf("%s, %d vacant: %s.", name.En, x.Vacant, why.En))
	}
	return Letter{string(s.ID), zh, en}, nil
}

// demandSource says where the number of posts comes from.
func (w *writer) demandSource() Term {
	cap, _ := w.pack.Value("class_cap.primary")
	staff, _ := w.pack.Value("pupils_per_staff.primary")
	return Term{cap.Source + "；" + staff.Source, cap.SourceEn + "; " + staff.SourceEn}
}

// moves adds who comes and who leaves.
func (w *writer) moves(zh, en *Text, reasons *allocation.SchoolReasons) {
	ground := map[model.TeacherID]model.Ground{}
	for i := range w.plan.Assignments {
		ground[w.plan.Assignments[i].Teacher] = w.plan.Assignments[i].Ground
	}
	for _, x := range []struct {
		zh, en, otherZh, otherEn string
		list                     []allocation.Displacement
		other                    func(allocation.Displacement) model.PostID
		here                     func(allocation.Displacement) model.PostID
	}{
		{"调入人员", "Who comes", "原岗位", "from", reasons.Came, func(d allocation.Displacement) model.PostID { return d.From }, func(d allocation.Displacement) model.PostID { return d.To }},
		{"调出人员", "Who leaves", "新岗位", "to", reasons.Left, func(d allocation.Displacement) model.PostID { return d.To }, func(d allocation.Displacement) model.PostID { return d.From }},
	} {
		if len(x.list) == 0 {
			continue
		}
		a := Table{Caption: x.zh, Head: []string{"编号", "本校岗位", x.otherZh, "依据", "积分"}}
		b := Table{Caption: x.en, Head: []string{"teacher", "post here", x.otherEn, "ground", "points"}}
		for _, d := range x.list {
			who, other, here := w.person(d.Teacher), w.post(x.other(d)), w.local(x.here(d))
			points := strconv.Itoa(w.points(d.Teacher))
			a.Rows = append(a.Rows, []string{who.Zh, here.Zh, other.Zh, ground[d.Teacher].Chinese(), points})
			b.Rows = append(b.Rows, []string{who.En, here.En, other.En, grounds[ground[d.Teacher]], points})
		}
		zh.Tables, en.Tables = append(zh.Tables, a), append(en.Tables, b)
	}
}
