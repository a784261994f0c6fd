package table

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/policy"
)

// large gives a valid county of 200 schools and the given number of teachers.
func large(t testing.TB, teachers int) *model.County {
	t.Helper()
	pack, err := policy.Load("national")
	if err != nil {
		t.Fatal(err)
	}
	c := &model.County{Format: model.Format, ID: "large", Name: "大县", Date: model.NewDate(2026, 9, 1), Policy: "national", Rules: pack.Rules()}
	if c.Subjects, c.Curriculum, err = policy.Curriculum("national"); err != nil {
		t.Fatal(err)
	}
	for i := range 200 {
		s := model.School{ID: model.SchoolID(fmt.Sprintf("S%03d", i)), Name: fmt.Sprintf("第%d小学", i), Position: model.Position{Lat: 42_000_000 + int32(i)*1000, Lon: 122_000_000}}
		for g := 1; g <= 6; g++ {
			s.Grades = append(s.Grades, model.Grade{Grade: g, Pupils: 40 + i, Classes: 2})
		}
		c.Schools = append(c.Schools, s)
	}
	for i := range teachers {
		c.Teachers = append(c.Teachers, model.Teacher{ID: model.TeacherID(fmt.Sprintf("T%05d", i)), School: c.Schools[i%200].ID,
			Stages: []model.Stage{model.StagePrimary}, Main: c.Subjects[i%10].ID, Second: []model.SubjectID{c.Subjects[i%10+1].ID},
			Title: model.TitleFirst, Degree: model.DegreeBachelor, Born: model.NewDate(1970+i%30, 5, 1+i%28), YearsHere: i % 20, RuralYears: i % 15,
			Languages: []model.Language{"zh"}, Volunteer: i%7 == 0, Preferences: []model.SchoolID{c.Schools[(i+1)%200].ID, c.Schools[(i+2)%200].ID}})
	}
	return c
}

func BenchmarkRead(b *testing.B) {
	c := large(b, 20_000)
	folder, file := filepath.Join(b.TempDir(), "folder"), filepath.Join(b.TempDir(), "county.json")
	if err := WriteFolder(folder, c); err != nil {
		b.Fatal(err)
	}
	if err := WriteJSON(file, c); err != nil {
		b.Fatal(err)
	}
	for _, path := range []string{folder, file} {
		b.Run(filepath.Base(path), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(path); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOutline(b *testing.B) {
	c := large(b, 20_000)
	text, err := json.Marshal(c)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		outlineOf("county.json", string(text), c)
	}
}
