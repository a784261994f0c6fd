package check

import (
	"errors"
	"fmt"
	"testing"

	"github.com/xianguan/xianguan/model"
)

func TestViolationSentence(t *testing.T) {
	tests := []struct {
		reason    string
		violation Violation
		want      string
	}{
		{"a teacher in a post", Violation{Rule: model.RuleStage, Teacher: "T1", Post: at("A", junior, "music"), Want: "one of the stages [primary]", Got: "junior"},
			"rule stage, teacher T1, post A/junior/music: want one of the stages [primary], got junior"},
		{"a school", Violation{Rule: model.RuleQuota, School: "A", Want: "at most 3 people", Got: "4"},
			"rule quota, school A: want at most 3 people, got 4"},
		{"the plan as a whole", Violation{Rule: model.RuleRecord, Want: "format 1", Got: "2"},
			"rule record: want format 1, got 2"},
	}
	for _, test := range tests {
		if got := test.violation.Error(); got != test.want {
			t.Errorf("%s: %q, want %q", test.reason, got, test.want)
		}
	}
}

func TestErrJoinsTypedViolations(t *testing.T) {
	c := goodCounty()
	p := goodPlan(c)
	p.Format, p.Policy = 9, "other"
	err := Plan(c, p).Err()
	var first Violation
	if !errors.As(err, &first) || first.Want != "format 1" || first.Got != "9" {
		t.Errorf("the first violation is %+v", first)
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 2 {
		t.Errorf("the error does not join two: %v", err)
	}
}

// TestCausesStayPrivate: no violation tells why somebody is exempt.
func TestCausesStayPrivate(t *testing.T) {
	c := goodCounty()
	p := goodPlan(c)
	moves("T09", at("B", primary, "chinese"))(p)
	seal(c, p)
	noDiff(t, "violations", []Violation{{Rule: model.RuleExemption, Teacher: "T09", Post: at("B", primary, "chinese"),
		Want: "no rotation of who is exempt or near retirement", Got: "a rotation"}}, Plan(c, p).Violations())
}

func TestEvaluateUnknownTeacher(t *testing.T) {
	c := goodCounty()
	_, violations := Evaluate(c, model.Options{}, map[model.TeacherID]model.PostID{"T99": at("A", primary, "music")})
	if len(violations) == 0 || violations[0].Teacher != "T99" || violations[0].Rule != model.RuleRecord {
		t.Errorf("an unknown teacher is not named first: %v", violations)
	}
}

// largeCounty has 50 teachers in each school, all in their post.
func largeCounty(teachers int) (*model.County, map[model.TeacherID]model.PostID) {
	c := county(nil, nil)
	c.Curriculum = weekly()
	to := map[model.TeacherID]model.PostID{}
	subjects := []model.SubjectID{"chinese", "english", "mathematics", "music", "pe"}
	for i := range teachers {
		school := model.SchoolID(fmt.Sprintf("S%04d", i/50))
		if i%50 == 0 {
			c.Schools = append(c.Schools, model.School{ID: school, Name: string(school), Tier: model.Tier(i / 50 % 4),
				Position: north(int32(42_000_000 + i)), Grades: grades(1, 180, 180, 180, 180, 180, 180)})
		}
		t := teacher(model.TeacherID(fmt.Sprintf("T%05d", i)), school, subjects[i%5], home("TB"), volunteer("S0000"))
		c.Teachers = append(c.Teachers, t)
		to[t.ID] = at(school, primary, t.Main)
	}
	return c, to
}

func BenchmarkPlan(b *testing.B) {
	c, to := largeCounty(20_000)
	p := planOf(c, model.Options{Seed: 1}, to)
	if err := Plan(c, p).Err(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		Plan(c, p)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	c := twoSchools(teacher("T1", "A", "music"), teacher("T2", "A", "music", volunteer()), teacher("T3", "B", "music"),
		teacher("T4", "", "music"), teacher("T5", "", "chinese"), teacher("T6", "B", "music", due))
	to := map[model.TeacherID]model.PostID{"T1": at("A", primary, "music"), "T2": at("B", primary, "music"), "T5": at("A", primary, "chinese")}
	b.ReportAllocs()
	for b.Loop() {
		Evaluate(c, model.Options{}, to)
	}
}
