package sharing

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/xianguan/xianguan/model"
)

// burdened gives some people release time and the schools after-school service.
func burdened(c *model.County, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 7))
	for i := range c.Teachers {
		if t := &c.Teachers[i]; random.IntN(4) == 0 {
			t.Release = model.Release{Outreach: model.Tenths(10 * random.IntN(3)), Mentoring: 15, Training: model.Tenths(20 * random.IntN(2))}
		}
	}
	for i := range c.Schools {
		if random.IntN(2) == 0 {
			periods := model.Tenths(5 * random.IntN(5))
			c.Schools[i].AfterSchool = &periods
		}
	}
}

// Release time and after-school service against every way to give out days, as in [TestShareEqualsEveryWayToVisit].
func TestShareWithServiceEqualsEveryWayToVisit(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	compared, visited, unserved := 0, 0, 0
	for seed := range uint64(150) {
		c, _ := small(t, 1000+seed)
		burdened(c, seed)
		p := planned(t, c)
		o := Options{Days: 1 + int(seed%2), Joined: 1, NoNetwork: seed%3 == 0, PeriodsADay: 4, Rounds: 100, Proof: 20 * time.Second}
		r := equalsEveryWay(t, seed, c, p, o, 300)
		if r == nil || r.Levels[1].Name != "service" {
			continue
		}
		compared++
		if len(r.Visits) > 0 {
			visited++
		}
		if r.Levels[1].Value > 0 {
			unserved++
		}
	}
	t.Logf("%d counties, %d with visits, %d without all service", compared, visited, unserved)
	if compared < 20 || visited < 10 || unserved < 5 {
		t.Error("too few to mean anything")
	}
}

// What is released covers no periods, and service goes after lessons: counted on a county by hand. In tiny 84 periods are missing alone, and T1, who teaches
// Chinese in S1, has a load of 16 periods.
func TestLoad(t *testing.T) {
	tests := []struct {
		reason  string
		change  func(c *model.County)
		missing int64 // tenths, alone
		service string
	}{
		{"nothing beside lessons", func(c *model.County) {}, 840, "none"},
		{"three kinds of release", func(c *model.County) { c.Teachers[0].Release = model.Release{Outreach: 10, Mentoring: 20, Training: 5} }, 875, "none"},
		{"all of the load released", func(c *model.County) { c.Teachers[0].Release.Training = 300 }, 1000, "none"},
		{"service in time that no lesson can use", func(c *model.County) {
			c.Rules.AfterSchool.Primary = 10
			for i := range c.Curriculum {
				c.Curriculum[i].Periods = 10
			}
		}, 140, "service 0"}, // of 30: 4 of music in S1, and 10 of the 18 in the countryside, where three people teach 8
		{"no time for service", func(c *model.County) { c.Rules.AfterSchool.Primary = 1 }, 840, "service some"},
		{"service of one school", func(c *model.County) { c.Schools[0].AfterSchool = new(model.Tenths); *c.Schools[0].AfterSchool = 600 }, 840, "service some"},
		{"a school without", func(c *model.County) {
			c.Rules.AfterSchool.Primary = 10
			for i := range c.Schools {
				c.Schools[i].AfterSchool = new(model.Tenths)
			}
		}, 840, "none"},
	}
	for _, test := range tests {
		c := county(t, "tiny")
		test.change(c)
		p := planned(t, c)
		r, err := Share(t.Context(), c, p, &Options{NoNetwork: true, NoVisits: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(c, p, r); err != nil {
			t.Errorf("%s: %v", test.reason, err)
		}
		service := "none"
		if r.Levels[1].Name == "service" {
			if service = fmt.Sprintf("service %d", r.Levels[1].Value); r.Levels[1].Value > 0 {
				service = "service some"
			}
		}
		if int64(r.Alone) != test.missing || service != test.service {
			t.Errorf("%s: %d tenths are missing, want %d; %s, want %s", test.reason, r.Alone, test.missing, service, test.service)
		}
	}
}
