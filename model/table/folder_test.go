package table

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

var update = flag.Bool("update", false, "write the goldens")

// good is a small county without fault; the folders testdata/bad-* are this one
// with a defect each.
func good() map[string]string {
	return map[string]string{
		"schools.csv": "id,name,township,district,lat,lon,tier,town,strong,rural,weak,quota,pupils_g1,pupils_g2,classes_g1\n" +
			"S1,第一小学,E1,east,42.0,122.5,0,yes,yes,,,,45,40,1\n" +
			"S2,哈尔套小学,E1,east,42.2,122.7,2,,,yes,yes,3,12,0,\n",
		"teachers.csv": "id,school,pool,stages,main,second,degree,born,preferences,partner\n" +
			"T1,S1,,primary,chinese,mathematics,bachelor,1978-03-04,,T2\n" +
			"T2,S1,,primary;junior,mathematics,,bachelor,1985-11-30,S2; S1,T1\n" +
			"T3,,新招聘,小学,music,,本科,2003-07-15,,\n",
		"curriculum.csv": "subject,name,g1,g2\nchinese,语文,8,8\nmathematics,数学,3,3.5\nmusic,音乐,,2\n",
		"subsidies.csv":  "tier,from_years,yuan_per_month\n1,0,100\n2,0,300.5\n",
		"settings.csv":   "key,value\ncounty.id,good\ncounty.name,试验县\ncounty.date,2026-09-01\npolicy,fuxin\nclass_cap.primary,40\norigin.real,names\norigin.real,places\n",
		"townships.csv":  "id,name,lat,lon\nE1,哈尔套镇,42.2,122.7\n",
	}
}

