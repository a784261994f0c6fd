package workbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

// base is a small county without fault, in CSV as an office writes it.
func base() map[string]string {
	return map[string]string{
		"settings.csv":   "项目,值\n县编号,good\n县名称,试验县\n计划日期,2026-09-01\n政策包,fuxin\nclass_cap.primary,40\n",
		"townships.csv":  "乡镇编号,乡镇名称,纬度,经度\nE1,哈尔套镇,42.2,122.7\n",
		"schools.csv":    "学校编号,学校名称,所在乡镇,纬度,经度,艰苦类别,城镇,优质,乡村,编制,一年级学生数,二年级学生数,一年级班数\nS1,第一小学,E1,42,122.5,0,是,是,,,45,40,1\nS2,哈尔套小学,E1,42.2,122.7,2,,,是,3,12,0,\n",
		"teachers.csv":   "教师编号,所在学校,待岗类别,可任学段,主教学科,学历,出生日期,本校年限\nT1,S1,,小学,chinese,本科,1978-03-04,5\nT2,S1,,小学,mathematics,本科,1985-11-30,3\nT3,,新招聘,小学,music,本科,2003-07-15,0\n",
		"curriculum.csv": "学科编号,学科名称,一年级周课时,二年级周课时\nchinese,语文,8,8\nmathematics,数学,3,3.5\nmusic,音乐,,2\n",
		"subsidies.csv":  "艰苦类别,乡村工作年限起,月补助\n1,0,100\n2,0,300.5\n",
	}
}

