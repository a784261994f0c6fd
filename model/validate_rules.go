package model

// maxPer100 bounds an indicator: a hundred people for each 100 pupils, in hundredths.
const maxPer100 = 100_00

// rules checks the figures that the arithmetic of a plan rests on. The range of
// every key, with its source, is held by model/policy; this guards counties
// that were built in code.
func (v *validation) rules() {
	r := record{v, "settings", -1, ""}
	c := &v.Rules
	for _, stage := range Stages() {
		name := "." + stage.String()
		r.between("class_cap"+name, c.ClassCap.At(stage), 1, 200)
		r.between("pupils_per_staff"+name, int(c.PupilsPerStaff.At(stage)), 10, 1000)
		r.between("non_teaching_share"+name, int(c.NonTeachingShare.At(stage)), 0, 5000)
		r.between("teacher_load"+name, int(c.TeacherLoad.At(stage)), 10, 400)
		r.between("after_school"+name, int(c.AfterSchool.At(stage)), 0, maxPeriods)
	}
	r.between("small_school.pupils", c.SmallSchoolPupils, 0, 1000)
	r.between("small_school.teachers_per_class", int(c.TeachersPerClass), 0, 100)
	r.between("rotation.years", c.RotationYears, 1, maxYears)
	r.between("forced_move.distance", int(c.ForcedDistance), 0, maxDistance)
	r.between("forced_move.road_factor", int(c.RoadFactor), int(Whole), 50_000)
	r.between("exemption.near_retirement_years", c.NearRetirementYears, 0, 40)
	r.between("principal.term_years", c.PrincipalTermYears, 0, maxYears)
	r.between("retirement.age", c.RetirementAge, 40, 80)
	r.between("shortage.tier_weight_step", int(c.TierWeightStep), 0, 100_000)
	r.between("shortage.school_weight", int(c.SchoolWeight), 0, 100_000)
	r.between("soft.compelled", c.CompelledWeight, 0, 1_000_000)
	r.between("soft.claim_point", c.ClaimPointWeight, 0, 1_000)
	r.between("soft.claim_year", c.ClaimYearWeight, 0, 100_000)
	r.between("soft.off_subject", c.OffSubjectWeight, 0, 1_000_000)
	r.between("travel.per_kilometre", int(c.TravelPerKilometre), 0, 1_000_000)
	r.between("travel.commute_range", int(c.CommuteRange), 0, maxDistance)
	r.between("travel.commute_days", c.CommuteDays, 0, 31)
	r.between("travel.boarding_trips", c.BoardingTrips, 0, 31)
	r.between("cost.move", int(c.MoveCost), 0, maxMonthly)
	r.between("cost.preference_step", int(c.PreferenceStep), 0, maxMonthly)
	r.between("cost.preference_unlisted", int(c.PreferenceUnlisted), 0, maxMonthly)
	for _, setting := range []struct {
		name string
		RuleSetting
	}{{"exchange", c.Exchange}, {"backbone", c.Backbone}, {"rotation", c.Rotation}, {"return", c.Return}, {"support", c.Support},
		{"partners", c.Partners}, {"housing", c.Housing}, {"outflow", c.Outflow}, {"rural_first", c.RuralFirst},
		{"special_posts", c.SpecialPosts}, {"experience", c.Experience}, {"backbone_floor", c.BackboneFloor},
		{"titles.senior", c.TitlesSenior}, {"titles.middle", c.TitlesMiddle},
		{"indicator.above_degree", c.IndicatorDegree}, {"indicator.backbone", c.IndicatorBackbone}, {"indicator.arts", c.IndicatorArts}} {
		if setting.Force > ForceHard {
			r.fault(setting.name+".force", setting.Force, "off, soft or hard")
		}
		r.between(setting.name+".weight", setting.Weight, 0, 1_000_000)
	}
	r.between("exchange.share", int(c.ExchangeShare), 0, int(Whole))
	r.between("exchange.backbone_share", int(c.BackboneShare), 0, int(Whole))
	r.between("outflow.share", int(c.OutflowShare), 0, int(Whole))
	r.between("experience.share", int(c.ExperienceMin), 0, int(Whole))
	r.between("backbone_floor.share", int(c.BackboneMin), 0, int(Whole))
	if c.RotationFrom > RotationFromAll {
		r.fault("rotation.from", c.RotationFrom, "town or all")
	}
	r.between("support.teachers", c.SupportTeachers, 0, maxPeople)
	r.between("partners.distance", int(c.PartnersDistance), 0, maxDistance)
	r.between("indicator.least_pupils", c.IndicatorPupils, 0, maxPupils)
	for _, stage := range Stages() {
		name := "." + stage.String()
		r.between("titles.senior"+name, int(c.SeniorShare.At(stage)), 0, int(Whole))
		r.between("titles.middle"+name, int(c.MiddleShare.At(stage)), 0, int(Whole))
		r.between("indicator.above_degree"+name, c.AboveDegreePer100.At(stage), 0, maxPer100)
		r.between("indicator.backbone"+name, c.BackbonePer100.At(stage), 0, maxPer100)
		r.between("indicator.arts"+name, c.ArtsPer100.At(stage), 0, maxPer100)
	}
	for _, w := range c.Points.List() {
		r.between("rounds.points."+w.Name, *w.Value, 0, MaxPointWeight)
	}
	r.between("subsidy.budget", int(c.SubsidyBudget), 0, maxBudget)
}
