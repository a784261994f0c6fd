package main

import (
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

// readCounty reads a county; whatever is wrong with it is bad input.
func readCounty(path string) (*model.County, error) {
	county, err := table.Read(path)
	if err != nil {
		return nil, inputError{err}
	}
	return county, nil
}
