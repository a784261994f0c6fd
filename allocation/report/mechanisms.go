package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/model"
)

// WriteMechanisms writes the outcomes of many mechanisms on one county side by side, at most [Width] columns wide, and
// what the columns and names mean. c must be the county that they were run on.
func WriteMechanisms(w io.Writer, c *model.County, r *allocation.MechanismsResult) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "mechanisms compared (机制比较)")
	fmt.Fprintf(out, "Seed of the lottery (抽签种子) %d, county %.12s\n", r.Options.Seed, r.Hash)
	wrap(out, "", fmt.Sprintf("%s people (人员), of whom %s take part (参与); posts ask for %s (岗位需求), rural ones for %s (乡村)",
		number(r.People), number(r.Taking), number(r.Posts), number(r.RuralNeed)))
	var rows [][]string
	var failed []string
	for i := range r.Rows {
		m := &r.Rows[i]
		if m.Err != "" {
			failed = append(failed, m.Name+": "+m.Err)
			rows = append(rows, []string{m.Name, "-", "-", "-", "-", "-", "-", "-", "-", "-"})
			continue
		}
		rows = append(rows, []string{m.Name, number(m.Filled), number(m.Surplus), fmt.Sprintf("%.2f", m.Rank), number(m.Blocking), number(m.Envy),
			number(m.WorseOff), number(m.Moved), percent(m.Rural, r.RuralNeed), yuan(m.Cost)})
	}
	grid(out, "Outcomes (结果)", []string{"mechanism (机制)", ">filled", ">surplus", ">rank", ">blocking", ">envy", ">worse", ">moved", ">rural", ">yuan a month"}, rows)
	for _, line := range failed {
		wrap(out, "  - ", line)
	}
	fmt.Fprintln(out, "\nColumns (列)")
	for _, line := range mechanismColumns {
		wrap(out, "  ", line)
	}
	fmt.Fprintln(out, "\nMechanisms (机制)")
	for _, m := range matching.Mechanisms() {
		for i := range r.Rows {
			if r.Rows[i].Name == m.Name {
				wrap(out, "  ", fmt.Sprintf("%-15s %s", m.Name, m.Title))
			}
		}
	}
	for _, row := range mechanismRows {
		wrap(out, "  ", fmt.Sprintf("%-15s %s", row[0], row[1]))
	}
	return out.Flush()
}

// mechanismColumns says what the figures are.
var mechanismColumns = []string{
	"filled    people of the need of posts (已配)",
	"surplus   people without a post (待岗)",
	"rank      mean place on their own lists of what people who take part get (平均志愿序)",
	"blocking  pairs of a person and a wanted post that is free or has somebody of lower rank (阻塞对)",
	"envy      of these, those with somebody of lower rank, a protected holder too (嫉妒)",
	"worse     people who take part and get less than their present post (受损)",
	"moved     people who get a post that they did not have (变动)",
	"rural     of the need of rural posts, filled (乡村满足率)",
	"yuan      subsidy, travel, preference and moves of everybody (费用)",
}

// mechanismRows are the rows that are no mechanism of package matching.
var mechanismRows = [][2]string{
	{allocation.RowPresent, "Everybody stays (维持现状)"},
	{allocation.RowRounds, "The three hiring rounds, in school and across schools (三轮竞聘)"},
	{allocation.RowPlan, "The optimizer, which may rotate those who are due (优化方案)"},
}
