package table

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// CellError says which cell of a CSV file or of a workbook is wrong and what would be right.
type CellError struct {
	File   string // name of the file in its folder
	Sheet  string // title of the sheet of a workbook, else ""
	Row    int    // as a spreadsheet counts: the header is row 1; 0 for the file as a whole
	Column string // the header as it stands, in settings.csv the key; "" for the row as a whole
	Value  string // as it stands in the file
	Hint   string // what would be right
	Err    error  // the cause, where there is one
}

func (e *CellError) Error() string {
	var text strings.Builder
	text.WriteString(e.File)
	if e.Sheet != "" {
		fmt.Fprintf(&text, ", sheet %s", e.Sheet)
	}
	if e.Row > 0 {
		fmt.Fprintf(&text, " row %d", e.Row)
	}
	if e.Column != "" {
		fmt.Fprintf(&text, ", %s", e.Column)
	}
	if e.Column != "" || e.Value != "" {
		fmt.Fprintf(&text, " %q", shorten(e.Value))
	}
	return text.String() + ": want " + e.Hint
}

func (e *CellError) Unwrap() error { return e.Err }

// JSONError says where a JSON file is wrong and what would be right.
type JSONError struct {
	File   string
	Line   int    // from 1; 0 for the file as a whole
	Column int    // in bytes, from 1
	Path   string // of the value, as in "teachers[3].born"
	Value  string // as it stands in the file
	Hint   string // what would be right
	Err    error  // the cause, where there is one
}

func (e *JSONError) Error() string {
	var text strings.Builder
	text.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&text, " line %d column %d", e.Line, e.Column)
	}
	if e.Path != "" {
		fmt.Fprintf(&text, ", %s", e.Path)
	}
	if e.Value != "" {
		fmt.Fprintf(&text, " %s", shorten(e.Value))
	}
	return text.String() + ": want " + e.Hint
}

func (e *JSONError) Unwrap() error { return e.Err }

const (
	shown = 50     // errors that [Errors] prints
	kept  = 10_000 // errors that [Errors] keeps
)

// Errors is everything that is wrong with a file or a folder. It prints the
// first 50 and their number, and keeps the first 10,000.
type Errors struct {
	List  []error // *CellError or *JSONError, in the order in which they were found
	Total int     // how many there are, beyond List too
}

func (e *Errors) Error() string {
	var text strings.Builder
	for i, err := range e.List {
		if i == shown {
			break
		}
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(err.Error())
	}
	if e.Total > shown {
		fmt.Fprintf(&text, "\nand %d more: %d errors in all", e.Total-shown, e.Total)
	}
	return text.String()
}

// Unwrap lets errors.As find a [CellError] or a [JSONError].
func (e *Errors) Unwrap() []error { return e.List }

// add counts an error and keeps it while there is room.
func (e *Errors) add(err error) {
	if e.Total++; len(e.List) < kept {
		e.List = append(e.List, err)
	}
}

// full reports whether further errors are only counted.
func (e *Errors) full() bool { return len(e.List) == kept }

// orNil gives the errors as an error, or nil where there are none.
func (e *Errors) orNil() error {
	if e.Total == 0 {
		return nil
	}
	return e
}

// shorten keeps an error readable whatever stands in a cell.
func shorten(text string) string {
	const limit = 60
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit]) + "…"
}
