package model

// valid gives a county without fault that uses every part of the model: two
// schools, three teachers, two townships.
func valid() *County {
	primary := []Stage{StagePrimary}
	return &County{
		Format: Format, ID: "c", Name: "试验县", Date: 20260901, Seat: Position{42_000_000, 122_000_000}, Policy: "national", Rules: validRules(),
		Origin:    Origin{Synthetic: true, Real: []string{"names"}, Assumed: []string{"people"}},
		Townships: []Township{{ID: "E1", Name: "东镇"}, {ID: "E2", Name: "西乡", Position: Position{42_300_000, 122_300_000}}},
		Schools: []School{
			{ID: "S1", Name: "一小", Township: "E1", Town: true, Strong: true, Grades: []Grade{{1, 40, 1}, {2, 38, 0}}, Boarders: 5, Quota: 6},
			{ID: "S2", Name: "西学校", Township: "E2", Tier: 2, Rural: true, Weak: true, Grades: []Grade{{6, 12, 1}, {7, 10, 1}}, Housing: 2},
		},
		Subjects:   []Subject{{ID: "chinese", Name: "语文"}, {ID: "music", Name: "音乐"}},
		Curriculum: []CurriculumLine{{"chinese", 1, 80}, {"chinese", 2, 75}, {"music", 1, 20}},
		Subsidy:    SubsidySchedule{{1, 0, 100_00}, {1, 10, 150_00}, {2, 0, 200_00}, {2, 10, 250_00}},
		Teachers: []Teacher{
			{ID: "T1", School: "S1", Stages: primary, Main: "chinese", Second: []SubjectID{"music"}, Degree: DegreeBachelor, Born: 19800506,
				YearsHere: 7, Languages: []Language{"zh", "mn"}, Preferences: []SchoolID{"S2"}, Partner: "T2"},
			{ID: "T2", School: "S2", Stages: []Stage{StagePrimary, StageJunior}, Main: "music", Teaches: "chinese", TeachesStage: StageJunior, Born: 19850607, RuralYears: 3,
				WorkingSchool: "S1", ExchangeEnds: 20270831, Term: TermDirected, TermEnds: 20290831, Exemptions: []Exemption{ExemptionIllness},
				Duty: DutyLeave, DutyUntil: 20270101, Home: "E2", Partner: "T1"},
			{ID: "T3", Pool: PoolRecruit, Stages: primary, Main: "music", Born: 20030405, Points: 80},
		},
		Posts: []ApprovedPost{{PostID{"S1", StagePrimary, "music"}, 1}, {PostID{"S2", StageJunior, "music"}, 0}},
	}
}

// validRules are figures of the usual size; the real ones are in model/policy.
func validRules() Rules {
	return Rules{ClassCap: ByStage[int]{45, 50, 50}, PupilsPerStaff: ByStage[Tenths]{190, 135, 125}, NonTeachingShare: ByStage[Share]{900, 1500, 1500},
		TeacherLoad: ByStage[Tenths]{160, 140, 120}, SmallSchoolPupils: 200, TeachersPerClass: 20, RotationYears: 6, ForcedDistance: 40_000,
		RoadFactor: 13_000, NearRetirementYears: 5, RetirementAge: 60}
}
