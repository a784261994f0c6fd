package appeal_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation/appeal"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func tiny(t testing.TB) *model.County {
	t.Helper()
	c, err := table.Read("../../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Every field of a teacher and of a school takes a value, says what it was, and takes it back; the county that was given stays as it was.
func TestCorrectEveryField(t *testing.T) {
	type fields = map[string][2]string // the value, and what it was
	values := fields{
		"born": {"1970-01-02", "1990-05-12"}, "retires": {"2040-01-01", ""}, "exemption": {"illness", ""}, "second": {"music", ""}, "stage": {"junior", "primary"},
		"language": {"mn", ""}, "main": {"music", "chinese"}, "title": {"senior", "second"}, "backbone": {"county", "none"}, "degree": {"master", "bachelor"},
		"evaluation": {"excellent", "none"}, "years_here": {"3", "8"}, "rural_years": {"12", "0"}, "points": {"99", "60"}, "home": {"hill", "seat"},
		"partner": {"T3", ""}, "volunteer": {"yes", "no"}, "preference": {"S3", ""}, "duty": {"leave", "active"}, "duty_until": {"2027-01-01", ""},
		"term": {"special-post", ""}, "term_ends": {"2028-07-01", ""}, "exchange_ends": {"2027-07-01", ""},
	}
	schools := fields{"pupils": {"1=90", "1=80"}, "classes": {"2=3", "2=2"}, "quota": {"9", "0"}, "boarders": {"4", "0"}, "housing": {"2", "0"}, "partner": {"S3", ""}}
	needs := map[string]appeal.Correction{ // what has to come with it for the county to be valid
		"duty_until": {Teacher: "T2", Field: "duty", Value: "leave"}, "term": {Teacher: "T2", Field: "term_ends", Value: "2028-07-01"},
		"term_ends": {Teacher: "T2", Field: "term", Value: "directed"},
	}
	c := tiny(t)
	hash := c.Hash()
	known, knownSchools := appeal.Fields()
	check := func(list []appeal.FieldName, want fields, of func(*appeal.Correction)) {
		for _, f := range list {
			w, tested := want[f.Name]
			if !tested || f.Chinese == "" {
				t.Errorf("field %s is not tested or has no Chinese name", f.Name)
				continue
			}
			x := appeal.Correction{Field: f.Name, Value: w[0]}
			of(&x)
			list := []appeal.Correction{x}
			if with, ok := needs[f.Name]; ok {
				list = append(list, with)
			}
			after, applied, err := appeal.Correct(c, list)
			if f.Name == "exchange_ends" { // nobody of tiny is on exchange
				if err == nil {
					t.Error("the end of an exchange without one was taken")
				}
				continue
			}
			if err != nil || applied[0].Was != w[1] || after.Hash() == hash {
				t.Errorf("%s: %v %+v", f.Name, err, applied)
			}
		}
	}
	check(known, values, func(x *appeal.Correction) { x.Teacher = "T2" })
	check(knownSchools, schools, func(x *appeal.Correction) { x.School = "S1" })
	if c.Hash() != hash {
		t.Error("the county that was given has changed")
	}
}

func TestCorrectionsFollowEachOther(t *testing.T) {
	c := tiny(t)
	after, applied, err := appeal.Correct(c, []appeal.Correction{
		{Teacher: "T4", Field: "exemption", Value: "maternity", Remove: true},
		{Teacher: "T2", Field: "exemption", Value: "other"},
		{Teacher: "T2", Field: "exemption", Value: "重病"},
		{Teacher: "T2", Field: "partner", Value: "T3"},
		{Teacher: "T4", Field: "partner", Value: "T2"},
		{Teacher: "T1", Field: "points", Value: "71"},
		{Teacher: "T1", Field: "points", Value: "72"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"maternity", "", "other", "", "", "70", "71"}
	var was []string
	for _, a := range applied {
		was = append(was, a.Was)
	}
	if diff := cmp.Diff(want, was); diff != "" {
		t.Error(diff)
	}
	byID := map[model.TeacherID]model.Teacher{}
	for _, teacher := range after.Teachers {
		byID[teacher.ID] = teacher
	}
	if diff := cmp.Diff([]model.Exemption{model.ExemptionIllness, model.ExemptionOther}, byID["T2"].Exemptions); diff != "" {
		t.Error(diff)
	}
	if byID["T2"].Partner != "T4" || byID["T3"].Partner != "" || byID["T4"].Exemptions != nil || byID["T1"].Points != 72 {
		t.Errorf("%+v", byID)
	}
}

func TestCorrectRefuses(t *testing.T) {
	for _, tc := range []struct {
		reason string
		x      appeal.Correction
		want   string
	}{
		{"nobody", appeal.Correction{Field: "born", Value: "1970-01-01"}, "a teacher or of a school"},
		{"both", appeal.Correction{Teacher: "T1", School: "S1", Field: "born"}, "not both"},
		{"a teacher who is not there", appeal.Correction{Teacher: "T7x", Field: "born", Value: "1970-01-01"}, "a teacher of the county"},
		{"a school that is not there", appeal.Correction{School: "S44", Field: "quota", Value: "1"}, `did you mean "S4"?`},
		{"a field that is not there", appeal.Correction{Teacher: "T1", Field: "birth", Value: "1970-01-01"}, "a field that can be corrected"},
		{"a day that is not there", appeal.Correction{Teacher: "T1", Field: "born", Value: "1970-02-30"}, "is not a day"},
		{"a day that can't be", appeal.Correction{Teacher: "T1", Field: "born", Value: "2024-01-01"}, "16 to 80 years"},
		{"a Chinese word with a slip", appeal.Correction{Teacher: "T1", Field: "exemption", Value: "重并"}, `did you mean "重病"?`},
		{"a subject that is not taught", appeal.Correction{Teacher: "T1", Field: "second", Value: "musik"}, `did you mean "music"?`},
		{"an entry that is there", appeal.Correction{Teacher: "T5", Field: "second", Value: "music"}, "not on record yet"},
		{"an entry that is not there", appeal.Correction{Teacher: "T5", Field: "second", Value: "chinese", Remove: true}, "one of those on record: music"},
		{"years below 0", appeal.Correction{Teacher: "T1", Field: "rural_years", Value: "-1"}, "a whole number of 0 or more"},
		{"neither yes nor no", appeal.Correction{Teacher: "T1", Field: "volunteer", Value: "maybe"}, "yes or no"},
		{"a grade that the school has not", appeal.Correction{School: "S1", Field: "pupils", Value: "3=40"}, "it has no grade 3"},
		{"a grade without a number", appeal.Correction{School: "S1", Field: "pupils", Value: "40"}, "GRADE=NUMBER"},
		{"a partner who is not there", appeal.Correction{Teacher: "T1", Field: "partner", Value: "T9"}, `did you mean "T1"?`},
		{"one's own partner", appeal.Correction{Teacher: "T1", Field: "partner", Value: "T1"}, "another teacher"},
	} {
		after, _, err := appeal.Correct(tiny(t), []appeal.Correction{tc.x})
		if err == nil || after != nil || !strings.Contains(err.Error(), tc.want) || len(model.FieldErrors(err)) == 0 {
			t.Errorf("%s: %v, want %q", tc.reason, err, tc.want)
		}
	}
}

func TestReadAppeals(t *testing.T) {
	list, err := appeal.Read(strings.NewReader(`[{"day": "2026-07-02", "teacher": "T2", "ground": "exemption", "post": {"school": "S1", "stage": "primary", "subject": "music"}}]`))
	want := []appeal.Appeal{{Day: 20260702, Teacher: "T2", Ground: appeal.GroundExemption, Post: model.PostID{School: "S1", Stage: model.StagePrimary, Subject: "music"}}}
	if diff := cmp.Diff(want, list); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for reason, text := range map[string]string{
		"no list": `{"day": "2026-07-02"}`, "an unknown field": "[\n{\"who\": \"T2\"}]", "an unknown ground": `[{"ground": "exemtion"}]`,
		"something after": "[]\n[]", "no end": `[{"day": "2026-07-02"`, "no day": `[{"day": "2026-02-30"}]`,
	} {
		if list, err := appeal.Read(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("%s: %v %v", reason, list, err)
		}
	}
}

// Whatever is read as appeals can be written and read again, and judged against a county, without a panic.
func FuzzAppeals(f *testing.F) {
	f.Add(`[{"day": "2026-07-02", "teacher": "T2", "ground": "exemption"}]`)
	f.Add(`[{"appeal": "A001", "upheld": true, "corrections": [{"teacher": "T2", "field": "exemption", "value": "illness"}]}]`)
	f.Add(`[{}]`)
	c := tiny(f)
	f.Fuzz(func(t *testing.T, text string) {
		if list, err := appeal.Read(strings.NewReader(text)); err == nil {
			for i := range list {
				list[i].Validate(c)
			}
		}
		if list, err := appeal.ReadDecisions(strings.NewReader(text)); err == nil {
			for i := range list {
				list[i].Validate(&appeal.Appeal{ID: "A001", Day: 20260702})
				after, applied, err := appeal.Correct(c, list[i].Corrections)
				if err == nil && (after.Validate() != nil || len(applied) != len(list[i].Corrections)) {
					t.Errorf("corrected to a county that is not valid: %q", text)
				}
			}
		}
	})
}
