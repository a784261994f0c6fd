package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/xianguan/xianguan/model"
)

// FileError says what is wrong in a file of scenarios or of a province, and where.
type FileError struct {
	File string
	Text string // with line and column, where they are known
	Err  error
}

func (e *FileError) Error() string { return e.File + ": " + e.Text }

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// mostBytes bounds a file: 4 MiB.
const mostBytes = 4 << 20

// ReadYAML reads a file in YAML, or in JSON, which is a part of it, into a struct. name is for messages, and parts are the zero values of the structs that the file is made of: a key
// that none of them has is an error that names the nearest. The error is a *[FileError]. An empty file leaves the struct as it is.
func ReadYAML(r io.Reader, name string, into any, parts ...any) error {
	text, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return &FileError{name, err.Error(), err}
	}
	if len(text) > mostBytes {
		return &FileError{name, fmt.Sprintf("want at most %d bytes", mostBytes), nil}
	}
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return &FileError{name, described(err, parts), err}
	}
	return nil
}

var unknownField = regexp.MustCompile(`unknown field "([^"]*)"`)

// described takes the first line of a YAML error, which has line and column, and adds the key that was meant.
func described(err error, parts []any) string {
	text, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
	if found := unknownField.FindStringSubmatch(text); found != nil {
		text += "; " + (&model.UnknownWordError{What: "key", Word: found[1], Known: keys(parts)}).Hint()
	}
	return text
}

// keys lists every key of the parts of a file.
func keys(parts []any) []string {
	var all []string
	for _, part := range parts {
		t := reflect.TypeOf(part)
		for i := range t.NumField() {
			if key := t.Field(i).Tag.Get("yaml"); !strings.HasPrefix(key, ",") {
				all = append(all, key)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
