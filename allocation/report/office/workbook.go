package office

import (
	"fmt"
	"io"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/report"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/workbook"
)

// Options says how a plan is written. The zero value is Chinese, for the public.
type Options struct {
	English bool
	// People makes the workbook an official copy (内部使用): it has names and says so. ID numbers are not written.
	People []model.Person
}

// WritePlan writes a plan as a workbook. Homes and causes of exemptions are left out, and names but in an official copy. c must be the county
// of the plan. It takes time linear in the plan.
func WritePlan(w io.Writer, c *model.County, p *model.Plan, verdict *check.Report, o Options) error {
	b := &book{english: o.English, county: c, plan: p, balance: scenario.MeasureBalance(c, p)}
	return workbook.WriteTables(w, []workbook.Table{b.summary(verdict, len(o.People) > 0), b.assignments(o.People), b.vacancies(), b.schools(),
		b.equity(), b.misses(), b.rules(verdict)})
}

// book is a workbook in the making.
type book struct {
	english bool
	county  *model.County
	plan    *model.Plan
	balance *scenario.Balance
}

// label gives a text in the language of the workbook.
func (b *book) label(zh, en string) string {
	if b.english {
		return en
	}
	return zh
}

func (b *book) summary(verdict *check.Report, official bool) workbook.Table {
	p, l := b.plan, b.plan.Ledger
	rows := [][]any{}
	if official {
		rows = append(rows, []any{b.label("注意", "Note"), b.label("内部资料，含姓名，不得公开", "Official copy with names: not for the public")})
	}
	if p.Origin.Synthetic {
		rows = append(rows, []any{b.label("数据", "Data"), report.OriginLabel(p.Origin)})
	}
	holds := b.label("全部规则符合", "every rule holds")
	if !verdict.OK() {
		holds = b.label("有规则被违反", "rules are broken")
	}
	rows = append(rows, []any{b.label("县", "County"), p.CountyName}, []any{b.label("学年起", "From"), p.Date.String()}, []any{b.label("政策", "Policy"), p.Policy},
		[]any{b.label("独立复核", "Checked independently"), holds},
		[]any{b.label("教师", "People"), l.People}, []any{b.label("核定需求", "Posts needed"), l.Need}, []any{b.label("已配", "Filled"), l.Filled},
		[]any{b.label("空缺", "Vacant"), l.Short}, []any{b.label("新岗", "In a new post"), l.Moved}, []any{b.label("待岗", "Without a post"), l.Unplaced},
		[]any{b.label("超员", "Above need"), l.Over}, []any{b.label("不在岗", "Away"), l.Away},
		[]any{b.label("补助（元/月）", "Subsidies, yuan a month"), money(p.Cost.Subsidy)}, []any{b.label("总费用（元/月）", "Cost, yuan a month"), money(p.Cost.Total())})
	for _, level := range p.Levels {
		proof := b.label("已证最优", "proven")
		if !level.Proven {
			proof = fmt.Sprintf("%s %.4f%%", b.label("差距", "gap"), 100*level.Gap)
		}
		value, bound := any(level.Objective), any(level.Bound)
		if level.Name == model.LevelCost {
			value, bound = money(model.Fen(level.Objective)), money(model.Fen(level.Bound))
		}
		english, chinese, unit, unitZH := report.LevelName(level.Name)
		rows = append(rows, []any{b.label("目标："+chinese+"（"+unitZH+"）", "Objective: "+english+", "+unit), value, bound, proof})
	}
	rows = append(rows, []any{b.label("软件", "Software"), p.Software}, []any{b.label("县数据", "County data"), p.CountyHash[:min(12, len(p.CountyHash))]})
	return workbook.Table{Title: b.label("摘要", "summary"), Header: []string{b.label("项目", "item"), b.label("值", "value"), b.label("下界", "bound"), b.label("证明", "proof")}, Rows: rows}
}

