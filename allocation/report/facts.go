package report

import (
	"bufio"
	"io"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Facts describes a county before it is planned.
type Facts struct {
	County     model.CountyID `json:"county"`
	Origin     model.Origin   `json:"origin"`
	Schools    int            `json:"schools"`
	Town       int            `json:"town"`
	Rural      int            `json:"rural"`
	Pupils     int            `json:"pupils"`
	Teachers   int            `json:"teachers"`
	Away       int            `json:"away"` // on leave, seconded or retired
	Pool       int            `json:"pool"` // recruits and unplaced
	Volunteers int            `json:"volunteers"`
	Due        int            `json:"due"`      // at one school for as long as rotation asks, exempt or not
	Need       int            `json:"need"`     // people that the posts ask for
	Vacant     int            `json:"vacant"`   // of the need, before planning
	Over       int            `json:"over"`     // people above the need, before planning
	Subsidy    model.Fen      `json:"subsidy"`  // a month as people are now
	Approved   int            `json:"approved"` // posts that the county has approved
}

// Describe counts what a valid county has and needs.
func Describe(c *model.County, d *allocation.Demands) Facts {
	f := Facts{County: c.ID, Origin: c.Origin, Schools: len(c.Schools), Teachers: len(c.Teachers), Approved: len(c.Posts)}
	school := make(map[model.SchoolID]*model.School, len(c.Schools))
	for i := range c.Schools {
		s := &c.Schools[i]
		school[s.ID] = s
		f.Pupils += s.Pupils(0)
		if s.Town {
			f.Town++
		}
		if s.Rural {
			f.Rural++
		}
	}
	people := map[model.PostID]int{}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Away(c.Date, &c.Rules) {
			f.Away++
			continue
		}
		if t.Volunteer {
			f.Volunteers++
		}
		if t.School == "" {
			f.Pool++
			continue
		}
		if t.YearsHere >= c.Rules.RotationYears {
			f.Due++
		}
		at := school[t.CurrentSchool(c.Date)]
		f.Subsidy += c.Subsidy.Monthly(at.Tier, t.RuralYears)
		people[t.CurrentPost(at)]++
	}
	for _, p := range d.Posts {
		f.Need += p.Need
		f.Vacant += max(0, p.Need-people[p.PostID])
		f.Over += max(0, people[p.PostID]-p.Need)
		delete(people, p.PostID)
	}
	for _, n := range people { // posts without any need
		f.Over += n
	}
	return f
}

// WriteFacts writes a county's description.
func WriteFacts(w io.Writer, c *model.County, f Facts) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "data (数据)")
	grid(out, "The county (县情)", []string{"", ">", "", ">"}, [][]string{
		{"Schools (学校)", number(f.Schools), "People needed (需求)", number(f.Need)},
		{"  in town (城镇)", number(f.Town), "Vacant now (现有空缺)", number(f.Vacant)},
		{"  rural (乡村)", number(f.Rural), "Above need now (现有超员)", number(f.Over)},
		{"Pupils (学生)", number(f.Pupils), "Rotation due (到期轮岗)", number(f.Due)},
		{"Teachers (教师)", number(f.Teachers), "Volunteers (自愿申请)", number(f.Volunteers)},
		{"  away (不在岗)", number(f.Away), "Approved posts (核定岗位)", number(f.Approved)},
		{"  in the pool (待分配)", number(f.Pool), "Subsidy, yuan a month (补贴)", yuan(f.Subsidy)},
	})
	writeOrigin(out, c.Origin)
	return out.Flush()
}
