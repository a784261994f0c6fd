package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/samber/lo"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/census"
	"github.com/xianguan/xianguan/model/workbook"
)

// countyFile is a county in a folder, a workbook or a JSON file, read when a worker takes a task of it.
type countyFile string

func (f countyFile) String() string                 { return string(f) }
func (f countyFile) County() (*model.County, error) { return readCounty(string(f)) }

// censusDistrict is a district of a census as a county.
type censusDistrict struct {
	census *census.Census
	name   string
	seed   uint64
}

func (d *censusDistrict) String() string { return d.name }

func (d *censusDistrict) County() (*model.County, error) {
	county, err := d.census.County([]string{d.name}, census.Options{Seed: d.seed})
	if err != nil {
		return nil, inputError{err}
	}
	return county, nil
}

// districtsOf gives each district of a census that has a school, in order of name.
func districtsOf(c *census.Census, seed uint64) []scenario.Source {
	var sources []scenario.Source
	for _, d := range c.Districts() {
		if d.Schools > 0 {
			sources = append(sources, &censusDistrict{c, d.Name, seed})
		}
	}
	return sources
}

// countySources finds the counties that arguments name: a county each, a folder of counties, or a pattern such as "counties/*.json". They are
// in order of name within an argument, and each counts once.
func countySources(args []string) ([]scenario.Source, error) {
	var paths []string
	for _, arg := range args {
		found := []string{arg}
		if _, err := os.Stat(arg); err != nil && strings.ContainsAny(arg, "*?[") {
			if found, err = filepath.Glob(arg); err != nil || len(found) == 0 {
				return nil, badInput("%s: want a pattern that some county fits", arg)
			}
		} else if inside := countiesIn(arg); len(inside) > 0 {
			found = inside
		}
		paths = append(paths, found...)
	}
	return lo.Map(lo.Uniq(paths), func(path string, _ int) scenario.Source { return countyFile(path) }), nil
}

// countiesIn lists the counties in a folder that is not one itself, in order of name.
func countiesIn(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil || isCounty(folder) {
		return nil
	}
	var found []string
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if entry.IsDir() && isCounty(path) || !entry.IsDir() && (strings.EqualFold(filepath.Ext(path), ".json") || workbook.Is(path)) {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return found
}

// isCounty reports whether a folder has the tables of a county.
func isCounty(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "schools.csv"))
	return err == nil
}

// retryError marks what may go well the next time, such as a disk that is full or a file that could not be read just then.
type retryError struct{ error }

func (e retryError) Unwrap() error { return e.error }

// runError sorts the error of a run of tasks: what the tasks were given is bad input, which no second try will cure; other faults of files may pass.
func runError(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	if errors.As(err, &path) && !errors.Is(err, fs.ErrNotExist) || errors.As(err, &link) {
		return retryError{err}
	}
	if len(scenario.TaskErrors(err)) > 0 {
		return inputError{err}
	}
	return err
}
