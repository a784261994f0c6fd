package allocation_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/model"
)

// randomRounds draws a county with districts, points that tie, and people who refuse.
func randomRounds(r *rand.Rand) (*model.County, allocation.RoundsOptions) {
	c := randomCounty(r)
	for len(c.Teachers) < 12 {
		c.Teachers = append(c.Teachers, randomTeacher(r, c, len(c.Teachers)))
	}
	for i := range c.Schools {
		c.Schools[i].District = []model.DistrictID{"", "D1", "D2"}[r.IntN(3)]
		if len(c.Townships) > 0 && r.IntN(2) == 0 {
			c.Schools[i].Township = c.Townships[0].ID
		}
	}
	o := allocation.RoundsOptions{Seed: uint64(r.IntN(3))}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		t.Points = r.IntN(4)
		if !t.Away(c.Date, &c.Rules) && r.IntN(6) == 0 {
			o.Refuse = append(o.Refuse, t.ID)
		}
	}
	return c, o
}

// On random counties the ledgers balance after each round, the decisions lead from what people
// hold to what the plan says, whoever may not be let go keeps the post, and the checker accepts the plan.
func TestRoundsOnRandomCounties(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	const counties = 1500
	seen := map[string]int{}
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 7))
		c, o := randomRounds(r)
		if seed%2 == 1 {
			giveTitles(r, c)
		}
		if err := c.Validate(); err != nil {
			t.Fatalf("county %d is not valid: %v", seed, err)
		}
		result, err := allocation.Rounds(context.Background(), c, o)
		if err != nil {
			t.Fatalf("county %d: %v", seed, err)
		}
		if err := result.County.Validate(); err != nil {
			t.Fatalf("county %d: after the first round it is not valid: %v", seed, err)
		}
		if err := check.Plan(result.County, result.Plan).Err(); err != nil {
			t.Fatalf("county %d: the checker refuses the plan: %v", seed, err)
		}
		ledgersBalance(t, seed, result)
		titlesBalance(t, seed, c, result, seen)
		decisionsLead(t, seed, c, result, seen)
		nobodyIsPassedOver(t, seed, result, seen)
	}
	t.Logf("%d counties had %v", counties, seen)
	for _, what := range []string{"in-school direct", "in-school ranked", "in-school outranked", "in-school no-place", "in-school other post",
		"district ranked", "district outranked", "county ranked", "county outranked", "county no-post", "county volunteer won", "county volunteer stays",
		"adjustment adjusted", "adjustment declined", "adjustment left-over", "tie", "took a leaver's place",
		"district titles", "county titles", "senior posts filled", "senior posts exceeded", "middle posts filled across schools", "another's title post"} {
		if seen[what] < 5 {
			t.Errorf("%q was seen %d times, want 5 at least", what, seen[what])
		}
	}
}

func ledgersBalance(t *testing.T, seed uint64, result *allocation.RoundsResult) {
	t.Helper()
	before, first := result.Before, result.Steps[0].Ledger
	for _, step := range result.Steps {
		l := step.Ledger
		if l.People != l.Posted+l.Surplus || l.Posts != l.Filled+l.Open || l.Posted != l.Filled+l.Over {
			t.Fatalf("county %d: the ledger after round %s does not balance: %+v", seed, step.Round, l)
		}
		if l.People != before.People || l.Posts != before.Posts {
			t.Fatalf("county %d: round %s changes people or posts: %+v, before %+v", seed, step.Round, l, before)
		}
		if step.Round != allocation.RoundInSchool && (l.Surplus > before.Surplus || l.Over > first.Over) {
			t.Fatalf("county %d: round %s leaves more people over: %+v, before %+v", seed, step.Round, l, before)
		}
		before = l
	}
	p := result.Plan.Ledger
	want := allocation.RoundLedger{People: p.People - p.Away, Posted: p.Posted, Surplus: p.Unplaced, Posts: p.Need, Filled: p.Filled, Open: p.Short, Over: p.Over,
		Senior: before.Senior, Middle: before.Middle} // see titlesBalance
	if diff := cmp.Diff(want, before); diff != "" {
		t.Fatalf("county %d: the last ledger (-plan +rounds)\n%s", seed, diff)
	}
}

