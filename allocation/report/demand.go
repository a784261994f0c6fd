package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// WriteDemand writes the need of every school beside its people, and where
// approved and derived posts differ.
func WriteDemand(w io.Writer, c *model.County, d *allocation.Demands) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "posts (岗位)")
	people := present(c)
	need := map[model.SchoolID]int{}
	for _, p := range d.Posts {
		need[p.School] += p.Need
	}
	var rows [][]string
	for i := range c.Schools {
		s, working := &c.Schools[i], &d.Schools[i]
		periods := model.Tenths(0)
		for _, stage := range working.Stages {
			periods += stage.Periods
		}
		rows = append(rows, []string{string(s.ID), short(s.Name, 28), number(s.Pupils(0)), periods.String(),
			number(working.TeachingQuota), number(need[s.ID]), number(people[s.ID]), signed(people[s.ID] - need[s.ID])})
	}
	grid(out, "Schools (学校)", []string{"id", "school", ">pupils", ">periods", ">quota", ">need", ">people", ">+/-"}, rows)
	writeDifferences(out, d.Differences(), len(c.Posts) > 0)
	return out.Flush()
}

// writeDifferences lists the posts whose approved number is not the derived one.
func writeDifferences(w io.Writer, different []allocation.PostDemand, approved bool) {
	if !approved {
		return
	}
	var rows [][]string
	for _, p := range different {
		rows = append(rows, []string{p.PostID.String(), number(p.Need), number(p.Derived), signed(p.Need - p.Derived)})
	}
	grid(w, "Approved posts that differ from derived ones (核定岗位与测算之差)",
		[]string{"post", ">approved", ">derived", ">+/-"}, rows)
}

// WriteSchoolDemand writes the working for one school: classes, periods, quota,
// whole posts, and who teaches what is left over.
func WriteSchoolDemand(w io.Writer, c *model.County, d *allocation.Demands, working allocation.SchoolDemand) error {
	out := bufio.NewWriter(w)
	name := string(working.School) + " " + schoolNames(c)[working.School]
	writeTitle(out, c, "posts of "+name)
	for _, stage := range working.Stages {
		writeStage(out, c, &stage, working.Approved)
	}
	fmt.Fprintf(out, "\nTeaching quota of the school (教学编制): %d\n", working.TeachingQuota)
	different := lo.Filter(d.Differences(), func(p allocation.PostDemand, _ int) bool { return p.School == working.School })
	writeDifferences(out, different, working.Approved)
	return out.Flush()
}

func writeStage(w io.Writer, c *model.County, d *allocation.StageDemand, approved bool) {
	rules := &c.Rules
	var rows [][]string
	for _, g := range d.Grades {
		now := number(g.ClassesNow)
		if g.ClassesNow == 0 {
			now = "-"
		}
		rows = append(rows, []string{number(g.Grade), number(g.Pupils), now, number(g.Classes)})
	}
	grid(w, fmt.Sprintf("%s %s: classes of at most %d (班额)", titled(d.Stage.String()), d.Stage.Chinese(), rules.ClassCap.At(d.Stage)),
		[]string{">grade", ">pupils", ">classes now", ">classes"}, rows)
	steps := [][]string{
		{"Staff by pupils (生师比)", number(d.StaffByPupils), fmt.Sprintf("%s pupils / %s, rounded up", number(d.Pupils), rules.PupilsPerStaff.At(d.Stage))},
		{"Staff of the stage (编制)", number(d.Staff), "part of the staffing quota; without one, by pupils"},
		{"Not teaching (非教学人员)", number(d.NonTeaching), rules.NonTeachingShare.At(d.Stage).String() + " of the staff, rounded down"},
	}
	if d.ByClass > 0 {
		steps = append(steps, []string{"Least for a small school (班师比)", number(d.ByClass),
			fmt.Sprintf("%s classes x %s", number(d.Classes), rules.TeachersPerClass)})
	}
	steps = append(steps,
		[]string{"Teaching quota (教学编制)", number(d.TeachingQuota), ""},
		[]string{"Posts by periods (按课时)", number(d.PostsByPeriods), fmt.Sprintf("%s periods / load %s, rounded up", d.Periods, d.Load)},
		[]string{"Whole posts (岗位)", number(d.Posts), "the smaller of the two"})
	grid(w, "How many posts (岗位测算)", []string{"", ">", ""}, steps)
	writeStageSubjects(w, d, approved)
}

func writeStageSubjects(w io.Writer, d *allocation.StageDemand, approved bool) {
	header := []string{"subject", ">periods", ">posts", ">left over", "teaches as well (兼教)"}
	if approved {
		header = []string{"subject", ">periods", ">posts", ">approved", ">left over", "teaches as well (兼教)"}
	}
	var rows [][]string
	for _, s := range d.Subjects {
		var also []string
		for _, extra := range s.Second {
			also = append(also, fmt.Sprintf("%s %s", extra.Subject, extra.Periods))
		}
		row := []string{string(s.Subject), s.Periods.String(), number(s.Posts)}
		if approved {
			row = append(row, number(s.Need))
		}
		rows = append(rows, append(row, max(0, s.Residual).String(), short(strings.Join(also, ", "), 50)))
	}
	grid(w, "Posts by subject, by largest remainder (分科岗位)", header, rows)
	fmt.Fprintf(w, "\nPeriods that no post has time for (缺口课时): %s. Time to spare (余量课时): %s.\n", d.Uncovered, d.Spare)
}

// present counts the people who can be planned at each school.
func present(c *model.County) map[model.SchoolID]int {
	count := map[model.SchoolID]int{}
	for i := range c.Teachers {
		if t := &c.Teachers[i]; !t.Away(c.Date, &c.Rules) {
			count[t.CurrentSchool(c.Date)]++
		}
	}
	return count
}

func writeTitle(w io.Writer, c *model.County, what string) {
	name := c.Name
	if c.NameEn != "" {
		name += " " + c.NameEn
	}
	wrap(w, "", fmt.Sprintf("%s: %s for the school year from %s, policy (政策) %s", name, what, c.Date, c.Policy))
	if label := OriginLabel(c.Origin); label != "" {
		wrap(w, "", label)
	}
}

func signed(n int) string {
	if n > 0 {
		return "+" + number(n)
	}
	return number(n)
}

// titled gives a word with a capital.
func titled(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}
