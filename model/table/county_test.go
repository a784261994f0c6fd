package table

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// names are texts that are hard on a reader.
func names() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"阜蒙县一中", `"`, `a"b`, `""`, ",", "a,b", "line\nbreak", "cr\r\nlf", "\r", " ", " x ", "'", "=1+1", "ᠮᠣᠩᠭᠣᠯ", "\ufeff", "yes", "<&>", "\u2028", ";"}),
		rapid.StringN(1, 12, 40).Filter(func(s string) bool { return !slices.Contains([]rune(s), 0) }),
	)
}

// labels are names without blanks around them.
func labels() *rapid.Generator[string] {
	return rapid.Map(names(), strings.TrimSpace).Filter(func(s string) bool { return s != "" })
}

func optional(g *rapid.Generator[string]) *rapid.Generator[string] {
	return rapid.OneOf(rapid.Just(""), g)
}

func positions() *rapid.Generator[model.Position] {
	return rapid.Custom(func(t *rapid.T) model.Position {
		return model.Position{Lat: rapid.Int32Range(-90_000_000, 90_000_000).Draw(t, "lat"),
			Lon: rapid.Int32Range(-180_000_000, 180_000_000).Draw(t, "lon")}
	})
}

func days(from, to int) *rapid.Generator[model.Date] {
	return rapid.Custom(func(t *rapid.T) model.Date {
		return model.NewDate(rapid.IntRange(from, to).Draw(t, "year"), 2, rapid.IntRange(1, 28).Draw(t, "day"))
	})
}

// subset draws some of the values, in order; nil for none.
func subset[E any](t *rapid.T, label string, all []E) (some []E) {
	for _, e := range all {
		if rapid.Bool().Draw(t, label) {
			some = append(some, e)
		}
	}
	return some
}

// counties draws small valid counties that use every field of the model.
func counties() *rapid.Generator[*model.County] {
	return rapid.Custom(func(t *rapid.T) *model.County {
		c := &model.County{Format: model.Format, ID: model.CountyID(names().Draw(t, "id")), Name: names().Draw(t, "name"),
			NameEn: optional(names()).Draw(t, "name_en"), Date: model.NewDate(2026, 9, 1), Seat: positions().Draw(t, "seat"),
			Policy: rapid.SampledFrom(policy.Names()).Draw(t, "policy")}
		c.Origin = model.Origin{Synthetic: rapid.Bool().Draw(t, "synthetic"), Source: optional(names()).Draw(t, "source"),
			Licence: optional(names()).Draw(t, "licence"), Seed: rapid.Uint64().Draw(t, "seed"),
			Real:    subset(t, "real", []string{"names", "positions, all"}),
			Assumed: subset(t, "assumed", []string{"subjects\nand grades", `"ages"`})}
		c.Overrides = subset(t, "override", []model.Override{{Key: "class_cap.primary", Value: "40"}, {Key: "exchange.share", Value: "12.5%"},
			{Key: "boarder.funding", Value: "250.00"}, {Key: "exchange.scope", Value: "学校"},
			{Key: "titles.senior.primary", Value: "12.5%"}, {Key: "after_school.primary", Value: "2.5"}, {Key: "principal.term_years", Value: "4"}, {Key: "rounds.points.excellent", Value: "8"}})
		pack, err := policy.Load(c.Policy)
		if err != nil {
			t.Fatal(err)
		}
		if c.Rules, err = pack.Resolve(c.Overrides); err != nil {
			t.Fatal(err)
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "townships") {
			c.Townships = append(c.Townships, model.Township{ID: model.TownshipID(fmt.Sprint("乡", i)), Name: optional(names()).Draw(t, "township"),
				NameEn: optional(names()).Draw(t, "en"), Position: positions().Draw(t, "at")})
		}
		drawCurriculum(t, c)
		for tier := range rapid.IntRange(0, int(model.MaxTier)+1).Draw(t, "tiers") {
			monthly := model.Fen(10_000*tier + rapid.IntRange(0, 999).Draw(t, "fen"))
			c.Subsidy = append(c.Subsidy, model.SubsidyLine{Tier: model.Tier(tier), Monthly: monthly},
				model.SubsidyLine{Tier: model.Tier(tier), FromYears: 5, Monthly: monthly + 2000})
		}
		if rapid.Bool().Draw(t, "elsewhere") {
			c.Outside = []model.OutsideSchool{{ID: "X1", Name: names().Draw(t, "outside"), Position: positions().Draw(t, "at"),
				Stages: []model.Stage{model.StagePrimary, model.StageJunior}, Capacity: rapid.IntRange(1, 9).Draw(t, "capacity")}}
			if rapid.Bool().Draw(t, "some subjects") {
				c.Outside[0].Subjects = []model.SubjectID{c.Subjects[0].ID}
			}
		}
		for i := range rapid.IntRange(1, 3).Draw(t, "schools") {
			c.Schools = append(c.Schools, drawSchool(t, c, model.SchoolID(fmt.Sprint("S", i))))
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "teachers") {
			c.Teachers = append(c.Teachers, drawTeacher(t, c, model.TeacherID(fmt.Sprint("T", i))))
		}
		if len(c.Teachers) > 1 && rapid.Bool().Draw(t, "couple") {
			c.Teachers[0].Partner, c.Teachers[1].Partner = c.Teachers[1].ID, c.Teachers[0].ID
		}
		if rapid.Bool().Draw(t, "approved") {
			s := &c.Schools[0]
			c.Posts = []model.ApprovedPost{{PostID: model.PostID{School: s.ID, Stage: model.StageOf(s.Grades[0].Grade), Subject: c.Subjects[0].ID},
				Need: rapid.IntRange(0, 9).Draw(t, "need")}}
		}
		if err := c.Validate(); err != nil {
			t.Fatalf("the generator draws valid counties: %v", err)
		}
		return c
	})
}

