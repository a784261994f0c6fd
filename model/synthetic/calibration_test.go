package synthetic

import (
	"fmt"
	"testing"

	"github.com/xianguan/xianguan/model"
)

// census is what the calibration looks at.
type census struct {
	people, pool, away, exempt, volunteers, exchange, ended, term, partners, offSubject int
	backbone, senior, young, old, due, maternity, illness                               int
	town, rural                                                                         struct{ schools, need, present int }
	subject                                                                             map[model.SubjectID]*[2]int // need, filled of it
	pairs                                                                               int
}

// count takes the census of a county as allocation would see it: people at their
// current post, those who are away left out.
func count(c *model.County) census {
	n := census{people: len(c.Teachers), subject: map[model.SubjectID]*[2]int{}}
	school := map[model.SchoolID]*model.School{}
	need, held := map[model.PostID]int{}, map[model.PostID]int{}
	y := newSyllabus(c)
	for i := range c.Schools {
		s := &c.Schools[i]
		school[s.ID] = s
		side := &n.rural
		if s.Town {
			side = &n.town
		}
		side.schools++
		for _, p := range y.posts(s) {
			need[model.PostID{School: s.ID, Stage: p.stage, Subject: p.subject}] = p.need
			side.need += p.need
		}
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		n.person(c, t)
		if t.School == "" || t.Away(c.Date, &c.Rules) {
			continue
		}
		s := school[t.CurrentSchool(c.Date)]
		post := t.CurrentPost(s)
		held[post]++
		if s.Town {
			n.town.present++
		} else {
			n.rural.present++
		}
		if post.Subject != t.Main {
			n.offSubject++
		}
	}
	for post, d := range need {
		if n.subject[post.Subject] == nil {
			n.subject[post.Subject] = &[2]int{}
		}
		n.subject[post.Subject][0] += d
		n.subject[post.Subject][1] += min(d, held[post])
	}
	n.pairs = eligiblePairs(c, need, school)
	return n
}

func (n *census) person(c *model.County, t *model.Teacher) {
	add := func(to *int, yes bool) {
		if yes {
			*to++
		}
	}
	age := c.Date.YearsSince(t.Born)
	add(&n.pool, t.School == "")
	add(&n.away, t.Away(c.Date, &c.Rules))
	add(&n.exempt, len(t.Exemptions) > 0)
	for _, e := range t.Exemptions {
		add(&n.maternity, e == model.ExemptionMaternity)
		add(&n.illness, e == model.ExemptionIllness)
	}
	add(&n.volunteers, t.Volunteer)
	add(&n.exchange, t.OnExchange(c.Date))
	add(&n.ended, t.WorkingSchool != "" && !t.OnExchange(c.Date))
	add(&n.term, t.TermEnds > c.Date && t.School != "")
	add(&n.partners, t.Partner != "")
	add(&n.backbone, t.Backbone >= model.BackboneCounty)
	add(&n.senior, t.Title >= model.TitleSenior)
	add(&n.young, age < 30)
	add(&n.old, age >= 50)
	add(&n.due, t.School != "" && t.YearsHere >= c.Rules.RotationYears)
}

// eligiblePairs counts the pairs of teacher and post that the hard rules and the
// grounds of package allocation leave, the present post among them.
func eligiblePairs(c *model.County, need map[model.PostID]int, school map[model.SchoolID]*model.School) int {
	bySubject := map[model.SubjectID][]model.PostID{}
	for post, d := range need {
		if d > 0 {
			bySubject[post.Subject] = append(bySubject[post.Subject], post)
		}
	}
	home := map[model.TownshipID]model.Position{}
	for _, t := range c.Townships {
		home[t.ID] = t.Position
	}
	pairs := 0
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Away(c.Date, &c.Rules) {
			continue
		}
		at := school[t.CurrentSchool(c.Date)]
		if at != nil {
			pairs++
			if t.OnExchange(c.Date) || t.TermEnds > c.Date {
				continue
			}
		}
		due := at != nil && t.YearsHere >= c.Rules.RotationYears
		if at != nil && !t.Volunteer && !due {
			continue // may only stay
		}
		for _, subject := range append([]model.SubjectID{t.Main}, t.Second...) {
			for _, post := range bySubject[subject] {
				if at == nil || post != t.CurrentPost(at) {
					pairs += eligible(c, t, at, school[post.School], post, home[t.Home])
				}
			}
		}
	}
	return pairs
}

func eligible(c *model.County, t *model.Teacher, at, s *model.School, post model.PostID, home model.Position) int {
	fits, wished := false, len(t.Preferences) == 0
	for _, stage := range t.Stages {
		fits = fits || stage == post.Stage
	}
	speaks := s.Language == ""
	for _, l := range t.Languages {
		speaks = speaks || l == s.Language
	}
	if !fits || !speaks {
		return 0
	}
	for _, p := range t.Preferences {
		wished = wished || p == s.ID
	}
	if t.Pool == model.PoolRecruit || (t.Volunteer && wished) {
		return 1
	}
	if home.IsZero() && at != nil {
		home = at.Position
	}
	near := t.RetiresOn(&c.Rules) <= c.Date.AddYears(c.Rules.NearRetirementYears)
	rotation := at != nil && s.ID != at.ID && t.YearsHere >= c.Rules.RotationYears && len(t.Exemptions) == 0 && !near
	if t.Pool != model.PoolUnplaced && !rotation {
		return 0
	}
	if north := abs(int(home.Lat - s.Position.Lat)); north/10 > int(c.Rules.ForcedDistance) {
		return 0 // a tenth of a metre a millionth of a degree: too far without a closer look
	}
	if model.Metres(c.Rules.RoadFactor.Of(int64(model.Distance(home, s.Position)))) <= c.Rules.ForcedDistance {
		return 1
	}
	return 0
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) }

