package main

import (
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

// readCounty reads a county from a folder, a workbook or a JSON file; whatever is wrong with it is bad input.
func readCounty(path string) (*model.County, error) {
	read := table.Read
	if workbook.Is(path) {
		read = workbook.Read
	}
	county, err := read(path)
	if err != nil {
		return nil, inputError{err}
	}
	return county, nil
}

// readAssignments reads who has which post from CSV or a workbook.
func readAssignments(path string, county *model.County) ([]model.Pin, error) {
	read := table.ReadAssignments
	if workbook.Is(path) {
		read = workbook.ReadAssignments
	}
	assignments, err := read(path, county)
	if err != nil {
		return nil, inputError{err}
	}
	return assignments, nil
}
