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

// File is a set of scenarios. Each scenario stands by itself; a grid is every combination of one value of each of its axes, joined
// to each scenario, or to the county as it is where there is none.
type File struct {
	Scenarios []Scenario `yaml:"scenarios" json:"scenarios,omitempty"`
	Grid      []Axis     `yaml:"grid" json:"grid,omitempty"`
	Gates     []string   `yaml:"gates" json:"gates,omitempty"` // such as "rural_fill >= 98%"
}

// Axis is one dimension of a grid.
type Axis struct {
	Values []Scenario `yaml:"values" json:"values"`
}

// Scenario is what is different from the county. Its parts are applied in the order of the fields, whatever the order in the file.
type Scenario struct {
	Name      string            `yaml:"name" json:"name"`
	Policy    map[string]string `yaml:"policy" json:"policy,omitempty"` // values of policy keys, as in settings
	Subsidies []Subsidies       `yaml:"subsidies" json:"subsidies,omitempty"`
	Close     []Closure         `yaml:"close" json:"close,omitempty"`
	Enrolment []Enrolment       `yaml:"enrolment" json:"enrolment,omitempty"`
	Recruits  []Recruits        `yaml:"recruits" json:"recruits,omitempty"`
	Leave     []model.TeacherID `yaml:"leave" json:"leave,omitempty"` // teachers who are gone
	Seed      uint64            `yaml:"seed" json:"seed,omitempty"`   // of a lottery among equal plans; 0: none
}

// Subsidies changes the schedule of hardship subsidies: of one tier, or of all.
type Subsidies struct {
	Tier    *int   `yaml:"tier" json:"tier,omitempty"`
	Percent int    `yaml:"percent" json:"percent,omitempty"` // more, or less below 0
	Add     string `yaml:"add" json:"add,omitempty"`         // yuan a month, after the percent
}

// Closure closes a school. Its pupils go to another; its people go along, or into the pool.
type Closure struct {
	School model.SchoolID `yaml:"school" json:"school"`
	Into   model.SchoolID `yaml:"into" json:"into"`
	Pool   bool           `yaml:"pool" json:"pool,omitempty"`
}

// Enrolment changes the number of pupils, rounded to the nearest: everywhere, or where all that is given holds.
type Enrolment struct {
	Percent int            `yaml:"percent" json:"percent"` // more, or less below 0
	School  model.SchoolID `yaml:"school" json:"school,omitempty"`
	Tier    *int           `yaml:"tier" json:"tier,omitempty"`
	Grade   int            `yaml:"grade" json:"grade,omitempty"`
}

// Recruits adds people of one subject and stage to the pool. They are made up: bachelors of 23 whose homes are unknown.
type Recruits struct {
	Subject model.SubjectID `yaml:"subject" json:"subject"`
	Stage   string          `yaml:"stage" json:"stage"`
	Count   int             `yaml:"count" json:"count"`
}

// FileError says what is wrong in a scenario file, and where.
type FileError struct {
	File string
	Text string // with line and column, where they are known
	Err  error
}

func (e *FileError) Error() string { return e.File + ": " + e.Text }

// Unwrap gives the cause.
func (e *FileError) Unwrap() error { return e.Err }

// ReadFile reads a scenario file, YAML or JSON, which is a part of YAML. name is for messages. Keys that nobody reads are errors. The
// error is a *[FileError].
func ReadFile(r io.Reader, name string) (*File, error) {
	f := &File{}
	if err := Decode(r, name, f, File{}, Axis{}, Scenario{}, Subsidies{}, Closure{}, Enrolment{}, Recruits{}); err != nil {
		return nil, err
	}
	if _, err := f.Expand(); err != nil {
		return nil, &FileError{name, err.Error(), err}
	}
	for _, gate := range f.Gates {
		if _, err := ParseGate(gate); err != nil {
			return nil, &FileError{name, err.Error(), err}
		}
	}
	return f, nil
}

// Decode reads YAML or JSON strictly into a value. parts are the structures whose keys a misspelt one may be meant to be. The error is a *[FileError].
func Decode(r io.Reader, name string, into any, parts ...any) error {
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

// mostBytes bounds a file: 4 MiB.
const mostBytes = 4 << 20

var unknownField = regexp.MustCompile(`unknown field "([^"]*)"`)

// described takes the first line of a YAML error, which has line and column, and adds the key that was meant.
func described(err error, parts []any) string {
	text, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
	if found := unknownField.FindStringSubmatch(text); found != nil {
		text += "; " + (&model.UnknownWordError{What: "key", Word: found[1], Known: keys(parts)}).Hint()
	}
	return text
}

// keys lists every key of the structures of a file.
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

// mostScenarios bounds what a grid may come to.
const mostScenarios = 100_000

// Expand lists the scenarios of a file, grids included, in order: the last axis changes fastest. Names are joined by "/" and must differ.
func (f *File) Expand() ([]Scenario, error) {
	all := slices.Clone(f.Scenarios)
	if len(all) == 0 {
		all = []Scenario{{Name: baseName}}
	}
	for i := range all {
		if all[i].Name == "" {
			return nil, fmt.Errorf("scenario %d: want a name", i+1)
		}
	}
	for i, axis := range f.Grid {
		if len(axis.Values) == 0 || len(all)*len(axis.Values) > mostScenarios {
			return nil, fmt.Errorf("grid, axis %d: want 1 value or more, and at most %d scenarios in all", i+1, mostScenarios)
		}
		var next []Scenario
		for _, s := range all {
			for j := range axis.Values {
				if axis.Values[j].Name == "" {
					return nil, fmt.Errorf("grid, axis %d, value %d: want a name", i+1, j+1)
				}
				next = append(next, join(s, axis.Values[j]))
			}
		}
		all = next
	}
	seen := map[string]bool{}
	for _, s := range all {
		if seen[s.Name] {
			return nil, fmt.Errorf("scenario %q: want each name once", s.Name)
		}
		seen[s.Name] = true
	}
	return all, nil
}

// baseName is the scenario of the county as it is.
const baseName = "base"

// join puts one scenario on top of another.
func join(a, b Scenario) Scenario {
	s := Scenario{Name: a.Name + "/" + b.Name, Policy: map[string]string{}, Seed: a.Seed,
		Subsidies: slices.Concat(a.Subsidies, b.Subsidies), Close: slices.Concat(a.Close, b.Close),
		Enrolment: slices.Concat(a.Enrolment, b.Enrolment), Recruits: slices.Concat(a.Recruits, b.Recruits), Leave: slices.Concat(a.Leave, b.Leave)}
	if a.Name == baseName {
		s.Name = b.Name
	}
	for _, policy := range []map[string]string{a.Policy, b.Policy} {
		for key, value := range policy {
			s.Policy[key] = value
		}
	}
	if b.Seed != 0 {
		s.Seed = b.Seed
	}
	return s
}
