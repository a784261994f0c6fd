package workbook

import (
	"bytes"
	"io"

	"github.com/xuri/excelize/v2"
)

// Table is a sheet of a workbook that people read: rows below a header, none longer than it. A cell is a text, a number, or nil.
type Table struct {
	Title  string
	Header []string
	Rows   [][]any
}

// WriteTables writes tables as a workbook, a sheet each, with frozen headers, columns as wide as their texts, and pages as wide as the table. Nothing
// is written where one can't be. It takes time linear in the cells.
func WriteTables(w io.Writer, tables []Table) error {
	book, err := newWriter(Options{})
	if err != nil {
		return err
	}
	defer book.file.Close()
	for i := range tables {
		if err := book.table(&tables[i]); err != nil {
			return err
		}
	}
	content, err := book.bytes()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, bytes.NewReader(content))
	return err
}

// table adds a sheet. Its cells go out as they come: a county of 50,000 is a million of them.
func (w *writer) table(t *Table) error {
	if err := w.sheet(t.Title); err != nil {
		return err
	}
	if err := w.page(t.Title); err != nil { // before the stream, which begins with it
		return err
	}
	out, err := w.file.NewStreamWriter(t.Title)
	if err != nil {
		return err
	}
	for j, text := range t.Header {
		widest := max(7, width(text))
		for _, row := range t.Rows[:min(len(t.Rows), looked)] {
			if j >= len(row) {
				continue
			}
			if text, is := row[j].(string); is {
				widest = max(widest, width(text))
			}
		}
		if err := out.SetColWidth(j+1, j+1, float64(min(60, widest+3))); err != nil {
			return err
		}
	}
	if err := out.SetPanes(frozen()); err != nil {
		return err
	}
	cells := make([]any, len(t.Header))
	for j, text := range t.Header {
		cells[j] = excelize.Cell{StyleID: w.header, Value: text}
	}
	if err := out.SetRow("A1", cells); err != nil {
		return err
	}
	for i, row := range t.Rows {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, row); err != nil {
			return err
		}
	}
	return out.Flush()
}

// frozen keeps the header in sight.
func frozen() *excelize.Panes {
	return &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
}
