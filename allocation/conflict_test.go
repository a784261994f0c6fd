package allocation_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/xianguan/xianguan/allocation"
	"github.com/xianguan/xianguan/allocation/check"
	"github.com/xianguan/xianguan/model"
)

// contested draws a county of up to five people with pins and bans on some of them and some
// hard rules with figures that are not easy to meet.
func contested(r *rand.Rand) (*model.County, model.Options) {
	c := randomCounty(r)
	c.Teachers = c.Teachers[:min(5, len(c.Teachers))]
	for i := range c.Schools {
		s := &c.Schools[i]
		s.Town, s.Rural = i == 0, i > 0
		s.Housing = r.IntN(2)
		if i > 0 && r.IntN(2) == 0 {
			s.Partner = c.Schools[0].ID
		}
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		t.Backbone, t.Title, t.Degree = model.Backbone(r.IntN(2)*2), model.Title(r.IntN(5)), model.Degree(r.IntN(4))
		if t.School != "" && t.WorkingSchool == "" && r.IntN(2) == 0 {
			t.School, t.YearsHere = c.Schools[0].ID, 6+r.IntN(5)
		}
		if i == 1 && r.IntN(2) == 0 { // one couple: the checker counts couples
			t.Partner, c.Teachers[i-1].Partner = c.Teachers[i-1].ID, t.ID
		}
	}
	rules := &c.Rules
	rules.CommuteRange, rules.ForcedDistance = 10_000, 60_000
	rules.ExchangeShare, rules.ExchangeScope = model.Share(2000+r.IntN(5)*2000), model.ShareScope(r.IntN(2))
	rules.BackboneShare = model.Share(2000 + r.IntN(5)*2000)
	rules.SupportTeachers, rules.RotationFrom = 1, model.RotationFrom(r.IntN(2))
	rules.OutflowShare, rules.ExperienceMin, rules.BackboneMin = model.Share(r.IntN(4)*2000), 8000, 8000
	rules.AboveDegreePer100, rules.BackbonePer100 = model.ByStage[int]{Primary: 500, Junior: 500}, model.ByStage[int]{Primary: 300, Junior: 300}
	rules.ArtsPer100, c.Subjects[2].Arts = model.ByStage[int]{Primary: 200, Junior: 200}, true
	for _, setting := range []*model.RuleSetting{&rules.Exchange, &rules.Backbone, &rules.Rotation, &rules.Support, &rules.Partners, &rules.Housing,
		&rules.Outflow, &rules.RuralFirst, &rules.SpecialPosts, &rules.Experience, &rules.BackboneFloor, &rules.Return,
		&rules.IndicatorDegree, &rules.IndicatorBackbone, &rules.IndicatorArts} {
		*setting = model.RuleSetting{Force: []model.Force{model.ForceOff, model.ForceSoft, model.ForceHard}[r.IntN(3)], Weight: 100 * (1 + r.IntN(9))}
	}
	if r.IntN(3) == 0 {
		rules.SubsidyBudget = model.Fen(10_000 + r.IntN(40)*5_000)
	}
	return c, contestedOptions(r, c)
}

