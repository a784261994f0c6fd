package workbook

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/xianguan/xianguan/model/table"
)

// sheetReader turns the cells of one sheet into text.
type sheetReader struct {
	book      *excelize.File
	sheet     *table.Sheet
	since1904 bool
	styles    map[int]style // by index, as they are met
}

// style is what the format of a number says about it.
type style struct {
	day, time, percent bool
	zeros              int // digits to which leading zeros are shown: 3 for "000"
}

// readSheets reads the cells of every sheet.
func readSheets(name string, f *excelize.File) (*table.Book, error) {
	titles := f.GetSheetList()
	if len(titles) == 0 || len(titles) > maxSheets {
		return nil, refuse(name, fmt.Sprintf("%s with 1 to %d sheets; this one has %d", wantWorkbook, maxSheets, len(titles)), nil)
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, refuse(name, wantWorkbook, err)
	}
	book := &table.Book{Name: name, Sheets: make([]table.Sheet, len(titles))}
	styles := map[int]style{}
	cells := 0
	for i, title := range titles {
		r := &sheetReader{book: f, sheet: &book.Sheets[i], since1904: props.Date1904 != nil && *props.Date1904, styles: styles}
		r.sheet.Title = title
		if err := r.stream(name, &cells); err != nil {
			return nil, err
		}
	}
	for i := range book.Sheets {
		r := &sheetReader{book: f, sheet: &book.Sheets[i], since1904: props.Date1904 != nil && *props.Date1904, styles: styles}
		if err := r.convert(); err != nil {
			return nil, refuse(name, wantWorkbook+" that is whole; its sheet "+r.sheet.Title+" is damaged", err)
		}
	}
	return book, nil
}

// stream reads the raw cells row by row and stops at the limits, before the sheet is held in memory as a whole.
func (r *sheetReader) stream(name string, cells *int) error {
	damaged := func(err error) error {
		return refuse(name, wantWorkbook+" that is whole; its sheet "+r.sheet.Title+" is damaged", err)
	}
	rows, err := r.book.Rows(r.sheet.Title)
	if err != nil {
		return damaged(err)
	}
	defer rows.Close()
	empty := 0 // rows since the last one that holds something: a format may go down to the last row of all
	for rows.Next() {
		row, err := rows.Columns()
		if err != nil {
			return damaged(err)
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if len(row) == 0 {
			empty++
			continue
		}
		at := len(r.sheet.Rows) + empty + 1
		*cells += len(row)
		switch {
		case at > maxRows:
			return r.tooMuch(name, at, fmt.Sprintf("at most %d rows", maxRows))
		case len(row) > maxColumns:
			return r.tooMuch(name, at, fmt.Sprintf("at most %d columns; this row has %d", maxColumns, len(row)))
		case *cells > maxCells:
			return r.tooMuch(name, at, fmt.Sprintf("at most %d cells in the workbook", maxCells))
		}
		r.sheet.Rows = append(append(r.sheet.Rows, make([][]string, empty)...), row)
		empty = 0
	}
	if err := rows.Error(); err != nil {
		return damaged(err)
	}
	return nil
}

func (r *sheetReader) tooMuch(name string, row int, hint string) error {
	return &table.Errors{List: []error{&table.CellError{File: name, Sheet: r.sheet.Title, Row: row, Hint: hint}}, Total: 1}
}

// fault reports a cell; row and column count from 0.
func (r *sheetReader) fault(row, column int, value, hint string) {
	header := ""
	if row > 0 && column < len(r.sheet.Rows[0]) {
		header = r.sheet.Rows[0][column]
	}
	if header == "" {
		letters, err := excelize.ColumnNumberToName(column + 1)
		if err != nil {
			letters = strconv.Itoa(column + 1)
		}
		header = "column " + letters
	}
	r.sheet.Faults = append(r.sheet.Faults, &table.CellError{Row: row + 1, Column: header, Value: value, Hint: hint})
}

// convert gives the cells that are no plain text the text that they show, and reports those that have none.
func (r *sheetReader) convert() error {
	if len(r.sheet.Rows) == 0 {
		return nil
	}
	if visible, err := r.book.GetSheetVisible(r.sheet.Title); err != nil {
		return err
	} else if !visible {
		r.sheet.Faults = append(r.sheet.Faults, &table.CellError{Hint: "a sheet that can be seen: show it, or delete it"})
		return nil
	}
	if err := r.merged(); err != nil {
		return err
	}
	if err := r.hidden(); err != nil {
		return err
	}
	width := 0
	for _, row := range r.sheet.Rows {
		width = max(width, len(row))
	}
	for i, row := range r.sheet.Rows {
		if len(row) == 0 {
			continue
		}
		for j := range width {
			raw := ""
			if j < len(row) {
				raw = row[j]
			}
			text, err := r.text(i, j, raw)
			if err != nil {
				return err
			}
			if j < len(row) {
				row[j] = text
			}
		}
	}
	return nil
}

// merged reports merged cells: which of them a value belongs to is not known.
func (r *sheetReader) merged() error {
	cells, err := r.book.GetMergeCells(r.sheet.Title, true)
	if err != nil {
		return err
	}
	for _, m := range cells {
		column, row, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		if row <= len(r.sheet.Rows) {
			r.fault(row-1, column-1, m.GetStartAxis()+":"+m.GetEndAxis(), "a cell for each value: unmerge these")
		}
	}
	return nil
}

// hidden reports hidden rows and columns that hold something: who sends the workbook may not know of them.
func (r *sheetReader) hidden() error {
	width := 0
	for i, row := range r.sheet.Rows {
		width = max(width, len(row))
		if len(row) == 0 {
			continue
		}
		visible, err := r.book.GetRowVisible(r.sheet.Title, i+1)
		if err != nil {
			return err
		}
		if !visible {
			r.sheet.Faults = append(r.sheet.Faults, &table.CellError{Row: i + 1, Hint: "a row that can be seen: show it (a filter may hide it), or delete it"})
		}
	}
	for j := range width {
		letters, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return err
		}
		visible, err := r.book.GetColVisible(r.sheet.Title, letters)
		if err != nil {
			return err
		}
		if !visible {
			r.fault(0, j, "", "a column that can be seen: show it, or delete it")
		}
	}
	return nil
}

