package allocation_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// randomCounty draws a county of 2 to 4 schools and 1 to 6 teachers in which
// every hard rule has something to bite on. Some of its posts are approved,
// some derived.
func randomCounty(r *rand.Rand) *model.County {
	c := &model.County{
		Format: model.Format, ID: "random", Name: "Random", Date: 20260901, Policy: "national",
		Seat:       model.Position{Lat: 42_000_000, Lon: 122_000_000},
		Rules:      randomRules(r),
		Subjects:   []model.Subject{{ID: "chinese", Name: "语文"}, {ID: "mongolian", Name: "蒙古语文", Language: "mn"}, {ID: "music", Name: "音乐"}},
		Curriculum: []model.CurriculumLine{{Subject: "chinese", Grade: 1, Periods: 120}, {Subject: "music", Grade: 1, Periods: 60}, {Subject: "mongolian", Grade: 1, Periods: 50}, {Subject: "chinese", Grade: 7, Periods: 120}, {Subject: "music", Grade: 7, Periods: 40}},
		Subsidy: model.SubsidySchedule{{Tier: 1, Monthly: model.Fen(r.IntN(300) * 100)},
			{Tier: 2, Monthly: model.Fen(30000 + r.IntN(300)*100)}, {Tier: 2, FromYears: 5, Monthly: 70000}, {Tier: 3, Monthly: 90000}},
	}
	for i := range 1 + r.IntN(3) {
		c.Townships = append(c.Townships, model.Township{ID: model.TownshipID(fmt.Sprintf("H%d", i+1)), Name: "乡", Position: randomPosition(r)})
	}
	for i := range 2 + r.IntN(3) {
		c.Schools = append(c.Schools, randomSchool(r, i))
	}
	for i := range 1 + r.IntN(6) {
		c.Teachers = append(c.Teachers, randomTeacher(r, c, i))
	}
	if r.IntN(2) == 0 {
		approvePosts(r, c)
	}
	return c
}

func randomRules(r *rand.Rand) model.Rules {
	return model.Rules{
		ClassCap:          model.ByStage[int]{Primary: 45, Junior: 50, Senior: 50},
		PupilsPerStaff:    model.ByStage[model.Tenths]{Primary: 190, Junior: 135, Senior: 125},
		NonTeachingShare:  model.ByStage[model.Share]{Primary: 900, Junior: 1500, Senior: 1500},
		SmallSchoolPupils: r.IntN(2) * 60, TeachersPerClass: 20,
		TeacherLoad:   model.ByStage[model.Tenths]{Primary: 160, Junior: 140, Senior: 120},
		RotationYears: 6, RoadFactor: 13000, RetirementAge: 60, NearRetirementYears: 5,
		ForcedDistance: model.Metres(10_000 + r.IntN(60_000)),
		TierWeightStep: model.Share(r.IntN(3) * 1000), SchoolWeight: model.Share(r.IntN(3) * 5000),
		CompelledWeight: 1000, ClaimPointWeight: 1, ClaimYearWeight: 50, OffSubjectWeight: r.IntN(3) * 500,
		TravelPerKilometre: 60, CommuteRange: 30_000, CommuteDays: 22, BoardingTrips: 4,
		MoveCost: model.Fen(r.IntN(3) * 10000), PreferenceStep: 5000, PreferenceUnlisted: 50000,
	}
}

func randomPosition(r *rand.Rand) model.Position {
	return model.Position{Lat: 42_000_000 + r.Int32N(500_000), Lon: 122_000_000 + r.Int32N(500_000)}
}

func randomSchool(r *rand.Rand, i int) model.School {
	s := model.School{ID: model.SchoolID(fmt.Sprintf("S%d", i+1)), Name: "学校", Tier: model.Tier(r.IntN(4)), Position: randomPosition(r)}
	if r.IntN(4) == 0 {
		s.Language = "mn"
	}
	if r.IntN(12) == 0 {
		s.Position = model.Position{} // unknown
	}
	s.Grades = append(s.Grades, model.Grade{Grade: 1, Pupils: r.IntN(70), Classes: 0})
	if r.IntN(3) == 0 {
		s.Grades = append(s.Grades, model.Grade{Grade: 7, Pupils: 1 + r.IntN(50), Classes: r.IntN(2)})
	}
	if r.IntN(2) == 0 {
		s.Quota = 1 + r.IntN(4)
	}
	return s
}

