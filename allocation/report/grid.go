package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// Width is the number of columns that text output fits in.
const Width = 100

// grid writes a titled table. Columns whose header begins with ">" are aligned to the
// right; where no column has a name there is no header. Widths count Chinese characters as two columns. Cells are kept to plain
// ASCII and Chinese, whose widths are the same in every locale.
func grid(w io.Writer, title string, header []string, rows [][]string) {
	t := table.NewWriter()
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Format.Header = text.FormatDefault
	style.Box.PaddingLeft, style.Box.PaddingRight = "  ", ""
	t.SetStyle(style)
	names := make([]string, len(header))
	configs := make([]table.ColumnConfig, len(header))
	for i, name := range header {
		configs[i] = table.ColumnConfig{Number: i + 1, Align: text.AlignLeft, AlignHeader: text.AlignLeft}
		if strings.HasPrefix(name, ">") {
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
		names[i] = strings.TrimPrefix(name, ">")
	}
	t.SetColumnConfigs(configs)
	if strings.Join(names, "") != "" {
		t.AppendHeader(row(names))
	}
	for _, cells := range rows {
		t.AppendRow(row(cells))
	}
	t.SetAllowedRowLength(Width)
	t.SuppressTrailingSpaces()
	fmt.Fprintf(w, "\n%s\n%s\n", title, t.Render())
}

func row(cells []string) table.Row {
	r := make(table.Row, len(cells))
	for i, c := range cells {
		r[i] = c
	}
	return r
}

// wrap writes a paragraph within Width columns, its later lines indented.
func wrap(w io.Writer, first, paragraph string) {
	indent := strings.Repeat(" ", text.StringWidth(first))
	for i, line := range strings.Split(text.WrapSoft(paragraph, Width-len(indent)), "\n") {
		if i == 0 {
			fmt.Fprintln(w, first+strings.TrimRight(line, " "))
		} else {
			fmt.Fprintln(w, indent+strings.TrimRight(line, " "))
		}
	}
}

// number writes an integer with a comma after every three digits.
func number[T ~int | ~int64](n T) string {
	digits := strconv.FormatInt(int64(n), 10)
	start := len(digits) % 3
	if n < 0 {
		start = (len(digits)-1)%3 + 1
	}
	out := digits[:start]
	for i := start; i < len(digits); i += 3 {
		if out != "" && out != "-" {
			out += ","
		}
		out += digits[i : i+3]
	}
	return out
}

// percent writes a part of a whole with one place, or "-" of nothing.
func percent(part, whole int) string {
	if whole == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(whole))
}

// short cuts a text to a number of columns; what is cut ends in "..".
func short(s string, columns int) string { return text.Snip(s, columns, "..") }
