package workbook

import (
	"errors"
	"fmt"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/samber/lo"
	"github.com/xuri/excelize/v2"

	"github.com/xianguan/xianguan/model/policy"
	"github.com/xianguan/xianguan/model/table"
)

// TemplateOptions says what an empty workbook is like. The zero value is Chinese, with the national policy.
type TemplateOptions struct {
	English bool
	Policy  string // policy pack, see [policy.Names]; "" is national
	People  bool   // the sheet of names and ID numbers alone, for a file that is kept apart
}

// Template writes a workbook for a person to fill in: a sheet of instructions, then one sheet a table, each column with a note, and with a
// drop-down list where its values are a closed vocabulary or the records of another sheet. The curriculum, an example of a
// subsidy schedule and the settings are filled in from the policy pack, so that schools and teachers remain, and the four
// settings that name the county. The error for an unknown pack is a *[model.UnknownWordError].
func Template(path string, o TemplateOptions) error {
	content, err := EncodeTemplate(o)
	if err != nil {
		return err
	}
	return renameio.WriteFile(path, content, 0o644)
}

// EncodeTemplate is [Template] into memory.
func EncodeTemplate(o TemplateOptions) ([]byte, error) {
	o.Policy = lo.CoalesceOrEmpty(o.Policy, "national")
	pack, err := policy.Load(o.Policy)
	if err != nil {
		return nil, err
	}
	w, err := newWriter(Options{English: o.English})
	if err != nil {
		return nil, err
	}
	defer w.file.Close()
	if err := w.guide(o); err != nil {
		return nil, err
	}
	for _, l := range table.Layouts() {
		if (l.Name == "people") != o.People {
			continue
		}
		rows, err := w.filled(l, pack)
		if err != nil {
			return nil, err
		}
		if err := w.form(l, rows); err != nil {
			return nil, err
		}
	}
	return w.bytes()
}

// title and heading give the words of the language.
func (w *writer) title(l table.Layout) string {
	if w.options.English {
		return l.Name
	}
	return l.Chinese
}

func (w *writer) heading(h table.Heading) string {
	if w.options.English {
		return h.Name
	}
	return h.Chinese
}

// filled gives the rows that the policy pack fills in, by column name.
func (w *writer) filled(l table.Layout, pack *policy.Pack) (rows []map[string]string, err error) {
	switch l.Name {
	case "settings":
		for _, key := range []string{"county.id", "county.name", "county.date", "policy"} {
			zh, note, noteZH, _ := table.SettingNote(key)
			row := map[string]string{"key": zh, "note": noteZH}
			if w.options.English {
				row = map[string]string{"key": key, "note": note}
			}
			if key == "policy" {
				row["value"] = pack.Name
			}
			rows = append(rows, row)
		}
	case "curriculum":
		subjects, lines, err := policy.Curriculum(pack.Name)
		if err != nil {
			return nil, err
		}
		for _, s := range subjects {
			row := map[string]string{"subject": string(s.ID), "name": s.Name, "name_en": s.NameEn, "language": string(s.Language)}
			if s.Arts {
				row["arts"] = w.yes()
			}
			for _, line := range lines {
				if line.Subject == s.ID {
					row[fmt.Sprintf("g%d", line.Grade)] = line.Periods.String()
				}
			}
			rows = append(rows, row)
		}
	case "subsidies":
		if len(pack.Subsidies) == 0 {
			return nil, nil
		}
		for _, line := range pack.Subsidies[0].Schedule() {
			rows = append(rows, map[string]string{"tier": fmt.Sprint(line.Tier), "from_years": fmt.Sprint(line.FromYears), "yuan_per_month": line.Monthly.String()})
		}
	}
	return rows, nil
}

func (w *writer) yes() string {
	if w.options.English {
		return "yes"
	}
	return "是"
}