func drawCurriculum(t *rapid.T, c *model.County) {
	for i := range rapid.IntRange(1, 3).Draw(t, "subjects") {
		id := model.SubjectID(fmt.Sprint("subject-", i))
		c.Subjects = append(c.Subjects, model.Subject{ID: id, Name: names().Draw(t, "subject"), NameEn: optional(names()).Draw(t, "en"),
			Language: model.Language(rapid.SampledFrom([]string{"", "mn"}).Draw(t, "language")), Arts: rapid.Bool().Draw(t, "arts")})
		for g := range grades {
			if rapid.Bool().Draw(t, "taught") {
				c.Curriculum = append(c.Curriculum, model.CurriculumLine{Subject: id, Grade: g + 1,
					Periods: model.Tenths(rapid.IntRange(1, 600).Draw(t, "periods"))})
			}
		}
	}
}

func drawSchool(t *rapid.T, c *model.County, id model.SchoolID) model.School {
	s := model.School{ID: id, Name: names().Draw(t, "school"), District: model.DistrictID(optional(labels()).Draw(t, "district")),
		Position: positions().Draw(t, "at"), Town: rapid.Bool().Draw(t, "town"), Strong: rapid.Bool().Draw(t, "strong"),
		Language: model.Language(rapid.SampledFrom([]string{"", "zh", "mn"}).Draw(t, "language")),
		Quota:    rapid.IntRange(0, 99).Draw(t, "quota"), Housing: rapid.IntRange(0, 9).Draw(t, "housing")}
	if rapid.Bool().Draw(t, "titles") {
		senior := rapid.IntRange(0, 9).Draw(t, "senior posts")
		s.SeniorPosts = &senior
	}
	if rapid.Bool().Draw(t, "after school") {
		periods := model.Tenths(rapid.IntRange(0, 100).Draw(t, "service"))
		s.AfterSchool = &periods
	}
	if len(c.Outside) > 0 && rapid.Bool().Draw(t, "run from elsewhere") {
		s.OutsidePartner = c.Outside[0].ID
	}
	s.Rural, s.Weak = !s.Town && rapid.Bool().Draw(t, "rural"), !s.Strong && rapid.Bool().Draw(t, "weak")
	if len(c.Townships) > 0 && rapid.Bool().Draw(t, "placed") {
		s.Township = rapid.SampledFrom(c.Townships).Draw(t, "township").ID
	}
	if len(c.Schools) > 0 && rapid.Bool().Draw(t, "supported") {
		s.Partner = rapid.SampledFrom(c.Schools).Draw(t, "partner").ID
	}
	if len(c.Subsidy) > 0 {
		s.Tier = rapid.SampledFrom(c.Subsidy).Draw(t, "tier").Tier
	}
	for g := range grades {
		if g == 3 || rapid.Bool().Draw(t, "grade") {
			grade := model.Grade{Grade: g + 1, Pupils: rapid.IntRange(0, 300).Draw(t, "pupils")}
			if grade.Pupils > 0 {
				grade.Classes = rapid.IntRange(0, 9).Draw(t, "classes")
			}
			s.Grades = append(s.Grades, grade)
		}
	}
	s.Boarders = rapid.IntRange(0, s.Pupils(0)).Draw(t, "boarders")
	return s
}

