package horizon

import (
	"io"
	"maps"
	"slices"

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

// ReadFile reads an outlook, YAML or JSON, which is a part of YAML. name is for messages. Keys that nobody reads are errors. The error is a *[scenario.FileError]. What
// does not fit a county shows when one is planned.
func ReadFile(r io.Reader, name string) (*File, error) {
	f := &File{}
	err := scenario.ReadYAML(r, name, f, File{}, Outlook{}, Cohorts{}, Attrition{}, Intake{}, Housing{}, scenario.Scenario{}, scenario.Subsidies{}, scenario.Closure{}, scenario.Enrolment{})
	if err != nil {
		return nil, err
	}
	return f, nil
}

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

// Default is the outlook where the county gives none: only enrolment changes. Its figures are assumed: births fall by 8, 5 or 2 % a year (low, mid, high), and 2, 1 or
// half a percent of the pupils of rural schools go to town in a year; in the low scenario half a percent of each cohort is lost to the county besides.
func Default() *File {
	return &File{Scenarios: map[string]Cohorts{
		"low":  {Births: []Percent{-800}, Lost: []Percent{50}, ToTown: []Percent{200}},
		"mid":  {Births: []Percent{-500}, ToTown: []Percent{100}},
		"high": {Births: []Percent{-200}, ToTown: []Percent{50}},
	}}
}
