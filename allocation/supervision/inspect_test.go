package supervision

import (
	"strings"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/sharing"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/table"
)

func inspected(t *testing.T, change func(c *model.County), in Inputs, share bool) map[string]Finding {
	t.Helper()
	c, err := table.Read("../../testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(c)
	}
	p, err := allocation.Solve(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	var shared *sharing.Result
	if share {
		if shared, err = sharing.Share(t.Context(), c, p, nil); err != nil {
			t.Fatal(err)
		}
	}
	found := map[string]Finding{}
	for _, f := range Inspect(c, p, shared, in).Findings {
		if f.Asked == "" || f.Got == "" || f.Quote == "" || f.Evidence == "" || f.FigureZ == "" || f.Source == "" {
			t.Errorf("%+v leaves something out", f)
		}
		found[f.Figure] = f
	}
	return found
}

// Each finding on the county that is small enough to count by hand, and with a change that turns it.
func TestFindings(t *testing.T) {
	share := func(v model.Share) *model.Share { return &v }
	tests := []struct {
		reason, figure string
		change         func(c *model.County)
		in             Inputs
		got            string
		status         Status
	}{
		{"retention is not in the tables", "retention in compulsory education", nil, Inputs{}, "not given", Unknown},
		{"enough by the national figure", "retention in compulsory education", nil, Inputs{Retention: share(9500)}, "95%", Met},
		{"too few", "retention in compulsory education", nil, Inputs{Retention: share(9499)}, "94.99%", NotMet},
		{"40 pupils a class", "primary grades whose classes are too large", nil, Inputs{}, "0 of 8", Met},
		{"50 pupils in a class", "primary grades whose classes are too large", func(c *model.County) { c.Schools[0].Grades[0].Pupils = 100 }, Inputs{}, "1 of 8", NotMet},
		{"nobody counted the classes", "primary grades whose classes are too large", func(c *model.County) { c.Schools[1].Grades[0].Classes = 0 }, Inputs{}, "classes of 7 of 8 grades are known", Unknown},
		{"no partners", "rural schools with a strong school that supports them", nil, Inputs{}, "0 of 3", NotMet},
		{"one partner", "rural schools with a strong school that supports them", func(c *model.County) { c.Schools[1].Partner = "S1" }, Inputs{}, "1 of 3", NotMet},
		{"all partners", "rural schools with a strong school that supports them", func(c *model.County) {
			for i := range c.Schools[1:] {
				c.Schools[1+i].Partner = "S1"
			}
		}, Inputs{}, "3 of 3", Met},
		{"the schedule grows", "amounts that do not grow with the tier", nil, Inputs{}, "0", Met},
		{"spending fell", "spending on education", nil, Inputs{Spending: []model.Fen{200, 100}}, "1.00", NotMet},
		{"spending grew", "spending on education", nil, Inputs{Spending: []model.Fen{100, 100}}, "1.00", Met},
		{"spending fell once, years ago", "spending on education", nil, Inputs{Spending: []model.Fen{300, 200, 400}}, "4.00 (3 years, fell 1 times)", NotMet},
		{"a school run from outside counts as supported", "rural schools with a strong school that supports them", runFromOutside, Inputs{}, "1 of 3", NotMet},
		{"run from outside", "schools run or supported by a school outside the county", runFromOutside, Inputs{}, "1, by 1 schools that could", Report},
		{"no principals", "principals who have served two terms at their school", nil, Inputs{}, "no principals in the data", Unknown},
		{"no term", "principals who have served two terms at their school", func(c *model.County) { c.Teachers[0].PrincipalSince = 20100901 }, Inputs{}, "1 principals, no term set (principal.term_years)", Unknown},
		{"one principal is due", "principals who have served two terms at their school", principalSince(20160901), Inputs{}, "1 of 1, by terms of 5 years", NotMet},
		{"none is due yet", "principals who have served two terms at their school", principalSince(20160902), Inputs{}, "0 of 1, by terms of 5 years", Met},
		{"no release time", "people and periods a week released for outreach, mentoring and training posts", nil, Inputs{}, "none in the data", Unknown},
		{"release time", "people and periods a week released for outreach, mentoring and training posts", func(c *model.County) {
			c.Teachers[0].Release = model.Release{Outreach: 10, Training: 5}
			c.Teachers[1].Release.Mentoring = 20
		}, Inputs{}, "2 people; 1, 2 and 0.5 periods", Report},
		{"long service", "teachers at rural schools with 20 rural years or more, for the fund", func(c *model.County) { c.Teachers[5].RuralYears = 20 }, Inputs{}, "1", Report},
	}
	for _, test := range tests {
		f := inspected(t, test.change, test.in, false)[test.figure]
		if f.Got != test.got || f.Status != test.status {
			t.Errorf("%s: %s, %s: %+v", test.reason, test.got, test.status, f)
		}
	}
}

// The figures that rest on the plan agree with it.
func TestFindingsAgreeWithThePlan(t *testing.T) {
	found := inspected(t, nil, Inputs{}, true)
	if f := found["posts of rural schools that are filled"]; f.Got != "3 (before: 0)" || f.Asked != "all 4" || f.Status != NotMet {
		t.Errorf("%+v", f)
	}
	if f := found["schools whose classes all have their full periods"]; f.Got != "1 of 4" || f.Status != NotMet || len(f.Schools) != 3 {
		t.Errorf("%+v", f)
	}
	if f := found["schools under 100 pupils, and pupils to fund beyond those they have"]; f.Got != "3 schools, 196 pupils" {
		t.Errorf("%+v", f)
	}
	if f := found["teachers exchanged from town and strong to rural and weak schools"]; !strings.HasPrefix(f.Asked, ">= ") || f.Status == Unknown {
		t.Errorf("%+v", f)
	}
	without := inspected(t, nil, Inputs{}, false)["schools whose classes all have their full periods"]
	if without.Status != Unknown {
		t.Errorf("%+v", without)
	}
	for _, o := range OutOfScope() {
		if o.Quote == "" || o.Why == "" || o.WhyZH == "" {
			t.Errorf("%+v", o)
		}
	}
}

func runFromOutside(c *model.County) {
	c.Outside = []model.OutsideSchool{{ID: "X1", Name: "外校", Stages: []model.Stage{model.StagePrimary}, Capacity: 1}}
	c.Schools[1].OutsidePartner = "X1"
}

func principalSince(day model.Date) func(c *model.County) {
	return func(c *model.County) {
		c.Rules.PrincipalTermYears = 5
		c.Teachers[0].PrincipalSince = day
	}
}

// After-school service: of the schools that offer it, those where it has somebody.
func TestAfterSchool(t *testing.T) {
	const figure = "schools whose classes all have their after-school service"
	if f := inspected(t, nil, Inputs{}, true)[figure]; f.Status != Unknown {
		t.Errorf("%+v", f)
	}
	change := func(c *model.County) {
		for i := range c.Curriculum {
			c.Curriculum[i].Periods = 10
		}
		for i := range c.Schools[1:] {
			periods := model.Tenths(10)
			c.Schools[1+i].AfterSchool = &periods
		}
	}
	if f := inspected(t, change, Inputs{}, true)[figure]; f.Status != NotMet || f.Got != "3 of 4; 6 of 6 periods" || len(f.Schools) != 1 || f.Schools[0] != "S1" {
		t.Errorf("%+v", f)
	}
	if f := inspected(t, change, Inputs{}, false)[figure]; f.Status != Unknown {
		t.Errorf("%+v", f)
	}
}
