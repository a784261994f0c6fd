package supervision

import (
	"fmt"
	"strings"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/model"
)

// Inputs are figures that no county's tables hold. What is not given is found to be unknown.
type Inputs struct {
	Retention *model.Share `json:"retention,omitempty"` // of compulsory education (义务教育巩固率)
	Spending  []model.Fen  `json:"spending,omitempty"`  // on education a year, two years or more in order, this year last
	PerPupil  []model.Fen  `json:"per_pupil,omitempty"` // the same for each pupil
}

// Inspection is the yearly report on a county.
type Inspection struct {
	County     model.CountyID `json:"county"`
	CountyHash string         `json:"county_hash"`
	Date       model.Date     `json:"date"`
	Origin     model.Origin   `json:"origin,omitzero"`
	Findings   []Finding      `json:"findings"`
	Outside    []Outside      `json:"out_of_scope"`
}

// Inspect holds a plan and the sharing of its periods against the articles. shared may be nil, where the full curriculum is unknown. c must be the county of both.
// It takes O(n log n) time in the size of the plan.
func Inspect(c *model.County, p *model.Plan, shared *sharing.Result, in Inputs) *Inspection {
	i := &inspector{county: c, plan: p, shared: shared, in: in, conditions: conditions(c, p)}
	i.retention()
	i.classSizes()
	i.support()
	i.outside()
	i.network()
	i.staffing()
	i.specialPosts()
	i.exchange()
	i.principals()
	i.release()
	i.subsidy()
	i.housing()
	i.favour()
	i.curriculum()
	i.afterSchool()
	i.balance()
	i.funding()
	return &Inspection{c.ID, c.Hash(), c.Date, c.Origin, i.findings, OutOfScope()}
}

type inspector struct {
	county     *model.County
	plan       *model.Plan
	shared     *sharing.Result
	in         Inputs
	conditions []model.Condition
	findings   []Finding
	teachers   map[model.TeacherID]*model.Teacher
}

// teacher finds somebody by id, or nil.
func (i *inspector) teacher(id model.TeacherID) *model.Teacher {
	if i.teachers == nil {
		i.teachers = make(map[model.TeacherID]*model.Teacher, len(i.county.Teachers))
		for k := range i.county.Teachers {
			i.teachers[i.county.Teachers[k].ID] = &i.county.Teachers[k]
		}
	}
	return i.teachers[id]
}

// conditions has the independent checker count what the rules ask for, as if each were on: an inspection asks whether the plan was bound by it or not.
func conditions(c *model.County, p *model.Plan) []model.Condition {
	counted := *c
	for _, setting := range []*model.RuleSetting{&counted.Rules.Exchange, &counted.Rules.Backbone, &counted.Rules.Support, &counted.Rules.Housing,
		&counted.Rules.SpecialPosts, &counted.Rules.RuralFirst} {
		if setting.Force == model.ForceOff {
			setting.Force = model.ForceSoft
		}
	}
	to := make(map[model.TeacherID]model.PostID, len(p.Assignments))
	for i := range p.Assignments {
		if a := &p.Assignments[i]; a.Ground != model.GroundAway {
			to[a.Teacher] = a.To
		}
	}
	return check.NewEvaluator(&counted, p.Options).Appraise(to).Conditions
}

func (i *inspector) add(f Finding) { i.findings = append(i.findings, f) }

func met(yes bool) Status {
	if yes {
		return Met
	}
	return NotMet
}

func (i *inspector) retention() {
	f := Finding{Article: "二", Source: fuxin, Quote: "全市义务教育巩固率保持在97%以上", Figure: "retention in compulsory education", FigureZ: "义务教育巩固率",
		Asked: ">= " + i.county.Rules.RetentionFloor.String(), Got: "not given", Status: Unknown, Evidence: "an input (--retention)"}
	if i.in.Retention != nil {
		f.Got, f.Status = i.in.Retention.String(), met(*i.in.Retention >= i.county.Rules.RetentionFloor)
	}
	i.add(f)
}

// classSizes counts classes by grade: the pupils of a grade over the classes that it has now.
func (i *inspector) classSizes() {
	for _, stage := range []model.Stage{model.StagePrimary, model.StageJunior} {
		limit := i.county.Rules.ClassCap.At(stage)
		f := Finding{Article: "三（一）", Source: fuxin, Quote: "小学班额不超过45人，初中班额不超过50人", Figure: stage.String() + " grades whose classes are too large", FigureZ: stage.Chinese() + "超班额的年级",
			Asked: fmt.Sprintf("none above %d pupils", limit), Evidence: "pupils and classes of each grade as they are now"}
		over, known, all := 0, 0, 0
		for k := range i.county.Schools {
			s, short := &i.county.Schools[k], false
			for _, g := range s.Grades {
				if model.StageOf(g.Grade) != stage || g.Pupils == 0 {
					continue
				}
				all++
				if g.Classes > 0 {
					known++
					if g.Pupils > g.Classes*limit {
						over++
						short = true
					}
				}
			}
			if short {
				f.Schools = append(f.Schools, s.ID)
			}
		}
		if all == 0 {
			continue
		}
		f.Got, f.Status = fmt.Sprintf("%d of %d", over, all), met(over == 0)
		if known < all && over == 0 {
			f.Got, f.Status = fmt.Sprintf("classes of %d of %d grades are known", known, all), Unknown
		}
		i.add(f)
	}
}

