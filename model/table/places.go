package table

import (
	"strconv"

	"github.com/xianguan/xianguan/model"
)

func townshipColumns() []column[model.Township] {
	type row = model.Township
	return append([]column[row]{
		required(textColumn("id", func(r *row) *model.TownshipID { return &r.ID })),
		textColumn("name", func(r *row) *string { return &r.Name }),
		textColumn("name_en", func(r *row) *string { return &r.NameEn }),
	}, positionColumns(func(r *row) *model.Position { return &r.Position })...)
}

func subsidyColumns() []column[model.SubsidyLine] {
	type row = model.SubsidyLine
	tier := valueColumn("tier", func(r *row) *model.Tier { return &r.Tier }, parseTier, formatTier).as(FormCount)
	tier.write = func(r *row) string { return strconv.Itoa(int(r.Tier)) }
	yuan := valueColumn("yuan_per_month", func(r *row) *model.Fen { return &r.Monthly }, parseYuan, model.Fen.String).as(FormNumber)
	yuan.write = func(r *row) string { return r.Monthly.String() }
	return []column[row]{required(tier), numberColumn("from_years", func(r *row) *int { return &r.FromYears }), required(yuan)}
}

func outsideColumns() []column[model.OutsideSchool] {
	type row = model.OutsideSchool
	columns := []column[row]{
		required(textColumn("id", func(r *row) *model.OutsideID { return &r.ID })),
		required(textColumn("name", func(r *row) *string { return &r.Name })),
	}
	columns = append(columns, positionColumns(func(r *row) *model.Position { return &r.Position })...)
	return append(columns,
		required(wordsColumn("stages", func(r *row) *[]model.Stage { return &r.Stages })),
		textsColumn("subjects", func(r *row) *[]model.SubjectID { return &r.Subjects }),
		required(countColumn("capacity", func(r *row) *int { return &r.Capacity })))
}

func postColumns() []column[model.ApprovedPost] {
	type row = model.ApprovedPost
	return []column[row]{
		required(textColumn("school", func(r *row) *model.SchoolID { return &r.School })),
		required(wordColumn("stage", func(r *row) *model.Stage { return &r.Stage })),
		required(textColumn("subject", func(r *row) *model.SubjectID { return &r.Subject })),
		required(numberColumn("need", func(r *row) *int { return &r.Need })),
	}
}
