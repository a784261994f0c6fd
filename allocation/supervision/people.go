package supervision

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// rewardedYears is how long somebody has served in the countryside whom a fund for long service rewards; the article names no number.
const rewardedYears = 20

// outside: schools elsewhere run or support schools here.
func (i *inspector) outside() {
	count := 0
	for k := range i.county.Schools {
		if i.county.Schools[k].OutsidePartner != "" {
			count++
		}
	}
	i.add(Finding{Article: "三（二）", Source: fuxin, Quote: "鼓励并支持县域外优质学校托管乡村学校", Figure: "schools run or supported by a school outside the county", FigureZ: "县域外优质学校托管的学校",
		Asked: "-", Got: fmt.Sprintf("%d, by %d schools that could", count, len(i.county.Outside)), Status: Report, Evidence: "the outside partner of each school; the table of schools outside the county"})
}

// principals: nobody leads one school for more than two terms.
func (i *inspector) principals() {
	term := i.county.Rules.PrincipalTermYears
	f := Finding{Article: "三（三）", Source: exchange, Quote: "校长在同一所学校连续任满两届后原则上应交流", Figure: "principals who have served two terms at their school", FigureZ: "任满两届未交流的校长",
		Asked: "none", Got: "no principals in the data", Status: Unknown, Evidence: "since when each leads the school; xianguan principals finds them schools"}
	all, due := 0, map[model.SchoolID]bool{}
	for k := range i.county.Teachers {
		t := &i.county.Teachers[k]
		if t.PrincipalSince == 0 || t.School == "" {
			continue
		}
		all++
		near := t.RetiresOn(&i.county.Rules) <= i.county.Date.AddYears(i.county.Rules.NearRetirementYears)
		if len(t.Exemptions) == 0 && !near && i.county.Date.YearsSince(t.PrincipalSince) >= 2*term {
			due[t.School] = true
		}
	}
	switch {
	case all > 0 && term == 0:
		f.Got = fmt.Sprintf("%d principals, no term set (principal.term_years)", all)
	case all > 0:
		f.Got, f.Status = fmt.Sprintf("%d of %d, by terms of %d years", len(due), all, term), met(len(due) == 0)
		f.Schools = i.inOrder(due)
	}
	i.add(f)
}

// inOrder lists schools in the county's order.
func (i *inspector) inOrder(some map[model.SchoolID]bool) (ids []model.SchoolID) {
	for k := range i.county.Schools {
		if id := i.county.Schools[k].ID; some[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// release: time for outreach, mentoring and training posts, which covers no periods.
func (i *inspector) release() {
	var sum model.Release
	people := 0
	for k := range i.county.Teachers {
		r := i.county.Teachers[k].Release
		sum.Outreach += r.Outreach
		sum.Mentoring += r.Mentoring
		sum.Training += r.Training
		if r.Sum() > 0 {
			people++
		}
	}
	f := Finding{Article: "三（三）", Source: fuxin, Quote: "充分发挥乡村教师导师团队作用，加大名优教师送教下乡、名师跟岗培训力度", Figure: "people and periods a week released for outreach, mentoring and training posts",
		FigureZ: "送教下乡、导师、跟岗的人数与周课时", Asked: "-", Got: "none in the data", Status: Unknown, Evidence: "release time of the teachers; sharing takes it out of their load"}
	if people > 0 {
		f.Got, f.Status = fmt.Sprintf("%d people; %s, %s and %s periods", people, sum.Outreach, sum.Mentoring, sum.Training), Report
	}
	i.add(f)
}

// favour: titles, backbone teachers and long service in the countryside, beside the towns.
func (i *inspector) favour() {
	rural := map[model.SchoolID]bool{}
	for k := range i.county.Schools {
		rural[i.county.Schools[k].ID] = i.county.Schools[k].Rural
	}
	var people, senior [2]int
	long := 0
	for k := range i.plan.Assignments {
		a := &i.plan.Assignments[k]
		t := i.teacher(a.Teacher)
		if t == nil || a.To.IsZero() {
			continue
		}
		at := 0
		if rural[a.To.School] {
			at = 1
			if t.RuralYears >= rewardedYears {
				long++
			}
		}
		people[at]++
		if t.Title >= model.TitleSenior {
			senior[at]++
		}
	}
	share := func(part, whole int) string { return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(max(1, whole))) }
	i.add(Finding{Article: "三（三）", Source: fuxin, Quote: "在培训、职称评聘、表彰奖励等方面向农村教师倾斜", Figure: "teachers with a senior title at rural schools, and elsewhere", FigureZ: "乡村学校与其他学校高级职称教师占比",
		Asked: "-", Got: share(senior[1], people[1]) + ", " + share(senior[0], people[0]), Status: Report, Evidence: "the plan and the titles of the teachers"})
	i.add(Finding{Article: "三（三）", Source: fuxin, Quote: "奖励长期扎根基层的优秀农村教师", Figure: fmt.Sprintf("teachers at rural schools with %d rural years or more, for the fund", rewardedYears), FigureZ: fmt.Sprintf("乡村工作满%d年的在乡村学校教师", rewardedYears),
		Asked: "-", Got: fmt.Sprint(long), Status: Report, Evidence: "the plan and the rural years of the teachers; the fund itself is not in the data"})
}

// afterSchool: every school offers it, and its periods have somebody.
func (i *inspector) afterSchool() {
	f := Finding{Article: "三（四）", Source: fuxin, Quote: "在中小学普遍开展课后服务工作", Figure: "schools whose classes all have their after-school service", FigureZ: "课后服务落实的学校",
		Asked: "all", Got: "none in the data", Status: Unknown, Evidence: "after-school periods of the schools (after_school), given in the load by shared teaching"}
	asked, given, offer, short := model.Tenths(0), model.Tenths(0), map[model.SchoolID]bool{}, map[model.SchoolID]bool{}
	if i.shared != nil {
		for k := range i.shared.Lessons {
			if l := &i.shared.Lessons[k]; l.Service {
				asked += l.Periods
				given += l.Periods - l.Missing
				offer[l.School] = true
				short[l.School] = short[l.School] || l.Missing > 0
			}
		}
	}
	if asked > 0 {
		for k := range i.county.Schools {
			if s := &i.county.Schools[k]; !offer[s.ID] && s.Pupils(0) > 0 {
				short[s.ID] = true
			}
		}
		f.Schools = i.inOrder(short)
		f.Got, f.Status = fmt.Sprintf("%d of %d; %s of %s periods", len(i.county.Schools)-len(f.Schools), len(i.county.Schools), given, asked), met(len(f.Schools) == 0)
	}
	i.add(f)
}