// support: each rural school has a partner, and people of it.
func (i *inspector) support() {
	rural := 0
	f := Finding{Article: "三（二）", Source: fuxin, Quote: "2022年，实现市内优质学校帮扶乡村学校全覆盖", Figure: "rural schools with a strong school that supports them", FigureZ: "有优质学校帮扶的乡村学校",
		Evidence: "the partner of each school"}
	for k := range i.county.Schools {
		if s := &i.county.Schools[k]; s.Rural {
			if rural++; s.Partner == "" && s.OutsidePartner == "" {
				f.Schools = append(f.Schools, s.ID)
			}
		}
	}
	f.Asked, f.Got, f.Status = "all", fmt.Sprintf("%d of %d", rural-len(f.Schools), rural), met(len(f.Schools) == 0)
	i.add(f)
	i.condition(model.RuleSupport, Finding{Article: "三（二）", Source: fuxin, Quote: "集团化、一体化办学和对口帮扶", Figure: "supported schools with teachers of their partner", FigureZ: "有帮扶校教师任教的受援学校",
		Evidence: "the plan, counted by the checker (rule support)"}, true)
}

// condition gives a finding of a rule: by school, how many hold; of the county, asked and got.
func (i *inspector) condition(rule model.RuleID, f Finding, floor bool) {
	held, all, asked, got := 0, 0, int64(0), int64(0)
	for _, c := range i.conditions {
		if c.Rule != rule {
			continue
		}
		all++
		asked += c.Asked
		got += c.Got
		if c.Short == 0 {
			held++
		} else if c.School != "" {
			f.Schools = append(f.Schools, c.School)
		}
	}
	if all == 0 {
		f.Asked, f.Got, f.Status = "-", "nothing to apply to", Report
		i.add(f)
		return
	}
	sign := ">="
	if !floor {
		sign = "<="
	}
	f.Status = met(held == all)
	if all == 1 {
		f.Asked, f.Got = fmt.Sprintf("%s %d", sign, asked), fmt.Sprint(got)
	} else {
		f.Asked, f.Got = "all", fmt.Sprintf("%d of %d", held, all)
	}
	i.add(f)
}

func (i *inspector) network() {
	f := Finding{Article: "三（二）", Source: fuxin, Quote: "加快城乡同步课堂、同步教研等建设", Figure: "rural schools whose classes join lessons over the network", FigureZ: "参加同步课堂的乡村学校",
		Asked: "-", Got: "not worked out", Status: Unknown, Evidence: "shared teaching"}
	if i.shared != nil {
		joined, rural := map[model.SchoolID]bool{}, 0
		for _, j := range i.shared.Joins {
			joined[j.School] = true
		}
		count := 0
		for k := range i.county.Schools {
			if s := &i.county.Schools[k]; s.Rural {
				if rural++; joined[s.ID] {
					count++
				}
			}
		}
		f.Got, f.Status = fmt.Sprintf("%d of %d", count, rural), Report
	}
	i.add(f)
}

// staffing: rural schools have the teachers that they need.
func (i *inspector) staffing() {
	rural := map[model.SchoolID]bool{}
	for k := range i.county.Schools {
		rural[i.county.Schools[k].ID] = i.county.Schools[k].Rural
	}
	need, before, after := 0, 0, 0
	short := map[model.SchoolID]bool{}
	for k := range i.plan.Posts {
		post := &i.plan.Posts[k]
		if rural[post.School] {
			need += post.Need
			before += min(post.Need, post.Incumbent)
			after += min(post.Need, post.Filled)
			short[post.School] = short[post.School] || post.Short() > 0
		}
	}
	f := Finding{Article: "三（三）", Source: fuxin, Quote: "全面推进“县管校聘”改革，配齐配足乡村学校教师", Figure: "posts of rural schools that are filled", FigureZ: "乡村学校岗位到岗",
		Asked: fmt.Sprintf("all %d", need), Got: fmt.Sprintf("%d (before: %d)", after, before), Status: met(after == need), Evidence: "the plan"}
	for k := range i.county.Schools {
		if id := i.county.Schools[k].ID; short[id] {
			f.Schools = append(f.Schools, id)
		}
	}
	i.add(f)
}

