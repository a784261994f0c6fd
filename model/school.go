package model

// School is a school or a teaching point (教学点).
type School struct {
	ID       SchoolID   `json:"id"`
	Name     string     `json:"name"`
	Township TownshipID `json:"township,omitempty"`
	District DistrictID `json:"district,omitempty"` // school district (学区)
	Position Position   `json:"position,omitzero"`
	Tier     Tier       `json:"tier,omitempty"` // hardship tier, 0 to MaxTier

	Town   bool `json:"town,omitempty"`   // in the county seat or a town (城镇)
	Strong bool `json:"strong,omitempty"` // a strong school (优质学校)
	Rural  bool `json:"rural,omitempty"`  // in a township or village (乡村)
	Weak   bool `json:"weak,omitempty"`   // a weak school (薄弱学校)

	Language Language `json:"language,omitempty"` // of instruction; "" asks for none in particular
	Grades   []Grade  `json:"grades"`             // in order, without repeats
	Boarders int      `json:"boarders,omitempty"` // boarding pupils
	Quota    int      `json:"quota,omitempty"`    // staffing quota (编制), all staff; 0: derived from pupils
	Housing  int      `json:"housing,omitempty"`  // places in transitional housing (周转房)
	// Posts of the title classes (职称结构比例): how many people of the class the school may have. Nil: by the
	// share of the rules, and without one no quota.
	SeniorPosts *int     `json:"senior_posts,omitempty"` // senior and professor (高级岗位)
	MiddlePosts *int     `json:"middle_posts,omitempty"` // first class (中级岗位)
	Partner     SchoolID `json:"partner,omitempty"`      // the school that supports this one (对口支援、集团校)
	// OutsidePartner is a school outside the county that runs or supports this one (托管), beside or in place of Partner.
	OutsidePartner OutsideID `json:"outside_partner,omitempty"`
	// AfterSchool is the weekly periods of after-school service (课后服务) of a class. Nil: by the rules; 0 is none.
	AfterSchool *Tenths `json:"after_school,omitempty"`
}

// Grade is one grade of a school.
type Grade struct {
	Grade   int `json:"grade"`             // 1 to 12
	Pupils  int `json:"pupils"`            //
	Classes int `json:"classes,omitempty"` // as they are now; 0: derived from the class cap
}

// Pupils counts the pupils of a stage, or of the whole school for stage 0.
func (s *School) Pupils(stage Stage) int {
	total := 0
	for _, g := range s.Grades {
		if stage == 0 || StageOf(g.Grade) == stage {
			total += g.Pupils
		}
	}
	return total
}

// TitlePosts gives the school's own number of posts of a title class; nil where it has none.
func (s *School) TitlePosts(class TitleClass) *int {
	switch class {
	case TitleClassSenior:
		return s.SeniorPosts
	case TitleClassMiddle:
		return s.MiddlePosts
	}
	return nil
}

// AfterSchoolPeriods gives the weekly periods of after-school service (课后服务) of a class of a stage.
func (s *School) AfterSchoolPeriods(stage Stage, rules *Rules) Tenths {
	if s.AfterSchool != nil {
		return *s.AfterSchool
	}
	return rules.AfterSchool.At(stage)
}

// HasStage reports whether the school teaches any grade of the stage.
func (s *School) HasStage(stage Stage) bool {
	for _, g := range s.Grades {
		if StageOf(g.Grade) == stage {
			return true
		}
	}
	return false
}