// good is the workbook of that county.
func good(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	for name, text := range base() {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := table.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	content, err := workbook.Encode(c, workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// edited gives the good workbook with a change made to it.
func edited(t testing.TB, change func(f *excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(good(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rezipped gives a workbook with some parts in another form; nil takes a part away.
func rezipped(t testing.TB, content []byte, change func(name string, text []byte) []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range in.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if text = change(part.Name, text); text == nil {
			continue
		}
		to, err := w.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// within changes the XML of the sheet of teachers.
func within(t testing.TB, old, new string) []byte {
	t.Helper()
	done := false
	content := rezipped(t, good(t), func(name string, text []byte) []byte {
		if name == "xl/worksheets/sheet4.xml" && bytes.Contains(text, []byte(old)) {
			done = true
			return bytes.Replace(text, []byte(old), []byte(new), 1)
		}
		return text
	})
	if !done {
		t.Fatalf("the sheet has no %s", old)
	}
	return content
}

// set puts a value into a cell.
func set(sheet, cell string, value any) func(*excelize.File) error {
	return func(f *excelize.File) error { return f.SetCellValue(sheet, cell, value) }
}

// formatted puts a number with a format into a cell.
func formatted(sheet, cell string, value float64, format string) func(*excelize.File) error {
	return func(f *excelize.File) error {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		return errors.Join(err, f.SetCellValue(sheet, cell, value), f.SetCellStyle(sheet, cell, cell, style))
	}
}

type malformedBook struct {
	reason  string
	content []byte
	want    string
}

// malformed are workbooks that are no counties, and what is said of each: all of it.
func malformed(t testing.TB) []malformedBook {
	e := func(change func(f *excelize.File) error) []byte { return edited(t, change) }
	whole := good(t)
	return []malformedBook{
		// Files that are no workbooks.
		{"nothing", nil, `county.xlsx: want a workbook saved as .xlsx`},
		{"text", []byte("id,name\nS1,第一小学\n"), `county.xlsx: want a workbook saved as .xlsx`},
		{"a web page", []byte("<html><table></table></html>"), `county.xlsx: want a workbook saved as .xlsx`},
		{"the old form, or one with a password", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 4096)...), `county.xlsx: want a workbook saved as .xlsx, without a password; this one is locked or in the old form .xls`},
		{"cut off in the middle", whole[:len(whole)/2], `county.xlsx: want a workbook saved as .xlsx; this one is cut off`},
		{"cut off at the end", whole[:len(whole)-30], `county.xlsx: want a workbook saved as .xlsx; this one is cut off`},
		{"a zip of something else", rezipped(t, whole, func(name string, text []byte) []byte {
			if name == "[Content_Types].xml" {
				return nil
			}
			return text
		}), `county.xlsx: want a workbook saved as .xlsx; this is a zip file of something else`},
		{"a byte in the middle is wrong", flipped(t, whole), `county.xlsx: want a workbook saved as .xlsx that is whole; its part xl/worksheets/sheet4.xml is damaged`},
		{"a zip bomb", bomb(t, 300<<20), `county.xlsx: want a workbook that unpacks to at most 256 MiB`},
		{"a zip bomb that lies about its size", lying(t), `county.xlsx: want a workbook saved as .xlsx that is whole; its part xl/worksheets/sheet1.xml is damaged`},
		{"more rows than a county has people", grown(t, strings.Repeat("<row><c><v>1</v></c></row>", 1_000_003)), `county.xlsx, sheet 教师 row 1000001: want at most 1000000 rows`},
		{"a cell in the last row of all", within(t, `<row r="4"`, `<row r="1048576"`), `county.xlsx, sheet 教师 row 1048576: want at most 1000000 rows`},
		{"more columns than a table has", grown(t, "<row>"+strings.Repeat("<c><v>1</v></c>", 300)+"</row>"), `county.xlsx, sheet 教师 row 5: want at most 256 columns; this row has 300`},
		{"the sheet of teachers is not XML", rezipped(t, whole, func(name string, text []byte) []byte {
			if name == "xl/worksheets/sheet4.xml" {
				return []byte("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"")
			}
			return text
		}), `county.xlsx: want a workbook saved as .xlsx that is whole; its part xl/worksheets/sheet4.xml is damaged`},
		{"the XML of the sheet has a fault in the middle", within(t, "<row r=\"3\"", "<row r=<\"3\""), `county.xlsx: want a workbook saved as .xlsx that is whole; its part xl/worksheets/sheet4.xml is damaged`},
		{"the XML of the sheet ends early", within(t, "</sheetData>", ""), `county.xlsx: want a workbook saved as .xlsx that is whole; its part xl/worksheets/sheet4.xml is damaged`},
		{"the sheet of teachers is not in the file", rezipped(t, whole, func(name string, text []byte) []byte {
			if name == "xl/worksheets/sheet4.xml" {
				return nil
			}
			return text
		}), `county.xlsx: want a workbook saved as .xlsx that is whole; its sheet 教师 is damaged`},
		{"the list of sheets is empty", rezipped(t, whole, func(name string, text []byte) []byte {
			if name == "xl/workbook.xml" {
				return []byte(`<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>`)
			}
			return text
		}), `county.xlsx: want a workbook saved as .xlsx with 1 to 64 sheets; this one has 0`},

		// Sheets.
		{"a sheet that is no table", e(func(f *excelize.File) error {
			_, err := f.NewSheet("教室")
			return errors.Join(err, f.SetCellStr("教室", "A1", "x"))
		}), `county.xlsx, sheet 教室: want only sheets that hold a table of a county: did you mean "教师"?`},
		{"an English sheet that is no table", e(func(f *excelize.File) error {
			_, err := f.NewSheet("Teecher")
			return errors.Join(err, f.SetCellStr("Teecher", "A1", "x"))
		}), `county.xlsx, sheet Teecher: want only sheets that hold a table of a county: did you mean "teachers"?`},
		{"no sheet of teachers", e(func(f *excelize.File) error { return f.DeleteSheet("教师") }), `county.xlsx, sheet 教师: want this sheet in the workbook, or teachers in English`},
		{"the same table in two languages", e(func(f *excelize.File) error {
			_, err := f.NewSheet("Schools")
			return errors.Join(err, f.SetCellStr("Schools", "A1", "id"))
		}), `county.xlsx, sheet Schools: want each table once; sheet 学校 is the same one`},
		{"a hidden sheet", e(func(f *excelize.File) error { return f.SetSheetVisible("补助", false) }), `county.xlsx, sheet 补助: want a sheet that can be seen: show it, or delete it`},
		{"a hidden row", e(func(f *excelize.File) error { return f.SetRowVisible("教师", 3, false) }), `county.xlsx, sheet 教师 row 3: want a row that can be seen: show it (a filter may hide it), or delete it`},
		{"a hidden column", e(func(f *excelize.File) error { return f.SetColVisible("教师", "H", false) }), `county.xlsx, sheet 教师 row 1, column H "": want a column that can be seen: show it, or delete it`},
		{"nothing in the sheet of schools", e(func(f *excelize.File) error {
			return errors.Join(f.RemoveRow("学校", 1), f.RemoveRow("学校", 1), f.RemoveRow("学校", 1))
		}), `county.xlsx, sheet 学校: want this sheet in the workbook, or schools in English`},

		// Headers.
		{"a title above the header", e(func(f *excelize.File) error {
			return errors.Join(f.InsertRows("教师", 1, 1), f.SetCellStr("教师", "A1", "彰武县教师名册"))
		}), `county.xlsx, sheet 教师 row 1 "彰武县教师名册": want the names of the columns in this row; a title belongs in a sheet of its own`},
		{"an empty row above the header", e(func(f *excelize.File) error { return f.InsertRows("教师", 1, 1) }), `county.xlsx, sheet 教师 row 1: want a header with the names of the columns`},
		{"a header that is misspelt", e(set("教师", "K1", "学里")), `county.xlsx, sheet 教师 row 1, column 11 "学里": want a column of this table: did you mean "学历"?` + "\n" +
			`county.xlsx, sheet 教师 row 1, degree "": want this column in the header, as 学历`},
		{"a header twice", e(set("教师", "B1", "教师编号")), `county.xlsx, sheet 教师 row 1, column 2 "教师编号": want each column once`},
		{"a header in two languages", e(set("教师", "B1", "id")), `county.xlsx, sheet 教师 row 1, column 2 "id": want each column once; "教师编号" is the same column`},
		{"an empty header above values", e(set("教师", "B1", "")), `county.xlsx, sheet 教师 row 1, column 2 "": want a column of this table: one of id, school, pool, stages, main, second, teaches, teaches_stage, title, backbone, evaluation, degree and 21 more`},
		{"a required column is not there", e(func(f *excelize.File) error { return f.RemoveCol("教师", "L") }), `county.xlsx, sheet 教师 row 1, born "": want this column in the header, as 出生日期`},
		{"a value beyond the header", e(set("教师", "AF3", "备注")), `county.xlsx, sheet 教师 row 3 "32 cells": want 28 cells, as in the header`},

		// Cells that have no text.
		{"merged cells", e(func(f *excelize.File) error { return f.MergeCell("教师", "B2", "B3") }), `county.xlsx, sheet 教师 row 2, 所在学校 "B2:B3": want a cell for each value: unmerge these`},
		{"merged header cells", e(func(f *excelize.File) error { return f.MergeCell("教师", "C1", "D1") }), `county.xlsx, sheet 教师 row 1, column C "C1:D1": want a cell for each value: unmerge these`},
		{"an error of a lookup", within(t, `<c r="B2" t="s">`, `<c r="B2" t="e"><f>VLOOKUP(1,A:A,1)</f><v>#N/A</v></c><c r="AZ2" t="s">`), `county.xlsx, sheet 教师 row 2, 所在学校 "#N/A": want a value; the spreadsheet shows an error here`},
		{"a formula without a value", within(t, `<c r="D3"`, `<c r="C3"><f>课程!A2</f><v></v></c><c r="D3"`), `county.xlsx, sheet 教师 row 3, 待岗类别 "=课程!A2": want a value; this formula was saved without one: open the workbook in a spreadsheet and save it`},
		{"an id of 16 digits as a number", e(set("教师", "A2", 2109221978030412.0)), `county.xlsx, sheet 教师 row 2, 教师编号 "210922…": want text: of a number a spreadsheet keeps 15 digits, so make the cell text and write it again`},
		{"a time of day as a birthday", e(formatted("教师", "L2", 28553.5, "yyyy-mm-dd hh:mm")), `county.xlsx, sheet 教师 row 2, 出生日期 "1978-03-04 12:00": want a day without the time of day`},
		{"a time alone", e(formatted("教师", "L2", 0.5, "hh:mm")), `county.xlsx, sheet 教师 row 2, 出生日期 "0.5": want a day; this cell shows a time`},
		{"a day before the first", e(formatted("教师", "L2", 0, "yyyy-mm-dd")), `county.xlsx, sheet 教师 row 2, 出生日期 "0": want a day; this cell shows a time`},

		// Cells that are wrong.
		{"a birthday as a number", e(formatted("教师", "L2", 28553, "0")), `county.xlsx, sheet 教师 row 2, 出生日期 "28553": want a day that exists, written as 2026-09-01; this is the number that a spreadsheet keeps for a day: show the cell as a date`},
		{"a birthday without the day", e(set("教师", "L2", "1978年3月")), `county.xlsx, sheet 教师 row 2, 出生日期 "1978年3月": want a day that exists, written as 2026-09-01`},
		{"a birthday that does not exist", e(set("教师", "L2", "1978-02-30")), `county.xlsx, sheet 教师 row 2, 出生日期 "1978-02-30": want a day that exists, written as 2026-09-01`},
		{"a birthday two hundred years off", e(set("教师", "L2", "1778-03-04")), `county.xlsx, sheet 教师 row 2, 出生日期 "1778-03-04": want a day that exists, written as 2026-09-01`},
		{"a degree that is none", e(set("教师", "K2", "本课")), `county.xlsx, sheet 教师 row 2, 学历 "本课": want a degree: did you mean "本科"?`},
		{"a stage that is none", e(set("教师", "D2", "中学")), `county.xlsx, sheet 教师 row 2, 可任学段 "中学": want a stage: did you mean "小学"?`},
		{"a list that ends in a semicolon", e(set("教师", "D2", "小学；")), `county.xlsx, sheet 教师 row 2, 可任学段 "小学；": want values separated by one ";" each`},
		{"years with a fraction", e(set("教师", "N2", 5.5)), `county.xlsx, sheet 教师 row 2, 本校年限 "5.5": want a whole number in plain digits`},
		{"years below nothing", e(set("教师", "N2", -1)), `county.xlsx, sheet 教师 row 2, 本校年限 "-1": want a whole number in plain digits; it can't be negative`},
		{"years as words", e(set("教师", "N2", "五年")), `county.xlsx, sheet 教师 row 2, 本校年限 "五年": want a whole number in plain digits`},
		{"a required cell is empty", e(set("教师", "E2", nil)), `county.xlsx, sheet 教师 row 2, 主教学科 "": want a value`},
		{"blanks in a required cell", e(set("教师", "E2", "　 ")), `county.xlsx, sheet 教师 row 2, 主教学科 "": want a value`},
		{"a truth that is none", e(set("学校", "H2", "对")), `county.xlsx, sheet 学校 row 2, 城镇 "对": want yes or no (是, 否)`},
		{"a number as a truth", e(set("学校", "H2", 1)), `county.xlsx, sheet 学校 row 2, 城镇 "1": want yes or no (是, 否)`},
		{"a latitude alone", e(set("学校", "F2", nil)), `county.xlsx, sheet 学校 row 2, 经度 "": want a longitude beside the latitude`},
		{"a latitude off the globe", e(set("学校", "E2", 142.5)), `county.xlsx, sheet 学校 row 2, 纬度 "142.5": want degrees from -90 to 90, as in 42.386`},
		{"a tier beyond the last", e(set("学校", "G3", 7)), `county.xlsx, sheet 学校 row 3, 艰苦类别 "7": want a hardship tier from 0 to 6`},
		{"an amount with three places", e(set("补助", "C3", 300.555)), `county.xlsx, sheet 补助 row 3, 月补助 "300.555": want yuan with at most two decimal places`},
		{"an amount with its unit", e(set("补助", "C3", "300元")), `county.xlsx, sheet 补助 row 3, 月补助 "300元": want yuan with at most two decimal places`},
		{"thousands separators", e(set("学校", "N2", "1,200")), `county.xlsx, sheet 学校 row 2, 编制 "1,200": want a whole number in plain digits; without thousands separators or blanks`},
		{"periods with two places", e(set("课程", "F2", 8.25)), `county.xlsx, sheet 课程 row 2, 一年级周课时 "8.25": want a number with at most one decimal place`},
		{"a setting that is none", e(set("设置", "A2", "县编码")), `county.xlsx, sheet 设置 row 2, 项目 "县编码": want a key of settings: did you mean "县编号"?`},
		{"a setting twice", e(set("设置", "A3", "县编号")), `county.xlsx, sheet 设置 row 3, 项目 "县编号": want each key once; row 2 has it too`},
		{"a policy that is none", e(set("设置", "B5", "fuxing")), `county.xlsx, sheet 设置 row 5, 政策包 "fuxing": want a policy pack: did you mean "fuxin"?`},
		{"a value that the policy bars", e(set("设置", "B6", 4000)), `county.xlsx, sheet 设置 row 6, class_cap.primary "4000": want a whole number from 10 to 100 (pupils a class)`},

		// Records that do not fit together.
		{"a school that is not there", e(set("教师", "B2", "第二小学")), `county.xlsx, sheet 教师 row 2, 所在学校 "第二小学": want an id or a name from schools; did you mean "第一小学"?`},
		{"a subject that is not there", e(set("教师", "E2", "算术")), `county.xlsx, sheet 教师 row 2, 主教学科 "算术": want an id or a name from curriculum`},
		{"an id twice", e(set("教师", "A3", "T1")), `county.xlsx, sheet 教师 row 3, 教师编号 "T1": want an id of its own; row 2 has it too`},
		{"a teacher without a school and without a cause", e(set("教师", "C4", nil)), `county.xlsx, sheet 教师 row 4, 待岗类别 "": want recruit or unplaced for a teacher without a school`},
		{"the name of two schools", e(func(f *excelize.File) error {
			return errors.Join(f.SetCellStr("学校", "B3", "第一小学"), f.SetCellStr("教师", "B2", "第一小学"))
		}), `county.xlsx, sheet 教师 row 2, 所在学校 "第一小学": want the id: 2 records of schools have this name`},
		{"a school with a slash in its id", e(set("学校", "A3", "S/2")), `county.xlsx, sheet 学校 row 3, 学校编号 "S/2": want an id without blanks around it, and without any of ; , / and quotes`},
		{"a school in town and in the country", e(set("学校", "H3", "是")), `county.xlsx, sheet 学校 row 3, 乡村 "yes": want a school that is in a town (town) or in the countryside (rural), not both`},
	}
}

// flipped changes one byte in the packed sheet of teachers.
func flipped(t testing.TB, content []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(content)
	for _, part := range in.File {
		if part.Name == "xl/worksheets/sheet4.xml" {
			at, err := part.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			out[at+int64(part.CompressedSize64/2)] ^= 0x55
		}
	}
	return out
}

// bomb is a workbook of which one sheet unpacks to a size.
func bomb(t testing.TB, size int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range []string{"[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		to, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "xl/worksheets/sheet1.xml" {
			block := make([]byte, 1<<20)
			for n := 0; n < size; n += len(block) {
				if _, err := to.Write(block); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// lying is a bomb whose directory says that the sheet is small.
func lying(t testing.TB) []byte {
	t.Helper()
	out := bomb(t, 300<<20)
	for _, signature := range []string{"PK\x01\x02"} {
		for at := 0; ; {
			i := bytes.Index(out[at:], []byte(signature))
			if i < 0 {
				break
			}
			at += i
			if size := binary.LittleEndian.Uint32(out[at+24:]); size > 1<<20 {
				binary.LittleEndian.PutUint32(out[at+24:], 1000)
			}
			at += 4
		}
	}
	return out
}

// grown is the good workbook with more rows of teachers.
func grown(t testing.TB, rows string) []byte {
	t.Helper()
	return within(t, "</sheetData>", rows+"</sheetData>")
}

// TestMalformed holds every workbook to its error, in which sheet, row, column, value and hint stand; nothing is read in part.
func TestMalformed(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	cases := malformed(t)
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(readme), "\n") {
		if text, is := strings.CutPrefix(line, "    county.xlsx, sheet "); is && !slices.ContainsFunc(cases, func(m malformedBook) bool { return m.want == "county.xlsx, sheet "+text }) {
			t.Errorf("the README shows an error that none of these gives: %s", line)
		}
	}
	t.Logf("%d workbooks", len(cases))
	if len(cases) < 60 {
		t.Errorf("%d workbooks: want 60 or more", len(cases))
	}
	for _, test := range cases {
		path := filepath.Join(t.TempDir(), "county.xlsx")
		if err := os.WriteFile(path, test.content, 0o644); err != nil {
			t.Fatal(err)
		}
		c, err := workbook.Read(path)
		if err == nil || c != nil {
			t.Errorf("%s: read as if nothing were wrong", test.reason)
			continue
		}
		var cell *table.CellError
		var size *table.SizeError
		if !errors.As(err, &cell) && !errors.As(err, &size) {
			t.Errorf("%s: %T says no place", test.reason, err)
		}
		if diff := cmp.Diff(strings.Split(test.want, "\n"), strings.Split(err.Error(), "\n")); diff != "" {
			t.Errorf("%s:\n%s", test.reason, err)
		}
	}
}