// text gives what a cell shows. Only what could be something else than text is looked at more closely.
func (r *sheetReader) text(i, j int, raw string) (string, error) {
	number, notNumber := strconv.ParseFloat(raw, 64)
	if raw != "" && notNumber != nil && raw[0] != '#' {
		return raw, nil
	}
	cell, err := excelize.CoordinatesToCellName(j+1, i+1)
	if err != nil {
		return "", err
	}
	if raw == "" {
		formula, err := r.book.GetCellFormula(r.sheet.Title, cell)
		if err == nil && formula != "" {
			if kind, wrong := r.book.GetCellType(r.sheet.Title, cell); wrong == nil && kind != excelize.CellTypeFormula { // a formula may give empty text
				r.fault(i, j, "="+formula, "a value; this formula was saved without one: open the workbook in a spreadsheet and save it")
			}
		}
		return "", err
	}
	kind, err := r.book.GetCellType(r.sheet.Title, cell)
	switch {
	case err != nil:
		return "", err
	case kind == excelize.CellTypeError:
		r.fault(i, j, raw, "a value; the spreadsheet shows an error here")
		return "", nil
	case kind == excelize.CellTypeBool && raw == "1":
		return "yes", nil
	case kind == excelize.CellTypeBool:
		return "no", nil
	case notNumber != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber:
		return raw, nil
	}
	look, err := r.style(cell)
	if err != nil {
		return "", err
	}
	return r.number(i, j, number, look), nil
}

// exactWhole is the least whole number of 16 digits: a spreadsheet keeps 15.
const exactWhole = 1e15

// number gives the text of a number: a day, a share in per cent, leading zeros, or plain digits.
func (r *sheetReader) number(i, j int, v float64, look style) string {
	plain := strconv.FormatFloat(v, 'f', -1, 64)
	switch {
	case math.IsInf(v, 0) || math.IsNaN(v) || math.Abs(v) >= exactWhole:
		r.fault(i, j, plain[:min(6, len(plain))]+"…", "text: of a number a spreadsheet keeps 15 digits, so make the cell text and write it again")
		return ""
	case look.time || look.day && v < 1:
		r.fault(i, j, plain, "a day; this cell shows a time")
		return ""
	case look.day:
		t, err := excelize.ExcelDateToTime(v, r.since1904)
		if err != nil {
			r.fault(i, j, plain, "a day that exists")
			return ""
		}
		if v != math.Floor(v) {
			r.fault(i, j, t.Format("2006-01-02 15:04"), "a day without the time of day")
		}
		return t.Format("2006-01-02")
	case look.percent:
		return rounded(v*100) + "%"
	}
	text := rounded(v)
	if look.zeros > len(text) && v >= 0 && v == math.Floor(v) {
		text = strings.Repeat("0", look.zeros-len(text)) + text
	}
	return text
}

// rounded writes a number to the 15 significant digits that a spreadsheet shows, of which its file holds 17.
func rounded(v float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		short = v
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// style gives the style of a cell.
func (r *sheetReader) style(cell string) (style, error) {
	index, err := r.book.GetCellStyle(r.sheet.Title, cell)
	if err != nil {
		return style{}, err
	}
	if known, found := r.styles[index]; found {
		return known, nil
	}
	full, err := r.book.GetStyle(index)
	if err != nil {
		return style{}, err
	}
	look := builtIn(full.NumFmt)
	if full.CustomNumFmt != nil {
		look = custom(*full.CustomNumFmt)
	}
	r.styles[index] = look
	return look, nil
}

// builtIn reads the number of a built-in format (ECMA-376, 18.8.30); 27 to 36 and 50 to 58 are days in Chinese.
func builtIn(id int) style {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return style{day: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return style{time: true}
	case id == 9, id == 10:
		return style{percent: true}
	}
	return style{}
}

// quoted is what a format shows as it stands: text in quotes, an escaped character, a colour or a language in brackets.
var quoted = regexp.MustCompile(`"[^"]*"|\\.|_.|\[[^\]]*\]`)

// custom reads a format of one's own by the letters that ask for parts of a day.
func custom(format string) style {
	plain := strings.ToLower(quoted.ReplaceAllString(format, ""))
	plain, _, _ = strings.Cut(plain, ";")
	switch {
	case strings.HasPrefix(plain, "general"), plain == "", plain == "@":
		return style{}
	case strings.ContainsAny(plain, "yd"), strings.Contains(plain, "m") && !strings.ContainsAny(plain, "hs"):
		return style{day: true}
	case strings.ContainsAny(plain, "hs"):
		return style{time: true}
	case strings.Contains(plain, "%"):
		return style{percent: true}
	case strings.Trim(plain, "0") == "":
		return style{zeros: len(plain)}
	}
	return style{}
}
