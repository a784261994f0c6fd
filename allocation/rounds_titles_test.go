package allocation_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/matching"
	"github.com/xianguan/xianguan/model"
)

// giveTitles gives people titles and evaluations, and most schools quotas of the title classes.
func giveTitles(r *rand.Rand, c *model.County) {
	for i := range c.Teachers {
		c.Teachers[i].Title = model.Title(1 + r.IntN(5))
		if c.Teachers[i].Evaluation = model.Evaluation(r.IntN(5)); r.IntN(3) == 0 {
			c.Teachers[i].Points = 0
		}
	}
	c.Rules.Points = allocation.PointWeights{Year: r.IntN(2), Title: r.IntN(2), Excellent: 3, Qualified: 2, Basic: 1}
	c.Rules.TitlesSenior = model.RuleSetting{Force: model.Force(r.IntN(3)), Weight: 1_000_000}
	c.Rules.TitlesMiddle = model.RuleSetting{Force: model.ForceHard}
	c.Rules.SeniorShare = model.ByStage[model.Share]{Primary: 3000, Junior: 3000}
	for i := range c.Schools {
		if r.IntN(3) > 0 {
			senior, middle := r.IntN(2), r.IntN(3)
			c.Schools[i].SeniorPosts, c.Schools[i].MiddlePosts = &senior, &middle
		}
	}
}

// titlesBalance holds the ledgers of title classes to a count of its own, and the excess over quotas to growing
// nowhere: who comes from another school takes a post of the class that is open, or that somebody of the class left.
func titlesBalance(t *testing.T, seed uint64, c *model.County, result *allocation.RoundsResult, seen map[string]int) {
	t.Helper()
	before, decisions := result.Before, result.Decisions
	holds := map[model.TeacherID]model.PostID{}
	schools, titles := map[model.SchoolID]*model.School{}, map[model.TeacherID]model.Title{}
	for i := range c.Schools {
		schools[c.Schools[i].ID] = &c.Schools[i]
	}
	for i := range c.Teachers {
		person := &c.Teachers[i]
		titles[person.ID] = person.Title
		if !person.Away(c.Date, &c.Rules) {
			holds[person.ID] = person.CurrentPost(schools[person.CurrentSchool(c.Date)])
		}
	}
	first := result.Steps[0].Ledger
	for _, step := range result.Steps {
		if step.Round == allocation.RoundAdjustment {
			before = first // the rule holds the county to what it has after the first round
		}
		for _, class := range []struct {
			now, before allocation.TitleLedger
			class       model.TitleClass
			off         bool
		}{{step.Ledger.Senior, before.Senior, model.TitleClassSenior, c.Rules.TitlesSenior.Force == model.ForceOff},
			{step.Ledger.Middle, before.Middle, model.TitleClassMiddle, false}} {
			l := class.now
			if l.People != l.Filled+l.Over || l.Posts != l.Filled+l.Open || l.Posts != class.before.Posts {
				t.Fatalf("county %d: the title ledger after round %s does not balance: %+v", seed, step.Round, l)
			}
			soft := step.Round == allocation.RoundAdjustment && class.class == model.TitleClassSenior && c.Rules.TitlesSenior.Force == model.ForceSoft
			if !class.off && !soft && l.Over > class.before.Over {
				t.Fatalf("county %d: after round %s %d people are above the %s posts, before %d", seed, step.Round, l.Over, class.class, class.before.Over)
			}
			if l.Posts > 0 && l.Open == 0 {
				seen[class.class.String()+" posts filled"]++
			}
			if l.Over > 0 {
				seen[class.class.String()+" posts exceeded"]++
			}
			if step.Round == allocation.RoundCounty && l.Filled > class.before.Filled {
				seen[class.class.String()+" posts filled across schools"]++
			}
		}
		for _, d := range decisions[:step.Took] {
			class := titles[d.Teacher].Class()
			if d.Reason == allocation.ReasonTitles && class == model.TitleClassJunior {
				t.Fatalf("county %d: %+v of a junior title", seed, d)
			}
			if came := d.To; d.Reason == allocation.ReasonRanked && step.Round != allocation.RoundInSchool && class != model.TitleClassJunior {
				for other, post := range holds {
					if post == came && other != d.Teacher && titles[other].Class() == class && !slices.ContainsFunc(decisions[:step.Took],
						func(e allocation.RoundDecision) bool { return e.Teacher == other && e.To == post }) {
						seen["another's title post"]++
					}
				}
			}
		}
		for _, d := range decisions[:step.Took] {
			holds[d.Teacher] = d.To
		}
		decisions, before = decisions[step.Took:], step.Ledger
		for class, got := range map[model.TitleClass]int{model.TitleClassSenior: step.Ledger.Senior.People, model.TitleClassMiddle: step.Ledger.Middle.People} {
			want := 0
			for id, post := range holds {
				if s := schools[post.School]; s != nil && titles[id].Class() == class && hasTitleQuota(c, s, class) {
					want++
				}
			}
			if got != want {
				t.Fatalf("county %d: after round %s the ledger has %d people of %s titles, the decisions %d", seed, step.Round, got, class, want)
			}
		}
	}
}

// hasTitleQuota reports whether a school of these counties has a quota: of its own, or by the shares, which every
// stage has or none.
func hasTitleQuota(c *model.County, s *model.School, class model.TitleClass) bool {
	share := c.Rules.TitleShare(class)
	need := slices.ContainsFunc(allocation.Demand(c).Posts, func(p allocation.PostDemand) bool { return p.School == s.ID && p.Need > 0 })
	return s.TitlePosts(class) != nil || (need && share.Primary > 0)
}

// titlesUsedUp says of which class each post of a market has as many people as it may after the round, and fails
// where it has more.
func titlesUsedUp(t *testing.T, seed uint64, m *matching.Market, own map[string]allocation.RoundDecision) map[[2]string]bool {
	t.Helper()
	used := map[[2]string]bool{}
	for _, s := range m.Schools {
		for class, most := range s.ClassCaps {
			people := 0
			for _, a := range m.Applicants {
				if a.Class == class && own[a.ID].To.String() == s.ID {
					people++
				}
			}
			if people > most {
				t.Fatalf("county %d: %d people of class %s at %s, want at most %d", seed, people, class, s.ID, most)
			}
			used[[2]string{s.ID, class}] = people == most
		}
	}
	return used
}
