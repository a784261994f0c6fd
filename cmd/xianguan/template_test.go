package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/xianguan/xianguan/model/table"
	"github.com/xianguan/xianguan/model/workbook"
)

// fill writes rows into a sheet of a workbook under the headers that it names, as a person would.
func fill(f *excelize.File, sheet string, headers []string, rows [][]any) error {
	have, err := f.GetRows(sheet)
	if err != nil {
		return err
	}
	places := map[string]int{}
	for j, header := range have[0] {
		places[strings.TrimSuffix(header, "*")] = j + 1
	}
	for i, row := range rows {
		for k, value := range row {
			place, found := places[headers[k]]
			if !found {
				return errors.New(sheet + " has no column " + headers[k])
			}
			cell, err := excelize.CoordinatesToCellName(place, i+2)
			if err != nil {
				return err
			}
			if err := f.SetCellValue(sheet, cell, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// A person who has only a spreadsheet: template, plan, report.
func TestFromTemplateToReport(t *testing.T) {
	dir := t.TempDir()
	book, out, page := filepath.Join(dir, "县.xlsx"), filepath.Join(dir, "out"), filepath.Join(dir, "报告.html")
	if _, stderr, code := invoke(t.Context(), "template", book, "--policy", "fuxin"); code != exitDone {
		t.Fatal(stderr)
	}
	if _, stderr, code := invoke(t.Context(), "plan", book); code != exitBadInput || !strings.Contains(stderr, `sheet 设置 row 2, 值* "": want a value`) {
		t.Errorf("a template that nobody filled in: exit %d, %s", code, stderr)
	}
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		fill(f, "设置", []string{"值"}, [][]any{{"demo"}, {"示范县"}, {"2026年9月1日"}}),
		fill(f, "乡镇", []string{"乡镇编号", "乡镇名称", "纬度", "经度"}, [][]any{{"E1", "城关镇", 42.38, 122.54}, {"E2", "北乡", 42.47, 122.54}}),
		fill(f, "学校", []string{"学校编号", "学校名称", "所在乡镇", "纬度", "经度", "艰苦类别", "城镇", "乡村", "一年级学生数", "二年级学生数"},
			[][]any{{"001", "城关小学", "城关镇", 42.38, 122.54, nil, "是", nil, 80, 82}, {"002", "北乡小学", "北乡", 42.47, 122.54, 1, nil, "是", 20, 18}}),
		fill(f, "教师", []string{"教师编号", "所在学校", "待岗类别", "可任学段", "主教学科", "学历", "职称", "出生日期", "本校年限", "乡村工作年限", "家庭所在乡镇"},
			[][]any{{"T1", "城关小学", nil, "小学", "语文", "本科", "一级", 31107, 9, 0, "城关镇"}, {"T2", "城关小学", nil, "小学", "数学", "本科", "二级", "1990-05-12", 8, 0, "北乡"},
				{"T3", "001", nil, "小学；初中", "语文", "大专", "高级", "1975/1/2", 20, 0, "城关镇"}, {"T4", "北乡小学", nil, "小学", "数学", "本科", "二级", "1995-05-12", 4, 4, "北乡"},
				{"T5", nil, "新招聘", "小学", "语文", "本科", nil, "2003-09-30", 0, 0, nil}}))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, code := invoke(t.Context(), "plan", book, "--out", out)
	if code != exitDone || !strings.Contains(stdout, "示范县") {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	fits(t, stdout)
	if _, stderr, code := invoke(t.Context(), "report", book, filepath.Join(out, "plan.json"), "--out", page); code != exitDone {
		t.Fatal(stderr)
	}
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "北乡小学") {
		t.Errorf("%v: the page does not name a school", err)
	}
	c, err := workbook.Read(book)
	if err != nil {
		t.Fatal(err)
	}
	if c.Schools[0].ID != "001" || c.Teachers[0].School != "001" || c.Teachers[0].Main != "chinese" || c.Teachers[0].Born.String() != "1985-03-01" || c.Teachers[4].Pool == 0 {
		t.Errorf("%+v", c.Teachers)
	}
}

// A template is not written over one that may have been filled in.
func TestTemplateFaults(t *testing.T) {
	dir := t.TempDir()
	book := filepath.Join(dir, "a.xlsx")
	for _, test := range []struct {
		reason string
		args   []string
		code   int
		want   string
	}{
		{"English", []string{book, "--language", "en"}, exitDone, ""},
		{"a file that is there", []string{book}, exitBadInput, "is there already"},
		{"by force", []string{book, "--force"}, exitDone, ""},
		{"names apart", []string{filepath.Join(dir, "people.xlsx"), "--people"}, exitDone, ""},
		{"another kind of file", []string{filepath.Join(dir, "a.csv")}, exitBadInput, "want a name that ends in .xlsx"},
		{"a policy that is none", []string{filepath.Join(dir, "b.xlsx"), "--policy", "fuxing"}, exitBadInput, `did you mean "fuxin"?`},
		{"a language that is none", []string{filepath.Join(dir, "b.xlsx"), "--language", "fr"}, exitBadInput, "one of en, zh"},
		{"a folder that is not there", []string{filepath.Join(dir, "none", "b.xlsx")}, exitBadInput, "none"},
	} {
		if _, stderr, code := invoke(t.Context(), append([]string{"template"}, test.args...)...); code != test.code || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d: %s", test.reason, code, stderr)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "b*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	people, err := workbook.ReadPeople(filepath.Join(dir, "people.xlsx"))
	if err != nil || len(people) != 0 {
		t.Errorf("an empty sheet of people: %v %v", people, err)
	}
}

// Through every form and back, a county is what it was.
func TestConvert(t *testing.T) {
	dir := t.TempDir()
	want, err := table.Read(data + "zhangwu")
	if err != nil {
		t.Fatal(err)
	}
	from := data + "zhangwu"
	for _, to := range []string{"a.xlsx", "b.json", "c", "d.xlsx"} {
		to = filepath.Join(dir, to)
		stdout, stderr, code := invoke(t.Context(), "convert", from, to, "--language", "en")
		if code != exitDone || !strings.Contains(stdout, "78 schools and 1500 teachers") {
			t.Fatalf("%s: exit %d: %s%s", to, code, stdout, stderr)
		}
		have, err := readCounty(to)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s:\n%s", to, diff)
		}
		from = to
	}
	if _, stderr, code := invoke(t.Context(), "convert", from, filepath.Join(dir, "e.csv")); code != exitBadInput || !strings.Contains(stderr, "ends in .xlsx or .json") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}
