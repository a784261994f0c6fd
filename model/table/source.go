package table

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// maxFile is the size in bytes up to which a file is read: a hundred times a
// large county. Beyond it, the file is not what it is taken for.
const maxFile = 256 << 20

const wantUTF8 = "UTF-8 text: save the file as UTF-8"

const wantText = "text in UTF-8, or a whole file in GB18030: these bytes stand for no character"

// maxRows is the number of rows up to which a table is read.
const maxRows = 1_000_000

// file is one table in memory with the errors found in it: a CSV file, or a sheet of a workbook.
type file struct {
	name    string // of the file
	sheet   string // title of the sheet, "" for CSV
	table   string // what it holds, as in "teachers"
	text    string // of CSV
	grid    [][]string
	headers map[string]string // the columns whose header is not their name, as they stand there
	errors  *Errors
}

// fault reports a cell of the file. The column goes by its name, and is shown as its header stands.
func (f *file) fault(row int, column, value, hint string, cause error) {
	if header := f.headers[column]; header != "" {
		column = header
	}
	f.errors.add(&CellError{File: f.name, Sheet: f.sheet, Row: row, Column: column, Value: value, Hint: hint, Err: cause})
}

// lines gives the rows of a table one by one, as [scanner] does.
type lines interface {
	next() (cells []string, wrong string, more bool)
	number() int // of the row that was given last, as a spreadsheet counts
}

func (f *file) lines() lines {
	if f.sheet != "" {
		return &gridLines{grid: f.grid}
	}
	return &scanner{text: f.text}
}

// rowsAtMost bounds the rows, for a capacity.
func (f *file) rowsAtMost(columns int) int {
	if f.sheet != "" {
		return len(f.grid)
	}
	return min(strings.Count(f.text, "\n"), len(f.text)/columns, maxRows) // a row has a byte a cell
}

// SizeError says that a file is larger than a county's can be.
type SizeError struct {
	File     string
	Limit    int64 // bytes
	Unpacked bool  // the limit is that of the unpacked parts of a workbook
}

func (e *SizeError) Error() string {
	if e.Unpacked {
		return fmt.Sprintf("%s: want a workbook that unpacks to at most %d MiB", e.File, e.Limit>>20)
	}
	return fmt.Sprintf("%s: want a file of at most %d MiB", e.File, e.Limit>>20)
}

// readAll reads a file up to the limit. The size on record is looked at first,
// and what has none, such as a pipe, is read no further than the limit.
func readAll(f fs.File, name string, limit int64) (string, error) {
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if info.Size() > limit {
		return "", &SizeError{File: name, Limit: limit}
	}
	var text strings.Builder
	text.Grow(int(info.Size()))
	n, err := io.Copy(&text, io.LimitReader(f, limit+1))
	if err != nil {
		return "", err
	}
	if n > limit {
		return "", &SizeError{File: name, Limit: limit}
	}
	return text.String(), nil
}

// open reads one file of a folder. It gives nil, having reported why, where the
// file can't be read as a table, and nil alone where an optional file is absent.
func open(folder fs.FS, name string, optional bool, found *Errors) *file {
	f := &file{name: name, table: strings.TrimSuffix(name, ".csv"), errors: found}
	text, err := load(folder, name)
	var size *SizeError
	switch {
	case errors.Is(err, fs.ErrNotExist) && optional:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		f.fault(0, "", "", "this file in the folder", err)
		return nil
	case errors.As(err, &size):
		f.fault(0, "", "", fmt.Sprintf("a file of at most %d MiB", size.Limit>>20), err)
		return nil
	case err != nil:
		f.fault(0, "", "", "a plain file that can be read", err)
		return nil
	}
	f.text = strings.TrimPrefix(text, "\ufeff")
	if !f.clean() {
		return nil
	}
	return f
}

// load reads the text of a plain file. Anything else is not opened: a pipe could
// wait for ever.
func load(folder fs.FS, name string) (string, error) {
	info, err := fs.Stat(folder, name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is no plain file: %s", name, info.Mode().Type())
	}
	f, err := folder.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return readAll(f, name, maxFile)
}

// clean decodes a file that is in GB18030, and reports the first cell that is not text: bytes that stand for nothing, or NUL.
func (f *file) clean() bool {
	if utf8.ValidString(f.text) && strings.IndexByte(f.text, 0) < 0 {
		return true
	}
	if strings.HasPrefix(f.text, "\xff\xfe") || strings.HasPrefix(f.text, "\xfe\xff") {
		f.fault(1, "", "", "UTF-8 text; this is UTF-16: save the file as CSV UTF-8", nil)
		return false
	}
	if strings.IndexByte(f.text, 0) < 0 {
		if text, ok := decoded(f.text); ok {
			f.text = text
			return true
		}
	}
	chinese := looksChinese(f.text)
	lines := scanner{text: f.text}
	var header []string
	for cells, _, more := lines.next(); more; cells, _, more = lines.next() {
		if header == nil {
			header = append([]string{}, cells...)
		}
		for i, cell := range cells {
			hint := wantText
			switch {
			case strings.IndexByte(cell, 0) >= 0:
				hint = "text without NUL bytes"
			case chinese && isGB18030(cell), !chinese && utf8.ValidString(cell):
				continue
			}
			column := fmt.Sprintf("column %d", i+1)
			if i < len(header) && utf8.ValidString(header[i]) && header[i] != "" {
				column = header[i]
			}
			f.fault(lines.row, column, cell, hint, nil)
			return false
		}
	}
	f.fault(0, "", "", "UTF-8 text without NUL bytes", nil)
	return false
}
