package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xianguan/xianguan/allocation/supervision"
	"github.com/xianguan/xianguan/model"
)

// shownShort is how many schools a line names.
const shownShort = 4

// WriteInspection writes the yearly report on a county (督导), article by article, at most [Width] columns wide.
func WriteInspection(w io.Writer, c *model.County, i *supervision.Inspection) error {
	out := bufio.NewWriter(w)
	writeTitle(out, c, "report for supervision (义务教育一体化督导)")
	names := schoolNames(c)
	count := map[supervision.Status]int{}
	last := ""
	for k := range i.Findings {
		f := &i.Findings[k]
		count[f.Status]++
		if head := f.Source + " " + f.Article + " " + f.Quote; head != last {
			last = head
			fmt.Fprintln(out)
			wrap(out, "", head)
		}
		found := fmt.Sprintf("asked (要求) %s, got (实际) %s", f.Asked, f.Got)
		if f.Asked == "-" {
			found = f.Got
		}
		wrap(out, "  - ", fmt.Sprintf("%s %s (%s): %s", inspectionMark[f.Status], f.Figure, f.FigureZ, found))
		if len(f.Schools) > 0 {
			wrap(out, "      ", "short (未达标): "+shortSchools(f.Schools, names))
		}
		wrap(out, "      ", "evidence (依据): "+f.Evidence)
	}
	fmt.Fprintf(out, "\nMet (达标) %d, not met (未达标) %d, unknown (数据不足) %d, reported (据实报告) %d.\n", count[supervision.Met], count[supervision.NotMet], count[supervision.Unknown], count[supervision.Report])
	fmt.Fprintf(out, "\nOut of scope (不在方案之内)\n")
	for _, o := range i.Outside {
		wrap(out, "  - ", fmt.Sprintf("%s %s: %s (%s)", o.Article, o.Quote, o.Why, o.WhyZH))
	}
	return out.Flush()
}

// inspectionMark goes before a figure.
var inspectionMark = map[supervision.Status]string{supervision.Met: "[met 达标]", supervision.NotMet: "[NOT MET 未达标]", supervision.Unknown: "[unknown 数据不足]", supervision.Report: "[reported 据实]"}

// shortSchools names a few schools and counts the others.
func shortSchools(ids []model.SchoolID, names map[model.SchoolID]string) string {
	var shown []string
	for _, id := range ids[:min(len(ids), shownShort)] {
		shown = append(shown, fmt.Sprintf("%s %s", id, names[id]))
	}
	text := strings.Join(shown, ", ")
	if more := len(ids) - shownShort; more > 0 {
		text += fmt.Sprintf(" and %d more (另%d所)", more, more)
	}
	return text
}
