package matching

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ReadError says where a text is no market.
type ReadError struct {
	Line, Column int    // from 1; columns count bytes
	Pointer      string // to the value, as in RFC 6901: "/schools/0/capacity"; "" for the whole or where it is not known
	Err          error
}

func (e *ReadError) Error() string {
	text := fmt.Sprintf("matching: read market: line %d, column %d: ", e.Line, e.Column)
	if e.Pointer != "" {
		text += e.Pointer + ": "
	}
	return text + e.Err.Error()
}

func (e *ReadError) Unwrap() error { return e.Err }

// Read reads a market as JSON. It is strict: a field that is not known, a field twice, a number where text belongs, a
// couple's pair that is not two schools, or text after the market is a *ReadError with its place. It does not validate
// the market: NewProblem does. Errors of the reader itself are given as they are. Time O(length).
func Read(r io.Reader) (*Market, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("matching: read market: %w", err)
	}
	var m Market
	if err := json.Unmarshal(text, &m, json.RejectUnknownMembers(true)); err != nil {
		return nil, readError(text, err)
	}
	return &m, nil
}

// readError gives a fault of the text its line and column and the words that a reader of the file needs.
func readError(text []byte, err error) *ReadError {
	e := &ReadError{Err: err}
	var offset int64
	var syntactic *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &syntactic):
		offset, e.Pointer, e.Err = syntactic.ByteOffset, string(syntactic.JSONPointer), syntactic.Err
	case errors.As(err, &semantic):
		offset, e.Pointer, e.Err = semantic.ByteOffset, string(semantic.JSONPointer), inWords(semantic)
	}
	before := text[:min(offset, int64(len(text)))]
	e.Line, e.Column = 1+bytes.Count(before, []byte("\n")), len(before)-bytes.LastIndexByte(before, '\n')
	return e
}

// inWords says what would be right where JSON of good form does not fit the market.
func inWords(e *json.SemanticError) error {
	if errors.Is(e.Err, json.ErrUnknownName) {
		name := e.JSONPointer.LastToken()
		if near := nearest(name, fieldNames(e.GoType)); near != "" {
			return fmt.Errorf("unknown field %q; did you mean %q?", name, near)
		}
		return fmt.Errorf("unknown field %q", name)
	}
	got := e.JSONKind.String()
	if len(e.JSONValue) > 0 {
		got = string(e.JSONValue)
	}
	want := map[reflect.Kind]string{
		reflect.Struct: "a record in braces", reflect.Map: "numbers by name in braces", reflect.Slice: "a list in brackets",
		reflect.Array: "a pair of schools in brackets", reflect.String: "text",
	}[e.GoType.Kind()]
	if want == "" {
		want = "a whole number"
	}
	return fmt.Errorf("want %s, got %s", want, got)
}

// fieldNames is the names that a record of the file may have.
func fieldNames(record reflect.Type) []string {
	if record == nil || record.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for i := range record.NumField() {
		name, _, _ := strings.Cut(record.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}
