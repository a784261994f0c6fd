package policy

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

func load(t *testing.T, name string) *Pack {
	t.Helper()
	p, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// leaves gives the places of the plain values inside a struct, by name.
func leaves(v reflect.Value, name string, into map[string]reflect.Value) {
	if v.Kind() != reflect.Struct {
		into[name] = v
		return
	}
	for i := range v.NumField() {
		leaves(v.Field(i), name+"."+v.Type().Field(i).Name, into)
	}
}

// Setting a key changes one plain value of the rules, each key another, and all
// keys together change every one.
func TestEveryRuleHasOneKey(t *testing.T) {
	boundBy := map[string]string{}
	for _, b := range bindings() {
		var rules model.Rules
		var err error
		for _, text := range []string{"1", "1%", "school", "soft", "all"} {
			if err = b.field(&rules).set(text); err == nil {
				break
			}
		}
		if err != nil {
			t.Fatalf("%s takes none of the sample values: %v", b.key, err)
		}
		at := map[string]reflect.Value{}
		leaves(reflect.ValueOf(rules), "", at)
		for name, v := range at {
			if v.IsZero() {
				continue
			}
			if other, twice := boundBy[name]; twice {
				t.Errorf("%s and %s set the same %s", other, b.key, name)
			}
			boundBy[name] = b.key
		}
	}
	all := map[string]reflect.Value{}
	leaves(reflect.ValueOf(model.Rules{}), "", all)
	for name := range all {
		if boundBy[name] == "" {
			t.Errorf("no key sets Rules%s", name)
		}
	}
	if len(boundBy) != len(bindings()) {
		t.Errorf("%d keys set %d values", len(bindings()), len(boundBy))
	}
}

// Every value of every pack has a source, a range that it is in, and a text that
// is written back as it was; so do the alternatives, each of which can be set.
func TestPacks(t *testing.T) {
	for _, name := range Names() {
		p := load(t, name)
		if p.Name != name || p.Title == "" || p.TitleEn == "" {
			t.Errorf("%s: name %q, titles %q %q", name, p.Name, p.Title, p.TitleEn)
		}
		if len(p.Values) != len(Keys()) {
			t.Fatalf("%s has %d values for %d keys", name, len(p.Values), len(Keys()))
		}
		for i, v := range p.Values {
			if v.Key != Keys()[i] {
				t.Errorf("%s: value %d is %s: want %s", name, i, v.Key, Keys()[i])
			}
			if v.Unit == "" || v.Pack == "" || v.Effective == 0 {
				t.Errorf("%s: %s lacks its unit, pack or day: %+v", name, v.Key, v)
			}
			cited(t, name+" "+v.Key, v.Citation)
			for _, other := range v.Alternatives {
				cited(t, name+" "+v.Key+" alternative", other.Citation)
				if _, err := p.Resolve([]model.Override{{Key: v.Key, Value: other.Value}}); err != nil {
					t.Errorf("%s: an alternative can't be set: %v", name, err)
				}
			}
		}
		for _, f := range p.Facts {
			if f.ID == "" || f.Text == "" || f.TextEn == "" {
				t.Errorf("%s: a fact lacks a part: %+v", name, f)
			}
			cited(t, name+" "+f.ID, f.Citation)
		}
	}
}

func cited(t *testing.T, what string, c Citation) {
	t.Helper()
	if c.Source == "" || c.SourceEn == "" {
		t.Errorf("%s: no source", what)
	}
	if c.Kind != Checked && c.Kind != Secondary && c.Kind != Practice {
		t.Errorf("%s: kind %q", what, c.Kind)
	}
	if c.Effective != 0 && !c.Effective.Valid() {
		t.Errorf("%s: effective %s", what, c.Effective)
	}
}

// The ends of every range are settings that a county may have.
func TestRangesAreValidRules(t *testing.T) {
	for _, name := range Names() {
		p := load(t, name)
		subjects, lines, err := Curriculum(name)
		if err != nil {
			t.Fatal(err)
		}
		c := &model.County{Format: model.Format, ID: "c", Name: "县", Date: model.NewDate(2026, 9, 1), Policy: name, Subjects: subjects, Curriculum: lines,
			Schools: []model.School{{ID: "S1", Name: "一小", Grades: []model.Grade{{Grade: 1, Pupils: 10}}}}}
		for _, v := range p.Values {
			for _, bound := range []string{v.Low, v.High} {
				if bound == "" {
					continue
				}
				rules, err := p.Resolve([]model.Override{{Key: v.Key, Value: bound}})
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				c.Rules = rules
				if err := c.Validate(); err != nil {
					t.Errorf("%s: %s = %s: %v", name, v.Key, bound, err)
				}
			}
		}
	}
}

// The figures that the project is given.
func TestFigures(t *testing.T) {
	p := load(t, "fuxin")
	for key, want := range map[string]string{
		"class_cap.primary": "45", "class_cap.junior": "50", "class_cap.senior": "50",
		"pupils_per_staff.primary": "19", "pupils_per_staff.junior": "13.5", "pupils_per_staff.senior": "12.5",
		"non_teaching_share.primary": "9%", "non_teaching_share.junior": "15%", "non_teaching_share.senior": "15%",
		"teacher_load.primary": "16", "teacher_load.junior": "14", "teacher_load.senior": "12",
		"small_school.pupils": "200", "small_school.teachers_per_class": "2", "small_school.funding_pupils": "100",
		"boarder.funding": "200.00", "rotation.years": "6", "forced_move.distance": "40000", "forced_move.road_factor": "130%",
		"exemption.near_retirement_years": "5", "retirement.age": "60", "term.special_post_years": "3", "term.directed_years": "6",
		"exchange.share": "10%", "exchange.scope": "county", "exchange.backbone_share": "20%",
		"shortage.tier_weight_step": "20%", "shortage.school_weight": "100%",
		"soft.compelled": "1000", "soft.claim_point": "1", "soft.claim_year": "50", "soft.off_subject": "500",
		"travel.per_kilometre": "0.60", "travel.commute_range": "30000", "travel.commute_days": "22", "travel.boarding_trips": "4",
		"cost.move": "200.00", "cost.preference_step": "50.00", "cost.preference_unlisted": "500.00",
		"indicator.above_degree.primary": "4.20", "indicator.above_degree.junior": "5.30",
		"indicator.backbone.primary": "1.00", "indicator.backbone.junior": "1.00",
		"indicator.arts.primary": "0.90", "indicator.arts.junior": "0.90",
		"indicator.variation_cap.primary": "50%", "indicator.variation_cap.junior": "45%", "retention.floor": "97%",
	} {
		rules := p.Rules()
		if have, known := Text(&rules, key); !known || have != want {
			t.Errorf("%s is %q: want %q", key, have, want)
		}
	}
}

// The pack of the city replaces what its text fixes and nothing else.
func TestFuxinIsBasedOnNational(t *testing.T) {
	national, fuxin := load(t, "national"), load(t, "fuxin")
	var own []string
	for i, v := range fuxin.Values {
		if v.Pack == "fuxin" {
			own = append(own, v.Key)
			if !strings.Contains(v.Source, "阜政办发〔2020〕21号") {
				t.Errorf("%s: source %q", v.Key, v.Source)
			}
			continue
		}
		if diff := cmp.Diff(national.Values[i], v); diff != "" {
			t.Errorf("inherited value differs:\n%s", diff)
		}
	}
	want := []string{"class_cap.primary", "class_cap.junior", "small_school.funding_pupils", "boarder.funding", "retention.floor"}
	if diff := cmp.Diff(want, own); diff != "" {
		t.Error(diff)
	}
	if national.Rules().RetentionFloor == fuxin.Rules().RetentionFloor {
		t.Error("the packs differ in retention")
	}
}

func TestResolveFaults(t *testing.T) {
	tests := []struct {
		reason    string
		overrides []model.Override
		want      string
	}{
		{"a misspelt key gets the nearest one", []model.Override{{Key: "clas_cap.primary", Value: "40"}},
			`unknown policy key "clas_cap.primary": did you mean "class_cap.primary"?`},
		{"a value above its range", []model.Override{{Key: "class_cap.junior", Value: "101"}},
			`policy key class_cap.junior "101": want a whole number from 10 to 100 (pupils a class)`},
		{"a value of another unit", []model.Override{{Key: "exchange.share", Value: "0.1"}},
			`policy key exchange.share "0.1": want a percentage such as 9% from 0% to 100% (of the eligible a year)`},
		{"a negative amount", []model.Override{{Key: "cost.move", Value: "-1"}},
			`policy key cost.move "-1": want an amount in yuan with at most two decimal places from 0 to 100000 (yuan a month)`},
		{"a word outside the vocabulary", []model.Override{{Key: "exchange.scope", Value: "province"}},
			`policy key exchange.scope "province": want county or school`},
		{"no number at all", []model.Override{{Key: "rotation.years", Value: ""}},
			`policy key rotation.years "": want a whole number from 3 to 12 (years at one school)`},
		{"a number that does not fit", []model.Override{{Key: "rotation.years", Value: strings.Repeat("9", 99)}},
			`policy key rotation.years "` + strings.Repeat("9", 60) + `…": want a whole number from 3 to 12 (years at one school)`},
		{"a place after the point", []model.Override{{Key: "rotation.years", Value: "6.5"}},
			`policy key rotation.years "6.5": want a whole number from 3 to 12 (years at one school)`},
		{"the same key twice", []model.Override{{Key: "rotation.years", Value: "6"}, {Key: "rotation.years", Value: "9"}},
			`policy key rotation.years "9": want each key once`},
		{"two faults at once", []model.Override{{Key: "x", Value: "1"}, {Key: "retirement.age", Value: "90"}},
			"unknown policy key \"x\": one of class_cap.primary, class_cap.junior, class_cap.senior, pupils_per_staff.primary, pupils_per_staff.junior, " +
				"pupils_per_staff.senior, non_teaching_share.primary, non_teaching_share.junior, non_teaching_share.senior, small_school.pupils, " +
				"small_school.teachers_per_class, teacher_load.primary and 100 more\n" +
				`policy key retirement.age "90": want a whole number from 50 to 70 (years of age)`},
	}
	p := load(t, "national")
	for _, test := range tests {
		_, err := p.Resolve(test.overrides)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
		var key *KeyError
		if !errors.As(err, &key) {
			t.Errorf("%s: %T is no KeyError", test.reason, err)
		}
	}
}

func TestResolve(t *testing.T) {
	p := load(t, "national")
	before := p.Rules()
	have, err := p.Resolve([]model.Override{{Key: "class_cap.primary", Value: "40"}, {Key: "exchange.scope", Value: "school"},
		{Key: "indicator.arts.junior", Value: "1.25"}, {Key: "forced_move.distance", Value: "25000"}})
	if err != nil {
		t.Fatal(err)
	}
	want := before
	want.ClassCap.Primary, want.ExchangeScope, want.ArtsPer100.Junior, want.ForcedDistance = 40, model.ScopeSchool, 125, 25_000
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	if p.Rules() != before {
		t.Error("overrides changed the pack")
	}
}

func TestUnknownNames(t *testing.T) {
	p := load(t, "national")
	rules := p.Rules()
	if text, known := Text(&rules, "rotation.year"); known || text != "" {
		t.Errorf("an unknown key has the text %q", text)
	}
	if v, known := p.Value("rotation.year"); known || v.Key != "" {
		t.Errorf("an unknown key has the value %+v", v)
	}
	_, fault := p.Resolve([]model.Override{{Key: "rotation.year", Value: "6"}})
	var word *model.UnknownWordError
	if !errors.As(fault, &word) || word.What != "policy key" {
		t.Error(fault)
	}
	_, err := Load("fuxing")
	if err == nil || err.Error() != `unknown policy pack "fuxing": did you mean "fuxin"?` {
		t.Error(err)
	}
	_, _, err = Curriculum("national-2023")
	if err == nil || err.Error() != `unknown curriculum "national-2023": did you mean "national-2022"?` {
		t.Error(err)
	}
}

func TestMalformedPacks(t *testing.T) {
	tests := []struct{ reason, text, want string }{
		{"an unknown key", `{"format":1,"name":"x","base":"national","values":[{"key":"clas_cap.primary","value":"40"}]}`,
			`policy pack x: unknown policy key "clas_cap.primary": did you mean "class_cap.primary"?`},
		{"a value outside its range", `{"format":1,"name":"x","base":"national","values":[{"key":"class_cap.primary","value":"40","unit":"pupils","low":"41","high":"50"}]}`,
			`policy pack x: policy key class_cap.primary "40": want a whole number from 41 to 50 (pupils)`},
		{"no range", `{"format":1,"name":"x","base":"national","values":[{"key":"class_cap.primary","value":"40","unit":"pupils"}]}`,
			`policy pack x: policy key class_cap.primary "": want a range as a whole number`},
		{"a key twice", `{"format":1,"name":"x","base":"national","values":[{"key":"exchange.scope","value":"county"},{"key":"exchange.scope","value":"school"}]}`,
			`policy pack x: policy key exchange.scope "school": want each key once`},
		{"a key missing", `{"format":1,"name":"x"}`, `policy key class_cap.primary "": want a value for every key`},
		{"an unknown member", `{"format":1,"name":"x","value":[]}`, `policy pack: json: unknown field "value"`},
		{"another format", `{"format":2,"name":"x"}`, `policy pack x: format 2: want 1`},
		{"an unknown base", `{"format":1,"name":"x","base":"nation"}`, `policy pack x: base: unknown policy pack "nation": did you mean "national"?`},
	}
	for _, test := range tests {
		if _, err := parse([]byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s:\nhave %v\nwant %s", test.reason, err, test.want)
		}
	}
}
