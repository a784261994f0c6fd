package model

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fault is one way to spoil a valid county, and what Validate says then.
type fault struct {
	reason string
	spoil  func(c *County)
	want   string // all faults, a line each
}

func checkFaults(t *testing.T, tests []fault) {
	t.Helper()
	for _, test := range tests {
		c := valid()
		test.spoil(c)
		have := fmt.Sprint(c.Validate())
		if diff := cmp.Diff(test.want, have); diff != "" {
			t.Errorf("%s:\n%s", test.reason, diff)
		}
	}
}

func TestValid(t *testing.T) {
	if err := valid().Validate(); err != nil {
		t.Error(err)
	}
}

func TestCountyFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"a form from the future", func(c *County) { c.Format = 2 }, `settings: format "2": want 1, the version that this program reads`},
		{"no id", func(c *County) { c.ID = "" }, `settings: county.id "": want an id`},
		{"no name", func(c *County) { c.Name = "" }, `settings: county.name "": want the county's name`},
		{"no date", func(c *County) { c.Date = 0 }, `settings: county.date "": want the first day of the school year, such as 2026-09-01`},
		{"a date that is no day", func(c *County) { c.Date = 20260931 }, `settings: county.date "2026-09-31": want the first day of the school year, such as 2026-09-01`},
		{"a seat off the globe", func(c *County) { c.Seat = Position{91_000_000, -181_000_000} },
			"settings: lat \"91.000000\": want degrees from -90 to 90\nsettings: lon \"-181.000000\": want degrees from -180 to 180"},
		{"no policy", func(c *County) { c.Policy = "" }, `settings: policy "": want the name of a policy pack, such as national`},
		{"a name with a NUL byte", func(c *County) { c.Name = "a\x00" }, `settings: county.name "a\x00": want UTF-8 text without NUL bytes`},
		{"a source that is not UTF-8", func(c *County) { c.Origin.Source = "\xff" }, `settings: origin.source "\xff": want UTF-8 text without NUL bytes`},
		{"a licence that is not UTF-8", func(c *County) { c.Origin.Licence = "\xff" }, `settings: origin.licence "\xff": want UTF-8 text without NUL bytes`},
		{"an empty assumption", func(c *County) { c.Origin.Assumed = []string{"a", ""} }, `settings: origin.assumed "": want a sentence in each entry`},
		{"a township without an id", func(c *County) { c.Townships = append(c.Townships, Township{Name: "无"}) },
			`townships record 3: id "": want an id`},
		{"a township twice", func(c *County) { c.Townships = append(c.Townships, c.Townships[0]) },
			`townships E1: id "E1": want an id of its own; record 1 has it too`},
		{"a township off the globe", func(c *County) { c.Townships[0].Position.Lat = -90_000_001 },
			`townships E1: lat "-90.000001": want degrees from -90 to 90`},
		{"a township's name that is not UTF-8", func(c *County) { c.Townships[0].NameEn = "\xff" },
			`townships E1: name_en "\xff": want UTF-8 text without NUL bytes`},
	})
}

func TestCurriculumFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"no subjects", func(c *County) {
			*c = County{Format: Format, ID: "c", Name: "县", Date: 20260901, Policy: "p", Rules: validRules(), Schools: c.Schools[:1], Townships: c.Townships}
		},
			`curriculum: subject "": want at least one subject`},
		{"a subject twice", func(c *County) { c.Subjects = append(c.Subjects, c.Subjects[1]) },
			`curriculum music: subject "music": want an id of its own; record 2 has it too`},
		{"a subject without a name", func(c *County) { c.Subjects[0].Name = "" }, `curriculum chinese: name "": want the subject's name`},
		{"a language that is not UTF-8", func(c *County) { c.Subjects[0].Language = "\xff" }, `curriculum chinese: language "\xff": want UTF-8 text without NUL bytes`},
		{"an id that a list could not hold", func(c *County) { c.Subjects = append(c.Subjects, Subject{ID: "a;b", Name: "x"}) },
			`curriculum a;b: subject "a;b": want an id without blanks around it, and without any of ; , / and quotes`},
		{"a line of a subject that is not there", func(c *County) { c.Curriculum[0].Subject = "chines" },
			`curriculum chines: subject "chines": want an id from the subjects; did you mean "chinese"?`},
		{"a line of no subject", func(c *County) { c.Curriculum[0].Subject = "" }, `curriculum record 1: subject "": want an id from the subjects`},
		{"a grade beyond the twelfth", func(c *County) { c.Curriculum[1].Grade = 13 }, `curriculum chinese: grade "13": want a grade from 1 to 12`},
		{"no periods", func(c *County) { c.Curriculum[1].Periods = 0 }, `curriculum chinese: g2 "0": want weekly periods above 0 and up to 60`},
		{"periods beyond the week", func(c *County) { c.Curriculum[1].Periods = 601 }, `curriculum chinese: g2 "60.1": want weekly periods above 0 and up to 60`},
		{"a line twice", func(c *County) { c.Curriculum[1].Grade = 1 }, `curriculum chinese: g1 "7.5": want one number for each subject and grade`},
	})
}

func TestSubsidyFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"a harder tier pays less", func(c *County) { c.Subsidy[2].Monthly = 90_00 },
			`subsidies tier 2 from 0 years: yuan_per_month "90.00": want more than 100.00, which tier 1 pays after 0 years: the harder the place, the better the pay`},
		{"a harder tier pays the same", func(c *County) { c.Subsidy[3].Monthly, c.Subsidy[1].Monthly = 250_00, 250_00 },
			`subsidies tier 2 from 10 years: yuan_per_month "250.00": want more than 250.00, which tier 1 pays after 10 years: the harder the place, the better the pay`},
		{"a harder tier falls behind after some years", func(c *County) { c.Subsidy[1].Monthly = 220_00; c.Subsidy = c.Subsidy[:3] },
			`subsidies tier 2 from 0 years: yuan_per_month "200.00": want more than 220.00, which tier 1 pays after 10 years: the harder the place, the better the pay`},
		{"a harder tier begins to pay later", func(c *County) { c.Subsidy[2].FromYears = 3 },
			`subsidies tier 2 from 3 years: from_years "3": want at most 0, since tier 1 pays from then on: the harder the place, the better the pay`},
		{"pay falls with service", func(c *County) { c.Subsidy[1].Monthly = 90_00 },
			`subsidies tier 1 from 10 years: yuan_per_month "90.00": want at least 100.00: an amount never falls with service`},
		{"lines out of order", func(c *County) { c.Subsidy[0], c.Subsidy[1] = c.Subsidy[1], c.Subsidy[0] },
			`subsidies tier 1 from 0 years: from_years "0": want lines in order of tier, then of years, without repeats`},
		{"a line twice", func(c *County) { c.Subsidy[1] = c.Subsidy[0] },
			`subsidies tier 1 from 0 years: from_years "0": want lines in order of tier, then of years, without repeats`},
		{"an amount below nothing", func(c *County) { c.Subsidy[0].Monthly = -1 },
			`subsidies tier 1 from 0 years: yuan_per_month "-0.01": want an amount from 0 to 1000000.00`},
		{"a tier beyond the last", func(c *County) { c.Subsidy = append(c.Subsidy, SubsidyLine{7, 0, 900_00}) },
			`subsidies tier 7 from 0 years: tier "7": want a whole number from 0 to 6`},
		{"years below nothing", func(c *County) { c.Subsidy[0].FromYears = -1 },
			`subsidies tier 1 from -1 years: from_years "-1": want a whole number from 0 to 60`},
		{"a school of a tier that the schedule leaves out", func(c *County) { c.Schools[1].Tier = 3 },
			`schools S2: tier "3": want a tier of the subsidy schedule`},
	})
}

// A schedule of far too many lines is refused without comparing them all.
func TestSubsidyTooLong(t *testing.T) {
	c := valid()
	c.Subsidy = make(SubsidySchedule, 200_000)
	for i := range c.Subsidy {
		c.Subsidy[i] = SubsidyLine{2, i, 100_00}
	}
	faults := FieldErrors(c.Validate())
	want := &FieldError{Table: "subsidies", Index: -1, Field: "tier", Value: "200000", Want: "at most 427 lines"}
	if diff := cmp.Diff(want, faults[len(faults)-1]); diff != "" || len(faults) != 200_000-61+1 {
		t.Errorf("%d faults, the last:\n%s", len(faults), diff)
	}
}

