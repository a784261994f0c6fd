package allocation

import "github.com/xianguan/xianguan/model"

var rulePartners = Rule{
	ID:            model.RulePartners,
	Sentence:      "Couples work in one township or near each other; hard, who is together stays together, and who is apart gets no farther apart.",
	Chinese:       "照顾夫妻分居：夫妻安排在同一乡镇或规定距离以内。",
	Mathematics:   "Σ_{p in s} x_ap ≤ Σ_{p near s} x_bp + [b without a post] + y_s, for each couple a, b and each school s",
	Source:        "practice: care for couples who live apart (夫妻分居照顾)",
	ChineseSource: "惯例：夫妻分居照顾",
	setting:       func(r *model.Rules) model.RuleSetting { return r.Partners },
	sums:          func(n *instance, q *pairs) sums { return newCouples(n, q).sums() },
}

// couples are the pairs of partners who are both planned. Of each couple the rows are
// stated for one, the lead: a row for each school s at which the lead may have a post says that
// the other then has a post near s, or none. At most one of them can be short, so their sum is
// 1 exactly where the couple is apart. The lead is the one with fewer schools, for fewer rows.
type couples struct {
	*instance
	list  []couple
	of    []int32 // by person: the couple, -1 for none
	roads roads
	away  [][]model.Metres // by school, once asked for: to each school
}

type couple struct {
	lead, other int32
	limit       model.Metres // schools no farther apart by road are near
	first       int32        // group of the first school
	schools     []int32      // at which the lead may have a post, in order
}

// newCouples lists the couples in order of the first of each. It takes O(pairs of the people
// concerned) time, and the road distances from each school of a lead.
func newCouples(n *instance, q *pairs) *couples {
	c := &couples{instance: n, of: make([]int32, len(n.people)), roads: roads{county: n.county, rows: map[model.Position][]model.Metres{}},
		away: make([][]model.Metres, len(n.schools))}
	for t := range c.of {
		c.of[t] = -1
	}
	for t := range n.people {
		other, known := n.byTeacher[n.people[t].Partner]
		if !known || other < int32(t) { // none, away, or listed already
			continue
		}
		c.of[t], c.of[other] = int32(len(c.list)), int32(len(c.list))
		c.list = append(c.list, c.couple(q, int32(t), other))
	}
	return c
}

func (c *couples) couple(q *pairs, a, b int32) couple {
	lead, other := couple{lead: a, other: b, schools: c.schoolsOf(q, a)}, couple{lead: b, other: a, schools: c.schoolsOf(q, b)}
	if len(other.schools) < len(lead.schools) {
		lead = other
	}
	rules := &c.county.Rules
	lead.limit = rules.PartnersDistance
	if from, to := c.people[a].school, c.people[b].school; rules.Partners.Force == model.ForceHard && from >= 0 && to >= 0 {
		lead.limit = max(lead.limit, c.apart(from, to))
	}
	return lead
}

// schoolsOf lists the schools at which a teacher may have a post. Posts are in order of
// school id, so those of one school stand together.
func (c *couples) schoolsOf(q *pairs, t int32) []int32 {
	var list []int32
	for _, p := range q.of(int(t)) {
		if s := c.posts[p].school; len(list) == 0 || list[len(list)-1] != s {
			list = append(list, s)
		}
	}
	return list
}

// apart is the road distance between two schools, 0 where a place is unknown.
func (c *couples) apart(s, other int32) model.Metres {
	if c.away[s] == nil {
		c.away[s] = c.roads.from(c.instance.schools[s].Position)
	}
	if row := c.away[s]; row != nil {
		return row[other]
	}
	return 0
}

// near reports whether two schools are near each other for a couple.
func (c *couples) near(pair *couple, s, other int32) bool {
	a, b := &c.instance.schools[s], &c.instance.schools[other]
	return s == other || (a.Township != "" && a.Township == b.Township) || c.apart(s, other) <= pair.limit
}

// sums states the rows; see the type.
func (c *couples) sums() sums {
	var s sums
	for i := range c.list {
		pair := &c.list[i]
		pair.first = int32(len(s.groups))
		for _, school := range pair.schools {
			s.groups = append(s.groups, group{school: school, teacher: c.people[pair.lead].ID, floor: true, unit: 1})
		}
	}
	s.count = func(into []entry, t, p int32) []entry {
		if c.of[t] < 0 {
			return into
		}
		pair := &c.list[c.of[t]]
		at := c.posts[p].school
		for k, school := range pair.schools {
			switch {
			case t == pair.lead && school == at:
				return append(into, entry{pair.first + int32(k), -1})
			case t == pair.other && c.near(pair, school, at):
				into = append(into, entry{pair.first + int32(k), 1})
			}
		}
		return into
	}
	s.without = func(into []entry, t int32) []entry {
		if c.of[t] < 0 || t != c.list[c.of[t]].other {
			return into
		}
		pair := &c.list[c.of[t]]
		for k := range pair.schools {
			into = append(into, entry{pair.first + int32(k), 1})
		}
		return into
	}
	s.show = c.together
	return s
}

// together counts the couples, and those whom an assignment does not put apart.
func (c *couples) together(to []int32) (asked, got int64) {
	for i := range c.list {
		pair := &c.list[i]
		lead, other := to[pair.lead], to[pair.other]
		if lead < 0 || other < 0 || c.near(pair, c.posts[lead].school, c.posts[other].school) {
			got++
		}
	}
	return int64(len(c.list)), got
}