func (i *inspector) specialPosts() {
	special, directed := 0, 0
	for k := range i.county.Teachers {
		switch i.county.Teachers[k].Term {
		case model.TermSpecialPost:
			special++
		case model.TermDirected:
			directed++
		}
	}
	i.add(Finding{Article: "三（三）", Source: fuxin, Quote: "扩大…特设岗位计划实施规模，采取定向招生、定向培养、定期服务等方式", Figure: "teachers in special posts and from directed training", FigureZ: "特岗教师与定向培养教师",
		Asked: "-", Got: fmt.Sprintf("%d and %d", special, directed), Status: Report, Evidence: "service terms of the teachers"})
	i.condition(model.RuleSpecialPosts, Finding{Article: "三（三）", Source: "特岗计划", Quote: "定期服务", Figure: "special-post teachers outside rural schools", FigureZ: "不在乡村学校的特岗教师",
		Evidence: "the plan, counted by the checker (rule special-posts)"}, false)
	i.condition(model.RuleRuralFirst, Finding{Article: "三（三）", Source: fuxin, Quote: "为农村学校培养教师", Figure: "recruits placed outside rural schools", FigureZ: "未安排到乡村学校的新教师",
		Evidence: "the plan, counted by the checker (rule rural-first)"}, false)
}

func (i *inspector) exchange() {
	i.condition(model.RuleExchange, Finding{Article: "三（三）", Source: exchange, Quote: "教师交流轮岗的比例不低于符合交流条件教师总数的10%", Figure: "teachers exchanged from town and strong to rural and weak schools", FigureZ: "城镇、优质学校交流到乡村、薄弱学校的教师",
		Evidence: "the plan, counted by the checker (rule exchange)"}, true)
	i.condition(model.RuleBackbone, Finding{Article: "三（三）", Source: exchange, Quote: "骨干教师交流轮岗应不低于交流总数的20%", Figure: "backbone teachers among the exchanged", FigureZ: "交流教师中的骨干教师",
		Evidence: "the plan, counted by the checker (rule backbone)"}, true)
}

// subsidy: at every length of service the amount grows strictly with the tier.
func (i *inspector) subsidy() {
	schedule := i.county.Subsidy
	f := Finding{Article: "三（三）", Source: fuxin, Quote: "越往基层，越是艰苦，待遇越高", Figure: "amounts that do not grow with the tier", FigureZ: "未随艰苦程度提高的补助标准", Asked: "none", Evidence: "the subsidy schedule"}
	years, tiers := map[int]bool{}, map[model.Tier]bool{}
	for _, line := range schedule {
		years[line.FromYears] = true
		tiers[line.Tier] = true
	}
	bad := 0
	for y := range years {
		last := model.Fen(0)
		for t := model.Tier(1); t <= model.MaxTier; t++ {
			if !tiers[t] {
				continue
			}
			amount := schedule.Monthly(t, y)
			if amount <= last {
				bad++
			}
			last = amount
		}
	}
	f.Got, f.Status = fmt.Sprint(bad), met(bad == 0)
	if len(schedule) == 0 {
		f.Got, f.Status = "no schedule", NotMet
	}
	i.add(f)
	i.add(Finding{Article: "三（三）", Source: fuxin, Quote: "落实农村教师差别化补贴政策", Figure: "subsidies a month under the plan, yuan", FigureZ: "方案每月补助（元）", Asked: "-", Got: i.plan.Cost.Subsidy.String(), Status: Report, Evidence: "the plan"})
}

func (i *inspector) housing() {
	i.condition(model.RuleHousing, Finding{Article: "三（三）", Source: fuxin, Quote: "加快周转房（宿舍）建设", Figure: "schools with transitional housing for newcomers beyond commuting range", FigureZ: "周转房能满足远距离新到教师的学校",
		Evidence: "places in housing and the plan, counted by the checker (rule housing)"}, false)
}

// curriculum: every class has its full periods.
func (i *inspector) curriculum() {
	f := Finding{Article: "三（四）", Source: fuxin, Quote: "开齐课程开足课时", Figure: "schools whose classes all have their full periods", FigureZ: "各班开齐开足的学校", Asked: "all", Got: "not worked out", Status: Unknown, Evidence: "shared teaching, class by class: periods at home, by visitors and over the network"}
	arts := Finding{Article: "三（四）", Source: fuxin, Quote: "加强体育、美育、劳动教育", Figure: "periods of PE, music, fine art and labour that are taught", FigureZ: "音体美与劳动课时", Asked: "all", Got: "not worked out", Status: Unknown, Evidence: "shared teaching"}
	if i.shared != nil {
		isArt := map[model.SubjectID]bool{}
		for _, s := range i.county.Subjects {
			isArt[s.ID] = s.Arts || strings.Contains(s.Name, "劳动")
		}
		missing := map[model.SchoolID]bool{}
		taught, all := model.Tenths(0), model.Tenths(0)
		for k := range i.shared.Lessons {
			l := &i.shared.Lessons[k]
			if l.Service {
				continue
			}
			missing[l.School] = missing[l.School] || l.Missing > 0
			if isArt[l.Subject] {
				all += l.Periods
				taught += l.Periods - l.Missing
			}
		}
		for k := range i.county.Schools {
			if id := i.county.Schools[k].ID; missing[id] {
				f.Schools = append(f.Schools, id)
			}
		}
		f.Got, f.Status = fmt.Sprintf("%d of %d", len(missing)-len(f.Schools), len(missing)), met(len(f.Schools) == 0)
		arts.Got, arts.Asked, arts.Status = taught.String(), all.String(), met(taught == all)
	}
	i.add(f)
	i.add(arts)
}