// decisionsLead follows the decisions from round to round: each begins where the one before
// ended, the ledger counts the same people, and the last is the plan.
func decisionsLead(t *testing.T, seed uint64, c *model.County, result *allocation.RoundsResult, seen map[string]int) {
	t.Helper()
	holds, teacher := map[model.TeacherID]model.PostID{}, map[model.TeacherID]*model.Teacher{}
	school := map[model.SchoolID]*model.School{}
	for i := range c.Schools {
		school[c.Schools[i].ID] = &c.Schools[i]
	}
	for i := range c.Teachers {
		person := &c.Teachers[i]
		if person.Away(c.Date, &c.Rules) {
			continue
		}
		teacher[person.ID] = person
		holds[person.ID] = person.CurrentPost(school[person.CurrentSchool(c.Date)])
	}
	decisions := result.Decisions
	for _, step := range result.Steps {
		own := decisions[:step.Took]
		decisions = decisions[step.Took:]
		for _, d := range own {
			person := teacher[d.Teacher]
			if d.Round != step.Round || d.From != holds[d.Teacher] {
				t.Fatalf("county %d: round %s: %s begins at %s, but holds %s", seed, step.Round, d.Teacher, d.From, holds[d.Teacher])
			}
			count := string(d.Round) + " " + string(d.Reason)
			seen[count]++
			switch {
			case d.Reason == allocation.ReasonDirect && d.To != d.From,
				d.Round == allocation.RoundInSchool && !d.To.IsZero() && d.To.School != d.From.School,
				d.Round != allocation.RoundInSchool && !d.From.IsZero() && (d.To.IsZero() || !person.Volunteer),
				person.OnExchange(c.Date) && d.To != d.From,
				len(person.Exemptions) > 0 && d.Round == allocation.RoundInSchool && d.To != d.From:
				t.Fatalf("county %d: %+v of %+v", seed, d, *person)
			case d.Round == allocation.RoundInSchool && !d.To.IsZero() && d.To != d.From:
				seen["in-school other post"]++
			case d.Round == allocation.RoundCounty && !d.From.IsZero() && d.To != d.From:
				seen["county volunteer won"]++
			case d.Round == allocation.RoundCounty && !d.From.IsZero():
				seen["county volunteer stays"]++
			}
			holds[d.Teacher] = d.To
		}
		posted := 0
		for _, post := range holds {
			if !post.IsZero() {
				posted++
			}
		}
		if posted != step.Ledger.Posted {
			t.Fatalf("county %d: after round %s %d people hold a post, the ledger says %d", seed, step.Round, posted, step.Ledger.Posted)
		}
	}
	if len(decisions) > 0 {
		t.Fatalf("county %d: %d decisions belong to no round", seed, len(decisions))
	}
	for _, a := range result.Plan.Assignments {
		if a.Ground != model.GroundAway && a.To != holds[a.Teacher] {
			t.Fatalf("county %d: the plan has %s at %s, the decisions at %s", seed, a.Teacher, a.To, holds[a.Teacher])
		}
	}
}

