package model

import "fmt"

// FieldError says which record, field and value is wrong and what would be
// right. Validate joins all of them with errors.Join.
type FieldError struct {
	Table string // "schools", "teachers", …: the table of the record
	Index int    // place of the record in its table, from 0; -1 for the county itself
	ID    string // id of the record, where it has one
	Field string // column, as in the CSV file
	Value string // the offending value, as it would be written
	Want  string // what would be right
	Clash int    // place from 1 of the record that this one repeats; 0: none
}

func (e *FieldError) Error() string {
	record := e.Table
	switch {
	case e.ID != "":
		record = fmt.Sprintf("%s %s", e.Table, e.ID)
	case e.Index >= 0:
		record = fmt.Sprintf("%s record %d", e.Table, e.Index+1)
	}
	text := fmt.Sprintf("%s: %s %q: want %s", record, e.Field, e.Value, e.Want)
	if e.Clash > 0 {
		text += fmt.Sprintf("; record %d has it too", e.Clash)
	}
	return text
}

// FieldErrors gives the field errors inside err, through errors.Join and
// wrapping, in order.
func FieldErrors(err error) []*FieldError {
	switch e := err.(type) {
	case *FieldError:
		return []*FieldError{e}
	case interface{ Unwrap() []error }:
		var all []*FieldError
		for _, inner := range e.Unwrap() {
			all = append(all, FieldErrors(inner)...)
		}
		return all
	case interface{ Unwrap() error }:
		return FieldErrors(e.Unwrap())
	}
	return nil
}
