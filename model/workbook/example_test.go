package workbook_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

// A county kept in a spreadsheet: written, read again, and what is said of a cell that is wrong.
func ExampleRead() {
	dir, err := os.MkdirTemp("", "xianguan")
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
	path := filepath.Join(dir, "小县.xlsx")
	if err := workbook.Write(path, county, workbook.Options{}); err != nil {
		fmt.Println(err)
		return
	}
	again, err := workbook.Read(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(again.Name, len(again.Schools), "schools", again.Hash() == county.Hash())

	book, err := workbook.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	teachers := &book.Sheets[3]
	teachers.Rows[1][10] = "本课"
	_, err = book.County()
	var cell *table.CellError
	if errors.As(err, &cell) {
		fmt.Println(cell.Sheet, cell.Row, cell.Column, cell.Value)
		fmt.Println(err)
	}
	// Output:
	// 小县 4 schools true
	// 教师 2 学历 本课
	// 小县.xlsx, sheet 教师 row 2, 学历 "本课": want a degree: did you mean "本科"?
}
