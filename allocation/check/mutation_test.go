package check

import (
	"math"
	"slices"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// goodCounty has four schools on one road: A in the seat, D at 7 km, B at 14 km and
// C at 43 km, of which B teaches in Mongolian and D has a staffing quota for three.
func goodCounty() *model.County {
	return county([]model.School{
		{ID: "A", Name: "甲", Position: north(42_000_000), Town: true, Grades: []model.Grade{{Grade: 1, Pupils: 90}, {Grade: 7, Pupils: 50}}},
		{ID: "B", Name: "乙", Position: north(42_100_000), Rural: true, Tier: 2, Language: "mn", Grades: []model.Grade{{Grade: 1, Pupils: 40}, {Grade: 7, Pupils: 30}}},
		{ID: "C", Name: "丙", Position: north(42_300_000), Rural: true, Tier: 3, Grades: []model.Grade{{Grade: 1, Pupils: 20}}},
		{ID: "D", Name: "丁", Position: north(42_050_000), Tier: 1, Quota: 3, Grades: []model.Grade{{Grade: 1, Pupils: 57}}},
	}, []model.Teacher{
		teacher("T01", "A", "mathematics", both),
		teacher("T02", "A", "chinese", bilingual, volunteer("B", "A"), also("mathematics")),
		teacher("T03", "A", "mathematics", bilingual, due, home("TA")),
		teacher("T04", "", "music"),
		teacher("T05", "", "chinese", unplaced, home("TA")),
		teacher("T06", "", "mathematics", unplaced, also("chinese", "music")),
		teacher("T07", "A", "chinese", onLeave),
		teacher("T08", "B", "mathematics", retires(20260831)),
		teacher("T09", "A", "chinese", bilingual, due, exempt),
		teacher("T10", "A", "mathematics", bilingual, due, retires(20310901)),
		teacher("T11", "B", "music", specialPost, volunteer()),
		teacher("T12", "A", "mathematics", juniorOnly, volunteer(), exchanged("B", 20270715)),
		teacher("T13", "D", "mathematics", volunteer()),
		teacher("T14", "D", "chinese", due),
		teacher("T15", "", "music"),
		teacher("T16", "C", "chinese"),
		teacher("T17", "A", "art"),
	},
		approved("A", primary, "chinese", 3), approved("A", primary, "mathematics", 4), approved("A", primary, "music", 2),
		approved("A", junior, "mathematics", 1), approved("A", junior, "music", 1),
		approved("B", primary, "chinese", 2), approved("B", primary, "mathematics", 2), approved("B", primary, "music", 2),
		approved("B", junior, "mathematics", 2),
		approved("C", primary, "chinese", 1), approved("C", primary, "mathematics", 1),
		approved("D", primary, "chinese", 2), approved("D", primary, "mathematics", 2), approved("D", primary, "music", 1))
}

// goodPlan moves T02 (volunteer), T03 (rotation), T04 and T15 (recruits) and T05
// (unplaced), leaves T06 without a post, and keeps the others.
func goodPlan(c *model.County) *model.Plan {
	return planOf(c, model.Options{
		Seed: 42,
		Pins: []model.Pin{{Teacher: "T13"}, {Teacher: "T14", Post: at("D", primary, "chinese")}},
		Bans: []model.Pin{{Teacher: "T06", Post: at("C", primary, "mathematics")}, {Teacher: "T05", Post: at("A", primary, "mathematics")}},
	}, map[model.TeacherID]model.PostID{
		"T01": at("A", primary, "mathematics"),
		"T02": at("B", primary, "chinese"),
		"T03": at("B", primary, "mathematics"),
		"T04": at("A", primary, "music"),
		"T05": at("A", primary, "chinese"),
		"T09": at("A", primary, "chinese"),
		"T10": at("A", primary, "mathematics"),
		"T11": at("B", primary, "music"),
		"T12": at("B", junior, "mathematics"),
		"T13": at("D", primary, "mathematics"),
		"T14": at("D", primary, "chinese"),
		"T15": at("D", primary, "music"),
		"T16": at("C", primary, "chinese"),
		"T17": at("A", primary, "art"),
	})
}

func TestGoodPlan(t *testing.T) {
	c := goodCounty()
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	p := goodPlan(c)
	report := Plan(c, p)
	if err := report.Err(); err != nil || !report.OK() {
		t.Fatalf("a good plan is refused: %v", err)
	}
	noDiff(t, "ledger", model.Ledger{People: 17, Posted: 14, Unplaced: 1, Away: 2, Moved: 5, Need: 26, Filled: 13, Short: 13, Over: 1}, report.Ledger)
	var rules []model.RuleID
	for _, status := range report.Rules {
		rules = append(rules, status.Rule)
		if status.Checked == 0 && slices.Contains(model.HardRules(), status.Rule) {
			t.Errorf("rule %s was never applied", status.Rule)
		}
	}
	noDiff(t, "rules", allRules(), rules)
	noDiff(t, "level", LevelStatus{Name: model.LevelUnplaced, Claimed: 1, Recomputed: 1, Bound: 1, Proven: true}, report.Levels[1])
}

// mutation corrupts a good plan. One that concerns the posts is sealed: the record
// then agrees with the corrupt posts, and no other rule than those named may break.
type mutation struct {
	rule   model.RuleID
	reason string
	change func(*model.Plan)
	seal   bool
	also   []model.RuleID // rules that can't but break as well
}

// line finds the assignment of a teacher.
func line(p *model.Plan, id model.TeacherID) *model.Assignment {
	return &p.Assignments[slices.IndexFunc(p.Assignments, func(a model.Assignment) bool { return a.Teacher == id })]
}

// moves gives a teacher another post.
func moves(id model.TeacherID, to model.PostID) func(*model.Plan) {
	return func(p *model.Plan) { line(p, id).To = to }
}

// repeats adds a second line for a teacher.
func repeats(id model.TeacherID, to model.PostID) func(*model.Plan) {
	return func(p *model.Plan) {
		place := slices.IndexFunc(p.Assignments, func(a model.Assignment) bool { return a.Teacher == id })
		p.Assignments = slices.Insert(p.Assignments, place+1, model.Assignment{Teacher: id, To: to})
	}
}

func peopleMutations() []mutation {
	mathsB, chineseB := at("B", primary, "mathematics"), at("B", primary, "chinese")
	mathsA, chineseA := at("A", primary, "mathematics"), at("A", primary, "chinese")
	record := []model.RuleID{model.RuleRecord}
	return []mutation{
		{model.RuleOnePost, "a teacher twice in the same post", repeats("T01", mathsA), true, record},
		{model.RuleOnePost, "a teacher in two posts", repeats("T06", mathsA), true, record},
		{model.RuleOnePost, "a teacher left out", func(p *model.Plan) { p.Assignments = slices.Delete(p.Assignments, 5, 6) }, true, record},

		{model.RuleHold, "who stays is left without a post", moves("T01", model.PostID{}), true, nil},
		{model.RuleHold, "who is due for rotation is left without a post", moves("T03", model.PostID{}), true, nil},

		{model.RuleAway, "on leave, back in the present post", moves("T07", chineseA), true, nil},
		{model.RuleAway, "retired the day before, back in the present post", moves("T08", mathsB), true, nil},

		{model.RuleQualification, "a volunteer in another subject", moves("T02", at("B", primary, "music")), true, nil},
		{model.RuleQualification, "a recruit in another subject", moves("T04", mathsA), true, nil},

		{model.RuleStage, "a volunteer of primary in a junior post", moves("T02", at("B", junior, "mathematics")), true, nil},
		{model.RuleStage, "a recruit of primary in a junior post", moves("T04", at("A", junior, "music")), true, nil},

		{model.RuleLanguage, "a recruit without Mongolian", moves("T04", at("B", primary, "music")), true, nil},
		{model.RuleLanguage, "an unplaced teacher without Mongolian", moves("T05", chineseB), true, nil},

		{model.RuleGround, "nobody asked and nothing is due", moves("T01", at("A", junior, "mathematics")), true, nil},
		{model.RuleGround, "a volunteer to a school off the list", moves("T02", at("D", primary, "mathematics")), true,
			[]model.RuleID{model.RuleQuota}},
		{model.RuleGround, "rotation inside a school", moves("T10", at("A", primary, "music")), true, []model.RuleID{model.RuleQualification}},
		{model.RuleGround, "a volunteer said to be rotated", func(p *model.Plan) { line(p, "T02").Ground = model.GroundRotation }, false, nil},
		{model.RuleGround, "who is left without a post said to be away", func(p *model.Plan) { line(p, "T06").Ground = model.GroundAway }, false, nil},
		{model.RuleGround, "a ground that does not exist", func(p *model.Plan) { line(p, "T01").Ground = 99 }, false, nil},

		{model.RuleDistance, "a rotation 43 km away", moves("T03", at("C", primary, "mathematics")), true, nil},
		{model.RuleDistance, "an unplaced teacher 43 km away", moves("T05", at("C", primary, "chinese")), true, []model.RuleID{model.RuleNeed}},

		{model.RuleExemption, "a rotation of who is exempt", moves("T09", chineseB), true, nil},
		{model.RuleExemption, "a rotation five years before retirement, to the day", moves("T10", mathsB), true, nil},

		{model.RuleTerm, "a volunteer inside a service term", moves("T11", at("A", primary, "music")), true, nil},
		{model.RuleTerm, "a volunteer inside an exchange", moves("T12", at("A", junior, "mathematics")), true, nil},
	}
}

func placeMutations() []mutation {
	mathsA, chineseC := at("A", primary, "mathematics"), at("C", primary, "chinese")
	options := func(change func(*model.Options)) func(*model.Plan) {
		return func(p *model.Plan) { change(&p.Options) }
	}
	pin := func(id model.TeacherID, to model.PostID) func(*model.Plan) {
		return options(func(o *model.Options) { o.Pins = []model.Pin{{Teacher: id, Post: to}} })
	}
	ban := func(id model.TeacherID, from model.PostID) func(*model.Plan) {
		return options(func(o *model.Options) { o.Bans = []model.Pin{{Teacher: id, Post: from}} })
	}
	return []mutation{
		{model.RuleNeed, "two people for a need of one", moves("T06", chineseC), true, nil},
		{model.RuleNeed, "a newcomer where there is no need", moves("T06", at("C", primary, "music")), true, nil},
		{model.RuleNeed, "a newcomer at a school that does not exist", moves("T06", at("Z", primary, "music")), true, nil},
		{model.RuleNeed, "a newcomer in the need-0 post of another", moves("T06", at("A", primary, "art")), true, []model.RuleID{model.RuleQualification}},

		{model.RuleQuota, "a fourth person where the quota is three", moves("T06", at("D", primary, "mathematics")), true, nil},
		{model.RuleQuota, "the same in another subject", moves("T06", at("D", primary, "chinese")), true, nil},

		{model.RulePin, "who is pinned to the present post moves", moves("T13", mathsA), true, nil},
		{model.RulePin, "who is pinned to a post has another", moves("T14", at("A", primary, "chinese")), true, nil},
		{model.RulePin, "a pin that the plan does not keep", pin("T01", at("B", primary, "chinese")), true, nil},
		{model.RulePin, "a pin of somebody unknown", pin("T99", model.PostID{}), true, nil},
		{model.RulePin, "a pin of somebody on leave", pin("T07", model.PostID{}), true, nil},
		{model.RulePin, "a pin to the present post of somebody without", pin("T06", model.PostID{}), true, nil},

		{model.RuleBan, "a banned post", moves("T06", at("C", primary, "mathematics")), true, nil},
		{model.RuleBan, "a ban from the present post", ban("T01", mathsA), true, nil},
		{model.RuleBan, "a ban of somebody unknown", ban("T99", mathsA), true, nil},
		{model.RuleBan, "a ban from no post", ban("T06", model.PostID{}), true, nil},
	}
}

func recordMutations() []mutation {
	wrong := func(reason string, change func(*model.Plan)) mutation {
		return mutation{model.RuleRecord, reason, change, false, nil}
	}
	tier := model.Share(-1)
	return []mutation{
		wrong("another format", func(p *model.Plan) { p.Format++ }),
		wrong("another county", func(p *model.Plan) { p.County = "X2" }),
		wrong("another name", func(p *model.Plan) { p.CountyName = "" }),
		wrong("the hash of another county", func(p *model.Plan) { p.CountyHash = p.CountyHash[1:] }),
		wrong("another day", func(p *model.Plan) { p.Date++ }),
		wrong("another policy", func(p *model.Plan) { p.Policy = "fuxin" }),
		wrong("a synthetic county that does not say so", func(p *model.Plan) { p.Origin.Synthetic = false }),
		wrong("an assumption left out", func(p *model.Plan) { p.Origin.Assumed = nil }),

		wrong("a better objective", func(p *model.Plan) { p.Levels[0].Objective-- }),
		wrong("another name of a level", func(p *model.Plan) { p.Levels[2].Name = model.LevelCost }),
		wrong("levels in another order", func(p *model.Plan) { p.Levels[1], p.Levels[2] = p.Levels[2], p.Levels[1] }),
		wrong("a level left out", func(p *model.Plan) { p.Levels = p.Levels[:4] }),
		wrong("no levels", func(p *model.Plan) { p.Levels = nil }),
		wrong("a level too many", func(p *model.Plan) { p.Levels = append(p.Levels, model.PlanLevel{Name: "luck", Proven: true}) }),
		wrong("a bound above the objective", func(p *model.Plan) {
			l := &p.Levels[4]
			l.Bound, l.Gap, l.Proven, p.Stop = l.Bound+1, relativeGap(l.Objective, l.Bound+1), false, model.StopTime
		}),
		wrong("a gap that does not follow", func(p *model.Plan) { p.Levels[3].Gap = 0.01 }),
		wrong("a gap that is no number", func(p *model.Plan) { p.Levels[3].Gap = math.NaN() }),
		wrong("proven with a bound below", func(p *model.Plan) {
			p.Levels[4].Bound--
			p.Levels[4].Gap = relativeGap(p.Levels[4].Objective, p.Levels[4].Bound)
		}),
		wrong("not proven with the bound reached", func(p *model.Plan) { p.Levels[4].Proven, p.Stop = false, model.StopTime }),
		wrong("conditional without cause", func(p *model.Plan) { p.Levels[4].Conditional = true }),
		wrong("unconditional after a level that is not proven", func(p *model.Plan) { open(p, 3); p.Levels[4].Conditional = false }),
		wrong("stopped as optimal with a level that is not proven", func(p *model.Plan) { open(p, 4); p.Stop = model.StopOptimal }),
		wrong("stopped by a gap that was not accepted", func(p *model.Plan) { open(p, 4); p.Stop = model.StopGap }),
		wrong("stopped by a gap that another level is beyond", func(p *model.Plan) {
			open(p, 3)
			p.Stop, p.Options.Gap = model.StopGap, p.Levels[3].Gap/2
		}),
		wrong("an unknown stop reason", func(p *model.Plan) { p.Stop = 99 }),

		wrong("a wrong count in the ledger", func(p *model.Plan) { p.Ledger.Moved++ }),
		wrong("a wrong sum of costs", func(p *model.Plan) { p.Cost.Subsidy, p.Cost.Travel = p.Cost.Subsidy+1, p.Cost.Travel-1 }),

		wrong("a post left out", func(p *model.Plan) { p.Posts = p.Posts[1:] }),
		wrong("a post too many", func(p *model.Plan) { p.Posts = append(p.Posts, model.PlannedPost{PostID: at("Z", primary, "art")}) }),
		wrong("a post twice", func(p *model.Plan) { p.Posts = append(p.Posts[:1], p.Posts...) }),
		wrong("posts out of order", func(p *model.Plan) { slices.Reverse(p.Posts) }),
		wrong("another need", func(p *model.Plan) { p.Posts[0].Need++ }),
		wrong("another number of incumbents", func(p *model.Plan) { p.Posts[0].Incumbent++ }),
		wrong("another number of people", func(p *model.Plan) { p.Posts[0].Filled++ }),
		wrong("a second subject without periods to teach", func(p *model.Plan) {
			p.Posts[0].Second = []model.SubjectPeriods{{Subject: "pe", Periods: 10}}
		}),
		wrong("a second subject of no periods", func(p *model.Plan) { p.Posts[0].Second = []model.SubjectPeriods{{Subject: "pe"}} }),

		wrong("assignments out of order", func(p *model.Plan) { slices.Reverse(p.Assignments) }),
		wrong("a stranger", func(p *model.Plan) {
			p.Assignments = append(p.Assignments, model.Assignment{Teacher: "T99", To: p.Assignments[0].To})
		}),
		wrong("another present post", func(p *model.Plan) { p.Assignments[1].From = p.Assignments[1].To }),
		wrong("another cost", func(p *model.Plan) { p.Assignments[1].Cost.Move = 0 }),

		wrong("a weight below 0", func(p *model.Plan) { p.Options.Weights.TierStep = &tier }),
		wrong("an accepted gap that is no number", func(p *model.Plan) { p.Options.Gap = math.NaN() }),
		wrong("a time limit below 0", func(p *model.Plan) { p.Options.TimeLimit = -1 }),
		wrong("objectives from another lottery", func(p *model.Plan) { p.Options.Seed++ }),
		wrong("a lottery without a seed", func(p *model.Plan) { p.Options.Seed = 0 }),
	}
}

// open leaves level k short of its bound, with all that follows from it.
func open(p *model.Plan, k int) {
	l := &p.Levels[k]
	l.Bound--
	l.Gap, l.Proven, p.Stop = relativeGap(l.Objective, l.Bound), false, model.StopTime
	for i := range p.Levels[k+1:] {
		p.Levels[k+1+i].Conditional = true
	}
}

func TestMutations(t *testing.T) {
	c := goodCounty()
	covered := map[model.RuleID]int{}
	for _, m := range slices.Concat(peopleMutations(), placeMutations(), recordMutations()) {
		covered[m.rule]++
		t.Run(string(m.rule)+"/"+m.reason, func(t *testing.T) {
			p := goodPlan(c)
			m.change(p)
			if m.seal {
				seal(c, p)
			}
			report := Plan(c, p)
			if report.OK() {
				t.Error("the report is OK")
			}
			want := slices.DeleteFunc(model.HardRules(), func(rule model.RuleID) bool {
				return rule != m.rule && !slices.Contains(m.also, rule)
			})
			noDiff(t, "rules named", want, broken(report.Violations()))
		})
	}
	for _, rule := range model.HardRules() {
		if covered[rule] < 2 {
			t.Errorf("rule %s has %d mutations, want 2 or more", rule, covered[rule])
		}
	}
}

// TestHonestLimits shows that a plan need not be proven, only say so.
func TestHonestLimits(t *testing.T) {
	tests := []struct {
		reason string
		change func(*model.Plan)
	}{
		{"stopped by the clock with an open level", func(p *model.Plan) { open(p, 1) }},
		{"cancelled with an open level", func(p *model.Plan) { open(p, 3); p.Stop = model.StopCancelled }},
		{"stopped within the accepted gap", func(p *model.Plan) {
			open(p, 4)
			p.Stop, p.Options.Gap = model.StopGap, p.Levels[4].Gap
		}},
		{"stopped within the accepted gap at a level before the last", func(p *model.Plan) {
			open(p, 3)
			p.Stop, p.Options.Gap = model.StopGap, p.Levels[3].Gap
		}},
		{"empty lists in the origin", func(p *model.Plan) { p.Origin.Real = []string{} }},
	}
	c := goodCounty()
	for _, test := range tests {
		p := goodPlan(c)
		test.change(p)
		if err := Plan(c, p).Err(); err != nil {
			t.Errorf("%s: %v", test.reason, err)
		}
	}
}
