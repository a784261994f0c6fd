package model

// Rules are the figures of the policy that a plan obeys, resolved from a policy
// pack and the county's overrides by model/policy, which also holds the source,
// the unit, the range and the effective date of each. A key of the pack names
// each field, as in "class_cap.primary".
type Rules struct {
	// Demand: how many posts a school has.
	ClassCap           ByStage[int]    `json:"class_cap"`            // pupils in a class, at most
	PupilsPerStaff     ByStage[Tenths] `json:"pupils_per_staff"`     // pupils for each staff member (生师比)
	NonTeachingShare   ByStage[Share]  `json:"non_teaching_share"`   // of the staff, who do not teach
	SmallSchoolPupils  int             `json:"small_school_pupils"`  // fewer pupils in a stage: classes count as well
	TeachersPerClass   Tenths          `json:"teachers_per_class"`   // in small schools (班师比)
	TeacherLoad        ByStage[Tenths] `json:"teacher_load"`         // periods a week of a full post
	SmallFundingPupils int             `json:"small_funding_pupils"` // fewer pupils are funded as this many
	BoarderFunding     Fen             `json:"boarder_funding"`      // a year for each boarding pupil

	// Moves: who may be moved, and how far.
	RotationYears       int        `json:"rotation_years"`        // at one school, then rotation is due
	ForcedDistance      Metres     `json:"forced_distance"`       // greatest road distance of a move that nobody asked for
	RoadFactor          Share      `json:"road_factor"`           // road distance, of the straight line
	NearRetirementYears int        `json:"near_retirement_years"` // within these, not moved against one's will
	RetirementAge       int        `json:"retirement_age"`        // years, where no date is on record
	SpecialPostYears    int        `json:"special_post_years"`    // service term of a special post (特岗)
	DirectedYears       int        `json:"directed_years"`        // service term after directed training (定向)
	ExchangeShare       Share      `json:"exchange_share"`        // of the eligible, exchanged each year
	ExchangeScope       ShareScope `json:"exchange_scope"`        //
	BackboneShare       Share      `json:"backbone_share"`        // of the exchanged, backbone teachers

	// Rules that cut across the network: off, soft with a weight, or hard.
	Exchange          RuleSetting    `json:"exchange"`           // the exchange share
	Backbone          RuleSetting    `json:"backbone"`           // the backbone share of the exchanged
	Rotation          RuleSetting    `json:"rotation"`           // who is due moves to another school
	RotationFrom      RotationFrom   `json:"rotation_from"`      // from which schools
	Return            RuleSetting    `json:"return"`             // of the exchanged, when the exchange has ended
	Support           RuleSetting    `json:"support"`            // of rural schools by their partner school
	SupportTeachers   int            `json:"support_teachers"`   // at each rural school, from its partner school
	Partners          RuleSetting    `json:"partners"`           // couples work near each other
	PartnersDistance  Metres         `json:"partners_distance"`  // road distance that is near, beside the same township
	Housing           RuleSetting    `json:"housing"`            // places in transitional housing
	Outflow           RuleSetting    `json:"outflow"`            // people who leave a school in one year
	OutflowShare      Share          `json:"outflow_share"`      // of a school's people, at most
	RuralFirst        RuleSetting    `json:"rural_first"`        // recruits and special posts go to rural schools
	SpecialPosts      RuleSetting    `json:"special_posts"`      // special posts serve their term at rural schools
	Experience        RuleSetting    `json:"experience"`         // floor of experienced teachers at a school
	ExperienceMin     Share          `json:"experience_min"`     // of a school's need, with a title of the first class or higher
	BackboneFloor     RuleSetting    `json:"backbone_floor"`     // floor of backbone teachers at a school
	BackboneMin       Share          `json:"backbone_min"`       // of a school's need, backbone teachers of any level
	TitlesSenior      RuleSetting    `json:"titles_senior"`      // people of senior titles, see School.SeniorPosts
	SeniorShare       ByStage[Share] `json:"senior_share"`       // senior posts, of a school's need; 0: no quota by share
	TitlesMiddle      RuleSetting    `json:"titles_middle"`      // people of the first class, see School.MiddlePosts
	MiddleShare       ByStage[Share] `json:"middle_share"`       // middle posts, of a school's need; 0: no quota by share
	IndicatorDegree   RuleSetting    `json:"indicator_degree"`   // teachers above the required degree, see AboveDegreePer100
	IndicatorBackbone RuleSetting    `json:"indicator_backbone"` // county-level or higher backbone teachers, see BackbonePer100
	IndicatorArts     RuleSetting    `json:"indicator_arts"`     // PE and art teachers, see ArtsPer100
	IndicatorPupils   int            `json:"indicator_pupils"`   // a school with fewer is left out of the indicators
	SubsidyBudget     Fen            `json:"subsidy_budget"`     // a month, for the county; 0: none

	// Objective: shortage weights, soft rules, and costs a month.
	TierWeightStep     Share  `json:"tier_weight_step"`     // shortage weighs so much more with each tier
	SchoolWeight       Share  `json:"school_weight"`        // of a school's sum beside its posts
	CompelledWeight    int    `json:"compelled_weight"`     // soft points of one move for rotation
	ClaimPointWeight   int    `json:"claim_point_weight"`   // soft points for each point (积分) of who is compelled
	ClaimYearWeight    int    `json:"claim_year_weight"`    // soft points for each rural year of who is compelled
	OffSubjectWeight   int    `json:"off_subject_weight"`   // soft points of teaching outside the main subject
	TravelPerKilometre Fen    `json:"travel_per_kilometre"` // cost of a kilometre travelled
	CommuteRange       Metres `json:"commute_range"`        // beyond it, people board in the week
	CommuteDays        int    `json:"commute_days"`         // return trips a month within range
	BoardingTrips      int    `json:"boarding_trips"`       // return trips a month beyond it
	MoveCost           Fen    `json:"move_cost"`            // of a change of school, a month
	PreferenceStep     Fen    `json:"preference_step"`      // loss for each rank below the first
	PreferenceUnlisted Fen    `json:"preference_unlisted"`  // loss where the school is not on the list

	// Hiring rounds: points (积分) of who has none on record.
	Points PointWeights `json:"points"`

	// Indicators of balanced quality (优质均衡), for each 100 pupils, in hundredths.
	AboveDegreePer100 ByStage[int]   `json:"above_degree_per_100"`
	BackbonePer100    ByStage[int]   `json:"backbone_per_100"`
	ArtsPer100        ByStage[int]   `json:"arts_per_100"`
	VariationCap      ByStage[Share] `json:"variation_cap"` // coefficient of variation between schools
	RetentionFloor    Share          `json:"retention_floor"`

	// Load and offices. Nobody has set them where they are 0, so that a county without them is the same as before there were any.
	AfterSchool        ByStage[Tenths] `json:"after_school,omitzero"`         // weekly periods of after-school service (课后服务) of a class: part of the load, see School.AfterSchool
	PrincipalTermYears int             `json:"principal_term_years,omitzero"` // term of a principal (校长); after two at one school the principal rotates
}