func drawTeacher(t *rapid.T, c *model.County, id model.TeacherID) model.Teacher {
	subjects := make([]model.SubjectID, len(c.Subjects))
	for i, s := range c.Subjects {
		subjects[i] = s.ID
	}
	schools := make([]model.SchoolID, len(c.Schools))
	for i, s := range c.Schools {
		schools[i] = s.ID
	}
	p := model.Teacher{ID: id, Main: subjects[0], Second: subset(t, "second", subjects[1:]),
		Stages: subset(t, "stages", model.Stages()), Title: model.Title(rapid.IntRange(0, 5).Draw(t, "title")), Evaluation: model.Evaluation(rapid.IntRange(0, 4).Draw(t, "evaluation")),
		Backbone: model.Backbone(rapid.IntRange(0, 5).Draw(t, "backbone")), Degree: model.Degree(rapid.IntRange(0, 4).Draw(t, "degree")),
		Born: days(1960, 2005).Draw(t, "born"), RuralYears: rapid.IntRange(0, 40).Draw(t, "rural"),
		Exemptions: subset(t, "exempt", []model.Exemption{model.ExemptionMaternity, model.ExemptionIllness, model.ExemptionOther}),
		Languages:  subset(t, "speaks", []model.Language{"zh", "mn", "ii"}), Volunteer: rapid.Bool().Draw(t, "volunteer"),
		Release: model.Release{Outreach: model.Tenths(rapid.IntRange(0, 20).Draw(t, "outreach")), Mentoring: model.Tenths(rapid.IntRange(0, 20).Draw(t, "mentoring")), Training: model.Tenths(rapid.IntRange(0, 20).Draw(t, "training"))},
		Points:  rapid.IntRange(0, 200).Draw(t, "points"), Preferences: subset(t, "prefers", schools)}
	if len(p.Stages) == 0 {
		p.Stages = []model.Stage{model.StageJunior}
	}
	if rapid.Bool().Draw(t, "teaches") {
		p.Teaches, p.TeachesStage = rapid.SampledFrom(subjects).Draw(t, "subject"), rapid.SampledFrom(model.Stages()).Draw(t, "stage")
	}
	if rapid.Bool().Draw(t, "retires") {
		p.Retires = days(2020, 2060).Draw(t, "on")
	}
	if p.Pool = model.Pool(rapid.IntRange(0, 2).Draw(t, "pool")); p.Pool == model.PoolNone {
		p.School, p.YearsHere = schools[0], rapid.IntRange(0, 40).Draw(t, "here")
		if !slices.ContainsFunc(c.Teachers, func(x model.Teacher) bool { return x.PrincipalSince != 0 }) && rapid.Bool().Draw(t, "principal") {
			p.PrincipalSince = days(2010, 2020).Draw(t, "since")
		}
		if len(schools) > 1 && rapid.Bool().Draw(t, "exchange") {
			p.WorkingSchool, p.ExchangeEnds = schools[1], days(2025, 2030).Draw(t, "ends")
		}
	}
	if p.Duty = model.Duty(rapid.IntRange(0, 2).Draw(t, "duty")); p.Duty != model.DutyActive && rapid.Bool().Draw(t, "limited") {
		p.DutyUntil = days(2025, 2030).Draw(t, "until")
	}
	if p.Term = model.TermKind(rapid.IntRange(0, 2).Draw(t, "term")); p.Term != model.TermNone {
		p.TermEnds = days(2025, 2032).Draw(t, "term ends")
	}
	if len(c.Townships) > 0 && rapid.Bool().Draw(t, "at home") {
		p.Home = c.Townships[0].ID
	}
	return p
}
