package table

import (
	"strconv"

	"github.com/xianguan/xianguan/model"
)

const grades = 12

// schoolRow is a school as it stands in its row.
type schoolRow struct {
	model.School
	pupils  [grades]pupilsCell
	classes [grades]int
}

// pupilsCell keeps 0 pupils, a grade that is there, apart from an empty cell.
type pupilsCell struct {
	given bool
	count int
}

func schoolColumns() []column[schoolRow] {
	type row = schoolRow
	columns := []column[row]{
		required(textColumn("id", func(r *row) *model.SchoolID { return &r.ID })),
		required(textColumn("name", func(r *row) *string { return &r.Name })),
		textColumn("township", func(r *row) *model.TownshipID { return &r.Township }),
		textColumn("district", func(r *row) *model.DistrictID { return &r.District }),
	}
	columns = append(columns, positionColumns(func(r *row) *model.Position { return &r.Position })...)
	columns = append(columns,
		valueColumn("tier", func(r *row) *model.Tier { return &r.Tier }, parseTier, formatTier).as(FormCount),
		boolColumn("town", func(r *row) *bool { return &r.Town }),
		boolColumn("strong", func(r *row) *bool { return &r.Strong }),
		boolColumn("rural", func(r *row) *bool { return &r.Rural }),
		boolColumn("weak", func(r *row) *bool { return &r.Weak }),
		textColumn("language", func(r *row) *model.Language { return &r.Language }),
		countColumn("boarders", func(r *row) *int { return &r.Boarders }),
		countColumn("quota", func(r *row) *int { return &r.Quota }),
		countColumn("housing", func(r *row) *int { return &r.Housing }),
		sparse(optionalCount("senior_posts", func(r *row) **int { return &r.SeniorPosts })),
		sparse(optionalCount("middle_posts", func(r *row) **int { return &r.MiddlePosts })),
		textColumn("partner", func(r *row) *model.SchoolID { return &r.Partner }),
		sparse(textColumn("outside_partner", func(r *row) *model.OutsideID { return &r.OutsidePartner })),
		sparse(afterSchoolColumn()))
	for g := range grades {
		columns = append(columns, valueColumn("pupils_g"+strconv.Itoa(g+1), func(r *row) *pupilsCell { return &r.pupils[g] },
			func(cell string) (pupilsCell, error) {
				count, err := parseCount(cell)
				return pupilsCell{true, count}, err
			},
			func(p pupilsCell) string { return strconv.Itoa(p.count) }).as(FormCount))
	}
	for g := range grades {
		columns = append(columns, countColumn("classes_g"+strconv.Itoa(g+1), func(r *row) *int { return &r.classes[g] }))
	}
	return columns
}

// afterSchoolColumn is weekly periods that may be absent, which is not 0.
func afterSchoolColumn() column[schoolRow] {
	return column[schoolRow]{name: "after_school", form: FormNumber,
		read: func(r *schoolRow, cell string) error {
			v, err := parseTenths(cell)
			r.AfterSchool = &v
			return err
		},
		write: func(r *schoolRow) string {
			if r.AfterSchool == nil {
				return ""
			}
			return r.AfterSchool.String()
		}}
}

func parseTier(cell string) (model.Tier, error) {
	v, err := parseCount(cell)
	if err != nil || v > int(model.MaxTier) {
		return 0, &mistake{"a hardship tier from 0 to " + strconv.Itoa(int(model.MaxTier)), err}
	}
	return model.Tier(v), nil
}

func formatTier(t model.Tier) string { return strconv.Itoa(int(t)) }

// readSchools puts the grades of each row together.
func readSchools(f *file) (schools []model.School, rows []int) {
	found := readRows(f, schoolColumns())
	for i := range found.list {
		r := &found.list[i]
		for g := range grades {
			switch {
			case r.pupils[g].given:
				r.Grades = append(r.Grades, model.Grade{Grade: g + 1, Pupils: r.pupils[g].count, Classes: r.classes[g]})
			case r.classes[g] > 0:
				f.fault(found.row(i), "pupils_g"+strconv.Itoa(g+1), "", "pupils in a grade that has classes", nil)
			}
		}
		schools = append(schools, r.School)
	}
	return schools, found.rows
}

// schoolRows gives the schools as they stand in their rows.
func schoolRows(schools []model.School) []schoolRow {
	list := make([]schoolRow, len(schools))
	for i, s := range schools {
		list[i].School = s
		for _, g := range s.Grades {
			list[i].pupils[g.Grade-1] = pupilsCell{true, g.Pupils}
			list[i].classes[g.Grade-1] = g.Classes
		}
	}
	return list
}
