package letter

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/model"
)

// Posting is the list that everybody may see.
type Posting struct {
	County      Term
	Year        Term
	Issuer      Term
	Day, Until  model.Date
	Synthetic   bool
	Hash        string // of the county that was planned
	Posts       []PostRow
	People      []PersonRow
	FromRounds  bool // points and cut-offs are those of the hiring rounds
	Seed        uint64
	Amendment   bool
	PeopleTotal int
}

// PostRow is one post.
type PostRow struct {
	ID     model.PostID
	Name   Term
	Need   int
	Filled int
	Came   int // people who come to it
	CutOff int // lowest points of those, of whom Came > 0
}

// PersonRow is one teacher, by id.
type PersonRow struct {
	Teacher  model.TeacherID
	From, To Term
	Ground   model.Ground
	Points   int
	Rank, Of int // by points among those who come to the post, or in the ranking of the rounds; 0: keeps the present post
	CutOff   int // lowest points of those who come, or of those whom the post hired in the rounds
}

// arrival is somebody who comes to a post.
type arrival struct {
	teacher model.TeacherID
	points  int
}

// arrive lists who comes to each post, by points, the highest first, and then by id.
func (w *writer) arrive() map[model.PostID][]arrival {
	all := map[model.PostID][]arrival{}
	for i := range w.plan.Assignments {
		if a := &w.plan.Assignments[i]; a.Moved() {
			all[a.To] = append(all[a.To], arrival{a.Teacher, w.points(a.Teacher)})
		}
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b arrival) int { return cmp.Or(b.points-a.points, cmp.Compare(a.teacher, b.teacher)) })
	}
	return all
}

// points are those of the rounds, or of the county's record, or worked out by its weights.
func (w *writer) points(id model.TeacherID) int {
	if d, ranked := w.decisions[id]; ranked {
		return d.Points
	}
	return w.c.Rules.Points.Of(w.teachers[id])
}

// posting makes the list.
func (w *writer) posting() Posting {
	p := Posting{County: Term{w.c.Name, w.c.NameEn}, Year: w.schoolYear(), Issuer: w.o.Issuer, Day: w.o.Day, Until: w.o.Until, Synthetic: w.c.Origin.Synthetic,
		Hash: w.plan.CountyHash, FromRounds: w.o.Rounds != nil, Seed: w.plan.Options.Seed, Amendment: w.o.Before != nil}
	for i := range w.plan.Posts {
		post := &w.plan.Posts[i]
		row := PostRow{ID: post.PostID, Name: w.post(post.PostID), Need: post.Need, Filled: post.Filled}
		if came := w.arrivals[post.PostID]; len(came) > 0 {
			row.Came, row.CutOff = len(came), came[len(came)-1].points
		}
		p.Posts = append(p.Posts, row)
	}
	for i := range w.plan.Assignments {
		a := &w.plan.Assignments[i]
		if a.Ground == model.GroundAway {
			continue
		}
		p.PeopleTotal++
		if before, was := w.before[a.Teacher]; !w.concerns(a.Teacher) || was && before == a.To { // who objected in vain is nobody's business
			continue
		}
		row := PersonRow{Teacher: a.Teacher, From: w.post(a.From), To: w.post(a.To), Ground: a.Ground, Points: w.points(a.Teacher)}
		if from, was := w.before[a.Teacher]; was {
			row.From = w.post(from)
		}
		row.Rank, row.Of, row.CutOff = w.rank(a)
		p.People = append(p.People, row)
	}
	return p
}

// rank gives the place of a teacher by points, among how many, and the lowest points of those who got the post.
func (w *writer) rank(a *model.Assignment) (rank, of, cutOff int) {
	if d, ranked := w.decisions[a.Teacher]; ranked && d.Asked == a.To {
		return d.Rank, d.Of, d.CutOff.Points
	}
	came := w.arrivals[a.To]
	for i := range came {
		if came[i].teacher == a.Teacher {
			return i + 1, len(came), came[len(came)-1].points
		}
	}
	return 0, 0, 0
}

