package table

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// The files of a county's folder.
const (
	schoolsFile    = "schools.csv"
	teachersFile   = "teachers.csv"
	curriculumFile = "curriculum.csv"
	subsidiesFile  = "subsidies.csv"
	settingsFile   = "settings.csv"
	townshipsFile  = "townships.csv" // optional
	postsFile      = "posts.csv"     // optional
	outsideFile    = "outside.csv"   // optional
	peopleFile     = "people.csv"    // optional, and no part of the county
	choicesFile    = "choices.csv"   // optional, and no part of the county
)

// countyFiles lists what WriteFolder may write.
func countyFiles() []string {
	return []string{schoolsFile, teachersFile, curriculumFile, subsidiesFile, settingsFile, townshipsFile, postsFile, outsideFile}
}

// Read reads a county from a folder of CSV files or from one JSON file. The
// county is valid and its rules are resolved. The error is an *[Errors] that
// holds a *[CellError] or a *[JSONError] for each fault, a *[SizeError], or an
// error of the file system. Reading takes time and memory linear in the size of
// the files, which are read up to 256 MiB each.
func Read(path string) (*model.County, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return ReadFS(os.DirFS(path))
	}
	return readCountyFile(path)
}

// ReadFS is [Read] for a folder in any file system.
func ReadFS(folder fs.FS) (*model.County, error) {
	found := &Errors{}
	refuseStrangers(folder, found)
	c := &model.County{Format: model.Format}
	return readTables(c, found, func(name string, optional bool) *file { return open(folder, name, optional, found) })
}

// readTables reads the tables of a county, each from the file that open gives for it.
func readTables(c *model.County, found *Errors, open func(name string, optional bool) *file) (*model.County, error) {
	places := rowsOf{files: map[string]*file{}, rows: map[string][]int{}}
	at := func(name string, optional bool) *file {
		f := open(name, optional)
		places.files[strings.TrimSuffix(name, ".csv")] = f
		return f
	}
	places.settings = readSettings(at(settingsFile, false), c)
	c.Townships, places.rows["townships"] = readList(at(townshipsFile, true), townshipColumns())
	c.Schools, places.rows["schools"] = readSchools(at(schoolsFile, false))
	c.Subjects, c.Curriculum, places.rows["curriculum"] = readCurriculum(at(curriculumFile, false))
	c.Subsidy, places.rows["subsidies"] = readList(at(subsidiesFile, false), subsidyColumns())
	c.Teachers, places.rows["teachers"] = readList(at(teachersFile, false), teacherColumns())
	c.Posts, places.rows["posts"] = readList(at(postsFile, true), postColumns())
	c.Outside, places.rows["outside"] = readList(at(outsideFile, true), outsideColumns())
	if found.Total > 0 { // what the bad cells stand for is not known: no further check makes sense
		return nil, found
	}
	resolveNames(c)
	for _, fault := range model.FieldErrors(c.Validate()) {
		cell := places.locate(fault)
		if found.Total < shown {
			nameHint(c, cell)
		}
		found.add(cell)
	}
	if err := found.orNil(); err != nil {
		return nil, err
	}
	return c, nil
}

// readList reads a table whose rows are records of the model. No rows are nil.
func readList[R any](f *file, columns []column[R]) (list []R, rows []int) {
	found := readRows(f, columns)
	if len(found.list) == 0 {
		return nil, nil
	}
	return found.list, found.rows
}

// refuseStrangers reports tables in the folder that nobody reads: most are
// misspelt. Hidden files and lock files of office programs are let be.
func refuseStrangers(folder fs.FS, found *Errors) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		found.add(&CellError{File: ".", Hint: "a folder that can be read: " + err.Error(), Err: err})
		return
	}
	known := append(countyFiles(), peopleFile, choicesFile)
	for _, e := range entries {
		name := e.Name()
		if strings.ToLower(path.Ext(name)) != ".csv" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || slices.Contains(known, name) {
			continue
		}
		unknown := &model.UnknownWordError{What: "table", Word: name, Known: known}
		found.add(&CellError{File: name, Hint: "only tables of a county in its folder: " + unknown.Hint(), Err: unknown})
	}
}

// rowsOf keeps the file and the rows of each table, so that a fault of the model can be shown where it stands.
type rowsOf struct {
	settings map[string]int
	files    map[string]*file
	rows     map[string][]int
}

// locate gives a fault of the model as a fault of a cell.
func (p *rowsOf) locate(e *model.FieldError) *CellError {
	cell := &CellError{File: e.Table + ".csv", Column: e.Field, Value: e.Value, Hint: e.Want, Err: e}
	if f := p.files[e.Table]; f != nil {
		cell.File, cell.Sheet = f.name, f.sheet
		if header := f.headers[e.Field]; header != "" {
			cell.Column = header
		}
	}
	if e.Table == "settings" {
		if cell.Row = p.settings[e.Field]; cell.Row == 0 {
			cell.Hint += " (a row with the key " + e.Field + ")"
		}
		return cell
	}
	rows := p.rows[e.Table]
	if e.Index >= 0 && e.Index < len(rows) {
		cell.Row = rows[e.Index]
	}
	if e.Clash > 0 && e.Clash <= len(rows) {
		cell.Hint += fmt.Sprintf("; row %d has it too", rows[e.Clash-1])
	}
	return cell
}
