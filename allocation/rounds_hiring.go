package allocation

import (
	"cmp"
	"context"
	"slices"

	"github.com/xianguan/xianguan/model"
)

// hiring is the state of the rounds: who holds which post.
type hiring struct {
	options  *RoundsOptions
	n        *instance          // the county; after the first round, the one that it leaves
	to       []int32            // post of each person, -1 for none
	points   []int              // of each person
	district []model.DistrictID // of the school that each person comes from, "" for none
	moved    []bool             // won a post in a round across schools
}

func newHiring(n *instance, o *RoundsOptions, weights PointWeights) *hiring {
	h := &hiring{options: o, n: n, to: n.asTheyAre(), moved: make([]bool, len(n.people))}
	for t := range n.people {
		person := &n.people[t]
		district := model.DistrictID("")
		if person.school >= 0 {
			district = n.schools[person.school].District
		}
		h.district = append(h.district, district)
		h.points = append(h.points, weights.Of(person.Teacher))
	}
	return h
}

// inSchool is round 1: every school hires among its own people.
func (h *hiring) inSchool(r *RoundsResult) error {
	n := h.n
	c := contest{round: RoundInSchool}
	var direct []RoundDecision
	for t := range n.people {
		switch person := &n.people[t]; {
		case person.present < 0: // the pool has no school
		case person.bound || person.exempt:
			post := n.posts[person.present].id
			direct = append(direct, RoundDecision{Round: RoundInSchool, Teacher: person.ID, From: post, To: post,
				Reason: ReasonDirect, Points: h.points[t]})
		default:
			h.to[t] = -1
			c.people = append(c.people, int32(t))
		}
	}
	c.places = n.openPlaces(n.heldBy(h.to))
	kinds := n.openByKind()
	for _, t := range c.people {
		c.lists = append(c.lists, n.ownSchool(&n.people[t], kinds))
	}
	step, decisions, err := h.run(c)
	if err != nil {
		return err
	}
	for i := range decisions { // in a competition for one's own post, that post was held before
		decisions[i].From = n.posts[n.people[c.people[i]].present].id
	}
	r.County = h.afterInSchool()
	h.follow(newInstance(r.County, n.options))
	r.add(step, append(decisions, direct...))
	return nil
}

// openByKind lists the posts with need by stage and subject.
func (n *instance) openByKind() map[kind][]int32 {
	open := map[kind][]int32{}
	for p := range n.posts {
		if n.posts[p].need > 0 {
			k := kind{n.posts[p].id.Stage, n.posts[p].id.Subject}
			open[k] = append(open[k], int32(p))
		}
	}
	return open
}

// ownSchool is what a teacher asks for in the first round: the present post, then the others of the
// school that the teacher is qualified for, main subject first, then by stage.
func (n *instance) ownSchool(t *person, open map[kind][]int32) []int32 {
	list := []int32{t.present}
	for _, subject := range append([]model.SubjectID{t.Main}, t.Second...) {
		for _, stage := range t.Stages {
			for _, p := range open[kind{stage, subject}] {
				if post := &n.posts[p]; post.school == t.school && p != t.present && !ruleLanguage.forbids(n, t, post) {
					list = append(list, p)
				}
			}
		}
	}
	return list
}

// afterInSchool is the county that the first round leaves. Who was not hired is in the pool; a home
// that is not known becomes the township of the school, so that distance still binds. Who was hired into
// another post of the school teaches it.
func (h *hiring) afterInSchool() *model.County {
	n := h.n
	c := *n.county
	c.Teachers = slices.Clone(c.Teachers)
	known := map[model.TownshipID]bool{"": false}
	for _, township := range c.Townships {
		known[township.ID] = !township.Position.IsZero()
	}
	for i := range c.Teachers {
		teacher := &c.Teachers[i]
		t := n.byTeacher[teacher.ID]
		if t < 0 || n.people[t].present < 0 || h.to[t] == n.people[t].present {
			continue
		}
		if p := h.to[t]; p >= 0 {
			teacher.Teaches, teacher.TeachesStage = n.posts[p].id.Subject, n.posts[p].id.Stage
			continue
		}
		if home := n.schools[n.people[t].school].Township; !known[teacher.Home] && known[home] {
			teacher.Home = home
		}
		teacher.School, teacher.Pool, teacher.YearsHere = "", model.PoolUnplaced, 0
		teacher.WorkingSchool, teacher.ExchangeEnds = "", 0
		teacher.Teaches, teacher.TeachesStage = "", 0
	}
	return &c
}

// follow goes over to another instance of the same people, whose present posts are those held.
func (h *hiring) follow(n *instance) {
	for t, p := range h.to {
		if p >= 0 {
			h.to[t] = n.byPost[h.n.posts[p].id]
		}
	}
	h.n = n
}

// inDistrict and wholeCounty are round 2.
func (h *hiring) inDistrict(r *RoundsResult) error {
	if !slices.ContainsFunc(h.n.county.Schools, func(s model.School) bool { return s.District != "" }) {
		return nil
	}
	return h.acrossSchools(r, RoundDistrict)
}

func (h *hiring) wholeCounty(r *RoundsResult) error { return h.acrossSchools(r, RoundCounty) }

