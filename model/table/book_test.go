package table

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
)

// As sheets, in both languages, a county is what it was.
func TestSheetsRoundTrip(t *testing.T) {
	again := func(t testing.TB, c *model.County) {
		t.Helper()
		for _, inChinese := range []bool{false, true} {
			sheets, err := Sheets(c, inChinese)
			if err != nil {
				if model.FieldErrors(err) != nil { // only JSON keeps another order of the curriculum
					return
				}
				t.Fatal(err)
			}
			book := &Book{Name: "county.xlsx", Sheets: sheets}
			have, err := book.County()
			if err != nil {
				t.Fatalf("Chinese %v: %v", inChinese, err)
			}
			if diff := cmp.Diff(c, have); diff != "" {
				t.Fatalf("Chinese %v:\n%s", inChinese, diff)
			}
		}
	}
	for _, name := range []string{"tiny", "zhangwu", "fumeng", "kapit"} {
		c, err := Read(filepath.Join("../../testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		again(t, c)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := counties().Draw(t, "county")
		for _, inChinese := range []bool{false, true} {
			sheets, err := Sheets(c, inChinese)
			if err != nil {
				return
			}
			have, err := (&Book{Name: "county.xlsx", Sheets: sheets}).County()
			if err != nil {
				t.Fatalf("Chinese %v: %v", inChinese, err)
			}
			if diff := cmp.Diff(c, have); diff != "" {
				t.Fatalf("Chinese %v:\n%s", inChinese, diff)
			}
		}
	})
}

// goodBook is the good county as a workbook.
func goodBook(t testing.TB) *Book {
	t.Helper()
	sheets, err := Sheets(goodCounty(t), true)
	if err != nil {
		t.Fatal(err)
	}
	return &Book{Name: "county.xlsx", Sheets: sheets}
}

// Faults name the sheet as it stands.
func TestBookFaults(t *testing.T) {
	sheet := func(b *Book, title string) *Sheet {
		for i := range b.Sheets {
			if b.Sheets[i].Title == title {
				return &b.Sheets[i]
			}
		}
		t.Fatalf("no sheet %s", title)
		return nil
	}
	tests := []struct {
		reason string
		change func(b *Book)
		want   string
	}{
		{"a sheet that is no table", func(b *Book) { b.Sheets = append(b.Sheets, Sheet{Title: "教室", Rows: [][]string{{"a"}}}) },
			`county.xlsx, sheet 教室: want only sheets that hold a table of a county: did you mean "教师"?`},
		{"a sheet that is not there", func(b *Book) { sheet(b, "学校").Title = "说明" }, `county.xlsx, sheet 学校: want this sheet in the workbook, or schools in English`},
		{"a table twice", func(b *Book) { b.Sheets = append(b.Sheets, Sheet{Title: "Schools", Rows: [][]string{{"id"}}}) },
			`county.xlsx, sheet Schools: want each table once; sheet 学校 is the same one`},
		{"a bad day", func(b *Book) { sheet(b, "教师").Rows[2][11] = "1985-13-01" }, `county.xlsx, sheet 教师 row 3, 出生日期 "1985-13-01": want a day that exists, written as 2026-09-01`},
		{"a row that is too long", func(b *Book) { s := sheet(b, "乡镇"); s.Rows[1] = append(s.Rows[1], "", "x") }, `county.xlsx, sheet 乡镇 row 2 "7 cells": want 5 cells, as in the header`},
		{"a header that is not there", func(b *Book) { sheet(b, "乡镇").Rows[0] = nil }, `county.xlsx, sheet 乡镇 row 1: want a header with the names of the columns`},
		{"a fault of the model", func(b *Book) { sheet(b, "乡镇").Rows[1][0] = "E2" }, `county.xlsx, sheet 学校 row 2, 所在乡镇 "E1": want an id from townships; did you mean "E2"?`},
		{"a cell without text", func(b *Book) {
			sheet(b, "学校").Faults = []*CellError{{Row: 3, Column: "编制", Value: "#N/A", Hint: "a value; the spreadsheet shows an error"}}
		}, `county.xlsx, sheet 学校 row 3, 编制 "#N/A": want a value; the spreadsheet shows an error`},
	}
	for _, test := range tests {
		book := goodBook(t)
		test.change(book)
		_, err := book.County()
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
	}
	// Empty sheets, a guide and the sheet of people are let be.
	book := goodBook(t)
	book.Sheets = append(book.Sheets, Sheet{Title: "Sheet1", Rows: [][]string{{"", ""}, nil}}, Sheet{Title: "填表说明", Rows: [][]string{{"先填学校"}}},
		Sheet{Title: "人员", Rows: [][]string{{"工号", "姓名"}, {"T1", "张三"}}})
	have, err := book.County()
	if diff := cmp.Diff(goodCounty(t), have); err != nil || diff != "" {
		t.Error(err, diff)
	}
	people, err := book.People()
	if diff := cmp.Diff([]model.Person{{Teacher: "T1", Name: "张三"}}, people); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