func (b *book) assignments(people []model.Person) workbook.Table {
	c, p := b.county, b.plan
	teachers := make(map[model.TeacherID]*model.Teacher, len(c.Teachers))
	for i := range c.Teachers {
		teachers[c.Teachers[i].ID] = &c.Teachers[i]
	}
	names := lo.SliceToMap(people, func(person model.Person) (model.TeacherID, string) { return person.Teacher, person.Name })
	header := []string{b.label("教师编号", "teacher")}
	if len(people) > 0 {
		header = append(header, b.label("姓名", "name"))
	}
	if b.english {
		header = append(header, "from_school", "from_stage", "from_subject", "to_school", "to_stage", "to_subject", "moved", "ground", "reason", "subsidy_yuan", "travel_yuan")
	} else {
		header = append(header, "原学校", "原学段", "原学科", "新学校", "新学段", "新学科", "调动", "依据", "理由", "补助", "交通费")
	}
	schools, subjects := schoolLabels(c), subjectLabels(c, b.english)
	post := func(id model.PostID) []any {
		if id.IsZero() {
			return []any{nil, nil, nil}
		}
		return []any{schools[id.School], b.label(id.Stage.Chinese(), id.Stage.String()), subjects[id.Subject]}
	}
	rows := make([][]any, 0, len(p.Assignments))
	for i := range p.Assignments {
		a := &p.Assignments[i]
		english, chinese := report.Reason(c, teachers[a.Teacher], a)
		row := []any{string(a.Teacher)}
		if len(people) > 0 {
			row = append(row, names[a.Teacher])
		}
		row = append(append(row, post(a.From)...), post(a.To)...)
		moved := any(nil)
		if a.Moved() {
			moved = b.label("是", "yes")
		}
		rows = append(rows, append(row, moved, b.label(a.Ground.Chinese(), a.Ground.String()), b.label(chinese, english), money(a.Cost.Subsidy), money(a.Cost.Travel)))
	}
	return workbook.Table{Title: b.label("调配", "assignments"), Header: header, Rows: rows}
}

func (b *book) vacancies() workbook.Table {
	schools, subjects := schoolLabels(b.county), subjectLabels(b.county, b.english)
	tiers := lo.SliceToMap(b.county.Schools, func(s model.School) (model.SchoolID, model.Tier) { return s.ID, s.Tier })
	var rows [][]any
	for i := range b.plan.Posts {
		post := &b.plan.Posts[i]
		if post.Short() > 0 {
			rows = append(rows, []any{schools[post.School], b.label(post.Stage.Chinese(), post.Stage.String()), subjects[post.Subject], int(tiers[post.School]),
				post.Need, max(0, post.Need-post.Incumbent), post.Short()})
		}
	}
	return workbook.Table{Title: b.label("空岗", "vacancies"), Header: []string{b.label("学校", "school"), b.label("学段", "stage"), b.label("学科", "subject"), b.label("艰苦类别", "tier"),
		b.label("需求", "need"), b.label("原空缺", "vacant before"), b.label("现空缺", "vacant after")}, Rows: rows}
}

func (b *book) schools() workbook.Table {
	type counts struct{ need, before, after, vacant, over, came, left int }
	all := map[model.SchoolID]*counts{}
	for i := range b.county.Schools {
		all[b.county.Schools[i].ID] = &counts{}
	}
	for i := range b.plan.Posts {
		post, s := &b.plan.Posts[i], all[b.plan.Posts[i].School]
		s.need += post.Need
		s.before += post.Incumbent
		s.after += post.Filled
		s.vacant += post.Short()
		s.over += max(0, post.Filled-post.Need)
	}
	for i := range b.plan.Assignments {
		a := &b.plan.Assignments[i]
		if a.From.School == a.To.School || a.Ground == model.GroundAway {
			continue
		}
		if s := all[a.From.School]; s != nil {
			s.left++
		}
		if s := all[a.To.School]; s != nil {
			s.came++
		}
	}
	var rows [][]any
	for i := range b.county.Schools {
		school := &b.county.Schools[i]
		s := all[school.ID]
		rows = append(rows, []any{string(school.ID), school.Name, int(school.Tier), s.need, s.before, s.after, s.vacant, s.over, s.came, s.left})
	}
	return workbook.Table{Title: b.label("学校", "schools"), Header: []string{b.label("学校编号", "school"), b.label("学校名称", "name"), b.label("艰苦类别", "tier"), b.label("需求", "need"),
		b.label("原在岗", "posted before"), b.label("现在岗", "posted after"), b.label("空缺", "vacant"), b.label("超员", "above need"), b.label("调入", "came"), b.label("调出", "left")}, Rows: rows}
}

