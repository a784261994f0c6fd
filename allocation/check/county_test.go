package check

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// The test counties lie on one meridian, so that distances are easy: a tenth of
// a degree is 11120 m, by road (130 %) 14456 m.

const (
	primary = model.StagePrimary
	junior  = model.StageJunior
	today   = model.Date(20260901)
)

func rules() model.Rules {
	return model.Rules{
		ClassCap:            model.ByStage[int]{Primary: 45, Junior: 50, Senior: 55},
		PupilsPerStaff:      model.ByStage[model.Tenths]{Primary: 190, Junior: 135, Senior: 125},
		NonTeachingShare:    model.ByStage[model.Share]{Primary: 900, Junior: 1500, Senior: 1500},
		SmallSchoolPupils:   100,
		TeachersPerClass:    20,
		TeacherLoad:         model.ByStage[model.Tenths]{Primary: 160, Junior: 140, Senior: 140},
		RotationYears:       6,
		ForcedDistance:      40_000,
		RoadFactor:          13_000,
		NearRetirementYears: 5,
		RetirementAge:       60,
		TierWeightStep:      2_000,
		SchoolWeight:        5_000,
		CompelledWeight:     1_000,
		ClaimPointWeight:    10,
		ClaimYearWeight:     100,
		OffSubjectWeight:    500,
		TravelPerKilometre:  60,
		CommuteRange:        20_000,
		CommuteDays:         22,
		BoardingTrips:       4,
		MoveCost:            10_000,
		PreferenceStep:      5_000,
		PreferenceUnlisted:  20_000,
	}
}

// county has the township TA at 42.0 degrees, where the seat is, and TB at 42.1.
func county(schools []model.School, teachers []model.Teacher, posts ...model.ApprovedPost) *model.County {
	c := &model.County{
		Format: model.Format, ID: "X1", Name: "试验县", Date: today, Policy: "national", Rules: rules(),
		Seat:     north(42_000_000),
		Origin:   model.Origin{Synthetic: true, Seed: 7, Assumed: []string{"All people are made up."}},
		Schools:  schools,
		Teachers: teachers,
		Posts:    posts,
		Townships: []model.Township{
			{ID: "TA", Name: "甲镇", Position: north(42_000_000)},
			{ID: "TB", Name: "乙乡", Position: north(42_100_000)},
			{ID: "TX", Name: "丙乡"},
		},
		Subsidy: model.SubsidySchedule{
			{Tier: 1, FromYears: 0, Monthly: 10_000},
			{Tier: 2, FromYears: 0, Monthly: 30_000}, {Tier: 2, FromYears: 10, Monthly: 40_000},
			{Tier: 3, FromYears: 0, Monthly: 60_000},
		},
	}
	for _, id := range []model.SubjectID{"art", "chinese", "english", "mathematics", "mongolian", "music", "pe"} {
		c.Subjects = append(c.Subjects, model.Subject{ID: id, Name: string(id)})
	}
	c.Subjects[4].Language = "mn"
	return c
}

func north(lat int32) model.Position { return model.Position{Lat: lat, Lon: 122_000_000} }

func at(school model.SchoolID, stage model.Stage, subject model.SubjectID) model.PostID {
	return model.PostID{School: school, Stage: stage, Subject: subject}
}

func approved(school model.SchoolID, stage model.Stage, subject model.SubjectID, need int) model.ApprovedPost {
	return model.ApprovedPost{PostID: at(school, stage, subject), Need: need}
}

// teacher is a primary teacher of a school, or of the pool of recruits for "".
func teacher(id model.TeacherID, school model.SchoolID, main model.SubjectID, with ...func(*model.Teacher)) model.Teacher {
	t := model.Teacher{ID: id, School: school, Main: main, Stages: []model.Stage{primary}, Born: 19850301}
	if school == "" {
		t.Pool = model.PoolRecruit
	}
	for _, change := range with {
		change(&t)
	}
	return t
}

func unplaced(t *model.Teacher)    { t.Pool = model.PoolUnplaced }
func both(t *model.Teacher)        { t.Stages = []model.Stage{primary, junior} }
func juniorOnly(t *model.Teacher)  { t.Stages = []model.Stage{junior} }
func bilingual(t *model.Teacher)   { t.Languages = []model.Language{"zh", "mn"} }
func due(t *model.Teacher)         { t.YearsHere = 8 }
func exempt(t *model.Teacher)      { t.Exemptions = []model.Exemption{model.ExemptionIllness} }
func onLeave(t *model.Teacher)     { t.Duty = model.DutyLeave }
func specialPost(t *model.Teacher) { t.Term, t.TermEnds = model.TermSpecialPost, 20270901 }

func retires(day model.Date) func(*model.Teacher) {
	return func(t *model.Teacher) { t.Retires = day }
}

func home(id model.TownshipID) func(*model.Teacher) {
	return func(t *model.Teacher) { t.Home = id }
}

func also(subjects ...model.SubjectID) func(*model.Teacher) {
	return func(t *model.Teacher) { t.Second = subjects }
}

func volunteer(list ...model.SchoolID) func(*model.Teacher) {
	return func(t *model.Teacher) { t.Volunteer, t.Preferences = true, list }
}

func exchanged(to model.SchoolID, until model.Date) func(*model.Teacher) {
	return func(t *model.Teacher) { t.WorkingSchool, t.ExchangeEnds = to, until }
}

// planOf makes a plan with the posts given, whose record agrees with them.
func planOf(c *model.County, o model.Options, to map[model.TeacherID]model.PostID) *model.Plan {
	p := &model.Plan{Options: o}
	for _, t := range c.Teachers {
		p.Assignments = append(p.Assignments, model.Assignment{Teacher: t.ID, To: to[t.ID]})
	}
	slices.SortFunc(p.Assignments, func(a, b model.Assignment) int { return cmpText(a.Teacher, b.Teacher) })
	seal(c, p)
	return p
}

// seal writes the record of a plan anew, so that it agrees with its assignments.
func seal(c *model.County, p *model.Plan) {
	a := newAudit(newFacts(c), &p.Options)
	for i := range p.Assignments {
		a.seat(p.Assignments[i].Teacher, p.Assignments[i].To, &p.Assignments[i])
	}
	a.crossing()
	p.Conditions = a.conditions
	found := a.evaluate()
	for i := range a.seats {
		s := &a.seats[i]
		s.given.From, s.given.Ground, s.given.Cost = a.present[s.teacher], s.ground, found.costs[i]
	}
	p.Format, p.County, p.CountyName, p.CountyHash = model.Format, c.ID, c.Name, c.Hash()
	p.Date, p.Origin, p.Policy = c.Date, c.Origin, c.Policy
	p.Ledger, p.Cost = found.ledger, found.cost
	p.Posts, p.Levels = nil, nil
	for _, post := range a.posts {
		p.Posts = append(p.Posts, model.PlannedPost{PostID: post, Need: a.need[post], Incumbent: a.incumbents[post], Filled: a.filled[post]})
	}
	for _, l := range found.levels {
		p.Levels = append(p.Levels, model.PlanLevel{Name: l.name, Objective: l.value, Bound: l.value, Proven: true})
	}
}

func cmpText[T ~string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// broken lists the rules that a report names, in order.
func broken(violations []Violation) []model.RuleID {
	var list []model.RuleID
	for _, v := range violations {
		if !slices.Contains(list, v.Rule) {
			list = append(list, v.Rule)
		}
	}
	return list
}

func noDiff(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
