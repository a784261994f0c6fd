package report

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// roundTerms gives each hiring round's name.
var roundTerms = map[allocation.Round]string{
	allocation.RoundInSchool:   "1 in school (校内竞聘)",
	allocation.RoundDistrict:   "2 in the district (学区竞聘)",
	allocation.RoundCounty:     "2 in the county (跨校竞聘)",
	allocation.RoundAdjustment: "3 by the county (统筹调剂)",
}

// roundReasons says what each reason of a hiring round means, in English and Chinese.
var roundReasons = []struct {
	reason           allocation.RoundReason
	english, chinese string
}{
	{allocation.ReasonDirect, "kept without competing", "直接聘用"},
	{allocation.ReasonRanked, "hired by rank", "按积分聘用"},
	{allocation.ReasonOutranked, "all places went to people of higher rank", "排名未入围"},
	{allocation.ReasonTitles, "no place for the title class at the post", "职称岗位已满"},
	{allocation.ReasonNoPlace, "the post has no place to fill", "岗位无空额"},
	{allocation.ReasonNoPost, "no open post that rules and list allow", "无可报岗位"},
	{allocation.ReasonAdjusted, "placed by the county", "统筹调剂"},
	{allocation.ReasonDeclined, "will not be placed: retraining", "不服从调剂，待岗培训"},
	{allocation.ReasonLeftOver, "no fitting vacancy left: retraining", "无适合空岗，待岗培训"},
}

// WriteRounds writes how the hiring rounds went, at most [Width] columns wide: the ledger after
// each, why people are where they are, and the verdict of the checker on the plan of the last
// round. c must be the county that the rounds were run on.
func WriteRounds(w io.Writer, c *model.County, r *allocation.RoundsResult, verdict *check.Report) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "hiring rounds (县管校聘竞聘)")
	fmt.Fprintf(out, "Seed of the lottery (抽签种子) %d, county %.12s\n", r.Options.Seed, r.Hash)
	writeRoundLedgers(out, r)
	writeTitleLedgers(out, r)
	writeRoundReasons(out, r)
	last := r.Steps[len(r.Steps)-1].Ledger
	fmt.Fprintf(out, "\nRetraining (待岗培训): %s. After every round people = posted + surplus, posts = filled + open.\n", number(last.Surplus))
	writeVerdict(out, verdict)
	return out.Flush()
}

func writeRoundLedgers(w io.Writer, r *allocation.RoundsResult) {
	cells := func(name, took, hired string, l allocation.RoundLedger) []string {
		return []string{name, took, hired, number(l.People), number(l.Posted), number(l.Surplus), number(l.Posts), number(l.Filled), number(l.Open), number(l.Over)}
	}
	rows := [][]string{cells("0 before (竞聘前)", "", "", r.Before)}
	for _, step := range r.Steps {
		rows = append(rows, cells(roundTerms[step.Round], number(step.Took), number(step.Hired), step.Ledger))
	}
	grid(w, "People and posts after each round (各轮台账)", []string{"round (轮次)", ">took part", ">hired", ">people", ">posted", ">surplus",
		">posts", ">filled", ">open", ">over"}, rows)
}

// writeTitleLedgers writes the posts of title classes after each round, where schools have a quota.
func writeTitleLedgers(w io.Writer, r *allocation.RoundsResult) {
	if r.Before.Senior.Posts+r.Before.Senior.People+r.Before.Middle.Posts+r.Before.Middle.People == 0 {
		return
	}
	var rows [][]string
	add := func(name string, l allocation.RoundLedger) {
		row := []string{name}
		for _, t := range []allocation.TitleLedger{l.Senior, l.Middle} {
			row = append(row, number(t.Posts), number(t.Filled), number(t.Open), number(t.Over))
		}
		rows = append(rows, row)
	}
	add("0 before (竞聘前)", r.Before)
	for _, step := range r.Steps {
		add(roundTerms[step.Round], step.Ledger)
	}
	grid(w, "Posts of title classes after each round, at schools with a quota (职称岗位台账)", []string{"round (轮次)",
		">senior (高级)", ">filled", ">open", ">over", ">middle (中级)", ">filled", ">open", ">over"}, rows)
}

