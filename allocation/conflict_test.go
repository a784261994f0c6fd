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

// Of many small counties without a plan, every conflict and every way out is what the
// enumeration of all assignments says: conflicts are irreducible, ways out are enough, minimal, least, and
// come in order of severity, and none is left out.
func TestConflictsAndWaysOutEqualBruteForce(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases: the run without -short tries them")
	}
	t.Parallel()
	const counties = 500
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
	for what, least := range map[string]int{"conflict": 500, "of several members": 120, "of a hard rule": 300, "of a school": 200, "two conflicts": 120,
		"way out": 400, "of several changes": 200, "of a rule": 400, "of a share": 15, "of several rules": 100, "by settings": 100} {
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