func randomTeacher(r *rand.Rand, c *model.County, i int) model.Teacher {
	one := func(n int) bool { return r.IntN(n) == 0 }
	school := func() model.SchoolID { return c.Schools[r.IntN(len(c.Schools))].ID }
	t := model.Teacher{
		ID: model.TeacherID(fmt.Sprintf("T%d", i+1)), Stages: []model.Stage{model.StagePrimary}, Main: "chinese",
		Born: model.NewDate(1964+r.IntN(38), 3, 1+r.IntN(28)), RuralYears: r.IntN(9), Points: r.IntN(100), Volunteer: one(4),
	}
	if one(3) {
		t.Stages = []model.Stage{model.StagePrimary, model.StageJunior}
	}
	switch r.IntN(4) {
	case 0:
		t.Main, t.Second = "music", []model.SubjectID{"chinese"}
	case 1:
		t.Second = []model.SubjectID{"music"}
	case 2:
		t.Second = []model.SubjectID{"mongolian"}
	}
	if one(3) {
		t.Languages = []model.Language{"mn"}
	}
	if one(2) {
		t.Home = c.Townships[r.IntN(len(c.Townships))].ID
	}
	if one(3) {
		t.Pool = model.PoolRecruit + model.Pool(r.IntN(2))
	} else {
		t.School, t.YearsHere = school(), r.IntN(12)
		attach(r, &t, school())
	}
	if one(4) {
		for _, k := range r.Perm(len(c.Schools))[:1+r.IntN(2)] {
			t.Preferences = append(t.Preferences, c.Schools[k].ID)
		}
	}
	if one(8) {
		t.Exemptions = []model.Exemption{model.ExemptionIllness}
	}
	if one(12) {
		t.Duty = model.DutyLeave
	}
	return t
}

// attach binds some of those who have a school: a service term or an exchange,
// running or over.
func attach(r *rand.Rand, t *model.Teacher, other model.SchoolID) {
	day := model.NewDate(2025+r.IntN(4), 7, 1)
	switch {
	case r.IntN(8) == 0:
		t.Term, t.TermEnds = model.TermSpecialPost, day
	case r.IntN(6) == 0 && other != t.School:
		t.WorkingSchool, t.ExchangeEnds = other, day
	}
}

func approvePosts(r *rand.Rand, c *model.County) {
	for i := range c.Schools {
		for _, g := range c.Schools[i].Grades {
			for _, subject := range []model.SubjectID{"chinese", "music"} {
				if r.IntN(3) > 0 {
					id := model.PostID{School: c.Schools[i].ID, Stage: model.StageOf(g.Grade), Subject: subject}
					c.Posts = append(c.Posts, model.ApprovedPost{PostID: id, Need: r.IntN(3)})
				}
			}
		}
	}
}

// randomOptions draws weights, a lottery, and now and then a pin or a ban for
// people who are at work, on posts that exist.
func randomOptions(r *rand.Rand, c *model.County) model.Options {
	o := model.Options{Seed: uint64(r.IntN(3))}
	if r.IntN(3) == 0 {
		o.Weights.Subject = map[model.SubjectID]model.Share{"music": model.Share(r.IntN(4) * 5000)}
	}
	demands := allocation.Demand(c).Posts
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Away(c.Date, &c.Rules) || len(demands) == 0 {
			continue
		}
		p := demands[r.IntN(len(demands))]
		if p.Need == 0 {
			continue
		}
		switch r.IntN(24) {
		case 0:
			o.Pins = append(o.Pins, model.Pin{Teacher: t.ID, Post: p.PostID})
		case 1:
			if t.School != "" {
				o.Pins = append(o.Pins, model.Pin{Teacher: t.ID})
			}
		case 2, 3:
			o.Bans = append(o.Bans, model.Pin{Teacher: t.ID, Post: p.PostID})
		}
	}
	return o
}