func (n *census) String() string {
	text := fmt.Sprintf("people %d, schools %d+%d, need %d; town %+.1f %%, rural %+.1f %%, all with pool %+.1f %%; town share of need %.0f %%\n", n.people,
		n.town.schools, n.rural.schools, n.town.need+n.rural.need,
		percent(n.town.present, n.town.need)-100, percent(n.rural.present, n.rural.need)-100,
		percent(n.town.present+n.rural.present+n.pool, n.town.need+n.rural.need)-100, percent(n.town.need, n.town.need+n.rural.need))
	for _, line := range []struct {
		what string
		n    int
	}{{"pool", n.pool}, {"away", n.away}, {"maternity", n.maternity}, {"illness", n.illness}, {"volunteers", n.volunteers}, {"on exchange", n.exchange},
		{"exchange ended", n.ended}, {"term", n.term}, {"partners", n.partners}, {"backbone", n.backbone}, {"senior", n.senior},
		{"under 30", n.young}, {"50 and over", n.old}, {"off subject", n.offSubject}, {"6 years here", n.due}} {
		text += fmt.Sprintf("%s %.1f %%, ", line.what, percent(line.n, n.people))
	}
	text += "\nfilled: "
	for _, s := range []model.SubjectID{"chinese", "mathematics", "english", "morality-law", "science", "pe", "music", "fine-art", "it", "labour", "mongolian"} {
		if of := n.subject[s]; of != nil {
			text += fmt.Sprintf("%s %.0f %% of %d, ", s, percent(of[1], of[0]), of[0])
		}
	}
	return text + fmt.Sprintf("\npairs %.1f a teacher", float64(n.pairs)/float64(n.people))
}

func TestCalibration(t *testing.T) {
	type bounds struct{ low, high float64 }
	var counties []*model.County
	for _, l := range Landscapes() {
		for _, people := range []int{2_000, 5_000} {
			counties = append(counties, generate(t, Options{Teachers: people, Landscape: l, Seed: 7}))
		}
	}
	for _, make := range []func() (*model.County, error){Zhangwu, Fumeng} {
		c, err := make()
		if err != nil {
			t.Fatal(err)
		}
		counties = append(counties, c)
	}
	for _, c := range counties {
		name, n := c.ID, count(c)
		t.Logf("%s: %s", name, n.String())
		need := n.town.need + n.rural.need
		for _, share := range []struct {
			reason string
			got    float64
			bounds
		}{
			{"town schools are overstaffed", percent(n.town.present, n.town.need) - 100, bounds{8, 15}},
			{"rural schools are short", percent(n.rural.present, n.rural.need) - 100, bounds{-20, -10}},
			{"the county is in balance or a little short", percent(n.town.present+n.rural.present+n.pool, need) - 100, bounds{-3, 1}},
			{"town share of need", percent(n.town.need, need), bounds{35, 45}},
			{"pool", percent(n.pool, n.people), bounds{2, 4}},
			{"leave and secondment", percent(n.away, n.people), bounds{1.2, 2.8}},
			{"maternity", percent(n.maternity, n.people), bounds{2.5, 4.5}},
			{"illness", percent(n.illness, n.people), bounds{0.5, 1.7}},
			{"volunteers", percent(n.volunteers, n.people), bounds{8, 12}},
			{"exchanges that run", percent(n.exchange, n.people), bounds{1, 2.6}},
			{"exchanges that ended", percent(n.ended, n.people), bounds{0.4, 1.5}},
			{"service terms", percent(n.term, n.people), bounds{2.5, 5}},
			{"partners", percent(n.partners, n.people), bounds{2, 7}},
			{"county backbone and above", percent(n.backbone, n.people), bounds{6, 10}},
			{"senior titles", percent(n.senior, n.people), bounds{12, 20}},
			{"under 30", percent(n.young, n.people), bounds{17, 27}},
			{"50 and over", percent(n.old, n.people), bounds{22, 31}},
			{"outside the main subject", percent(n.offSubject, n.people), bounds{12, 20}},
			{"six years at the school", percent(n.due, n.people), bounds{33, 45}},
			{"eligible posts a teacher", float64(n.pairs) / float64(n.people), bounds{10, 30}},
		} {
			if share.got < share.low || share.got > share.high {
				t.Errorf("%s: %s: %.1f, want %v to %v", name, share.reason, share.got, share.low, share.high)
			}
		}
		for _, s := range []model.SubjectID{"pe", "music", "fine-art", "english", "science", "it"} {
			if filled, plenty := percent(n.subject[s][1], n.subject[s][0]), percent(n.subject["mathematics"][1], n.subject["mathematics"][0]); filled > plenty-3 {
				t.Errorf("%s: %s is filled to %.0f %%, mathematics to %.0f %%: want it short", name, s, filled, plenty)
			}
		}
	}
}

// TestEligiblePairs holds the size of the problem that a county poses: about 25
// eligible posts a teacher over plain counties of 2,000 to 20,000.
func TestEligiblePairs(t *testing.T) {
	sizes, sum := []int{2_000, 5_000, 20_000}, 0.0
	for _, people := range sizes {
		n := count(generate(t, Options{Teachers: people, Seed: 1}))
		pairs := float64(n.pairs) / float64(n.people)
		t.Logf("%d teachers: %.1f eligible posts each", people, pairs)
		if sum += pairs; pairs < 15 || pairs > 40 {
			t.Errorf("%d teachers: %.1f eligible posts each, want 15 to 40", people, pairs)
		}
	}
	if mean := sum / float64(len(sizes)); mean < 21 || mean > 30 {
		t.Errorf("%.1f eligible posts a teacher over the sizes, want about 25", mean)
	}
}
