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

// readPeople reads names for an official copy. Everybody in the list is a teacher of the county, and a birthday in an ID number is that of the
// teacher; an error shows neither.
func readPeople(path string, county *model.County) ([]model.Person, error) {
	read := table.ReadPeople
	if workbook.Is(path) {
		read = workbook.ReadPeople
	}
	people, err := read(path)
	if err != nil {
		return nil, inputError{err}
	}
	born := make(map[model.TeacherID]model.Date, len(county.Teachers))
	ids := make([]string, len(county.Teachers))
	for i := range county.Teachers {
		born[county.Teachers[i].ID], ids[i] = county.Teachers[i].Born, string(county.Teachers[i].ID)
	}
	for _, person := range people {
		day, known := born[person.Teacher]
		if !known {
			return nil, badInput("%s: teacher: %w", path, &model.UnknownWordError{What: "teacher of the county", Word: string(person.Teacher), Known: ids})
		}
		if person.IDNumber == "" {
			continue
		}
		if _, inNumber, err := model.ParseIDNumber(person.IDNumber); err == nil && inNumber != day {
			return nil, badInput("%s: teacher %s: want an ID number with the birthday that the county's table of teachers has", path, person.Teacher)
		}
	}
	return people, nil
}
