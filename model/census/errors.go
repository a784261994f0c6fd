package census

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// shown bounds the errors that one reading returns; their number is given.
const shown = 50

// MappingError says which place of a mapping file is wrong.
type MappingError struct {
	Path  string // as in "columns.pupils[1]"
	Value string // what stands there
	Want  string // what would be right
	Err   error  // the cause, where another package found it
}

func (e *MappingError) Error() string {
	if e.Path == "" {
		return "mapping: want " + e.Want
	}
	return fmt.Sprintf("mapping: %s %q: want %s", e.Path, e.Value, e.Want)
}

func (e *MappingError) Unwrap() error { return e.Err }

// CellError says which cell of a census is wrong.
type CellError struct {
	Row    int    // line of the file, from 1; the header is line 1
	Column string // as in the header
	Value  string
	Want   string // what would be right
}

func (e *CellError) Error() string {
	return fmt.Sprintf("census: row %d: %s %q: want %s", e.Row, e.Column, e.Value, e.Want)
}

// ColumnError says that the census lacks a column that the mapping names, or
// has it twice.
type ColumnError struct {
	Path     string // place in the mapping
	Column   string // the name that was looked for
	Repeated bool   // the header has it more than once
	Err      error  // a *[model.UnknownWordError] where the column is missing
}

func (e *ColumnError) Error() string {
	if e.Repeated {
		return fmt.Sprintf("census: column %q (%s of the mapping) stands in the header twice: want it once", e.Column, e.Path)
	}
	return fmt.Sprintf("census: %s of the mapping: %v", e.Path, e.Err)
}

func (e *ColumnError) Unwrap() error { return e.Err }

// DistrictError says that the census has no such district.
type DistrictError struct {
	District string
	Near     []string                // districts that have the word in their names
	Err      *model.UnknownWordError // with the districts that there are, the near ones first
}

func (e *DistrictError) Error() string {
	hint := e.Err.Hint()
	if n := len(e.Near); n > 0 && n <= 5 {
		hint = fmt.Sprintf(`did you mean "%s"?`, strings.Join(e.Near, `" or "`))
	}
	return fmt.Sprintf("census: unknown district %q: %s (%d districts in all)", e.District, hint, len(e.Err.Known))
}

func (e *DistrictError) Unwrap() error { return e.Err }

// MoreError closes a list of errors that was cut short.
type MoreError struct {
	Shown, Total int
}

func (e *MoreError) Error() string {
	return fmt.Sprintf("census: %d errors in all, of which %d are shown", e.Total, e.Shown)
}

// SizeError says that a file is too large to be what it should be.
type SizeError struct {
	What  string // "census" or "mapping"
	Limit int64  // bytes
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("%s: the file is larger than %d bytes: want a smaller one", e.What, e.Limit)
}

// faultList collects errors up to the number that is shown, and counts the rest.
type faultList struct {
	list  []error
	total int
}

func (f *faultList) add(err error) {
	if f.total++; f.total <= shown {
		f.list = append(f.list, err)
	}
}

// err joins what was collected; nil where there was nothing.
func (f *faultList) err() error {
	if f.total > shown {
		return errors.Join(append(f.list, &MoreError{Shown: shown, Total: f.total})...)
	}
	return errors.Join(f.list...)
}
