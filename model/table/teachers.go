package table

import "github.com/xianguan/xianguan/model"

func parseEvaluation(cell string) (e model.Evaluation, err error) {
	err = e.UnmarshalText([]byte(cell))
	return e, err
}

func teacherColumns() []column[model.Teacher] {
	type row = model.Teacher
	return []column[row]{
		required(textColumn("id", func(r *row) *model.TeacherID { return &r.ID })),
		textColumn("school", func(r *row) *model.SchoolID { return &r.School }),
		wordColumn("pool", func(r *row) *model.Pool { return &r.Pool }),
		required(wordsColumn("stages", func(r *row) *[]model.Stage { return &r.Stages })),
		required(textColumn("main", func(r *row) *model.SubjectID { return &r.Main })),
		textsColumn("second", func(r *row) *[]model.SubjectID { return &r.Second }),
		textColumn("teaches", func(r *row) *model.SubjectID { return &r.Teaches }),
		wordColumn("teaches_stage", func(r *row) *model.Stage { return &r.TeachesStage }),
		wordColumn("title", func(r *row) *model.Title { return &r.Title }),
		wordColumn("backbone", func(r *row) *model.Backbone { return &r.Backbone }),
		sparse(valueColumn("evaluation", func(r *row) *model.Evaluation { return &r.Evaluation }, parseEvaluation, model.Evaluation.String).spoken(wordsOf[model.Evaluation]())),
		required(wordColumn("degree", func(r *row) *model.Degree { return &r.Degree })),
		required(dayColumn("born", func(r *row) *model.Date { return &r.Born })),
		dayColumn("retires", func(r *row) *model.Date { return &r.Retires }),
		numberColumn("years_here", func(r *row) *int { return &r.YearsHere }),
		numberColumn("rural_years", func(r *row) *int { return &r.RuralYears }),
		wordsColumn("exemptions", func(r *row) *[]model.Exemption { return &r.Exemptions }),
		wordColumn("duty", func(r *row) *model.Duty { return &r.Duty }),
		dayColumn("duty_until", func(r *row) *model.Date { return &r.DutyUntil }),
		textColumn("working_school", func(r *row) *model.SchoolID { return &r.WorkingSchool }),
		dayColumn("exchange_ends", func(r *row) *model.Date { return &r.ExchangeEnds }),
		wordColumn("term", func(r *row) *model.TermKind { return &r.Term }),
		dayColumn("term_ends", func(r *row) *model.Date { return &r.TermEnds }),
		sparse(tenthsColumn("outreach", func(r *row) *model.Tenths { return &r.Release.Outreach })),
		sparse(tenthsColumn("mentoring", func(r *row) *model.Tenths { return &r.Release.Mentoring })),
		sparse(tenthsColumn("training", func(r *row) *model.Tenths { return &r.Release.Training })),
		sparse(dayColumn("principal_since", func(r *row) *model.Date { return &r.PrincipalSince })),
		textsColumn("languages", func(r *row) *[]model.Language { return &r.Languages }),
		boolColumn("volunteer", func(r *row) *bool { return &r.Volunteer }),
		textColumn("home", func(r *row) *model.TownshipID { return &r.Home }),
		countColumn("points", func(r *row) *int { return &r.Points }),
		textsColumn("preferences", func(r *row) *[]model.SchoolID { return &r.Preferences }),
		textColumn("partner", func(r *row) *model.TeacherID { return &r.Partner }),
	}
}
