package subsidy

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/model"
)

// Offered says which posts are alternatives, beside the present post and the outside
// option that everybody has.
type Offered uint8

const (
	OfferedVacant Offered = iota // posts with a vacancy: need above the present holders
	OfferedAll                   // every post with need
)

// Supply is the labour supply of a county: who could take which post, and what each
// weighs. Alternatives are worked out when asked for, since all of them together are many.
type Supply struct {
	County *model.County
	Posts  []Post    // in order of PostID
	People []Teacher // who can be planned, in order of id

	offered  map[kind][]int32 // posts by stage and subject
	bySchool map[model.SchoolID]int32
	seat     []model.Metres
}

// Post is a post of a county.
type Post struct {
	model.PostID
	School    int32 // in County.Schools
	Tier      model.Tier
	Need      int // people
	Incumbent int // people who hold it now
}

// Vacant is the number of people who could come if nobody left.
func (p *Post) Vacant() int { return max(0, p.Need-p.Incumbent) }

// Teacher is one who chooses.
type Teacher struct {
	*model.Teacher
	Present int32 // present post in Posts, -1 for the pool
	Bound   bool  // a service term or an exchange still runs: may stay or leave, not move

	road    []model.Metres // from home to each school; nil where home is unknown
	partner int32          // the partner's present school, -1 for none
	stage   model.Stage    // taught now, or the first one qualified for
}

// Alternative is one of the things that a teacher can choose.
type Alternative struct {
	Post   int32      // in Supply.Posts; -1 is the outside option
	Tier   model.Tier // 0 for the outside option
	Values Values
}

type kind struct {
	stage   model.Stage
	subject model.SubjectID
}

// NewSupply indexes a valid county. It takes O(county + people · schools) time for the
// road distances of different homes.
func NewSupply(c *model.County, offered Offered) *Supply {
	s := &Supply{County: c, offered: map[kind][]int32{}, bySchool: map[model.SchoolID]int32{}}
	for i := range c.Schools {
		s.bySchool[c.Schools[i].ID] = int32(i)
	}
	s.addPeople()
	s.addPosts(offered)
	return s
}

// addPeople takes who can be planned, with the distances from home.
func (s *Supply) addPeople() {
	c := s.County
	homes := make(map[model.TownshipID]model.Position, len(c.Townships))
	for _, t := range c.Townships {
		homes[t.ID] = t.Position
	}
	roads := map[model.Position][]model.Metres{}
	if s.seat = s.roads(roads, c.Seat); s.seat == nil {
		s.seat = make([]model.Metres, len(c.Schools))
	}
	works := make(map[model.TeacherID]int32, len(c.Teachers))
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Away(c.Date, &c.Rules) {
			continue
		}
		p := Teacher{Teacher: t, Present: -1, partner: -1}
		home := homes[t.Home]
		if id := t.CurrentSchool(c.Date); id != "" {
			works[t.ID] = s.bySchool[id]
			if home.IsZero() {
				home = c.Schools[works[t.ID]].Position
			}
			p.Bound = t.OnExchange(c.Date) || t.TermEnds > c.Date
		}
		p.road = s.roads(roads, home)
		s.People = append(s.People, p)
	}
	slices.SortFunc(s.People, func(a, b Teacher) int { return cmp.Compare(a.ID, b.ID) })
	for i := range s.People {
		if school, known := works[s.People[i].Partner]; known && s.People[i].Partner != "" {
			s.People[i].partner = school
		}
	}
}

// roads gives the road distance from a home to each school, ⌊great circle · road factor⌋ as
// everywhere in package allocation; nil where home is unknown.
func (s *Supply) roads(known map[model.Position][]model.Metres, home model.Position) []model.Metres {
	if home.IsZero() {
		return nil
	}
	row, found := known[home]
	if !found {
		row = make([]model.Metres, len(s.County.Schools))
		for i := range row {
			straight := model.Distance(home, s.County.Schools[i].Position)
			row[i] = model.Metres(s.County.Rules.RoadFactor.Of(int64(straight)))
		}
		known[home] = row
	}
	return row
}