// stageFaults is what is said of a stage without any rules.
func stageFaults(stage string) string {
	return strings.ReplaceAll("settings: class_cap.STAGE \"0\": want a whole number from 1 to 200\n"+
		"settings: pupils_per_staff.STAGE \"0\": want a whole number from 10 to 1000\n"+
		"settings: teacher_load.STAGE \"0\": want a whole number from 10 to 400\n", "STAGE", stage)
}

func TestRulesFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"no rules at all", func(c *County) { c.Rules = Rules{} }, stageFaults("primary") + stageFaults("junior") + stageFaults("senior") +
			"settings: rotation.years \"0\": want a whole number from 1 to 60\n" +
			"settings: forced_move.road_factor \"0\": want a whole number from 10000 to 50000\n" +
			`settings: retirement.age "0": want a whole number from 40 to 80`},
		{"more staff than pupils", func(c *County) { c.Rules.PupilsPerStaff.Junior = 9 }, `settings: pupils_per_staff.junior "9": want a whole number from 10 to 1000`},
		{"rotation from nowhere", func(c *County) { c.Rules.RotationFrom = 2 }, `settings: rotation.from "schools(2)": want town or all`},
		{"couples beyond the globe", func(c *County) { c.Rules.PartnersDistance = maxDistance + 1 },
			`settings: partners.distance "40000001": want a whole number from 0 to 40000000`},
		{"a rule of unknown force", func(c *County) { c.Rules.IndicatorArts.Force = 3 }, `settings: indicator.arts.force "force(3)": want off, soft or hard`},
		{"more arts teachers than pupils", func(c *County) { c.Rules.ArtsPer100.Senior = 10_001 }, `settings: indicator.arts.senior "10001": want a whole number from 0 to 10000`},
		{"nobody teaches", func(c *County) { c.Rules.NonTeachingShare.Senior = 5001 }, `settings: non_teaching_share.senior "5001": want a whole number from 0 to 5000`},
	})
}

func TestSchoolFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"no schools", func(c *County) { c.Schools, c.Teachers, c.Posts = nil, nil, nil }, `schools: id "": want at least one school`},
		{"no id", func(c *County) { c.Schools = append(c.Schools, School{Name: "x", Grades: []Grade{{1, 1, 1}}}) }, `schools record 3: id "": want an id`},
		{"an id twice", func(c *County) { s := c.Schools[0]; c.Schools = append(c.Schools, s) },
			`schools S1: id "S1": want an id of its own; record 1 has it too`},
		{"an id with blanks around it", func(c *County) { s := c.Schools[0]; s.ID = " S9"; c.Schools = append(c.Schools, s) },
			`schools  S9: id " S9": want an id without blanks around it, and without any of ; , / and quotes`},
		{"an id that is not UTF-8", func(c *County) { s := c.Schools[0]; s.ID = "\xff"; c.Schools = append(c.Schools, s) },
			"schools \xff: id \"\\xff\": want an id without blanks around it, and without any of ; , / and quotes"},
		{"no name", func(c *County) { c.Schools[0].Name = "" }, `schools S1: name "": want the school's name`},
		{"a district that is not UTF-8", func(c *County) { c.Schools[0].District = "\xff" }, `schools S1: district "\xff": want UTF-8 text without NUL bytes`},
		{"a township that is not there", func(c *County) { c.Schools[0].Township = "E3" },
			`schools S1: township "E3": want an id from townships; did you mean "E1"?`},
		{"off the globe", func(c *County) { c.Schools[0].Position.Lon = 180_000_001 }, `schools S1: lon "180.000001": want degrees from -180 to 180`},
		{"in a town and in the countryside", func(c *County) { c.Schools[0].Rural = true },
			`schools S1: rural "yes": want a school that is in a town (town) or in the countryside (rural), not both`},
		{"strong and weak", func(c *County) { c.Schools[0].Weak = true }, `schools S1: weak "yes": want a school that is strong or weak, not both`},
		{"more boarders than pupils", func(c *County) { c.Schools[0].Boarders = 79 }, `schools S1: boarders "79": want a whole number from 0 to 78`},
		{"a quota below nothing", func(c *County) { c.Schools[0].Quota = -1 }, `schools S1: quota "-1": want a whole number from 0 to 1000000`},
		{"a partner that is no school", func(c *County) { c.Schools[0].Partner = "S22" }, `schools S1: partner "S22": want an id from schools; did you mean "S2"?`},
		{"a school that supports itself", func(c *County) { c.Schools[0].Partner = "S1" }, `schools S1: partner "S1": want another school than S1 itself`},
		{"service of more than a week", func(c *County) { c.Schools[0].AfterSchool = new(Tenths); *c.Schools[0].AfterSchool = 601 },
			`schools S1: after_school "60.1": want weekly periods from 0 to 60`},
		{"a partner elsewhere that nobody knows", func(c *County) { c.Schools[0].OutsidePartner = "X9" },
			`schools S1: outside_partner "X9": want an id from outside`},
		{"release below nothing", func(c *County) { c.Teachers[0].Release.Mentoring = -10 },
			`teachers T1: mentoring "-1": want weekly periods from 0 to 60`},
		{"a principal from tomorrow", func(c *County) { c.Teachers[0].PrincipalSince = c.Date + 1 },
			`teachers T1: principal_since "2026-09-02": want a day of the teacher's life up to 2026-09-01, for somebody who has a school`},
		{"two principals of one school", func(c *County) {
			for i := range c.Teachers[:2] {
				t := &c.Teachers[i]
				t.School, t.Pool, t.PrincipalSince, t.WorkingSchool, t.ExchangeEnds = "S1", PoolNone, c.Date, "", 0
			}
		}, `teachers T2: principal_since "2026-09-01": want one principal for each school; record 1 has it too`},
		{"a school elsewhere that takes nobody", func(c *County) {
			c.Outside = []OutsideSchool{{ID: "X1", Name: "外", Stages: []Stage{StagePrimary}}}
		}, `outside X1: capacity "0": want a whole number from 1 to 1000000`},
		{"a school elsewhere without stages", func(c *County) { c.Outside = []OutsideSchool{{ID: "X1", Name: "外", Capacity: 1}} },
			`outside X1: stages "": want at least one of primary, junior and senior`},
		{"a school elsewhere for an unknown subject", func(c *County) {
			c.Outside = []OutsideSchool{{ID: "X1", Name: "外", Capacity: 1, Stages: []Stage{StagePrimary}, Subjects: []SubjectID{"dance"}}}
		}, `outside X1: subjects "dance": want an id from curriculum`},
		{"fewer posts than none", func(c *County) { c.Schools[0].SeniorPosts = new(int); *c.Schools[0].SeniorPosts = -1 },
			`schools S1: senior_posts "-1": want a whole number from 0 to 1000000`},
		{"posts beyond every school", func(c *County) { c.Schools[0].MiddlePosts = new(int); *c.Schools[0].MiddlePosts = 1_000_001 },
			`schools S1: middle_posts "1000001": want a whole number from 0 to 1000000`},
		{"housing below nothing", func(c *County) { c.Schools[0].Housing = -1 }, `schools S1: housing "-1": want a whole number from 0 to 1000000`},
		{"a tier beyond the last", func(c *County) { c.Subsidy, c.Schools[0].Tier = nil, 7 }, `schools S1: tier "7": want a whole number from 0 to 6`},
		{"no grades", func(c *County) { c.Schools[0].Grades, c.Schools[0].Boarders, c.Posts = nil, 0, nil }, `schools S1: pupils_g1 "": want pupils in at least one grade`},
		{"grades out of order", func(c *County) { c.Schools[0].Grades[1].Grade = 1 }, `schools S1: grade "1": want grades from 1 to 12, in order, each once`},
		{"a grade beyond the twelfth", func(c *County) { c.Schools[0].Grades[1].Grade = 13 }, `schools S1: grade "13": want grades from 1 to 12, in order, each once`},
		{"pupils below nothing", func(c *County) { c.Schools[0].Grades[1].Pupils = -1 }, `schools S1: pupils_g2 "-1": want a whole number from 0 to 20000`},
		{"more pupils than a grade can have", func(c *County) { c.Schools[0].Grades[1].Pupils = 20_001 }, `schools S1: pupils_g2 "20001": want a whole number from 0 to 20000`},
		{"classes below nothing", func(c *County) { c.Schools[0].Grades[1].Classes = -1 }, `schools S1: classes_g2 "-1": want a whole number from 0 to 1000`},
		{"classes without pupils", func(c *County) { c.Schools[1].Grades[0].Pupils = 0 }, `schools S2: classes_g6 "1": want no classes where there are no pupils`},
	})
}

