package policy

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// binding ties a key to its field of the rules. The field knows how its unit is
// read and written.
type binding struct {
	key   string
	field func(*model.Rules) field
}

// Keys lists every policy key in the order in which packs show them.
func Keys() []string {
	all := bindings()
	keys := make([]string, len(all))
	for i, b := range all {
		keys[i] = b.key
	}
	return keys
}

// Text gives the value of a key as it would be written in settings.csv, or
// false for an unknown key.
func Text(rules *model.Rules, key string) (string, bool) {
	for _, b := range bindings() {
		if b.key == key {
			return b.field(rules).String(), true
		}
	}
	return "", false
}

// put reads a value into its field, if it is inside the range of the pack.
// Where it is not, the field keeps its value.
func (b binding) put(rules *model.Rules, v *Value, text string) error {
	var trial model.Rules
	at := b.field(&trial)
	if err := at.set(text); err != nil {
		return &KeyError{Key: b.key, Value: text, Want: wanted(at, v), Err: err}
	}
	if at.ranged() {
		low, high, err := b.bounds(v)
		if err != nil {
			return err
		}
		if n := at.number(); n < low || n > high {
			return &KeyError{Key: b.key, Value: text, Want: wanted(at, v)}
		}
	}
	return b.field(rules).set(text)
}

// bounds reads the range of a value in the unit of its field.
func (b binding) bounds(v *Value) (low, high int64, err error) {
	var trial model.Rules
	at := b.field(&trial)
	for _, bound := range []struct {
		text string
		into *int64
	}{{v.Low, &low}, {v.High, &high}} {
		if err := at.set(bound.text); err != nil {
			return 0, 0, &KeyError{Key: b.key, Value: bound.text, Want: "a range as " + at.form(), Err: err}
		}
		*bound.into = at.number()
	}
	return low, high, nil
}

func wanted(at field, v *Value) string {
	if !at.ranged() {
		return at.form()
	}
	return fmt.Sprintf("%s from %s to %s (%s)", at.form(), v.Low, v.High, v.Unit)
}

