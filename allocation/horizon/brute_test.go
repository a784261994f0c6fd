package horizon

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// The years of some hundred random tiny counties are planned as well as the best of all plans of the years, at every level, and no bound of the look-ahead is above it. The
// enumeration asks only package check what is lawful and what it counts for.
func TestHorizonEqualsBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	const counties = 200
	beaten, gaps, tried, free, drawn, impossible, dead := 0, 0, 0, 0, 0, 0, 0
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 7))
		c, o := tinyCounty(r), tinyOutlook(r)
		years := 2 + r.IntN(2)
		b := &brute{outlook: &o, years: years}
		if err := b.from(c, 0, make([]int64, len(jointLevels))); err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		tried += b.tried
		for _, exact := range []int{0, -1} {
			h, err := Plan(t.Context(), c, Options{Years: years, Outlook: o, Exact: exact, Rounds: 2})
			var none *allocation.InfeasibleError
			if errors.As(err, &none) && (b.best == nil || exact < 0) {
				impossible++
				continue
			}
			if err != nil || b.best == nil {
				t.Fatalf("county %d: %v", seed, err)
			}
			var got, bound, alone []int64
			for _, l := range h.Levels {
				got, bound, alone = append(got, l.Objective), append(bound, l.Bound), append(alone, best(l.Alone))
			}
			if h.Levels[0].Alone == nil {
				dead++
			}
			for k, y := range h.Years {
				if err := check.Plan(y.County, y.Plan).Err(); err != nil {
					t.Fatalf("county %d, year %d: %v", seed, k, err)
				}
			}
			if exact < 0 { // the look-ahead: its bounds hold for the best plan
				for k := range got {
					if bound[k] > b.best[k] && slices.Equal(got[:k], b.best[:k]) {
						t.Fatalf("county %d: the bound of %s is %d, but a plan of the years has %v", seed, h.Levels[k].Name, bound[k], b.best)
					}
				}
				if slices.Compare(got, b.best) < 0 || slices.Compare(got, alone) > 0 {
					t.Fatalf("county %d: look-ahead %v, best %v, one at a time %v", seed, got, b.best, alone)
				}
				if !slices.Equal(got, b.best) {
					gaps++
				}
				continue
			}
			if h.Method != Exhaustive {
				t.Fatalf("county %d was not searched through", seed)
			}
			if diff := cmp.Diff(b.best, got); diff != "" {
				t.Fatalf("county %d over %d years: objective (-best of %d +plan)\n%s", seed, years, b.tried, diff)
			}
			if slices.Compare(got, alone) < 0 {
				beaten++
			}
			if slices.ContainsFunc(h.Years, func(y Year) bool { return len(y.Plan.Options.Bans) > 0 }) {
				drawn++
			}
		}
		x, err := newPlanning(t.Context(), c, Options{Years: years, Outlook: o})
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(x.duals.people, func(h history) bool { return h.free }) {
			free++
		}
	}
	t.Logf("%d plans of years tried; years together beat years one at a time in %d of %d counties; the look-ahead misses the best in %d; somebody waits for a later year in %d; somebody may move twice in %d; %d have no plan, %d only years planned together",
		tried, beaten, counties, gaps, drawn, free, impossible, dead)
	if beaten < 8 || free < 8 || impossible < 3 {
		t.Error("the counties no longer test it")
	}
}

// best is a level of plans made one at a time; of none more than any.
func best(level *int64) int64 {
	if level == nil {
		return math.MaxInt64
	}
	return *level
}

// brute goes through every plan of the years.
type brute struct {
	outlook *Outlook
	years   int
	best    []int64
	tried   int
}

