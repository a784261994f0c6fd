package horizon

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// Over random counties, outlooks and years nobody is lost or found: the headcount adds up to the person by the checker's own count, every clock goes on or begins
// anew for its reason, every plan passes, and cohorts move up whole.
func TestHeadcountIsConserved(t *testing.T) {
	var all Headcount
	rapid.Check(t, func(t *rapid.T) {
		c, err := synthetic.Generate(synthetic.Options{Teachers: rapid.IntRange(40, 140).Draw(t, "teachers"), Landscape: rapid.SampledFrom([]synthetic.Landscape{synthetic.Plain, synthetic.Mountain}).Draw(t, "landscape"),
			Seed: rapid.Uint64Range(1, 1000).Draw(t, "seed")})
		if err != nil {
			t.Fatal(err)
		}
		o := busy(c, rapid.Uint64().Draw(t, "lots"))
		o.Cohorts.Lost = nil
		o.Conversion = nil
		if share := rapid.IntRange(-1, 10_000).Draw(t, "conversion"); share >= 0 {
			p := Percent(share)
			o.Conversion = &p
		}
		o.Attrition[0].Share = Percent(rapid.IntRange(0, 5000).Draw(t, "attrition"))
		for k := range rapid.IntRange(1, 4).Draw(t, "years") {
			plan, err := allocation.Solve(t.Context(), c, nil)
			if err != nil {
				t.Fatal(err)
			}
			next, h, err := Next(c, plan, &o, k)
			if err != nil {
				t.Fatal(err)
			}
			found, err := check.Follows(c, plan, next)
			if err != nil {
				t.Fatalf("year %d: %v", k, err)
			}
			if h.After != h.Before-h.Gone()+h.Came() || h.Before != len(c.Teachers) || h.After != len(next.Teachers) || h.Retired != len(found.Retired) || h.Ended+h.Left != len(found.Gone) || h.Came() != len(found.Came) {
				t.Fatalf("year %d: %+v, the checker counts %+v", k, h, found)
			}
			now, later := pupilsOf(c), pupilsOf(next)
			for g := 1; g < grades; g++ {
				if later[g+1] != now[g] && taught(c, g+1) {
					t.Fatalf("year %d: %d pupils of grade %d are %d a year later", k, now[g], g, later[g+1])
				}
			}
			all.Retired, all.Ended, all.Left, all.Converted, all.Promoted, all.Returned = all.Retired+h.Retired, all.Ended+h.Ended, all.Left+h.Left, all.Converted+h.Converted, all.Promoted+h.Promoted, all.Returned+h.Returned
			all.Open, all.Special, all.Directed = all.Open+h.Open, all.Special+h.Special, all.Directed+h.Directed
			c = next
		}
	})
	t.Logf("%+v", all)
	if min(all.Retired, all.Ended, all.Left, all.Open, all.Special, all.Directed, all.Returned) == 0 {
		t.Error("too little happened to mean anything")
	}
}

// pupilsOf counts the pupils of a county by grade.
func pupilsOf(c *model.County) (count [grades + 1]int) {
	for i := range c.Schools {
		for _, g := range c.Schools[i].Grades {
			count[g.Grade] += g.Pupils
		}
	}
	return count
}

func taught(c *model.County, grade int) bool {
	return slices.ContainsFunc(c.Schools, func(s model.School) bool {
		return slices.ContainsFunc(s.Grades, func(g model.Grade) bool { return g.Grade == grade })
	})
}

