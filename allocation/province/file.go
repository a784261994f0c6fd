package province

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// FileNames are the names under which a folder may keep its province file, in the order in which they are looked for.
var FileNames = []string{"province.yaml", "province.yml", "province.json"}

// File is what a province file says.
type File struct {
	Name     string       `yaml:"name"`
	Budget   string       `yaml:"budget"`   // yuan a month
	Places   whole        `yaml:"places"`   // of the special-post plan
	Counties []FileCounty `yaml:"counties"` // none: every county beside the file, without limits
}

// FileCounty is one county of a province file.
type FileCounty struct {
	County     string `yaml:"county"`      // folder, workbook or JSON file beside the province file
	MostBudget string `yaml:"most_budget"` // yuan a month; "": no limit
	MostPlaces *whole `yaml:"most_places"`
}

// whole is a whole number: the YAML reader would cut others off in silence.
type whole int

// UnmarshalYAML reads digits, with a sign or without.
func (n *whole) UnmarshalYAML(text []byte) error {
	word := strings.Trim(strings.TrimSpace(string(text)), `"'`)
	value, err := strconv.Atoi(word)
	if err != nil {
		return fmt.Errorf("%q: want a whole number", word)
	}
	*n = whole(value)
	return nil
}

// ReadFile reads a province file, YAML or JSON, which is a part of YAML. name is for messages, present are the counties that stand beside it, in order. It gives the province
// without its counties' data: County is nil. The error is a *[scenario.FileError], and behind it an *[Error] for a value. Keys that nobody reads are errors.
func ReadFile(r io.Reader, name string, present []string) (*Province, error) {
	var f File
	if err := scenario.ReadYAML(r, name, &f, File{}, FileCounty{}); err != nil {
		return nil, err
	}
	p, err := f.province(present)
	if err != nil {
		return nil, &scenario.FileError{File: name, Text: err.Error(), Err: err}
	}
	return p, nil
}

// province checks the values of a file.
func (f *File) province(present []string) (*Province, error) {
	p := &Province{Name: f.Name, Places: int(f.Places)}
	var faults []error
	money := func(county, field, text string) model.Fen {
		amount, err := model.ParseYuan(text)
		if err != nil {
			faults = append(faults, &Error{county, field, text, "yuan a month, such as 120000 or 99.50", err})
		}
		return amount
	}
	p.Budget = money("", "budget", f.Budget)
	listed := f.Counties
	if len(listed) == 0 {
		for _, name := range present {
			listed = append(listed, FileCounty{County: name})
		}
	}
	known := map[string]bool{}
	for _, name := range present {
		known[name] = true
	}
	for _, c := range listed {
		county := County{Name: c.County, MostPlaces: (*int)(c.MostPlaces)}
		if c.MostBudget != "" {
			county.MostBudget = money(c.County, "most_budget", c.MostBudget)
		}
		if !known[c.County] {
			unknown := &model.UnknownWordError{What: "county", Word: c.County, Known: present}
			faults = append(faults, &Error{c.County, "county", c.County, "a county beside the file: " + unknown.Hint(), unknown})
		}
		p.Counties = append(p.Counties, county)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	bare := *p
	bare.Counties = make([]County, len(p.Counties))
	for i, c := range p.Counties { // the counties themselves are read later
		bare.Counties[i] = c
		bare.Counties[i].County = &model.County{}
	}
	return p, bare.Validate()
}
