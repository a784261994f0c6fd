package table_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/xianguan/xianguan/model/table"
)

// A folder with faults gives all of them at once.
func ExampleRead() {
	_, err := table.Read("../../testdata/bad-everywhere")
	var all *table.Errors
	if errors.As(err, &all) {
		fmt.Println(all.Total, "errors, the first:")
		fmt.Println(all.List[0])
	}
	// Output:
	// 6 errors, the first:
	// settings.csv row 4, county.date "1 September": want a day that exists, written as 2026-09-01
}

// A county goes from a folder to one JSON file and back without a change.
func ExampleWriteJSON() {
	dir, err := os.MkdirTemp("", "county")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	county, err := table.Read("../../testdata/tiny")
	if err != nil {
		fmt.Println(err)
		return
	}
	path := filepath.Join(dir, "county.json")
	if err := table.WriteJSON(path, county); err != nil {
		fmt.Println(err)
		return
	}
	again, err := table.Read(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(again.Schools), "schools,", len(again.Teachers), "teachers, the same:", again.Hash() == county.Hash())
	// Output:
	// 4 schools, 6 teachers, the same: true
}