// acrossSchools is one step of round 2: open posts of one's district, or of the county.
func (h *hiring) acrossSchools(r *RoundsResult, round Round) error {
	n := h.n
	held := n.heldBy(h.to)
	c := contest{round: round, places: n.openPlaces(held)}
	for t := range n.people {
		if h.applies(int32(t)) && (round == RoundCounty || h.district[t] != "") {
			c.people = append(c.people, int32(t))
		}
	}
	open := h.openToNewcomers(&c, held)
	c.titles = h.titlePlaces(&c, open)
	for _, t := range c.people {
		district := model.DistrictID("")
		if round == RoundDistrict {
			district = h.district[t]
		}
		c.lists = append(c.lists, h.wishes(t, open, district))
	}
	step, decisions, err := h.run(c)
	if err != nil {
		return err
	}
	for _, t := range c.people {
		h.moved[t] = h.to[t] >= 0 && h.to[t] != n.people[t].present
	}
	r.add(step, decisions)
	return nil
}

// applies reports whether teacher t takes part in round 2: without a post though no recruit, or asked to
// move, free to do so, and has not won another post yet.
func (h *hiring) applies(t int32) bool {
	person := &h.n.people[t]
	if h.to[t] < 0 {
		return person.Pool == model.PoolUnplaced
	}
	return person.Volunteer && !person.bound && !h.moved[t]
}

// openToNewcomers lists by stage and subject the posts that may hire: with a place, or with
// somebody of the contest who may leave one. A post above its need and a school above its quota hire
// nobody.
func (h *hiring) openToNewcomers(c *contest, held []int) map[kind][]int32 {
	n := h.n
	people, leavers := make([]int, len(n.schools)), make([]bool, len(n.posts))
	for p := range n.posts {
		people[n.posts[p].school] += held[p]
	}
	for _, t := range c.people {
		if p := h.to[t]; p >= 0 {
			leavers[p] = true
		}
	}
	open := n.openByKind()
	for k, posts := range open {
		open[k] = slices.DeleteFunc(posts, func(p int32) bool {
			post := &n.posts[p]
			return held[p] > post.need || people[post.school] > n.schools[post.school].teachingQuota || (c.places[p] == 0 && !leavers[p])
		})
	}
	return open
}

// wishes is what teacher t asks for in round 2, most wanted first: posts that no rule forbids, in one
// district if it is named, at the schools of the list in its order, or without a list the nearest
// first within the greatest forced distance. In one school the main subject goes first, then post order.
func (h *hiring) wishes(t int32, open map[kind][]int32, district model.DistrictID) []int32 {
	n := h.n
	person := &n.people[t]
	type wish struct {
		far, subject int
		post         int32
	}
	var wishes []wish
	for _, p := range n.candidates(nil, person, open) {
		post := &n.posts[p]
		if p == h.to[t] || n.forbidden(t, p) != "" || (district != "" && n.schools[post.school].District != district) {
			continue
		}
		w := wish{slices.Index(person.Preferences, post.id.School), 1 + slices.Index(person.Second, post.id.Subject), p}
		if len(person.Preferences) == 0 {
			if w.far = int(n.distance(person, post.school)); w.far > int(n.county.Rules.ForcedDistance) {
				continue
			}
		}
		if w.far >= 0 {
			wishes = append(wishes, w)
		}
	}
	slices.SortFunc(wishes, func(a, b wish) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.subject, b.subject), cmp.Compare(a.post, b.post))
	})
	posts := make([]int32, len(wishes))
	for i, w := range wishes {
		posts[i] = w.post
	}
	return posts
}

// adjust is round 3: Solve places who is left, with everybody who holds a post pinned to it.
func (h *hiring) adjust(ctx context.Context, r *RoundsResult) error {
	n := h.n
	options := *n.options
	var people []int32
	for t, p := range h.to {
		if p >= 0 {
			options.Pins = append(options.Pins, model.Pin{Teacher: n.people[t].ID, Post: n.posts[p].id})
		} else {
			people = append(people, int32(t))
		}
	}
	eligible := n.eligiblePairs()
	for _, t := range people {
		if id := n.people[t].ID; slices.Contains(h.options.Refuse, id) {
			for _, p := range eligible.of(int(t)) {
				options.Bans = append(options.Bans, model.Pin{Teacher: id, Post: n.posts[p].id})
			}
		}
	}
	plan, err := Solve(ctx, r.County, &options)
	if err != nil {
		return err
	}
	r.Plan = plan
	for i := range plan.Assignments {
		if t := n.byTeacher[plan.Assignments[i].Teacher]; t >= 0 && !plan.Assignments[i].To.IsZero() {
			h.to[t] = n.byPost[plan.Assignments[i].To]
		}
	}
	step := RoundStep{Round: RoundAdjustment, Ledger: n.roundLedger(h.to)}
	var decisions []RoundDecision
	for _, t := range people {
		d := RoundDecision{Round: RoundAdjustment, Teacher: n.people[t].ID, Points: h.points[t]}
		switch {
		case h.to[t] >= 0:
			d.To, d.Reason = n.posts[h.to[t]].id, ReasonAdjusted
			step.Hired++
		case slices.Contains(h.options.Refuse, d.Teacher):
			d.Reason = ReasonDeclined
		case len(eligible.of(int(t))) == 0:
			d.Reason = ReasonNoPost
		default:
			d.Reason = ReasonLeftOver
		}
		decisions = append(decisions, d)
	}
	r.add(step, decisions)
	return nil
}
