package report

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/model"
)

// afterSchool stands where a subject does.
const afterSchool = "课后服务"

// lessonNames names subjects in Chinese, after-school service among them.
func lessonNames(c *model.County) map[model.SubjectID]string {
	names := map[model.SubjectID]string{sharing.AfterSchool: afterSchool}
	for _, s := range c.Subjects {
		names[s.ID] = s.Name
	}
	return names
}

// gradeOfClasses is the classes of a grade that lack as much of a lesson each.
type gradeOfClasses struct {
	model.PostID
	grade            int
	periods, missing model.Tenths // of each class
	classes          []int
}

// writeShortClasses writes which classes miss what, those of a grade that miss the same together.
func writeShortClasses(w io.Writer, c *model.County, r *sharing.Result) {
	if len(r.Classes) == 0 {
		fmt.Fprintf(w, "\nEvery class of every school has its full periods (开齐开足).\n")
		return
	}
	var all []gradeOfClasses
	schools := map[model.SchoolID]bool{}
	for _, x := range r.Classes {
		schools[x.School] = true
		at := slices.IndexFunc(all, func(g gradeOfClasses) bool {
			return g.PostID == x.PostID && g.grade == x.Grade && g.missing == x.Missing
		})
		if at < 0 {
			at = len(all)
			all = append(all, gradeOfClasses{x.PostID, x.Grade, x.Periods, x.Missing, nil})
		}
		all[at].classes = append(all[at].classes, x.Class)
	}
	slices.SortStableFunc(all, func(a, b gradeOfClasses) int {
		return cmp.Or(a.PostID.Compare(b.PostID), cmp.Compare(a.grade, b.grade), cmp.Compare(a.missing, b.missing))
	})
	names, subjects := schoolNames(c), lessonNames(c)
	var rows [][]string
	for _, g := range all[:min(len(all), shownSharing)] {
		var classes []string
		for _, n := range g.classes {
			classes = append(classes, strconv.Itoa(n))
		}
		rows = append(rows, []string{short(names[g.School], 30), short(subjects[g.Subject], 20), strconv.Itoa(g.grade), short(strings.Join(classes, ","), 20), g.periods.String(), g.missing.String()})
	}
	grid(w, fmt.Sprintf("Classes short of periods (未开足的班级): %s classes of %d schools; %d of %s lines", number(len(r.Classes)), len(schools), len(rows), number(len(all))),
		[]string{"school (学校)", "subject (学科)", ">grade", "classes (班)", ">asked", ">missing each"}, rows)
}

// meansTerms says how open periods could be filled: in English, in Chinese.
var meansTerms = map[sharing.Means][2]string{sharing.MeansJoin: {"one more class joins", "增加同步课堂"}, sharing.MeansHost: {"a further host", "增设主讲学校"},
	sharing.MeansVisit: {"a visitor", "放宽走教"}, sharing.MeansRecruit: {"recruit", "补充招聘"}}

// meansText gives both.
func meansText(m sharing.Means) string {
	terms := meansTerms[m]
	return fmt.Sprintf("%s (%s)", terms[0], terms[1])
}