func writeRoundReasons(w io.Writer, r *allocation.RoundsResult) {
	type key struct {
		round  allocation.Round
		reason allocation.RoundReason
	}
	count := map[key]int{}
	for i := range r.Decisions {
		count[key{r.Decisions[i].Round, r.Decisions[i].Reason}]++
	}
	var rows [][]string
	for _, step := range r.Steps {
		name := roundTerms[step.Round]
		for _, reason := range roundReasons {
			if people := count[key{step.Round, reason.reason}]; people > 0 {
				rows = append(rows, []string{name, fmt.Sprintf("%s (%s)", reason.english, reason.chinese), number(people)})
				name = ""
			}
		}
	}
	grid(w, "Decisions (结果)", []string{"round (轮次)", "reason (原因)", ">people"}, rows)
}

// WriteCutOffs writes what every post of one school hired in each round, and the last person hired.
func WriteCutOffs(w io.Writer, c *model.County, r *allocation.RoundsResult, school model.SchoolID) error {
	out := bufio.NewWriter(w)
	var rows [][]string
	for _, step := range r.Steps {
		for _, post := range step.Posts {
			if post.School != school {
				continue
			}
			row := []string{roundTerms[step.Round], post.Stage.String(), string(post.Subject), number(post.Places), number(post.Ranked), number(post.Hired), "-", "-"}
			if post.Hired > 0 {
				row[6], row[7] = number(post.CutOff.Points), number(post.CutOff.Rank)
			}
			rows = append(rows, row)
		}
	}
	grid(out, fmt.Sprintf("Cut-offs of %s %s (入围分数线)", school, short(schoolNames(c)[school], 40)), []string{"round (轮次)", "stage", "subject",
		">places", ">ranked", ">hired", ">last points", ">last rank"}, rows)
	return out.Flush()
}

// WriteDecisions writes one CSV row for each decision, in order of round and teacher: the post before
// and after, the reason in both languages, and points, rank and cut-off at the post that was asked for.
// What keeps somebody from being moved or let go is not told.
func WriteDecisions(w io.Writer, c *model.County, r *allocation.RoundsResult) error {
	names := schoolNames(c)
	out := csv.NewWriter(w)
	out.Write([]string{"round", "teacher", "from_school", "from_name", "from_stage", "from_subject", "to_school", "to_name", "to_stage", "to_subject",
		"asked_school", "asked_name", "asked_stage", "asked_subject", "choice", "points", "rank", "ranked", "cut_off_points", "cut_off_rank",
		"reason", "sentence", "sentence_zh", "data"})
	for i := range r.Decisions {
		d := &r.Decisions[i]
		row := append([]string{string(d.Round), string(d.Teacher)}, postCells(names, d.From)...)
		row = append(append(row, postCells(names, d.To)...), postCells(names, d.Asked)...)
		row = append(row, counted(d.Choice), strconv.Itoa(d.Points), counted(d.Rank), counted(d.Of))
		if d.CutOff.Rank > 0 {
			row = append(row, strconv.Itoa(d.CutOff.Points), strconv.Itoa(d.CutOff.Rank))
		} else {
			row = append(row, "", "")
		}
		english, chinese := roundSentence(d)
		out.Write(append(row, string(d.Reason), english, chinese, dataCell(r.Origin)))
	}
	out.Flush()
	return out.Error()
}

// counted writes a number from 1, or nothing for 0.
func counted(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// roundSentence says in English and in Chinese why a round decided as it did.
func roundSentence(d *allocation.RoundDecision) (english, chinese string) {
	for _, reason := range roundReasons {
		if reason.reason == d.Reason {
			english, chinese = reason.english, reason.chinese
		}
	}
	if d.Rank > 0 && d.CutOff.Rank > 0 {
		english += fmt.Sprintf(": place %d of %d with %d points; the last hired was place %d with %d", d.Rank, d.Of, d.Points, d.CutOff.Rank, d.CutOff.Points)
		chinese += fmt.Sprintf("：%d人中排第%d，积分%d；最后入围者排第%d，积分%d", d.Of, d.Rank, d.Points, d.CutOff.Rank, d.CutOff.Points)
	}
	if d.Reason != allocation.ReasonRanked && d.Reason != allocation.ReasonDirect && !d.To.IsZero() && d.To == d.From {
		english, chinese = english+"; keeps the present post", chinese+"；保留原岗"
	}
	return english, chinese
}