// bindings is the one table of keys. Its order is the order of packs.
func bindings() []binding {
	type rules = model.Rules
	list := [][]binding{
		byStage("class_cap", func(r *rules) *model.ByStage[int] { return &r.ClassCap }, whole),
		byStage("pupils_per_staff", func(r *rules) *model.ByStage[model.Tenths] { return &r.PupilsPerStaff }, tenths),
		byStage("non_teaching_share", func(r *rules) *model.ByStage[model.Share] { return &r.NonTeachingShare }, share),
		{{"small_school.pupils", func(r *rules) field { return whole(&r.SmallSchoolPupils) }},
			{"small_school.teachers_per_class", func(r *rules) field { return tenths(&r.TeachersPerClass) }}},
		byStage("teacher_load", func(r *rules) *model.ByStage[model.Tenths] { return &r.TeacherLoad }, tenths),
		byStage("after_school", func(r *rules) *model.ByStage[model.Tenths] { return &r.AfterSchool }, tenths),
		{{"small_school.funding_pupils", func(r *rules) field { return whole(&r.SmallFundingPupils) }},
			{"boarder.funding", func(r *rules) field { return money(&r.BoarderFunding) }},
			{"rotation.years", func(r *rules) field { return whole(&r.RotationYears) }},
			{"forced_move.distance", func(r *rules) field { return metres(&r.ForcedDistance) }},
			{"forced_move.road_factor", func(r *rules) field { return share(&r.RoadFactor) }},
			{"exemption.near_retirement_years", func(r *rules) field { return whole(&r.NearRetirementYears) }},
			{"retirement.age", func(r *rules) field { return whole(&r.RetirementAge) }},
			{"term.special_post_years", func(r *rules) field { return whole(&r.SpecialPostYears) }},
			{"term.directed_years", func(r *rules) field { return whole(&r.DirectedYears) }},
			{"principal.term_years", func(r *rules) field { return whole(&r.PrincipalTermYears) }},
			{"exchange.share", func(r *rules) field { return share(&r.ExchangeShare) }},
			{"exchange.scope", func(r *rules) field { return scope(&r.ExchangeScope) }},
			{"exchange.backbone_share", func(r *rules) field { return share(&r.BackboneShare) }}},
		bySetting("exchange", func(r *rules) *model.RuleSetting { return &r.Exchange }),
		bySetting("backbone", func(r *rules) *model.RuleSetting { return &r.Backbone }),
		bySetting("rotation", func(r *rules) *model.RuleSetting { return &r.Rotation }),
		{{"rotation.from", func(r *rules) field { return rotationFrom(&r.RotationFrom) }}},
		bySetting("return", func(r *rules) *model.RuleSetting { return &r.Return }),
		bySetting("support", func(r *rules) *model.RuleSetting { return &r.Support }),
		{{"support.teachers", func(r *rules) field { return whole(&r.SupportTeachers) }}},
		bySetting("partners", func(r *rules) *model.RuleSetting { return &r.Partners }),
		{{"partners.distance", func(r *rules) field { return metres(&r.PartnersDistance) }}},
		bySetting("housing", func(r *rules) *model.RuleSetting { return &r.Housing }),
		bySetting("outflow", func(r *rules) *model.RuleSetting { return &r.Outflow }),
		{{"outflow.share", func(r *rules) field { return share(&r.OutflowShare) }}},
		bySetting("rural_first", func(r *rules) *model.RuleSetting { return &r.RuralFirst }),
		bySetting("special_posts", func(r *rules) *model.RuleSetting { return &r.SpecialPosts }),
		bySetting("experience", func(r *rules) *model.RuleSetting { return &r.Experience }),
		{{"experience.share", func(r *rules) field { return share(&r.ExperienceMin) }}},
		bySetting("backbone_floor", func(r *rules) *model.RuleSetting { return &r.BackboneFloor }),
		{{"backbone_floor.share", func(r *rules) field { return share(&r.BackboneMin) }}},
		bySetting("titles.senior", func(r *rules) *model.RuleSetting { return &r.TitlesSenior }),
		byStage("titles.senior", func(r *rules) *model.ByStage[model.Share] { return &r.SeniorShare }, share),
		bySetting("titles.middle", func(r *rules) *model.RuleSetting { return &r.TitlesMiddle }),
		byStage("titles.middle", func(r *rules) *model.ByStage[model.Share] { return &r.MiddleShare }, share),
		{{"subsidy.budget", func(r *rules) field { return money(&r.SubsidyBudget) }},
			{"shortage.tier_weight_step", func(r *rules) field { return share(&r.TierWeightStep) }},
			{"shortage.school_weight", func(r *rules) field { return share(&r.SchoolWeight) }},
			{"soft.compelled", func(r *rules) field { return whole(&r.CompelledWeight) }},
			{"soft.claim_point", func(r *rules) field { return whole(&r.ClaimPointWeight) }},
			{"soft.claim_year", func(r *rules) field { return whole(&r.ClaimYearWeight) }},
			{"soft.off_subject", func(r *rules) field { return whole(&r.OffSubjectWeight) }},
			{"travel.per_kilometre", func(r *rules) field { return money(&r.TravelPerKilometre) }},
			{"travel.commute_range", func(r *rules) field { return metres(&r.CommuteRange) }},
			{"travel.commute_days", func(r *rules) field { return whole(&r.CommuteDays) }},
			{"travel.boarding_trips", func(r *rules) field { return whole(&r.BoardingTrips) }},
			{"cost.move", func(r *rules) field { return money(&r.MoveCost) }},
			{"cost.preference_step", func(r *rules) field { return money(&r.PreferenceStep) }},
			{"cost.preference_unlisted", func(r *rules) field { return money(&r.PreferenceUnlisted) }}},
		byPoints(),
		{{"indicator.least_pupils", func(r *rules) field { return whole(&r.IndicatorPupils) }}},
		bySetting("indicator.above_degree", func(r *rules) *model.RuleSetting { return &r.IndicatorDegree }),
		byStage("indicator.above_degree", func(r *rules) *model.ByStage[int] { return &r.AboveDegreePer100 }, hundredths),
		bySetting("indicator.backbone", func(r *rules) *model.RuleSetting { return &r.IndicatorBackbone }),
		byStage("indicator.backbone", func(r *rules) *model.ByStage[int] { return &r.BackbonePer100 }, hundredths),
		bySetting("indicator.arts", func(r *rules) *model.RuleSetting { return &r.IndicatorArts }),
		byStage("indicator.arts", func(r *rules) *model.ByStage[int] { return &r.ArtsPer100 }, hundredths),
		byStage("indicator.variation_cap", func(r *rules) *model.ByStage[model.Share] { return &r.VariationCap }, share),
		{{"retention.floor", func(r *rules) field { return share(&r.RetentionFloor) }}},
	}
	var all []binding
	for _, part := range list {
		all = append(all, part...)
	}
	return all
}

// bySetting binds the force and the weight of a rule, as in exchange.force.
func bySetting(key string, at func(*model.Rules) *model.RuleSetting) []binding {
	return []binding{
		{key + ".force", func(r *model.Rules) field { return force(&at(r).Force) }},
		{key + ".weight", func(r *model.Rules) field { return whole(&at(r).Weight) }},
	}
}

// byPoints binds the weights of points, as in rounds.points.year.
func byPoints() []binding {
	var list []binding
	for i, w := range new(model.PointWeights).List() {
		list = append(list, binding{"rounds.points." + w.Name, func(r *model.Rules) field { return whole(r.Points.List()[i].Value) }})
	}
	return list
}

// byStage binds one key for each stage, as in class_cap.primary.
func byStage[T any](key string, at func(*model.Rules) *model.ByStage[T], as func(*T) field) []binding {
	return []binding{
		{key + ".primary", func(r *model.Rules) field { return as(&at(r).Primary) }},
		{key + ".junior", func(r *model.Rules) field { return as(&at(r).Junior) }},
		{key + ".senior", func(r *model.Rules) field { return as(&at(r).Senior) }},
	}
}