// writeRemedies writes the cheapest way to fill what is missing: what each means does and costs in all, then lesson by lesson.
func writeRemedies(w io.Writer, c *model.County, r *sharing.Result) {
	if len(r.Missing) == 0 {
		return
	}
	type sum struct {
		periods, posts model.Tenths
		days           int
		monthly        model.Fen
	}
	sums := map[sharing.Means]*sum{}
	counted := map[[2]string]bool{}
	for _, m := range r.Missing {
		if sums[m.Means] == nil {
			sums[m.Means] = &sum{}
		}
		s, trip := sums[m.Means], [2]string{string(m.Teacher), string(m.School)}
		s.periods += m.Periods
		s.posts += m.Posts
		s.monthly += m.Monthly
		if !counted[trip] {
			counted[trip] = true
			s.days += m.Days
		}
	}
	proof := "the least there is (已证最省)"
	if !r.Remedies.Proven {
		proof = fmt.Sprintf("at least %s, gap %.1f%%", yuan(model.Fen(r.Remedies.Bound)), 100*r.Remedies.Gap)
	}
	var rows [][]string
	for _, means := range []sharing.Means{sharing.MeansJoin, sharing.MeansHost, sharing.MeansVisit, sharing.MeansRecruit} {
		s := sums[means]
		if s == nil {
			continue
		}
		what := ""
		switch means {
		case sharing.MeansVisit:
			what = fmt.Sprintf("%d days a week", s.days)
		case sharing.MeansRecruit:
			what = s.posts.String() + " posts, rounded up by lesson"
		}
		rows = append(rows, []string{meansText(means), s.periods.String(), what, yuan(s.monthly)})
	}
	grid(w, fmt.Sprintf("The cheapest remedies (最省补救): %s yuan a month, %s", yuan(model.Fen(r.Remedies.Value)), proof), []string{"means", ">periods", "", ">yuan a month"}, rows)
	names, subjects := schoolNames(c), lessonNames(c)
	rows = nil
	for _, m := range r.Missing[:min(len(r.Missing), shownSharing)] {
		rows = append(rows, []string{short(names[m.School], 24), short(subjects[m.Subject], 10), m.Periods.String(), meansText(m.Means), short(remedyDetail(names, &m), 22), yuan(m.Monthly)})
	}
	grid(w, fmt.Sprintf("Remedies by lesson (分课补救): %d of %s", len(rows), number(len(r.Missing))), []string{"school (学校)", "subject", ">periods", "remedy", "", ">yuan"}, rows)
	o := r.Options
	fmt.Fprintln(w)
	wrap(w, "Prices a month (单价): ", fmt.Sprintf("a post %s yuan, a further host %s, a period over the network %s, all assumed (--post-cost, --host-cost, --join-cost); a kilometre %s. "+
		"Further visitors go up to 5 days a week from any distance, among the 4 nearest with time to spare; further hosts are among the 3 schools that give most.",
		yuan(o.PostCost), yuan(o.HostCost), yuan(o.JoinCost), c.Rules.TravelPerKilometre))
}

// remedyDetail says who goes how many times a week how far, how much of a post, or which host.
func remedyDetail(names map[model.SchoolID]string, m *sharing.Remedy) string {
	switch m.Means {
	case sharing.MeansVisit:
		return fmt.Sprintf("%s %dx %s", m.Teacher, m.Days, m.Metres)
	case sharing.MeansRecruit:
		return m.Posts.String() + " posts"
	}
	return names[m.Host]
}

// WriteClasses writes the periods of every subject in every class as CSV: asked, in presence, over the network and missing.
func WriteClasses(w io.Writer, c *model.County, r *sharing.Result) error {
	names, subjects := schoolNames(c), lessonNames(c)
	rows := [][]string{{"school", "name", "stage", "subject", "subject_zh", "grade", "class", "periods", "presence", "network", "missing", "data"}}
	for _, x := range sharing.Classes(c, r) {
		rows = append(rows, []string{string(x.School), names[x.School], x.Stage.String(), string(x.Subject), subjects[x.Subject], strconv.Itoa(x.Grade), strconv.Itoa(x.Class),
			x.Periods.String(), x.Presence.String(), x.Network.String(), x.Missing.String(), dataCell(r.Origin)})
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// WriteRemedies writes the remedies as CSV.
func WriteRemedies(w io.Writer, c *model.County, r *sharing.Result) error {
	names := schoolNames(c)
	rows := [][]string{{"school", "name", "stage", "subject", "periods", "means", "means_zh", "teacher", "days", "metres", "host", "posts", "yuan_per_month", "data"}}
	for _, x := range r.Missing {
		rows = append(rows, []string{string(x.School), names[x.School], x.Stage.String(), string(x.Subject), x.Periods.String(), string(x.Means), meansTerms[x.Means][1], string(x.Teacher),
			strconv.Itoa(x.Days), strconv.Itoa(int(x.Metres)), string(x.Host), x.Posts.String(), x.Monthly.String(), dataCell(r.Origin)})
	}
	return csv.NewWriter(w).WriteAll(rows)
}
