package report

import (
	"io"

	"github.com/xianguan/xianguan/model"
)

// writeConditions writes what the rules that cut across the network ask and get: a
// row for a county-wide rule, one row in all for a rule of each school.
func writeConditions(w io.Writer, p *model.Plan) {
	if len(p.Conditions) == 0 {
		return
	}
	type line struct {
		schools                  map[model.SchoolID]bool
		missed                   int
		asked, got, short, point int64
	}
	sums := map[model.RuleID]*line{}
	for i := range p.Conditions {
		c := &p.Conditions[i]
		if sums[c.Rule] == nil {
			sums[c.Rule] = &line{schools: map[model.SchoolID]bool{}}
		}
		sum := sums[c.Rule]
		if c.School != "" {
			sum.schools[c.School] = true
		}
		if c.Short > 0 {
			sum.missed++
		}
		sum.asked, sum.got, sum.short, sum.point = sum.asked+c.Asked, sum.got+c.Got, sum.short+c.Short, sum.point+c.Points
	}
	var rows [][]string
	for _, rule := range model.CrossRules() {
		sum := sums[rule]
		if sum == nil {
			continue
		}
		amount := number[int64]
		if rule == model.RuleBudget {
			amount = func(fen int64) string { return yuan(model.Fen(fen)) }
		}
		schools := "county (全县)"
		if len(sum.schools) > 0 {
			schools = number(len(sum.schools))
		}
		rows = append(rows, []string{string(rule), conditionTerms[rule], schools, amount(sum.asked), amount(sum.got),
			number(sum.missed), number(sum.short), number(sum.point)})
	}
	grid(w, "Rules across schools, asked and got (跨校规则)",
		[]string{"rule", "", "schools", ">asked", ">got", ">missed", ">short", ">points"}, rows)
}

// conditionTerms says in Chinese what a rule counts, and whether it asks for at
// least or at most so many.
var conditionTerms = map[model.RuleID]string{
	model.RuleExchange:          "交流人数，至少",
	model.RuleBackbone:          "骨干交流，至少",
	model.RuleRotation:          "到期轮岗，至少",
	model.RuleReturn:            "交流期满返回，至少",
	model.RuleSupport:           "对口支援，至少",
	model.RulePartners:          "夫妻相近，至少",
	model.RuleHousing:           "周转房，至多",
	model.RuleOutflow:           "调出人数，至多",
	model.RuleRuralFirst:        "新教师非乡村，至多",
	model.RuleSpecialPosts:      "特岗非乡村，至多",
	model.RuleExperience:        "一级以上，至少",
	model.RuleBackboneFloor:     "骨干教师，至少",
	model.RuleTitlesSenior:      "高级岗位，至多",
	model.RuleTitlesMiddle:      "中级岗位，至多",
	model.RuleIndicatorDegree:   "高于规定学历，至少",
	model.RuleIndicatorBackbone: "县级以上骨干，至少",
	model.RuleIndicatorArts:     "体育艺术教师，至少",
	model.RuleBudget:            "补贴（元），至多",
}
