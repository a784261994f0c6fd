package province

import (
	"fmt"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/scenario"
	"github.com/xianguan/xianguan/model"
)

// conditionsOfGrant is what holds in every county of a province: who gets a place serves at a rural school.
var conditionsOfGrant = map[string]string{"special_posts.force": "hard"}

// withApplicants adds to a county the recruits for whom it applies for places, and gives their ids. So many at most are of one stage and subject.
func withApplicants(c *County, places int) (*model.County, []model.TeacherID, error) {
	lines := vacant(c.County)
	for i := range lines {
		lines[i].Count = min(lines[i].Count, places)
	}
	county, err := scenario.Apply(c.County, &scenario.Scenario{Name: c.Name, Policy: conditionsOfGrant, Recruits: lines})
	if err != nil {
		return nil, nil, err
	}
	if c.MostBudget > 0 && (county.Rules.SubsidyBudget == 0 || c.MostBudget < county.Rules.SubsidyBudget) {
		county.Rules.SubsidyBudget = c.MostBudget
	}
	county.Origin.Assumed = slices.Clone(c.County.Origin.Assumed)
	var ids []model.TeacherID
	for i := len(c.County.Teachers); i < len(county.Teachers); i++ {
		t := &county.Teachers[i]
		t.Term, t.TermEnds = model.TermSpecialPost, county.Date.AddYears(county.Rules.SpecialPostYears)
		ids = append(ids, t.ID)
	}
	return county, ids, nil
}

// vacant counts the posts that are open at rural schools as things stand, by stage and subject, in order.
func vacant(c *model.County) []scenario.Recruits {
	rural, held := map[model.SchoolID]*model.School{}, map[model.PostID]int{}
	for i := range c.Schools {
		if s := &c.Schools[i]; s.Rural {
			rural[s.ID] = s
		}
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if school := rural[t.CurrentSchool(c.Date)]; school != nil && !t.Away(c.Date, &c.Rules) {
			held[t.CurrentPost(school)]++
		}
	}
	type kind struct {
		stage   model.Stage
		subject model.SubjectID
	}
	open := map[kind]int{}
	for _, p := range allocation.Demand(c).Posts {
		if rural[p.School] != nil {
			open[kind{p.Stage, p.Subject}] += max(0, p.Need-held[p.PostID])
		}
	}
	var lines []scenario.Recruits
	for _, stage := range model.Stages() {
		for i := range c.Subjects {
			if n := open[kind{stage, c.Subjects[i].ID}]; n > 0 {
				lines = append(lines, scenario.Recruits{Stage: stage.String(), Subject: c.Subjects[i].ID, Count: n})
			}
		}
	}
	return lines
}

// granted is the county with the recruits who were hired and its share of the budget, and with no other applicants. It is what its plan is checked against.
func granted(c *County, applied *model.County, applicants, hired []model.TeacherID, budget model.Fen) (*model.County, error) {
	gone := map[model.TeacherID]bool{}
	for _, id := range applicants {
		gone[id] = true
	}
	for _, id := range hired {
		delete(gone, id)
	}
	county := *applied
	county.Teachers = slices.DeleteFunc(slices.Clone(applied.Teachers), func(t model.Teacher) bool { return gone[t.ID] })
	county.Origin.Assumed = append(slices.Clone(applied.Origin.Assumed),
		fmt.Sprintf("The province grants %s yuan a month in subsidies and %d special-post places; the %d recruits in them are made up: synthetic bachelors of 23 whose homes are unknown.", max(1, budget), len(hired), len(hired)))
	return scenario.Apply(&county, &scenario.Scenario{Name: c.Name, Policy: map[string]string{"subsidy.budget": max(1, budget).String()}})
}

// kinds counts hired recruits by stage and subject, in order.
func kinds(c *model.County, hired []model.TeacherID) []scenario.Recruits {
	at := map[model.TeacherID]bool{}
	for _, id := range hired {
		at[id] = true
	}
	var lines []scenario.Recruits
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if !at[t.ID] {
			continue
		}
		line := scenario.Recruits{Stage: t.Stages[0].String(), Subject: t.Main, Count: 1}
		if last := len(lines) - 1; last >= 0 && lines[last].Stage == line.Stage && lines[last].Subject == line.Subject {
			lines[last].Count++
		} else {
			lines = append(lines, line)
		}
	}
	return lines
}