func TestPostFaults(t *testing.T) {
	checkFaults(t, []fault{
		{"a post twice", func(c *County) { c.Posts[1] = c.Posts[0] }, `posts S1/primary/music: school "S1": want each post once; record 1 has it too`},
		{"a need below nothing", func(c *County) { c.Posts[0].Need = -1 }, `posts S1/primary/music: need "-1": want a whole number from 0 to 1000000`},
		{"no school", func(c *County) { c.Posts[0].School = "" }, `posts /primary/music: school "": want an id from schools`},
		{"a school that is not there", func(c *County) { c.Posts[0].School = "S3" }, `posts S3/primary/music: school "S3": want an id from schools; did you mean "S1"?`},
		{"no subject", func(c *County) { c.Posts[0].Subject = "" }, `posts S1/primary/: subject "": want a subject of the curriculum`},
		{"a subject that is not there", func(c *County) { c.Posts[0].Subject = "musik" },
			`posts S1/primary/musik: subject "musik": want an id from curriculum; did you mean "music"?`},
		{"a stage that the school lacks", func(c *County) { c.Posts[0].Stage = StageSenior }, `posts S1/senior/music: stage "senior": want a stage that the school teaches`},
		{"no stage", func(c *County) { c.Posts[0].Stage = 0 }, `posts S1//music: stage "": want a stage that the school teaches`},
	})
}

// Faults are all reported at once, each a *FieldError that names its record.
func TestFieldErrors(t *testing.T) {
	c := valid()
	c.Schools[1].Quota, c.Teachers[2].Points, c.Teachers[0].School = -1, -2, "S4"
	err := fmt.Errorf("county: %w", errors.Join(c.Validate(), errors.New("another error")))
	want := []*FieldError{
		{Table: "schools", Index: 1, ID: "S2", Field: "quota", Value: "-1", Want: "a whole number from 0 to 1000000"},
		{Table: "teachers", Index: 0, ID: "T1", Field: "school", Value: "S4", Want: `an id from schools; did you mean "S1"?`},
		{Table: "teachers", Index: 2, ID: "T3", Field: "points", Value: "-2", Want: "a whole number from 0 to 1000000"},
	}
	if diff := cmp.Diff(want, FieldErrors(err)); diff != "" {
		t.Error(diff)
	}
	if FieldErrors(nil) != nil || FieldErrors(errors.New("no field")) != nil {
		t.Error("there is no field error in these")
	}
}

// Wrong names without end get no suggestions after a while, and still an error each.
func TestManyWrongNames(t *testing.T) {
	c := valid()
	for i := range 100_000 {
		c.Teachers = append(c.Teachers, Teacher{ID: TeacherID(fmt.Sprint("R", i)), School: "S1", Stages: []Stage{StagePrimary}, Main: "chinese", Born: 19800101,
			Partner: TeacherID(fmt.Sprint("Q", i))})
	}
	faults := FieldErrors(c.Validate())
	suggested := 0
	for _, f := range faults {
		if strings.Contains(f.Want, "did you mean") {
			suggested++
		}
	}
	if len(faults) != 100_000 || suggested == 0 || suggested > suggestions/len(c.Teachers) {
		t.Errorf("%d faults with %d suggestions", len(faults), suggested)
	}
}
