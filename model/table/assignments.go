package table

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/xianguan/xianguan/model"
)

// handMade is one row of a table of assignments.
type handMade struct {
	teacher model.TeacherID
	post    model.PostID // from the column post, or from its three parts
	whole   string       // of the column post
}

// assignmentColumns takes three forms: teacher and post as SCHOOL/STAGE/SUBJECT; teacher, school, stage and
// subject; and the file assignments.csv of a plan, of which the columns to_… count and the others are passed over.
func assignmentColumns() []column[handMade] {
	columns := []column[handMade]{
		required(textColumn("teacher", func(h *handMade) *model.TeacherID { return &h.teacher })),
		{name: "post", read: func(h *handMade, cell string) error {
			parts := strings.Split(cell, "/")
			if len(parts) != 3 {
				return &mistake{"a post as SCHOOL/STAGE/SUBJECT, or nothing for none", nil}
			}
			h.whole, h.post.School, h.post.Subject = cell, model.SchoolID(parts[0]), model.SubjectID(parts[2])
			return h.post.Stage.UnmarshalText([]byte(parts[1]))
		}},
	}
	for _, prefix := range []string{"", "to_"} {
		columns = append(columns,
			textColumn(prefix+"school", func(h *handMade) *model.SchoolID { return &h.post.School }),
			wordColumn(prefix+"stage", func(h *handMade) *model.Stage { return &h.post.Stage }),
			textColumn(prefix+"subject", func(h *handMade) *model.SubjectID { return &h.post.Subject }))
	}
	for _, name := range []string{"name", "from_school", "from_name", "from_stage", "from_subject", "to_name", "moved", "ground", "ground_zh", "reason",
		"reason_zh", "subsidy_yuan", "travel_yuan", "preference_yuan", "move_yuan", "data"} {
		columns = append(columns, column[handMade]{name: name, read: func(*handMade, string) error { return nil }})
	}
	return columns
}

// ReadAssignments reads who has which post from a CSV table for a county: in the columns teacher and post
// (SCHOOL/STAGE/SUBJECT), or teacher, school, stage and subject, or as `xianguan plan` writes assignments.csv. A row
// without a post leaves the teacher without one. Teachers without a row are not in the list.
//
// Teachers, schools and subjects must be the county's, the latter two by id or by name, and each teacher stands in one row. Whether a post exists, and
// who may have it, is for the rules to say. The error is an *[Errors] with a *[CellError] for each fault, or
// an error of the file system.
func ReadAssignments(path string, c *model.County) ([]model.Pin, error) {
	folder, name := filepath.Split(path)
	if folder == "" {
		folder = "."
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return readAssignments(os.DirFS(folder), name, c)
}

func readAssignments(folder fs.FS, name string, c *model.County) ([]model.Pin, error) {
	found := &Errors{}
	f := open(folder, name, false, found)
	if f == nil {
		return nil, found
	}
	f.table = "assignments"
	return parseAssignments(f, c)
}

func parseAssignments(f *file, c *model.County) ([]model.Pin, error) {
	found := f.errors
	if form := formOf(f); form == "" {
		f.fault(1, "", "", "either the column post, or school, stage and subject, or to_school, to_stage and to_subject", nil)
	} else if rows := readRows(f, assignmentColumns()); found.Total == 0 {
		known := newKnown(c)
		for i := range rows.list {
			known.schoolOf.resolve(&rows.list[i].post.School)
			known.subjectOf.resolve(&rows.list[i].post.Subject)
			known.check(f, rows.rows[i], form, &rows.list[i])
		}
		if found.Total == 0 {
			pins := make([]model.Pin, len(rows.list))
			for i, h := range rows.list {
				pins[i] = model.Pin{Teacher: h.teacher, Post: h.post}
			}
			return pins, nil
		}
	}
	return nil, found
}

// formOf tells the form of a table from its header: "post", "school", "to_school", or "" where it is
// not exactly one of them.
func formOf(f *file) (form string) {
	columns := assignmentColumns()
	known := headingsOf(f.table, columns)
	headers, _, _ := f.lines().next()
	has := map[string]bool{}
	for _, header := range headers {
		if at, found := known.find(header); found {
			has[columns[at].name] = true
		}
	}
	for _, columns := range [][]string{{"post"}, {"school", "stage", "subject"}, {"to_school", "to_stage", "to_subject"}} {
		count := 0
		for _, name := range columns {
			if has[name] {
				count++
			}
		}
		if count > 0 && (form != "" || count < len(columns)) {
			return ""
		}
		if count > 0 {
			form = columns[0]
		}
	}
	return form
}

// known is what the ids of a table are checked against.
type known struct {
	teachers, schools, subjects []string
	has                         map[string]map[string]bool // by kind
	schoolOf                    ids[model.SchoolID]        // of ids and names
	subjectOf                   ids[model.SubjectID]
	rows                        map[model.TeacherID]int
}

func newKnown(c *model.County) *known {
	k := &known{schoolOf: schoolIDs(c), subjectOf: subjectIDs(c), has: map[string]map[string]bool{"teacher": {}, "school": {}, "subject": {}}, rows: map[model.TeacherID]int{}}
	for i := range c.Teachers {
		k.teachers = append(k.teachers, string(c.Teachers[i].ID))
		k.has["teacher"][string(c.Teachers[i].ID)] = true
	}
	for i := range c.Schools {
		k.schools = append(k.schools, string(c.Schools[i].ID))
		k.has["school"][string(c.Schools[i].ID)] = true
	}
	for i := range c.Subjects {
		k.subjects = append(k.subjects, string(c.Subjects[i].ID))
		k.has["subject"][string(c.Subjects[i].ID)] = true
	}
	return k
}

// check reports what is wrong with one row.
func (k *known) check(f *file, row int, form string, h *handMade) {
	id := func(kind, column, value, cell string, all []string) {
		if k.has[kind][value] {
			return
		}
		unknown := &model.UnknownWordError{What: kind, Word: value, Known: all}
		hint := "a " + kind + " of the county"
		if f.errors.Total < shown { // a hint that nobody sees is not worked out
			if near := model.Nearest(value, all); near != "" {
				hint += fmt.Sprintf("; did you mean %q?", near)
			}
		}
		f.fault(row, column, cell, hint, unknown)
	}
	id("teacher", "teacher", string(h.teacher), string(h.teacher), k.teachers)
	if before := k.rows[h.teacher]; before > 0 {
		f.fault(row, "teacher", string(h.teacher), fmt.Sprintf("each teacher in one row; row %d has it too", before), nil)
	}
	k.rows[h.teacher] = row
	if h.post.IsZero() {
		return
	}
	prefix, _ := strings.CutSuffix(form, "school")
	column := func(part string) string {
		if form == "post" {
			return form
		}
		return prefix + part
	}
	cell := func(part string) string {
		if form == "post" {
			return h.whole
		}
		return part
	}
	if form != "post" && (h.post.School == "" || h.post.Stage == 0 || h.post.Subject == "") {
		f.fault(row, column("school"), string(h.post.School), "school, stage and subject, or none of them for no post", errPart)
		return
	}
	id("school", column("school"), string(h.post.School), cell(string(h.post.School)), k.schools)
	id("subject", column("subject"), string(h.post.Subject), cell(string(h.post.Subject)), k.subjects)
}

var errPart = errors.New("a part of a post")
