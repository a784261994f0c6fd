package horizon

import (
	"testing"

	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
	"github.com/xianguan/xianguan/model/synthetic"
)

// county is a synthetic county.
func county(t testing.TB, seed uint64, teachers int) *model.County {
	t.Helper()
	c, err := synthetic.Generate(synthetic.Options{Teachers: teachers, Landscape: []synthetic.Landscape{synthetic.Plain, synthetic.Mountain}[seed%2], Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// busy is an outlook in which everything happens.
func busy(c *model.County, seed uint64) Outlook {
	convert := Percent(7000)
	year := c.Date.Year()
	village := c.Schools[len(c.Schools)-1].ID
	return Outlook{
		Cohorts: Cohorts{Births: []Percent{-500, -300}, Lost: []Percent{50}, ToTown: []Percent{100}},
		Seed:    seed, Attrition: []Attrition{{Under: 35, Share: 500}, {Share: 100}}, Conversion: &convert, Promote: true,
		Recruits: []Intake{{SpecialPost, year + 1, c.Subjects[0].ID, model.StagePrimary, 4, ""}, {Directed, year + 2, c.Subjects[1].ID, model.StagePrimary, 2, ""},
			{Open, year + 1, c.Subjects[2].ID, model.StagePrimary, 2, ""}},
		Housing:  []Housing{{village, year + 1, 3}},
		Years:    []scenario.Scenario{{Name: "more subsidy", Subsidies: []scenario.Subsidies{{Percent: 10}}}},
		Spending: []string{"1000000", "990000", "1100000"},
	}
}
