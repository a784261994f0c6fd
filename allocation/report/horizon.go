package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation/horizon"
	"github.com/xianguan/xianguan/allocation/supervision"
	"github.com/xianguan/xianguan/model"
)

// shownYears is how many years stand side by side in a text; the JSON has all.
const shownYears = 6

// WriteHorizon writes the years of a county, at most [Width] columns wide: how good the plans are together, people, posts and money by year, what is short, whom to recruit and train, and
// the targets. c is the county of the first year.
func WriteHorizon(w io.Writer, c *model.County, h *horizon.Horizon) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, fmt.Sprintf("%d years planned together (%d年统筹规划)", len(h.Years), len(h.Years)))
	writeJointLevels(out, h)
	writeYears(out, h)
	writeHeadcounts(out, h)
	writeStaffing(out, c, h)
	writeNeeds(out, c, h)
	writeSpending(out, h)
	writeTargets(out, h)
	writeOrigin(out, h.Years[len(h.Years)-1].County.Origin)
	return out.Flush()
}

func writeJointLevels(w io.Writer, h *horizon.Horizon) {
	var rows [][]string
	for _, l := range h.Levels {
		terms := levelTerms[l.Name]
		proof := fmt.Sprintf("gap %.1f%%", 100*l.Gap)
		if l.Proven {
			proof = "proven (已证)"
		}
		alone := "no plan"
		if l.Alone != nil {
			alone = levelValue(l.Name, *l.Alone)
		}
		rows = append(rows, []string{terms[0], levelValue(l.Name, l.Objective), alone, levelValue(l.Name, l.Bound), terms[1], proof})
	}
	grid(w, "Objective, summed over the years, most important first (多年目标合计)", []string{"level", ">together", ">one at a time", ">bound", "unit", "proof"}, rows)
	if h.Stop == horizon.StopCancelled {
		wrap(w, "", "The search was cancelled (求解被中止): the plans are the best found until then.")
	}
	switch h.Method {
	case horizon.Exhaustive:
		wrap(w, "", "Every plan of the years was tried or ruled out by a bound (穷举): none is better.")
	default:
		wrap(w, "", "Each year was planned with what posts are worth in the years ahead (滚动前瞻). The bound holds for every plan of the years; levels compare one after the other, so a level may be worse than one at a time where one before it is better.")
	}
}

func shown(h *horizon.Horizon) []horizon.Year { return h.Years[:min(len(h.Years), shownYears)] }

// byYear is the header of a table with a column for each year shown.
func byYear(first string, h *horizon.Horizon) []string {
	header := []string{first}
	for _, y := range shown(h) {
		header = append(header, fmt.Sprintf(">%d", y.Date.Year()))
	}
	return header
}

// yearly is a row of such a table.
func yearly(name string, h *horizon.Horizon, cell func(*horizon.Year) string) []string {
	cells := []string{name}
	for _, y := range shown(h) {
		cells = append(cells, cell(&y))
	}
	return cells
}

func writeYears(w io.Writer, h *horizon.Horizon) {
	count := func(get func(*horizon.Year) int) func(*horizon.Year) string {
		return func(y *horizon.Year) string { return number(get(y)) }
	}
	rows := [][]string{
		yearly("Pupils (学生)", h, count(func(y *horizon.Year) int { return y.Pupils })),
		yearly("Classes (班)", h, count(func(y *horizon.Year) int { return y.Classes })),
		yearly("Teachers (教师)", h, count(func(y *horizon.Year) int { return y.Headcount.Before })),
		yearly("Posts needed (核定需求)", h, count(func(y *horizon.Year) int { return y.Indicators.Need })),
		yearly("Vacant (空缺)", h, count(func(y *horizon.Year) int { return y.Indicators.Vacant })),
		yearly("Rural posts filled (乡村到岗率)", h, func(y *horizon.Year) string { return y.Indicators.RuralFill.String() }),
		yearly("Without a post (待岗)", h, count(func(y *horizon.Year) int { return y.Indicators.Unplaced })),
		yearly("In a new post (新岗)", h, count(func(y *horizon.Year) int { return y.Indicators.Moved })),
		yearly("  for rotation (轮岗)", h, count(func(y *horizon.Year) int { return y.Indicators.Compelled })),
		yearly("Shortage, points (缺岗分)", h, count(func(y *horizon.Year) int { return int(y.Indicators.Shortage) })),
		yearly("  the year by itself (单年最优)", h, count(func(y *horizon.Year) int { return int(y.Alone[0]) })),
	}
	grid(w, "Years (逐年)", byYear("", h), rows)
}

func writeHeadcounts(w io.Writer, h *horizon.Horizon) {
	var rows [][]string
	for k := range h.Years[:len(h.Years)-1] {
		x := &h.Years[k].Headcount
		rows = append(rows, []string{fmt.Sprintf("%d > %d", h.Years[k].Date.Year(), h.Years[k+1].Date.Year()), number(x.Before), number(-x.Retired), number(-x.Left), number(-x.Ended),
			number(x.Open + x.Others), number(x.Special), number(x.Directed), number(x.After), number(x.Returned), number(x.Promoted)})
	}
	if len(rows) > 0 {
		grid(w, "People, from year to year (人员增减)", []string{"", ">before", ">retired", ">left", ">ended", ">open", ">special", ">directed", ">after", ">returned", ">promoted"}, rows)
		wrap(w, "", "retired 退休, left 流失, ended 特岗期满离开, open 公开招聘, special 特岗, directed 定向培养, returned 交流期满返回, promoted 晋升")
	}
}