func (b *brute) from(c *model.County, k int, sum []int64) error {
	if k == b.years {
		b.tried++
		if b.best == nil || slices.Compare(sum, b.best) < 0 {
			b.best = slices.Clone(sum)
		}
		return nil
	}
	evaluator := check.NewEvaluator(c, model.Options{})
	base := unmoved(c)
	stay := seats(base)
	choices := make([][]model.PostID, len(c.Teachers))
	for i := range c.Teachers {
		choices[i] = b.choices(c, evaluator, stay, c.Teachers[i].ID)
	}
	to := map[model.TeacherID]model.PostID{}
	var try func(i int) error
	try = func(i int) error {
		if i < len(c.Teachers) {
			for _, p := range choices[i] {
				to[c.Teachers[i].ID] = p
				if err := try(i + 1); err != nil {
					return err
				}
			}
			return nil
		}
		found := evaluator.Appraise(to)
		if len(found.Violations) > 0 {
			return nil
		}
		next := slices.Clone(sum)
		addTo(next, found.Levels)
		if k+1 == b.years {
			return b.from(nil, k+1, next)
		}
		plan := &model.Plan{}
		for i := range base.Assignments {
			a := base.Assignments[i]
			if a.Ground != model.GroundAway {
				a.To = to[a.Teacher]
			}
			plan.Assignments = append(plan.Assignments, a)
		}
		later, _, err := Next(c, plan, b.outlook, k)
		if err != nil {
			return err
		}
		return b.from(later, k+1, next)
	}
	return try(0)
}

// choices cuts somebody's posts down to those that no rule about one person forbids.
func (b *brute) choices(c *model.County, e *check.Evaluator, stay map[model.TeacherID]model.PostID, id model.TeacherID) (list []model.PostID) {
	was := stay[id]
	posts := []model.PostID{{}, was}
	for i := range c.Schools {
		for _, s := range c.Subjects { // all are of one stage
			posts = append(posts, model.PostID{School: c.Schools[i].ID, Stage: model.StagePrimary, Subject: s.ID})
		}
	}
	for _, p := range posts {
		stay[id] = p
		if !slices.Contains(list, p) && !slices.ContainsFunc(e.Appraise(stay).Violations, func(v check.Violation) bool { return v.Teacher == id }) {
			list = append(list, p)
		}
	}
	stay[id] = was
	return list
}