// nobodyIsPassedOver reads the lists of each market: a post that somebody wanted more than
// what the round gave hired only people of higher points, or equal points and a better lot. Whose title
// class has all its places at the post stands against people of the class alone.
func nobodyIsPassedOver(t *testing.T, seed uint64, result *allocation.RoundsResult, seen map[string]int) {
	t.Helper()
	lottery := matching.Lottery{Seed: result.Options.Seed}
	decisions := result.Decisions
	for _, step := range result.Steps {
		own := map[string]allocation.RoundDecision{}
		for _, d := range decisions[:step.Took] {
			own[string(d.Teacher)] = d
		}
		decisions = decisions[step.Took:]
		if step.Market == nil {
			continue
		}
		hired, room := map[string][]allocation.RoundDecision{}, map[string]int{}
		for _, d := range own {
			if d.Reason == allocation.ReasonRanked {
				hired[d.To.String()] = append(hired[d.To.String()], d)
			}
		}
		for _, p := range step.Posts {
			room[p.String()] = p.Places - p.Hired
			if len(hired[p.String()]) != p.Hired || (p.Hired == 0) != (p.CutOff == allocation.CutOff{}) {
				t.Fatalf("county %d: %+v but %d decisions hire", seed, p, len(hired[p.String()]))
			}
			if p.Hired > p.Places {
				seen["took a leaver's place"]++
			}
		}
		capped := titlesUsedUp(t, seed, step.Market, own)
		for _, a := range step.Market.Applicants {
			d := own[a.ID]
			class := map[string]string{}
			for _, b := range step.Market.Applicants {
				class[b.ID] = b.Class
			}
			list := a.List
			if i := slices.Index(list, d.To.String()); i >= 0 {
				list = list[:i]
			}
			for _, post := range list {
				full := capped[[2]string{post, a.Class}]
				if room[post] > 0 && !full {
					t.Fatalf("county %d: round %s: %s wanted %s, which has a free place", seed, step.Round, a.ID, post)
				}
				for _, h := range hired[post] {
					if full && class[string(h.Teacher)] != a.Class {
						continue
					}
					better, worse := lottery.Number("", string(h.Teacher)), lottery.Number("", a.ID)
					if h.Points < d.Points || (h.Points == d.Points && better > worse) {
						t.Fatalf("county %d: round %s: %s hired %s (%d points) and passed over %s (%d points)",
							seed, step.Round, post, h.Teacher, h.Points, a.ID, d.Points)
					}
					if h.Points == d.Points {
						seen["tie"]++
					}
				}
			}
			if d.Reason == allocation.ReasonOutranked && (d.Asked.String() != a.List[0] || d.Rank <= d.CutOff.Rank || d.Points > d.CutOff.Points) {
				t.Fatalf("county %d: %+v is refused within the cut-off", seed, d)
			}
			if d.Reason == allocation.ReasonTitles && !capped[[2]string{a.List[0], a.Class}] {
				t.Fatalf("county %d: %+v, but the class has places left", seed, d)
			}
			if d.Reason == allocation.ReasonRanked && (d.Asked != d.To || d.Rank > d.CutOff.Rank || d.Points < d.CutOff.Points || d.Rank > d.Of) {
				t.Fatalf("county %d: %+v is hired beyond the cut-off", seed, d)
			}
		}
	}
}

// tiny by hand. S1 has one place for chinese: T3 (80 points) is hired, T1 and T2 are not. T4 is exempt
// and keeps the post. S2 and S4 have a place for chinese each: T1 takes the nearer S2, T2 the
// other, and T6, with the fewest points, none. The recruit T5 is placed by the county.
func TestRoundsOfTiny(t *testing.T) {
	c := readTiny(t)
	post := func(text model.SchoolID, subject model.SubjectID) model.PostID {
		return model.PostID{School: text, Stage: model.StagePrimary, Subject: subject}
	}
	s1, none := post("S1", "chinese"), model.PostID{}
	type outcome struct {
		Round   allocation.Round
		Teacher model.TeacherID
		From    model.PostID
		To      model.PostID
		Reason  allocation.RoundReason
		Rank    int
		CutOff  int
	}
	tests := []struct {
		reason  string
		options allocation.RoundsOptions
		last    []outcome
	}{
		{"the county places the recruit", allocation.RoundsOptions{}, []outcome{
			{allocation.RoundAdjustment, "T5", none, post("S3", "mathematics"), allocation.ReasonAdjusted, 0, 0},
			{allocation.RoundAdjustment, "T6", none, none, allocation.ReasonLeftOver, 0, 0}}},
		{"who refuses goes to retraining", allocation.RoundsOptions{Refuse: []model.TeacherID{"T5", "T1"}}, []outcome{
			{allocation.RoundAdjustment, "T5", none, none, allocation.ReasonDeclined, 0, 0},
			{allocation.RoundAdjustment, "T6", none, none, allocation.ReasonLeftOver, 0, 0}}},
	}
	first := []outcome{
		{allocation.RoundInSchool, "T1", s1, none, allocation.ReasonOutranked, 2, 80},
		{allocation.RoundInSchool, "T2", s1, none, allocation.ReasonOutranked, 3, 80},
		{allocation.RoundInSchool, "T3", s1, s1, allocation.ReasonRanked, 1, 80},
		{allocation.RoundInSchool, "T4", post("S1", "mathematics"), post("S1", "mathematics"), allocation.ReasonDirect, 0, 0},
		{allocation.RoundCounty, "T1", none, post("S2", "chinese"), allocation.ReasonRanked, 1, 70},
		{allocation.RoundCounty, "T2", none, post("S4", "chinese"), allocation.ReasonRanked, 2, 60},
		{allocation.RoundCounty, "T6", none, none, allocation.ReasonOutranked, 3, 70},
	}
	for _, test := range tests {
		result, err := allocation.Rounds(t.Context(), c, test.options)
		if err != nil {
			t.Fatalf("%s: %v", test.reason, err)
		}
		var got []outcome
		for _, d := range result.Decisions {
			got = append(got, outcome{d.Round, d.Teacher, d.From, d.To, d.Reason, d.Rank, d.CutOff.Points})
		}
		if diff := cmp.Diff(append(slices.Clone(first), test.last...), got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.reason, diff)
		}
	}
	if diff := cmp.Diff(readTiny(t), c); diff != "" {
		t.Errorf("the rounds changed the county\n%s", diff)
	}
}

