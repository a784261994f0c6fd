package model

import "testing"

// spoilt changes one teacher of a county.
func spoilt(place int, change func(t *Teacher)) func(*County) {
	return func(c *County) { change(&c.Teachers[place]) }
}

func TestTeacherWorkplaceFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"an id twice", func(c *County) {
			c.Teachers = append(c.Teachers, c.Teachers[2])
		}, `teachers T3: id "T3": want an id of its own; record 3 has it too`},
		{"no id", spoilt(2, func(t *Teacher) { t.ID = "" }), `teachers record 3: id "": want an id`},
		{"a school that is not there", spoilt(0, func(t *Teacher) { t.School = "s1" }), `teachers T1: school "s1": want an id from schools; did you mean "S1"?`},
		{"neither school nor pool", spoilt(2, func(t *Teacher) { t.Pool = PoolNone }), `teachers T3: pool "": want recruit or unplaced for a teacher without a school`},
		{"a pool that is none", spoilt(2, func(t *Teacher) { t.Pool = 3 }), `teachers T3: pool "pool(3)": want recruit or unplaced for a teacher without a school`},
		{"school and pool", spoilt(0, func(t *Teacher) { t.Pool = PoolUnplaced }), `teachers T1: pool "unplaced": want nothing for a teacher who has a school`},
		{"a working school that is not there", spoilt(1, func(t *Teacher) { t.WorkingSchool = "X9" }), `teachers T2: working_school "X9": want an id from schools`},
		{"working at the own school", spoilt(1, func(t *Teacher) { t.WorkingSchool = "S2" }),
			`teachers T2: working_school "S2": want another school than the personnel school, for a teacher who has one`},
		{"on exchange from the pool", spoilt(2, func(t *Teacher) { t.WorkingSchool, t.ExchangeEnds = "S1", 20270831 }),
			`teachers T3: working_school "S1": want another school than the personnel school, for a teacher who has one`},
		{"an exchange without an end", spoilt(1, func(t *Teacher) { t.ExchangeEnds = 0 }),
			`teachers T2: exchange_ends "": want the day on which the exchange ends, exactly where there is a working school`},
		{"an end without an exchange", spoilt(0, func(t *Teacher) { t.ExchangeEnds = 20270831 }),
			`teachers T1: exchange_ends "2027-08-31": want the day on which the exchange ends, exactly where there is a working school`},
		{"an end that is no day", spoilt(1, func(t *Teacher) { t.ExchangeEnds = 20270931 }), `teachers T2: exchange_ends "2027-09-31": want a day that exists, such as 2026-09-01`},
		{"a duty that is none", spoilt(0, func(t *Teacher) { t.Duty = 3 }), `teachers T1: duty "duty(3)": want active, leave or seconded`},
		{"leave of one at work", spoilt(1, func(t *Teacher) { t.Duty = DutyActive }), `teachers T2: duty_until "2027-01-01": want no day for a teacher at work`},
		{"leave until no day", spoilt(1, func(t *Teacher) { t.DutyUntil = 1 }), `teachers T2: duty_until "0000-00-01": want a day that exists, such as 2026-09-01`},
	})
}

func TestTeacherQualificationFaults(t *testing.T) {
	const order = `want primary, junior, senior, in this order, each at most once`
	checkFaults(t, []fault{
		{"no stages", spoilt(0, func(t *Teacher) { t.Stages = nil }), `teachers T1: stages "": want at least one of primary, junior and senior`},
		{"stages out of order", spoilt(0, func(t *Teacher) { t.Stages = []Stage{StageJunior, StagePrimary} }), `teachers T1: stages "primary": ` + order},
		{"a stage that is none", spoilt(0, func(t *Teacher) { t.Stages = []Stage{4} }), `teachers T1: stages "stage(4)": ` + order},
		{"the zero stage", spoilt(0, func(t *Teacher) { t.Stages = []Stage{0} }), `teachers T1: stages "": ` + order},
		{"no main subject", spoilt(0, func(t *Teacher) { t.Main = "" }), `teachers T1: main "": want a subject of the curriculum`},
		{"a main subject that is not there", spoilt(0, func(t *Teacher) { t.Main = "chinees" }),
			`teachers T1: main "chinees": want an id from curriculum; did you mean "chinese"?`},
		{"a second subject that is not there", spoilt(0, func(t *Teacher) { t.Second = []SubjectID{"musics"} }),
			`teachers T1: second "musics": want an id from curriculum; did you mean "music"?`},
		{"the main subject as the second", spoilt(0, func(t *Teacher) { t.Second = []SubjectID{"chinese"} }),
			`teachers T1: second "chinese": want further subjects, each once, without the main one`},
		{"an empty second subject", spoilt(0, func(t *Teacher) { t.Second = []SubjectID{""} }),
			`teachers T1: second "": want further subjects, each once, without the main one`},
		{"teaching a subject that is not there", spoilt(1, func(t *Teacher) { t.Teaches = "art" }), `teachers T2: teaches "art": want an id from curriculum`},
		{"teaching a stage that is none", spoilt(1, func(t *Teacher) { t.TeachesStage = 4 }), `teachers T2: teaches_stage "stage(4)": want primary, junior or senior`},
		{"a title that is none", spoilt(0, func(t *Teacher) { t.Title = 6 }), `teachers T1: title "title(6)": want none, third, second, first, senior or professor`},
		{"an evaluation that is none", spoilt(0, func(t *Teacher) { t.Evaluation = 5 }),
			`teachers T1: evaluation "evaluation(5)": want unqualified, basic, qualified or excellent, or nothing`},
		{"a backbone level that is none", spoilt(0, func(t *Teacher) { t.Backbone = 6 }),
			`teachers T1: backbone "backbone level(6)": want none, school, county, city, province or nation`},
		{"a degree that is none", spoilt(0, func(t *Teacher) { t.Degree = 5 }), `teachers T1: degree "degree(5)": want secondary, college, bachelor, master or doctor`},
		{"a language twice", spoilt(0, func(t *Teacher) { t.Languages = []Language{"zh", "zh"} }), `teachers T1: languages "zh": want languages, each once`},
		{"an empty language", spoilt(0, func(t *Teacher) { t.Languages = []Language{""} }), `teachers T1: languages "": want languages, each once`},
		{"a language that a list could not hold", spoilt(0, func(t *Teacher) { t.Languages = []Language{"zh;mn"} }),
			`teachers T1: languages "zh;mn": want an id without blanks around it, and without any of ; , / and quotes`},
	})
}

