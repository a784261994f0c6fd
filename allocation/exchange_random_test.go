package allocation_test

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// exchangeCounty draws a county of 3 or 4 schools and 4 to 6 teachers, most of whom hold a post
// and would like another or are due for rotation.
func exchangeCounty(r *rand.Rand) *model.County {
	c := randomCounty(r)
	for size := 3 + r.IntN(2); len(c.Schools) < size; {
		c.Schools = append(c.Schools, randomSchool(r, len(c.Schools)))
	}
	for size := 4 + r.IntN(4); len(c.Teachers) < size; {
		c.Teachers = append(c.Teachers, randomTeacher(r, c, len(c.Teachers)))
	}
	for i := range c.Schools {
		s := &c.Schools[i]
		s.Town, s.Rural = i%2 == 0, i%2 > 0
		s.Weak, s.Housing = r.IntN(4) == 0, r.IntN(2)
		if r.IntN(6) > 0 {
			s.Language = ""
		}
		if s.Quota > 0 {
			s.Quota += r.IntN(3)
		}
		if s.Rural && r.IntN(2) == 0 {
			s.Partner = c.Schools[0].ID
		}
	}
	c.Posts = nil
	for i := range c.Schools {
		for _, subject := range []model.SubjectID{"chinese", "music"} {
			if r.IntN(5) > 0 {
				c.Posts = append(c.Posts, model.ApprovedPost{PostID: model.PostID{School: c.Schools[i].ID, Stage: model.StagePrimary, Subject: subject}, Need: 1 + r.IntN(5)/3})
			}
		}
	}
	for i := range c.Teachers {
		exchangeTeacher(r, c, i)
	}
	if r.IntN(3) == 0 && c.Teachers[0].Partner == "" {
		c.Teachers[0].Partner, c.Teachers[1].Partner = c.Teachers[1].ID, c.Teachers[0].ID
	}
	exchangeSettings(r, &c.Rules)
	return c
}

// exchangeTeacher spreads most people over the schools, free to move and able to teach most posts.
func exchangeTeacher(r *rand.Rand, c *model.County, i int) {
	t := &c.Teachers[i]
	if r.IntN(8) > 0 {
		t.School, t.Pool, t.Duty = c.Schools[i%len(c.Schools)].ID, model.PoolNone, model.DutyActive
		t.WorkingSchool, t.ExchangeEnds, t.Term, t.TermEnds = "", 0, model.TermNone, 0
		t.Exemptions, t.Born = nil, 19850301
		if t.Main == "chinese" {
			t.Second = []model.SubjectID{"music"}
		}
	}
	if t.School != "" {
		t.YearsHere = 2 + r.IntN(10)
	}
	t.Backbone = model.Backbone(r.IntN(2)) * model.BackboneCounty
	t.Volunteer = r.IntN(4) > 0
	t.Preferences = nil
	if r.IntN(4) > 0 {
		for _, k := range r.Perm(len(c.Schools))[:1+r.IntN(len(c.Schools))] {
			t.Preferences = append(t.Preferences, c.Schools[k].ID)
		}
	}
}

// exchangeSettings puts most rules off, and a few soft or hard.
func exchangeSettings(r *rand.Rand, rules *model.Rules) {
	rules.ForcedDistance = 60_000
	rules.CommuteRange = model.Metres(10_000 + r.IntN(3)*10_000)
	rules.ExchangeShare, rules.ExchangeScope = model.Share(2000+r.IntN(5)*1500), model.ShareScope(r.IntN(2))
	rules.BackboneShare = model.Share(2000 + r.IntN(4)*2000)
	rules.RotationFrom = model.RotationFrom(r.IntN(2))
	rules.SupportTeachers, rules.PartnersDistance = 1, model.Metres(r.IntN(3)*10_000)
	rules.OutflowShare = model.Share(r.IntN(4) * 3000)
	rules.ExperienceMin, rules.BackboneMin = 8000, 8000
	rules.AboveDegreePer100, rules.BackbonePer100 = model.ByStage[int]{Primary: 200}, model.ByStage[int]{Primary: 300}
	rules.ArtsPer100 = model.ByStage[int]{Primary: 300}
	if r.IntN(10) == 0 {
		rules.SubsidyBudget = model.Fen(150_000 + r.IntN(60)*5_000)
	}
	for _, setting := range []*model.RuleSetting{&rules.Exchange, &rules.Backbone, &rules.Rotation, &rules.Return, &rules.Support,
		&rules.Partners, &rules.Housing, &rules.Outflow, &rules.Experience, &rules.BackboneFloor, &rules.IndicatorDegree,
		&rules.IndicatorBackbone, &rules.IndicatorArts} {
		*setting = model.RuleSetting{Weight: 1 + r.IntN(2000)}
		switch r.IntN(24) {
		case 0:
			setting.Force = model.ForceHard
		case 1, 2, 3:
			setting.Force = model.ForceSoft
		}
	}
}

