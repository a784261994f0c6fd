package model

// Teacher is one person of the county's teaching staff. The id is opaque: names
// and ID numbers are kept apart, in [Person].
type Teacher struct {
	ID     TeacherID `json:"id"`
	School SchoolID  `json:"school,omitempty"` // personnel school (人事关系所在学校); "" is the county's pool
	Pool   Pool      `json:"pool,omitempty"`   // why there is no school; PoolNone exactly when there is one

	Stages []Stage     `json:"stages"`           // qualified for, in order
	Main   SubjectID   `json:"main"`             // main subject
	Second []SubjectID `json:"second,omitempty"` // further subjects qualified for

	// The present post. Where they are not given, CurrentPost fills them in.
	Teaches      SubjectID `json:"teaches,omitempty"`
	TeachesStage Stage     `json:"teaches_stage,omitempty"`

	Title      Title      `json:"title"`
	Backbone   Backbone   `json:"backbone"`
	Degree     Degree     `json:"degree"`
	Evaluation Evaluation `json:"evaluation,omitempty"` // the last yearly one (考核), where on record
	Born       Date       `json:"born"`
	Retires    Date       `json:"retires,omitempty"` // where known; otherwise by age, see Rules.RetirementAge
	YearsHere  int        `json:"years_here"`        // completed years at the personnel school
	RuralYears int        `json:"rural_years"`       // completed years of rural service

	Exemptions []Exemption `json:"exemptions,omitempty"` // personal: never shown in public
	Duty       Duty        `json:"duty"`
	DutyUntil  Date        `json:"duty_until,omitempty"` // end of leave or secondment; zero: open

	WorkingSchool SchoolID `json:"working_school,omitempty"` // while on exchange, else ""
	ExchangeEnds  Date     `json:"exchange_ends,omitempty"`

	Term     TermKind `json:"term,omitempty"` // service term (服务期)
	TermEnds Date     `json:"term_ends,omitempty"`

	Release        Release `json:"release,omitzero"`          // of the weekly load: it covers no periods
	PrincipalSince Date    `json:"principal_since,omitempty"` // principal (校长) of the personnel school since; zero: no principal

	Languages   []Language `json:"languages,omitempty"` // able to teach in
	Volunteer   bool       `json:"volunteer,omitempty"` // has asked to move
	Home        TownshipID `json:"home,omitempty"`      // home township, never finer
	Points      int        `json:"points,omitempty"`    // points of the hiring rounds (积分)
	Preferences []SchoolID `json:"preferences,omitempty"`
	Partner     TeacherID  `json:"partner,omitempty"`
}

// Release is the part of a teacher's load, in weekly periods, that goes to the development of rural teachers and covers no periods of the
// curriculum: 阜政办发〔2020〕21号 三（三）.
type Release struct {
	Outreach  Tenths `json:"outreach,omitempty"`  // lessons and talks in the countryside (送教下乡)
	Mentoring Tenths `json:"mentoring,omitempty"` // of rural teachers (导师团队)
	Training  Tenths `json:"training,omitempty"`  // at a strong school, beside its teachers (跟岗培训)
}

// Sum is the whole release time, in weekly periods.
func (r Release) Sum() Tenths { return r.Outreach + r.Mentoring + r.Training }

// RetiresOn gives the day of retirement: the one on record, or the birthday at
// which the teacher reaches the age of the rules.
func (t *Teacher) RetiresOn(rules *Rules) Date {
	if t.Retires != 0 {
		return t.Retires
	}
	return t.Born.AddYears(rules.RetirementAge)
}

// Away reports whether the teacher can't be planned on the given day: on leave,
// seconded, or retired.
func (t *Teacher) Away(day Date, rules *Rules) bool {
	if t.RetiresOn(rules) <= day {
		return true
	}
	return t.Duty != DutyActive && (t.DutyUntil == 0 || t.DutyUntil > day)
}

// OnExchange reports whether an exchange (交流) still runs on the given day.
func (t *Teacher) OnExchange(day Date) bool {
	return t.WorkingSchool != "" && t.ExchangeEnds > day
}

// CurrentSchool is where the teacher would work on the given day if nothing
// were decided: the working school while an exchange runs, then the personnel
// school again. It is "" for the pool.
func (t *Teacher) CurrentSchool(day Date) SchoolID {
	if t.OnExchange(day) {
		return t.WorkingSchool
	}
	return t.School
}

// CurrentPost is the post at the current school: the subject and the stage that
// the teacher teaches, by default the main subject and the first stage that both
// the teacher and the school have. It is zero for the pool. school must be the
// current school, or nil.
func (t *Teacher) CurrentPost(school *School) PostID {
	if school == nil {
		return PostID{}
	}
	post := PostID{School: school.ID, Stage: t.TeachesStage, Subject: t.Teaches}
	if post.Subject == "" {
		post.Subject = t.Main
	}
	if post.Stage != 0 && school.HasStage(post.Stage) {
		return post
	}
	post.Stage = 0
	for _, stage := range t.Stages {
		if school.HasStage(stage) {
			post.Stage = stage
			break
		}
	}
	for _, stage := range Stages() {
		if post.Stage == 0 && school.HasStage(stage) {
			post.Stage = stage
		}
	}
	return post
}