// what says what the list is, in both languages.
func (p *Posting) what() Term {
	if p.Amendment {
		return Term{p.County.Zh + p.Year.Zh + "教师岗位安排调整公示", fmt.Sprintf("%s: posts of teachers for %s, as amended after objections", p.County.En, p.Year.En)}
	}
	return Term{p.County.Zh + p.Year.Zh + "教师岗位安排公示", fmt.Sprintf("%s: posts of teachers for %s", p.County.En, p.Year.En)}
}

// Notes says how to read the list, in both languages.
func (p *Posting) Notes() []Term {
	notes := []Term{{fmt.Sprintf("公示时间：%s至%s。有异议者请在此期间书面向%s提出。", day(p.Day).Zh, day(p.Until).Zh, p.Issuer.Zh),
		fmt.Sprintf("Published %s; objections in writing to the %s until %s.", day(p.Day).En, p.Issuer.En, day(p.Until).En)}}
	if p.FromRounds {
		notes = append(notes, Term{"积分、名次和最低积分为竞聘轮次的结果。", "Points, ranks and lowest points are those of the hiring rounds."})
	} else {
		notes = append(notes, Term{"名次为同一岗位调入人员按积分的先后；最低积分为其中最低者。岗位按补足缺岗、安置人员、规则和费用的先后次序统筹确定，不单按积分。",
			"Rank: by points among those who come to the post; lowest: the lowest points of them. Posts are decided by vacancies, people placed, rules and cost in this order, not by points alone."})
	}
	if p.Seed != 0 {
		notes = append(notes, Term{fmt.Sprintf("同等方案抽签种子：%d。", p.Seed), fmt.Sprintf("Seed of the lottery among equal plans: %d.", p.Seed)})
	}
	if p.Synthetic {
		notes = append(notes, Term{"人员为合成数据，并非真人。", "Synthetic people: nobody in this data exists."})
	}
	return append(notes, Term{"名单只列编号，不含姓名；请假、借调、退休人员不在其列。", "Ids alone, no names; who is on leave, seconded or retired is not listed."})
}

// WriteText writes the list, at most 100 columns wide.
func (p *Posting) WriteText(out io.Writer) error {
	w := bufio.NewWriter(out)
	title := p.what()
	fmt.Fprintf(w, "%s\n%s\n\n", title.Zh, title.En)
	for _, note := range p.Notes() {
		fill(w, "", note.Zh)
		fill(w, "", note.En)
	}
	var posts, people [][]string
	for _, row := range p.Posts {
		cutOff := "-"
		if row.Came > 0 {
			cutOff = strconv.Itoa(row.CutOff)
		}
		posts = append(posts, []string{report.Short(row.ID.String(), 28), report.Short(row.Name.Zh, 32), strconv.Itoa(row.Need), strconv.Itoa(row.Filled), strconv.Itoa(row.Came), cutOff})
	}
	for _, row := range p.People {
		rank := "-"
		if row.Rank > 0 {
			rank = fmt.Sprintf("%d/%d", row.Rank, row.Of)
		}
		people = append(people, []string{report.Short(string(row.Teacher), 10), report.Short(row.From.Zh, 27), report.Short(row.To.Zh, 27), row.Ground.Chinese(), strconv.Itoa(row.Points), rank})
	}
	report.Grid(w, "岗位 Posts", []string{"id", "岗位 post", ">核定", ">已配", ">调入", ">最低积分"}, posts)
	report.Grid(w, "人员 People", []string{"id", "原岗位 before", "新岗位 after", "依据", ">积分", ">名次/人数"}, people)
	return w.Flush()
}

// WriteCSV writes one row for each teacher.
func (p *Posting) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write([]string{"teacher", "before", "before_zh", "after", "after_zh", "ground", "ground_zh", "points", "rank", "of", "lowest_points", "data"})
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	data := ""
	if p.Synthetic {
		data = "synthetic"
	}
	for _, row := range p.People {
		lowest := ""
		if row.Rank > 0 {
			lowest = strconv.Itoa(row.CutOff)
		}
		out.Write([]string{string(row.Teacher), row.From.En, row.From.Zh, row.To.En, row.To.Zh, row.Ground.String(), row.Ground.Chinese(),
			strconv.Itoa(row.Points), number(row.Rank), number(row.Of), lowest, data})
	}
	out.Flush()
	return out.Error()
}