func folder(files map[string]string) fstest.MapFS {
	system := fstest.MapFS{}
	for name, text := range files {
		system[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return system
}

// with gives the good county with some files in another form.
func with(files map[string]string) fstest.MapFS {
	all := good()
	maps.Copy(all, files)
	return folder(all)
}

func goodCounty(t testing.TB) *model.County {
	t.Helper()
	c, err := ReadFS(folder(good()))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReadFolder(t *testing.T) {
	pack, err := policy.Load("fuxin")
	if err != nil {
		t.Fatal(err)
	}
	rules := pack.Rules()
	rules.ClassCap.Primary = 40
	primary := []model.Stage{model.StagePrimary}
	want := &model.County{
		Format: model.Format, ID: "good", Name: "试验县", Date: model.NewDate(2026, 9, 1), Origin: model.Origin{Real: []string{"names", "places"}},
		Policy: "fuxin", Overrides: []model.Override{{Key: "class_cap.primary", Value: "40"}}, Rules: rules,
		Townships: []model.Township{{ID: "E1", Name: "哈尔套镇", Position: model.Position{Lat: 42_200_000, Lon: 122_700_000}}},
		Schools: []model.School{
			{ID: "S1", Name: "第一小学", Township: "E1", District: "east", Position: model.Position{Lat: 42_000_000, Lon: 122_500_000}, Town: true, Strong: true,
				Grades: []model.Grade{{Grade: 1, Pupils: 45, Classes: 1}, {Grade: 2, Pupils: 40}}},
			{ID: "S2", Name: "哈尔套小学", Township: "E1", District: "east", Position: model.Position{Lat: 42_200_000, Lon: 122_700_000}, Tier: 2, Rural: true, Weak: true,
				Quota: 3, Grades: []model.Grade{{Grade: 1, Pupils: 12}, {Grade: 2}}},
		},
		Subjects: []model.Subject{{ID: "chinese", Name: "语文"}, {ID: "mathematics", Name: "数学"}, {ID: "music", Name: "音乐"}},
		Curriculum: []model.CurriculumLine{{Subject: "chinese", Grade: 1, Periods: 80}, {Subject: "chinese", Grade: 2, Periods: 80},
			{Subject: "mathematics", Grade: 1, Periods: 30}, {Subject: "mathematics", Grade: 2, Periods: 35}, {Subject: "music", Grade: 2, Periods: 20}},
		Subsidy: model.SubsidySchedule{{Tier: 1, Monthly: 100_00}, {Tier: 2, Monthly: 300_50}},
		Teachers: []model.Teacher{
			{ID: "T1", School: "S1", Stages: primary, Main: "chinese", Second: []model.SubjectID{"mathematics"}, Degree: model.DegreeBachelor,
				Born: model.NewDate(1978, 3, 4), Partner: "T2"},
			{ID: "T2", School: "S1", Stages: []model.Stage{model.StagePrimary, model.StageJunior}, Main: "mathematics", Degree: model.DegreeBachelor,
				Born: model.NewDate(1985, 11, 30), Preferences: []model.SchoolID{"S2", "S1"}, Partner: "T1"},
			{ID: "T3", Pool: model.PoolRecruit, Stages: primary, Main: "music", Degree: model.DegreeBachelor, Born: model.NewDate(2003, 7, 15)},
		},
	}
	if diff := cmp.Diff(want, goodCounty(t)); diff != "" {
		t.Error(diff)
	}
}

// Forms of the same county that a spreadsheet may write.
func TestReadForms(t *testing.T) {
	want := goodCounty(t)
	tests := []struct {
		reason string
		form   func(text string) string
	}{
		{"a byte order mark", func(s string) string { return "\ufeff" + s }},
		{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
		{"no line end at the end", func(s string) string { return strings.TrimSuffix(s, "\n") }},
		{"CRLF that is cut off", func(s string) string { return strings.TrimSuffix(s, "\n") + "\r" }},
		{"empty lines", func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") }},
		{"rows of empty cells", func(s string) string { return s + ",,,\n,,\n" }},
		{"every cell in quotes", func(s string) string {
			s = strings.ReplaceAll(strings.ReplaceAll(s, ",", `","`), "\n", "\"\n\"")
			return `"` + strings.TrimSuffix(s, `"`)
		}},
	}
	for _, test := range tests {
		files := good()
		for name, text := range files {
			files[name] = test.form(text)
		}
		have, err := ReadFS(folder(files))
		if err != nil {
			t.Errorf("%s: %v", test.reason, err)
		} else if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s:\n%s", test.reason, diff)
		}
	}
}

// Files that may stand beside a county.
func TestReadLetsOtherFilesBe(t *testing.T) {
	for _, name := range []string{"people.csv", "choices.csv", "README.md", "want.txt", ".schools.csv", "~$teachers.csv", "notes.csv.bak"} {
		if _, err := ReadFS(with(map[string]string{name: "whatever \x00"})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Each folder testdata/bad-* is a county with the defect that its name says;
// want.txt is the error that its reader sees.
func TestBadFolders(t *testing.T) {
	folders, err := filepath.Glob("../../testdata/bad-*")
	if err != nil || len(folders) < 15 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	for _, dir := range folders {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			_, err := Read(dir)
			if err == nil {
				t.Fatal("read as if nothing were wrong")
			}
			var cell *CellError
			if !errors.As(err, &cell) {
				t.Errorf("%T holds no CellError", err)
			}
			compareGolden(t, filepath.Join(dir, "want.txt"), err.Error()+"\n")
		})
	}
}

func compareGolden(t *testing.T, path, have string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("run with -update where the new text is right:\n%s", diff)
	}
}

// What a bad cell is called, in full.
func TestCellError(t *testing.T) {
	files := good()
	files["teachers.csv"] = strings.Replace(files["teachers.csv"], "1985-11-30", "1985-02-30", 1)
	_, err := ReadFS(folder(files))
	var cell *CellError
	if !errors.As(err, &cell) {
		t.Fatalf("%v is no CellError", err)
	}
	if cell.File != "teachers.csv" || cell.Row != 3 || cell.Column != "born" || cell.Value != "1985-02-30" || cell.Hint == "" || cell.Err == nil {
		t.Errorf("%+v", cell)
	}
}

// Rows count as in a spreadsheet: empty ones too, and one for a row with line
// breaks inside its quotes.
func TestRowNumbers(t *testing.T) {
	text := "id,name\nE1,\"two\nlines\"\n\n,\nE2,ok\nE1,again\n"
	_, err := ReadFS(with(map[string]string{"townships.csv": text}))
	want := `townships.csv row 6, id "E1": want an id of its own; row 2 has it too`
	if err == nil || err.Error() != want {
		t.Errorf("have %v\nwant %s", err, want)
	}
}

// A thousand bad cells are a thousand errors, of which fifty are shown; what is
// kept has a limit as well.
func TestManyBadCells(t *testing.T) {
	for _, bad := range []int{1, 50, 51, 1000, 30_000} {
		text := strings.Builder{}
		text.WriteString("id,stages,main,degree,born\n")
		for i := range bad {
			fmt.Fprintf(&text, "T%d,primary,chinese,master,2026-13-%d\n", i, i)
		}
		_, err := ReadFS(with(map[string]string{"teachers.csv": text.String()}))
		var all *Errors
		if !errors.As(err, &all) {
			t.Fatal(err)
		}
		if all.Total != bad || len(all.List) != min(bad, kept) {
			t.Errorf("%d bad cells: %d errors, %d kept", bad, all.Total, len(all.List))
		}
		lines := strings.Split(all.Error(), "\n")
		if bad <= shown && len(lines) != bad {
			t.Errorf("%d bad cells: %d lines", bad, len(lines))
		}
		if more := fmt.Sprintf("and %d more: %d errors in all", bad-shown, bad); bad > shown && (len(lines) != shown+1 || lines[shown] != more) {
			t.Errorf("%d bad cells: %d lines, the last %q: want %q", bad, len(lines), lines[len(lines)-1], more)
		}
	}
}

// So are a thousand faults of the county as a whole.
func TestManyFaults(t *testing.T) {
	text := strings.Builder{}
	text.WriteString("id,stages,main,degree,born,school\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "T%d,primary,chinese,master,1980-05-06,S%d\n", i, 100+i)
	}
	_, err := ReadFS(with(map[string]string{"teachers.csv": text.String()}))
	var all *Errors
	if !errors.As(err, &all) || all.Total != 1000 {
		t.Error(err)
	}
}

// A file of a gigabyte is refused by its size alone.
func TestHugeFile(t *testing.T) {
	dir := t.TempDir()
	for name, text := range good() {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	county := filepath.Join(t.TempDir(), "county.json")
	for _, path := range []string{filepath.Join(dir, "teachers.csv"), county} {
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(f.Truncate(1<<30), f.Close()); err != nil { // sparse: it takes no room on the disk
			t.Fatal(err)
		}
	}
	if _, err := Read(dir); err == nil || err.Error() != "teachers.csv: want a file of at most 256 MiB" {
		t.Errorf("folder: %v", err)
	}
	var size *SizeError
	if _, err := Read(county); !errors.As(err, &size) {
		t.Errorf("file: %v", err)
	}
}

// endless is a file without a size that never ends.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}
func (e *endless) Stat() (fs.FileInfo, error) { return fs.Stat(fstest.MapFS{"pipe": {}}, "pipe") }
func (e *endless) Close() error               { return nil }

func TestEndlessFile(t *testing.T) {
	const limit = 1 << 20
	f := &endless{}
	_, err := readAll(f, "pipe", limit)
	var size *SizeError
	if !errors.As(err, &size) || size.Limit != limit || f.read > 2*limit {
		t.Errorf("%v after %d bytes", err, f.read)
	}
}

// A table that is not a plain file is not opened.
func TestNotAFile(t *testing.T) {
	files := with(nil)
	files["posts.csv"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	_, err := ReadFS(files)
	if err == nil || err.Error() != "posts.csv: want a plain file that can be read" {
		t.Error(err)
	}
}

func TestTooManyRows(t *testing.T) {
	text := "school,stage,subject,need\n" + strings.Repeat("S1,primary,chinese,1\n", maxRows+2)
	_, err := ReadFS(with(map[string]string{"posts.csv": text}))
	if err == nil || err.Error() != "posts.csv row 1000002: want at most 1000000 rows" {
		t.Error(err)
	}
}

func TestReadWhatIsNotThere(t *testing.T) {
	if _, err := Read(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	path := filepath.Join(t.TempDir(), "schools.csv")
	if err := os.WriteFile(path, []byte("id,name\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err == nil || err.Error() != "schools.csv: want the folder of the county, or one JSON file" {
		t.Error(err)
	}
}

// Every kind of bad cell, and what is said of it.
func TestHints(t *testing.T) {
	tests := []struct{ reason, file, old, new, want string }{
		{"a count with a decimal place", "schools.csv", ",45,40,1", ",45.0,40,1", `schools.csv row 2, pupils_g1 "45.0": want a whole number in plain digits`},
		{"a count that no county has", "schools.csv", ",45,40,1", ",10000000000,40,1", `schools.csv row 2, pupils_g1 "10000000000": want a whole number below 1000000000`},
		{"a blank inside a count", "schools.csv", ",45,40,1", ", 4 5,40,1", `schools.csv row 2, pupils_g1 " 4 5": want a whole number in plain digits; without thousands separators or blanks`},
		{"digits of another script", "schools.csv", ",45,40,1", ",٤٥,40,1", `schools.csv row 2, pupils_g1 "٤٥": want a whole number in plain digits`},
		{"a tier beyond the last", "schools.csv", "122.7,2,", "122.7,7,", `schools.csv row 3, tier "7": want a hardship tier from 0 to 6`},
		{"a truth that is none", "schools.csv", "0,yes,yes", "0,true,yes", `schools.csv row 2, town "true": want yes or no`},
		{"a latitude alone", "schools.csv", "42.0,122.5", "42.0,", `schools.csv row 2, lon "": want a longitude beside the latitude`},
		{"a longitude alone", "schools.csv", "42.0,122.5", ",122.5", `schools.csv row 2, lat "": want a latitude beside the longitude`},
		{"an amount with three places", "subsidies.csv", "300.5", "300.555", `subsidies.csv row 3, yuan_per_month "300.555": want yuan with at most two decimal places`},
		{"an unknown exemption", "teachers.csv", "id,school,pool", "id,school,exemptions", `teachers.csv row 4, exemptions "新招聘": want an exemption: one of 孕哺期, 重病, 其他`},
		{"a list that ends in a semicolon", "teachers.csv", "primary;junior", "primary;", `teachers.csv row 3, stages "primary;": want values separated by one ";" each`},
		{"a seed below nothing", "settings.csv", "policy,", "origin.seed,-1\npolicy,", `settings.csv row 5, origin.seed "-1": want a whole number in plain digits; it can't be negative`},
		{"a seed beyond 64 bits", "settings.csv", "policy,", "origin.seed,18446744073709551616\npolicy,", `settings.csv row 5, origin.seed "18446744073709551616": want a whole number below 2^64`},
		{"half a seat", "settings.csv", "policy,", "county.seat_lat,42\npolicy,", `settings.csv row 5, county.seat_lat "": want county.seat_lat and county.seat_lon, both or neither`},
		{"no policy", "settings.csv", "policy,fuxin\n", "", `settings.csv, policy "": want a row with the key policy and the name of a policy pack, such as national`},
		{"no value", "settings.csv", "policy,fuxin", "policy,", `settings.csv row 5, value "": want a value`},
		{"UTF-16", "townships.csv", "id,", "\xff\xfei\x00d\x00,", "townships.csv row 1: want UTF-8 text; this is UTF-16: save the file as CSV UTF-8"},
		{"a broken row with bytes of another encoding", "townships.csv", "哈尔套镇", "\"\"\xb9", "townships.csv: want UTF-8 text without NUL bytes"},
		{"a column without a name", "townships.csv", "lat,lon", "lat,", `townships.csv row 1, column 4 "": want a column of this table: `},
		{"a cell as long as a book", "townships.csv", "42.2", strings.Repeat("9", 5000), `townships.csv row 2, lat "` + strings.Repeat("9", 60) + `…": want degrees`},
	}
	for _, test := range tests {
		files := good()
		if !strings.Contains(files[test.file], test.old) {
			t.Fatalf("%s: %q is not in %s", test.reason, test.old, test.file)
		}
		files[test.file] = strings.Replace(files[test.file], test.old, test.new, 1)
		_, err := ReadFS(folder(files))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
	}
}

// The words for yes and no are read in both languages.
func TestReadBooleans(t *testing.T) {
	files := good()
	files["schools.csv"] = strings.Replace(strings.Replace(files["schools.csv"], "0,yes,yes,,,", "0,是,yes,no,否,", 1), "2,,,yes,yes", "2,no,否,是,yes", 1)
	have, err := ReadFS(folder(files))
	if diff := cmp.Diff(goodCounty(t), have); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
