package table

import (
	"strconv"

	"github.com/xianguan/xianguan/model"
)

// curriculumRow is a subject with its weekly periods; 0 is none.
type curriculumRow struct {
	model.Subject
	periods [grades]model.Tenths
}

func curriculumColumns() []column[curriculumRow] {
	type row = curriculumRow
	columns := []column[row]{
		required(textColumn("subject", func(r *row) *model.SubjectID { return &r.ID })),
		required(textColumn("name", func(r *row) *string { return &r.Name })),
		textColumn("name_en", func(r *row) *string { return &r.NameEn }),
		textColumn("language", func(r *row) *model.Language { return &r.Language }),
		boolColumn("arts", func(r *row) *bool { return &r.Arts }),
	}
	for g := range grades {
		columns = append(columns, tenthsColumn("g"+strconv.Itoa(g+1), func(r *row) *model.Tenths { return &r.periods[g] }))
	}
	return columns
}

// readCurriculum gives the lines in the order of the subjects, then of grade.
func readCurriculum(f *file) (subjects []model.Subject, lines []model.CurriculumLine, rows []int) {
	found := readRows(f, curriculumColumns())
	for i := range found.list {
		r := &found.list[i]
		subjects = append(subjects, r.Subject)
		for g, periods := range r.periods {
			if periods > 0 {
				lines = append(lines, model.CurriculumLine{Subject: r.ID, Grade: g + 1, Periods: periods})
			}
		}
	}
	return subjects, lines, found.rows
}

// curriculumRows gives one row a subject, which can't keep any other order of
// the lines than that of the subjects, then of grade.
func curriculumRows(c *model.County) ([]curriculumRow, error) {
	list := make([]curriculumRow, len(c.Subjects))
	place := map[model.SubjectID]int{}
	for i, s := range c.Subjects {
		list[i].Subject = s
		place[s.ID] = i
	}
	last := -1
	for i, line := range c.Curriculum {
		at := place[line.Subject]*(grades+1) + line.Grade
		if at <= last {
			return nil, &model.FieldError{Table: "curriculum", Index: i, ID: string(line.Subject), Field: "g" + strconv.Itoa(line.Grade),
				Value: line.Periods.String(), Want: "lines in the order of the subjects, then of grade"}
		}
		last = at
	}
	for _, line := range c.Curriculum {
		list[place[line.Subject]].periods[line.Grade-1] = line.Periods
	}
	return list, nil
}