// Each rule of the step between two years, broken, is caught: by the checker, which works the year out again by code of its own.
func TestBrokenYearsAreCaught(t *testing.T) {
	c, plan, next := eventful(t)
	was := map[model.TeacherID]*model.Teacher{}
	for i := range c.Teachers {
		was[c.Teachers[i].ID] = &c.Teachers[i]
	}
	given := map[model.TeacherID]*model.Assignment{}
	for i := range plan.Assignments {
		given[plan.Assignments[i].Teacher] = &plan.Assignments[i]
	}
	type person struct {
		now   *model.Teacher
		a     *model.Assignment
		later *model.Teacher
	}
	for _, m := range []struct {
		reason string
		field  string
		whom   func(p person) bool
		break_ func(p person)
	}{
		{"a move does not begin the clock of rotation anew", "years here", func(p person) bool { return p.a.Moved() && p.now.YearsHere > 2 && p.later.YearsHere == 1 }, func(p person) { p.later.YearsHere = p.now.YearsHere + 1 }},
		{"the clock begins anew though nobody moved", "years here", func(p person) bool { return p.a.Ground == model.GroundStay && p.now.YearsHere > 2 }, func(p person) { p.later.YearsHere = 1 }},
		{"a year is not counted", "years here", func(p person) bool { return p.a.Ground == model.GroundStay }, func(p person) { p.later.YearsHere-- }},
		{"an exchange begins the clock at the personnel school anew", "years here", func(p person) bool { return p.later.WorkingSchool != "" }, func(p person) { p.later.YearsHere = 1 }},
		{"rural service is not counted", "rural years", func(p person) bool { return p.later.RuralYears > p.now.RuralYears }, func(p person) { p.later.RuralYears-- }},
		{"town service counts as rural", "rural years", func(p person) bool { return p.a.Ground == model.GroundStay && p.later.RuralYears == p.now.RuralYears }, func(p person) { p.later.RuralYears++ }},
		{"a year of leave counts", "years here", func(p person) bool { return p.a.Ground == model.GroundAway && p.later.School != "" }, func(p person) { p.later.YearsHere++ }},
		{"a term goes on after its end", "term", func(p person) bool { return p.now.Term != model.TermNone && p.later.Term == model.TermNone }, func(p person) { p.later.Term, p.later.TermEnds = p.now.Term, p.now.TermEnds }},
		{"a term ends early", "term", func(p person) bool { return p.later.Term != model.TermNone }, func(p person) { p.later.Term, p.later.TermEnds = model.TermNone, 0 }},
		{"a move begins a term anew", "end of the term", func(p person) bool { return p.later.Term != model.TermNone && p.a.Moved() }, func(p person) { p.later.TermEnds = p.later.TermEnds.AddYears(1) }},
		{"a term becomes another", "term", func(p person) bool { return p.later.Term == model.TermSpecialPost }, func(p person) { p.later.Term = model.TermDirected }},
		{"an exchange does not end", "working school", func(p person) bool { return p.now.WorkingSchool != "" && p.later.WorkingSchool == "" }, func(p person) { p.later.WorkingSchool, p.later.ExchangeEnds = p.now.WorkingSchool, p.now.ExchangeEnds }},
		{"an exchange ends early", "working school", func(p person) bool { return p.later.WorkingSchool != "" }, func(p person) { p.later.WorkingSchool, p.later.ExchangeEnds = "", 0 }},
		{"an exchange is prolonged", "end of the exchange", func(p person) bool { return p.later.WorkingSchool != "" }, func(p person) { p.later.ExchangeEnds = p.later.ExchangeEnds.AddYears(1) }},
		{"the exchanged lose their personnel school", "school", func(p person) bool { return p.later.WorkingSchool != "" }, func(p person) { p.later.School = p.later.WorkingSchool }},
		{"a principal's first day is forgotten", "principal since", func(p person) bool { return p.later.PrincipalSince != 0 }, func(p person) { p.later.PrincipalSince = 0 }},
		{"who left as a teacher is still the principal", "principal since", func(p person) bool { return p.now.PrincipalSince != 0 && p.later.PrincipalSince == 0 }, func(p person) { p.later.PrincipalSince = p.now.PrincipalSince }},
		{"leave does not end", "duty", func(p person) bool { return p.now.Duty != model.DutyActive && p.later.Duty == model.DutyActive }, func(p person) { p.later.Duty, p.later.DutyUntil = p.now.Duty, p.now.DutyUntil }},
		{"a wish outlives the move", "wish to move", func(p person) bool { return p.a.Moved() && p.now.Volunteer }, func(p person) { p.later.Volunteer = true }},
		{"a wish is forgotten", "wish to move", func(p person) bool { return p.later.Volunteer }, func(p person) { p.later.Volunteer = false }},
		{"who moved is where they were", "school", func(p person) bool { return p.a.Moved() && p.now.School != "" && p.now.School != p.a.To.School }, func(p person) { p.later.School = p.now.School }},
		{"who was placed still waits", "pool", func(p person) bool { return p.now.Pool != model.PoolNone && p.later.Pool == model.PoolNone }, func(p person) { p.later.Pool = p.now.Pool }},
		{"somebody gets younger", "born", func(p person) bool { return true }, func(p person) { p.later.Born = p.later.Born.AddYears(1) }},
		{"a title falls", "title", func(p person) bool { return p.later.Title > model.TitleSecond }, func(p person) { p.later.Title = model.TitleNone }},
		{"somebody teaches another subject than planned", "subject", func(p person) bool { return p.a.Ground == model.GroundStay && p.later.Teaches != "" }, func(p person) { p.later.Teaches = "other" }},
	} {
		broken := *next
		broken.Teachers = slices.Clone(next.Teachers)
		found := false
		for i := range broken.Teachers {
			t := &broken.Teachers[i]
			if p := (person{was[t.ID], given[t.ID], t}); p.now != nil && !found && m.whom(p) {
				m.break_(p)
				found = true
			}
		}
		if !found {
			t.Errorf("%s: nobody to try it on", m.reason)
			continue
		}
		_, err := check.Follows(c, plan, &broken)
		if !blames(err, m.field) {
			t.Errorf("%s: the checker says %v", m.reason, err)
		}
	}
	retired := slices.IndexFunc(c.Teachers, func(x model.Teacher) bool { return x.RetiresOn(&c.Rules) <= next.Date })
	broken := *next
	broken.Teachers = append(slices.Clone(next.Teachers), c.Teachers[retired])
	if _, err := check.Follows(c, plan, &broken); !blames(err, "retirement") {
		t.Errorf("who should have retired is still there: %v", err)
	}
	broken.Teachers = append(slices.Clone(next.Teachers), next.Teachers[0])
	if _, err := check.Follows(c, plan, &broken); !blames(err, "id") {
		t.Errorf("somebody is there twice: %v", err)
	}
	broken.Teachers, broken.Date = next.Teachers, c.Date
	if _, err := check.Follows(c, plan, &broken); !blames(err, "date") {
		t.Errorf("no year has passed: %v", err)
	}
	broken.Teachers, broken.Date = next.Teachers[1:], next.Date
	if found, _ := check.Follows(c, plan, &broken); len(found.Gone) == 0 {
		t.Error("somebody who vanished is not counted as gone")
	}
}

