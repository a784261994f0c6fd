package report

import (
	"fmt"

	"github.com/xianguan/xianguan/model"
)

// tally counts need, vacancies and moves by kind of place and by subject.
type tally struct {
	places   []group // town, then rural by tier
	subjects []group // in the order of the county
}

type group struct {
	name          string
	schools       int
	need          int
	before, after gap
	came, left    int
}

// gap is how far people and need are apart, post by post.
type gap struct{ vacant, over int }

func (g *gap) add(need, people int) {
	g.vacant += max(0, need-people)
	g.over += max(0, people-need)
}

func (g *group) add(post *model.PlannedPost) {
	g.need += post.Need
	g.before.add(post.Need, post.Incumbent)
	g.after.add(post.Need, post.Filled)
}

// cells gives need, vacancies before and after, people above need before and
// after, people who came and who left.
func (g *group) cells() []string {
	return []string{number(g.need), number(g.before.vacant), number(g.after.vacant),
		number(g.before.over), number(g.after.over), number(g.came), number(g.left)}
}

func newTally(c *model.County, p *model.Plan) *tally {
	s := &tally{places: make([]group, 1+int(model.MaxTier)+1), subjects: make([]group, len(c.Subjects))}
	s.places[0].name = "Town (城镇)"
	for tier := 0; tier <= int(model.MaxTier); tier++ {
		s.places[1+tier].name = fmt.Sprintf("Rural, tier %d (乡村%d类)", tier, tier)
	}
	s.places[1].name = "Other, no tier (其他)"
	place := map[model.SchoolID]*group{}
	for i := range c.Schools {
		kind := &s.places[1+int(c.Schools[i].Tier)]
		if c.Schools[i].Town {
			kind = &s.places[0]
		}
		kind.schools++
		place[c.Schools[i].ID] = kind
	}
	subject := map[model.SubjectID]*group{}
	for i := range c.Subjects {
		s.subjects[i].name = c.Subjects[i].Name
		if en := c.Subjects[i].NameEn; en != "" {
			s.subjects[i].name = fmt.Sprintf("%s (%s)", short(en, 22), short(c.Subjects[i].Name, 11))
		}
		subject[c.Subjects[i].ID] = &s.subjects[i]
	}
	for i := range p.Posts {
		place[p.Posts[i].School].add(&p.Posts[i])
		subject[p.Posts[i].Subject].add(&p.Posts[i])
	}
	for i := range p.Assignments {
		if a := &p.Assignments[i]; a.Moved() {
			place[a.To.School].came++
			subject[a.To.Subject].came++
			if !a.From.IsZero() {
				place[a.From.School].left++
				subject[a.From.Subject].left++
			}
		}
	}
	return s
}
