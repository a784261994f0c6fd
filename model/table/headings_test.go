package table

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every column and every setting has a Chinese name and a note in both languages, and no header stands for two columns of a table.
func TestHeadingsAreComplete(t *testing.T) {
	columns := 0
	for _, l := range Layouts() {
		if l.Chinese == "" {
			t.Errorf("%s has no Chinese title", l.Name)
		}
		seen := map[string]string{}
		for _, h := range l.Headings {
			columns++
			if h.Chinese == "" || h.Note == "" || h.NoteZH == "" || !chinese(h.NoteZH) {
				t.Errorf("%s %s: %+v", l.Name, h.Name, h)
			}
			for _, header := range append([]string{h.Name, h.Chinese}, h.Also...) {
				key := headerKey(header)
				if other, taken := seen[key]; taken && other != h.Name {
					t.Errorf("%s: %q stands for %s and for %s", l.Name, header, other, h.Name)
				}
				seen[key] = h.Name
			}
			if (h.Form == FormWord || h.Form == FormWords) != (len(h.Words) > 0) {
				t.Errorf("%s %s: form %d and %d words", l.Name, h.Name, h.Form, len(h.Words))
			}
		}
		for name := range namings(l.Name) {
			if !slices.ContainsFunc(l.Headings, func(h Heading) bool { return h.Name == name }) {
				t.Errorf("%s: %s is named and no column", l.Name, name)
			}
		}
	}
	if columns < 100 {
		t.Errorf("%d columns", columns)
	}
	for _, s := range settings() {
		if n := settingNames[s.key]; n.zh == "" || n.note == "" || n.noteZH == "" {
			t.Errorf("setting %s: %+v", s.key, n)
		}
	}
}

// A county as an office writes it: Chinese headers with stars, units and blanks, names in place of ids, Chinese words, full-width digits,
// other forms of a day.
func TestReadChineseTables(t *testing.T) {
	files := map[string]string{
		"schools.csv": "学校编号*,学校名称*, 乡镇 ,学区,纬度,经度,艰苦边远类别,城镇,优质学校,农村学校,薄弱,编制数,一年级人数,2年级学生数,一年级班数\n" +
			"S1,第一小学,哈尔套镇,east,42.0,122.5,０,是,√,,,,４５,40,1\n" +
			"S2,哈尔套小学,E1,east,42.2,122.7,２,,,是,是,3,12,0,\n",
		"teachers.csv": "工号,人事关系学校,人员库,学段,任教学科,可兼学科,最高学历,出生年月日,志愿,配偶\n" +
			"T1,第一小学,,小学,语文,数学,大学本科,1978年3月4日,,T2\n" +
			"T2,S1,,小学、初中,数学,,学士,1985/11/30,哈尔套小学；S1,T1\n" +
			"T3,,新教师,小学,音乐,,本科,２００３.７.15,,\n",
		"curriculum.csv": "学科编号,学科名称,一年级周课时,二年级\nchinese,语文,8,８\nmathematics,数学,3,3.5\nmusic,音乐,,2\n",
		"subsidies.csv":  "艰苦类别,乡村工作年限起（年）,月补助（元）\n1,0,100\n2,0,300.5\n",
		"settings.csv":   "项目,值,备注\n县编号,good,本县\n县名称,试验县,\n计划日期,2026年9月1日,\n政策包,fuxin,\nclass_cap.primary,４０,班额\n真实部分,names,\norigin.real,places,\n",
		"townships.csv":  "编号,名称,纬度,经度\nE1,哈尔套镇,42.2,122.7\n",
	}
	have, err := ReadFS(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(goodCounty(t), have); diff != "" {
		t.Error(diff)
	}
}

// What is said of Chinese tables is said of them as they stand.
func TestChineseHints(t *testing.T) {
	base := map[string]string{
		"teachers.csv": "工号,学校,人员库,学段,主教学科,学历,出生日期\nT1,S1,,小学,语文,本科,1978-03-04\nT2,S1,,小学,数学,本科,1985-11-30\nT3,,新招聘,小学,音乐,本科,2003-07-15\n",
	}
	tests := []struct{ reason, old, new, want string }{
		{"a header near a known one", "出生日期", "出生日", "teachers.csv row 1, column 7 \"出生日\": want a column of this table: did you mean \"出生日期\"?\nteachers.csv row 1, born \"\": want this column in the header"},
		{"a column in both languages", "工号,学校", "工号,id,学校", `teachers.csv row 1, column 2 "id": want each column once; "工号" is the same column`},
		{"a Chinese word near a known one", "T2,S1,,小学", "T2,S1,,小雪", `teachers.csv row 3, 学段 "小雪": want a stage: did you mean "小学"?`},
		{"a name that no subject has", "T2,S1,,小学,数学", "T2,S1,,小学,算术", `teachers.csv row 3, 主教学科 "算术": want an id or a name from curriculum`},
		{"a day without the day", "1985-11-30", "1985年11月", `teachers.csv row 3, 出生日期 "1985年11月": want a day that exists, written as 2026-09-01`},
		{"a day as a spreadsheet keeps it", "1985-11-30", "31381", `teachers.csv row 3, 出生日期 "31381": want a day that exists, written as 2026-09-01; this is the number that a spreadsheet keeps for a day: show the cell as a date`},
		{"a value that is missing", "本科,1985", ",1985", `teachers.csv row 3, 学历 "": want a value`},
	}
	for _, test := range tests {
		text := strings.Replace(base["teachers.csv"], test.old, test.new, 1)
		if test.reason == "a column in both languages" {
			text = strings.NewReplacer("T1,", "T1,T1,", "T2,", "T2,T2,", "T3,", "T3,T3,").Replace(text)
		}
		_, err := ReadFS(with(map[string]string{"teachers.csv": text}))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Count(err.Error(), "\n") > strings.Count(test.want, "\n") {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
	}
}
