package check

import (
	"slices"

	"github.com/xianguan/xianguan/model"
)

// facts is what the county says before anything is planned.
type facts struct {
	*model.County
	school   map[model.SchoolID]*model.School
	township map[model.TownshipID]model.Position
	teacher  map[model.TeacherID]int // place in County.Teachers

	away    []bool         // by teacher: on leave, seconded or retired
	present []model.PostID // by teacher: p0, zero for the pool

	need       map[model.PostID]int   // d_p > 0
	periods    map[model.PostID]int   // P_j in tenths
	teaching   map[model.SchoolID]int // T_s
	incumbents map[model.PostID]int   // inc_p: planned holders
	holders    map[model.SchoolID]int // inc_s
	posts      []model.PostID         // with a need or an incumbent, in order
}

// newFacts reads a valid county in time linear in its size.
func newFacts(c *model.County) *facts {
	f := &facts{
		County:     c,
		school:     make(map[model.SchoolID]*model.School, len(c.Schools)),
		township:   make(map[model.TownshipID]model.Position, len(c.Townships)),
		teacher:    make(map[model.TeacherID]int, len(c.Teachers)),
		away:       make([]bool, len(c.Teachers)),
		present:    make([]model.PostID, len(c.Teachers)),
		need:       map[model.PostID]int{},
		periods:    map[model.PostID]int{},
		teaching:   make(map[model.SchoolID]int, len(c.Schools)),
		incumbents: map[model.PostID]int{},
		holders:    make(map[model.SchoolID]int, len(c.Schools)),
	}
	for i := range c.Schools {
		f.school[c.Schools[i].ID] = &c.Schools[i]
	}
	for i := range c.Townships {
		f.township[c.Townships[i].ID] = c.Townships[i].Position
	}
	f.demand()
	for i := range c.Teachers {
		t := &c.Teachers[i]
		f.teacher[t.ID] = i
		f.away[i] = t.Away(c.Date, &c.Rules)
		f.present[i] = t.CurrentPost(f.school[t.CurrentSchool(c.Date)])
		if post := f.present[i]; !f.away[i] && !post.IsZero() {
			f.incumbents[post]++
			f.holders[post.School]++
		}
	}
	f.posts = f.listPosts()
	return f
}

// listPosts gives the posts in order: those with a need, and those that somebody
// planned holds.
func (f *facts) listPosts() []model.PostID {
	list := make([]model.PostID, 0, len(f.need)+len(f.incumbents))
	for post := range f.need {
		list = append(list, post)
	}
	for post := range f.incumbents {
		if f.need[post] == 0 {
			list = append(list, post)
		}
	}
	slices.SortFunc(list, model.PostID.Compare)
	return list
}

// home is where teacher i lives: the home township, else the present school.
// known is false for the pool without a home on record.
func (f *facts) home(i int) (place model.Position, known bool) {
	if place = f.township[f.Teachers[i].Home]; !place.IsZero() {
		return place, true
	}
	if school := f.school[f.present[i].School]; school != nil {
		return school.Position, true
	}
	return model.Position{}, false
}

// road is the road distance ⌊great circle · road factor⌋ from a place to a
// school; 0 where either place is unknown.
func (f *facts) road(from model.Position, to model.SchoolID) model.Metres {
	school := f.school[to]
	if school == nil {
		return 0
	}
	return model.Metres(f.Rules.RoadFactor.Of(int64(model.Distance(from, school.Position))))
}

// ground is the first ground in the order of choice that carries teacher i to a
// post. With a post, GroundNone means that there is no ground.
func (f *facts) ground(i int, to model.PostID) model.Ground {
	t, present := &f.Teachers[i], f.present[i]
	pool := t.School == ""
	switch {
	case f.away[i]:
		return model.GroundAway
	case to.IsZero():
		return model.GroundNone
	case to == present:
		return model.GroundStay
	case pool && t.Pool == model.PoolRecruit:
		return model.GroundRecruit
	case t.Volunteer && (len(t.Preferences) == 0 || slices.Contains(t.Preferences, to.School)):
		return model.GroundVolunteer
	case pool && t.Pool == model.PoolUnplaced:
		return model.GroundUnplaced
	case !pool && to.School != present.School && t.YearsHere >= f.Rules.RotationYears:
		return model.GroundRotation
	}
	return model.GroundNone
}

// protected reports whether a teacher is not rotated: exempt, or near retirement.
func (f *facts) protected(t *model.Teacher) bool {
	near := f.Date.AddYears(f.Rules.NearRetirementYears)
	return len(t.Exemptions) > 0 || t.RetiresOn(&f.Rules) <= near
}

// bound reports whether a service term or an exchange still runs.
func (f *facts) bound(t *model.Teacher) bool {
	return t.OnExchange(f.Date) || (t.Term != model.TermNone && t.TermEnds > f.Date)
}
