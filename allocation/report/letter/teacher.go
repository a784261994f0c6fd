package letter

import (
	"context"
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// teacher writes the letter to a teacher.
func (w *writer) teacher(ctx context.Context, a *model.Assignment) (Letter, error) {
	t := w.teachers[a.Teacher]
	title := Term{"教师岗位安排通知书", "Notice of post"}
	if w.o.Before != nil {
		title = Term{"教师岗位安排调整通知书", "Notice of post, as amended"}
	}
	zh, en := w.frame("T", string(a.Teacher), title)
	who := w.person(a.Teacher)
	zh.To, en.To = who.Zh+" 老师：", "To teacher "+who.En
	opening := w.opening(a, t)
	zh.Opening, en.Opening = []string{opening.Zh}, []string{opening.En}
	facts := w.teacherFacts(a, t)
	for _, f := range facts {
		zh.Facts, en.Facts = append(zh.Facts, Fact{f[0].Zh, f[1].Zh}), append(en.Facts, Fact{f[0].En, f[1].En})
	}
	lines, err := w.alternatives(ctx, a, t)
	if err != nil {
		return Letter{}, err
	}
	heading := Term{"关于其他岗位的说明", "What would have been needed for another post"}
	var sectionZh, sectionEn []string
	for _, line := range lines {
		sectionZh, sectionEn = append(sectionZh, line.Zh), append(sectionEn, line.En)
	}
	zh.Sections, en.Sections = []Section{{heading.Zh, sectionZh}}, []Section{{heading.En, sectionEn}}
	return Letter{string(a.Teacher), zh, en}, nil
}

// opening says the decision in a sentence or two.
func (w *writer) opening(a *model.Assignment, t *model.Teacher) Term {
	to, from, year := w.post(a.To), w.post(a.From), w.schoolYear()
	if before, was := w.before[a.Teacher]; was && before != a.To {
		old := w.post(before)
		return Term{fmt.Sprintf("经处理公示期间的申诉，您%s的岗位由公示的%s调整为%s。", year.Zh, old.Zh, to.Zh),
			fmt.Sprintf("After objections were decided, your post for %s becomes %s, instead of %s as published.", year.En, to.En, old.En)}
	}
	switch a.Ground {
	case model.GroundStay:
		return Term{fmt.Sprintf("按照本县“县管校聘”工作安排，经全县统筹，您%s继续聘任在%s岗位。", year.Zh, to.Zh), fmt.Sprintf("For %s you keep your present post: %s.", year.En, to.En)}
	case model.GroundVolunteer:
		wish := Term{"", ""}
		if rank := slices.Index(t.Preferences, a.To.School); rank >= 0 {
			wish = Term{fmt.Sprintf("（您的第%d志愿）", rank+1), fmt.Sprintf(" (your choice %d)", rank+1)}
		}
		return Term{fmt.Sprintf("您自愿申请调整岗位。经全县统筹，%s安排您由%s到%s岗位任教%s。", year.Zh, from.Zh, to.Zh, wish.Zh),
			fmt.Sprintf("You asked to move. For %s your post is %s%s; it was %s.", year.En, to.En, wish.En, from.En)}
	case model.GroundRotation:
		return Term{fmt.Sprintf("您在现学校任教已满%d年，按规定应当交流轮岗。经全县统筹，%s安排您由%s到%s岗位任教。", t.YearsHere, year.Zh, from.Zh, to.Zh),
			fmt.Sprintf("You have been at your school for %d years, and rotation is due. For %s your post is %s; it was %s.", t.YearsHere, year.En, to.En, from.En)}
	case model.GroundUnplaced:
		return Term{fmt.Sprintf("您在竞聘后未获得岗位。经县域统筹调剂，%s安排您到%s岗位任教。", year.Zh, to.Zh), fmt.Sprintf("You had no post after hiring. For %s the county places you: %s.", year.En, to.En)}
	case model.GroundRecruit:
		return Term{fmt.Sprintf("欢迎您加入教师队伍。经全县统筹，%s安排您到%s岗位任教。", year.Zh, to.Zh), fmt.Sprintf("Welcome. For %s your post is %s.", year.En, to.En)}
	}
	return Term{fmt.Sprintf("经全县统筹，%s暂无适合您的空岗，按规定待岗培训。", year.Zh), fmt.Sprintf("For %s no vacancy is open to you; you go to retraining.", year.En)}
}

// teacherFacts lists what the decision rests on.
func (w *writer) teacherFacts(a *model.Assignment, t *model.Teacher) [][2]Term {
	rule, source := w.law(a.Ground)
	to := w.post(a.To)
	if a.To.IsZero() {
		to = Term{"待岗培训", "none: retraining"}
	}
	facts := [][2]Term{
		{{"原岗位", "Old post"}, w.post(a.From)},
		{{"新岗位", "New post"}, to},
		{{"依据", "Ground"}, {a.Ground.Chinese(), grounds[a.Ground]}},
		{{"适用规则", "Rule"}, rule},
		{{"规则出处", "Source"}, source},
		{{"您的积分", "Your points"}, {fmt.Sprintf("%d分（乡村任教%d年）", w.points(t.ID), t.RuralYears), fmt.Sprintf("%d (%d years of rural service)", w.points(t.ID), t.RuralYears)}},
	}
	if before, was := w.before[a.Teacher]; was && before != a.To {
		facts = slices.Insert(facts, 1, [2]Term{{"公示岗位", "As published"}, w.post(before)})
	}
	rank, of, cutOff := w.rank(a)
	switch d, ranked := w.decisions[a.Teacher]; {
	case ranked && d.Asked == a.To:
		facts = append(facts, [2]Term{{"竞聘结果", "Hiring round"}, {fmt.Sprintf("报该岗位%d人，您列第%d名；最后一名受聘者积分%d分", of, rank, cutOff),
			fmt.Sprintf("you ranked %d of %d; the last one hired had %d points", rank, of, cutOff)}})
	case rank > 0:
		facts = append(facts, [2]Term{{"该岗位调入人员", "Who comes to the post"}, {fmt.Sprintf("共%d人，最低积分%d分；您按积分列第%d名", of, cutOff, rank),
			fmt.Sprintf("%d, lowest points %d; by points you are number %d", of, cutOff, rank)}})
	}
	return facts
}

var grounds = map[model.Ground]string{
	model.GroundStay: "keeps the present post", model.GroundVolunteer: "asked to move", model.GroundRotation: "due for rotation",
	model.GroundUnplaced: "left without a post after hiring, placed by the county", model.GroundRecruit: "newly recruited", model.GroundNone: "left without a post",
}

// mostWishes is how many wishes that were not met a letter explains.
const mostWishes = 3

// alternatives says of what the reader may have hoped for why it is not so: the present post for who moves against their will, the wishes before the one that
// was met for who asked to move.
func (w *writer) alternatives(ctx context.Context, a *model.Assignment, t *model.Teacher) ([]Term, error) {
	hopes := w.hopes(a, t)
	if len(hopes) == 0 {
		switch a.Ground {
		case model.GroundVolunteer:
			return []Term{{"已按您的申请安排。", "You have what you asked for."}}, nil
		case model.GroundStay:
			years := w.c.Rules.RotationYears
			return []Term{{fmt.Sprintf("如希望到其他学校任教，需在下一年度规定时间内自愿申请；或在同一学校任教满%d年后参加交流轮岗。", years),
				fmt.Sprintf("For another school, apply in time next year; rotation is due after %d years at one school.", years)}}, nil
		}
	}
	reasons, err := w.explainer.Teacher(ctx, a.Teacher, len(w.plan.Posts)) // one search answers for all posts
	if err != nil {
		return nil, err
	}
	if len(hopes) == 0 {
		return w.cheapest(reasons), nil
	}
	var lines []Term
	for _, hope := range hopes {
		answer, err := w.answer(reasons, t, hope.post)
		if err != nil {
			return nil, err
		}
		lines = append(lines, Term{hope.label.Zh + "：" + answer.Zh + "。", hope.label.En + ": " + answer.En + "."})
	}
	return lines, nil
}

// hope is a post that a teacher may have hoped for; the zero post is one that there is not.
type hope struct {
	label Term
	post  model.PostID
}

func (w *writer) hopes(a *model.Assignment, t *model.Teacher) (list []hope) {
	if !a.From.IsZero() && a.Moved() && a.Ground != model.GroundVolunteer {
		name := w.post(a.From)
		list = append(list, hope{Term{"留任" + name.Zh, "To stay at " + name.En}, a.From})
	}
	if !t.Volunteer {
		return list
	}
	for rank, school := range t.Preferences[:min(len(t.Preferences), mostWishes)] {
		if school == a.To.School {
			break
		}
		label := Term{fmt.Sprintf("第%d志愿，", rank+1), fmt.Sprintf("Choice %d, ", rank+1)}
		post, found := w.wished(t, school)
		name := w.post(post)
		if !found {
			name = Term{w.schools[school].Name, w.schools[school].Name}
		}
		list = append(list, hope{Term{label.Zh + name.Zh, label.En + name.En}, post})
	}
	return list
}

// answer words why a teacher does not have a post.
func (w *writer) answer(reasons *allocation.TeacherReasons, t *model.Teacher, post model.PostID) (Term, error) {
	if post.IsZero() {
		return Term{"该校没有您任教学科的岗位", "the school has no post in your subject"}, nil
	}
	if d, asked := w.asked[asking{t.ID, post}]; asked {
		return outranked(&d), nil
	}
	forbidden, err := w.explainer.Forbidden(t.ID, post)
	if err != nil {
		return Term{}, err
	}
	if len(forbidden) > 0 {
		var all []Term
		for _, f := range forbidden {
			all = append(all, w.needed(f, t, post))
		}
		return join(all, "；", "; "), nil
	}
	if !w.explainer.Quick() {
		return Term{"受跨校规则约束，可申请就该岗位单独说明", "rules across schools decide; ask for an explanation of this post"}, nil
	}
	for _, other := range reasons.Alternatives {
		if other.Post == post {
			return w.price(other.Extra), nil
		}
	}
	return Term{"需有空岗或编制；现无人可以让出", "a vacancy or room in the quota; nobody there can make room"}, nil
}

// outranked says what the hiring rounds decided on somebody who asked for a post in vain.
func outranked(d *allocation.RoundDecision) Term {
	switch d.Reason {
	case allocation.ReasonOutranked:
		return Term{fmt.Sprintf("需积分高于最后一名受聘者（%d分）；您%d分，在%d名报名者中列第%d名", d.CutOff.Points, d.Points, d.Of, d.Rank),
			fmt.Sprintf("more points than the last one hired (%d); you have %d and ranked %d of %d", d.CutOff.Points, d.Points, d.Rank, d.Of)}
	case allocation.ReasonTitles:
		return Term{"需该校有您职称等级的空岗；该等级岗位已满", "a free place of your title class at the school; it has none"}
	}
	return Term{"需该岗位有空额；竞聘时没有空额", "a free place in the post; there was none in the hiring round"}
}

// cheapest says what another post would have cost, for who had no wish on record.
func (w *writer) cheapest(reasons *allocation.TeacherReasons) []Term {
	if !w.explainer.Quick() {
		return []Term{{"岗位受跨校规则约束，可申请就其他岗位单独说明。", "Rules across schools decide; ask for an explanation of any other post."}}
	}
	if len(reasons.Alternatives) == 0 {
		return []Term{{"没有其他依规定可以安排的空岗。", "No other post is open to you by the rules."}}
	}
	other := reasons.Alternatives[0]
	name, cost := w.post(other.Post), w.price(other.Extra)
	return []Term{{"除现安排外，对全县影响最小的是" + name.Zh + "：" + cost.Zh + "。", "The next best for the county is " + name.En + ": " + cost.En + "."}}
}

// wished gives the post that a wish for a school means: the main subject in the first stage that both have, else a second subject.
func (w *writer) wished(t *model.Teacher, school model.SchoolID) (model.PostID, bool) {
	for _, subject := range append([]model.SubjectID{t.Main}, t.Second...) {
		for _, stage := range t.Stages {
			post := model.PostID{School: school, Stage: stage, Subject: subject}
			if _, there := w.posts[post]; there {
				return post, true
			}
		}
	}
	return model.PostID{}, false
}
