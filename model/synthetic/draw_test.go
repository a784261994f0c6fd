package synthetic

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/xianguan/xianguan/model"
)

// bySchool groups teachers by their personnel school.
func bySchool(teachers []model.Teacher) map[model.SchoolID][]model.Teacher {
	groups := map[model.SchoolID][]model.Teacher{}
	for _, t := range teachers {
		groups[t.School] = append(groups[t.School], t)
	}
	return groups
}

func TestDrawTeachersApart(t *testing.T) {
	c := generate(t, Options{Teachers: 400, Seed: 5})
	inPost := map[model.SchoolID]int{}
	for _, s := range c.Schools {
		inPost[s.ID] = 6
	}
	before := bySchool(DrawTeachers(c, inPost, DefaultProfile(), 9))
	changed := c.Schools[1].ID
	inPost[changed] = 20
	after := bySchool(DrawTeachers(c, inPost, DefaultProfile(), 9))
	for _, s := range c.Schools {
		if len(after[s.ID]) != inPost[s.ID] {
			t.Errorf("%s: %d teachers, want %d", s.ID, len(after[s.ID]), inPost[s.ID])
		}
		diff := cmp.Diff(before[s.ID], after[s.ID], cmpopts.IgnoreFields(model.Teacher{}, "Partner"))
		if s.ID != changed && diff != "" {
			t.Errorf("a change in %s changes %s (-before +after):\n%s", changed, s.ID, diff)
		}
	}
}

// TestDrawTeachersBare draws for a county as a census of another country gives
// it: no townships, no towns, grades up to 12, other subjects.
func TestDrawTeachersBare(t *testing.T) {
	c := generate(t, Options{Teachers: 20})
	c.Townships, c.Teachers = nil, nil
	c.Subjects = []model.Subject{{ID: "malay", Name: "Bahasa Melayu"}, {ID: "moral", Name: "Moral"}}
	c.Curriculum = nil
	for grade := 1; grade <= 12; grade++ {
		c.Curriculum = append(c.Curriculum, model.CurriculumLine{Subject: "malay", Grade: grade, Periods: 200},
			model.CurriculumLine{Subject: "moral", Grade: grade, Periods: 100})
	}
	c.Schools = []model.School{
		{ID: "A1", Name: "SK Satu", Rural: true, Grades: []model.Grade{{Grade: 1, Pupils: 20}, {Grade: 2, Pupils: 18}}},
		{ID: "B2", Name: "SMK Dua", Grades: []model.Grade{{Grade: 9, Pupils: 80}, {Grade: 10, Pupils: 75}}},
		{ID: "C3", Name: "SK Tiga", Grades: []model.Grade{{Grade: 1}}},
	}
	for _, test := range []struct {
		reason  string
		profile Profile
	}{
		{"the default profile", DefaultProfile()},
		{"the zero profile", Profile{}},
	} {
		teachers := DrawTeachers(c, map[model.SchoolID]int{"A1": 7, "B2": 12, "nowhere": 3}, test.profile, 1)
		if len(teachers) != 19 {
			t.Errorf("%s: %d teachers, want 19", test.reason, len(teachers))
		}
		valid := *c
		valid.Teachers = teachers
		if err := valid.Validate(); err != nil {
			t.Errorf("%s: %v", test.reason, err)
		}
	}
	for _, teacher := range DrawTeachers(c, map[model.SchoolID]int{"A1": 30}, Profile{}, 1) {
		want := model.Teacher{ID: teacher.ID, School: "A1", Main: teacher.Main, Stages: []model.Stage{model.StagePrimary},
			Born: teacher.Born, YearsHere: teacher.YearsHere, RuralYears: teacher.RuralYears, Degree: teacher.Degree, Points: teacher.Points}
		if diff := cmp.Diff(want, teacher); diff != "" {
			t.Errorf("the zero profile draws more than a plain teacher (-want +got):\n%s", diff)
		}
	}
}

// TestHolders: a school gets all its people, few or many, and a school without
// pupils nobody.
func TestHolders(t *testing.T) {
	c := generate(t, Options{Teachers: 60, Seed: 3})
	d := newDrawing(c, DefaultProfile(), 3)
	for i := range c.Schools {
		s := &c.Schools[i]
		for _, n := range []int{1, 5, 40} {
			if got := len(d.holders(s, n)); got != n {
				t.Errorf("%s: %d holders, want %d", s.ID, got, n)
			}
		}
	}
	if got := len(d.holders(&model.School{ID: "empty"}, 4)); got != 0 {
		t.Errorf("a school without pupils: %d holders, want none", got)
	}
}

func TestRetirement(t *testing.T) {
	for _, test := range []struct {
		reason string
		born   model.Date
		woman  bool
		want   model.Date
	}{
		{"a man of 60 before 2025 has no delay", 19641231, false, 20241231},
		{"the first month of the rise adds one", 19650115, false, 20250215},
		{"four months later it is two", 19650515, false, 20250715},
		{"at most three years", 19761015, false, 20391015},
		{"long after as well", 19900228, false, 20530228},
		{"a woman of 55", 19700115, true, 20250215},
		{"a woman at the end of the rise", 19811215, true, 20391215},
	} {
		if got := retirement(test.born, test.woman); got != test.want {
			t.Errorf("%s: born %s retires %s, want %s", test.reason, test.born, got, test.want)
		}
	}
}

func TestApportion(t *testing.T) {
	for _, test := range []struct {
		reason  string
		total   int
		weights []int64
		want    []int
	}{
		{"exact", 6, []int64{1, 2, 3}, []int{1, 2, 3}},
		{"the largest remainder first", 10, []int64{47, 16, 37}, []int{5, 1, 4}},
		{"ties to the lower index", 2, []int64{1, 1, 1}, []int{1, 1, 0}},
		{"no weights, nothing", 5, []int64{0, 0}, []int{0, 0}},
	} {
		if diff := cmp.Diff(test.want, apportion(test.total, test.weights)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}