func TestRoundsErrors(t *testing.T) {
	broken := readTiny(t)
	broken.Teachers[0].School = "S9"
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		reason string
		ctx    context.Context
		county *model.County
		o      allocation.RoundsOptions
		fields []string // of the *model.FieldError; nil: a *StoppedError
	}{
		{"a county that is not valid", t.Context(), broken, allocation.RoundsOptions{}, []string{"school"}},
		{"every fault of the options", t.Context(), readTiny(t), allocation.RoundsOptions{TimeLimit: -1, Workers: -1,
			Points: &allocation.PointWeights{Year: -1, Title: 1001}, Refuse: []model.TeacherID{"T5", "T9", "T5"}},
			[]string{"time_limit", "workers", "points.year", "points.title", "refuse", "refuse"}},
		{"cancelled", cancelled, readTiny(t), allocation.RoundsOptions{}, nil},
	}
	for _, test := range tests {
		result, err := allocation.Rounds(test.ctx, test.county, test.o)
		var stopped *allocation.StoppedError
		if test.fields == nil && (!errors.As(err, &stopped) || !errors.Is(err, context.Canceled)) {
			t.Errorf("%s: %v, want a *StoppedError", test.reason, err)
		}
		var fields []string
		for _, fault := range model.FieldErrors(err) {
			fields = append(fields, fault.Field)
		}
		if diff := cmp.Diff(test.fields, fields); diff != "" || result != nil {
			t.Errorf("%s: %v: fields (-want +got)\n%s", test.reason, err, diff)
		}
	}
}

// The same county and seed give the same result, whatever the number of workers and the order of the
// records; another seed changes nothing but ties.
func TestRoundsAreReproducible(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 8))
		c, o := randomRounds(r)
		one, err := allocation.Rounds(t.Context(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		shuffled := *c
		shuffled.Teachers = slices.Clone(c.Teachers)
		r.Shuffle(len(shuffled.Teachers), func(i, j int) {
			shuffled.Teachers[i], shuffled.Teachers[j] = shuffled.Teachers[j], shuffled.Teachers[i]
		})
		o.Workers = 3
		two, err := allocation.Rounds(t.Context(), &shuffled, o)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(one.Decisions, two.Decisions); diff != "" {
			t.Fatalf("county %d: other decisions\n%s", seed, diff)
		}
		for i := range c.Teachers {
			c.Teachers[i].Points = 1 + i // no ties
		}
		if one, err = allocation.Rounds(t.Context(), c, o); err != nil {
			t.Fatal(err)
		}
		o.Seed += 5
		if two, err = allocation.Rounds(t.Context(), c, o); err != nil {
			t.Fatal(err)
		}
		hiring := func(d []allocation.RoundDecision) []allocation.RoundDecision {
			return slices.DeleteFunc(d, func(d allocation.RoundDecision) bool { return d.Round == allocation.RoundAdjustment })
		}
		if diff := cmp.Diff(hiring(one.Decisions), hiring(two.Decisions)); diff != "" {
			t.Fatalf("county %d: without ties the seed changes who is hired\n%s", seed, diff)
		}
	}
}