// TitleSetting gives the setting of the rule that keeps a title class within its posts.
func (r *Rules) TitleSetting(class TitleClass) RuleSetting {
	switch class {
	case TitleClassSenior:
		return r.TitlesSenior
	case TitleClassMiddle:
		return r.TitlesMiddle
	}
	return RuleSetting{}
}

// TitleShare gives the share of a school's need that are posts of a title class, by stage; 0 is no quota.
func (r *Rules) TitleShare(class TitleClass) ByStage[Share] {
	switch class {
	case TitleClassSenior:
		return r.SeniorShare
	case TitleClassMiddle:
		return r.MiddleShare
	}
	return ByStage[Share]{}
}

// ByStage is one value for each stage.
type ByStage[T any] struct {
	Primary T `json:"primary"`
	Junior  T `json:"junior"`
	Senior  T `json:"senior"`
}

// At gives the value of a stage; the zero value for stage 0.
func (b *ByStage[T]) At(stage Stage) (value T) {
	switch stage {
	case StagePrimary:
		return b.Primary
	case StageJunior:
		return b.Junior
	case StageSenior:
		return b.Senior
	}
	return value
}

// ShareScope says over whom a share is counted: the county or each school.
type ShareScope uint8

const (
	ScopeCounty ShareScope = iota
	ScopeSchool
)

var scopeTerms = terms{"scope", []term{{"county", "全县"}, {"school", "学校"}}}

// String gives the English word.
func (s ShareScope) String() string { return scopeTerms.word(uint8(s)) }

// Chinese gives the Chinese term.
func (s ShareScope) Chinese() string { return scopeTerms.zh(uint8(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s ShareScope) MarshalText() ([]byte, error) { return scopeTerms.marshal(uint8(s)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *ShareScope) UnmarshalText(text []byte) error {
	return scopeTerms.unmarshal(text, (*uint8)(s))
}

// RotationFrom says at which schools people who are due for rotation should move on.
type RotationFrom uint8

const (
	RotationFromTown RotationFrom = iota // at town and strong schools
	RotationFromAll                      // at every school
)

var rotationFromTerms = terms{"schools", []term{{"town", "城镇和优质学校"}, {"all", "所有学校"}}}

// String gives the English word.
func (f RotationFrom) String() string { return rotationFromTerms.word(uint8(f)) }

// Chinese gives the Chinese term.
func (f RotationFrom) Chinese() string { return rotationFromTerms.zh(uint8(f)) }

// MarshalText implements [encoding.TextMarshaler].
func (f RotationFrom) MarshalText() ([]byte, error) { return rotationFromTerms.marshal(uint8(f)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (f *RotationFrom) UnmarshalText(text []byte) error {
	return rotationFromTerms.unmarshal(text, (*uint8)(f))
}

// Force says whether a rule binds.
type Force uint8

const (
	ForceOff  Force = iota // not asked for
	ForceSoft              // every unit of shortfall costs the rule's weight in soft points
	ForceHard              // no plan without it
)

var forceTerms = terms{"force", []term{{"off", "不启用"}, {"soft", "软约束"}, {"hard", "硬约束"}}}

// String gives the English word.
func (f Force) String() string { return forceTerms.word(uint8(f)) }

// Chinese gives the Chinese term.
func (f Force) Chinese() string { return forceTerms.zh(uint8(f)) }

// MarshalText implements [encoding.TextMarshaler].
func (f Force) MarshalText() ([]byte, error) { return forceTerms.marshal(uint8(f)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (f *Force) UnmarshalText(text []byte) error { return forceTerms.unmarshal(text, (*uint8)(f)) }

// RuleSetting says how much a rule counts.
type RuleSetting struct {
	Force  Force `json:"force"`
	Weight int   `json:"weight"` // soft points for each unit of shortfall, where soft
}