func (b *book) equity() workbook.Table {
	var rows [][]any
	balance := b.balance
	add := func(zh, en string, schools int, before, after *scenario.Equity, most any) {
		rows = append(rows, []any{b.label(zh, en), schools, before.Variation, after.Variation, most, before.Gini, after.Gini, before.Theil, after.Theil, before.Least, after.Least, before.Greatest, after.Greatest})
	}
	for i := range balance.Tiers {
		e := &balance.Tiers[i]
		add("到岗率："+e.Chinese, "filled share: "+e.Name, e.Schools, &e.Before, &e.After, nil)
	}
	for i := range balance.Subjects {
		e := &balance.Subjects[i]
		add("到岗率："+e.Chinese, "filled share: "+e.Name, e.Schools, &e.Before, &e.After, nil)
	}
	for i := range balance.Staff {
		s := &balance.Staff[i]
		add("每百名学生："+s.Stage.Chinese()+s.Kind.Chinese(), "each 100 pupils: "+s.Stage.String()+", "+string(s.Kind), s.Schools, &s.Before, &s.After, float64(s.Cap)/float64(model.Whole))
	}
	return workbook.Table{Title: b.label("均衡", "balance"), Header: []string{b.label("指标", "figure"), b.label("学校", "schools"), b.label("原差异系数", "cv before"), b.label("现差异系数", "cv after"), b.label("上限", "cap"),
		b.label("原基尼", "Gini before"), b.label("现基尼", "Gini after"), b.label("原泰尔", "Theil before"), b.label("现泰尔", "Theil after"),
		b.label("原最低", "least before"), b.label("现最低", "least after"), b.label("原最高", "greatest before"), b.label("现最高", "greatest after")}, Rows: rows}
}

func (b *book) misses() workbook.Table {
	var rows [][]any
	for _, s := range b.balance.Staff {
		for _, m := range s.Missed {
			rows = append(rows, []any{b.label(s.Stage.Chinese()+s.Kind.Chinese(), s.Stage.String()+", "+string(s.Kind)), float64(s.Figure) / 100, string(m.School), m.Name, m.Pupils, m.Want, m.Before, m.After, m.Want - m.After})
		}
	}
	return workbook.Table{Title: b.label("未达标学校", "missing schools"), Header: []string{b.label("指标", "indicator"), b.label("每百名学生", "each 100 pupils"), b.label("学校编号", "school"), b.label("学校名称", "name"),
		b.label("学生", "pupils"), b.label("应有", "wanted"), b.label("原有", "before"), b.label("方案", "after"), b.label("尚差", "lacking")}, Rows: rows}
}

func (b *book) rules(verdict *check.Report) workbook.Table {
	known := report.RuleTexts()
	var rows [][]any
	for _, status := range verdict.Rules {
		rule := known[status.Rule]
		result := b.label("符合", "holds")
		switch {
		case len(status.Violations) > 0:
			result = b.label("违反", "broken")
		case status.Short > 0:
			result = fmt.Sprintf("%s %d", b.label("软约束，尚差", "soft, short by"), status.Short)
		case status.Checked == 0:
			result = b.label("未启用或不适用", "off, or nothing to apply to")
		}
		rows = append(rows, []any{string(status.Rule), b.label(rule.Chinese, rule.Sentence), b.label(rule.ChineseSource, rule.Source), status.Checked, result})
	}
	return workbook.Table{Title: b.label("规则", "rules"), Header: []string{b.label("编号", "rule"), b.label("内容", "sentence"), b.label("依据", "source"), b.label("适用", "applied to"), b.label("结果", "status")}, Rows: rows}
}

// money is an amount in yuan as a number.
func money(f model.Fen) float64 { return float64(f) / 100 }

// schoolLabels gives the name of each school, or the id where two have the name.
func schoolLabels(c *model.County) map[model.SchoolID]string {
	count := lo.CountValuesBy(c.Schools, func(s model.School) string { return s.Name })
	return lo.SliceToMap(c.Schools, func(s model.School) (model.SchoolID, string) {
		if count[s.Name] > 1 {
			return s.ID, string(s.ID)
		}
		return s.ID, s.Name
	})
}

// subjectLabels gives the name of each subject, or the id where two have the name, or in English.
func subjectLabels(c *model.County, english bool) map[model.SubjectID]string {
	count := lo.CountValuesBy(c.Subjects, func(s model.Subject) string { return s.Name })
	return lo.SliceToMap(c.Subjects, func(s model.Subject) (model.SubjectID, string) {
		if english || count[s.Name] > 1 {
			return s.ID, string(s.ID)
		}
		return s.ID, s.Name
	})
}
