package principals

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/model"
)

// random is a county of a few schools and principals: all that rotation looks at.
func random(r *rand.Rand) *model.County {
	c := &model.County{ID: "random", Date: 20260901}
	c.Rules.RoadFactor, c.Rules.ForcedDistance, c.Rules.RetirementAge, c.Rules.NearRetirementYears = 13_000, 30_000, 60, 5
	for i := range 2 + r.IntN(4) {
		s := model.School{ID: model.SchoolID(rune('A' + i)), Position: model.Position{Lat: 42_000_000 + int32(r.IntN(300_000)), Lon: 122_000_000 + int32(r.IntN(300_000))}}
		s.Town = r.IntN(3) == 0
		s.Rural = !s.Town
		s.Weak = s.Town && r.IntN(4) == 0
		if r.IntN(4) == 0 {
			s.Language = "mn"
		}
		s.Grades = []model.Grade{{Grade: []int{1, 7}[r.IntN(3)/2], Pupils: 10}}
		c.Schools = append(c.Schools, s)
		if r.IntN(5) == 0 {
			continue
		}
		t := model.Teacher{ID: model.TeacherID("T" + string(s.ID)), School: s.ID, Stages: []model.Stage{model.StagePrimary}, Born: 19750101, PrincipalSince: model.Date((2008+r.IntN(18))*10000 + 901)}
		switch r.IntN(8) {
		case 0:
			t.Exemptions = []model.Exemption{model.ExemptionIllness}
		case 1:
			t.Born = 19680101
		case 2:
			t.Stages = append(t.Stages, model.StageJunior)
		}
		if r.IntN(2) == 0 {
			t.Languages = []model.Language{"mn"}
		}
		if r.IntN(2) == 0 {
			t.Stages = append(t.Stages[:1:1], model.StageJunior)
		}
		c.Teachers = append(c.Teachers, t)
	}
	return c
}

// every tries every way to give schools to principals.
func every(c *model.County, o Options) []int64 {
	var best []int64
	all := heads(c, o)
	taken := make([]bool, len(c.Schools))
	var walk func(i int, value []int64)
	walk = func(i int, value []int64) {
		if i == len(all) {
			if best == nil || slices.Compare(value, best) < 0 {
				best = slices.Clone(value)
			}
			return
		}
		t := all[i].Teacher
		years := c.Date.YearsSince(t.PrincipalSince)
		bound := len(t.Exemptions) > 0 || t.Born.AddYears(60) <= c.Date.AddYears(5)
		due := !bound && years >= 2*o.TermYears
		for s := range c.Schools {
			school, next := &c.Schools[s], slices.Clone(value)
			if taken[s] {
				continue
			}
			if school.ID == t.School {
				if due {
					next[0]++
				}
			} else {
				fits := slices.ContainsFunc(school.Grades, func(g model.Grade) bool { return slices.Contains(t.Stages, model.StageOf(g.Grade)) })
				road := model.Metres(c.Rules.RoadFactor.Of(int64(model.Distance(all[i].school.Position, school.Position))))
				if bound || !due && (!o.MakeWay || years < o.TermYears) || !fits || school.Language != "" && !slices.Contains(t.Languages, school.Language) || road == 0 || road > o.Reach {
					continue
				}
				if !due {
					next[1]++
				}
				if all[i].school.Town && !school.Rural && !school.Weak {
					next[2]++
				}
				next[3] += int64(road)
			}
			taken[s] = true
			walk(i+1, next)
			taken[s] = false
		}
	}
	walk(0, make([]int64, levels))
	return best
}