func blames(err error, field string) bool {
	for _, e := range joined(err) {
		var s *check.SuccessionError
		if errors.As(e, &s) && s.Field == field {
			return true
		}
	}
	return false
}

func joined(err error) []error {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		return j.Unwrap()
	}
	return []error{err}
}

// eventful is a year in which every rule of the step has somebody, with its plan and the year after it.
func eventful(t *testing.T) (*model.County, *model.Plan, *model.County) {
	t.Helper()
	c := county(t, 4, 300)
	day := c.Date
	changed, bound := 0, 0
	for i := range c.Teachers {
		x := &c.Teachers[i]
		switch {
		case x.Pool == model.PoolRecruit && bound == 0: // placed this year, a term that runs on
			x.Term, x.TermEnds = model.TermSpecialPost, day.AddYears(3)
			bound++
		case x.School == "" || x.WorkingSchool != "" || x.Term != model.TermNone || x.Duty != model.DutyActive || x.RetiresOn(&c.Rules) <= day.AddYears(2):
			continue
		case changed < 2:
			x.Term, x.TermEnds = model.TermDirected, day.AddYears(1)
		case changed < 4:
			x.Term, x.TermEnds = model.TermSpecialPost, day.AddYears(2)
		case changed < 8:
			other := c.Schools[0].ID
			if other == x.School {
				other = c.Schools[1].ID
			}
			x.WorkingSchool, x.ExchangeEnds, x.Teaches, x.TeachesStage = other, day.AddYears(1+changed%2), "", 0
		case changed < 9:
			x.Duty, x.DutyUntil = model.DutyLeave, day.AddYears(1)
		}
		changed++
	}
	led := map[model.SchoolID]bool{} // principals who wish to move, since some do
	for i := range c.Teachers {
		if x := &c.Teachers[i]; x.Volunteer && x.School != "" && !led[x.School] {
			x.PrincipalSince, led[x.School] = day.AddYears(-3), true
		}
	}
	plan, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	next, _, err := Next(c, plan, &Outlook{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := check.Follows(c, plan, next); err != nil {
		t.Fatalf("the year as it is: %v", err)
	}
	return c, plan, next
}

// The lots take what is expected: over many years as many as the share says, no person twice, and the same for the same seed.
func TestDraw(t *testing.T) {
	var ids []model.TeacherID
	for i := range 37 {
		ids = append(ids, model.TeacherID(strings.Repeat("x", i+1)))
	}
	total := 0
	for year := range 2000 {
		drawn := draw(ids, 250, 9, model.NewDate(2000+year, 9, 1), "test")
		if again := draw(ids, 250, 9, model.NewDate(2000+year, 9, 1), "test"); !slices.Equal(drawn, again) {
			t.Fatal("two draws differ")
		}
		seen := map[model.TeacherID]bool{}
		for _, id := range drawn {
			if seen[id] {
				t.Fatal("drawn twice")
			}
			seen[id] = true
		}
		total += len(drawn)
	}
	if expected := 37 * 2000 * 250 / 10_000; total < expected*95/100 || total > expected*105/100 {
		t.Errorf("%d left, %d expected", total, expected)
	}
	if len(draw(ids, 10_000, 1, 1, "test")) != len(ids) || len(draw(nil, 500, 1, 1, "test")) != 0 {
		t.Error("all or none")
	}
}

// Of special posts whose term ends the share stays on, free titles go to who served in the countryside, housing and subsidies change in their year.
func TestEventsOfTheYears(t *testing.T) {
	c := county(t, 3, 200)
	two := 2
	served := -1
	for i := range c.Schools {
		if c.Schools[i].Rural {
			c.Schools[i].SeniorPosts = &two
		}
	}
	ended := 0
	for i := range c.Teachers {
		x := &c.Teachers[i]
		x.Title = min(x.Title, model.TitleFirst)
		if x.School != "" && x.Title == model.TitleFirst && x.RetiresOn(&c.Rules) > c.Date.AddYears(2) {
			served = i
		}
		if x.Pool == model.PoolNone && x.Duty == model.DutyActive && x.WorkingSchool == "" && x.RetiresOn(&c.Rules) > c.Date.AddYears(1) && ended < 10 {
			x.Term, x.TermEnds = model.TermSpecialPost, c.Date.AddYears(1)
			ended++
		}
	}
	if served < 0 {
		t.Fatal("nobody to promote")
	}
	half := Percent(5000)
	o := Outlook{Conversion: &half, Promote: true, Housing: []Housing{{c.Schools[0].ID, c.Date.Year() + 1, 7}}, Years: []scenario.Scenario{{Name: "up", Subsidies: []scenario.Subsidies{{Percent: 10}}}}}
	next, h, err := Next(c, unmoved(c), &o, 0)
	if err != nil {
		t.Fatal(err)
	}
	if h.Ended < 5 || h.Converted != h.Ended || h.Promoted == 0 {
		t.Errorf("%+v", h)
	}
	if next.Schools[0].Housing != c.Schools[0].Housing+7 || next.Subsidy[0].Monthly <= c.Subsidy[0].Monthly {
		t.Error("no housing, or no more subsidy")
	}
	senior := map[model.SchoolID]int{}
	for i := range next.Teachers {
		if next.Teachers[i].Title == model.TitleSenior {
			senior[next.Teachers[i].School]++
		}
	}
	for school, n := range senior {
		if n > two {
			t.Errorf("%s has %d senior people on %d posts", school, n, two)
		}
	}
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
		o      Cohorts
		step   int
		want   [3][]int
	}{
		{"nothing but time: the nine of the point go to the upper school", Cohorts{}, 0, [3][]int{{10, 10}, {40, 40, 38}, {9}}},
		{"a tenth fewer births", Cohorts{Births: []Percent{-1000}}, 0, [3][]int{{9, 10}, {36, 40, 38}, {9}}},
		{"a tenth fewer births, in the second year only", Cohorts{Births: []Percent{0, -1000}}, 1, [3][]int{{9, 10}, {36, 40, 38}, {9}}},
		{"the last value holds on", Cohorts{Births: []Percent{-1000}}, 7, [3][]int{{9, 10}, {36, 40, 38}, {9}}},
		{"a tenth leave the county's schools", Cohorts{Lost: []Percent{1000}}, 0, [3][]int{{10, 9}, {40, 36, 34}, {8}}},
		{"a fifth of rural pupils go to town", Cohorts{ToTown: []Percent{2000}}, 0, [3][]int{{8, 8}, {42, 42, 40}, {7}}},
	} {
		next := moveUp(schools, &test.o, test.step)
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