// tinyCounty draws two or three schools with approved posts and three to five people, of whom many may move and some retire soon.
func tinyCounty(r *rand.Rand) *model.County {
	c := &model.County{Format: model.Format, ID: "tiny", Name: "小县", Date: 20260901, Policy: "national", Seat: model.Position{Lat: 42_000_000, Lon: 122_000_000},
		Rules: model.Rules{
			ClassCap: model.ByStage[int]{Primary: 45, Junior: 50, Senior: 50}, PupilsPerStaff: model.ByStage[model.Tenths]{Primary: 190, Junior: 135, Senior: 125},
			TeachersPerClass: 20, TeacherLoad: model.ByStage[model.Tenths]{Primary: 160, Junior: 140, Senior: 120},
			RotationYears: 1 + r.IntN(6), RoadFactor: 13000, RetirementAge: 60, NearRetirementYears: r.IntN(3), ForcedDistance: model.Metres(20_000 + r.IntN(60_000)),
			SpecialPostYears: 1 + r.IntN(3), DirectedYears: 2, TierWeightStep: 1000, SchoolWeight: model.Share(r.IntN(3) * 5000), CompelledWeight: 1000, ClaimYearWeight: 50,
			OffSubjectWeight: 500, TravelPerKilometre: 60, CommuteRange: 30_000, CommuteDays: 22, BoardingTrips: 4, MoveCost: model.Fen(r.IntN(3) * 10000), PreferenceStep: 5000, PreferenceUnlisted: 50000,
		},
		Subjects:   []model.Subject{{ID: "chinese", Name: "语文"}, {ID: "music", Name: "音乐"}},
		Curriculum: []model.CurriculumLine{{Subject: "chinese", Grade: 1, Periods: 120}, {Subject: "music", Grade: 1, Periods: 60}},
		Subsidy:    model.SubsidySchedule{{Tier: 1, Monthly: 30000}, {Tier: 1, FromYears: 2, Monthly: 35000}, {Tier: 2, Monthly: 60000}},
	}
	place := func() model.Position {
		return model.Position{Lat: 42_000_000 + r.Int32N(300_000), Lon: 122_000_000 + r.Int32N(300_000)}
	}
	c.Townships = []model.Township{{ID: "H1", Name: "乡", Position: place()}}
	for i := range 2 + r.IntN(2) {
		rural := i > 0
		c.Schools = append(c.Schools, model.School{ID: model.SchoolID(fmt.Sprintf("S%d", i+1)), Name: "学校", Tier: model.Tier(r.IntN(3)), Town: !rural, Rural: rural, Position: place(),
			Grades: []model.Grade{{Grade: 1, Pupils: 10 + r.IntN(60)}, {Grade: 2, Pupils: r.IntN(60)}}})
		for _, subject := range []model.SubjectID{"chinese", "music"} {
			if r.IntN(2) == 0 && r.IntN(2) == 0 {
				continue
			}
			c.Posts = append(c.Posts, model.ApprovedPost{PostID: model.PostID{School: c.Schools[i].ID, Stage: model.StagePrimary, Subject: subject}, Need: 1})
		}
	}
	if r.IntN(4) == 0 {
		c.Posts = nil
	}
	crossRules(r, c)
	for i := range 3 + r.IntN(2) {
		t := model.Teacher{ID: model.TeacherID(fmt.Sprintf("T%d", i+1)), Stages: []model.Stage{model.StagePrimary}, Main: "chinese", Born: model.NewDate(1967+r.IntN(30), 3, 1), RuralYears: r.IntN(4)}
		if r.IntN(2) == 0 {
			t.Main = "music"
		}
		if r.IntN(3) == 0 {
			t.Second = []model.SubjectID{"chinese", "music"}[len(t.Main)%2 : len(t.Main)%2+1]
			if t.Second[0] == t.Main {
				t.Second = nil
			}
		}
		switch r.IntN(4) {
		case 0:
			t.Pool = model.PoolRecruit + model.Pool(r.IntN(2))
		default:
			t.School, t.YearsHere = c.Schools[r.IntN(len(c.Schools))].ID, r.IntN(8)
			t.Volunteer = r.IntN(3) == 0
			if other := c.Schools[r.IntN(len(c.Schools))].ID; r.IntN(6) == 0 && other != t.School {
				t.WorkingSchool, t.ExchangeEnds = other, model.NewDate(2027+r.IntN(2), 7, 1)
			}
		}
		if r.IntN(3) == 0 {
			t.Home = "H1"
		}
		if r.IntN(3) == 0 {
			t.Preferences = []model.SchoolID{c.Schools[r.IntN(len(c.Schools))].ID}
		}
		if r.IntN(10) == 0 {
			t.Duty, t.DutyUntil = model.DutyLeave, model.NewDate(2027, 8, 1)
		}
		c.Teachers = append(c.Teachers, t)
	}
	return c
}

// crossRules switches some rules that cut across the network on.
func crossRules(r *rand.Rand, c *model.County) {
	rules := &c.Rules
	rules.ExchangeShare, rules.BackboneShare, rules.OutflowShare, rules.ExperienceMin = 5000, 2000, 5000, 5000
	for _, setting := range []*model.RuleSetting{&rules.Exchange, &rules.Rotation, &rules.Return, &rules.Housing, &rules.Outflow, &rules.RuralFirst, &rules.SpecialPosts, &rules.Experience} {
		if r.IntN(5) == 0 {
			*setting = model.RuleSetting{Force: model.Force(1 + r.IntN(2)), Weight: 700}
		}
	}
	if r.IntN(10) == 0 {
		rules.SubsidyBudget = model.Fen(60_000 + r.IntN(200_000))
	}
}

func tinyOutlook(r *rand.Rand) Outlook {
	o := Outlook{Seed: r.Uint64(), Cohorts: Cohorts{Births: []Percent{Percent(r.IntN(4000) - 2000)}, ToTown: []Percent{Percent(r.IntN(2000))}}}
	if r.IntN(3) == 0 {
		o.Attrition = []Attrition{{Share: 2000}}
	}
	if r.IntN(3) == 0 {
		o.Recruits = []Intake{{Stream: Streams()[r.IntN(3)], Year: 2027, Subject: "music", Stage: model.StagePrimary, Count: 1}}
	}
	if r.IntN(8) == 0 {
		o.Years = []scenario.Scenario{{Name: "closure", Close: []scenario.Closure{{School: "S2", Into: "S1", Pool: r.IntN(2) == 0}}}}
	}
	return o
}
