package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// WriteLayout writes what closing or joining schools does, and the two plans side by side, at most [Width] columns wide. c is the county before.
func WriteLayout(w io.Writer, c *model.County, l *scenario.Layout, x *scenario.Comparison) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "layout of schools (学校布局调整)")
	names := schoolNames(c)
	var rows [][]string
	for _, m := range l.Moves {
		board := ""
		if m.Board {
			board = "board (寄宿)"
		}
		rows = append(rows, []string{names[m.School], names[m.Into], number(m.Pupils), m.Metres.String(), board})
	}
	if len(rows) > 0 {
		grid(out, "Schools that close (撤并学校)", []string{"school", "into", ">pupils", ">road, one way", ""}, rows)
	}
	rows = nil
	for _, b := range l.Built {
		rows = append(rows, []string{names[b.School], number(b.Places), yuan(model.Fen(b.Places) * c.Rules.BoarderFunding)})
	}
	if len(rows) > 0 {
		grid(out, "Boarding to build (新建寄宿床位)", []string{"school", ">places", ">funding, yuan a year"}, rows)
	}
	pair := func(name string, v [2]int) []string {
		return []string{name, number(v[0]), number(v[1]), signed(v[1] - v[0])}
	}
	grid(out, "Before and after (前后)", []string{"", ">before", ">after", ">change"}, [][]string{
		pair("Schools (学校)", l.Schools), pair("Classes (班)", l.Classes), pair("Posts needed (岗位需求)", l.Posts), pair("Boarders (寄宿生)", l.Boarders),
		pair("Schools funded as larger than they are (按100人核定的学校)", l.Small), pair("Pupils funded beyond those there (补足人数)", l.Beyond),
		{"Funding of rural boarders, yuan a year (寄宿经费)", yuan(l.Boarding[0]), yuan(l.Boarding[1]), signedYuan(l.Boarding[1] - l.Boarding[0])}})
	fmt.Fprintln(out)
	wrap(out, "Pupils (学生): ", fmt.Sprintf("%s change school; the longest way is %s; %s pupil-kilometres a day, there and back, of those who do not board. They are taken to live where their school stands.",
		number(l.Pupils), l.Longest, number(l.PupilMetres/1000)))
	writeIndicators(out, x, "before", "after")
	writePeople(out, x)
	return out.Flush()
}
