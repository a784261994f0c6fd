package horizon

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// File is an outlook with several scenarios of enrolment, such as low, mid and high, that have all else in common.
type File struct {
	Scenarios map[string]Cohorts `yaml:"scenarios" json:"scenarios,omitempty"`
	Outlook   `yaml:",inline"`
}

// DefaultScenario is the one that counts where none is named.
const DefaultScenario = "mid"

// FileError says what is wrong in an outlook file, and where.
type FileError struct {
	File string
	Text string // with line and column, where they are known
	Err  error
}

func (e *FileError) Error() string { return e.File + ": " + e.Text }

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// ReadFile reads an outlook, YAML or JSON, which is a part of YAML. name is for messages. Keys that nobody reads are errors. The error is a *[FileError]. What
// does not fit a county shows when one is planned.
func ReadFile(r io.Reader, name string) (*File, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return nil, &FileError{name, err.Error(), err}
	}
	if len(text) > mostBytes {
		return nil, &FileError{name, fmt.Sprintf("want at most %d bytes", mostBytes), nil}
	}
	f := &File{}
	if err := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(f); err != nil && !errors.Is(err, io.EOF) {
		return nil, &FileError{name, described(err), err}
	}
	return f, nil
}

// mostBytes bounds an outlook file: 4 MiB.
const mostBytes = 4 << 20

// Scenario gives the outlook with the cohorts of a scenario. "" is [DefaultScenario], or in a file without scenarios the cohorts of the file itself. The error is a
// *[model.UnknownWordError].
func (f *File) Scenario(name string) (*Outlook, error) {
	o := f.Outlook
	if name == "" && len(f.Scenarios) == 0 {
		return &o, nil
	}
	if name == "" {
		name = DefaultScenario
	}
	cohorts, found := f.Scenarios[name]
	if !found {
		return nil, &model.UnknownWordError{What: "scenario", Word: name, Known: slices.Sorted(maps.Keys(f.Scenarios))}
	}
	o.Cohorts = cohorts
	return &o, nil
}

var unknownField = regexp.MustCompile(`unknown field "([^"]*)"`)

// described takes the first line of a YAML error, which has line and column, and adds the key that was meant.
func described(err error) string {
	text, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
	if found := unknownField.FindStringSubmatch(text); found != nil {
		text += "; " + (&model.UnknownWordError{What: "key", Word: found[1], Known: keys()}).Hint()
	}
	return text
}

// keys lists every key of an outlook file.
func keys() []string {
	var all []string
	for _, part := range []any{File{}, Outlook{}, Cohorts{}, Attrition{}, Intake{}, Housing{}, scenario.Scenario{}, scenario.Subsidies{}, scenario.Closure{}, scenario.Enrolment{}} {
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

// Default is the outlook where the county gives none: only enrolment changes. Its figures are assumed: births fall by 8, 5 or 2 % a year (low, mid, high), and 2, 1 or
// half a percent of the pupils of rural schools go to town in a year; in the low scenario half a percent of each cohort is lost to the county besides.
func Default() *File {
	return &File{Scenarios: map[string]Cohorts{
		"low":  {Births: []Percent{-800}, Lost: []Percent{50}, ToTown: []Percent{200}},
		"mid":  {Births: []Percent{-500}, ToTown: []Percent{100}},
		"high": {Births: []Percent{-200}, ToTown: []Percent{50}},
	}}
}
