package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf16"

	"github.com/google/renameio/v2"
	"github.com/xuri/excelize/v2"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// Options says how a workbook is written. The zero value is Chinese.
type Options struct {
	English bool // titles, headers and words
}

// maxText is how many UTF-16 code units a cell of a spreadsheet holds.
const maxText = 32_767

// Write writes a county as a workbook from which [Read] gives an equal one: it is read again before it gets its name, and a county with
// text that no workbook keeps, such as control characters, is refused. Days are days and numbers numbers, ids are text. The
// file appears as a whole or not at all.
func Write(path string, c *model.County, o Options) error {
	content, err := Encode(c, o)
	if err != nil {
		return err
	}
	return renameio.WriteFile(path, content, 0o644)
}

// Encode is [Write] into memory.
func Encode(c *model.County, o Options) ([]byte, error) {
	sheets, err := table.Sheets(c, !o.English)
	if err != nil {
		return nil, err
	}
	w, err := newWriter(o)
	if err != nil {
		return nil, err
	}
	defer w.file.Close()
	for _, s := range sheets {
		if err := w.add(s); err != nil {
			return nil, err
		}
	}
	content, err := w.bytes()
	if err != nil {
		return nil, err
	}
	book, err := Parse("workbook", content)
	if err != nil {
		return nil, fmt.Errorf("a workbook does not keep this county: %w", err)
	}
	again, err := book.County()
	if err != nil {
		return nil, fmt.Errorf("a workbook does not keep this county: %w", err)
	}
	if again.Hash() != c.Hash() {
		return nil, errors.New("a workbook does not keep this county: want text without control characters and without escapes such as _x0041_")
	}
	return content, nil
}

// writer is a workbook in the making.
type writer struct {
	file    *excelize.File
	options Options
	layouts map[string]table.Layout // by title
	header  int                     // styles
	day     int
	text    int
	first   bool // no sheet has been added
}

func newWriter(o Options) (*writer, error) {
	w := &writer{file: excelize.NewFile(), options: o, layouts: map[string]table.Layout{}, first: true}
	for _, l := range table.Layouts() {
		w.layouts[l.Name], w.layouts[l.Chinese] = l, l
	}
	dayFormat := "yyyy-mm-dd"
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&w.header, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E79"}},
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
		{&w.day, excelize.Style{CustomNumFmt: &dayFormat}},
		{&w.text, excelize.Style{NumFmt: 49}},
	} {
		var err error
		if *s.into, err = w.file.NewStyle(&s.style); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// sheet adds an empty sheet; the first takes the place of the one that a new file has.
func (w *writer) sheet(title string) error {
	if w.first {
		w.first = false
		return w.file.SetSheetName(w.file.GetSheetName(0), title)
	}
	_, err := w.file.NewSheet(title)
	return err
}

// add adds a sheet with its cells in the forms of their columns.
func (w *writer) add(s table.Sheet) error {
	if err := w.sheet(s.Title); err != nil {
		return err
	}
	forms := make([]table.Form, len(s.Rows[0]))
	for j, header := range s.Rows[0] {
		for _, h := range w.layouts[s.Title].Headings {
			if header == h.Name || header == h.Chinese {
				forms[j] = h.Form
			}
		}
	}
	for i, row := range s.Rows {
		for j, text := range row {
			if text == "" {
				continue
			}
			if len(text) > maxText && len(utf16.Encode([]rune(text))) > maxText {
				return &table.CellError{File: "workbook", Sheet: s.Title, Row: i + 1, Column: s.Rows[0][j], Value: text, Hint: "text of at most 32767 characters"}
			}
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			form := forms[j]
			if i == 0 {
				form = table.FormText
			}
			if err := w.set(s.Title, cell, text, form); err != nil {
				return err
			}
		}
	}
	return w.dress(s.Title, s.Rows)
}

// set writes one cell: as a number or a day where its column is one, else as text.
func (w *writer) set(sheet, cell, text string, form table.Form) error {
	switch form {
	case table.FormCount:
		if v, err := strconv.Atoi(text); err == nil {
			return w.file.SetCellInt(sheet, cell, int64(v))
		}
	case table.FormNumber:
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return w.file.SetCellFloat(sheet, cell, v, -1, 64)
		}
	case table.FormDay:
		// Before March 1900 a spreadsheet counts a day that never was.
		if t, err := time.Parse(time.DateOnly, text); err == nil && t.Year() > 1900 {
			return errors.Join(w.file.SetCellValue(sheet, cell, t), w.file.SetCellStyle(sheet, cell, cell, w.day))
		}
	}
	return w.file.SetCellStr(sheet, cell, text)
}

// looked is how many rows decide the width of a column.
const looked = 50

// dress sets widths, the style of the header, its frozen row, and a page as wide as the table.
func (w *writer) dress(sheet string, rows [][]string) error {
	header := rows[0]
	for j := range header {
		widest := 7
		for _, row := range rows[:min(len(rows), looked)] {
			widest = max(widest, width(row[j]))
		}
		letters, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return err
		}
		if err := w.file.SetColWidth(sheet, letters, letters, float64(min(48, widest+3))); err != nil {
			return err
		}
	}
	if err := w.page(sheet); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(max(1, len(header)), 1)
	if err != nil {
		return err
	}
	return errors.Join(w.file.SetCellStyle(sheet, "A1", last, w.header), w.file.SetRowHeight(sheet, 1, 30),
		w.file.SetPanes(sheet, frozen()))
}

// page prints a sheet across, as wide as the paper.
func (w *writer) page(sheet string) error {
	landscape, fit, one, asNeeded, a4 := "landscape", true, 1, 0, 9
	return errors.Join(w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &one, FitToHeight: &asNeeded}))
}

// width counts the columns that a text takes on the screen: a Chinese character takes two.
func width(text string) (columns int) {
	for _, r := range text {
		columns++
		if r >= 0x1100 {
			columns++
		}
	}
	return columns
}

// bytes gives the file.
func (w *writer) bytes() ([]byte, error) {
	w.file.SetActiveSheet(0)
	var out bytes.Buffer
	if err := w.file.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
