package table

import (
	"fmt"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/xianguan/xianguan/model"
)

func personColumns() []column[model.Person] {
	type row = model.Person
	return []column[row]{
		required(textColumn("teacher", func(r *row) *model.TeacherID { return &r.Teacher })),
		required(textColumn("name", func(r *row) *string { return &r.Name })),
		idNumberColumn(),
	}
}

// idNumberColumn is secret: an error says what is wrong with the number and does not show it.
func idNumberColumn() column[model.Person] {
	c := valueColumn("id_number", func(p *model.Person) *string { return &p.IDNumber }, func(cell string) (string, error) {
		number, _, err := model.ParseIDNumber(plain(cell))
		if err != nil {
			return "", &mistake{err.Error(), nil}
		}
		return number, nil
	}, func(number string) string { return number })
	c.secret = true
	return c
}

// ReadPeople reads names and ID numbers. They are no part of a county and are
// joined to it only where a named copy is asked for. Each teacher stands once.
// The error is an *[Errors] of *[CellError].
func ReadPeople(path string) ([]model.Person, error) {
	found := &Errors{}
	f := open(os.DirFS(filepath.Dir(path)), filepath.Base(path), false, found)
	if f != nil {
		f.table = "people"
	}
	people := parsePeople(f)
	if err := found.orNil(); err != nil {
		return nil, err
	}
	return people, nil
}

func parsePeople(f *file) []model.Person {
	people, rows := readList(f, personColumns())
	first := make(map[model.TeacherID]int, len(people))
	for i, p := range people {
		if row, seen := first[p.Teacher]; seen {
			f.fault(rows[i], "teacher", string(p.Teacher), fmt.Sprintf("each teacher once; row %d has it too", row), nil)
			continue
		}
		first[p.Teacher] = rows[i]
	}
	return people
}

// WritePeople writes names and ID numbers for [ReadPeople], in a file that its
// owner alone may read. The error is that of reading them again, where they
// could not be read.
func WritePeople(path string, people []model.Person) error {
	content := writeRows(people, personColumns())
	found := &Errors{}
	f := &file{name: filepath.Base(path), table: "people", text: string(content), errors: found}
	for i, p := range people { // what is written is UTF-8, whatever else would be read
		for _, cell := range [][2]string{{"teacher", string(p.Teacher)}, {"name", p.Name}, {"id_number", p.IDNumber}} {
			if !utf8.ValidString(cell[1]) {
				f.fault(i+2, cell[0], cell[1], wantUTF8, nil)
			}
		}
	}
	if len(found.List) == 0 && f.clean() {
		parsePeople(f)
	}
	if err := found.orNil(); err != nil {
		return err
	}
	return writeFile(path, content, 0o600)
}