// addPosts joins the posts of the demand with those that somebody holds.
func (s *Supply) addPosts(offered Offered) {
	c := s.County
	need := map[model.PostID]int{}
	for _, p := range allocation.Demand(c).Posts {
		if p.Need > 0 {
			need[p.PostID] = p.Need
		}
	}
	present := make([]model.PostID, len(s.People))
	for i := range s.People {
		t := &s.People[i]
		if id := t.CurrentSchool(c.Date); id != "" {
			present[i] = t.CurrentPost(&c.Schools[s.bySchool[id]])
			need[present[i]] += 0
		}
	}
	for id, n := range need {
		school := s.bySchool[id.School]
		s.Posts = append(s.Posts, Post{PostID: id, School: school, Tier: c.Schools[school].Tier, Need: n})
	}
	slices.SortFunc(s.Posts, func(a, b Post) int { return a.Compare(b.PostID) })
	for i := range s.People {
		t := &s.People[i]
		if t.stage = t.Stages[0]; !present[i].IsZero() {
			at, _ := slices.BinarySearchFunc(s.Posts, present[i], func(p Post, id model.PostID) int { return p.Compare(id) })
			t.Present = int32(at)
			t.stage = present[i].Stage
			s.Posts[at].Incumbent++
		}
	}
	for i := range s.Posts {
		if p := &s.Posts[i]; p.Vacant() > 0 || (offered == OfferedAll && p.Need > 0) {
			k := kind{p.Stage, p.Subject}
			s.offered[k] = append(s.offered[k], int32(i))
		}
	}
}

// Alternatives appends what a teacher can choose: the present post, the posts offered for
// which the teacher is qualified by subject, stage and language, in order of post, and last
// the outside option. The subsidy of each is the schedule's for the tier and the
// teacher's rural years. Who is bound has the present post and the outside option only.
// It takes time linear in what it appends, apart from a sort.
func (s *Supply) Alternatives(into []Alternative, person int, schedule model.SubsidySchedule) []Alternative {
	t := &s.People[person]
	var posts []int32
	if t.Present >= 0 {
		posts = append(posts, t.Present)
	}
	if !t.Bound {
		for _, stage := range t.Stages {
			posts = append(posts, s.offered[kind{stage, t.Main}]...)
			for _, subject := range t.Second {
				posts = append(posts, s.offered[kind{stage, subject}]...)
			}
		}
	}
	slices.Sort(posts)
	for _, p := range slices.Compact(posts) {
		if p == t.Present || s.speaks(t, s.Posts[p].School) {
			into = append(into, Alternative{Post: p, Tier: s.Posts[p].Tier, Values: s.values(t, p, schedule)})
		}
	}
	outside := Alternative{Post: -1}
	outside.Values[AttributeOutside] = 1
	return append(into, outside)
}

// speaks reports whether the teacher knows the language of instruction.
func (s *Supply) speaks(t *Teacher, school int32) bool {
	language := s.County.Schools[school].Language
	return language == "" || slices.Contains(t.Languages, language)
}

// values works out the attributes of a post for a teacher.
func (s *Supply) values(t *Teacher, p int32, schedule model.SubsidySchedule) (x Values) {
	post := &s.Posts[p]
	school := &s.County.Schools[post.School]
	road := s.Road(t, post.School)
	x[AttributeSubsidy] = Units(schedule.Monthly(post.Tier, t.RuralYears))
	x[AttributeDistance] = float64(road) / 1000
	x[AttributeRemoteness] = float64(post.Tier)
	x[AttributeHousing] = indicator(school.Housing > 0 && road > s.County.Rules.CommuteRange)
	x[AttributeTown] = indicator(school.Town)
	x[AttributeOwnStage] = indicator(post.Stage == t.stage)
	x[AttributePartnerNear] = indicator(t.partner >= 0 && s.near(t.partner, post.School))
	x[AttributeStaying] = indicator(t.Present >= 0 && s.Posts[t.Present].School == post.School)
	return x
}

// Road is the road distance from a teacher's home to a school; where home is unknown, from the
// present school, and for the pool from the county seat.
func (s *Supply) Road(t *Teacher, school int32) model.Metres {
	switch {
	case t.road != nil:
		return t.road[school]
	case t.Present < 0:
		return s.seat[school]
	}
	return 0
}

// near reports whether two schools are near each other for a couple, as the rule on partners has it.
func (s *Supply) near(a, b int32) bool {
	x, y := &s.County.Schools[a], &s.County.Schools[b]
	if a == b || (x.Township != "" && x.Township == y.Township) {
		return true
	}
	if x.Position.IsZero() || y.Position.IsZero() {
		return true // a distance that is not known is 0 in the rule
	}
	road := s.County.Rules.RoadFactor.Of(int64(model.Distance(x.Position, y.Position)))
	return model.Metres(road) <= s.County.Rules.PartnersDistance
}

func indicator(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
