package allocation_test

import (
	"slices"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// outcome is one assignment that obeys the rules that are always hard.
type outcome struct {
	to     map[model.TeacherID]model.PostID
	levels []int64
	short  map[place]int64
	share  int64 // of backbone teachers among the exchanged, in basis points, rounded down
}

// place is where a condition stands.
type place struct {
	rule   model.RuleID
	school model.SchoolID
	stage  model.Stage
}

func placeOf(m allocation.Member) place { return place{m.Rule, m.School, m.Stage} }

// keeps reports whether an assignment keeps a member.
func (x *outcome) keeps(m allocation.Member) bool {
	switch m.Rule {
	case model.RulePin:
		return x.to[m.Teacher] == m.Post
	case model.RuleBan:
		return x.to[m.Teacher] != m.Post
	}
	return x.short[placeOf(m)] == 0
}

// total is the sum of a rule's shortfalls.
func (x *outcome) total(rule model.RuleID) (sum int64) {
	for at, short := range x.short {
		if at.rule == rule {
			sum += short
		}
	}
	return sum
}

// unit is what can be given up as a whole: a pin, a ban, or all of a rule.
func unit(m allocation.Member) allocation.Member {
	if m.Rule == model.RulePin || m.Rule == model.RuleBan {
		return m
	}
	return allocation.Member{Rule: m.Rule}
}

// gives reports whether an assignment gives a unit up.
func (x *outcome) gives(u allocation.Member) bool {
	if u.Post.IsZero() {
		return x.total(u.Rule) > 0
	}
	return !x.keeps(u)
}

// contest is a county with every assignment of it.
type contest struct {
	outcomes []outcome
	units    []allocation.Member // pins, bans and hard rules
}

// try appraises every assignment by the checker alone.
func try(c *model.County, o model.Options) *contest {
	k := &contest{}
	free := o
	free.Pins, free.Bans = nil, nil
	evaluator := check.NewEvaluator(c, free)
	hard := map[model.RuleID]bool{}
	appraiseEach(c, free, evaluator, func(to map[model.TeacherID]model.PostID) {
		a := evaluator.Appraise(to)
		x := outcome{to: map[model.TeacherID]model.PostID{}, levels: a.Levels, short: map[place]int64{}, share: backboneShare(c, to)}
		for _, v := range a.Violations {
			if !slices.Contains(model.CrossRules(), v.Rule) {
				return
			}
			hard[v.Rule] = true
		}
		for _, condition := range a.Conditions {
			if condition.Points == 0 { // a soft rule that is short has points
				x.short[place{condition.Rule, condition.School, condition.Stage}] = condition.Short
			}
		}
		for t, p := range to {
			x.to[t] = p
		}
		k.outcomes = append(k.outcomes, x)
	})
	for _, pin := range o.Pins {
		if pin.Post.IsZero() {
			i := slices.IndexFunc(c.Teachers, func(t model.Teacher) bool { return t.ID == pin.Teacher })
			pin.Post = presentPost(c, &c.Teachers[i])
		}
		k.units = append(k.units, allocation.Member{Rule: model.RulePin, Teacher: pin.Teacher, Post: pin.Post})
	}
	for _, ban := range o.Bans {
		if m := (allocation.Member{Rule: model.RuleBan, Teacher: ban.Teacher, Post: ban.Post}); !slices.Contains(k.units, m) {
			k.units = append(k.units, m)
		}
	}
	for _, rule := range model.CrossRules() {
		if hard[rule] {
			k.units = append(k.units, allocation.Member{Rule: rule})
		}
	}
	return k
}

// appraiseEach visits every assignment that no rule about one person forbids.
func appraiseEach(c *model.County, o model.Options, evaluator *check.Evaluator, visit func(map[model.TeacherID]model.PostID)) {
	stay := map[model.TeacherID]model.PostID{}
	for i := range c.Teachers {
		stay[c.Teachers[i].ID] = presentPost(c, &c.Teachers[i])
	}
	choices := make([][]model.PostID, len(c.Teachers))
	for i := range c.Teachers {
		choices[i] = openPosts(c, evaluator, stay, &c.Teachers[i])
	}
	to := map[model.TeacherID]model.PostID{}
	var try func(i int)
	try = func(i int) {
		if i == len(c.Teachers) {
			visit(to)
			return
		}
		for _, p := range choices[i] {
			to[c.Teachers[i].ID] = p
			try(i + 1)
		}
	}
	try(0)
}

func backboneShare(c *model.County, to map[model.TeacherID]model.PostID) int64 {
	schools := map[model.SchoolID]*model.School{}
	for i := range c.Schools {
		schools[c.Schools[i].ID] = &c.Schools[i]
	}
	exchanged, backbone := int64(0), int64(0)
	for i := range c.Teachers {
		t := &c.Teachers[i]
		from, post := presentPost(c, t), to[t.ID]
		if from.IsZero() || post.IsZero() || from.School == post.School {
			continue
		}
		if s, d := schools[from.School], schools[post.School]; (s.Town || s.Strong) && (d.Rural || d.Weak) {
			exchanged++
			if t.Backbone != model.BackboneNone {
				backbone++
			}
		}
	}
	if exchanged == 0 {
		return int64(model.Whole)
	}
	return int64(model.Whole) * backbone / exchanged
}

// any reports whether some assignment passes.
func (k *contest) any(passes func(*outcome) bool) bool {
	return slices.ContainsFunc(k.outcomes, func(x outcome) bool { return passes(&x) })
}

// given lists the units that an assignment gives up.
func (k *contest) given(x *outcome) []allocation.Member {
	return slices.DeleteFunc(slices.Clone(k.units), func(u allocation.Member) bool { return !x.gives(u) })
}

// waysOut lists the minimal choices of units without which some assignment keeps the others.
func (k *contest) waysOut() (ways [][]allocation.Member) {
	var all [][]allocation.Member
	for i := range k.outcomes {
		given := k.given(&k.outcomes[i])
		if !slices.ContainsFunc(all, func(other []allocation.Member) bool { return slices.Equal(other, given) }) {
			all = append(all, given)
		}
	}
	for _, way := range all {
		if !slices.ContainsFunc(all, func(other []allocation.Member) bool { return len(other) < len(way) && within(other, way) }) {
			ways = append(ways, way)
		}
	}
	slices.SortStableFunc(ways, func(a, b []allocation.Member) int { return int(weigh(a) - weigh(b)) })
	return ways
}

func within(a, b []allocation.Member) bool {
	return !slices.ContainsFunc(a, func(m allocation.Member) bool { return !slices.Contains(b, m) })
}

func weigh(units []allocation.Member) (sum int64) {
	for _, u := range units {
		for _, s := range allocation.Severities() {
			if s.Rule == u.Rule {
				sum += s.Weight
			}
		}
	}
	return sum
}
