package allocation

import (
	"cmp"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// instance is a county in the form that a programme is built from: records by
// index, in order of id, with everything that does not depend on the solution
// worked out once.
type instance struct {
	county  *model.County
	options *model.Options
	demands *Demands

	schools   []school // as in the county
	posts     []post   // in order of PostID
	people    []person // who can be planned, in order of teacher id
	away      []int    // places of the others in county.Teachers
	bySchool  map[model.SchoolID]int32
	byPost    map[model.PostID]int32
	byTeacher map[model.TeacherID]int32 // place in people; -1 for who is away
	subjects  map[model.SubjectID]bool
	seat      []model.Metres // road distance from the county seat to each school
	pairRules []*Rule        // that exclude single pairs

	pins map[int32]int32   // person → post
	bans map[[2]int32]bool // person, post

	lifted []model.RuleID // rules across the network that do not count

	published []int32 // by person: the published post, nobody's or unpublished; nil where nothing was
}

type school struct {
	*model.School
	teachingQuota int // T_s
	incumbents    int // inc_s
	need          int // D_s
}

type post struct {
	id         model.PostID
	school     int32
	need       int // d_p
	incumbents int // inc_p
}

type person struct {
	*model.Teacher
	present int32          // the present post, -1 for none
	school  int32          // the present school, -1 for the pool
	road    []model.Metres // from home to each school; nil where home is unknown
	bound   bool           // a term or an exchange still runs: stays
	exempt  bool           // not moved against their will
}

// newInstance indexes a valid county. It takes O(county) time.
func newInstance(c *model.County, o *model.Options) *instance {
	n := &instance{county: c, options: o, demands: Demand(c), pairRules: pairRules(&c.Rules),
		bySchool: map[model.SchoolID]int32{}, byPost: map[model.PostID]int32{},
		byTeacher: map[model.TeacherID]int32{}, subjects: map[model.SubjectID]bool{}}
	for _, s := range c.Subjects {
		n.subjects[s.ID] = true
	}
	for i := range c.Schools {
		n.bySchool[c.Schools[i].ID] = int32(i)
		n.schools = append(n.schools, school{School: &c.Schools[i], teachingQuota: n.demands.Schools[i].TeachingQuota})
	}
	n.addPeople()
	n.addPosts()
	n.setPublished()
	return n
}

// addPeople sorts the teachers into those who can be planned and those away.
func (n *instance) addPeople() {
	c := n.county
	homes := make(map[model.TownshipID]model.Position, len(c.Townships))
	for _, t := range c.Townships {
		homes[t.ID] = t.Position
	}
	roads := roads{county: c, rows: map[model.Position][]model.Metres{}}
	if n.seat = roads.from(c.Seat); n.seat == nil {
		n.seat = make([]model.Metres, len(c.Schools))
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Away(c.Date, &c.Rules) {
			n.away = append(n.away, i)
			n.byTeacher[t.ID] = -1
			continue
		}
		p := person{Teacher: t, present: -1, school: -1}
		home := homes[t.Home]
		if id := t.CurrentSchool(c.Date); id != "" {
			p.school = n.bySchool[id]
			if home.IsZero() {
				home = n.schools[p.school].Position
			}
		}
		p.road = roads.from(home)
		p.bound = p.school >= 0 && (t.OnExchange(c.Date) || t.TermEnds > c.Date)
		p.exempt = len(t.Exemptions) > 0 || t.RetiresOn(&c.Rules) <= c.Date.AddYears(c.Rules.NearRetirementYears)
		n.people = append(n.people, p)
	}
	slices.SortFunc(n.people, func(a, b person) int { return cmp.Compare(a.ID, b.ID) })
	for i := range n.people {
		n.byTeacher[n.people[i].ID] = int32(i)
	}
}

// addPosts joins the posts of the demand with those that somebody holds, and
// counts incumbents.
func (n *instance) addPosts() {
	present := make([]model.PostID, len(n.people))
	need := map[model.PostID]int{}
	for _, p := range n.demands.Posts {
		if p.Need > 0 {
			need[p.PostID] = p.Need
		}
	}
	for i := range n.people {
		if p := &n.people[i]; p.school >= 0 {
			present[i] = p.CurrentPost(n.schools[p.school].School)
			need[present[i]] += 0
		}
	}
	for id, d := range need {
		n.posts = append(n.posts, post{id: id, school: n.bySchool[id.School], need: d})
	}
	slices.SortFunc(n.posts, func(a, b post) int { return a.id.Compare(b.id) })
	for i := range n.posts {
		n.byPost[n.posts[i].id] = int32(i)
		n.schools[n.posts[i].school].need += n.posts[i].need
	}
	for i := range n.people {
		if p := &n.people[i]; p.school >= 0 {
			p.present = n.byPost[present[i]]
			n.posts[p.present].incumbents++
			n.schools[p.school].incumbents++
		}
	}
}

// setPins takes over the pins and bans of valid options.
func (n *instance) setPins() {
	n.pins, n.bans = map[int32]int32{}, map[[2]int32]bool{}
	for _, pin := range n.options.Pins {
		t := n.byTeacher[pin.Teacher]
		n.pins[t] = n.people[t].present
		if !pin.Post.IsZero() {
			n.pins[t] = n.byPost[pin.Post]
		}
	}
	for _, ban := range n.options.Bans {
		n.bans[[2]int32{n.byTeacher[ban.Teacher], n.byPost[ban.Post]}] = true
	}
}

// capacity is how many people a post may have: its need, and above it no more
// than it has now.
func (p *post) capacity() int { return max(p.need, p.incumbents) }