// form adds the sheet of a table with its notes, lists and rows.
func (w *writer) form(l table.Layout, rows []map[string]string) error {
	s := table.Sheet{Title: w.title(l)}
	headings := l.Headings
	header := make([]string, len(headings))
	for j, h := range headings {
		if header[j] = w.heading(h); h.Required {
			header[j] += "*"
		}
	}
	s.Rows = append(s.Rows, header)
	for _, row := range rows {
		s.Rows = append(s.Rows, lo.Map(headings, func(h table.Heading, _ int) string { return row[h.Name] }))
	}
	if err := w.sheet(s.Title); err != nil {
		return err
	}
	for j, h := range headings {
		if err := w.column(s.Title, j, h); err != nil {
			return err
		}
	}
	for i, row := range s.Rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			form := headings[j].Form
			if i == 0 {
				form = table.FormText
			}
			if text == "" {
				continue
			}
			if err := w.set(s.Title, cell, text, form); err != nil {
				return err
			}
		}
	}
	return w.dress(s.Title, s.Rows)
}

// lastRow is the last row that has drop-down lists and formats.
const lastRow = 20_000

// column gives a column its format, its note and its list.
func (w *writer) column(sheet string, j int, h table.Heading) error {
	letters, err := excelize.ColumnNumberToName(j + 1)
	if err != nil {
		return err
	}
	switch h.Form {
	case table.FormText, table.FormTexts, table.FormWord, table.FormWords, table.FormYesNo:
		err = w.file.SetColStyle(sheet, letters, w.text) // or 001 would become 1, and an ID number lose its end
	case table.FormDay:
		err = w.file.SetColStyle(sheet, letters, w.day)
	}
	if err != nil {
		return err
	}
	if note := w.note(h); note != "" {
		if err := w.file.AddComment(sheet, excelize.Comment{Cell: letters + "1", Author: "xianguan", Text: note, Width: 260, Height: 120}); err != nil {
			return err
		}
	}
	return w.validate(sheet, fmt.Sprintf("%s2:%s%d", letters, letters, lastRow), h)
}

// note says what stands in a column, in the language of the workbook first.
func (w *writer) note(h table.Heading) string {
	first, second := h.NoteZH, h.Note
	required, words := "必填。", "可填："
	if w.options.English {
		first, second = second, first
		required, words = "Required. ", "One of: "
	}
	var note strings.Builder
	if h.Required {
		note.WriteString(required)
	}
	note.WriteString(first)
	if list := w.words(h); len(list) > 0 {
		note.WriteString("\n" + words + strings.Join(list, "、"))
	}
	note.WriteString("\n" + second)
	return note.String()
}

// words gives the values of a closed vocabulary in the language of the workbook.
func (w *writer) words(h table.Heading) []string {
	return lo.Map(h.Words, func(word table.Word, _ int) string {
		if w.options.English {
			return word.Word
		}
		return word.Chinese
	})
}

// validate gives the cells of a column a drop-down list or a range.
func (w *writer) validate(sheet, cells string, h table.Heading) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(cells)
	refusal := "请从下拉列表中选择。Choose from the list."
	switch {
	case h.Form == table.FormWord:
		if err := v.SetDropList(w.words(h)); err != nil {
			return err
		}
	case h.Form == table.FormYesNo:
		list := []string{"是", "否"}
		if w.options.English {
			list = []string{"yes", "no"}
		}
		if err := v.SetDropList(list); err != nil {
			return err
		}
	case h.Form == table.FormText && h.Refers != "" && h.Refers != "teachers":
		list, found := lo.Find(table.Layouts(), func(l table.Layout) bool { return l.Name == h.Refers })
		if !found {
			return nil
		}
		column := "B" // the names
		if w.options.English {
			column = "A"
		}
		v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$2:$%s$%d", w.title(list), column, column, 2_000))
		v.ShowErrorMessage = false // an id is right as well
		return w.file.AddDataValidation(sheet, v)
	case h.Form == table.FormCount:
		refusal = "请填0以上的整数。A whole number from 0 up."
		if err := v.SetRange(0, 999_999_999, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
	case h.Form == table.FormDay:
		refusal = "请填日期，如2026-09-01。A day, such as 2026-09-01."
		if err := v.SetRange(367, 109_938, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween); err != nil { // 1901 to 2200
			return err
		}
	default:
		return nil
	}
	v.SetError(excelize.DataValidationErrorStyleStop, w.heading(h), refusal)
	return w.file.AddDataValidation(sheet, v)
}

