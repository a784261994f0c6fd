package horizon

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
	"github.com/xianguan/xianguan/model/table"
)

// pupilsOf counts the pupils of a county by grade.
func pupilsOf(c *model.County) (count [grades + 1]int) {
	for i := range c.Schools {
		for _, g := range c.Schools[i].Grades {
			count[g.Grade] += g.Pupils
		}
	}
	return count
}

// Over random counties and years: nobody is lost or found, every clock goes on or begins anew for its reason, every year's plan passes the checker, and cohorts move up whole.
func TestYearsAreConserved(t *testing.T) {
	years, moved, retired, lapsed := 0, 0, 0, 0
	for seed := range uint64(12) {
		c, err := synthetic.Generate(synthetic.Options{Teachers: 60 + 20*int(seed%4), Landscape: []synthetic.Landscape{synthetic.Plain, synthetic.Mountain}[seed%2], Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		o := &Outlook{Births: -500, ToTown: model.Share(100 * (seed % 3)), Years: []scenario.Scenario{{Name: "one leaves", Leave: []model.TeacherID{c.Teachers[len(c.Teachers)-1].ID}}}}
		if c.Teachers[len(c.Teachers)-1].RetiresOn(&c.Rules) <= c.Date.AddYears(1) {
			o.Years = nil
		}
		all, err := Project(t.Context(), c, 4, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		for k, y := range all {
			if verdict := check.Plan(y.County, y.Plan); !verdict.OK() {
				t.Fatalf("seed %d, year %d: %v", seed, k, verdict.Err())
			}
			h := y.Headcount
			if h.After != h.Before-h.Retired-h.Left+h.Recruited || h.Before != len(y.County.Teachers) || k+1 < len(all) && h.After != len(all[k+1].County.Teachers) {
				t.Fatalf("seed %d, year %d: %+v", seed, k, h)
			}
			retired += h.Retired
			years++
			if k+1 < len(all) {
				m, l := heldClocks(t, y, all[k+1])
				moved += m
				lapsed += l
				now, next := pupilsOf(y.County), pupilsOf(all[k+1].County)
				for g := 1; g < grades; g++ {
					taken := false
					for i := range y.County.Schools {
						for _, x := range y.County.Schools[i].Grades {
							taken = taken || x.Grade == g+1
						}
					}
					if taken && next[g+1] != now[g] {
						t.Fatalf("seed %d, year %d: %d pupils of grade %d are %d a year later", seed, k, now[g], g, next[g+1])
					}
				}
			}
		}
	}
	t.Logf("%d years, %d moves, %d retired, %d terms, exchanges and leaves ended", years, moved, retired, lapsed)
	if moved < 100 || retired < 20 || lapsed < 5 {
		t.Error("too little happened to mean anything")
	}
}

// heldClocks holds each person of a year to the year before, by the words of the package and not by its code.
func heldClocks(t *testing.T, before, after Year) (moved, lapsed int) {
	t.Helper()
	day := after.Date
	was := map[model.TeacherID]*model.Teacher{}
	for i := range before.County.Teachers {
		was[before.County.Teachers[i].ID] = &before.County.Teachers[i]
	}
	at := map[model.TeacherID]*model.Assignment{}
	for i := range before.Plan.Assignments {
		at[before.Plan.Assignments[i].Teacher] = &before.Plan.Assignments[i]
	}
	rural := map[model.SchoolID]bool{}
	for _, s := range before.County.Schools {
		rural[s.ID] = s.Rural
	}
	for i := range after.County.Teachers {
		n := &after.County.Teachers[i]
		o, a := was[n.ID], at[n.ID]
		if o == nil {
			continue // recruited
		}
		if n.RetiresOn(&after.County.Rules) <= day {
			t.Fatalf("%s should have retired", n.ID)
		}
		years, service := o.YearsHere, o.RuralYears
		switch {
		case a.Ground == model.GroundAway || a.To.IsZero():
		case a.To.School == o.School || o.WorkingSchool == a.To.School && o.ExchangeEnds > before.Date:
			years++
		default:
			years = 1
			moved++
			if n.School != a.To.School || n.Pool != model.PoolNone {
				t.Fatalf("%s moved to %s and is at %q", n.ID, a.To.School, n.School)
			}
		}
		if a.Ground != model.GroundAway && rural[a.To.School] {
			service++
		}
		if n.YearsHere != years || n.RuralYears != service {
			t.Fatalf("%s: %d years here and %d rural, want %d and %d: %+v, %+v", n.ID, n.YearsHere, n.RuralYears, years, service, o, a)
		}
		if o.Term != n.Term || o.Duty != n.Duty || o.WorkingSchool != n.WorkingSchool {
			lapsed++
		}
		if o.Term != model.TermNone && (n.Term == model.TermNone) != (o.TermEnds <= day) || n.Term != model.TermNone && n.TermEnds != o.TermEnds {
			t.Fatalf("%s: the term %s to %s became %s to %s by %s", n.ID, o.Term, o.TermEnds, n.Term, n.TermEnds, day)
		}
		if n.WorkingSchool != "" && n.ExchangeEnds <= day {
			t.Fatalf("%s is on an exchange that ended %s", n.ID, n.ExchangeEnds)
		}
	}
	return moved, lapsed
}

// Pupils are dealt out to the last one, and every cohort counts.
func TestMoveUp(t *testing.T) {
	school := func(id string, town bool, grades ...model.Grade) model.School {
		return model.School{ID: model.SchoolID(id), Town: town, Rural: !town, Grades: grades}
	}
	schools := []model.School{
		school("point", false, model.Grade{Grade: 1, Pupils: 10, Classes: 1}, model.Grade{Grade: 2, Pupils: 9}),
		school("whole", true, model.Grade{Grade: 1, Pupils: 40}, model.Grade{Grade: 2, Pupils: 38}, model.Grade{Grade: 3, Pupils: 36}),
		school("upper", false, model.Grade{Grade: 3, Pupils: 12}),
	}
	for _, test := range []struct {
		reason string
		o      Outlook
		want   [3][]int
	}{
		{"nothing but time: the nine of the point go to the upper school", Outlook{}, [3][]int{{10, 10}, {40, 40, 38}, {9}}},
		{"a tenth fewer births", Outlook{Births: -1000}, [3][]int{{9, 10}, {36, 40, 38}, {9}}},
		{"a tenth leave the county's schools", Outlook{Lost: 1000}, [3][]int{{10, 9}, {40, 36, 34}, {8}}},
		{"a fifth of rural pupils go to town", Outlook{ToTown: 2000}, [3][]int{{8, 8}, {42, 42, 40}, {7}}},
	} {
		next := moveUp(schools, &test.o)
		for s, want := range test.want {
			var have []int
			for _, g := range next[s].Grades {
				have = append(have, g.Pupils)
				if g.Classes != 0 {
					t.Errorf("%s: classes of %s stay %d", test.reason, next[s].ID, g.Classes)
				}
			}
			if diff := cmp.Diff(want, have); diff != "" {
				t.Errorf("%s: %s\n%s", test.reason, next[s].ID, diff)
			}
		}
	}
	if schools[0].Grades[0].Classes != 1 {
		t.Error("the schools before were changed")
	}
}

func TestProjectRefuses(t *testing.T) {
	c, err := table.Read("../../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	var field *model.FieldError
	if _, err := Project(t.Context(), c, 0, nil, nil); !errors.As(err, &field) {
		t.Error(err)
	}
	if _, err := Project(t.Context(), c, 2, &Outlook{Lost: 9000}, nil); !errors.As(err, &field) || field.Field != "lost" {
		t.Error(err)
	}
	var year *Error
	if _, err := Project(t.Context(), c, 3, &Outlook{Years: []scenario.Scenario{{Leave: []model.TeacherID{"nobody"}}}}, nil); !errors.As(err, &year) || year.Year != c.Date.AddYears(1) {
		t.Error(err)
	}
	infeasible, err := table.Read("../../testdata/infeasible-exchange")
	if err != nil {
		t.Fatal(err)
	}
	var none *allocation.InfeasibleError
	if _, err := Project(t.Context(), infeasible, 2, nil, nil); !errors.As(err, &none) {
		t.Error(err)
	}
}