func writeStaffing(w io.Writer, c *model.County, h *horizon.Horizon) {
	type kind struct {
		stage   model.Stage
		subject model.SubjectID
	}
	cells := map[kind]map[int]string{}
	short := map[kind]bool{}
	for k := range shown(h) {
		for _, s := range h.Years[k].Subjects {
			id := kind{s.Stage, s.Subject}
			if cells[id] == nil {
				cells[id] = map[int]string{}
			}
			cells[id][k] = fmt.Sprintf("%d of %d", s.Short, s.Need)
			short[id] = short[id] || s.Short > 0
		}
	}
	var rows [][]string
	for _, stage := range model.Stages() {
		for i := range c.Subjects {
			id := kind{stage, c.Subjects[i].ID}
			if !short[id] {
				continue
			}
			row := []string{stage.Chinese() + c.Subjects[i].Name + " " + string(c.Subjects[i].ID)}
			for k := range shown(h) {
				row = append(row, cells[id][k])
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		fmt.Fprintf(w, "\nNo subject is short in any year (各学科各年均无空缺).\n")
		return
	}
	grid(w, "Short by subject and year, of the posts needed (分学科空缺)", byYear("", h), rows)
}

// writeNeeds writes whom to recruit and whom to start training in the first year; later recruitment is in the JSON.
func writeNeeds(w io.Writer, c *model.County, h *horizon.Horizon) {
	first := h.Years[0].Date.Year()
	total, later, works := map[horizon.Stream]int{}, 0, 0
	var rows [][]string
	for _, stage := range model.Stages() {
		for i := range c.Subjects {
			now := map[horizon.Stream]int{}
			for _, n := range h.Needs {
				switch {
				case n.Stage != stage || n.Subject != c.Subjects[i].ID:
					continue
				case n.Start > first:
					later += n.Count
					continue
				case n.Stream == horizon.Directed:
					works = n.Work
				}
				now[n.Stream] += n.Count
				total[n.Stream] += n.Count
			}
			if len(now) > 0 {
				rows = append(rows, append([]string{stage.Chinese() + c.Subjects[i].Name + " " + string(c.Subjects[i].ID)}, needCells(now)...))
			}
		}
	}
	if len(rows) == 0 {
		fmt.Fprintf(w, "\nNobody needs to be recruited or trained now beyond the outlook (无须另行招聘或培养).\n")
		return
	}
	rows = append(rows, append([]string{"together (合计)"}, needCells(total)...))
	grid(w, fmt.Sprintf("To recruit for %d, and to start training in %d (招聘与定向培养计划)", first+1, first), []string{"subject (学科)", ">open (公开招聘)", ">special post (特岗)", ">directed (定向培养)"}, rows)
	if works > 0 {
		wrap(w, "", fmt.Sprintf("Who starts directed training now takes up work in %d (今年起定向培养，%d年上岗).", works, works))
	}
	if later > 0 {
		wrap(w, "", fmt.Sprintf("In the years between, %d more have to be recruited, by subject and year in the JSON (其间另需招聘).", later))
	}
}

func needCells(count map[horizon.Stream]int) (cells []string) {
	for _, s := range horizon.Streams() {
		cell := ""
		if count[s] > 0 {
			cell = number(count[s])
		}
		cells = append(cells, cell)
	}
	return cells
}

func writeSpending(w io.Writer, h *horizon.Horizon) {
	rows := [][]string{
		yearly("Subsidy of the plan (补贴)", h, func(y *horizon.Year) string { return number(int64(y.Spending.Subsidy) / fenPerYuan) }),
		yearly("All costs of the plan (费用)", h, func(y *horizon.Year) string { return number(int64(y.Spending.Cost) / fenPerYuan) }),
	}
	given := false
	for _, y := range h.Years {
		given = given || y.Spending.Total > 0
	}
	if given {
		rows = append(rows, yearly("Spending on education (教育支出)", h, func(y *horizon.Year) string { return notGiven(y.Spending.Total) + mark(y.Spending.Falls) }),
			yearly("  for each pupil (生均)", h, func(y *horizon.Year) string { return notGiven(y.Spending.PerPupil) + mark(y.Spending.PupilLow) }))
	}
	grid(w, "Money, yuan a year (每年费用，元); ! below the year before (低于上年)", byYear("", h), rows)
}

const fenPerYuan = 100

func notGiven(f model.Fen) string {
	if f == 0 {
		return "-"
	}
	return number(int64(f) / fenPerYuan)
}

func mark(bad bool) string {
	if bad {
		return "!"
	}
	return ""
}

// writeTargets writes each target of the policy with what every year has, and which are not known in any.
func writeTargets(w io.Writer, h *horizon.Horizon) {
	fmt.Fprintf(w, "\nTargets by year (逐年指标); * not met (未达标), ? unknown (数据不足)\n")
	var unknown []string
	for i, f := range h.Years[0].Findings {
		if f.Status == supervision.Report {
			continue
		}
		var got []string
		known, asked := false, ""
		for _, y := range shown(h) {
			if i >= len(y.Findings) || y.Findings[i].Figure != f.Figure {
				continue // a year has no such target
			}
			x := &y.Findings[i]
			known = known || x.Status != supervision.Unknown
			asked = x.Asked
			got = append(got, fmt.Sprintf("%d %s%s", y.Date.Year(), x.Got, map[supervision.Status]string{supervision.NotMet: "*", supervision.Unknown: "?"}[x.Status]))
		}
		if !known {
			unknown = append(unknown, fmt.Sprintf("%s (%s)", f.Figure, f.FigureZ))
			continue
		}
		wrap(w, "  - ", fmt.Sprintf("%s (%s), asked in the last year %s: %s", f.Figure, f.FigureZ, asked, strings.Join(got, "; ")))
	}
	if len(unknown) > 0 {
		wrap(w, "  - ", "unknown in every year (数据不足): "+strings.Join(unknown, "; "))
	}
}