func TestTeacherServiceFaults(t *testing.T) {
	const once = `want maternity, illness, other, in this order, each at most once`
	checkFaults(t, []fault{
		{"no birthday", spoilt(0, func(t *Teacher) { t.Born = 0 }), `teachers T1: born "": want the day of birth`},
		{"a birthday that is no day", spoilt(0, func(t *Teacher) { t.Born = 19830229 }), `teachers T1: born "1983-02-29": want a day that exists, such as 2026-09-01`},
		{"a child", spoilt(0, func(t *Teacher) { t.Born = 20100902 }), `teachers T1: born "2010-09-02": want a day 16 to 80 years before 2026-09-01`},
		{"too old", spoilt(0, func(t *Teacher) { t.Born = 19450901 }), `teachers T1: born "1945-09-01": want a day 16 to 80 years before 2026-09-01`},
		{"a retirement that is no day", spoilt(0, func(t *Teacher) { t.Retires = 20401301 }), `teachers T1: retires "2040-13-01": want a day that exists, such as 2026-09-01`},
		{"years here below nothing", spoilt(0, func(t *Teacher) { t.YearsHere = -1 }), `teachers T1: years_here "-1": want a whole number from 0 to 60`},
		{"years here without a school", spoilt(2, func(t *Teacher) { t.YearsHere = 1 }), `teachers T3: years_here "1": want 0 for a teacher without a school`},
		{"rural years beyond a life", spoilt(0, func(t *Teacher) { t.RuralYears = 61 }), `teachers T1: rural_years "61": want a whole number from 0 to 60`},
		{"exemptions out of order", spoilt(0, func(t *Teacher) { t.Exemptions = []Exemption{ExemptionOther, ExemptionIllness} }), `teachers T1: exemptions "illness": ` + once},
		{"the zero exemption", spoilt(0, func(t *Teacher) { t.Exemptions = []Exemption{0} }), `teachers T1: exemptions "": ` + once},
		{"an exemption that is none", spoilt(0, func(t *Teacher) { t.Exemptions = []Exemption{4} }), `teachers T1: exemptions "exemption(4)": ` + once},
		{"a term that is none", spoilt(1, func(t *Teacher) { t.Term = 3 }), `teachers T2: term "service term(3)": want special-post or directed`},
		{"a term without an end", spoilt(1, func(t *Teacher) { t.TermEnds = 0 }),
			`teachers T2: term_ends "": want the day on which the service term ends, exactly where there is a term`},
		{"an end without a term", spoilt(0, func(t *Teacher) { t.TermEnds = 20270831 }),
			`teachers T1: term_ends "2027-08-31": want the day on which the service term ends, exactly where there is a term`},
		{"an end of term that is no day", spoilt(1, func(t *Teacher) { t.TermEnds = 20290832 }), `teachers T2: term_ends "2029-08-32": want a day that exists, such as 2026-09-01`},
	})
}

func TestTeacherWishFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"a home that is not there", spoilt(1, func(t *Teacher) { t.Home = "E22" }), `teachers T2: home "E22": want an id from townships; did you mean "E2"?`},
		{"points below nothing", spoilt(0, func(t *Teacher) { t.Points = -1 }), `teachers T1: points "-1": want a whole number from 0 to 1000000`},
		{"a wish for a school that is not there", spoilt(0, func(t *Teacher) { t.Preferences = []SchoolID{"S22"} }),
			`teachers T1: preferences "S22": want an id from schools; did you mean "S2"?`},
		{"a wish twice", spoilt(0, func(t *Teacher) { t.Preferences = []SchoolID{"S2", "S2"} }), `teachers T1: preferences "S2": want schools, each once`},
		{"an empty wish", spoilt(0, func(t *Teacher) { t.Preferences = []SchoolID{""} }), `teachers T1: preferences "": want schools, each once`},
		{"a partner who is not there", spoilt(2, func(t *Teacher) { t.Partner = "T9" }), `teachers T3: partner "T9": want an id from teachers; did you mean "T1"?`},
		{"a partner who has another", spoilt(2, func(t *Teacher) { t.Partner = "T1" }), `teachers T3: partner "T1": want another teacher whose partner is T3`},
		{"one's own partner", spoilt(2, func(t *Teacher) { t.Partner = "T3" }), `teachers T3: partner "T3": want another teacher whose partner is T3`},
	})
}