func TestRotateEqualsEveryWay(t *testing.T) {
	moved, overdue, early, none := 0, 0, 0, 0
	for seed := range uint64(2500) {
		r := rand.New(rand.NewPCG(seed, 5))
		c := random(r)
		o := Options{TermYears: 3 + r.IntN(3), Reach: model.Metres(5_000 + r.IntN(40_000)), MakeWay: seed%2 == 0}
		result, err := Rotate(t.Context(), c, &o)
		if errors.Is(err, ErrNone) {
			none++
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		if err := Verify(c, result); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var have []int64
		for _, l := range result.Levels {
			have = append(have, l.Value)
		}
		if diff := cmp.Diff(every(c, o), have); diff != "" {
			t.Fatalf("seed %d (-every way +rotated)\n%s", seed, diff)
		}
		after := Apply(c, result)
		for _, m := range result.Moves {
			i := slices.IndexFunc(after.Teachers, func(x model.Teacher) bool { return x.ID == m.Teacher })
			if x := after.Teachers[i]; x.School != m.To || x.PrincipalSince != c.Date || x.YearsHere != 0 || c.Teachers[i].School != m.From {
				t.Fatalf("seed %d: %+v is not applied: %+v", seed, m, x)
			}
		}
		again, err := Rotate(t.Context(), after, &Options{TermYears: o.TermYears, Reach: o.Reach})
		if err != nil || again.Due > len(result.Overdue) {
			t.Fatalf("seed %d: %d are due after the rotation, %d were left; %v", seed, again.Due, len(result.Overdue), err)
		}
		moved += len(result.Moves)
		overdue += len(result.Overdue)
		early += int(have[levelEarly])
	}
	t.Logf("%d moves, %d of them early, %d overdue", moved, early, overdue)
	if moved < 300 || overdue < 100 || early < 50 {
		t.Error("too few to mean anything")
	}
}

// Two terms are two terms: counted to the day.
func TestDue(t *testing.T) {
	for _, test := range []struct {
		reason string
		since  model.Date
		change func(p *model.Teacher)
		due    int
	}{
		{"ten years to the day", 20160901, nil, 1},
		{"a day less", 20160902, nil, 0},
		{"on leave", 20100901, func(p *model.Teacher) { p.Duty = model.DutyLeave }, 0},
		{"back from leave", 20100901, func(p *model.Teacher) { p.Duty, p.DutyUntil = model.DutyLeave, 20260901 }, 1},
		{"near retirement", 20100901, func(p *model.Teacher) { p.Retires = 20310901 }, 0},
		{"not quite near retirement", 20100901, func(p *model.Teacher) { p.Retires = 20310902 }, 1},
		{"in a service term", 20100901, func(p *model.Teacher) { p.Term, p.TermEnds = model.TermDirected, 20260902 }, 0},
		{"on exchange", 20100901, func(p *model.Teacher) { p.WorkingSchool, p.ExchangeEnds = "B", 20270901 }, 0},
	} {
		c := &model.County{Date: 20260901, Schools: []model.School{{ID: "A", Grades: []model.Grade{{Grade: 1, Pupils: 9}}}}}
		c.Rules.RetirementAge, c.Rules.NearRetirementYears = 60, 5
		c.Teachers = []model.Teacher{{ID: "T", School: "A", Born: 19800101, PrincipalSince: test.since}}
		if test.change != nil {
			test.change(&c.Teachers[0])
		}
		r, err := Rotate(t.Context(), c, nil)
		if err != nil || r.Due != test.due || len(r.Overdue) != test.due || !r.Assumed || r.Options.TermYears != UsualTermYears {
			t.Errorf("%s: %+v, %v", test.reason, r, err)
		}
	}
}

func TestVerifyFindsFaults(t *testing.T) {
	var c *model.County
	var good *Result
	for seed := uint64(0); good == nil || len(good.Moves) < 2 || len(good.Overdue) == 0; seed++ {
		c = random(rand.New(rand.NewPCG(seed, 5)))
		good, _ = Rotate(t.Context(), c, &Options{TermYears: 3, Reach: 30_000})
	}
	text, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	for reason, spoil := range map[string]func(r *Result){
		"a move left out":            func(r *Result) { r.Moves = r.Moves[1:] },
		"a move twice":               func(r *Result) { r.Moves = append(r.Moves, r.Moves[0]) },
		"two to one school":          func(r *Result) { r.Moves[0].To = r.Moves[1].To },
		"a move to the own school":   func(r *Result) { r.Moves[0].To = r.Moves[0].From },
		"a move of nobody":           func(r *Result) { r.Moves[0].Teacher = "nobody" },
		"shorter than it is":         func(r *Result) { r.Moves[0].Metres-- },
		"longer in office":           func(r *Result) { r.Moves[0].Years++ },
		"another direction":          func(r *Result) { r.Moves[0].Down = !r.Moves[0].Down },
		"a term that is longer":      func(r *Result) { r.Options.TermYears = 30 },
		"a reach that is shorter":    func(r *Result) { r.Options.Reach = 1 },
		"an overdue one passed over": func(r *Result) { r.Overdue = nil },
		"a level that is better":     func(r *Result) { r.Levels[levelOverdue].Value-- },
		"a school passed over":       func(r *Result) { r.Headless = append(r.Headless, "X") },
	} {
		var r Result
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatal(err)
		}
		spoil(&r)
		var fault *FaultError
		if err := Verify(c, &r); !errors.As(err, &fault) {
			t.Errorf("%s: found right", reason)
		}
	}
}

func TestRotateRefuses(t *testing.T) {
	c := random(rand.New(rand.NewPCG(1, 1)))
	for _, o := range []Options{{TermYears: -1}, {TermYears: 31}, {Reach: -1}} {
		var field *model.FieldError
		if _, err := Rotate(t.Context(), c, &o); !errors.As(err, &field) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	c.Teachers = nil
	if _, err := Rotate(t.Context(), c, nil); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
}
