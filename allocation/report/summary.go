package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// WriteSummary writes a plan on a page or two of text, at most [Width] columns
// wide: how good it is, people and posts, vacancies before and after, moves, cost,
// the verdict of the checker, and what was assumed. c must be the county of the
// plan.
func WriteSummary(w io.Writer, c *model.County, p *model.Plan, verdict *check.Report) error {
	out := bufio.NewWriter(w)
	writeHeading(out, c, p)
	writeObjective(out, p)
	writeLedger(out, p)
	s := newTally(c, p)
	writePlaces(out, s)
	writeSubjects(out, s)
	writeConditions(out, p)
	writeMoves(out, p)
	writeCost(out, p)
	writeVerdict(out, verdict)
	writeOrigin(out, p.Origin)
	return out.Flush()
}

func writeHeading(w io.Writer, c *model.County, p *model.Plan) {
	name := p.CountyName
	if c.NameEn != "" {
		name += " " + c.NameEn
	}
	wrap(w, "", fmt.Sprintf("%s: plan for the school year from %s (%s起学年教师配置方案)", name, p.Date, p.Date))
	if label := OriginLabel(p.Origin); label != "" {
		wrap(w, "", label)
	}
	fmt.Fprintf(w, "Policy (政策) %s, backend %s, %s, county %.12s\n", p.Policy, p.Backend, p.Software, p.CountyHash)
	fmt.Fprintf(w, "Search ended (求解结束): %s %s\n", p.Stop, p.Stop.Chinese())
}

// levelTerms gives each level's name and unit for people.
var levelTerms = map[string][2]string{
	model.LevelShortage: {"Shortage (缺岗)", "points"},
	model.LevelUnplaced: {"Without a post (待岗)", "people"},
	model.LevelChanges:  {"Changes (变动)", "people"},
	model.LevelSoft:     {"Soft rules (软约束)", "points"},
	model.LevelCost:     {"Cost (费用)", "yuan a month"},
	model.LevelLottery:  {"Lottery (抽签)", "lots"},
}

// LevelName says what a level of the objective is called and what its value counts, in English and in Chinese.
func LevelName(level string) (english, chinese, unit, unitZH string) {
	terms := levelTerms[level]
	english, chinese, _ = strings.Cut(terms[0], " (")
	return english, strings.TrimSuffix(chinese, ")"), terms[1], unitChinese[terms[1]]
}

func writeObjective(w io.Writer, p *model.Plan) {
	var rows [][]string
	for i, level := range p.Levels {
		terms := levelTerms[level.Name]
		proof := fmt.Sprintf("gap %.4f%%", 100*level.Gap)
		if level.Proven {
			proof = "proven optimal (已证最优)"
			if !level.Certified {
				proof = "optimal, says the backend"
			}
		}
		if level.Conditional {
			proof += ", conditional (有条件)"
		}
		rows = append(rows, []string{number(i + 1), terms[0], levelValue(level.Name, level.Objective),
			levelValue(level.Name, level.Bound), terms[1], proof})
	}
	grid(w, "Objective, most important first (目标，按先后次序)",
		[]string{">", "level", ">value", ">bound", "unit", "proof"}, rows)
}

// levelValue writes an objective in the unit of its level.
func levelValue(level string, value int64) string {
	if level == model.LevelCost {
		return yuan(model.Fen(value))
	}
	return number(value)
}

func writeLedger(w io.Writer, p *model.Plan) {
	l := p.Ledger
	grid(w, "People and posts (人员与岗位)", []string{"", ">", "", ">"}, [][]string{
		{"People (教师)", number(l.People), "Posts needed (核定需求)", number(l.Need)},
		{"In a post (在岗)", number(l.Posted), "Filled (已配)", number(l.Filled) + " " + percent(l.Filled, l.Need)},
		{"  of whom in a new post (新岗)", number(l.Moved), "Vacant (空缺)", number(l.Short)},
		{"Without a post (待岗)", number(l.Unplaced), "People above need (超员)", number(l.Over)},
		{"On leave, seconded, retired (不在岗)", number(l.Away), "", ""},
	})
}

func writePlaces(w io.Writer, s *tally) {
	var rows [][]string
	for _, place := range s.places {
		if place.schools > 0 {
			rows = append(rows, append([]string{place.name, number(place.schools)}, place.cells()...))
		}
	}
	grid(w, "Vacancies by place, before and after (各类学校空缺)", []string{"schools (学校)", ">", ">need", ">vacant before",
		">after", ">over before", ">after", ">came", ">left"}, rows)
}

func writeSubjects(w io.Writer, s *tally) {
	var rows [][]string
	for _, subject := range s.subjects {
		if subject.need > 0 || subject.before.over > 0 {
			rows = append(rows, append([]string{subject.name}, subject.cells()...))
		}
	}
	grid(w, "Vacancies by subject, before and after (各学科空缺)", []string{"subject (学科)", ">need", ">vacant before",
		">after", ">over before", ">after", ">came", ">left"}, rows)
}

func writeMoves(w io.Writer, p *model.Plan) {
	var count [model.GroundAway + 1]int
	for i := range p.Assignments {
		if g := p.Assignments[i].Ground; g <= model.GroundAway {
			count[g]++
		}
	}
	var rows [][]string
	for g := model.GroundStay; g <= model.GroundAway; g++ {
		rows = append(rows, []string{g.Chinese(), groundSentence[g], number(count[g])})
	}
	grid(w, "Grounds (依据)", []string{"", "", ">people"}, rows)
}

func writeCost(w io.Writer, p *model.Plan) {
	grid(w, "Cost a month (每月费用)", []string{"", ">yuan"}, [][]string{
		{"Hardship subsidy (差别化补贴)", yuan(p.Cost.Subsidy)},
		{"Travel (交通)", yuan(p.Cost.Travel)},
		{"Loss of preference (意愿损失)", yuan(p.Cost.Preference)},
		{"Moves (调动)", yuan(p.Cost.Move)},
		{"Total (合计)", yuan(p.Cost.Total())},
	})
}

// yuan writes an amount with thousands separated, as in "1,687.33".
func yuan(f model.Fen) string {
	text := f.String()
	return number(int64(f)/100) + text[strings.IndexByte(text, '.'):]
}
