package table

import (
	"strings"

	"github.com/xianguan/xianguan/model"
)

// Sheets gives a county as the sheets of a workbook, of which [Book.County] makes an equal one: the titles, the headers and the words
// in English or in Chinese. The error is that of [WriteFolder] for a county that no reader would take back.
func Sheets(c *model.County, inChinese bool) ([]Sheet, error) {
	if err := writable(c); err != nil {
		return nil, err
	}
	curriculum, err := curriculumRows(c)
	if err != nil {
		return nil, err
	}
	sheets := []Sheet{sheetOf("settings", settingRows(c), settingColumns(), inChinese)}
	if len(c.Townships) > 0 {
		sheets = append(sheets, sheetOf("townships", c.Townships, townshipColumns(), inChinese))
	}
	sheets = append(sheets,
		sheetOf("schools", schoolRows(c.Schools), schoolColumns(), inChinese),
		sheetOf("teachers", c.Teachers, teacherColumns(), inChinese),
		sheetOf("curriculum", curriculum, curriculumColumns(), inChinese),
		sheetOf("subsidies", c.Subsidy, subsidyColumns(), inChinese))
	if len(c.Posts) > 0 {
		sheets = append(sheets, sheetOf("posts", c.Posts, postColumns(), inChinese))
	}
	if len(c.Outside) > 0 {
		sheets = append(sheets, sheetOf("outside", c.Outside, outsideColumns(), inChinese))
	}
	if inChinese {
		keys := sheets[0].Rows[1:]
		for _, row := range keys {
			if n, known := settingNames[row[0]]; known {
				row[0] = n.zh
			}
		}
	}
	return sheets, nil
}

func sheetOf[R any](table string, list []R, columns []column[R], inChinese bool) Sheet {
	columns = present(list, columns)
	s := Sheet{Title: table}
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.name
		if inChinese {
			header[i] = namings(table)[c.name].zh
		}
	}
	if inChinese {
		s.Title = titles[table].zh
	}
	s.Rows = append(s.Rows, header)
	for i := range list {
		row := make([]string, len(columns))
		for j, c := range columns {
			if row[j] = c.write(&list[i]); inChinese {
				row[j] = c.translated(row[j])
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// translated gives the words of a cell in Chinese.
func (c *column[R]) translated(cell string) string {
	switch {
	case cell == "":
		return ""
	case c.form == FormYesNo:
		return "是"
	case c.form != FormWord && c.form != FormWords:
		return cell
	}
	parts := strings.Split(cell, ";")
	for i, part := range parts {
		for _, word := range c.words {
			if word.Word == part {
				parts[i] = word.Chinese
			}
		}
	}
	return strings.Join(parts, "；")
}

// SettingNote says what a key of settings holds, in English and Chinese, and gives its Chinese name; false for a key of the policy.
func SettingNote(key string) (zh, note, noteZH string, known bool) {
	n, known := settingNames[key]
	return n.zh, n.note, n.noteZH, known
}