func exchangeOptions(r *rand.Rand, c *model.County) allocation.ExchangeOptions {
	o := allocation.ExchangeOptions{Aim: allocation.AimCost, LongestCycle: r.IntN(4), LongestChain: r.IntN(4),
		NoChains: r.IntN(6) == 0, Uncovered: r.IntN(4) / 3, Seed: uint64(r.IntN(2)) * 7}
	if r.IntN(2) == 0 {
		o.Aim = allocation.AimGain
	}
	demands := allocation.Demand(c).Posts
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Away(c.Date, &c.Rules) || t.School == "" {
			continue
		}
		switch p := demands[r.IntN(len(demands))]; {
		case r.IntN(12) == 0:
			o.Pins = append(o.Pins, model.Pin{Teacher: t.ID})
		case r.IntN(8) == 0 && p.Need > 0:
			o.Bans = append(o.Bans, model.Pin{Teacher: t.ID, Post: p.PostID})
		}
	}
	return o
}

// step is a move as the brute force knows it.
type exchangeStep struct {
	teacher  int
	from, to model.PostID
	gain     int64
}

// divides reports whether moves divide into cycles and chains within the limits: every move is followed by one into the
// post that it leaves, or ends a chain there. It tries every way.
func divides(moves []exchangeStep, o *allocation.ExchangeOptions, open, spare map[model.PostID]int) bool {
	next := make([]int, len(moves)) // -1: ends a chain
	taken := make([]bool, len(moves))
	ends := map[model.PostID]int{}
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(moves) {
			return keepsLimits(moves, next, taken, o, open)
		}
		for j := range moves {
			if !taken[j] && moves[j].to == moves[i].from {
				taken[j], next[i] = true, j
				if try(i + 1) {
					return true
				}
				taken[j] = false
			}
		}
		if p := moves[i].from; !o.NoChains && ends[p] < spare[p] {
			ends[p]++
			next[i] = -1
			if try(i + 1) {
				return true
			}
			ends[p]--
		}
		return false
	}
	return try(0)
}

func keepsLimits(moves []exchangeStep, next []int, taken []bool, o *allocation.ExchangeOptions, open map[model.PostID]int) bool {
	begins := map[model.PostID]int{}
	inChain := make([]bool, len(moves))
	for i := range moves {
		if taken[i] {
			continue
		}
		if begins[moves[i].to]++; begins[moves[i].to] > open[moves[i].to] {
			return false
		}
		length := 0
		for j := i; j >= 0; j = next[j] {
			inChain[j] = true
			length++
		}
		if o.LongestChain > 0 && length > o.LongestChain {
			return false
		}
	}
	for i := range moves {
		if inChain[i] {
			continue
		}
		length := 1
		for j := next[i]; j != i; j = next[j] {
			length++
		}
		if o.LongestCycle > 0 && length > o.LongestCycle {
			return false
		}
	}
	return true
}

// gainOf is what a teacher gains at another school, and whether they are at least as well off, by the county alone.
func gainOf(c *model.County, t *model.Teacher, from, to model.SchoolID) (gain int64, ok bool) {
	if len(t.Preferences) > 0 {
		place := func(s model.SchoolID) int {
			if i := slices.Index(t.Preferences, s); i >= 0 {
				return i
			}
			return len(t.Preferences)
		}
		gain := int64(place(from)-place(to)) * int64(c.Rules.PreferenceStep)
		return gain, slices.Contains(t.Preferences, to) && place(to) < place(from)
	}
	net := func(id model.SchoolID) (fen int64, boards bool) {
		i := slices.IndexFunc(c.Schools, func(s model.School) bool { return s.ID == id })
		j := slices.IndexFunc(c.Schools, func(s model.School) bool { return s.ID == from })
		home := c.Schools[j].Position
		for _, township := range c.Townships {
			if township.ID == t.Home && !township.Position.IsZero() {
				home = township.Position
			}
		}
		metres := model.Metres(0)
		if !home.IsZero() {
			metres = model.Metres(int64(c.Rules.RoadFactor) * int64(model.Distance(home, c.Schools[i].Position)) / 10_000)
		}
		trips := c.Rules.CommuteDays
		if metres > c.Rules.CommuteRange {
			trips = c.Rules.BoardingTrips
		}
		fare := 2 * int64(metres) * int64(trips) * int64(c.Rules.TravelPerKilometre) / 1000
		return int64(c.Subsidy.Monthly(c.Schools[i].Tier, t.RuralYears)) - fare, metres > c.Rules.CommuteRange
	}
	now, boarded := net(from)
	then, boards := net(to)
	return then - now, then >= now && (boarded || !boards)
}

func (s exchangeStep) String() string { return fmt.Sprintf("%d: %s -> %s", s.teacher, s.from, s.to) }