func contestedOptions(r *rand.Rand, c *model.County) (o model.Options) {
	posts := slices.DeleteFunc(allocation.Demand(c).Posts, func(p allocation.PostDemand) bool { return p.Need == 0 })
	if len(posts) == 0 {
		return o
	}
	for i := range c.Teachers {
		t := &c.Teachers[i]
		if t.Away(c.Date, &c.Rules) {
			continue
		}
		post := posts[r.IntN(len(posts))].PostID
		switch r.IntN(6) {
		case 0:
			o.Pins = append(o.Pins, model.Pin{Teacher: t.ID, Post: post})
		case 1:
			if t.School != "" {
				o.Pins = append(o.Pins, model.Pin{Teacher: t.ID})
			}
		case 2:
			o.Bans = append(o.Bans, model.Pin{Teacher: t.ID, Post: post})
		}
		if here := presentPost(c, t); r.IntN(6) == 0 && !here.IsZero() {
			o.Bans = append(o.Bans, model.Pin{Teacher: t.ID, Post: here})
		}
	}
	return o
}

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
			if condition.Points == 0 {
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

// Of many small counties without a plan, every conflict and every way out is what the
// enumeration of all assignments says: conflicts are irreducible, ways out are enough, minimal, least, and
// come in order of severity, and none is left out.
func TestConflictsAndWaysOutEqualBruteForce(t *testing.T) {
	const counties = 800
	seen := map[string]int{}
	for seed := range uint64(counties) {
		r := rand.New(rand.NewPCG(seed, 5))
		c, o := contested(r)
		if err := c.Validate(); err != nil {
			t.Fatalf("county %d is not valid: %v", seed, err)
		}
		_, err := allocation.Solve(context.Background(), c, &o)
		var none *allocation.InfeasibleError
		if !errors.As(err, &none) {
			if err != nil {
				t.Fatalf("county %d: %v", seed, err)
			}
			continue
		}
		k := try(c, o)
		fault := func(format string, args ...any) {
			t.Errorf("county %d: %s\n%v", seed, fmt.Sprintf(format, args...), none)
		}
		k.checkConflicts(none, fault, seen)
		k.checkMenu(none, fault, seen)
		for _, way := range none.Relaxations {
			if eased, options, ok := applied(c, o, &way); ok {
				seen["by settings"]++
				if plan, err := allocation.Solve(context.Background(), eased, &options); err != nil {
					fault("%v: applied, it gives %v", way.Changes, err)
				} else if err := check.Plan(eased, plan).Err(); err != nil {
					fault("%v: %v", way.Changes, err)
				}
			}
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d counties, and what they had: %v", counties, seen)
	for what, least := range map[string]int{"conflict": 800, "of several members": 200, "of a hard rule": 500, "of a school": 300, "two conflicts": 200,
		"way out": 600, "of several changes": 300, "of a rule": 600, "of a share": 25, "of several rules": 150, "by settings": 60} {
		if seen[what] < least {
			t.Errorf("%d counties or more had %q: want %d, or the set no longer tests it", seen[what], what, least)
		}
	}
}

// applied makes the changes of a way out in a copy of the county and the options; false where
// settings don't do.
func applied(c *model.County, o model.Options, way *allocation.Relaxation) (*model.County, model.Options, bool) {
	eased := *c
	for _, change := range way.Changes {
		key, value, _ := strings.Cut(change.Setting, "=")
		var err error
		switch {
		case change.Rule == model.RulePin:
			o.Pins = slices.DeleteFunc(slices.Clone(o.Pins), func(p model.Pin) bool { return p.Teacher == change.Teacher })
		case change.Rule == model.RuleBan:
			o.Bans = slices.DeleteFunc(slices.Clone(o.Bans), func(p model.Pin) bool { return p.Teacher == change.Teacher && p.Post == change.Post })
		case key == "subsidy.budget":
			eased.Rules.SubsidyBudget, err = model.ParseYuan(value)
		case key == "exchange.share":
			eased.Rules.ExchangeShare, err = model.ParseShare(value)
		case key == "exchange.backbone_share":
			eased.Rules.BackboneShare, err = model.ParseShare(value)
		default:
			return nil, o, false
		}
		if err != nil {
			return nil, o, false
		}
	}
	return &eased, o, true
}

func (k *contest) checkConflicts(none *allocation.InfeasibleError, fault func(string, ...any), seen map[string]int) {
	if len(none.Conflicts) > 1 {
		seen["two conflicts"]++
	}
	var used []allocation.Member
	for _, conflict := range none.Conflicts {
		seen["conflict"]++
		members := conflict.Members
		if len(members) > 1 {
			seen["of several members"]++
		}
		if len(members) == 0 || !conflict.Irreducible || within(members, used) {
			fault("conflict %+v: want members of its own, proven", conflict)
		}
		used = append(used, members...)
		if k.any(func(x *outcome) bool { return keepsAll(x, members, allocation.Member{}) }) {
			fault("conflict %v is none: an assignment keeps all of it", members)
		}
		for _, m := range members {
			if m.Post.IsZero() {
				seen["of a hard rule"]++
				if m.School != "" {
					seen["of a school"]++
				}
			}
			if !k.any(func(x *outcome) bool { return keepsAll(x, members, m) }) {
				fault("conflict %v: no assignment keeps the others without %v", members, m)
			}
		}
	}
	if none.MoreConflicts {
		fault("conflicts are left")
	}
}

// keepsAll reports whether an assignment keeps all members but one.
func keepsAll(x *outcome, members []allocation.Member, but allocation.Member) bool {
	return !slices.ContainsFunc(members, func(m allocation.Member) bool { return m != but && !x.keeps(m) })
}

func (k *contest) checkMenu(none *allocation.InfeasibleError, fault func(string, ...any), seen map[string]int) {
	ways := k.waysOut()
	if want := min(len(ways), 5); len(none.Relaxations) != want || none.MoreRelaxations != (len(ways) > 5) {
		fault("%d ways out, more %v: want %d of %d: %v", len(none.Relaxations), none.MoreRelaxations, want, len(ways), ways)
		return
	}
	for i, relaxation := range none.Relaxations {
		seen["way out"]++
		var units []allocation.Member
		for _, change := range relaxation.Changes {
			if u := unit(change.Member); !slices.Contains(units, u) {
				units = append(units, u)
			}
		}
		is := func(way []allocation.Member) bool { return len(way) == len(units) && within(way, units) }
		if !relaxation.Proven || relaxation.Severity != weigh(ways[i]) || weigh(units) != relaxation.Severity || !slices.ContainsFunc(ways, is) {
			fault("way out %d is %v of severity %d, proven %v: want one of severity %d among %v", i, units, relaxation.Severity, relaxation.Proven, weigh(ways[i]), ways)
		}
		if i > 0 && cmp.Equal(relaxation.Changes, none.Relaxations[i-1].Changes) {
			fault("way out %d is there twice", i)
		}
		k.checkLeast(&relaxation, units, fault, seen)
	}
}

// checkLeast holds one way out against the assignments that keep everything else: its changes
// are enough, no part of them is, each is least in the order of severity, and the plan costs what the best of them does.
func (k *contest) checkLeast(way *allocation.Relaxation, units []allocation.Member, fault func(string, ...any), seen map[string]int) {
	var near []*outcome
	for i := range k.outcomes {
		if x := &k.outcomes[i]; within(k.given(x), units) {
			near = append(near, x)
		}
	}
	enough := func(changes []allocation.Change) bool {
		return slices.ContainsFunc(near, func(x *outcome) bool { return allows(x, units, changes) })
	}
	if !enough(way.Changes) {
		fault("%v is not enough", way.Changes)
	}
	if len(way.Changes) > 1 {
		seen["of several changes"]++
	}
	rules := 0
	for i, change := range way.Changes {
		if enough(slices.Delete(slices.Clone(way.Changes), i, i+1)) {
			fault("%v is enough without %v", way.Changes, change)
		}
		if change.Post.IsZero() && change.Rule != model.RulePartners {
			seen["of a rule"]++
			rules++
			less := slices.Clone(way.Changes)
			if less[i].To++; change.To > change.Asks.Value {
				less[i].To -= 2
			}
			if enough(less) {
				fault("%v is enough with %v", way.Changes, less[i])
			}
		}
	}
	if rules > 1 {
		seen["of several rules"]++
	}
	k.checkTotals(way, units, near, fault, seen)
}

// allows reports whether the changes let an assignment pass.
func allows(x *outcome, units []allocation.Member, changes []allocation.Change) bool {
	for _, u := range units {
		switch {
		case u.Rule == model.RuleBackbone:
			i := slices.IndexFunc(changes, func(c allocation.Change) bool { return c.Rule == u.Rule })
			if i < 0 && x.short[place{rule: u.Rule}] > 0 || i >= 0 && x.share < changes[i].To {
				return false
			}
		case !u.Post.IsZero():
			if !x.keeps(u) && !slices.ContainsFunc(changes, func(c allocation.Change) bool { return c.Member == u }) {
				return false
			}
		default:
			allowed := map[place]int64{}
			for _, c := range changes {
				if c.Rule == u.Rule {
					allowed[placeOf(c.Member)] += easing(c)
				}
			}
			for at, short := range x.short {
				if at.rule == u.Rule && short > allowed[at] {
					return false
				}
			}
		}
	}
	return true
}

// easing is how much a change takes off what is asked.
func easing(c allocation.Change) int64 {
	switch {
	case c.Rule == model.RulePartners:
		return 1
	case c.Asks.AtLeast:
		return c.Asks.Value - c.To
	}
	return c.To - c.Asks.Value
}

// checkTotals works out, rule by rule from the most severe, the least sum of changes, and then
// the best plan.
func (k *contest) checkTotals(way *allocation.Relaxation, units []allocation.Member, near []*outcome, fault func(string, ...any), seen map[string]int) {
	rules := slices.DeleteFunc(slices.Clone(units), func(u allocation.Member) bool { return !u.Post.IsZero() })
	order := model.CrossRules()
	slices.SortStableFunc(rules, func(a, b allocation.Member) int {
		if d := weigh([]allocation.Member{b}) - weigh([]allocation.Member{a}); d != 0 {
			return int(d)
		}
		return slices.Index(order, a.Rule) - slices.Index(order, b.Rule)
	})
	for _, u := range rules {
		amount := func(x *outcome) int64 { return x.total(u.Rule) }
		got := int64(0)
		for _, c := range way.Changes {
			if c.Rule == u.Rule {
				got += easing(c)
			}
		}
		if u.Rule == model.RuleBackbone {
			seen["of a share"]++
			i := slices.IndexFunc(way.Changes, func(c allocation.Change) bool { return c.Rule == u.Rule })
			amount, got = func(x *outcome) int64 { return -x.share }, -way.Changes[i].To
		}
		least := amount(slices.MinFunc(near, func(a, b *outcome) int { return int(amount(a) - amount(b)) }))
		if got != least {
			fault("%v: rule %s changes by %d, want %d, the least", way.Changes, u.Rule, got, least)
		}
		near = slices.DeleteFunc(near, func(x *outcome) bool { return amount(x) > least })
	}
	best := slices.MinFunc(near, func(a, b *outcome) int { return slices.Compare(a.levels, b.levels) }).levels
	for i, level := range way.Levels {
		if i < len(best)-1 && level.Objective != best[i] || level.Objective < best[i] || level.Bound > best[i] || level.Gap > 1e-3 {
			fault("%v costs %+v, want %v", way.Changes, way.Levels, best)
		}
	}
}