// guide is the first sheet: what to fill in and what then.
func (w *writer) guide(o TemplateOptions) error {
	title := "说明"
	if w.options.English {
		title = "Instructions"
	}
	if err := w.sheet(title); err != nil {
		return err
	}
	lines := guideLines(o)
	for i, line := range lines {
		for j, text := range line {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := w.file.SetCellStr(title, cell, text); err != nil {
				return err
			}
		}
	}
	bold, err := w.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	if err != nil {
		return err
	}
	return errors.Join(w.page(title), w.file.SetColWidth(title, "A", "A", 16), w.file.SetColWidth(title, "B", "C", 100),
		w.file.SetCellStyle(title, "A1", "C1", bold))
}

// guideLines are the rows of the instructions: the sheet, Chinese, English.
func guideLines(o TemplateOptions) [][]string {
	if o.People {
		return [][]string{
			{"县管校聘", "姓名与身份证号", "Names and ID numbers"},
			{"", "本文件含个人信息，请与县表分开保管。", "This file holds personal data: keep it apart from the county's workbook."},
		}
	}
	lines := [][]string{
		{"县管校聘", "教师调配数据填报表", "Data for planning a county's teachers"},
		{"", "带*的列必填。每列标题上有批注。可从下拉列表选择，也可直接填写。不要合并单元格。", "Columns with * are required. Each header has a note. Choose from the lists or write. Do not merge cells."},
		{"", "教师表不写姓名和身份证号；姓名另存一份文件。", "The table of teachers has no names and no ID numbers; names are kept in a file of their own."},
		{"", "引用学校、学科、乡镇时，写编号或名称均可。", "Schools, subjects and townships may be referred to by id or by name."},
	}
	does := map[string][2]string{
		"settings":   {"填写县编号、县名称、计划日期。", "Fill in the county's id, its name and the day of the plan."},
		"townships":  {"可不填。填写后可计算通勤距离。", "Optional. With positions, distances can be worked out."},
		"schools":    {"每校一行；各年级学生数决定岗位需求。", "A row a school; the pupils of each grade decide the posts."},
		"teachers":   {"每人一行。没有学校的新招聘或落聘人员，所在学校留空。", "A row a teacher. Newly recruited and unplaced people have no school."},
		"curriculum": {"已按政策填好周课时，可修改。", "Weekly periods, filled in from the policy; may be changed."},
		"subsidies":  {"示例标准，请改为本县标准。", "An example: put your county's own schedule."},
		"outside":    {"可不填；县外可托管或帮扶本县学校的优质学校。", "Optional: strong schools elsewhere that can support schools here."},
		"posts":      {"可不填；填写后以核定岗位代替推算。", "Optional: approved posts in place of derived ones."},
	}
	for _, l := range table.Layouts() {
		if text, found := does[l.Name]; found {
			title := l.Chinese
			if o.English {
				title = l.Name
			}
			lines = append(lines, []string{title, text[0], text[1]})
		}
	}
	return append(lines,
		[]string{"", "填好后：xianguan plan 本文件.xlsx --out out", "Then: xianguan plan THIS-FILE.xlsx --out out"},
		[]string{"", "再：xianguan report 本文件.xlsx out/plan.json --out 报告.html", "And: xianguan report THIS-FILE.xlsx out/plan.json --out report.html"})
}
