package model

import "testing"

func TestPresence(t *testing.T) {
	rules := validRules()
	const day = 20260901
	tests := []struct {
		reason    string
		teacher   Teacher
		away      bool
		retiresOn Date
	}{
		{"at work", Teacher{Born: 19800506}, false, 20400506},
		{"retires that very day by age", Teacher{Born: 19660901}, true, 20260901},
		{"retires the day after by age", Teacher{Born: 19660902}, false, 20260902},
		{"the date on record comes first", Teacher{Born: 19800506, Retires: 20260831}, true, 20260831},
		{"and so does a later one", Teacher{Born: 19600506, Retires: 20270831}, false, 20270831},
		{"on leave without an end", Teacher{Born: 19800506, Duty: DutyLeave}, true, 20400506},
		{"on leave that has ended", Teacher{Born: 19800506, Duty: DutyLeave, DutyUntil: day}, false, 20400506},
		{"seconded for longer", Teacher{Born: 19800506, Duty: DutySeconded, DutyUntil: day + 1}, true, 20400506},
	}
	for _, test := range tests {
		if have := test.teacher.Away(day, &rules); have != test.away {
			t.Errorf("%s: away is %v", test.reason, have)
		}
		if have := test.teacher.RetiresOn(&rules); have != test.retiresOn {
			t.Errorf("%s: retires on %s, want %s", test.reason, have, test.retiresOn)
		}
	}
}

func TestCurrentSchool(t *testing.T) {
	away := Teacher{School: "S1", WorkingSchool: "S2", ExchangeEnds: 20270831}
	tests := []struct {
		reason  string
		teacher Teacher
		day     Date
		want    SchoolID
		on      bool
	}{
		{"no exchange", Teacher{School: "S1"}, 20260901, "S1", false},
		{"an exchange that runs", away, 20270830, "S2", true},
		{"an exchange on its last day is over", away, 20270831, "S1", false},
		{"the pool", Teacher{Pool: PoolRecruit}, 20260901, "", false},
	}
	for _, test := range tests {
		if have := test.teacher.CurrentSchool(test.day); have != test.want || test.teacher.OnExchange(test.day) != test.on {
			t.Errorf("%s: %q, on exchange %v", test.reason, have, test.teacher.OnExchange(test.day))
		}
	}
}

func TestCurrentPost(t *testing.T) {
	nine := &School{ID: "S9", Grades: []Grade{{Grade: 6}, {Grade: 7}}}
	senior := &School{ID: "S10", Grades: []Grade{{Grade: 10}}}
	both := []Stage{StagePrimary, StageJunior}
	tests := []struct {
		reason  string
		teacher Teacher
		school  *School
		want    PostID
	}{
		{"the pool holds no post", Teacher{Main: "pe"}, nil, PostID{}},
		{"the main subject in the first common stage", Teacher{Main: "pe", Stages: both}, nine, PostID{"S9", StagePrimary, "pe"}},
		{"the stage on record", Teacher{Main: "pe", Stages: both, TeachesStage: StageJunior}, nine, PostID{"S9", StageJunior, "pe"}},
		{"the subject on record", Teacher{Main: "pe", Stages: both, Teaches: "music"}, nine, PostID{"S9", StagePrimary, "music"}},
		{"a stage on record that the school lacks", Teacher{Main: "pe", Stages: []Stage{StageJunior}, TeachesStage: StageSenior}, nine, PostID{"S9", StageJunior, "pe"}},
		{"no common stage: the school's first", Teacher{Main: "pe", Stages: []Stage{StageSenior}}, nine, PostID{"S9", StagePrimary, "pe"}},
		{"no common stage in a senior school", Teacher{Main: "pe", Stages: both}, senior, PostID{"S10", StageSenior, "pe"}},
	}
	for _, test := range tests {
		if have := test.teacher.CurrentPost(test.school); have != test.want {
			t.Errorf("%s: %s, want %s", test.reason, have, test.want)
		}
	}
}
