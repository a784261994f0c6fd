package letter

import (
	"bufio"
	"fmt"
	"io"

	"github.com/xianguan/xianguan/allocation/report"
)

// WriteText writes a letter in both languages, Chinese first, at most 100 columns wide.
func (l *Letter) WriteText(out io.Writer) error {
	w := bufio.NewWriter(out)
	l.Zh.write(w, "异议与申诉")
	fmt.Fprint(w, "\n----\n\n")
	l.En.write(w, "To object")
	return w.Flush()
}

func (t *Text) write(w io.Writer, objection string) {
	fmt.Fprintf(w, "%s\n%s\n%s\n", t.Issuer, t.Title, t.Number)
	if t.Note != "" {
		fill(w, "", t.Note)
	}
	fmt.Fprintf(w, "\n%s\n\n", t.To)
	for _, paragraph := range t.Opening {
		fill(w, "", paragraph)
	}
	fmt.Fprintln(w)
	for _, fact := range t.Facts {
		fill(w, "  "+fact.Name+t.colon(), fact.Value)
	}
	for _, table := range t.Tables {
		head := append([]string(nil), table.Head...)
		rows := make([][]string, len(table.Rows))
		for i, row := range table.Rows {
			rows[i] = make([]string, len(row))
			for k, cell := range row {
				rows[i][k] = report.Short(cell, 28)
			}
		}
		report.Grid(w, table.Caption, head, rows)
	}
	for _, section := range append(t.Sections[:len(t.Sections):len(t.Sections)], Section{objection, t.Objection}) {
		fmt.Fprintf(w, "\n%s\n", section.Heading)
		for _, line := range section.Lines {
			fill(w, "  ", line)
		}
	}
	fmt.Fprintln(w)
	for _, line := range t.Signed {
		fmt.Fprintln(w, line)
	}
}

func (t *Text) colon() string {
	if t.Language == "en" {
		return ": "
	}
	return "："
}
